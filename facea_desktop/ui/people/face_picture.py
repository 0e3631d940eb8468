"""A face with its masks drawn on it as tinted outlines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
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
    """A face of fixed size with round corners; the outlines can be hidden. Of several people, one can be clicked."""

    faceClicked = Signal(int)
    """Index of the face that was clicked in a photo of several."""

    def __init__(self, side: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._overlay = QImage()
        self._shown = True
        self._dimmed = False
        self._faces: list[QRectF] = []  # in parts of the whole photo's size
        self._marked: int | None = None
        self._over: int | None = None
        self.setMouseTracking(True)
        self.setFixedSize(side, side)

    def show_face(self, view: FaceView) -> None:
        """A crop with its outlines."""
        self._show(view.crop, view.overlay)

    def show_picture(self, image: QImage, *, dimmed: bool = False) -> None:
        """A picture without outlines."""
        self._show(image, QImage(), dimmed=dimmed)

    def show_group(self, photo: QImage, faces: Sequence[QRectF], marked: int | None = None) -> None:
        """A whole photo of several people, in which a face can be clicked.

        Args:
            faces: in parts of the photo's width and height.
            marked: the one that is meant so far.
        """
        self._show(photo, QImage())
        self._faces, self._marked = list(faces), marked

    def _show(self, image: QImage, overlay: QImage, *, dimmed: bool = False) -> None:
        self._image, self._overlay, self._dimmed = image, overlay, dimmed
        self._faces, self._marked, self._over = [], None, None
        self.unsetCursor()
        self.update()

    def face_at(self, point: QPointF) -> int | None:
        """The face of a photo of several that lies under a point of this widget; the smallest where they overlap."""
        found = [(r.width() * r.height(), i) for i, r in enumerate(self._on_screen()) if r.contains(point)]
        return min(found)[1] if found else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up the face that a click would choose."""
        self._light_up(self.face_at(event.position()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """None is meant any more."""
        self._light_up(None)
        super().leaveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose a face."""
        face = self.face_at(event.position())
        if face is not None and event.button() == Qt.MouseButton.LeftButton:
            self.faceClicked.emit(face)
        super().mouseReleaseEvent(event)

    def _light_up(self, face: int | None) -> None:
        if face == self._over:
            return
        self._over = face
        if face is None:
            self.unsetCursor()
        else:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.update()

    def _whole(self) -> QRectF:
        """Where the whole photo lies, without being cut."""
        size = QSizeF(self._image.size()).scaled(QSizeF(self.size()), Qt.AspectRatioMode.KeepAspectRatio)
        return QRectF(QPointF((self.width() - size.width()) / 2, (self.height() - size.height()) / 2), size)

    def _on_screen(self) -> list[QRectF]:
        whole = self._whole()
        return [
            QRectF(
                whole.x() + face.x() * whole.width(),
                whole.y() + face.y() * whole.height(),
                face.width() * whole.width(),
                face.height() * whole.height(),
            )
            for face in self._faces
        ]

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
        if self._faces:
            self._paint_group(painter)
            return
        side = min(self._image.width(), self._image.height())
        middle = QRectF((self._image.width() - side) / 2, (self._image.height() - side) / 2, side, side)
        painter.setOpacity(0.45 if self._dimmed else 1.0)
        painter.drawImage(box, self._image, middle)
        painter.setOpacity(1.0)
        if self._shown and not self._overlay.isNull():
            painter.drawImage(box, self._overlay)

    def _paint_group(self, painter: QPainter) -> None:
        painter.drawImage(self._whole(), self._image)
        for index, face in enumerate(self._on_screen()):
            meant = index in (self._marked, self._over)
            colour = QColor(colours().accent) if meant else QColor("white")
            for ink, width in ((QColor(0, 0, 0, 140), 4.0), (colour, 2.5 if meant else 1.5)):
                painter.setPen(QPen(ink, width))
                painter.drawRoundedRect(face, 4, 4)
