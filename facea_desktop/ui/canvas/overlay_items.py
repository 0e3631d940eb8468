"""What lies over the picture: the mask's tint and outline, the shape under way and the brush's ring."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from facea_desktop.ui.canvas.contour import contour, path_of
from facea_desktop.ui.canvas.floating_labels import LIGHT, SHADE, screen_pen
from facea_desktop.ui.canvas.mask_layer import MaskLayer
from facea_desktop.ui.canvas.mask_look import MaskLook
from facea_desktop.ui.canvas.picture_item import CRISP, draw
from facea_desktop.ui.theme import colours

_TILE = 128  # samples of the mask whose outline is kept as one path


class MaskItem(QGraphicsItem):
    """The mask as a translucent tint with an outline; a change repaints only where it happened."""

    def __init__(self) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self._layer: MaskLayer | None = None
        self._look = MaskLook()
        self._tint: QImage | None = None
        self._outlines: dict[tuple[int, int], QPainterPath] = {}
        self._every = 1
        self._scale = 1.0

    def boundingRect(self) -> QRectF:
        """The picture, and room for the outline at its edges."""
        if self._layer is None:
            return QRectF()
        room = 4 / self._scale
        return QRectF(0, 0, self._layer.size.width(), self._layer.size.height()).adjusted(-room, -room, room, room)

    def show_layer(self, layer: MaskLayer | None) -> None:
        """Show another mask."""
        self.prepareGeometryChange()
        self._layer, self._tint = layer, None
        self._outlines.clear()
        if layer is not None:
            self._tint = layer.shown_as(QImage.Format.Format_Indexed8)
            self.recolour()

    def show_as(self, look: MaskLook) -> None:
        """Show the mask in another colour or opacity."""
        self._look = look
        self.recolour()

    def recolour(self) -> None:
        """Take the theme's colours."""
        if self._tint is not None:
            shade = self._look.shade()
            table = []
            for value in range(256):
                shade.setAlphaF(self._look.opacity / 100 * value / 255)
                table.append(shade.rgba())
            self._tint.setColorTable(table)
            self.update()

    def zoomed(self, scale: float) -> None:
        """Take the zoom, logical screen pixels per picture pixel; from afar the outline needs fewer lines."""
        if scale == self._scale:
            return
        self.prepareGeometryChange()
        self._scale = scale
        every = 2 ** max(0, math.floor(math.log2(1 / scale)))
        if every != self._every:
            self._every = every
            self._outlines.clear()

    def repaint(self, dirty: QRect) -> None:
        """Pixels of the mask have changed."""
        side = _TILE * self._every
        for row in range(dirty.top() // side, (dirty.bottom() + self._every) // side + 1):
            for column in range(dirty.left() // side, (dirty.right() + self._every) // side + 1):
                self._outlines.pop((row, column), None)
        room = 2 * self._every + 3 / self._scale
        self.update(QRectF(dirty).adjusted(-room, -room, room, room))

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Draw what is seen of it."""
        if self._layer is None or self._tint is None:
            return
        seen: QRectF = option.exposedRect
        scale = option.levelOfDetailFromTransform(painter.worldTransform()) * painter.device().devicePixelRatioF()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale < CRISP)
        draw(painter, self._tint, QRectF(self._tint.rect()), seen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paths = self._outlines_in(seen)
        for colour, width in ((SHADE, 3.0), (LIGHT, 1.25)):
            painter.setPen(screen_pen(painter, colour, width))
            for path in paths:
                painter.drawPath(path)

    def _outlines_in(self, seen: QRectF) -> list[QPainterPath]:
        assert self._layer is not None
        samples = self._layer.values[self._every // 2 :: self._every, self._every // 2 :: self._every]
        rows, columns = (-(-(side + 1) // _TILE) for side in samples.shape)
        side = _TILE * self._every
        found = []
        for row in range(max(0, int(seen.top() // side)), min(rows, int(seen.bottom() // side) + 2)):
            for column in range(max(0, int(seen.left() // side)), min(columns, int(seen.right() // side) + 2)):
                if (row, column) not in self._outlines:
                    lines = contour(samples, row * _TILE, column * _TILE, _TILE)
                    self._outlines[row, column] = path_of(lines, self._every)
                if not self._outlines[row, column].isEmpty():
                    found.append(self._outlines[row, column])
        return found


class ShapeItem(QGraphicsItem):
    """A lasso, rectangle or ellipse while it is drawn."""

    def __init__(self) -> None:
        super().__init__()
        self._path = QPainterPath()
        self._scale = 1.0

    def zoomed(self, scale: float) -> None:
        """Take the zoom, logical screen pixels per picture pixel."""
        if scale != self._scale:
            self.prepareGeometryChange()
            self._scale = scale

    def show_path(self, path: QPainterPath | None) -> None:
        """Show a path, or nothing."""
        self.prepareGeometryChange()
        self._path = QPainterPath(path) if path is not None else QPainterPath()

    def boundingRect(self) -> QRectF:
        """The path and its pen."""
        room = 3 / self._scale if not self._path.isEmpty() else 0
        return self._path.boundingRect().adjusted(-room, -room, room, room)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Draw light dashes over a dark line."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for pen in (screen_pen(painter, SHADE, 3.0), screen_pen(painter, LIGHT, 1.5, Qt.PenStyle.DashLine)):
            painter.setPen(pen)
            painter.drawPath(self._path)


class PartItem(ShapeItem):
    """The outline of the part that would be selected."""

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Draw it in the accent with a shade about it, as the face that is meant."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for ink, width in ((SHADE, 4.0), (QColor(colours().accent), 2.25)):
            painter.setPen(screen_pen(painter, ink, width))
            painter.drawPath(self._path)


class RingItem(QGraphicsItem):
    """The brush's size about the pointer."""

    def __init__(self) -> None:
        super().__init__()
        self._diameter = 0.0
        self._scale = 1.0
        self.hide()

    def zoomed(self, scale: float) -> None:
        """Take the zoom, logical screen pixels per picture pixel."""
        if scale != self._scale:
            self.prepareGeometryChange()
            self._scale = scale

    def show_at(self, point: QPointF | None, diameter: float | None) -> None:
        """Show the ring about a point of the picture; either None hides it."""
        self.setVisible(point is not None and diameter is not None)
        if point is not None and diameter is not None:
            if diameter != self._diameter:
                self.prepareGeometryChange()
                self._diameter = diameter
            self.setPos(point)

    def boundingRect(self) -> QRectF:
        """The ring and its pen."""
        side = max(self._diameter, 4 / self._scale) + 6 / self._scale
        return QRectF(-side / 2, -side / 2, side, side)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Draw a light ring in a dark one; a tiny brush gets a dot that can be seen."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = max(self._diameter, 4 / self._scale) / 2
        for colour, width in ((SHADE, 3.0), (LIGHT, 1.25)):
            painter.setPen(screen_pen(painter, colour, width))
            painter.drawEllipse(QPointF(0, 0), radius, radius)
