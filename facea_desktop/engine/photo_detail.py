"""A redrawn face with the detail of the person's own photos, for models that draw faces small.

A small identity model gets pose, light, colours and proportions right, and hardly anything of eyes, lashes and skin.
These are in the photos that the person was tuned on. A photo in which the head is held alike is laid over the redrawn
face, and its finer octaves take the place of the face's own; what is coarser stays as it was redrawn. The mouth may
come from another photo: one with the expression that is asked for, or else one in which it has the same shape. What a
mixed person has of others comes from the photos of these.

Of somebody who is not tuned yet, the face that the scene shows takes on the detail of the photos likewise: a portrait
at first sight.

Sources: Burt and Adelson 1983, "A Multiresolution Spline with Application to Image Mosaics"; Li et al. 2020, "Enhanced
Blind Face Restoration with Multi-Exemplar Images", for the idea that photos of the same person guide.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

import cv2
import torch
import torch.nn.functional as F
from PIL import Image
from torch import Tensor

from facea_desktop.domain.faces import INNER_PARTS, Attribute, FacePart
from facea_desktop.engine.attribute_network import attribute_reader
from facea_desktop.engine.face_alignment import aligned, landmarks, misfit
from facea_desktop.engine.face_parser import ORDER, SIDE, face_parser
from facea_desktop.engine.parsed_masks import LABELS
from facea_desktop.engine.pixels import to_picture, to_pixels

MOUTH_PART = 0.1
"""How much of a mouth's misfit counts for the rest of the face: cheeks go with it."""
MOST_PHOTOS = 12
"""Of a person that are looked at; each takes a tenth of a second."""
PART_MARGIN = 0.02
"""What about lips, eyes or nose belongs to them, in sides of the crop."""
RIM = 0.025
"""How far from hair and jaw detail begins, and how softly, in sides of the crop."""
GAIN = (0.05, 1.5)
"""Detail grows with light, within these bounds."""


@dataclass(frozen=True)
class DetailWeights:
    """How much is taken of photos.

    Attributes:
        face: how far a photo's detail takes the place of the face's own, from the finest octave on.
        mouth: the same for the mouth.
        misfit: photos whose landmarks are further off, in sides of the crop, show a head that is held otherwise.
    """

    face: tuple[float, ...]
    mouth: tuple[float, ...]
    misfit: float


REDRAWN = DetailWeights((1.0, 1.0, 1.0, 0.8, 0.5), (1.0, 1.0, 1.0, 1.0, 0.8), 0.03)
"""For a face that was redrawn, is like the person already, and has a smeared mouth."""
FIRST_SIGHT = DetailWeights((1.0, 1.0, 1.0, 1.0, 0.8), (1.0, 1.0, 1.0, 1.0, 0.9), 0.1)
"""For somebody else's, which has to become like the person."""


@dataclass(frozen=True, eq=False)
class _ParsedCrop:
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
    def of(cls, picture: Image.Image) -> _ParsedCrop | None:
        """None where eyes, nose or mouth are not seen."""
        small = picture.convert("RGB").resize((SIDE, SIDE), Image.Resampling.BICUBIC, reducing_gap=3.0)
        labels = torch.from_numpy(face_parser().parse(small).labels)
        places, known = landmarks(labels[None])
        if not known[0]:
            return None
        rows, columns = torch.nonzero(labels == ORDER.index(FacePart.LIPS), as_tuple=True)
        spread = torch.stack([columns.float().std(), rows.float().std()]) / SIDE
        eyes = (places[0, 0] - places[0, 1]).norm()
        return cls(to_pixels(small), labels, places[0], spread / eyes, attribute_reader().read(small))

    @property
    def eyewear(self) -> str:
        """The likeliest value."""
        return max(self.read["eyewear"], key=lambda value: self.read["eyewear"][value])

    def shows(self, *parts: FacePart) -> Tensor:
        """1 where any of ``parts`` is, (1, 1, SIDE, SIDE)."""
        numbers = torch.tensor([ORDER.index(part) for part in parts], dtype=self.labels.dtype)
        return torch.isin(self.labels, numbers).float()[None, None]


