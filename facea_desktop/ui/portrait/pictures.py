"""Pictures as the canvas shows them. Everything here may run in a thread beside the window's."""

from __future__ import annotations

from pathlib import Path

from PIL import Image
from PySide6.QtGui import QDropEvent, QImage

from facea_desktop.domain.errors import UserError
from facea_desktop.library.photos import LARGEST_SIDE, fitting, read_photo
from facea_desktop.ui.people.drops import is_photo
from facea_desktop.ui.qt_pictures import as_qimage


def read_picture(path: Path) -> QImage | None:
    """A picture as the engine reads it, at the size that it works in; None where it cannot be read."""
    try:
        photo = read_photo(path, draft=LARGEST_SIDE)
    except UserError:
        return None
    size = fitting(*photo.size)
    return as_qimage(photo if size == photo.size else photo.resize(size, Image.Resampling.LANCZOS))


def dropped_picture(event: QDropEvent) -> Path | None:
    """The first picture among the files that are dragged."""
    paths = (Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
    return next(filter(is_photo, paths), None)
