"""The redrawn face in the colours of its scene: at the mask's rim, over the whole face, and spot by spot in hue."""

from __future__ import annotations

import math

import cv2
import numpy as np

REACH = 0.25
"""How far the colours about the rim reach into the mask, as a part of its thickness."""
DETAIL = 0.03
"""Smaller things than this part of the mask's thickness are drawing, not colour."""
TRUST = 12.0
"""CIELAB difference about the rim from which on it is rather a matter of things drawn differently, such as hair."""
FACE_TRUST = (25.0, 60.0)
"""CIELAB difference of whole faces that is followed in full, and the one from which on none of it is."""
MOST_NEARBY = (16.0, 14.0, 14.0)
"""Bounds of the correction about the rim in L*, a*, b*."""
FACE_PART = (0.65, 0.95, 0.95)
"""How much of the difference between whole faces is taken in L*, a*, b*: light shifts colour, people differ in tone."""
MOST_FACE = (15.0, 25.0, 25.0)
"""Bounds of the correction of the whole face in L*, a*, b*."""
LIGHT_PART = 0.5
"""How much is taken of what the light does differently from one part of the face to another."""
LIGHT_REACH = 0.15
"""Deviation of the blur by which that is told from drawing, as a part of the mask's thickness."""
THINGS = 40.0
"""CIELAB difference that remains after the whole face is matched, from which on it is no matter of light."""
CONTRAST = (0.85, 1.15)
"""Bounds of the gain by which the light on the face becomes harder or softer."""
FLAT = 5.0
"""Span of L* below which a scene has no lights and shadows to go by."""
SPOT = 0.06
"""Deviation of the blur that leaves spots, and no lips."""
HUE_SLACK = 2.0
"""Distance in the a*, b* plane by which spots may stray further from the face's colour than they do in the scene."""


def colour_shift(
    scene: np.ndarray, drawn: np.ndarray, inside: np.ndarray, known: np.ndarray, thick: float
) -> np.ndarray:
    """What has to be added to ``drawn`` so that it stands in the light of ``scene``.

    Works in CIELAB, where a distance means the same in light and dark skin. All of it varies slowly, so a small copy
    of the pictures is enough to find it.

    Args:
        scene: (h, w, 3) float32 RGB, 0 to 255, with what ``drawn`` replaces still in it.
        drawn: likewise, laid over it.
        inside: (h, w) bool, where ``drawn`` is going to replace ``scene``.
        known: (h, w) bool, where there is a drawn pixel at all.
        thick: thickness of the mask in pixels.

    Returns:
        (h, w, 3) float32 in RGB.
    """
    light, other = to_lab(scene), to_lab(drawn)
    detail = max(DETAIL * thick, 1.0)
    wanted, found = blurred(light, detail), blurred(other, detail)
    inner = _inwards(inside & known, thick)
    smooth = _smoothness(light, detail) * _smoothness(other, detail) * inner
    shift = _rim_shift(wanted - found, known & ~inside, REACH * thick)
    about = shift[..., 1:]  # in the middle the hue of the face itself is known, and what stands about it is not asked
    shift[..., 1:] = about + inner[..., None] * (_weighted_median(about, smooth) - about)
    wanted[..., 1:] *= _as_bright(wanted[..., 0], (found + shift)[..., 0], smooth)
    shift = shift + inner[..., None] * _face_shift(wanted - found - shift, smooth)
    left = wanted - found - shift
    alike = np.clip(1 - np.square(left).sum(-1) / THINGS**2, 0, 1) ** 2  # Tukey's biweight
    alike = smooth * cv2.erode(alike, np.ones([2 * round(2 * detail) + 1] * 2, np.uint8))  # nor is what lies about it
    shift = shift + LIGHT_PART * inner[..., None] * _spread(left, alike, LIGHT_REACH * thick)
    shift[..., 0] += inner * _contrast(wanted[..., 0], found[..., 0] + shift[..., 0], inner)
    shift[..., 1:] += _hue_guard(blurred(wanted, SPOT * thick), blurred(found + shift, SPOT * thick), smooth)
    return to_rgb(other + shift) - drawn