def with_photo_detail(
    face: Image.Image,
    photos: Sequence[Image.Image],
    wanted: Mapping[str, str],
    weights: DetailWeights = REDRAWN,
    taken: Mapping[Attribute, Sequence[Image.Image]] = MappingProxyType({}),
) -> Image.Image | None:
    """A face with what photos of a person show of it.

    Args:
        face: RGB, cut by ``Crop.of_face``.
        photos: of any size, cut likewise; the first MOST_PHOTOS are looked at.
        wanted: the expression and the eyewear that are asked for, as far as they are, by group.
        taken: photos of the people whose eyes, nose or mouth the person has; without any, these stay as they are.

    Returns:
        RGB, 256 pixels; None where no photo suits the face.
    """
    own = _ParsedCrop.of(face) if photos else None
    if own is None:
        return None
    parsed = _parsed(photos)
    fitting = _fitting(parsed, own, weights, wanted.get("eyewear", own.eyewear))
    fitting = fitting or _fitting(parsed, own, weights, own.eyewear)
    if not fitting:
        return None

    def mouth_misfit(photo: _ParsedCrop) -> float:
        if (expression := wanted.get("expression")) is not None and expression in photo.read["expression"]:
            return 1 - photo.read["expression"][expression]
        return float((photo.mouth - own.mouth).abs().max())

    base = min(fitting, key=lambda photo: fitting[photo] + MOUTH_PART * mouth_misfit(photo))
    masks = {part: _soft_mask(own.shows(LABELS[part]), PART_MARGIN) for part in (Attribute.MOUTH, *taken)}
    rest = 1 - torch.cat([*masks.values()]).amax(0, keepdim=True)
    picture = _with_detail_of(own.pixels[None], own, base, rest, weights.face)
    for part, mask in masks.items():
        candidates = _fitting(_parsed(taken[part]), own, weights, own.eyewear) if part in taken else fitting
        if candidates and part is Attribute.MOUTH:
            picture = _with_detail_of(picture, own, min(candidates, key=mouth_misfit), mask, weights.mouth)
        elif candidates:
            picture = _with_detail_of(picture, own, min(candidates, key=candidates.__getitem__), mask, weights.face)
    return to_picture(picture[0])


def _parsed(photos: Sequence[Image.Image]) -> list[_ParsedCrop]:
    """The first MOST_PHOTOS, without those in which eyes, nose or mouth are not seen."""
    return [one for one in map(_ParsedCrop.of, photos[:MOST_PHOTOS]) if one is not None]


def _fitting(
    photos: Sequence[_ParsedCrop], own: _ParsedCrop, weights: DetailWeights, eyewear: str
) -> dict[_ParsedCrop, float]:
    """Photos with that eyewear in which the head is held as the face's, each with its misfit."""
    alike = [photo for photo in photos if photo.eyewear == eyewear]
    misfits = {photo: float(misfit(photo.places[None], own.places[None])) for photo in alike}
    return {photo: off for photo, off in misfits.items() if off <= weights.misfit}


def _with_detail_of(
    picture: Tensor, own: _ParsedCrop, photo: _ParsedCrop, where: Tensor, parts: Sequence[float]
) -> Tensor:
    """``picture`` with the detail of a photo, as far as both show a face there; (1, 3, SIDE, SIDE).

    Args:
        where: (1, 1, SIDE, SIDE), 0 to 1.
        parts: as ``DetailWeights.face``.
    """
    both = torch.cat([photo.pixels[None], photo.shows(*INNER_PARTS)], 1)
    over = aligned(both, photo.places[None], own.places[None])
    where = where * _soft_mask(own.shows(*INNER_PARTS) * over[:, 3:].round(), -RIM)
    light = [((pixels + 1) * where).sum() for pixels in (picture, over[:, :3])]
    gain = float((light[0] / light[1].clamp(min=1e-3)).clamp(*GAIN))
    lit = _faded(gain * over[:, :3], picture, where)
    own_octaves, photo_octaves = (_octaves(pixels, len(parts)) for pixels in (picture, lit))
    for part, mine, theirs in zip(parts, own_octaves, photo_octaves):
        picture = picture + part * where * (theirs - mine)
    return picture


def _faded(photo: Tensor, picture: Tensor, where: Tensor) -> Tensor:
    """A photo with no more colour than a picture has there, and none where that is in black and white."""
    grey = photo.mean(1, keepdim=True)
    own, photos = (((each - each.mean(1, keepdim=True)) * where).norm() for each in (picture, photo))
    return grey + (own / photos.clamp(min=1e-3)).clamp(max=1) * (photo - grey)


def _octaves(picture: Tensor, count: int) -> list[Tensor]:
    """What a picture shows at one scale and not at the next, from the finest on; each of the picture's size."""
    scales = [picture, *(_blurred(picture, 2.0**number) for number in range(count))]
    return [fine - coarse for fine, coarse in pairwise(scales)]


def _soft_mask(mask: Tensor, margin: float) -> Tensor:
    """A mask (1, 1, h, w) grown by a margin in sides of the picture, or shrunk by a negative one, with a soft rim."""
    reach = round(abs(margin) * SIDE)
    inside = mask if margin > 0 else 1 - mask
    grown = F.max_pool2d(inside, 2 * reach + 1, stride=1, padding=reach)
    return _blurred(grown if margin > 0 else 1 - grown, RIM * SIDE)


def _blurred(picture: Tensor, deviation: float) -> Tensor:
    """(1, c, h, w), Gaussian."""
    pixels = picture[0].permute(1, 2, 0).numpy()
    soft = cv2.GaussianBlur(pixels, (0, 0), deviation, borderType=cv2.BORDER_REPLICATE)
    return torch.from_numpy(soft.reshape(pixels.shape)).permute(2, 0, 1)[None]
