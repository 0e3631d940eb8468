"""What is dragged within the window or dropped on it: formats, files, people, and the frame that takes them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QByteArray, QMimeData, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from facea_desktop.library.facea_file import PACKAGE_ENDING
from facea_desktop.library.lora_files import LORA_ENDING
from facea_desktop.library.photo_reader import PHOTO_ENDINGS, begins_as_photo
from facea_desktop.ui.theme import RADIUS, colours

PERSON_MIME = "application/x-facea-person"
"""Format that holds the ids of people, a line each, as UTF-8."""
JOB_MIME = "application/x-facea-job"
"""Format that holds the id of a job that waits."""
PHOTO_CARD_MIME = "application/x-facea-photo-card"
"""Format that holds the place of a photo's card on its board."""

DROPPED_PHOTO_ENDINGS = PHOTO_ENDINGS | {".avif", ".gif"}
"""Endings of what is taken for a photo where it is dropped; whether it can be read is found out, and said, later."""

_PERSON_ID = re.compile(r"[0-9a-f]{12}")


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


def first_picture(data: QMimeData) -> Path | None:
    """The first picture among the files of this machine that are dragged or on the clipboard."""
    paths = (Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
    return next(filter(is_photo, paths), None)


def is_photo(path: Path) -> bool:
    """Whether a file may be a photo: its name says so, or says nothing."""
    return path.suffix.lower() in DROPPED_PHOTO_ENDINGS or not (path.suffix or path.name.startswith("."))


def is_person_file(path: Path) -> bool:
    """Whether a file's name says that it holds a person, or a LoRA of one."""
    return path.suffix.lower() in (PACKAGE_ENDING, LORA_ENDING)


def people_data(ids: Iterable[str]) -> QMimeData:
    """What is dragged with these people, by id."""
    data = QMimeData()
    data.setData(PERSON_MIME, QByteArray("\n".join(ids).encode()))
    return data


def dropped_person(data: QMimeData) -> str | None:
    """The id of the person that is dragged; the first one of several, None if it is something else."""
    if not data.hasFormat(PERSON_MIME):
        return None
    found = _PERSON_ID.match(bytes(data.data(PERSON_MIME).data()).decode("utf-8", "replace"))
    return found.group() if found is not None else None


def paint_drop_frame(widget: QWidget, over: bool) -> None:
    """A dashed frame around a widget: files may be dropped here; ``over`` while some are held above it."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(QColor(colours().accent if over else colours().line), 1.5, Qt.PenStyle.CustomDashLine)
    pen.setDashPattern([4, 4])
    painter.setPen(pen)
    painter.drawRoundedRect(QRectF(widget.rect()).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
