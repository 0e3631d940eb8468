"""Two stages: G_c paints x from T_c, the detector gives m_face, G_id redraws it from T'_id, and it is pasted back."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import cv2
import numpy as np
from PIL import Image

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.faces import FACE_PART, Box, Face
from facea_desktop.engine.colour_match import colour_shift, to_lab
from facea_desktop.engine.crops import Crop
from facea_desktop.engine.face_masks import face_mask, feather
from facea_desktop.engine.grain_match import detail_shift, enlarged, seed_of
from facea_desktop.engine.head_outlines import HeadOutliner
from facea_desktop.engine.seam_blending import bands, best_cut, opacities, thickness

WORK_SIDE = 256
"""Colours are compared and the cut is found on a copy of the mask's surroundings of at most this side."""
MARGIN = 0.12
"""What lies about the mask and is compared, as a part of its shorter side."""
RIM = 0.15
"""Sharpness and grain are measured further from the mask's rim than this part of its thickness."""
MOST_TIMES = 6
"""By how much a patch is enlarged before it is laid over its picture: beyond, nobody sees the difference."""
SAME = 5.0
"""CIELAB difference up to which two drawings are much the same."""

NEARLY_ALL, NEARLY_NOTHING = 0.9, 0.0005
"""Of a picture's pixels: masks that cover more, or less, are hardly meant."""
_NOTHING_INSIDE = "The mask is black everywhere; paint white what is to be redrawn."

REGION_SIDE = 256
"""Crops are looked at with at least so many pixels a side, however few the model redraws."""


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


def target_of_face(face: Face, picture: Image.Image, side: int, outliner: HeadOutliner | None = None) -> Target:
    """m_face of a face in ``picture`` (RGB), drawn upright in its crop and turned back onto the picture.

    Args:
        side: pixels of the identity model.
        outliner: as ``face_mask`` takes it.
    """
    crop = Crop.of_face(face)
    fine = max(side, REGION_SIDE)
    mask = face_mask(crop.cut(picture, fine), crop.inside(face, fine), outliner)
    small = mask if side == fine else _binary(mask.resize((side, side), Image.Resampling.BOX))
    return Target(crop, small, _binary(crop.put_back(mask, picture.size)))


def target_of_mask(mask: Image.Image, picture_size: tuple[int, int], side: int) -> Target:
    """The white part of a mask that the user drew, of any size with the picture's shape.

    Raises:
        UserError: the mask has another shape than the picture, or nothing is white in it.
    """
    region = scaled_mask(mask, picture_size)
    bounds = region.getbbox()
    if bounds is None:
        raise UserError(_NOTHING_INSIDE)
    box = Box(*bounds)
    crop = Crop(box.center, box.side / FACE_PART)
    return Target(crop, _binary(crop.cut(region, side)), region)


def scaled_mask(mask: Image.Image, size: tuple[int, int]) -> Image.Image:
    """A mask at the size of what it belongs to, 0 or 255.

    Raises:
        UserError: it has another shape.
    """
    (width, height), (wide, high) = mask.size, size
    if 2 * abs(width * high - height * wide) > max(
        width, height, wide, high
    ):  # rounding to whole pixels is no other shape
        raise UserError(
            f"The mask is {width}x{height}, the picture {wide}x{high}; "
            "make them the same size, or the mask of the same shape."
        )
    grey = mask.convert("L")
    return _binary(grey if grey.size == size else grey.resize(size, Image.Resampling.BILINEAR))


def coverage_warning(mask: Image.Image) -> str | None:
    """What is odd about how much of the picture a mask (L) takes; None where nothing is.

    Raises:
        UserError: nothing is white in it.
    """
    share = float((np.asarray(mask) >= 128).mean())
    if share == 0:
        raise UserError(_NOTHING_INSIDE)
    if share > NEARLY_ALL:
        return (
            f"The mask covers {share:.0%} of the picture, so nearly everything is redrawn. White, or what is painted "
            "on transparency, is redrawn: invert the mask if it was meant the other way round."
        )
    if share < NEARLY_NOTHING:
        return f"The mask covers only {share:.3%} of the picture: paint all that is to be redrawn."
    return None


def paste_back(context: Image.Image, patch: Image.Image, target: Target) -> Image.Image:
    """Put a redrawn square into its picture so that it looks as if it had always been there.

    Its colours, sharpness and grain become those of the picture; then it is cut where both agree and laid in, softly
    for colour, sharply for detail. All that varies slowly is worked out on a copy of at most ``WORK_SIDE`` pixels.

    Args:
        context: x, RGB.
        patch: what the identity model made of the square, RGB.

    Returns:
        A picture whose pixels equal the context's, bit for bit, wherever ``target.region`` is black. The same
        arguments always give the same picture.
    """
    bounds = target.region.getbbox()
    if bounds is None:
        return context.copy()
    window = _window(bounds, context.size)
    inside = np.asarray(target.region.crop(window)) >= 128
    scene = np.asarray(context.crop(window), np.float32)
    drawn, known = _laid_over(scene, patch, target.crop, window)
    laid = scene + _blended(scene, drawn, inside, known, target.crop.side / patch.width, seed_of(np.asarray(patch)))
    result = np.asarray(context).copy()
    x0, y0, x1, y1 = window
    np.copyto(result[y0:y1, x0:x1], np.clip(np.rint(laid), 0, 255).astype(np.uint8), where=inside[..., None])
    return Image.fromarray(result)


