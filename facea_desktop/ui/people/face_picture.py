"""A face with its masks drawn on it as tinted outlines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QWidget

from facea_desktop.domain.faces import PARTS
from facea_desktop.ui.theme import RADIUS, colours

PART_COLOURS = {
    "face": "#f0a27f",
    "left_eye": "#62bbee",
    "right_eye": "#86d39a",
    "nose": "#f0c75e",
    "mouth": "#e48fd2",
}
"""Of the outlines; they lie on photos, so they are the same in both themes."""
_OVERLAY_SIDE = 320
_LINE = 2
_TINT = 36  # alpha inside an outline, of 255


@dataclass(frozen=True)
class FaceView:
    """A crop and its masks, decoded.

    Attributes:
        masks: by part, Format_Grayscale8, of the crop's size.
        overlay: the outlines, of any size.
    """

    crop: QImage = field(default_factory=QImage)
    masks: Mapping[str, QImage] = field(default_factory=dict)
    overlay: QImage = field(default_factory=QImage)


def decode_face(crop: bytes, masks: Mapping[str, bytes]) -> FaceView:
    """Read PNGs and draw the outlines; takes some ten milliseconds, so not in the window's thread."""
    decoded = {part: grey(QImage.fromData(data)) for part, data in masks.items()}
    return face_view(QImage.fromData(crop), {part: mask for part, mask in decoded.items() if not mask.isNull()})


def load_face(folder: Path, index: int, parts: tuple[str, ...]) -> FaceView:
    """Read one reference of a person's folder; what cannot be read is left out."""
    masks = {part: grey(QImage(str(folder / "masks" / f"{index}-{part}.png"))) for part in parts if part in PARTS}
    crop = QImage(str(folder / "references" / f"{index}.png"))
    return face_view(crop, {part: mask for part, mask in masks.items() if not mask.isNull()})


def face_view(crop: QImage, masks: Mapping[str, QImage]) -> FaceView:
    """The crop with the outlines of these masks."""
    return FaceView(crop, dict(masks), outlines(masks, _OVERLAY_SIDE))


def outlines(masks: Mapping[str, QImage], side: int) -> QImage:
    """A line about each mask in its colour and a light tint inside, on nothing; ``side`` pixels wide and high."""
    drawn: NDArray[np.uint8] = np.zeros((side, side, 4), np.uint8)  # premultiplied, BGRA as Qt keeps ARGB32
    for part in PARTS:
        if part not in masks:
            continue
        inside = pixels(masks[part].scaled(side, side, mode=Qt.TransformationMode.SmoothTransformation)) > 127
        rim = inside & ~_shrunk(inside, _LINE)
        colour = QColor(PART_COLOURS[part])
        bgr = np.array([colour.blue(), colour.green(), colour.red()])
        if part != "face":
            drawn[inside] = (*(bgr * _TINT // 255), _TINT)
        drawn[rim] = (*bgr, 255)
    image = QImage(drawn.tobytes(), side, side, side * 4, QImage.Format.Format_ARGB32_Premultiplied)
    return image.copy()  # the bytes go with this function


def grey(image: QImage) -> QImage:
    """As Format_Grayscale8."""
    return image.convertToFormat(QImage.Format.Format_Grayscale8)


def pixels(mask: QImage) -> NDArray[np.uint8]:
    """The pixels of a mask, (height, width)."""
    image = grey(mask)
    rows = np.frombuffer(image.constBits(), np.uint8, image.sizeInBytes()).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width()].copy()


def _shrunk(inside: NDArray[np.bool_], by: int) -> NDArray[np.bool_]:
    for _ in range(by):
        padded = np.pad(inside, 1)
        inside = padded[1:-1, 1:-1] & padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:]
    return inside


class FacePicture(QWidget):
    """A face of fixed size with round corners; the outlines can be hidden."""

    def __init__(self, side: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._overlay = QImage()
        self._shown = True
        self._dimmed = False
        self.setFixedSize(side, side)

    def show_face(self, view: FaceView) -> None:
        """A crop with its outlines."""
        self._image, self._overlay, self._dimmed = view.crop, view.overlay, False
        self.update()

    def show_picture(self, image: QImage, *, dimmed: bool = False) -> None:
        """A picture without outlines."""
        self._image, self._overlay, self._dimmed = image, QImage(), dimmed
        self.update()

    def show_masks(self, shown: bool) -> None:
        """Show or hide the outlines."""
        self._shown = shown
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the face, cut square about its middle."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        box = QRectF(self.rect())
        path = QPainterPath()
        path.addRoundedRect(box, RADIUS, RADIUS)
        painter.setClipPath(path)
        painter.fillRect(box, QColor(colours().stage))
        if self._image.isNull():
            return
        side = min(self._image.width(), self._image.height())
        middle = QRectF((self._image.width() - side) / 2, (self._image.height() - side) / 2, side, side)
        painter.setOpacity(0.45 if self._dimmed else 1.0)
        painter.drawImage(box, self._image, middle)
        painter.setOpacity(1.0)
        if self._shown and not self._overlay.isNull():
            painter.drawImage(box, self._overlay)
