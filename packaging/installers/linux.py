"""The two installers for Linux: a Debian package, and a folder that is unpacked anywhere."""

from __future__ import annotations

import datetime
import gzip
import os
import shutil
import textwrap
from collections.abc import Iterable
from email.utils import formatdate
from pathlib import Path

from installers.description import HERE, ROOT, App, filled, run, tool
from installers.desktop import build_date, write_desktop_files, write_manual, write_store_page

_REVISION = "1"
"""Of the package: counts up where it is built anew from the same version."""


def build_deb(app: App, tree: Path, out: Path, *, quick: bool = False) -> Path:
    """A Debian package.

    Args:
        tree: the program's folder; its files are linked to, not copied.
        quick: packed sooner, and larger.

    Returns:
        Path of the ``.deb`` in ``out``.
    """
    dpkg = tool("dpkg-deb", "apt install dpkg")
    root = out / "deb"
    shutil.rmtree(root, ignore_errors=True)
    place = Path("usr/lib") / app.id
    shutil.copytree(tree, root / place, symlinks=True, copy_function=os.link)
    share = root / "usr/share"
    words = app.words | {"place": f"/{place}"}
    _script(root / "usr/bin" / app.id, filled("linux/launcher.sh", words))
    write_desktop_files(app, share, app.id)
    write_store_page(app, share)
    write_manual(app, share)
    _documents(app, share / "doc" / app.id)
    overrides = share / "lintian" / "overrides" / app.id
    overrides.parent.mkdir(parents=True)
    overrides.write_text(filled("linux/lintian-overrides", words), "utf-8")
    _modes(root)
    control = root / "DEBIAN"
    control.mkdir(mode=0o755)
    _script(control / "postrm", filled("linux/postrm.sh", words))
    size = sum(path.lstat().st_size for path in root.rglob("*") if path.is_file()) // 1024
    (control / "control").write_text(_control(app, size), "utf-8")
    (control / "control").chmod(0o644)
    deb = out / f"{app.id}_{app.version}-{_REVISION}_{app.more['deb']['architecture']}.deb"
    packed = ["-Zzstd", "-z1" if quick else "-z10", "--no-uniform-compression"]
    run([dpkg, "--root-owner-group", *packed, "--build", root, deb])
    shutil.rmtree(root)
    return deb


def build_portable(app: App, tree: Path, out: Path, *, quick: bool = False) -> Path:
    """An archive of one folder that runs wherever it is unpacked; ``menu.sh add`` puts it into the menu.

    Returns:
        Path of the ``.tar.zst`` in ``out``.
    """
    tar = tool("tar", "apt install tar")
    tool("zstd", "apt install zstd")
    name = f"{app.id}-{app.version}-linux-x86_64"
    root = out / name
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(tree, root, symlinks=True, copy_function=os.link)
    _script(root / app.id, filled("linux/portable-launcher.sh", app.words))
    _script(root / "menu.sh", filled("linux/menu.sh", app.words))
    write_desktop_files(app, root / "share", app.id)
    write_manual(app, root / "share")
    shutil.copyfile(ROOT / "LICENSE", root / "LICENSE")
    shutil.copyfile(HERE / "linux" / "portable.txt", root / "README.txt")
    _modes(root)
    archive = out / f"{name}.tar.zst"
    owner = ["--owner=0", "--group=0", "--numeric-owner", "--sort=name"]
    run(
        [tar, *owner, "--use-compress-program", f"zstd {'-1' if quick else '-10'} -T0", "-C", out, "-cf", archive, name]
    )
    shutil.rmtree(root)
    return archive


def _control(app: App, size: int) -> str:
    deb = app.more["deb"]
    about = "\n .\n".join(
        textwrap.fill(paragraph, 78, initial_indent=" ", subsequent_indent=" ") for paragraph in app.more["description"]
    )
    return "\n".join(
        (
            f"Package: {app.id}",
            f"Version: {app.version}-{_REVISION}",
            f"Architecture: {deb['architecture']}",
            f"Maintainer: {app.more['maintainer']}",
            f"Installed-Size: {size}",
            f"Depends: {', '.join(deb['depends'])}",
            f"Recommends: {', '.join(deb['recommends'])}",
            f"Section: {deb['section']}",
            "Priority: optional",
            f"Description: {app.more['synopsis']}",
            about,
            "",
        )
    )


def _documents(app: App, folder: Path) -> None:
    """Licence and changelog, where Debian looks for them."""
    folder.mkdir(parents=True)
    model_card = (ROOT / "resources" / "starter" / "README.md").read_text("utf-8")
    (folder / "copyright").write_text(
        filled("linux/copyright", app.words | {"year": build_date()[:4]}) + "\n" + model_card, "utf-8"
    )
    changes = (ROOT / "CHANGELOG.md").read_bytes()
    (folder / "changelog.gz").write_bytes(gzip.compress(changes, mtime=0))
    seconds = datetime.datetime.fromisoformat(build_date()).replace(tzinfo=datetime.UTC).timestamp()
    debian = filled("linux/changelog", app.words | {"revision": _REVISION, "date": formatdate(seconds)})
    (folder / "changelog.Debian.gz").write_bytes(gzip.compress(debian.encode(), mtime=0))


def _script(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    path.chmod(0o755)


def _modes(root: Path) -> None:
    """Files as everybody may read them, whatever the builder's umask; what may be run stays so."""
    for path in _inside(root):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)


def _inside(root: Path) -> Iterable[Path]:
    yield root
    yield from root.rglob("*")
