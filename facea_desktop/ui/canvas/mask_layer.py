"""The mask: grey values over the picture, written in patches, remembered in tiles."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from PySide6.QtCore import QObject, QRect, QSize, Signal
from PySide6.QtGui import QImage

from facea_desktop.ui.canvas.mask_undo import TILE, Packed, TileChange, Values, pack, tiles_of


def read_values(image: QImage) -> Values:
    """A copy of the grey values of a picture, (height, width)."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(grey.constBits(), np.uint8).reshape(grey.height(), grey.bytesPerLine())
    return rows[:, : grey.width()].copy()


class MaskLayer(QObject):
    """Grey values of a picture's size, 0 outside the mask and 255 inside.

    Attributes:
        values: (height, width); write through ``add``, ``subtract`` and ``write`` only.
    """

    painted = Signal(QRect)
    """Pixels that look different now."""

    def __init__(self, size: QSize, image: QImage | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.size = size
        # QImage wants rows of a multiple of four bytes; both show the same memory
        self._rows: Values = np.zeros((size.height(), -(-size.width() // 4) * 4), np.uint8)
        self.values = self._rows[:, : size.width()]
        self._before: dict[tuple[int, int], Values] = {}
        if image is not None:
            self.values[:] = read_values(image)

    @property
    def empty(self) -> bool:
        """Whether nothing is masked."""
        return not self.values.max(initial=0)

    def image(self) -> QImage:
        """A copy as Format_Grayscale8."""
        return self.shown_as(QImage.Format.Format_Grayscale8).copy()

    def shown_as(self, form: QImage.Format) -> QImage:
        """The values themselves as a picture of one byte per pixel; it changes with them and needs the layer alive."""
        height, stride = self._rows.shape
        return QImage(self._rows.data, self.size.width(), height, stride, form)

    def add(self, patch: Values, left: int, top: int) -> None:
        """Mask what ``patch`` covers, its corner at ``left`` and ``top``; it may hang over the edges."""
        self._combine(np.maximum, patch, left, top)

    def subtract(self, patch: Values, left: int, top: int) -> None:
        """Unmask what ``patch`` covers."""
        self._combine(np.minimum, 255 - patch, left, top)

    def write(self, tiles: Iterable[tuple[int, int, Packed]]) -> None:
        """Put tiles (row, column, pixels) in their places."""
        dirty = QRect()
        for row, column, pixels in tiles:
            part = self._part(row, column)
            self.values[part] = pixels
            dirty |= QRect(column * TILE, row * TILE, TILE, TILE)
        if not dirty.isEmpty():
            self.painted.emit(dirty & QRect(0, 0, self.size.width(), self.size.height()))

    def take_changes(self) -> list[TileChange]:
        """The tiles that ``add`` and ``subtract`` changed since this was asked last."""
        before, self._before = self._before, {}
        return [
            TileChange(*at, before=pack(tile), after=pack(self.values[self._part(*at)]))
            for at, tile in before.items()
            if not np.array_equal(tile, self.values[self._part(*at)])
        ]

    @property
    def remembered(self) -> set[tuple[int, int]]:
        """Rows and columns of the tiles that the stroke under way has touched."""
        return set(self._before)

    def _combine(self, how: np.ufunc, patch: Values, left: int, top: int) -> None:
        area = QRect(left, top, patch.shape[1], patch.shape[0]) & QRect(0, 0, self.size.width(), self.size.height())
        if area.isEmpty():
            return
        x0, y0, x1, y1 = area.x(), area.y(), area.x() + area.width(), area.y() + area.height()
        for at in tiles_of(y0, x0, y1, x1):
            if at not in self._before:
                self._before[at] = self.values[self._part(*at)].copy()
        target = self.values[y0:y1, x0:x1]
        how(target, patch[y0 - top : y1 - top, x0 - left : x1 - left], out=target)
        self.painted.emit(area)

    @staticmethod
    def _part(row: int, column: int) -> tuple[slice, slice]:
        return slice(row * TILE, (row + 1) * TILE), slice(column * TILE, (column + 1) * TILE)
