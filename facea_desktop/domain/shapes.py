"""Shapes of scenes: width to height, and the pixels that they come to."""

from __future__ import annotations

from math import log
from typing import Literal, get_args

Shape = Literal["1:1", "4:5", "3:4", "2:3", "9:16", "5:4", "4:3", "3:2", "16:9"]
SHAPES: tuple[Shape, ...] = get_args(Shape)
LEAST_AREA = 0.9
"""Part of the square's pixels that another shape has at least; with steps of 64 pixels these are SDXL's own sizes
(Podell et al. 2023, "SDXL", appendix I)."""

Size = tuple[int, int]
"""Width and height in pixels."""


def proportions(shape: Shape) -> tuple[int, int]:
    """Width and height of a shape, in its own units."""
    width, height = map(int, shape.split(":"))
    return width, height


def nearest_size(shape: Shape, side: int, step: int) -> Size:
    """The size nearest to a shape that a model paints: multiples of ``step``, at most as many pixels as its square.

    Args:
        side: of the square, a multiple of ``step``.
    """
    width, height = proportions(shape)
    lengths = range(step, 2 * side + 1, step)
    sizes = [(w, h) for w in lengths for h in lengths if LEAST_AREA <= w * h / side**2 <= 1]
    return min(sizes, key=lambda size: (abs(log(size[0] * height / (size[1] * width))), -size[0] * size[1]))


def trimmed_size(size: Size, shape: Shape) -> Size:
    """The largest size of exactly that shape within another."""
    width, height = proportions(shape)
    units = min(size[0] // width, size[1] // height)
    return width * units, height * units