def to_lab(rgb: np.ndarray) -> np.ndarray:
    """CIELAB of sRGB from 0 to 255, float32."""
    lab: np.ndarray = cv2.cvtColor(np.clip(rgb, 0, 255).astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    return lab


def to_rgb(lab: np.ndarray) -> np.ndarray:
    """SRGB from 0 to 255 of CIELAB, float32."""
    rgb: np.ndarray = cv2.cvtColor(lab.astype(np.float32), cv2.COLOR_LAB2RGB) * 255
    return rgb


def blurred(values: np.ndarray, deviation: float) -> np.ndarray:
    """Gaussian blur of (h, w) or (h, w, c); wide ones are done on a smaller copy, which is the same and quicker."""
    shrink = max(1, int(deviation / 4))
    size = values.shape[1], values.shape[0]
    small = cv2.resize(values, [max(1, side // shrink) for side in size], interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(small, (0, 0), max(deviation / shrink, 0.3))
    wide: np.ndarray = cv2.resize(soft, size, interpolation=cv2.INTER_LINEAR)
    return wide


def _rim_shift(difference: np.ndarray, rim: np.ndarray, reach: float) -> np.ndarray:
    """The difference about the mask, where both pictures show the same, spread over it: the nearer the heavier.

    Args:
        difference: (h, w, 3) CIELAB, scene minus drawn, without detail.
        rim: (h, w), where both pictures show the same.
        reach: deviation of the spreading in pixels.
    """
    if not rim.any():
        return np.zeros_like(difference)
    return _spread(difference, rim.astype(np.float32), reach)


def _spread(difference: np.ndarray, weight: np.ndarray, reach: float) -> np.ndarray:
    """Weighted mean of what ``difference`` (h, w, 3) is nearby, bounded; places that stray from it count for less."""
    trust = weight
    for _ in range(3):
        total = blurred(trust, reach)[..., None]
        mean = blurred(difference * trust[..., None], reach) / np.maximum(total, 1e-3)
        stray = np.linalg.norm(difference - mean, axis=-1) / TRUST
        trust = weight / (1 + stray**2).astype(np.float32)
    near = np.minimum(blurred(weight, reach) / 0.02, 1)[..., None]
    return np.clip(mean, np.negative(MOST_NEARBY), MOST_NEARBY).astype(np.float32) * near


def _as_bright(wanted: np.ndarray, found: np.ndarray, weight: np.ndarray) -> float:
    """Factor for colours of the scene's face where the drawn one is and stays lighter or darker: paler is not meant."""
    scene, drawn = (float(_weighted_median(each[..., None], weight)[0]) for each in (wanted, found))
    left = (1 - FACE_PART[0]) * (drawn - scene)
    return float(np.clip((scene + left) / max(scene, 1.0), 0.7, 1.4))


def _face_shift(difference: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """One correction (3,) for the whole face: the weighted median difference, as far as light can be its cause."""
    middle = _weighted_median(difference, weight)
    sizes = np.array([abs(middle[0]), *[math.hypot(*middle[1:])] * 2])
    follow = np.clip((FACE_TRUST[1] - sizes) / (FACE_TRUST[1] - FACE_TRUST[0]), 0, 1)
    return np.clip(middle * FACE_PART * follow, np.negative(MOST_FACE), MOST_FACE).astype(np.float32)


def _contrast(wanted: np.ndarray, found: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """What lights and shadows of the face (h, w) in L* lack to be as strong as the scene's, halfway and bounded."""
    chosen = weight > 0.5
    if not chosen.any():
        return np.zeros_like(found)
    spans = [float(np.subtract(*np.quantile(each[chosen], (0.9, 0.1)))) for each in (wanted, found)]
    if spans[0] < FLAT:
        return np.zeros_like(found)
    gain = np.clip(math.sqrt((spans[0] + 1) / (spans[1] + 1)), *CONTRAST)
    return (gain - 1) * (found - np.median(found[chosen]))


def _hue_guard(wanted: np.ndarray, found: np.ndarray, smooth: np.ndarray) -> np.ndarray:
    """(h, w, 2) correction in a*, b* of spots whose hue strays further from the scene's face than its own spots do.

    Along the line from grey to the skin's colour spots may lie where they like: glasses and hair are greyer than skin.
    In a scene without colour there is no such line, and spots are drawn to grey.
    """
    if not (smooth > 0.2).any():
        return np.zeros_like(found[..., 1:])
    skin = _weighted_median(wanted, smooth)[1:]
    strength = float(np.linalg.norm(skin))
    along = skin / max(strength, 1e-6)
    free = min(strength / 10, 1.0)
    own, stray = (_across(values[..., 1:] - skin, along, free) for values in (wanted, found))
    allowed = float(np.quantile(np.linalg.norm(own[smooth > 0.2], axis=-1), 0.8)) + HUE_SLACK
    size = np.linalg.norm(stray, axis=-1, keepdims=True)
    excess = np.maximum(size - allowed, 0)
    moderate = np.clip((50 - size) / 20, 0, 1)  # a thing of another colour is no spot of the skin
    return (-stray / np.maximum(size, 1e-6) * excess * moderate).astype(np.float32)


def _across(stray: np.ndarray, along: np.ndarray, free: float) -> np.ndarray:
    """``stray`` (h, w, 2) without ``free`` parts of its component along a unit vector."""
    across: np.ndarray = stray - free * (stray @ along)[..., None] * along
    return across


def _inwards(inside: np.ndarray, thick: float) -> np.ndarray:
    """Weight (h, w) of places in the mask's middle, 0 to 1: about its rim there is much that is no face."""
    if inside.all():
        return np.ones(inside.shape, np.float32)
    depth = cv2.distanceTransform(inside.astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_5)
    return np.clip(3 * depth / thick, 0, 1) ** 2


def _smoothness(lab: np.ndarray, detail: float) -> np.ndarray:
    """Weight (h, w) of places without edges, 0 to 1: skin has few, hair and glasses many."""
    lightness = blurred(np.ascontiguousarray(lab[..., 0]), max(detail / 3, 0.8))
    slope = cv2.magnitude(cv2.Sobel(lightness, cv2.CV_32F, 1, 0), cv2.Sobel(lightness, cv2.CV_32F, 0, 1)) / 8 * detail
    return np.exp(-((blurred(slope, detail) / 6) ** 2))


def _weighted_median(values: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Median (c,) of (h, w, c), each channel for itself; zeros where all weigh nothing."""
    chosen = weight > 1e-3
    if not chosen.any():
        return np.zeros(values.shape[-1], np.float32)
    heavy = weight[chosen]
    middle = np.zeros(values.shape[-1], np.float32)
    for channel in range(len(middle)):
        each = values[..., channel][chosen]
        order = np.argsort(each, kind="stable")
        total = np.cumsum(heavy[order])
        middle[channel] = each[order[np.searchsorted(total, total[-1] / 2)]]
    return middle
