"""Film grain, paper, canvas, cracks: random fields that depend on a picture's shape alone, never on what it shows."""

from __future__ import annotations

import cv2
import numpy as np

from facea_desktop.engine.style_filters.tone import UNITS, Plane, limited

_Shape = tuple[int, ...]


def noise(shape: _Shape, size: float, seed: int, stretch: float = 1.0) -> Plane:
    """Random values of mean 0 and spread 1 whose blobs are ``size`` units wide, ``stretch`` times as long as high."""
    height, width = shape[:2]
    in_units = UNITS / min(height, width)
    rows = max(3, round(height * in_units / size))
    columns = max(3, round(width * in_units / size / stretch))
    lattice = np.random.default_rng(seed).standard_normal((rows, columns), np.float32)
    way = cv2.INTER_CUBIC if rows <= height else cv2.INTER_AREA
    field = cv2.resize(lattice, (width, height), interpolation=way)
    return np.asarray((field - field.mean()) / field.std(), np.float32)


def clouds(shape: _Shape, size: float, seed: int, octaves: int = 4) -> Plane:
    """Noise of several sizes, each half as large and half as strong as the one before; mean 0, spread 1."""
    total = sum(noise(shape, size / 2**i, seed + i) / 2**i for i in range(octaves))
    return np.asarray(total / np.std(total), np.float32)


def tooth(shape: _Shape, size: float, seed: int) -> Plane:
    """The height of rough paper, evenly spread from 0 to 1: what a dry stick touches first is high."""
    rough = noise(shape, size, seed) + 0.7 * noise(shape, size * 2.3, seed + 1)
    return limited(0.5 + rough / (2 * 1.7 * 1.22))


def canvas(shape: _Shape, pitch: float) -> Plane:
    """The weave of linen, about 0, from -1 to 1."""
    height, width = shape[:2]
    step = 2 * np.pi / (pitch * min(height, width) / UNITS)
    wobble = clouds(shape, 40, 71, 2) * 0.6
    across = np.sin(np.arange(width, dtype=np.float32)[None, :] * step + wobble)
    down = np.sin(np.arange(height, dtype=np.float32)[:, None] * step + wobble)
    return np.asarray(across * down * (0.7 + 0.3 * noise(shape, pitch, 72)), np.float32)


def relief(height: Plane, strength: float) -> Plane:
    """Light from the upper left on a surface: 1 where it is level, above on slopes that face the light."""
    px = min(height.shape[:2]) / UNITS
    across = cv2.Sobel(height, cv2.CV_32F, 1, 0, scale=px / 8)
    down = cv2.Sobel(height, cv2.CV_32F, 0, 1, scale=px / 8)
    return np.asarray(1 - np.clip((across + 1.2 * down) * strength, -0.45, 0.45), np.float32)


def cells(shape: _Shape, points: np.ndarray) -> tuple[np.ndarray, Plane]:
    """The Voronoi cells of points.

    Args:
        shape: of the picture.
        points: (n, 2) x, y in pixels.

    Returns:
        (h, w) int32, a number for each cell; (h, w) distance from the cell's point in pixels.
    """
    seeds = np.full(shape[:2], 255, np.uint8)
    x, y = np.clip(points.round().astype(int), 0, [shape[1] - 1, shape[0] - 1]).T
    seeds[y, x] = 0
    distance, labels = cv2.distanceTransformWithLabels(seeds, cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL)
    return labels, distance


def cracks(shape: _Shape, size: float, seed: int) -> Plane:
    """The fine net of cracks in old varnish, 0 to 1 in a crack."""
    height, width = shape[:2]
    px = min(height, width) / UNITS
    draw = np.random.default_rng(seed)
    at = np.stack(np.meshgrid(np.arange(0, width / px, size), np.arange(0, height / px, size)), -1).reshape(-1, 2)
    points = (at + draw.uniform(0, size, at.shape)) * px
    labels, _ = cells(shape, points)
    bend = [(noise(shape, size * 0.7, seed + i) * 0.13 * size * px).astype(np.float32) for i in (1, 2)]
    y, x = np.mgrid[:height, :width].astype(np.float32)
    bent = cv2.remap(
        labels.astype(np.float32), x + bend[0], y + bend[1], cv2.INTER_NEAREST, borderMode=cv2.BORDER_REPLICATE
    )
    seams = (cv2.morphologyEx(bent, cv2.MORPH_GRADIENT, np.ones((2, 2), np.uint8)) > 0).astype(np.float32)
    broken = limited(0.55 + 0.5 * noise(shape, size * 2.2, seed + 3))
    return limited(cv2.GaussianBlur(seams, (0, 0), max(0.45, 0.55 * px)) * 1.5) * broken
