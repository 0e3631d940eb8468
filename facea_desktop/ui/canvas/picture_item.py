"""The picture on the stage: base, preview and result, drawn sharp at every zoom."""

from __future__ import annotations

import math

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPixmap, QTransform
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from facea_desktop.ui.background_thread import BackgroundThread

CRISP = 4.0
"""Screen pixels per picture pixel from which on pixels are shown as squares."""
_AT_ONCE = 500_000  # pixels that are scaled without being felt


class Pyramid(QObject):
    """A picture and its halves, quarters and so on: drawn small it neither flickers nor costs more than is seen."""

    ready = Signal()

    def __init__(self, image: QImage, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.image = image
        self._levels = [image]
        if image.width() * image.height() <= _AT_ONCE:
            self._levels = halves(image)
        else:
            BackgroundThread(self, name="pyramid").run(lambda: halves(image), self._built)

    def level(self, scale: float) -> QImage:
        """The smallest that has a pixel for each on the screen, ``scale`` being screen pixels per picture pixel."""
        wanted = math.floor(math.log2(1 / scale)) if 0 < scale < 1 else 0
        return self._levels[min(wanted, len(self._levels) - 1)]

    def _built(self, levels: list[QImage]) -> None:
        self._levels = levels
        self.ready.emit()


def halves(image: QImage) -> list[QImage]:
    """The picture in the form that is drawn fastest, and ever smaller ones down to about 64 pixels; for any thread."""
    form = QImage.Format.Format_ARGB32_Premultiplied if image.hasAlphaChannel() else QImage.Format.Format_RGB32
    levels = [image.convertToFormat(form)]
    while max(levels[-1].width(), levels[-1].height()) > 128:
        width, height = (max(1, side // 2) for side in levels[-1].size().toTuple())
        levels.append(
            levels[-1].scaled(
                width, height, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
        )
    return levels


def draw(painter: QPainter, image: QImage, area: QRectF, seen: QRectF) -> None:
    """Draw the part of ``image``, stretched over ``area``, that lies in ``seen``; cut at whole pixels, so seams fit."""
    across, down = image.width() / area.width(), image.height() / area.height()
    wanted = QTransform.fromScale(across, down).mapRect(seen.translated(-area.topLeft()))
    part = wanted.toAlignedRect().adjusted(-2, -2, 2, 2) & image.rect()
    if not part.isEmpty():
        source = QRectF(part)
        target = QTransform.fromScale(1 / across, 1 / down).mapRect(source).translated(area.topLeft())
        painter.drawImage(target, image, source)


class PictureItem(QGraphicsItem):
    """What is looked at.

    Attributes:
        area: where it lies, in pixels of the base.
        split: how far from the left the result begins, 0 to 1; None shows the result alone.
        only_base: shows the base while something is held down.
        crisp: whether enlarged pixels may be shown as squares.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self.area = QRectF()
        self.base: Pyramid | None = None
        self.result: Pyramid | None = None
        self.preview: QImage | None = None
        self.split: float | None = 0.5
        self.only_base = False
        self.crisp = True

    def boundingRect(self) -> QRectF:
        """Where it draws."""
        return self.area

    def lay(self, area: QRectF) -> None:
        """Change where it lies."""
        self.prepareGeometryChange()
        self.area = area

    def show_sides(self, split: float | None, only_base: bool) -> None:
        """Change which side shows what."""
        if (split, only_base) != (self.split, self.only_base):
            self.split, self.only_base = split, only_base
            self.update()

    @property
    def compared(self) -> bool:
        """Whether base and result stand side by side now."""
        return None not in (self.base, self.result, self.split) and not self.only_base

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Draw what is seen of it."""
        seen = option.exposedRect & self.area
        device = painter.device()
        scale = option.levelOfDetailFromTransform(painter.worldTransform()) * device.devicePixelRatioF()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not (self.crisp and scale >= CRISP))
        if self.preview is not None and not self.only_base:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            draw(painter, self.preview, self.area, seen)
        elif self.compared and self.base is not None and self.result is not None:
            middle = self.area.left() + self.area.width() * (self.split or 0)
            left, right = QRectF(self.area), QRectF(self.area)
            left.setRight(middle)
            right.setLeft(middle)
            self._draw(painter, self.base, scale, seen, left)
            self._draw(painter, self.result, scale, seen, right)
        else:
            shown = self.base if self.only_base or self.result is None else self.result
            if shown is not None:
                self._draw(painter, shown, scale, seen, self.area)

    def _draw(self, painter: QPainter, picture: Pyramid, scale: float, seen: QRectF, part: QRectF) -> None:
        if not seen.intersects(part):
            return
        painter.save()
        painter.setClipRect(part, Qt.ClipOperation.IntersectClip)
        if picture.image.hasAlphaChannel():
            _draw_checker(painter, seen & part)
        stretched = picture.image.width() / self.area.width()
        draw(painter, picture.level(scale / stretched), self.area, seen)
        painter.restore()


def _draw_checker(painter: QPainter, part: QRectF) -> None:
    """Squares of eight screen pixels, which say that a picture is see-through."""
    tile = QPixmap(16, 16)
    tile.fill(QColor(205, 205, 205))
    squares = QPainter(tile)
    squares.fillRect(0, 0, 8, 8, QColor(150, 150, 150))
    squares.fillRect(8, 8, 8, 8, QColor(150, 150, 150))
    squares.end()
    brush = QBrush(tile)
    brush.setTransform(painter.worldTransform().inverted()[0])
    painter.fillRect(part, brush)
