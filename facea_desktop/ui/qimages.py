"""Pillow's pictures as Qt's. Everything here may run in a thread beside the window's."""

from __future__ import annotations

from pathlib import Path

from PIL import Image
from PySide6.QtGui import QImage

from facea_desktop.domain.errors import UserError
from facea_desktop.library.photo_reader import LARGEST_SIDE, fitting, read_photo


def as_qimage(picture: Image.Image) -> QImage:
    """An RGB picture as Format_RGB32, L as Format_Grayscale8, with pixels of its own."""
    if picture.mode == "L":
        return QImage(picture.tobytes(), *picture.size, picture.width, QImage.Format.Format_Grayscale8).copy()
    data = picture.convert("RGBX").tobytes()
    shown = QImage(data, *picture.size, 4 * picture.width, QImage.Format.Format_RGBX8888)
    return shown.convertToFormat(QImage.Format.Format_RGB32)


def read_picture(path: Path) -> QImage | None:
    """A picture as the engine reads it, at the size that it works in; None where it cannot be read."""
    try:
        photo = read_photo(path, draft=LARGEST_SIDE)
    except UserError:
        return None
    size = fitting(*photo.size)
    return as_qimage(photo if size == photo.size else photo.resize(size, Image.Resampling.LANCZOS))
