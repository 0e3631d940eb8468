"""What is dropped on the window from outside."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMimeData, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QFileDialog, QWidget

from facea_desktop.library.photos import PHOTO_ENDINGS, begins_as_photo
from facea_desktop.ui.people.change import LORA, PACKAGE
from facea_desktop.ui.theme import RADIUS, colours

PHOTOS = PHOTO_ENDINGS | {".avif", ".gif"}
"""Endings of files; whether they can be read is found out, and said, when they are."""


def dropped_files(data: QMimeData) -> list[Path]:
    """The files of this machine that are dragged; of a folder, the photos right inside it."""
    files: list[Path] = []
    for url in data.urls() if data.hasUrls() else []:
        if not url.isLocalFile():
            continue
        path = Path(url.toLocalFile())
        if path.is_dir():
            files += sorted(inner for inner in path.iterdir() if is_photo(inner) and begins_as_photo(inner))
        else:
            files.append(path)
    return files


def is_photo(path: Path) -> bool:
    """Whether a file may be a photo: its name says so, or says nothing."""
    return path.suffix.lower() in PHOTOS or not (path.suffix or path.name.startswith("."))


def is_person_file(path: Path) -> bool:
    """Whether a file's name says that it holds a person, or a LoRA of one."""
    return path.suffix.lower() in (PACKAGE, LORA)


def photos_dialog(parent: QWidget, title: str, kinds: str, endings: Iterable[str]) -> QFileDialog:
    """A dialog, not open yet, that asks for one file or more.

    Args:
        kinds: what the files are; ``{endings}`` stands for the patterns of their names.
        endings: with their dots.
    """
    dialog = QFileDialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    patterns = " ".join(f"*{ending} *{ending.upper()}" for ending in sorted(endings))
    dialog.setNameFilters([kinds.format(endings=patterns), any_file()])
    return dialog


def any_file() -> str:
    """The last name filter of a dialog: names do not always say what a file is."""
    return QCoreApplication.translate("Files", "All files (*)")


def paint_drop_frame(widget: QWidget, over: bool) -> None:
    """A dashed frame around a widget: files may be dropped here; ``over`` while some are held above it."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(QColor(colours().accent if over else colours().line), 1.5, Qt.PenStyle.CustomDashLine)
    pen.setDashPattern([4, 4])
    painter.setPen(pen)
    painter.drawRoundedRect(QRectF(widget.rect()).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
