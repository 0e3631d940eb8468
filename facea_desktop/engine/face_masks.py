"""Masks of faces and attributes: white is redrawn, black is kept."""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image, ImageDraw

from facea_desktop.domain.faces import FACE, PARTS, Box, Face, FacePart
from facea_desktop.engine.face_parser import SIDE as PARSED_SIDE
from facea_desktop.engine.face_parser import face_parser
from facea_desktop.engine.head_outlines import HeadOutliner
from facea_desktop.engine.parsed_masks import parsed_masks

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


def part_masks(crop: Image.Image, face: Face) -> dict[str, Image.Image]:
    """m_face and m_v for every part of ``face`` that was found: they follow what the crop shows, or are boxes.

    The face ends at jaw and hairline, eyes at their lids, where the face parser is sure and agrees with the detector.

    Args:
        crop: RGB, square, as ``Crop.of_face(face)`` cuts it.
        face: in pixels of the crop, upright.

    Returns:
        Masks of the crop's size, mode L, 0 or 255, in the order of PARTS.
    """
    masks = box_masks(crop.size, face)
    parsed = parsed_masks(face_parser().parse(crop), face.scaled(PARSED_SIDE / crop.width))
    for part in masks.keys() & parsed.keys():
        masks[part] = _resized(parsed[part], crop.size)
    return masks


def box_masks(size: tuple[int, int], face: Face) -> dict[str, Image.Image]:
    """``part_masks`` from boxes alone, for every part found that lies in the picture; what people are tuned with.

    Tuned with masks that follow the face, people came out less like themselves (``resources/face-parser/README.md``).
    """
    masks = {}
    for part in PARTS:
        box = face.part_box(part)
        if box is not None and (mask := box_mask(size, box)).getbbox() is not None:
            masks[part] = mask
    assert FACE in masks or face.box.area == 0
    return masks


def face_mask(crop: Image.Image, face: Face, outliner: HeadOutliner | None = None) -> Image.Image:
    """m_face for a portrait: the face, and what of the head lies in the detector's box, without what is behind it.

    Hairline and forehead make much of a likeness: redrawn with the face alone, portraits of two people scored 0.50,
    so 0.61, and with the whole box, which leaves a smear beside the jaw, 0.64 (``resources/face-parser/README.md``).

    Args:
        crop, face: as ``part_masks`` takes them.
        outliner: outlines the head where the face parser is not sure of the face.
    """
    parsed, inner = face_parser().parse(crop), face.scaled(PARSED_SIDE / crop.width)
    found = parsed_masks(parsed, inner).get(FACE)
    if found is None:
        box_alone = box_mask(crop.size, face.box)
        outline = outliner.outline(crop, face.box) if outliner is not None else None
        return box_alone if outline is None else Image.fromarray(np.where(outline, np.asarray(box_alone), 0))
    box = np.asarray(box_mask((PARSED_SIDE, PARSED_SIDE), inner.box)) > 0
    head = ~parsed.mask(FacePart.BACKGROUND, FacePart.CLOTHES)
    return _resized(found | (box & head), crop.size)


def _resized(mask: np.ndarray, size: tuple[int, int]) -> Image.Image:
    """A bool mask at another size, with a smooth outline."""
    way = cv2.INTER_AREA if size[0] < mask.shape[1] else cv2.INTER_CUBIC
    return Image.fromarray(
        np.where(cv2.resize(mask.astype(np.float32), size, interpolation=way) >= 0.5, 255, 0).astype(np.uint8)
    )


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
