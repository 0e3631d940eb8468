"""Where a redrawn face is cut out, and how softly it is laid in: wide for colour, narrow for detail.

The cut is Kwatra et al., "Graphcut Textures" (2003); the blend is Burt and Adelson, "A Multiresolution Spline" (1983),
with opacities that all end at the mask's rim.
"""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image

from facea_desktop.engine.face_masks import feather

BAND = 0.18
"""The cut keeps to this part of the mask's thickness about its rim."""
THIN_BAND = 0.4
"""Where the mask is thin, to this part of the way to its middle."""
EDGE = 8.0
"""A step of CIELAB this many times as large as the slope beside it is plain to see, where a cut goes through it."""
MOST_PRICE = 200.0
"""Bound of that for a single pixel; its length alone costs a cut 1."""
DEEP = 0.6
"""How much more the length of a cut costs at the band's inner end, where the way round is shorter: that alone is no
reason to draw less of the face."""
SIGMAS = (0.006, 0.015, 0.035)
"""Deviations of the blurs between the bands, as parts of the mask's thickness."""
WIDTHS = (0.015, 0.025, 0.05, 0.1)
"""Over which each band fades in from the rim, likewise, the finest first."""


def thickness(inside: np.ndarray) -> float:
    """Of the mask's thickest part, in pixels: what is near and wide is measured by it."""
    bounds = cv2.boundingRect(inside.astype(np.uint8))
    return float(min(2 * _depth(inside).max(), bounds[2], bounds[3]))


def best_cut(scene: np.ndarray, drawn: np.ndarray, inside: np.ndarray, known: np.ndarray, thick: float) -> np.ndarray:
    """The part of the mask that is taken from ``drawn``: cut where the pictures agree best, not far from the rim.

    Args:
        scene: (h, w, 3) float32, CIELAB.
        drawn: likewise.
        inside: (h, w) bool, the mask.
        known: (h, w) bool, where there is a drawn pixel at all.
        thick: ``thickness`` of the mask.

    Returns:
        (h, w) bool, within the mask.
    """
    depth, band = _depth(inside), np.minimum(BAND * thick, THIN_BAND * _local_radius(inside, BAND * thick))
    core = inside & known & (depth > band)
    may_be_drawn = inside & known
    if not core.any() or inside.all() or (core == may_be_drawn).all():
        return may_be_drawn
    price = _price(scene, drawn) + 1 + DEEP * np.clip(depth / np.maximum(band, 1), 0, 1)
    shown = np.zeros((*inside.shape, 3), np.float32)  # the finder charges the squared distance of two pictures
    shown[..., 0] = np.sqrt(price)
    finder = cv2.detail_GraphCutSeamFinder("COST_COLOR", 1e5, 1e4)  # type: ignore[attr-defined]
    masks = [np.where(mask, 255, 0).astype(np.uint8) for mask in (~core, may_be_drawn)]
    found = finder.find([shown, np.zeros_like(shown)], [(0, 0), (0, 0)], masks)[1]
    cut = np.asarray(found.get() if isinstance(found, cv2.UMat) else found) > 0
    return (cut | core) & may_be_drawn


def opacities(cut: np.ndarray, inside: np.ndarray, thick: float) -> list[np.ndarray]:
    """Opacity (h, w) of each band of ``bands``, the finest first: 0 outside the mask, soft about the cut."""
    rim = Image.fromarray(np.where(inside, 255, 0).astype(np.uint8))
    soft = []
    for sigma, width in zip((SIGMAS[0] / 2, *SIGMAS), WIDTHS):
        deviation = max(sigma * thick, 0.8)
        taken, whole = (cv2.GaussianBlur(mask.astype(np.float32), (0, 0), deviation) for mask in (cut, inside))
        soft.append(taken / np.maximum(whole, 1e-3) * feather(rim, max(width * thick, 1.0)))
    return soft


def bands(difference: np.ndarray, thick: float) -> list[np.ndarray]:
    """``difference`` (h, w, 3) split by the size of what it shows, the finest first; they add up to it."""
    split, rest = [], difference
    for sigma in SIGMAS:
        smoother = cv2.GaussianBlur(rest, (0, 0), max(sigma * thick, 0.3))
        split.append(rest - smoother)
        rest = smoother
    return [*split, rest]


def _price(scene: np.ndarray, drawn: np.ndarray) -> np.ndarray:
    """How plain to see a cut through each pixel (h, w) is: the difference, less where there are edges that hide it."""
    edges = sum(_steepness(each[..., channel]) for each in (scene, drawn) for channel in range(3))
    difference = np.square(scene - drawn).sum(-1)
    return np.minimum(difference / (EDGE**2 * edges + 1), MOST_PRICE)


def _steepness(values: np.ndarray) -> np.ndarray:
    """Squared change (h, w) of ``values`` for each pixel."""
    plain = np.ascontiguousarray(values)
    across, down = cv2.Sobel(plain, cv2.CV_32F, 1, 0), cv2.Sobel(plain, cv2.CV_32F, 0, 1)
    return (np.square(across) + np.square(down)) / 64


def _depth(inside: np.ndarray) -> np.ndarray:
    """Distance (h, w) to the mask's rim; the picture's edge is none."""
    if inside.all():
        return np.full(inside.shape, np.float32(max(inside.shape)))
    depth: np.ndarray = cv2.distanceTransform(inside.astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_5)
    return depth


def _local_radius(inside: np.ndarray, most: float) -> np.ndarray:
    """Radius (h, w) of a disc within the mask that covers the pixel, about the largest, up to what ``most`` needs."""
    radius = np.where(inside, np.float32(1), np.float32(0))
    depth = _depth(inside)
    reach = 1.5
    while reach <= max(most / THIN_BAND, 1.5) * 1.5:
        middles = depth >= reach
        if not middles.any():
            break
        near = cv2.distanceTransform((~middles).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_5) < reach
        radius[near & inside] = reach
        reach *= 1.5
    return radius
