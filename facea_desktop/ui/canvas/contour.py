"""The outline of a mask where it is half way, as lines between pixels."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QPainterPath

from facea_desktop.ui.canvas.mask_undo import Values

HALF = 127.5

Segments = NDArray[np.float32]
"""(n, 4): x and y of either end, in samples; a sample's middle lies at its index plus one half."""


def contour(values: Values, top: int, left: int, size: int) -> Segments:
    """Marching squares over the ``size`` by ``size`` cells whose first lies between samples ``top``-1 and ``top``.

    Beyond the picture nothing is masked, so the outline closes there.
    """
    grid = _window(values, top - 1, left - 1, size + 1).astype(np.float32) - HALF
    inside = grid > 0
    a, b, c, d = inside[:-1, :-1], inside[:-1, 1:], inside[1:, 1:], inside[1:, :-1]  # clockwise from the upper left
    rows, columns = np.nonzero(~((a == b) & (b == c) & (c == d)))
    if not rows.size:
        return np.empty((0, 4), np.float32)
    corners = np.stack([grid[rows + y, columns + x] for y, x in ((0, 0), (0, 1), (1, 1), (1, 0))])  # (4, cells)
    following = np.roll(corners, -1, axis=0)
    crossed = (corners > 0) != (following > 0)  # upper, right, lower and left side of the cell
    with np.errstate(divide="ignore", invalid="ignore"):
        part = corners / (corners - following)
    one, none = np.ones_like(part[0]), np.zeros_like(part[0])
    x = np.stack([part[0], one, 1 - part[2], none]) + columns + left - 0.5
    y = np.stack([none, part[1], one, 1 - part[3]]) + rows + top - 0.5
    # Two sides are crossed, or all four: then the first two and the last two belong together
    order = np.argsort(~crossed, axis=0, kind="stable")
    x, y = np.take_along_axis(x, order, 0), np.take_along_axis(y, order, 0)
    saddle = crossed.all(axis=0)
    ends = [np.stack([x[i], y[i], x[i + 1], y[i + 1]], axis=1) for i in (0, 2)]
    return np.concatenate([ends[0], ends[1][saddle]]).astype(np.float32)


def path_of(segments: Segments, scale: float) -> QPainterPath:
    """The lines as a path in pixels of the picture, where a sample stands for ``scale`` of them."""
    path = QPainterPath()
    for x0, y0, x1, y1 in (segments * scale).tolist():
        path.moveTo(x0, y0)
        path.lineTo(x1, y1)
    return path


def _window(values: Values, top: int, left: int, size: int) -> Values:
    """A square cut out of the values, 0 where there are none."""
    height, width = values.shape
    cut = np.zeros((size, size), np.uint8)
    y0, x0, y1, x1 = max(top, 0), max(left, 0), min(top + size, height), min(left + size, width)
    if y1 > y0 and x1 > x0:
        cut[y0 - top : y1 - top, x0 - left : x1 - left] = values[y0:y1, x0:x1]
    return cut
