"""What a Linux desktop finds the program by: menu entry, kinds of files, icons, store page, manual."""

from __future__ import annotations

import datetime
import gzip
import os
import shutil
import time
from pathlib import Path
from xml.sax.saxutils import escape

from installers.description import App, filled
from installers.icons import HICOLOR, SOURCE, write_png
from installers.manual import manual


def write_desktop_files(app: App, share: Path, command: str) -> None:
    """Fill a ``share`` folder.

    Args:
        command: what the menu entry starts: a name on the PATH, or a path.
    """
    mime_icon = app.own_types[0].mime.replace("/", "-")
    words = app.words | {"command": command, "mime_icon": mime_icon}
    _write(share / "applications" / f"{app.id}.desktop", filled("linux/app.desktop", words))
    _write(share / "mime" / "packages" / f"{app.id}.xml", filled("linux/mime.xml", words))
    for side in HICOLOR:
        write_png(side, share / "icons" / "hicolor" / f"{side}x{side}" / "apps" / f"{app.id}.png")
        write_png(side, share / "icons" / "hicolor" / f"{side}x{side}" / "mimetypes" / f"{mime_icon}.png")
    for kind, name in (("apps", app.id), ("mimetypes", mime_icon)):
        drawing = share / "icons" / "hicolor" / "scalable" / kind / f"{name}.svg"
        drawing.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(SOURCE, drawing)


def write_store_page(app: App, share: Path) -> None:
    """The AppStream component; stores fetch its pictures from where app.toml says that they are published."""
    pictures = []
    for number, shot in enumerate(app.more["screenshots"]):
        kind = ' type="default"' if number == 0 else ""
        pictures += [
            f"    <screenshot{kind}>",
            f"      <caption>{escape(shot['caption'])}</caption>",
            f'      <image type="source">{escape(app.more["web"])}/{shot["file"]}</image>',
            "    </screenshot>",
        ]
    words = {name: escape(value) for name, value in app.words.items()} | {
        "description": "\n".join(f"    <p>{escape(paragraph)}</p>" for paragraph in app.more["description"]),
        "developer": escape(app.more["maintainer"].partition(" <")[0]),
        "web": escape(app.more["web"]),
        "reverse_dns": app.more["reverse-dns"],
        "category_tags": "\n".join(f"    <category>{name}</category>" for name in app.more["categories"]),
        "screenshots": "\n".join(pictures),
        "date": build_date(),
    }
    _write(share / "metainfo" / f"{app.id}.metainfo.xml", filled("linux/metainfo.xml", words))


def write_manual(app: App, share: Path) -> None:
    """``man facea-desktop``."""
    path = share / "man" / "man1" / f"{app.id}.1.gz"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(manual(app, build_date()).encode(), mtime=0))


def build_date() -> str:
    """The day of the build, or of SOURCE_DATE_EPOCH."""
    seconds = float(os.environ.get("SOURCE_DATE_EPOCH", time.time()))
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC).date().isoformat()


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
