"""What each pixel of the picture shows, and of whom: parts that are selected with a click or by name."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize
from PySide6.QtGui import QPainterPath

from facea_desktop.domain.faces import INNER_PARTS, Face, FacePart
from facea_desktop.ui.canvas.contour import contour, path_of
from facea_desktop.ui.canvas.mask_undo import Values

tr = QCoreApplication.translate

FACE, BACKGROUND = "face", "background"
LABELS: dict[str, tuple[FacePart, ...]] = {
    FACE: INNER_PARTS,
    "skin": (FacePart.SKIN,),
    "hair": (FacePart.HAIR,),
    "lips": (FacePart.LIPS,),
    "eyes": (FacePart.LEFT_EYE, FacePart.RIGHT_EYE),
    "brows": (FacePart.BROWS,),
    "nose": (FacePart.NOSE,),
    "ears": (FacePart.EARS,),
    "neck": (FacePart.NECK,),
    "clothes": (FacePart.CLOTHES,),
    BACKGROUND: (FacePart.BACKGROUND,),
}
"""What can be selected, and the parser's labels that make it."""
_POINTED = {label: name for name, labels in LABELS.items() if name != FACE for label in labels}
_FINEST = 512  # samples along the longer side of an outline; the parser itself sees no finer


@dataclass(frozen=True)
class PartChoice:
    """A part, one of LABELS, of one of the map's faces; the background is nobody's."""

    part: str
    face: int | None


def part_title(part: str) -> str:
    """What people call a part."""
    return {
        FACE: tr("Canvas", "Face"),
        "skin": tr("Canvas", "Skin"),
        "hair": tr("Canvas", "Hair"),
        "lips": tr("Canvas", "Lips"),
        "eyes": tr("Canvas", "Eyes"),
        "brows": tr("Canvas", "Eyebrows"),
        "nose": tr("Canvas", "Nose"),
        "ears": tr("Canvas", "Ears"),
        "neck": tr("Canvas", "Neck"),
        "clothes": tr("Canvas", "Clothes"),
        BACKGROUND: tr("Canvas", "Background"),
    }[part]


class PartMap:
    """The parts of a picture.

    Args:
        labels: (height, width), 1 + index into ``tuple(FacePart)``, 0 where it is unknown.
        owners: likewise, 1 + index into ``faces``, 0 for nobody.
        faces: in pixels of the picture, the largest first.
    """

    def __init__(self, labels: Values, owners: Values, faces: Sequence[Face]) -> None:
        self._labels, self._owners, self._faces = labels, owners, tuple(faces)
        self._last: tuple[PartChoice, tuple[Values, int, int] | None] | None = None

    @property
    def size(self) -> QSize:
        """Of the picture."""
        height, width = self._labels.shape
        return QSize(width, height)

    def at(self, point: QPointF) -> PartChoice | None:
        """What lies under a point of the picture, None where that is unknown."""
        x, y = math.floor(point.x()), math.floor(point.y())
        height, width = self._labels.shape
        if not (0 <= x < width and 0 <= y < height and self._labels[y, x]):
            return None
        part = _POINTED[tuple(FacePart)[self._labels[y, x] - 1]]
        return PartChoice(part, None if part == BACKGROUND else int(self._owners[y, x]) - 1)

    def named(self, part: str, about: QRectF | None) -> PartChoice:
        """A part of the face whose middle lies in a box, by default and where there is none of the largest."""
        if part == BACKGROUND:
            return PartChoice(part, None)
        middles = [QPointF(*face.box.center) for face in self._faces]
        inside = (number for number, middle in enumerate(middles) if about is not None and about.contains(middle))
        return PartChoice(part, next(inside, 0))

    def patch(self, choice: PartChoice) -> tuple[Values, int, int] | None:
        """The mask of a part, 255 where it is, and the left and top of where it belongs; None where nothing is."""
        if self._last is None or self._last[0] != choice:
            self._last = choice, self._cut(choice)
        return self._last[1]

    def outline(self, choice: PartChoice, scale: float) -> QPainterPath:
        """A part's outline in pixels of the picture, as fine as a zoom of ``scale`` shows it."""
        patch = self.patch(choice)
        if patch is None:
            return QPainterPath()
        values, left, top = patch
        every = 2 ** math.ceil(max(0.0, math.log2(max(values.shape) / _FINEST), math.floor(math.log2(1 / scale))))
        samples = values[every // 2 :: every, every // 2 :: every]
        if not samples.size:
            samples, every = values, 1
        return path_of(contour(samples, 0, 0, max(samples.shape) + 1), every).translated(left, top)

    def _cut(self, choice: PartChoice) -> tuple[Values, int, int] | None:
        wanted = np.zeros(256, bool)
        wanted[[1 + tuple(FacePart).index(label) for label in LABELS[choice.part]]] = True
        found = wanted[self._labels]
        if choice.face is not None:
            found &= self._owners == choice.face + 1
        rows, columns = np.flatnonzero(found.any(1)), np.flatnonzero(found.any(0))
        if not rows.size:
            return None
        top, left = int(rows[0]), int(columns[0])
        part = found[top : int(rows[-1]) + 1, left : int(columns[-1]) + 1]
        return np.where(part, 255, 0).astype(np.uint8), left, top
