"""Two stages: G_c paints x from T_c, the detector gives m_face, G_id redraws it from T'_id, and it is pasted back."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.faces import Box, Face
from facea_desktop.engine.crops import FACE_PART, Crop
from facea_desktop.engine.masks import box_mask, feather

FEATHER = 0.06
"""Width of the soft rim inside the mask, as a part of the mask's shorter side."""
MATCH = 0.25
"""Reach of the colour match at the rim, likewise."""
MOST_SHIFT = 40.0
"""A larger difference, of 255, is no matter of colour but of things drawn differently."""


@dataclass(frozen=True)
class Target:
    """What is to be redrawn in a picture.

    Attributes:
        crop: the square that the identity model sees.
        mask: mode L, of the square at the model's size.
        region: mode L, of the whole picture; pixels where it is black are never changed.
    """

    crop: Crop
    mask: Image.Image
    region: Image.Image


def target_of_face(face: Face, picture_size: tuple[int, int], side: int) -> Target:
    """m_face of a detected face, drawn upright in its crop and turned back onto the picture."""
    crop = Crop.of_face(face)
    mask = box_mask((side, side), crop.inside(face, side).box)
    return Target(crop, mask, _binary(crop.put_back(mask, picture_size)))


def target_of_mask(mask: Image.Image, picture_size: tuple[int, int], side: int) -> Target:
    """The white part of a mask that the user drew.

    Raises:
        UserError: the mask has another size than the picture, or nothing is white in it.
    """
    if mask.size != picture_size:
        raise UserError(
            f"The mask is {mask.width}x{mask.height}, the picture {picture_size[0]}x{picture_size[1]}; "
            "make them the same size."
        )
    region = _binary(mask.convert("L"))
    bounds = region.getbbox()
    if bounds is None:
        raise UserError("The mask is black everywhere; paint white what is to be redrawn.")
    box = Box(*bounds)
    crop = Crop(box.center, box.side / FACE_PART)
    return Target(crop, _binary(crop.cut(region, side)), region)


def paste_back(context: Image.Image, patch: Image.Image, target: Target) -> Image.Image:
    """Put a redrawn square into its picture: feathered inside the mask, in the picture's colours at the rim.

    Args:
        context: x, RGB.
        patch: what the identity model made of the square, RGB.

    Returns:
        A picture whose pixels equal the context's, bit for bit, wherever ``target.region`` is black.
    """
    region = np.asarray(target.region) >= 128
    bounds = target.region.getbbox()
    if bounds is None:
        return context.copy()
    short = min(bounds[2] - bounds[0], bounds[3] - bounds[1])
    drawn = np.asarray(target.crop.put_back(patch, context.size), np.float32)
    old = np.asarray(context, np.float32)
    known = np.asarray(target.crop.put_back(Image.new("L", patch.size, 255), context.size)) == 255
    drawn = drawn + _colour_shift(old - drawn, known & ~region, MATCH * short)
    opacity = feather(target.region, FEATHER * short)[..., None]
    mixed = np.clip(np.rint(old + (drawn - old) * opacity), 0, 255).astype(np.uint8)
    return Image.fromarray(np.where(region[..., None], mixed, np.asarray(context)))


def _colour_shift(difference: np.ndarray, known: np.ndarray, reach: float) -> np.ndarray:
    """What the patch lacks in colour about its rim, where both pictures show the same, spread over the mask.

    A normalised blur: the mean of the known differences, the nearer the heavier.

    Args:
        difference: (h, w, 3), context minus patch.
        known: (h, w), where the difference is one of colour alone.
        reach: deviation of the blur in pixels.
    """
    if not known.any():
        return np.zeros_like(difference)
    weight = _blur(known.astype(np.float32), reach)[..., None]
    shift = _blur(difference * known[..., None], reach) / np.maximum(weight, 0.02)
    return np.clip(shift, -MOST_SHIFT, MOST_SHIFT)


def _blur(values: np.ndarray, deviation: float) -> np.ndarray:
    """Gaussian blur of (h, w) or (h, w, c); wide ones are done on a smaller copy, which is the same and quicker."""
    shrink = max(1, int(deviation / 4))
    size = values.shape[1], values.shape[0]
    small = cv2.resize(values, [max(1, side // shrink) for side in size], interpolation=cv2.INTER_AREA)
    blurred = cv2.GaussianBlur(small, (0, 0), max(deviation / shrink, 0.3))
    wide: np.ndarray = cv2.resize(blurred, size, interpolation=cv2.INTER_LINEAR)
    return wide


def _binary(mask: Image.Image) -> Image.Image:
    return mask.point(lambda value: 255 if value >= 128 else 0)
