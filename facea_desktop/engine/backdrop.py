"""The background of a portrait in another colour, as a studio hangs another paper behind a person."""

from __future__ import annotations

import cv2
import numpy as np
import torch
from PIL import Image, ImageColor

from facea_desktop.domain.faces import FacePart
from facea_desktop.engine.colour_match import blurred, to_lab, to_rgb
from facea_desktop.engine.face_parser import FaceParser

SURE = 0.9
"""From this opacity on a pixel is background alone."""
LEAST = 0.01
"""Part of the picture that has to be background, or there is none."""
RADIUS, SMOOTHNESS = 0.012, 1e-3
"""Of the guided filter that fits the matte to hair: window as a part of the side, variance of grey below which nothing
is an edge."""
LIGHTNESS_SLACK = 10.0
"""How far a backdrop may stay lighter or darker than the shade, in L*."""
BEHIND = 0.03
"""Deviation in which the background is averaged to tell what is behind the edge of a person, as a part of the side."""
WALL, WALL_REACH = 10.0, 0.02
"""Difference in CIELAB up to which a pixel beside the background is background, too, and how far from it at most."""
LEAST_SEEN = 1 / 255
"""Opacity below which nothing is changed."""
KEPT = (0.6, 0.35, 0.35)
"""How much is kept of what L*, a*, b* vary by across the background."""


def recoloured(photo: Image.Image, shade: str, parser: FaceParser) -> Image.Image:
    """The photograph with its background about ``shade``; a person keeps every colour.

    Args:
        photo: an upright RGB square of one portrait.
        shade: a colour as "#rrggbb".

    Returns:
        Of the same size; the photograph itself where no background is seen.
    """
    opacity = matte(photo, parser)
    sure = opacity > SURE
    if sure.mean() < LEAST:
        return photo
    lab = to_lab(np.asarray(photo, np.float32))
    middle = np.median(lab[sure], 0)
    wanted = to_lab(np.array([[ImageColor.getrgb(shade)]], np.float32))[0, 0]
    wanted[0] = np.clip(middle[0], wanted[0] - LIGHTNESS_SLACK, wanted[0] + LIGHTNESS_SLACK)
    wall, known = mean_nearby(lab, sure, BEHIND * photo.width)
    behind = np.where((sure | ~known)[..., None], lab, wall)
    reach = 2 * round(WALL_REACH * photo.width) + 1
    near = cv2.dilate(sure.astype(np.uint8), np.ones((reach, reach), np.uint8)) > 0
    as_wall = np.exp(-np.square(np.linalg.norm(lab - behind, axis=-1) / WALL))
    opacity = np.maximum(opacity, as_wall * near)
    backdrop = wanted + (behind - middle) * np.array(KEPT, np.float32)
    mixed = lab + (backdrop - behind) * opacity[..., None]  # what the edge has of a person stays
    return laid_in(photo, mixed, opacity > LEAST_SEEN)


def mean_nearby(lab: np.ndarray, where: np.ndarray, deviation: float) -> tuple[np.ndarray, np.ndarray]:
    """What a picture looks like nearby in some places, (h, w, 3), and where any of these are near, (h, w) bool.

    Args:
        lab: (h, w, 3), in CIELAB.
        where: the places, (h, w) bool.
        deviation: of the Gaussian by which nearer places count for more, in pixels.
    """
    weight = where.astype(np.float32)
    total = blurred(weight, deviation)
    mean = blurred(lab * weight[..., None], deviation) / total.clip(min=1e-3)[..., None]
    return mean, total > 1e-3


def laid_in(photo: Image.Image, lab: np.ndarray, changed: np.ndarray) -> Image.Image:
    """The photograph with other colours in a part of it; elsewhere it stays bit for bit.

    Args:
        lab: what it is given, in CIELAB, (h, w, 3).
        changed: where, (h, w) bool.
    """
    given = np.rint(to_rgb(lab)).clip(0, 255)
    return Image.fromarray(np.where(changed[..., None], given, np.asarray(photo)).astype(np.uint8))


@torch.inference_mode()
def matte(photo: Image.Image, parser: FaceParser, part: FacePart = FacePart.BACKGROUND) -> np.ndarray:
    """How much of each pixel is of ``part``, (h, w) float32 from 0 to 1, soft where hair lets it through.

    The parser's probability, fitted to the edges of the picture (He et al. 2010, "Guided Image Filtering").
    """
    probability = parser.probability(photo, part)
    soft = cv2.resize(probability, photo.size, interpolation=cv2.INTER_LINEAR)
    grey = np.asarray(photo.convert("L"), np.float32) / 255
    window = [2 * max(1, round(RADIUS * photo.width)) + 1] * 2

    def mean(values: np.ndarray) -> np.ndarray:
        return cv2.blur(values, window)

    together = mean(grey * soft) - mean(grey) * mean(soft)
    slope = together / (mean(grey * grey) - mean(grey) ** 2 + SMOOTHNESS)
    fitted = mean(slope) * grey + mean(mean(soft) - slope * mean(grey))
    return np.clip(fitted, 0, 1).astype(np.float32)
