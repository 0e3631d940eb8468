"""How well a redrawn face sits in its scene, in figures: the seam, the grain and the hue."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image

from facea_desktop.engine.colour_match import blurred, to_lab

FAINT = 0.5
"""CIELAB step that is added to both sides of a ratio: in flat scenes a step of nothing is no fault."""
STEP = 0.02
"""Colours are compared this far to both sides of a contour, as a part of the mask's thickness: the eye sees a halo, not
a pixel."""
RIM_PART = 0.2
"""The contours along which steps are measured lie within this part of the mask's thickness from its rim."""
CONTOURS = 8
GREY = 4.0
"""Chroma in CIELAB below which a colour has no hue to speak of."""


@dataclass(frozen=True)
class CompositionQuality:
    """What a person would see as an outline or as another face pasted in.

    Attributes:
        rim_step: mean colour step across the mask's rim, as a multiple of the scene's own along the same contour.
        worst_step: the largest of that over contours from the rim inwards, where a cut inside the mask would show.
        grain: deviation of the finest detail on smooth skin, as a multiple of the scene's.
        hue_shift_deg: angle between the mean colours of the face and of the scene's face in the a*, b* plane; None
            where either is nearly grey.
    """

    rim_step: float
    worst_step: float
    grain: float
    hue_shift_deg: float | None


def composition_quality(context: Image.Image, result: Image.Image, region: Image.Image) -> CompositionQuality | None:
    """Measure ``result`` against the picture ``context`` that it was made from; None where nothing was redrawn.

    Args:
        context: x, RGB.
        result: the portrait, RGB, of the same size.
        region: mode L, of the same size; white is redrawn.
    """
    bounds = region.getbbox()
    if bounds is None:
        return None
    x0, y0, x1, y1 = bounds
    margin = 2 + round(3 * STEP * min(x1 - x0, y1 - y0))
    window = max(0, x0 - margin), max(0, y0 - margin), min(context.width, x1 + margin), min(context.height, y1 + margin)
    scene, made = (np.asarray(picture.crop(window), np.float32) for picture in (context, result))
    inside = np.asarray(region.crop(window)) >= 128
    depth = _signed_depth(inside)
    deepest = float(depth.max())
    reach = max(STEP * 2 * deepest, 1.0)
    smooth = blurred(to_lab(scene), reach / 2), blurred(to_lab(made), reach / 2)
    steps = [
        _step_ratio(smooth[0], smooth[1], depth, float(at), reach)
        for at in np.linspace(0, RIM_PART * 2 * deepest, CONTOURS)
    ]
    within = depth > 0.5 * deepest
    return CompositionQuality(steps[0], max(steps), _grain_ratio(scene, made, within), _hue_shift(scene, made, within))


def _signed_depth(inside: np.ndarray) -> np.ndarray:
    """Distance to the rim, positive inside; in a mask that fills everything, half of the shorter side."""
    if inside.all():
        return np.full(inside.shape, np.float32(min(inside.shape) / 2))
    within, without = (
        cv2.distanceTransform(side.astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_5) for side in (inside, ~inside)
    )
    return np.where(inside, within - 0.5, 0.5 - without).astype(np.float32)


def _step_ratio(scene: np.ndarray, made: np.ndarray, depth: np.ndarray, at: float, reach: float) -> float:
    """Mean CIELAB step across the contour at one depth, from ``reach`` pixels outside to as many inside.

    Returns:
        that of ``made`` in that of ``scene``; 1 where there is no such contour.
    """
    soft = cv2.GaussianBlur(depth, (0, 0), 1.5)
    dx, dy = cv2.Sobel(soft, cv2.CV_32F, 1, 0), cv2.Sobel(soft, cv2.CV_32F, 0, 1)
    y, x = np.nonzero((np.abs(depth - at) < 0.75) & (cv2.magnitude(dx, dy) > 1))
    normal = np.stack([dx[y, x], dy[y, x]]) / np.maximum(np.hypot(dx[y, x], dy[y, x]), 1e-6)
    ends = [(np.stack([x, y]) + sign * reach * normal).astype(np.float32) for sign in (-1, 1)]
    height, width = depth.shape
    kept = np.all([(e[0] >= 0) & (e[0] <= width - 1) & (e[1] >= 0) & (e[1] <= height - 1) for e in ends], axis=0)
    if not kept.any():
        return 1.0
    steps = []
    for lab in (scene, made):
        outer, inner = (cv2.remap(lab, e[0, kept][None], e[1, kept][None], cv2.INTER_LINEAR)[0] for e in ends)
        steps.append(float(np.linalg.norm(inner - outer, axis=-1).mean()))
    return (steps[1] + FAINT) / (steps[0] + FAINT)


def _grain_ratio(scene: np.ndarray, made: np.ndarray, within: np.ndarray) -> float:
    """Median of the finest detail on the smoothest half of ``within``, over that of the scene."""
    grey = [np.ascontiguousarray(rgb @ np.array([0.299, 0.587, 0.114], np.float32)) for rgb in (scene, made)]
    slopes = []
    for each in grey:
        soft = cv2.GaussianBlur(each, (0, 0), 3.0)
        slopes.append(cv2.magnitude(cv2.Sobel(soft, cv2.CV_32F, 1, 0), cv2.Sobel(soft, cv2.CV_32F, 0, 1)))
    slope = np.maximum(*slopes)
    smooth = within & (slope <= np.quantile(slope[within], 0.5)) if within.any() else within
    if not smooth.any():
        return 1.0
    old, new = (float(np.median(np.abs(each - cv2.GaussianBlur(each, (0, 0), 1.5))[smooth])) for each in grey)
    return (new + 0.1) / (old + 0.1)


def _hue_shift(scene: np.ndarray, made: np.ndarray, within: np.ndarray) -> float | None:
    if not within.any():
        return None
    old, new = (np.median(blurred(to_lab(rgb), 2.0)[within], axis=0) for rgb in (scene, made))
    if min(math.hypot(*old[1:]), math.hypot(*new[1:])) < GREY:
        return None
    turn = math.degrees(math.atan2(new[2], new[1]) - math.atan2(old[2], old[1]))
    return (turn + 180) % 360 - 180
