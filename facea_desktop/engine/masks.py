"""Masks of faces and attributes: white is redrawn, black is kept."""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image, ImageDraw

from facea_desktop.domain.faces import FACE, PARTS, Box, Face

GROW = 0.08
"""A detector's box ends at the skin; the mask takes this part of each side more."""
ROUNDNESS = 0.45
"""Radius of the mask's corners as a part of its shorter side: a face has no corners to redraw."""


def box_mask(size: tuple[int, int], box: Box, grow: float = GROW) -> Image.Image:
    """A rounded rectangle about ``box``, mode L, 0 or 255.

    Args:
        size: width and height of the mask.
        box: in pixels of the mask; it may reach over the edge.
        grow: added on each side, as a part of the box's own width and height.
    """
    mask = Image.new("L", size, 0)
    x0, x1 = box.x0 - grow * box.width, box.x1 + grow * box.width
    y0, y1 = box.y0 - grow * box.height, box.y1 + grow * box.height
    if x1 - x0 >= 1 and y1 - y0 >= 1:
        radius = ROUNDNESS * min(x1 - x0, y1 - y0)
        ImageDraw.Draw(mask).rounded_rectangle((x0, y0, x1, y1), radius, fill=255)
    return mask


def part_masks(size: tuple[int, int], face: Face) -> dict[str, Image.Image]:
    """m_face and m_v for every part of ``face`` that was found and lies in the picture."""
    masks = {}
    for part in PARTS:
        box = face.part_box(part)
        if box is not None and (mask := box_mask(size, box)).getbbox() is not None:
            masks[part] = mask
    assert FACE in masks or face.box.area == 0
    return masks


def feather(mask: Image.Image, radius: float) -> np.ndarray:
    """Opacity that rises from 0 at the mask's rim to 1 at ``radius`` pixels inside it.

    A spot or stroke of the mask that is thin rises faster, to 1 half-way to its middle: it would vanish otherwise.

    Returns:
        (height, width) float32, 0 wherever ``mask`` is below 128: nothing outside is ever touched.
    """
    inside = np.asarray(mask.convert("L")) >= 128
    if radius < 1:
        return inside.astype(np.float32)
    depth = cv2.distanceTransform(inside.astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_5)
    count, spots = cv2.connectedComponents(inside.astype(np.uint8))
    deepest = np.zeros(count, np.float32)
    np.maximum.at(deepest, spots.ravel(), depth.ravel())
    reach = np.clip(deepest / 2, 1, radius)[spots]
    opacity = np.clip((depth - 0.5) / reach, 0, 1)  # a pixel's middle lies half a pixel inside its border
    return np.where(inside, opacity, 0).astype(np.float32)
