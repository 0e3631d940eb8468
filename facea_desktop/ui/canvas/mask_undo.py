"""What a change of the mask looks like in the undo stack: the tiles that changed, before and after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QUndoCommand

TILE = 64
"""Side of a tile in pixels."""

Values = NDArray[np.uint8]
Packed = int | Values
"""A tile: one value where all its pixels have it, else the pixels."""


@dataclass(frozen=True, eq=False)
class TileChange:
    """One tile of the mask: ``row`` and ``column`` in tiles, its pixels before and after."""

    row: int
    column: int
    before: Packed
    after: Packed

    @property
    def size(self) -> int:
        """Bytes of pixels that it keeps."""
        return sum(side.nbytes for side in (self.before, self.after) if not isinstance(side, int))


def pack(tile: Values) -> Packed:
    """A copy of a tile that keeps as little as it can."""
    first = int(tile[0, 0])
    return first if (tile == first).all() else tile.copy()


def tiles_of(top: int, left: int, bottom: int, right: int) -> Iterator[tuple[int, int]]:
    """Rows and columns of the tiles that touch a rectangle of pixels."""
    for row in range(top // TILE, -(-bottom // TILE)):
        for column in range(left // TILE, -(-right // TILE)):
            yield row, column


def changes(before: Values, after: Values, top: int = 0, left: int = 0) -> list[TileChange]:
    """The tiles that differ between two pictures of a region that starts at a tile's corner, ``top`` and ``left``."""
    found = []
    for row, column in tiles_of(0, 0, *before.shape):
        part = (slice(row * TILE, (row + 1) * TILE), slice(column * TILE, (column + 1) * TILE))
        if not np.array_equal(before[part], after[part]):
            at = (top // TILE + row, left // TILE + column)
            found.append(TileChange(*at, before=pack(before[part]), after=pack(after[part])))
    return found


class Tiled(Protocol):
    """Where tiles are written to."""

    def write(self, tiles: Iterable[tuple[int, int, Packed]]) -> None:
        """Put these tiles (row, column, pixels) in their places."""


class TileEdit(QUndoCommand):
    """One stroke or operation: only what it changed is kept."""

    def __init__(self, layer: Tiled, tiles: list[TileChange], text: str) -> None:
        super().__init__(text)
        self._layer = layer
        self.tiles = tiles

    @property
    def size(self) -> int:
        """Bytes of pixels that it keeps."""
        return sum(tile.size for tile in self.tiles)

    def undo(self) -> None:
        """Put the tiles back as they were."""
        self._layer.write((tile.row, tile.column, tile.before) for tile in self.tiles)

    def redo(self) -> None:
        """Put the changed tiles in; right after a stroke they are there already, and writing them changes nothing."""
        self._layer.write((tile.row, tile.column, tile.after) for tile in self.tiles)