def _blended(
    scene: np.ndarray, drawn: np.ndarray, inside: np.ndarray, known: np.ndarray, scale: float, seed: int
) -> np.ndarray:
    """What has to be added to ``scene`` (h, w, 3), 0 wherever the mask ``inside`` (h, w) is.

    Args:
        drawn: the patch laid over the scene, likewise.
        known: (h, w), where there is a drawn pixel.
        scale: pixels of the picture for each of the patch.
        seed: of the grain.
    """
    shrink = max(1.0, max(inside.shape) / WORK_SIDE)
    size = [max(1, round(side / shrink)) for side in reversed(inside.shape)]
    small_scene, small_drawn = (cv2.resize(each, size, interpolation=cv2.INTER_AREA) for each in (scene, drawn))
    small_inside, small_known = (_shrunk(each, size) for each in (inside, known))
    thick = thickness(small_inside)

    shift = colour_shift(small_scene, small_drawn, small_inside, small_known, thick)
    small_drawn = small_drawn + shift
    drawn = drawn + _enlarged(shift, inside.shape)
    agree = _enlarged(_agreement(small_scene, small_drawn, max(0.6 * scale / shrink, 1.0)), inside.shape)
    middle = _enlarged(_middle(small_inside & small_known, thick), inside.shape) > 0.5
    drawn += detail_shift(_grey(scene), _grey(drawn), middle, agree, scale, seed)[..., None]

    difference = (drawn - scene) * known[..., None]
    small = cv2.resize(difference, size, interpolation=cv2.INTER_AREA)
    cut = best_cut(to_lab(small_scene), to_lab(small_drawn), small_inside, small_known, thick)
    soft = opacities(cut, small_inside, thick)
    rest = sum(opacity[..., None] * band for opacity, band in zip(soft, bands(small, thick)))
    sharp = _enlarged(soft[0], inside.shape) * feather(Image.fromarray(np.uint8(inside) * 255), 1.5)
    return sharp[..., None] * (difference - _enlarged(small, inside.shape)) + _enlarged(rest, inside.shape)


def _laid_over(
    scene: np.ndarray, patch: Image.Image, crop: Crop, window: tuple[int, int, int, int]
) -> tuple[np.ndarray, np.ndarray]:
    """The patch where it belongs over the window's scene (h, w, 3), and where it lies, (h, w) bool."""
    size = scene.shape[1], scene.shape[0]
    moved = replace(crop, center=(crop.center[0] - window[0], crop.center[1] - window[1]))
    patch = Image.fromarray(enlarged(np.asarray(patch), min(math.ceil(crop.side / patch.width), MOST_TIMES)))
    drawn = np.asarray(moved.put_back(patch, size), np.float32)
    within = moved.side - 6  # about its edge, the interpolation mixes the patch with black
    corners = cv2.boxPoints((moved.center, (within, within), moved.angle)) - 0.5
    known = cv2.fillConvexPoly(np.zeros(scene.shape[:2], np.uint8), np.rint(corners).astype(np.int32), 1) > 0
    return np.where(known[..., None] & (within > 0), drawn, scene), known & (within > 0)


def _window(bounds: tuple[int, int, int, int], size: tuple[int, int]) -> tuple[int, int, int, int]:
    """The mask's bounds and what lies about them, to compare by, within the picture."""
    x0, y0, x1, y1 = bounds
    margin = 2 + round(MARGIN * min(x1 - x0, y1 - y0))
    return max(0, x0 - margin), max(0, y0 - margin), min(size[0], x1 + margin), min(size[1], y1 + margin)


def _agreement(scene: np.ndarray, drawn: np.ndarray, finest: float) -> np.ndarray:
    """How far two pictures (h, w, 3) show the same things: (h, w), 0 to 1.

    Args:
        finest: deviation of a blur that leaves what both can show.
    """
    difference = cv2.GaussianBlur(to_lab(drawn) - to_lab(scene), (0, 0), finest)
    spread = cv2.GaussianBlur(np.square(difference).sum(-1), (0, 0), 2 * finest)
    return np.exp(-spread / np.float32(SAME**2))


def _middle(inside: np.ndarray, thick: float) -> np.ndarray:
    """The mask without its rim, (h, w) float32 0 or 1: where a face is nothing but a face."""
    if inside.all():
        return np.ones(inside.shape, np.float32)
    depth = cv2.distanceTransform(inside.astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_5)
    return (depth > RIM * thick).astype(np.float32)


def _grey(rgb: np.ndarray) -> np.ndarray:
    return rgb @ np.array([0.299, 0.587, 0.114], np.float32)


def _shrunk(mask: np.ndarray, size: list[int]) -> np.ndarray:
    small: np.ndarray = cv2.resize(mask.astype(np.float32), size, interpolation=cv2.INTER_AREA)
    return small >= 0.5


def _enlarged(values: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    large: np.ndarray = cv2.resize(values, (shape[1], shape[0]), interpolation=cv2.INTER_LINEAR)
    return large


def _binary(mask: Image.Image) -> Image.Image:
    return mask.point(lambda value: 255 if value >= 128 else 0)
