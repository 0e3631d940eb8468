"""Heads that lie or stand upside down: a picture is searched in four turns, of each face the surest find is kept."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise

from PIL import Image

from facea_desktop.domain.faces import Attribute, Box, Face

SAME = 0.3
"""Two boxes that overlap by more (intersection over union) mark one face."""
MOST_TILT_DEG = 60
"""A face that leans by more is found better in another turn."""
_TURNS = {1: Image.Transpose.ROTATE_90, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_270}
_EDGE = 0.25
"""Parts may lie outside the face's box by this part of its longer side: boxes of half-hidden faces are narrow."""


def find_any_way_up(
    find: Callable[[Image.Image], list[Face]], picture: Image.Image, upright: list[Face] | None = None
) -> list[Face]:
    """All faces of a picture, the largest first, however they are turned.

    Args:
        find: finds the faces of a picture that stand upright in it, more or less.
        upright: what it finds in the picture as it is, where that is known already.
    """
    found = [face for face in (find(picture) if upright is None else upright) if is_plausible(face)]
    for quarters, turn in _TURNS.items():
        turned = picture.transpose(turn)
        found += [_turned_back(face, quarters, picture.size) for face in find(turned) if is_plausible(face)]
    kept: list[Face] = []
    for face in sorted(found, key=lambda face: -face.score):
        if not any(_is_same(face.box, better.box) for better in kept):
            kept.append(face)
    return sorted(kept, key=lambda face: face.box.area, reverse=True)


def is_plausible(face: Face) -> bool:
    """Whether the parts lie as in a face that stands upright, or leans by MOST_TILT_DEG at most.

    Parts that were not found are not asked for.
    """
    centers = {part: box.center for part, box in face.parts.items()}
    edge = _EDGE * face.box.side
    box = Box(face.box.x0 - edge, face.box.y0 - edge, face.box.x1 + edge, face.box.y1 + edge)
    if not all(box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1 for x, y in centers.values()):
        return False
    if abs(face.tilt) > MOST_TILT_DEG:
        return False
    turn = math.radians(face.tilt)
    heights = {part: y * math.cos(turn) - x * math.sin(turn) for part, (x, y) in centers.items()}
    eyes = [heights[eye] for eye in (Attribute.LEFT_EYE, Attribute.RIGHT_EYE) if eye in heights]
    order = [sum(eyes) / len(eyes)] if eyes else []
    order += [heights[part] for part in (Attribute.NOSE, Attribute.MOUTH) if part in heights]
    return all(above < below for above, below in pairwise(order))


def _turned_back(face: Face, quarters: int, size: tuple[int, int]) -> Face:
    """A face of the picture that was turned by ``quarters`` counter-clockwise, in the picture of ``size``."""
    parts = {part: _box_back(box, quarters, size) for part, box in face.parts.items()}
    return Face(_box_back(face.box, quarters, size), parts, face.score)


def _box_back(box: Box, quarters: int, size: tuple[int, int]) -> Box:
    width, height = size
    if quarters == 1:
        return Box(width - box.y1, box.x0, width - box.y0, box.x1)
    if quarters == 2:
        return Box(width - box.x1, height - box.y1, width - box.x0, height - box.y0)
    return Box(box.y0, height - box.x1, box.y1, height - box.x0)


def _is_same(a: Box, b: Box) -> bool:
    (ax, ay), (bx, by) = a.center, b.center
    nested = (a.x0 < bx < a.x1 and a.y0 < by < a.y1) or (b.x0 < ax < b.x1 and b.y0 < ay < b.y1)
    return nested or a.overlap(b) > SAME
