"""Brush, eraser, lasso, rectangle, ellipse and parts of faces: from the pointer's way to values in the mask."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath

from facea_desktop.ui.canvas.brush import Brush, dab, gap
from facea_desktop.ui.canvas.mask_layer import MaskLayer, read_values
from facea_desktop.ui.canvas.mask_operations import Operation, region
from facea_desktop.ui.canvas.mask_undo import Values
from facea_desktop.ui.canvas.part_map import PartMap


@dataclass(frozen=True)
class Touch:
    """Where and how the pointer touches.

    Attributes:
        point: in pixels of the picture, with fractions.
        pressure: of a pen, 0 to 1; a mouse presses with 1.
        subtract: whether it takes away instead of adding.
        straight: whether Shift is held: straight lines, squares and circles; parts are added.
    """

    point: QPointF
    pressure: float = 1.0
    subtract: bool = False
    straight: bool = False


class Combine(Enum):
    """What becomes of the mask when a part is selected."""

    REPLACE = auto()
    ADD = auto()
    SUBTRACT = auto()

    @staticmethod
    def held(keys: Qt.KeyboardModifier) -> Combine:
        """What the keys that are held down ask for."""
        if keys & Qt.KeyboardModifier.AltModifier:
            return Combine.SUBTRACT
        return Combine.ADD if keys & Qt.KeyboardModifier.ShiftModifier else Combine.REPLACE


class Tool:
    """What a press, the moves after it and a release do to a mask."""

    def press(self, touch: Touch, layer: MaskLayer) -> None:
        """The pointer goes down."""
        raise NotImplementedError

    def move(self, touch: Touch, layer: MaskLayer) -> None:
        """The pointer moves while it is down."""
        raise NotImplementedError

    def release(self, touch: Touch, layer: MaskLayer) -> None:
        """The pointer goes up."""
        raise NotImplementedError

    def shape(self) -> QPainterPath | None:
        """What is being drawn and not in the mask yet, to be shown meanwhile."""
        return None


class Stroke(Tool):
    """Brush and eraser: dabs along the way."""

    def __init__(self, brush: Brush, *, erase: bool) -> None:
        self._brush = brush
        self._erase = erase
        self._last: Touch | None = None
        self._carry = 0.0
        self._subtract = erase

    def press(self, touch: Touch, layer: MaskLayer) -> None:
        """Leave a dab, or with Shift a straight line from where the last stroke ended."""
        self._subtract = touch.subtract or self._erase
        self._carry = 0.0
        if touch.straight and self._last is not None:
            self.move(touch, layer)
        self._dab(touch.point, touch.pressure, layer)
        self._last = touch

    def move(self, touch: Touch, layer: MaskLayer) -> None:
        """Leave dabs from where the pointer was; pressure changes evenly on the way."""
        last = self._last or touch
        way = touch.point - last.point
        length = math.hypot(way.x(), way.y())
        step = gap(self._radius(min(touch.pressure, last.pressure)))
        at = max(0.0, step - self._carry)
        self._carry += length
        while at <= length and length:
            part = at / length
            self._dab(last.point + way * part, last.pressure + (touch.pressure - last.pressure) * part, layer)
            self._carry = length - at
            at += step
        self._last = touch

    def release(self, touch: Touch, layer: MaskLayer) -> None:
        """End the stroke; the pressure of a pen that leaves is 0, so the last one counts."""
        if self._last is not None:
            last = Touch(touch.point, self._last.pressure)
            self.move(last, layer)
            self._dab(last.point, last.pressure, layer)

    def _radius(self, pressure: float) -> float:
        return self._brush.size / 2 * max(pressure, 0.05)

    def _dab(self, point: QPointF, pressure: float, layer: MaskLayer) -> None:
        patch = dab(point, self._radius(pressure), self._brush.hardness)
        (layer.subtract if self._subtract else layer.add)(*patch)


class Outline(Tool):
    """Lasso, rectangle and ellipse: a shape that is filled when the pointer goes up."""

    def __init__(self) -> None:
        self._path: QPainterPath | None = None
        self._subtract = False
        self._start = QPointF()

    def press(self, touch: Touch, layer: MaskLayer) -> None:
        """Begin a shape."""
        self._start, self._subtract = touch.point, touch.subtract
        self._path = QPainterPath(touch.point)

    def move(self, touch: Touch, layer: MaskLayer) -> None:
        """Let the shape follow."""
        if self._path is not None:
            self._path = self._followed(self._path, touch)

    def release(self, touch: Touch, layer: MaskLayer) -> None:
        """Fill the shape into the mask; Alt held by now subtracts too."""
        if self._path is not None:
            self.move(touch, layer)
            fill(self._path, layer, subtract=self._subtract or touch.subtract)
            self._path = None

    def shape(self) -> QPainterPath | None:
        """The shape as it is now."""
        return self._path

    def _followed(self, path: QPainterPath, touch: Touch) -> QPainterPath:
        raise NotImplementedError

    def _rect(self, touch: Touch) -> QRectF:
        way = touch.point - self._start
        if touch.straight:
            side = max(abs(way.x()), abs(way.y()))
            way = QPointF(math.copysign(side, way.x()), math.copysign(side, way.y()))
        return QRectF(self._start, self._start + way).normalized()


class Lasso(Outline):
    """A shape drawn by hand."""

    def _followed(self, path: QPainterPath, touch: Touch) -> QPainterPath:
        path.lineTo(touch.point)
        return path


class Rectangle(Outline):
    """A rectangle from corner to corner, on whole pixels."""

    def _followed(self, path: QPainterPath, touch: Touch) -> QPainterPath:
        rect, made = self._rect(touch), QPainterPath()
        corners = (round(edge) for edge in (rect.left(), rect.top(), rect.right(), rect.bottom()))
        x0, y0, x1, y1 = corners
        made.addRect(QRectF(x0, y0, x1 - x0, y1 - y0))
        return made


class Ellipse(Outline):
    """An ellipse within a rectangle from corner to corner."""

    def _followed(self, path: QPainterPath, touch: Touch) -> QPainterPath:
        made = QPainterPath()
        made.addEllipse(self._rect(touch))
        return made


class SelectPart(Tool):
    """A click makes the part under it the mask; Shift adds it, Alt takes it away."""

    def __init__(self, parts: Callable[[], PartMap | None]) -> None:
        self._parts = parts

    def press(self, touch: Touch, layer: MaskLayer) -> None:
        """Select what lies there, if anything is known to."""
        parts = self._parts()
        choice = parts.at(touch.point) if parts is not None else None
        patch = parts.patch(choice) if parts is not None and choice is not None else None
        if patch is not None:
            how = Combine.ADD if touch.straight else Combine.REPLACE
            combine(patch, layer, Combine.SUBTRACT if touch.subtract else how)

    def move(self, touch: Touch, layer: MaskLayer) -> None:
        """One press selects one part."""

    def release(self, touch: Touch, layer: MaskLayer) -> None:
        """It is selected already."""


def combine(patch: tuple[Values, int, int], layer: MaskLayer, how: Combine) -> None:
    """Make a patch the mask, add it or take it away."""
    if how is Combine.SUBTRACT:
        layer.subtract(*patch)
        return
    if how is Combine.REPLACE:
        top, left, bottom, right = region(layer.values, Operation.CLEAR, 0)
        layer.subtract(np.full((bottom - top, right - left), 255, np.uint8), left, top)
    layer.add(*patch)


def fill(path: QPainterPath, layer: MaskLayer, *, subtract: bool) -> None:
    """Add the inside of a path to the mask, or take it away; only its bounding box is touched."""
    box = path.boundingRect().toAlignedRect() & QRect(0, 0, layer.size.width(), layer.size.height())
    if box.isEmpty():
        return
    drawn = QImage(box.size(), QImage.Format.Format_Grayscale8)
    drawn.fill(0)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(-box.topLeft())
    filled = QPainterPath(path)
    filled.setFillRule(Qt.FillRule.WindingFill)  # a lasso that crosses itself has no holes
    painter.fillPath(filled, Qt.GlobalColor.white)
    painter.end()
    (layer.subtract if subtract else layer.add)(read_values(drawn), box.left(), box.top())
