"""Check a Debian package, as root: ``python packaging/installers/check_deb.py FILE.deb [--base DIR] [--pictures DIR]``.

Its files are linted. Unpacked, with an empty PATH and no network, it enrols, tunes and paints. In a plain Debian that
has no Python it is installed with apt, started from its menu entry, opens a person by xdg-open, makes a portrait in the
window, and is removed without a trace beside that person. Only debootstrap and apt use the network. On a busy machine
OMP_NUM_THREADS=1 lets it end sooner.

Needs: debootstrap lintian desktop-file-utils appstream mandoc xvfb xdotool; imagemagick for --pictures (apt install).
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PHOTOS = "facea_desktop/resources/people/eve"
DESKTOP_TOOLS = ("libglib2.0-bin", "shared-mime-info", "desktop-file-utils", "xdg-utils")
"""What every desktop has and the package does not ask for."""
PATIENCE_S = 3600
"""Far longer than anything takes, however busy the machine is: what does not come by then will not."""
DISPLAY = ":97"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("deb", type=Path)
    parser.add_argument("--base", type=Path, help="a plain Debian that debootstrap made before; it is copied")
    parser.add_argument("--suite", default="bookworm")
    parser.add_argument("--pictures", type=Path, help="a folder for screenshots of the window")
    parser.add_argument(
        "--only", nargs="+", choices=["lint", "unpacked", "system"], default=["lint", "unpacked", "system"]
    )
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="facea-check-") as folder:
        scratch = Path(folder)
        scratch.chmod(0o755)
        unpacked = scratch / "unpacked"
        run("dpkg-deb", "-R", args.deb, unpacked)
        if "lint" in args.only:
            lint(unpacked, scratch)
        if {"unpacked", "system"} & set(args.only):
            person, portrait = use_unpacked(unpacked, scratch)
        shutil.rmtree(unpacked)
        if "system" in args.only:
            use_in_a_system(args.deb.resolve(), person, portrait, base_system(args, scratch), args.pictures)
    print("all is well")
    return 0


def lint(unpacked: Path, scratch: Path) -> None:
    """What Debian, the desktop and the stores say of the package.

    lintian looks at the package without CPython and the wheels: what it has to say of them cannot be mended here, and
    takes it minutes.
    """
    said("lint")
    share = unpacked / "usr/share"
    run("desktop-file-validate", *share.glob("applications/*.desktop"))
    run("appstreamcli", "validate", "--no-net", *share.glob("metainfo/*.xml"))
    page = next(share.glob("man/man1/*.gz"))
    run("mandoc", "-T", "lint", "-W", "error", page)
    thin, (bundled,) = scratch / "thin", unpacked.glob("usr/lib/*")
    shutil.copytree(
        unpacked, thin, symlinks=True, ignore=lambda folder, _: ["bin", "lib"] if folder == str(bundled) else []
    )
    run(
        "dpkg-deb",
        "--root-owner-group",
        "-Zxz",
        "-z0",
        "--build",
        thin,
        scratch / "thin.deb",
        stdout=subprocess.DEVNULL,
    )
    run("lintian", "--fail-on", "error", "--tag-display-limit", "0", "--allow-root", scratch / "thin.deb")
    shutil.rmtree(thin)


def use_unpacked(unpacked: Path, scratch: Path) -> tuple[Path, Path]:
    """Enrol, tune and paint with nothing on the PATH and no network; the person's ``.facea`` file, and a portrait."""
    said("unpacked: enrol, tune, paint, export")
    tree = next(unpacked.glob("usr/lib/*/bin")).parent
    home = scratch / "home"
    home.mkdir()

    def facea(*arguments: str | Path) -> dict[str, Any]:
        bare = (
            "unshare",
            "-n",
            "env",
            "-i",
            "PATH=",
            f"HOME={home}",
            *threads(),
            tree / "bin/python3",
            "-I",
            "-m",
            "facea_desktop",
        )
        answered = run(*bare, *arguments, "--json", capture_output=True, text=True)
        answer: dict[str, Any] = json.loads(answered.stdout)
        return answer

    photos = sorted(next(tree.glob(f"lib/python*/site-packages/{PHOTOS}")).glob("*.jpg"))[:3]
    facea("enrol", "--name", "Eve", "--subject", "woman", "--consent", "invented person", *photos)
    facea("tune", "Eve", "--steps", "3")
    facea("generate", "Eve", "--prompt", "a photo of a woman smiling", "--out", home / "out")
    painted = [path for path in (home / "out").glob("*.png") if path.stem[-1].isdigit()]
    assert len(painted) == 1, "no portrait"
    facea("export", "Eve", home / "Eve.facea")
    shutil.move(home / "Eve.facea", scratch / "Eve.facea")
    shutil.move(painted[0], scratch / "Eve.png")
    shutil.rmtree(home)
    return scratch / "Eve.facea", scratch / "Eve.png"


