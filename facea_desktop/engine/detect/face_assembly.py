"""From boxes that were found by words to faces with their attributes. Pure geometry."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass

from facea_desktop.domain.faces import Attribute, Box, Face

WORDS = ("face", "eye", "nose", "mouth")
"""What is looked for. Which eye is the left one is told by where it lies."""

_LARGEST = {"eye": 0.5, "nose": 0.7, "mouth": 0.8}
"""What is wider or taller than this share of the face is no part of it, but both eyes in one box, or a whole head."""

_SAME = 0.5
"""Two boxes of one word that overlap by more (intersection over union) mark one thing."""

_INSIDE = 0.8
"""A box lies inside another when this share of its area does."""

_APART = 0.1
"""Two faces that overlap by less stand side by side."""

_WHOLE_PICTURE = 0.9
"""A face without parts that takes this share of the picture is the picture."""


@dataclass(frozen=True)
class Candidate:
    """A box that a detector found for one of WORDS; ``score`` is 0 to 1."""

    word: str
    box: Box
    score: float


def assemble_faces(candidates: Iterable[Candidate], size: tuple[int, int]) -> list[Face]:
    """The faces of a picture of ``size`` (width, height), the largest first.

    Of boxes for one face the best is kept; eyes, nose and mouth go to the face that holds their centre. A face of which
    no part was found is kept without parts, unless it is nearly the whole picture. Equal scores are told apart by area
    and place, so the order of ``candidates`` does not matter.
    """
    found = sorted(_within(candidates, size), key=_rank)
    parts = [one for one in found if one.word != "face"]
    heads = _without_groups(_distinct([one for one in found if one.word == "face"]), parts)
    heads = _distinct(heads, nested=True)
    owned: list[list[Candidate]] = [[] for _ in heads]
    for part in parts:
        holders = [k for k, head in enumerate(heads) if _holds(head.box, part)]
        if holders:
            owned[min(holders, key=lambda k: _distance(heads[k].box, part.box))].append(part)
    faces = [Face(head.box, _parts(head.box, own), head.score) for head, own in zip(heads, owned)]
    whole = size[0] * size[1]
    faces = [face for face in faces if face.parts or face.box.area < _WHOLE_PICTURE * whole]
    return sorted(faces, key=lambda face: (-face.box.area, -face.score, face.box.x0, face.box.y0))


def _within(candidates: Iterable[Candidate], size: tuple[int, int]) -> list[Candidate]:
    """The candidates cut at the picture's edge, without those of which less than a pixel is left."""
    width, height = size
    cut = []
    for one in candidates:
        x0, x1 = (min(max(x, 0.0), float(width)) for x in (one.box.x0, one.box.x1))
        y0, y1 = (min(max(y, 0.0), float(height)) for y in (one.box.y0, one.box.y1))
        box = Box(x0, y0, x1, y1)
        if box.width >= 1 and box.height >= 1:
            cut.append(Candidate(one.word, box, one.score))
    return cut


def _rank(one: Candidate) -> tuple[float, ...]:
    return -one.score, -one.box.area, one.box.x0, one.box.y0


def _distinct(ranked: list[Candidate], nested: bool = False) -> list[Candidate]:
    """Non-maximum suppression: the best box of each thing; ``nested`` also drops boxes in, or around, a better one."""
    kept: list[Candidate] = []
    for one in ranked:
        boxes = [better.box for better in kept]
        if any(one.box.overlap(box) > _SAME for box in boxes):
            continue
        if nested and any(_share(one.box, box) > _INSIDE or _share(box, one.box) > _INSIDE for box in boxes):
            continue
        kept.append(one)
    return kept


def _without_groups(heads: list[Candidate], parts: list[Candidate]) -> list[Candidate]:
    """The face boxes without those around two faces or more, each of which shows parts of its own."""
    # One word of parts is not enough: a stray "face" around an eye would then split a real face.
    seen = [head for head in heads if len({part.word for part in parts if _holds(head.box, part)}) >= 2]

    def is_group(head: Candidate) -> bool:
        members = [one.box for one in seen if one is not head and _share(one.box, head.box) > _INSIDE]
        return any(a.overlap(b) < _APART for a, b in itertools.combinations(members, 2))

    return [head for head in heads if not is_group(head)]


def _parts(face: Box, ranked: list[Candidate]) -> dict[Attribute, Box]:
    """The attributes of one face: the best nose and mouth, the best two eyes."""
    parts = {}
    for attribute in (Attribute.NOSE, Attribute.MOUTH):
        best = next((one.box for one in ranked if one.word == attribute), None)
        if best is not None:
            parts[attribute] = best
    eyes = [one.box for one in _distinct([one for one in ranked if one.word == "eye"], nested=True)[:2]]
    if len(eyes) == 2:
        left, right = sorted(eyes, key=lambda eye: eye.center)
        return {Attribute.LEFT_EYE: left, Attribute.RIGHT_EYE: right, **parts}
    if eyes:
        # From the side, the one eye in sight may lie in either half of the face; the nose says which eye it is.
        middle = parts.get(Attribute.NOSE, parts.get(Attribute.MOUTH, face))
        is_left = eyes[0].center[0] < middle.center[0]
        return {Attribute.LEFT_EYE if is_left else Attribute.RIGHT_EYE: eyes[0], **parts}
    return parts


def _holds(face: Box, part: Candidate) -> bool:
    """Whether the part's centre lies in the face and its size is one that a part may have."""
    x, y = part.box.center
    most = _LARGEST[part.word]
    fits = part.box.width <= most * face.width and part.box.height <= most * face.height
    return fits and face.x0 <= x < face.x1 and face.y0 <= y < face.y1


def _distance(face: Box, part: Box) -> float:
    """How far the part lies from the middle of the face, the edge being at 1."""
    (fx, fy), (px, py) = face.center, part.center
    return max(abs(fx - px) / face.width, abs(fy - py) / face.height) * 2


def _share(inner: Box, outer: Box) -> float:
    """The share of ``inner`` that lies in ``outer``, 0 to 1."""
    width = min(inner.x1, outer.x1) - max(inner.x0, outer.x0)
    height = min(inner.y1, outer.y1) - max(inner.y0, outer.y0)
    return max(width, 0.0) * max(height, 0.0) / inner.area
