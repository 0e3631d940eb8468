"""Brush strokes that follow a picture's shapes (after Hertzmann 1998), and how thick the paint lies."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from facea_desktop.engine.style_filters.flow_field import Flow
from facea_desktop.engine.style_filters.tone import Photo, Plane, limited, unit

_FRACTION_BITS = 4  # cv2 draws to a 16th of a pixel


@dataclass(frozen=True)
class Brush:
    """One layer of strokes.

    Attributes:
        pitch: units between strokes.
        width: units.
        length: units, of the longest stroke.
        least_detail: strokes lie only where there is as much detail as this, 0 to 1.
        variety: spread of a stroke's brightness and colour.
        edge: a stroke ends where the colour has changed by this much.
    """

    pitch: float
    width: float
    length: float
    least_detail: float = 0.0
    variety: float = 0.03
    edge: float = 0.16


_STEPS = 6


def stroked(
    under: Photo, source: Photo, flow: Flow, detail: Plane, brushes: tuple[Brush, ...], seed: int
) -> tuple[Photo, Plane]:
    """Lay the layers over ``under``, the first one first.

    Where a stroke lies, its order and its chance values belong to the place: what changes in one part of a picture
    moves no stroke in another.

    Args:
        under: the ground.
        source: what the strokes take their colours from.
        flow: the way they run.
        detail: 0 to 1.
        brushes: one a layer.
        seed: of the places and chances.

    Returns:
        the painting, and the height of the paint, 0 to 1.
    """
    height, width = source.shape[:2]
    sheet = np.dstack([limited(under) * 255, np.full((height, width), 90, np.float32)]).astype(np.uint8)
    for layer, brush in enumerate(brushes):
        draw = np.random.default_rng(seed + layer)
        step = brush.pitch * unit(source)
        grid = np.meshgrid(np.arange(step / 2, width, step), np.arange(step / 2, height, step))
        start = np.stack(grid, -1).reshape(-1, 2).astype(np.float32)
        start += draw.uniform(-0.5, 0.5, start.shape).astype(np.float32) * step
        chance = draw.standard_normal((len(start), 5)).astype(np.float32)
        order = draw.permutation(len(start))
        columns, rows = _inside(start, (height, width))
        chosen = order[detail[rows, columns][order] >= brush.least_detail]
        paths = _paths(source, flow, start[chosen], brush)
        colours = source[rows, columns][chosen] + brush.variety * (chance[chosen, :1] + 0.45 * chance[chosen, 1:4])
        paint = np.clip(colours * 255, 0, 255)
        heights = np.clip(128 + 38 * chance[chosen, 4], 20, 235)
        thickness = max(1, round(brush.width * unit(source)))
        points = np.round(paths * 2**_FRACTION_BITS).astype(np.int32)
        for path, colour, high in zip(points, np.column_stack([paint, heights]).tolist(), heights, strict=True):
            wide = thickness + (1 if high > 150 and thickness > 3 else 0)
            cv2.polylines(sheet, [path], False, colour, wide, cv2.LINE_AA, _FRACTION_BITS)
    values = sheet.astype(np.float32) / 255
    return np.ascontiguousarray(values[..., :3]), np.ascontiguousarray(values[..., 3])


def _paths(source: Photo, flow: Flow, start: np.ndarray, brush: Brush) -> np.ndarray:
    """(n, 2 * _STEPS + 1, 2) points along the flow, both ways, standing still where the colour changes."""
    stride = brush.length * unit(source) / (2 * _STEPS)
    columns, rows = _inside(start, source.shape)
    colour = source[rows, columns]
    halves = []
    for sign in (1, -1):
        at, alive = start.copy(), np.ones(len(start), bool)
        way = np.stack([flow.dx[rows, columns], flow.dy[rows, columns]], -1) * sign
        half = []
        for _ in range(_STEPS):
            ahead = at + way * stride
            x, y = _inside(ahead, source.shape)
            alive &= np.abs(source[y, x] - colour).max(-1) < brush.edge
            at = np.where(alive[:, None], ahead, at)
            turned = np.stack([flow.dx[y, x], flow.dy[y, x]], -1)
            way = np.where((turned * way).sum(-1, keepdims=True) < 0, -turned, turned)
            half.append(at)
        halves.append(half)
    return np.stack([*halves[1][::-1], start, *halves[0]], 1)


def _inside(points: np.ndarray, shape: tuple[int, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Columns and rows of the pixels at (n, 2) points, moved into the picture."""
    whole = np.clip(points.astype(int), 0, [shape[1] - 1, shape[0] - 1])
    return whole[:, 0], whole[:, 1]
