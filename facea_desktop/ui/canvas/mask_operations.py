"""Grow, shrink, feather, invert and clear: what is done to a mask as a whole."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

import numpy as np
from PIL import Image, ImageFilter

from facea_desktop.ui.canvas.mask_undo import TILE, TileChange, Values, changes


class Operation(StrEnum):
    """What can be done to a whole mask."""

    GROW = "grow"
    SHRINK = "shrink"
    FEATHER = "feather"
    INVERT = "invert"
    CLEAR = "clear"


def grown(mask: Values, pixels: int) -> Values:
    """The mask with a rim of ``pixels`` more; greys keep their softness."""
    if pixels <= 0:
        return mask.copy()
    # An octagon is a line each way and one along each diagonal. The diagonals alone reach every other pixel: the
    # straight lines fill the gaps, so they are never shorter than one pixel.
    diagonal = min(round(pixels * 0.293), (pixels - 1) // 2)
    straight = pixels - 2 * diagonal
    spread = np.pad(mask, pixels)
    for reach, down, right in ((straight, 0, 1), (straight, 1, 0), (diagonal, 1, 1), (diagonal, 1, -1)):
        spread = _smear(spread, reach, down, right)
    return spread[pixels:-pixels, pixels:-pixels]


def shrunk(mask: Values, pixels: int) -> Values:
    """The mask without a rim of ``pixels``; at the picture's edges it stays where it is."""
    return 255 - grown(255 - mask, pixels)


def feathered(mask: Values, pixels: int) -> Values:
    """The mask with an edge that fades over about ``pixels`` to either side."""
    return np.asarray(Image.fromarray(mask).filter(ImageFilter.GaussianBlur(pixels / 2)))


def region(mask: Values, operation: Operation, pixels: int) -> tuple[int, int, int, int]:
    """Top, left, bottom and right of what the operation can change, on the borders of tiles or of the picture."""
    height, width = mask.shape
    if operation is Operation.INVERT:
        return 0, 0, height, width
    rows, columns = np.flatnonzero(mask.max(axis=1)), np.flatnonzero(mask.max(axis=0))
    if not rows.size:
        return 0, 0, 0, 0
    margin = 0 if operation is Operation.CLEAR else 2 * pixels
    top, left = (max(0, int(first) - margin) // TILE * TILE for first in (rows[0], columns[0]))
    bottom, right = (
        min(end, -(-(int(last) + 1 + margin) // TILE) * TILE)
        for last, end in ((rows[-1], height), (columns[-1], width))
    )
    return top, left, bottom, right


def apply(part: Values, operation: Operation, pixels: int, top: int, left: int) -> list[TileChange]:
    """What the operation changes in a part of the mask that ``region`` gave; safe in any thread."""
    doing: dict[Operation, Callable[[], Values]] = {
        Operation.GROW: lambda: grown(part, pixels),
        Operation.SHRINK: lambda: shrunk(part, pixels),
        Operation.FEATHER: lambda: feathered(part, pixels),
        Operation.INVERT: lambda: 255 - part,
        Operation.CLEAR: lambda: np.zeros_like(part),
    }
    return changes(part, doing[operation](), top, left)


def _smear(values: Values, reach: int, down: int, right: int) -> Values:
    """The greatest value within ``reach`` steps either way along a direction; windows double until wide enough."""
    wanted, width = 2 * reach + 1, 1
    while width < wanted:
        step = min(width, wanted - width)
        values = np.maximum(values, _moved(values, step * down, step * right))
        width += step
    return _moved(values, -reach * down, -reach * right)


def _moved(values: Values, down: int, right: int) -> Values:
    """A picture moved by whole pixels, 0 where nothing comes in."""
    height, width = values.shape
    out = np.zeros_like(values)
    to = (slice(max(down, 0), height + min(down, 0)), slice(max(right, 0), width + min(right, 0)))
    source = (slice(max(-down, 0), height - max(down, 0)), slice(max(-right, 0), width - max(right, 0)))
    out[to] = values[source]
    return out
