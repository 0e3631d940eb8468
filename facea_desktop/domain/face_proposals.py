"""Whose face is which in a picture, and which one is to be redrawn, from how like people of the library they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

RECOGNISED = 0.55
"""FaceNet cosine, mean over a person's photos, from which on a face is theirs: other photos of one of the invented
people have 0.6 and more, two strangers below 0.5 nearly always (``engine.enrolment.LEAST_SAME``)."""


@dataclass(frozen=True)
class Proposal:
    """Which face is to be redrawn.

    Attributes:
        face: counted from the largest; None leaves the picture out.
        recognised: the person who was looked for is in the picture.
    """

    face: int | None
    recognised: bool


def owners(likeness: Sequence[Mapping[str, float]]) -> tuple[str | None, ...]:
    """The person of each face, None where nobody is recognised; nobody is there twice.

    Args:
        likeness: of each face to people by id.
    """
    found: list[str | None] = [None] * len(likeness)
    pairs = [(score, face, person) for face, scores in enumerate(likeness) for person, score in scores.items()]
    for score, face, person in sorted(pairs, reverse=True):
        if score >= RECOGNISED and found[face] is None and person not in found:
            found[face] = person
    return tuple(found)


def propose(likeness: Sequence[Mapping[str, float]], person: str) -> Proposal:
    """The face of ``person``; else the only one there is, if it is nobody else's."""
    found = owners(likeness)
    if person in found:
        return Proposal(found.index(person), recognised=True)
    return Proposal(0 if found == (None,) else None, recognised=False)
