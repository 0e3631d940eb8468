"""Faces and their attributes: names, boxes and what a detector says of them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum


class Subject(StrEnum):
    """The noun that stands for the person in prompts."""

    MAN = "man"
    WOMAN = "woman"

    @property
    def feature_count(self) -> int:
        """How many [feat] vectors a prompt of this subject gets (paper, implementation details)."""
        return 3 if self is Subject.MAN else 4


class Attribute(StrEnum):
    """The paper's set V. Left is the viewer's left."""

    LEFT_EYE = "left_eye"
    RIGHT_EYE = "right_eye"
    NOSE = "nose"
    MOUTH = "mouth"


class FacePart(StrEnum):
    """What a pixel of a face crop shows, as the face parser tells it. Left is the viewer's left."""

    BACKGROUND = "background"
    SKIN = "skin"
    NOSE = "nose"
    BROWS = "brows"
    LEFT_EYE = "left_eye"
    RIGHT_EYE = "right_eye"
    LIPS = "lips"
    """With whatever is seen between them."""
    EARS = "ears"
    HAIR = "hair"
    NECK = "neck"
    CLOTHES = "clothes"
    """Hats, too."""


INNER_PARTS = (
    *(FacePart.SKIN, FacePart.NOSE, FacePart.BROWS),
    *(FacePart.LEFT_EYE, FacePart.RIGHT_EYE, FacePart.LIPS),
)
"""What a face is made of. Ears and hair belong to the scene, as the neck does."""


FACE = "face"
PARTS: tuple[str, ...] = (FACE, *(str(v) for v in Attribute))
"""Everything that has a mask, a prompt and a [feat] set: the face and each v of V, in this order."""


def part_prompt(subject: Subject, part: str) -> str:
    """T_face or T_v: "a man face", "a woman left eye"."""
    return f"a {subject} {part.replace('_', ' ')}"


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels of its picture; x1 and y1 lie outside it."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        """In pixels."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """In pixels."""
        return self.y1 - self.y0

    @property
    def side(self) -> float:
        """The longer side."""
        return max(self.width, self.height)

    @property
    def area(self) -> float:
        """In square pixels, 0 for a box turned inside out."""
        return max(self.width, 0.0) * max(self.height, 0.0)

    @property
    def center(self) -> tuple[float, float]:
        """Its middle, x and y."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    def overlap(self, other: Box) -> float:
        """Intersection over union, 0 to 1."""
        width = min(self.x1, other.x1) - max(self.x0, other.x0)
        height = min(self.y1, other.y1) - max(self.y0, other.y0)
        if width <= 0 or height <= 0:
            return 0.0
        shared = width * height
        return shared / (self.area + other.area - shared)

    def scaled(self, factor: float) -> Box:
        """The box of a picture that was resized by ``factor``."""
        return Box(self.x0 * factor, self.y0 * factor, self.x1 * factor, self.y1 * factor)


@dataclass(frozen=True)
class Face:
    """A face in a picture.

    Attributes:
        box: the whole face.
        parts: a box for each attribute that was found; a side view may hide an eye.
        score: the detector's confidence, 0 to 1.
    """

    box: Box
    parts: dict[Attribute, Box]
    score: float

    @property
    def tilt(self) -> float:
        """Angle of the line through the eyes in degrees, positive when the right one is lower; 0 if unknown."""
        if not {Attribute.LEFT_EYE, Attribute.RIGHT_EYE} <= self.parts.keys():
            return 0.0
        (ax, ay), (bx, by) = (self.parts[eye].center for eye in (Attribute.LEFT_EYE, Attribute.RIGHT_EYE))
        return math.degrees(math.atan2(by - ay, bx - ax))

    def part_box(self, part: str) -> Box | None:
        """The box of ``part`` (one of PARTS), None where it was not found."""
        return self.box if part == FACE else self.parts.get(Attribute(part))

    def scaled(self, factor: float) -> Face:
        """The face in a picture that was resized by ``factor``."""
        parts = {name: box.scaled(factor) for name, box in self.parts.items()}
        return Face(self.box.scaled(factor), parts, self.score)


FACE_PART = 0.72
"""Longer side of the face as a part of the crop's side: hair, ears and chin belong to the picture of a person."""
LEAST_FACE_PART, MOST_FACE_PART = 0.5 * FACE_PART, 1.2 * FACE_PART
"""The same where the user draws the crop."""
RISE = 0.055
"""The crop's middle lies this part of its side above the face's: there is more head above the box than below."""
UPRIGHT_DEG = 8.0
"""Faces tilted by less are cut without turning."""


@dataclass(frozen=True)
class PortraitSquare:
    """The square of a picture in which a face stands as in a portrait.

    Attributes:
        x, y: its middle in pixels of the picture; the square may reach over the picture's edge.
        side: in pixels of the picture.
        angle: degrees by which the face leans clockwise, and the square with it.
    """

    x: float
    y: float
    side: float
    angle: float

    @staticmethod
    def of_face(face: Face) -> PortraitSquare:
        """Where a face is usually cut out."""
        side = face.box.side / FACE_PART
        angle = face.tilt if abs(face.tilt) >= UPRIGHT_DEG else 0.0
        x, y = face.box.center
        turn = math.radians(angle)
        return PortraitSquare(x + RISE * side * math.sin(turn), y - RISE * side * math.cos(turn), side, angle)
