"""How alike single attributes are: a description of each crop that no network makes and nothing was trained with.

Histograms of oriented gradients (Dalal and Triggs 2005): which way edges run in each cell of the crop, whatever the
light and the colour of the skin.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import cv2
import numpy as np
from PIL import Image

from facea_desktop.domain.faces import Attribute, Box, Face
from facea_desktop.engine.crops import Crop

FACE_SIDE, SIDE = 256, 48
"""Pixels of the upright face, and of the crop of an attribute."""
MARGIN = 0.4
"""What is seen around an attribute's box, as a part of its longer side, on both sides together."""
DIRECTIONS, CELLS = 9, 8
"""Edges differ by their direction, not by which side of them is lighter; the crop has so many cells a side."""
QUIET = 3.0
"""A cell with this many times less of an edge than the mean cell says little."""

Described = dict[Attribute, np.ndarray]
"""A unit vector (CELLS * CELLS * DIRECTIONS,) for each attribute that was found."""


def describe_attributes(picture: Image.Image, face: Face, margin: float = MARGIN) -> Described:
    """Describe the attributes of a face in an RGB picture.

    Args:
        margin: what is seen around an attribute's box, as MARGIN is; negative ones show less than the box.
    """
    crop = Crop.of_face(face)
    upright, inside = crop.cut(picture, FACE_SIDE), crop.inside(face, FACE_SIDE)
    return {attribute: _described(_around(upright, box, margin)) for attribute, box in inside.parts.items()}


def attribute_likeness(described: Described, others: Sequence[Described]) -> dict[Attribute, float]:
    """For each attribute the mean cosine with the same one of other pictures, as far as both show it."""
    found = {}
    for attribute, vector in described.items():
        cosines = [float(vector @ other[attribute]) for other in others if attribute in other]
        if cosines:
            found[attribute] = sum(cosines) / len(cosines)
    return found


def mean_likeness(alike: Mapping[Attribute, float]) -> float | None:
    """The mean over attributes, None where there is none."""
    return sum(alike.values()) / len(alike) if alike else None


def _around(picture: Image.Image, box: Box, margin: float) -> np.ndarray:
    """The square about a box, (SIDE, SIDE) float32, grey."""
    half, (x, y) = box.side * (1 + margin) / 2, box.center
    area = (x - half, y - half, x + half, y + half)
    cut = picture.convert("L").transform((SIDE, SIDE), Image.Transform.EXTENT, area, Image.Resampling.BILINEAR)
    return np.asarray(cut, np.float32)


def _described(grey: np.ndarray) -> np.ndarray:
    across, down = cv2.Sobel(grey, cv2.CV_32F, 1, 0), cv2.Sobel(grey, cv2.CV_32F, 0, 1)
    strength = np.hypot(across, down)
    direction = np.arctan2(down, across) % np.pi / np.pi * DIRECTIONS  # (SIDE, SIDE), 0 to DIRECTIONS
    cells = []
    for one in range(DIRECTIONS):
        away = np.abs((direction - one + DIRECTIONS / 2) % DIRECTIONS - DIRECTIONS / 2)
        edges = cv2.GaussianBlur(np.clip(1 - away, 0, 1) * strength, (0, 0), SIDE / CELLS / 2)
        cells.append(cv2.resize(edges, (CELLS, CELLS), interpolation=cv2.INTER_AREA))
    histogram = np.stack(cells, -1)  # (CELLS, CELLS, DIRECTIONS)
    histogram /= np.linalg.norm(histogram, axis=-1, keepdims=True) + QUIET * histogram.mean() + 1e-6
    vector = (histogram - histogram.mean(-1, keepdims=True)).ravel()  # what all crops have, edges of any kind, is out
    return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-6))
