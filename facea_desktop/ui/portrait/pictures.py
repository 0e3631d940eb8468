"""Pictures as the canvas shows them. Everything here may run in a thread beside the window's."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageOps
from PySide6.QtCore import QSize
from PySide6.QtGui import QDropEvent, QImage, QImageReader

LARGEST_SIDE = 4096
"""The engine scales larger pictures down to this; masks that are painted here then have the size that it works in."""
PICTURE_ENDINGS = ("png", "jpg", "jpeg", "webp", "tif", "tiff", "heic", "heif")
_FORMATS = {b"png", b"jpeg", b"jpg", b"webp", b"tiff", b"tif"}


def read_picture(path: Path) -> QImage | None:
    """A picture upright, at most LARGEST_SIDE a side; None where it cannot be read."""
    if path.suffix.lower() in (".heic", ".heif"):
        return _read_heif(path)
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    if bytes(reader.format().data()) not in _FORMATS:
        return None
    size = reader.size()
    if max(size.width(), size.height()) > LARGEST_SIDE:
        reader.setScaledSize(QSize(*fitting(size.width(), size.height())))
    image = reader.read()
    return None if image.isNull() else image


def fitting(width: int, height: int) -> tuple[int, int]:
    """The size that the engine gives a picture of this size."""
    scale = min(1.0, LARGEST_SIDE / max(width, height, 1))
    return max(1, round(width * scale)), max(1, round(height * scale))


def dropped_picture(event: QDropEvent) -> Path | None:
    """The first picture among the files that are dragged."""
    paths = (Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
    return next((path for path in paths if path.suffix.lower().removeprefix(".") in PICTURE_ENDINGS), None)


def _read_heif(path: Path) -> QImage | None:
    import pillow_heif  # takes a tenth of a second, and most people never need it

    try:
        pillow = ImageOps.exif_transpose(pillow_heif.open_heif(path).to_pillow()).convert("RGB")
    except (OSError, ValueError, RuntimeError):
        return None
    small = pillow.resize(fitting(*pillow.size), Image.Resampling.LANCZOS)
    return QImage(small.tobytes(), *small.size, small.width * 3, QImage.Format.Format_RGB888).copy()
