"""Masks from a parsed face, where the parser is sure and agrees with the detector."""

from __future__ import annotations

import cv2
import numpy as np

from facea_desktop.domain.faces import FACE, INNER_PARTS, Attribute, Box, Face, FacePart
from facea_desktop.engine.face_parser import ParsedFace

LABELS = {
    Attribute.LEFT_EYE: FacePart.LEFT_EYE,
    Attribute.RIGHT_EYE: FacePart.RIGHT_EYE,
    Attribute.NOSE: FacePart.NOSE,
    Attribute.MOUTH: FacePart.LIPS,
}
MARGINS = {
    FACE: 0.04,
    Attribute.LEFT_EYE: 0.05,
    Attribute.RIGHT_EYE: 0.05,
    Attribute.NOSE: 0.03,
    Attribute.MOUTH: 0.04,
}
"""What the mask takes beyond the part, in longer sides of the face's box: the old outline is to be redrawn, too, and
lashes and lids belong to eyes."""
HAIR_MARGIN = 0.015
"""The face's margin towards hair and ears."""
SMOOTH = 0.03
"""Deviation of the blur that takes steps and spikes from the face's outline, likewise."""
STRAND = 0.02
"""Pieces of the face this near to each other are one face, in longer sides of its box: a strand or frame parts them."""
HOLE = 0.01
"""Holes in the face of up to this share of it are filled: frames of glasses, a strand."""

SURE_FACE, SURE_PART = 0.8, 0.7
"""Mean certainty below which a box is better."""
FACE_AREA = (0.45, 1.25)
"""Area of the face without margin, in areas of its box."""
FACE_OVERLAP = 0.55
"""Least overlap (intersection over union) of the face's bounds and its box."""
PART_AREA = (0.08, 1.3)
"""Area of an attribute without margin, in areas of its box."""


def parsed_masks(parsed: ParsedFace, face: Face) -> dict[str, np.ndarray]:
    """m_face and m_v that follow jaw, hairline, lids, nose and lips; parts that are doubtful are left out.

    Args:
        face: as the detector found it, in pixels of the parsed crop.

    Returns:
        (side, side) bool by part, of those that the detector found.
    """
    found = parsed.mask(*INNER_PARTS)
    inner = found & _main(_grown(found, STRAND * face.box.side), face.box)
    if not _is_face(inner, parsed, face):
        return {}
    side = face.box.side
    masks = {FACE: _face_mask(inner, parsed, side)}
    for attribute, box in face.parts.items():
        found = _main(parsed.mask(LABELS[attribute]), box)
        if _is_part(found, parsed, box):
            masks[attribute] = _grown(found, MARGINS[attribute] * side)
    return {part: mask for part, mask in masks.items() if mask.any()}


def _face_mask(inner: np.ndarray, parsed: ParsedFace, side: float) -> np.ndarray:
    """The face without holes, and a margin that is smaller towards hair and ears."""
    _, spots = cv2.connectedComponents((~inner).astype(np.uint8), connectivity=4)
    sizes = np.bincount(spots.ravel())
    small = np.flatnonzero(sizes <= HOLE * inner.sum())
    whole = inner | np.isin(spots, small[small > 0])
    kept = parsed.mask(FacePart.HAIR, FacePart.EARS)
    near = _grown(whole, HAIR_MARGIN * side)
    mask = _spread(near, round((MARGINS[FACE] - HAIR_MARGIN) * side), ~kept)
    return _main_of(_smooth(mask, SMOOTH * side) | whole, whole)


def _is_face(inner: np.ndarray, parsed: ParsedFace, face: Face) -> bool:
    """Whether what was found can be the face in its box."""
    box = face.box
    if box.area == 0 or not inner.any() or parsed.certainty[inner].mean() < SURE_FACE:
        return False
    middles = [part.center for part in face.parts.values()]
    held = [_at(_grown(inner, 0.03 * box.side), middle) for middle in middles]
    return (
        FACE_AREA[0] <= inner.sum() / box.area <= FACE_AREA[1]
        and _bounds(inner).overlap(box) >= FACE_OVERLAP
        and all(held)
    )


def _is_part(found: np.ndarray, parsed: ParsedFace, box: Box) -> bool:
    """Whether what was found can be the attribute in its box."""
    if box.area == 0 or not found.any() or parsed.certainty[found].mean() < SURE_PART:
        return False
    x, y = _bounds(found).center
    inside = box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1
    return inside and PART_AREA[0] <= found.sum() / box.area <= PART_AREA[1]


def _main(found: np.ndarray, box: Box) -> np.ndarray:
    """The piece of ``found`` of which most lies in ``box``; nobody else's face or eye."""
    count, spots = cv2.connectedComponents(found.astype(np.uint8))
    if count == 1:
        return found
    height, width = found.shape
    x0, y0 = max(0, round(box.x0)), max(0, round(box.y0))
    x1, y1 = min(width, round(box.x1)), min(height, round(box.y1))
    sizes = np.bincount(spots[y0:y1, x0:x1].ravel(), minlength=count)
    sizes[0] = 0
    best: np.ndarray = spots == sizes.argmax() if sizes.any() else np.zeros_like(found)
    return best


def _main_of(mask: np.ndarray, core: np.ndarray) -> np.ndarray:
    """The pieces of ``mask`` that hold some of ``core``."""
    _, spots = cv2.connectedComponents(mask.astype(np.uint8))
    kept: np.ndarray = np.isin(spots, np.setdiff1d(spots[core], [0]))
    return kept


def _grown(mask: np.ndarray, margin: float) -> np.ndarray:
    """With all that lies within ``margin`` pixels of it."""
    away = cv2.distanceTransform((~mask).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    near: np.ndarray = away <= margin
    return near if mask.any() else mask


def _spread(mask: np.ndarray, steps: int, free: np.ndarray) -> np.ndarray:
    """Grown by a pixel at a time where it is ``free``: never across what is not, to its other side."""
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (5, 5))
    spread = mask
    for _ in range((steps + 1) // 2):
        spread = spread | ((cv2.dilate(spread.astype(np.uint8), disc) > 0) & free)
    return spread


def _smooth(mask: np.ndarray, deviation: float) -> np.ndarray:
    """Without steps and spikes: a seam along them would show."""
    soft: np.ndarray = cv2.GaussianBlur(mask.astype(np.float32), (0, 0), max(deviation, 0.5)) > 0.5
    return soft


def _bounds(mask: np.ndarray) -> Box:
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    return Box(float(columns[0]), float(rows[0]), float(columns[-1] + 1), float(rows[-1] + 1))


def _at(mask: np.ndarray, point: tuple[float, float]) -> bool:
    """Whether ``mask`` holds the point, or the nearest one of the picture."""
    height, width = mask.shape
    x, y = min(max(int(point[0]), 0), width - 1), min(max(int(point[1]), 0), height - 1)
    return bool(mask[y, x])