def base_system(args: argparse.Namespace, scratch: Path) -> Path:
    """A plain Debian, to be changed."""
    said("a plain Debian")
    root = scratch / "system"
    if args.base is not None:
        run("cp", "-a", args.base, root)
    else:
        run("debootstrap", "--variant=minbase", args.suite, root, stdout=subprocess.DEVNULL)
    (root / "etc/dpkg/dpkg.cfg.d/unsafe-io").write_text("force-unsafe-io\n")  # it is thrown away
    for name in ("resolv.conf", "hosts"):
        shutil.copy(f"/etc/{name}", root / "etc" / name)
    return root


def use_in_a_system(deb: Path, person: Path, portrait: Path, root: Path, pictures: Path | None) -> None:
    """Install, start from the menu, open a person, make a portrait with another one's settings, remove."""
    name = run("dpkg-deb", "-f", deb, "Package", capture_output=True, text=True).stdout.strip()
    inside = System(root)
    assert not list(root.glob("usr/bin/python3*")), "the plain system has a Python"
    said("install with apt")
    os.link(deb, root / deb.name) if deb.stat().st_dev == root.stat().st_dev else shutil.copy(deb, root)
    inside("apt-get", "update", "-q", network=True)
    before = files_of(root)
    began = time.monotonic()
    inside("apt-get", "install", "-qy", "--no-install-recommends", f"./{deb.name}", network=True)
    print(f"installed in {time.monotonic() - began:.0f} s")
    (root / deb.name).unlink()
    assert not list(root.glob("usr/bin/python3*")), "the package brought a Python into the PATH"
    assert not list(root.glob("usr/bin/*gcc*")), "the package brought a compiler"
    inside("useradd", "--create-home", "tester")
    home = root / "home/tester"
    print(f"version {inside.as_user(name, '--version', capture_output=True, text=True).stdout.strip()}")
    inside("apt-get", "install", "-qy", "--no-install-recommends", *DESKTOP_TOOLS, network=True)
    for file in (person, portrait):
        shutil.copy(file, home / file.name)
        (home / file.name).chmod(0o644)

    def people() -> list[str]:
        answer = inside.as_user(name, "list", "--json", capture_output=True, text=True).stdout
        return [one["name"] for one in json.loads(answer)["people"]]

    def portraits() -> list[Path]:
        return list((home / ".local/share" / name / "portraits").glob("*[0-9].png"))

    def jobs() -> list[str]:
        files = (home / ".local/share" / name / "jobs").glob("*.json")
        return [json.loads(file.read_text("utf-8"))["state"] for file in files]

    with screen():
        said("start from the menu entry")
        inside.as_user("gio", "launch", f"/usr/share/applications/{name}.desktop")
        seen = wait(lambda: find_windows("--class", f"^{name}$"), "the window")[0]
        wait(lambda: find_windows("--name", "^Welcome"), "the welcome of the first start")
        time.sleep(5)  # it is painted
        picture(pictures, "started")
        said("open a person by xdg-open")
        inside.as_user("xdg-open", f"/home/tester/{person.name}")
        wait(lambda: people() == [person.stem], "the person in the library")
        wait(lambda: not find_windows("--name", "^Welcome"), "the end of the welcome")
        time.sleep(5)
        picture(pictures, "opened")
        said("make a portrait in the window, with the settings of one that is opened")
        inside.as_user(name, f"/home/tester/{portrait.name}")
        xdotool("windowfocus", "--sync", seen)
        wait(lambda: jobs() or xdotool("key", "ctrl+Return"), "the job", every_s=10)  # once the picture is read
        picture(pictures, "settings")
        wait(lambda: set(jobs()) <= {"done", "failed"}, "the end of the job")
        assert "failed" not in jobs(), "the portrait failed"
        assert portraits(), "no portrait was made"
        time.sleep(5)
        picture(pictures, "painted")
        xdotool("key", "ctrl+q")
        wait(lambda: not inside.processes(), "the end of the program")
    said("remove")
    inside("apt-get", "purge", "-qy", name)
    inside("apt-get", "purge", "-qy", *DESKTOP_TOOLS)
    inside("apt-get", "autoremove", "--purge", "-qy")
    assert portraits(), "the user's portraits are gone"
    left = {path for path in files_of(root) - before if not path.startswith(("var/", "home/", "etc/ld.so.cache"))}
    ours = {path for path in left if name in path or "facea" in path}
    assert not ours, f"left behind: {sorted(ours)}"
    caches = [root / "usr/share/applications/mimeinfo.cache", root / "usr/share/mime/globs2"]
    assert not any(name in cache.read_text() for cache in caches if cache.exists()), "a cache still names the program"
    print(f"left in the system beside the user's data: {sorted(left) or 'nothing'}")


