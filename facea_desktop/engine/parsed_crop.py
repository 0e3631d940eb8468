"""A face crop as the face parser and the attribute reader see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import torch
from PIL import Image
from torch import Tensor

from facea_desktop.domain.faces import FacePart
from facea_desktop.engine.attribute_network import attribute_reader
from facea_desktop.engine.face_alignment import landmarks
from facea_desktop.engine.face_parser import ORDER, SIDE, face_parser
from facea_desktop.engine.pixels import to_pixels

KEPT_CROPS = 32
"""Photos that are remembered as networks see them: a preview is asked for again and again."""


@dataclass(frozen=True, eq=False)
class ParsedCrop:
    """A face crop of SIDE pixels as networks see it.

    Attributes:
        pixels: (3, SIDE, SIDE) in [-1, 1].
        labels: of the face parser, (SIDE, SIDE) uint8.
        places: landmarks, (4, 2) from 0 to 1.
        mouth: how far it reaches across and down, in distances of the eyes, (2,).
        read: probabilities of the attribute reader's values, by group.
    """

    pixels: Tensor
    labels: Tensor
    places: Tensor
    mouth: Tensor
    read: Mapping[str, Mapping[str, float]]

    @classmethod
    def of(cls, picture: Image.Image) -> ParsedCrop | None:
        """None where eyes, nose or mouth are not seen."""
        small = picture.convert("RGB").resize((SIDE, SIDE), Image.Resampling.BICUBIC, reducing_gap=3.0)
        return _parsed_crop(small.tobytes())

    @classmethod
    def of_pixels(cls, small: Image.Image) -> ParsedCrop | None:
        """The same of a picture of SIDE pixels."""
        labels = torch.from_numpy(face_parser().parse(small).labels)
        places, known = landmarks(labels[None])
        if not known[0]:
            return None
        rows, columns = torch.nonzero(labels == ORDER.index(FacePart.LIPS), as_tuple=True)
        spread = torch.stack([columns.float().std(), rows.float().std()]) / SIDE
        eyes = (places[0, 0] - places[0, 1]).norm()
        return cls(to_pixels(small), labels, places[0], spread / eyes, attribute_reader().read(small))

    @property
    def eyewear(self) -> Mapping[str, float]:
        """Probabilities of its values."""
        return self.read["eyewear"]

    @property
    def likeliest_eyewear(self) -> str:
        """The value that it most likely shows."""
        return max(self.eyewear, key=self.eyewear.__getitem__)

    def shows(self, *parts: FacePart) -> Tensor:
        """1 where any of ``parts`` is, (1, 1, SIDE, SIDE)."""
        numbers = torch.tensor([ORDER.index(part) for part in parts], dtype=self.labels.dtype)
        return torch.isin(self.labels, numbers).float()[None, None]


@lru_cache(KEPT_CROPS)
def _parsed_crop(pixels: bytes) -> ParsedCrop | None:
    return ParsedCrop.of_pixels(Image.frombytes("RGB", (SIDE, SIDE), pixels))


def forget_photos() -> None:
    """Remember none of the crops any more, as when somebody was deleted."""
    _parsed_crop.cache_clear()
