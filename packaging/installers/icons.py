"""The program's icon in the sizes and formats of each desktop, drawn from ``resources/icons/app.svg``."""

from __future__ import annotations

import os
from pathlib import Path

from installers.description import ROOT

SOURCE = ROOT / "resources" / "icons" / "app.svg"
HICOLOR = (16, 22, 24, 32, 48, 64, 128, 256, 512)
ICO = (16, 24, 32, 48, 64, 128, 256)


def write_png(side: int, path: Path) -> None:
    """Draw the icon, ``side`` pixels high and wide."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(side, side, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(SOURCE)).render(painter)
    painter.end()
    path.parent.mkdir(parents=True, exist_ok=True)
    if not image.save(str(path)):
        raise OSError(f"{path} cannot be written")


def write_ico(path: Path) -> None:
    """Windows' icon file."""
    from PIL import Image

    largest = path.with_suffix(".png")
    write_png(max(ICO), largest)
    with Image.open(largest) as image:
        image.save(path, sizes=[(side, side) for side in ICO])
    largest.unlink()


def write_icns(path: Path) -> None:
    """macOS' icon file."""
    from PIL import Image

    largest = path.with_suffix(".png")
    write_png(1024, largest)
    with Image.open(largest) as image:
        image.save(path)
    largest.unlink()