class System:
    """A Debian in a folder; each call has mounts and, unless it asks for the network, a network of its own."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def __call__(self, *command: str | Path, network: bool = False, **options: Any) -> subprocess.CompletedProcess[Any]:
        """Run as root."""
        return run(*self._entered("0", "/root", network), *command, **options)

    def as_user(self, *command: str | Path, **options: Any) -> subprocess.CompletedProcess[Any]:
        """Run as the user who sits before the screen, without a network."""
        return run(*self._entered("tester", "/home/tester", network=False), *command, **options)

    def processes(self) -> list[str]:
        """The ids of what still runs inside."""
        roots = {path.parent.name: path for path in Path("/proc").glob("[0-9]*/root")}
        return [number for number, root in roots.items() if _target(root) == str(self._root)]

    def _entered(self, user: str, home: str, network: bool) -> list[str | Path]:
        mounts = (
            'mount -t proc proc "$0/proc" && mount --rbind /dev "$0/dev" && mkdir -p "$0/tmp/.X11-unix" && '
            'mount --bind /tmp/.X11-unix "$0/tmp/.X11-unix" && root=$0 && user=$1 && shift && '
            'exec chroot --userspec="$user" "$root" "$@"'
        )
        Path("/tmp/.X11-unix").mkdir(exist_ok=True)
        environment = {
            "HOME": home,
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
            "LANG": "C.UTF-8",
            "DISPLAY": DISPLAY,
            "DEBIAN_FRONTEND": "noninteractive",
            "XDG_CURRENT_DESKTOP": "GNOME",  # has xdg-open ask GLib which program a file belongs to
        } | {key: value for key, value in os.environ.items() if network and key.lower().endswith("_proxy")}
        given = [*(f"{key}={value}" for key, value in environment.items() if value), *threads()]
        spaces = ["-m"] if network else ["-m", "-n"]
        return ["unshare", *spaces, "sh", "-c", mounts, self._root, user, "env", "-i", *given]


def _target(link: Path) -> str | None:
    try:
        return str(link.readlink())
    except OSError:  # it ended meanwhile
        return None


@contextmanager
def screen() -> Any:
    """An X server without a screen."""
    server = subprocess.Popen(["Xvfb", DISPLAY, "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-ac"])
    try:
        wait(lambda: Path(f"/tmp/.X11-unix/X{DISPLAY[1:]}").exists(), "the X server")
        yield
    finally:
        server.terminate()
        server.wait()


def on_screen() -> dict[str, str]:
    return os.environ | {"DISPLAY": DISPLAY}


def xdotool(*arguments: str) -> None:
    run("xdotool", *arguments, env=on_screen())


def find_windows(by: str, pattern: str) -> list[str]:
    """Ids of the visible windows whose ``--class`` or ``--name`` fits."""
    command = ["xdotool", "search", "--onlyvisible", by, pattern]
    return subprocess.run(command, env=on_screen(), capture_output=True, text=True, check=False).stdout.split()


def picture(folder: Path | None, name: str) -> None:
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        run("import", "-window", "root", folder / f"{name}.png", env=on_screen())


def threads() -> list[str]:
    """How many PyTorch may use, where that is said: on a busy machine they wait for one another most of the time."""
    return [f"{key}={value}" for key, value in os.environ.items() if key == "OMP_NUM_THREADS"]


def files_of(root: Path) -> set[str]:
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if not path.is_dir() or path.is_symlink()}


def wait(is_true: Callable[[], Any], what: str, every_s: float = 1) -> Any:
    """Wait until it is true; returns what it came to."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        if came := is_true():
            return came
        time.sleep(every_s)
    raise TimeoutError(f"{what} did not come within {PATIENCE_S} s")


def said(what: str) -> None:
    print(f"== {what}", flush=True)


def run(*command: str | Path, **options: Any) -> subprocess.CompletedProcess[Any]:
    """Run a program; what a failed one said is shown."""
    done = subprocess.run([*command], check=False, **options)
    if done.returncode:
        shown: Sequence[str | Path] = command[-6:]
        raise SystemExit(f"{' '.join(map(str, shown))} failed: {done.stderr or ''}")
    return done


if __name__ == "__main__":
    sys.exit(main())
