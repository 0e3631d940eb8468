"""Pillow's pictures as Qt's."""

from __future__ import annotations

from PIL import Image
from PySide6.QtGui import QImage


def as_qimage(picture: Image.Image) -> QImage:
    """An RGB picture as Format_RGB32, L as Format_Grayscale8, with pixels of its own."""
    if picture.mode == "L":
        return QImage(picture.tobytes(), *picture.size, picture.width, QImage.Format.Format_Grayscale8).copy()
    data = picture.convert("RGBX").tobytes()
    shown = QImage(data, *picture.size, 4 * picture.width, QImage.Format.Format_RGBX8888)
    return shown.convertToFormat(QImage.Format.Format_RGB32)
