"""The parts of all faces of a picture, pixel by pixel, for choosing them on the canvas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
from PIL import Image

from facea_desktop.domain.faces import Face, FacePart
from facea_desktop.engine.crops import Crop
from facea_desktop.engine.face_parser import ORDER, SIDE, face_parser

WIDE = 1.4
"""A second, wider crop shows where hair, clothes and background go on; the parser learned from faces down to 0.7 times
the usual size."""
NEAR_WEIGHT, WIDE_WEIGHT = 1.0, 0.6
"""What the votes of either crop count: the usual one is finer, and the parser knows it best."""
FADE = 0.12
"""The usual crop's votes fade within this part of its side from its edge, where it sees only half of things."""
SOFT = 0.8
"""Deviation in parsed pixels of the blur that takes the steps of 256 pixels a side from outlines."""
KNOWN = 0.05
"""Less than this of a vote is none: the edge of the crop."""
REACH = 0.25
"""How far along a crop's edge is looked for what goes on beyond it, in sides of the largest face."""
SPECK = 0.1
"""Pieces below this share of the largest one do not belong to the person."""
_BACKGROUND = ORDER.index(FacePart.BACKGROUND)


def picture_parts(picture: Image.Image, faces: Sequence[Face]) -> tuple[np.ndarray, np.ndarray]:
    """What every pixel shows, and whose it is. Where faces are near each other, the nearer one's view counts.

    Args:
        picture: RGB.
        faces: in its pixels, 255 at most are looked at.

    Returns:
        Two arrays (height, width) uint8: 1 + index into ``tuple(FacePart)``, 0 where it is unknown; and 1 + index into
        ``faces``, 0 for background and where it is unknown. Beyond the crops of the faces nothing but background is
        told, and that from what lies nearest.
    """
    shape = picture.height, picture.width
    labels, owners = np.zeros(shape, np.uint8), np.zeros(shape, np.uint8)
    nearest = np.full(shape, np.inf, np.float32)
    for number, face in enumerate(faces[:255], 1):
        left, top, right, bottom = box = _wide(Crop.of_face(face)).bounds(picture.size)
        if right == left or bottom == top:
            continue
        part = np.s_[top:bottom, left:right]
        found = _labels_of(picture, face, box)
        away = _distance(face, box)
        own = found > 1 + _BACKGROUND
        taken = own & (away < nearest[part])
        labels[part][taken] = found[taken]
        owners[part][taken] = number
        nearest[part][taken] = away[taken]
        free = (found == 1 + _BACKGROUND) & (labels[part] == 0)
        labels[part][free] = found[free]
    if faces:
        _spread_background(labels, REACH * max(face.box.side for face in faces))
    return labels, owners


def _wide(crop: Crop) -> Crop:
    return replace(crop, side=crop.side * WIDE)


def _labels_of(picture: Image.Image, face: Face, box: tuple[int, int, int, int]) -> np.ndarray:
    """1 + label within the box, as the face's two crops vote; 0 beyond both."""
    near = Crop.of_face(face)
    wide = _wide(near)
    inward = np.minimum(np.arange(SIDE) + 0.5, SIDE - 0.5 - np.arange(SIDE)) / (FADE * SIDE)
    fade = np.minimum(np.minimum(inward[:, None], inward[None, :]), 1).astype(np.float32)
    crops = ((near, NEAR_WEIGHT * fade), (wide, np.float32(WIDE_WEIGHT)))
    parsed = [(crop, weight, face_parser().parse(crop.cut(picture, SIDE))) for crop, weight in crops]
    left, top, right, bottom = box
    best = np.full((bottom - top, right - left), KNOWN, np.float32)
    labels = np.zeros(best.shape, np.uint8)
    for index in sorted({int(label) for *_, seen in parsed for label in np.unique(seen.labels)}):
        votes = np.zeros_like(best)
        for crop, weight, seen in parsed:
            sure = np.where(seen.labels == index, seen.certainty, 0).astype(np.float32)
            votes += crop.spread(cv2.GaussianBlur(sure, (0, 0), SOFT) * weight, box)
        more = votes > best
        np.copyto(labels, index + 1, where=more)
        np.maximum(best, votes, out=best)
    return _without_specks(labels)


def _without_specks(labels: np.ndarray) -> np.ndarray:
    """Small pieces of a person that do not touch the rest are background."""
    behind = 1 + _BACKGROUND
    _, pieces, facts, _ = cv2.connectedComponentsWithStats((labels > behind).astype(np.uint8))
    sizes = facts[:, cv2.CC_STAT_AREA]
    sizes[0] = 0
    specks = np.flatnonzero(sizes < SPECK * sizes.max())
    labels[np.isin(pieces, specks[specks > 0])] = behind
    return labels


def _spread_background(labels: np.ndarray, reach: float) -> None:
    """Beyond the crops, what is nearest to background is background; shoulders that go on stay unknown.

    Args:
        labels: as ``picture_parts`` returns them; changed.
        reach: pixels over which the labels at a crop's edge are asked together, lest every fleck there leaves a stripe.
    """
    known = labels > 0
    if not known.any() or known.all():
        return
    window = (2 * round(reach) + 1,) * 2
    behind = cv2.blur((labels == 1 + _BACKGROUND).astype(np.float32), window, borderType=cv2.BORDER_CONSTANT)
    mostly = 2 * behind > cv2.blur(known.astype(np.float32), window, borderType=cv2.BORDER_CONSTANT)
    _, nearest = cv2.distanceTransformWithLabels(
        (~known).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_5, labelType=cv2.DIST_LABEL_PIXEL
    )
    told = np.zeros(int(nearest.max()) + 1, bool)
    told[nearest[known]] = mostly[known]
    np.copyto(labels, 1 + _BACKGROUND, where=~known & told[nearest])


def _distance(face: Face, box: tuple[int, int, int, int]) -> np.ndarray:
    """How far the pixels of the box are from the face's middle, in sides of it, (height, width) float32."""
    (x, y), (left, top, right, bottom) = face.box.center, box
    across = (np.arange(left, right) + 0.5 - x) / face.box.side
    down = (np.arange(top, bottom) + 0.5 - y) / face.box.side
    return np.hypot(across[None, :], down[:, None]).astype(np.float32)
