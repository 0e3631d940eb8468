"""A redrawn face with the detail of the person's own photos, for models that draw faces small.

A small identity model gets pose, light, colours and proportions right, and hardly anything of eyes, lashes and skin.
These are in the photos that the person was tuned on. A photo in which the head is held alike is laid over the redrawn
face, and its finer octaves take the place of the face's own; what is coarser stays as it was redrawn. The mouth may
come from another photo: one with the expression that is asked for, or else one in which it has the same shape. What a
mixed person has of others comes from the photos of these, and what is between several people from those of each.

A redrawn face is set into a scene that was painted for the person, whose face is like theirs already. Of somebody who
is not tuned yet, that face itself takes on the detail of the photos: a portrait at first sight.

Sources: Burt and Adelson 1983, "A Multiresolution Spline with Application to Image Mosaics"; Li et al. 2020, "Enhanced
Blind Face Restoration with Multi-Exemplar Images", for the idea that photos of the same person guide.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from types import MappingProxyType

import cv2
import torch
import torch.nn.functional as F
from PIL import Image
from torch import Tensor

from facea_desktop.domain.faces import INNER_PARTS, Attribute, FacePart
from facea_desktop.engine.attribute_network import attribute_reader
from facea_desktop.engine.face_alignment import aligned, misfit
from facea_desktop.engine.face_parser import SIDE
from facea_desktop.engine.parsed_crop import ParsedCrop
from facea_desktop.engine.parsed_masks import LABELS
from facea_desktop.engine.pixels import to_picture

MOUTH_PART = 0.1
"""How much of a mouth's misfit counts for the rest of the face: cheeks go with it."""
MOST_PHOTOS = 12
"""Of a person that are looked at; each takes a tenth of a second."""
PART_MARGIN = 0.02
"""What about lips, eyes or nose belongs to them, in sides of the crop."""
TAKEN_MARGINS = {Attribute.LEFT_EYE: 0.08, Attribute.RIGHT_EYE: 0.08, Attribute.NOSE: 0.06, Attribute.MOUTH: 0.08}
"""The same of what somebody else gives: lids, brows, the sides of a nose and the corners of a mouth come along."""
KEPT_MARGIN = 0.008
"""What about the other attributes stays theirs beside one that is taken."""
EYEWEAR_MARGIN = 0.08
"""What about eyes and brows glasses take up."""
TAKEN_MISFIT = 0.1
"""As ``DetailWeights.misfit``, for photos of whom eyes, nose or mouth are taken."""
GREY_FROM = {Attribute.LEFT_EYE: 3, Attribute.RIGHT_EYE: 3, Attribute.NOSE: 2}
"""Octaves from which what is taken has the colour of the face, as skin and light of others differ."""
CALM_FROM = 3
"""Octaves from which what is taken has no more contrast than the face: there it is light as much as shape."""
MAY_BE, LIKELY, SURELY = 0.2, 0.5, 0.65
"""Probability from which what was read of a face may be so, is rather so than not, and is so."""
DOUBT = 0.12
"""How much less probable than in another photo eyewear may be, or the lack of it, before a photo is doubted."""
RIM = 0.025
"""How far from hair and jaw detail begins, and how softly, in sides of the crop."""
GAIN = (0.05, 1.5)
"""Detail grows with light, in each colour, within these bounds."""
SET_OCTAVES = 7
"""Octaves that a redrawn face gives a scene; what is coarser is the light of the whole."""
OBEYED = ("expression", "eyewear")
"""Groups of words that a redrawn face forgets, where photos show otherwise."""
FINEST = 1
"""Octaves that come from one photo where those of several people are mixed."""


@dataclass(frozen=True)
class DetailWeights:
    """How much is taken of photos.

    Attributes:
        face: how far a photo's detail takes the place of the face's own, from the finest octave on.
        mouth: the same for the mouth.
        taken: the same for what somebody else gives, which has to become like that person's.
        misfit: photos whose landmarks are further off, in sides of the crop, show a head that is held otherwise.
    """

    face: tuple[float, ...]
    mouth: tuple[float, ...]
    misfit: float
    taken: tuple[float, ...] = (1.0, 1.0, 1.0, 1.0, 1.0, 0.9)


REDRAWN = DetailWeights((1.0, 1.0, 1.0, 0.8, 0.5), (1.0, 1.0, 1.0, 1.0, 0.8), 0.03)
"""For a face that was redrawn, is like the person already, and has a smeared mouth."""
ALIKE = DetailWeights((1.0, 1.0, 1.0, 1.0, 0.8), (1.0, 1.0, 1.0, 1.0, 0.9), 0.1)
"""For a face that has to become like the person: the scene's own, or one between several people, blotchy all over."""

SLIGHT = DetailWeights((1.0, 1.0, 0.7, 0.3), (1.0, 1.0, 0.7, 0.3), 0.1)
"""For a face with an expression that no photo shows."""


@dataclass(frozen=True)
class PhotoShare:
    """Photos of somebody whom a face, or an attribute of it, is of in part.

    Attributes:
        photos: of any size, cut by ``Crop.of_face``; the first MOST_PHOTOS are looked at.
        part: how much of it, 0 to 1.
    """

    photos: Sequence[Image.Image]
    part: float = 1.0


@dataclass(frozen=True)
class _Detail:
    """A photo whose detail a region takes, in part.

    Attributes:
        octaves: as ``DetailWeights.face``.
        grey_from: octaves from this one on change the light, and leave the face its colour.
        shape: what is laid over the face in its own proportions, as it is somebody else's; None for the whole face.
    """

    photo: ParsedCrop
    part: float
    octaves: Sequence[float]
    grey_from: float = math.inf
    shape: FacePart | None = None

    def over(self, own: ParsedCrop, pictures: Tensor) -> Tensor:
        """``pictures`` of the photo's size, laid over a face; (1, c, SIDE, SIDE)."""
        return aligned(pictures, self.photo.places[None], own.places[None], self.shape)


def with_photo_detail(
    face: Image.Image,
    shares: Sequence[PhotoShare],
    wanted: Mapping[str, str],
    weights: DetailWeights = REDRAWN,
    taken: Mapping[Attribute, Sequence[PhotoShare]] = MappingProxyType({}),
    *,
    around_eyes: bool = True,
) -> Image.Image | None:
    """A face with what photos of a person show of it.

    Args:
        face: RGB, cut by ``Crop.of_face``.
        shares: photos of the person; of somebody between several people, those of each.
        wanted: the expression and the eyewear that are asked for, as far as they are, by group.
        taken: whose eyes, nose or mouth the person has, as far as they are not the person's own; photos that are
            not there any more leave these as they are.
        around_eyes: off leaves the eyes and what is about them, so that photos need not agree in eyewear.

    Returns:
        RGB, 256 pixels; None where no photo suits the face.
    """
    own = ParsedCrop.of(face) if any(share.photos for share in shares) else None
    if own is None:
        return None
    face_details, mouths = [], []
    for share in shares:
        parsed = _parsed(share.photos)
        asked = {wanted["eyewear"]: 1.0} if "eyewear" in wanted else own.eyewear
        if not around_eyes:
            asked = dict.fromkeys(own.eyewear, 1.0)
        fitting = _fitting(parsed, own, weights.misfit, asked)
        if not fitting and own.eyewear.get(wanted.get("eyewear", ""), 0.0) < 0.5:  # it was asked for and is not there
            fitting = _fitting(parsed, own, weights.misfit, own.eyewear)
        if fitting:
            plain = _plainest(fitting) if around_eyes else fitting
            off = {photo: _mouth_misfit(photo, own, wanted.get("expression")) for photo in fitting}
            base = min(plain, key=lambda photo: fitting[photo] + MOUTH_PART * off[photo])
            face_details.append(_Detail(base, share.part, weights.face))
            mouths.append(_Detail(min(fitting, key=off.__getitem__), share.part, weights.mouth))
    if not face_details:
        return None
    parts = {part: mouths if part is Attribute.MOUTH else face_details for part in (Attribute.MOUTH, *taken)}
    for part, givers in taken.items():
        left = 1 - sum(giver.part for giver in givers)
        parts[part] = [replace(one, part=left * one.part) for one in parts[part] if left > 0]
        for giver in givers:
            candidates = _giving(giver.photos, own, part, wanted.get("expression"))
            if candidates:
                nearest = min(candidates, key=candidates.__getitem__)
                grey = GREY_FROM.get(part, math.inf)
                parts[part].append(_Detail(nearest, giver.part, weights.taken, grey, LABELS[part]))
    masks = {part: _part_mask(part, own, parts[part], is_taken=part in taken) for part in parts}
    rest = 1 - torch.cat([*masks.values()]).amax(0, keepdim=True)
    if not around_eyes:
        eyewear = _soft_mask(own.shows(FacePart.LEFT_EYE, FacePart.RIGHT_EYE, FacePart.BROWS), EYEWEAR_MARGIN)
        rest, masks = rest * (1 - eyewear), {part: mask * (1 - eyewear) for part, mask in masks.items()}
    picture = _with_details(own.pixels[None], own, face_details, rest)
    for part, mask in masks.items():
        picture = _with_details(picture, own, parts[part], mask)
    return to_picture(picture[0])


def set_into(scene: Image.Image, face: Image.Image) -> Image.Image:
    """What a redrawn face changed, within the face; hair, jaw, light and colour stay as the scene had them.

    Args:
        scene: RGB, cut by ``Crop.of_face`` before the face was redrawn; its face is like the redrawn one already.
        face: RGB, the same cut afterwards.

    Returns:
        RGB, 256 pixels; ``face`` itself where either face cannot be read.
    """
    before, after = ParsedCrop.of(scene), ParsedCrop.of(face)
    if before is None or after is None:
        return face
    where = _soft_mask(before.shows(*INNER_PARTS) * after.shows(*INNER_PARTS), -RIM)
    old, new = (_octaves(one.pixels[None], SET_OCTAVES) for one in (before, after))
    picture = before.pixels[None]
    for mine, theirs in zip(old, new):
        picture = picture + where * (theirs - mine)
    return to_picture(picture[0])


def plainness(face: Image.Image, wanted: Mapping[str, str]) -> float:
    """How surely a face crop shows the expression and the eyewear that are asked for: the least probability of them."""
    if wanted.keys().isdisjoint(OBEYED):
        return 1.0  # most prompts: the face need not be read
    read = attribute_reader().read(face)
    return min((read[group][wanted[group]] for group in OBEYED if wanted.get(group) in read[group]), default=1.0)


def shows(face: Image.Image, wanted: Mapping[str, str]) -> bool:
    """Whether the expression and the eyewear that are asked for, as far as they are, are to be seen in a face crop."""
    return plainness(face, wanted) >= LIKELY


def can_give(photos: Sequence[Image.Image], face: Image.Image, part: Attribute) -> bool:
    """Whether an attribute of a face can be taken from photos, both as ``with_photo_detail`` has them."""
    own = ParsedCrop.of(face)
    return own is not None and bool(_giving(photos, own, part))


def _parsed(photos: Sequence[Image.Image]) -> list[ParsedCrop]:
    """The first MOST_PHOTOS, without those in which eyes, nose or mouth are not seen."""
    return [one for one in map(ParsedCrop.of, photos[:MOST_PHOTOS]) if one is not None]


def _fitting(
    photos: Sequence[ParsedCrop], own: ParsedCrop, most: float, eyewear: Mapping[str, float]
) -> dict[ParsedCrop, float]:
    """Photos whose eyewear may be the face's, and whose landmarks are at most so far off, each with how far.

    Args:
        eyewear: of the face, the probabilities of its values; a soft face is not read surely.
    """
    return _held_alike([photo for photo in photos if eyewear.get(photo.likeliest_eyewear, 0.0) >= MAY_BE], own, most)


def _plainest(photos: Collection[ParsedCrop]) -> list[ParsedCrop]:
    """Those that show their eyewear, or the lack of it, about as plainly as others do: thin rims are hard to read."""
    plainest: dict[str, float] = {}
    for photo in photos:
        value = photo.likeliest_eyewear
        plainest[value] = max(plainest.get(value, 0.0), photo.eyewear[value])
    return [one for one in photos if one.eyewear[one.likeliest_eyewear] >= plainest[one.likeliest_eyewear] - DOUBT]


def _held_alike(photos: Sequence[ParsedCrop], own: ParsedCrop, most: float) -> dict[ParsedCrop, float]:
    """Photos whose landmarks are at most so far off the face's, each with how far."""
    misfits = {photo: float(misfit(photo.places[None], own.places[None])) for photo in photos}
    return {photo: off for photo, off in misfits.items() if off <= most}


def _giving(
    photos: Sequence[Image.Image], own: ParsedCrop, part: Attribute, expression: str | None = None
) -> dict[ParsedCrop, float]:
    """Photos from which an attribute can be taken, each with how badly it suits.

    Args:
        expression: that is asked for.
    """
    found = _parsed(photos)
    if part is not Attribute.MOUTH:  # a part of a pair of glasses would come along, or be painted over
        bare = own.eyewear.get("none", 0.0) >= LIKELY
        found = [photo for photo in found if bare and photo.eyewear.get("none", 0.0) >= SURELY]
    fitting = _held_alike(found, own, TAKEN_MISFIT)
    mouths = {photo: _mouth_misfit(photo, own, expression) for photo in fitting}
    return mouths if part is Attribute.MOUTH else {one: off + MOUTH_PART * mouths[one] for one, off in fitting.items()}


def _mouth_misfit(photo: ParsedCrop, own: ParsedCrop, expression: str | None) -> float:
    """How far the mouth of a photo is from the expression that is asked for, else from the face's shape of it."""
    if expression is not None and expression in photo.read["expression"]:
        return 1 - photo.read["expression"][expression]
    return float((photo.mouth - own.mouth).abs().max())


def _part_mask(part: Attribute, own: ParsedCrop, details: Sequence[_Detail], *, is_taken: bool) -> Tensor:
    """Where an attribute is on the face, or on the photos laid over it if it is taken, (1, 1, SIDE, SIDE)."""
    shown = own.shows(LABELS[part])
    if not is_taken:
        return _soft_mask(shown, PART_MARGIN)
    for one in details:
        shown = torch.maximum(shown, one.over(own, one.photo.shows(LABELS[part])).round())
    others = own.shows(*(label for other, label in LABELS.items() if other is not part))
    return _soft_mask(shown, TAKEN_MARGINS[part]) * (1 - _soft_mask(others, KEPT_MARGIN, RIM / 2))


def _with_details(picture: Tensor, own: ParsedCrop, details: Sequence[_Detail], where: Tensor) -> Tensor:
    """``picture`` with the detail of photos, each as far as it shows a face there; (1, 3, SIDE, SIDE).

    What is coarse is mixed by the photos' parts. Of the finest octaves two photos show nothing in common, and their
    mean is dull: these come from the photo that has the largest part.

    Args:
        where: (1, 1, SIDE, SIDE), 0 to 1.
    """
    result = picture
    largest = max((one.part for one in details), default=0.0)
    main = next((one for one in details if one.part == largest), None)
    for one in details:
        both = torch.cat([one.photo.pixels[None], one.photo.shows(*INNER_PARTS)], 1)
        over = one.over(own, both)
        shown = where * _soft_mask(own.shows(*INNER_PARTS) * over[:, 3:].round(), -RIM)
        light = [((pixels + 1) * shown).sum((2, 3), keepdim=True) for pixels in (picture, over[:, :3])]
        gain = (light[0] / light[1].clamp(min=1e-3)).clamp(*GAIN)
        lit = _faded(gain * over[:, :3], picture, shown)
        mine, theirs = (_octaves(pixels, len(one.octaves)) for pixels in (picture, lit))
        for number, strength in enumerate(one.octaves):
            part = one.part if number >= FINEST else float(one is main)
            detail = theirs[number]
            if one.shape is not None and number >= CALM_FROM:
                own_contrast, contrast = ((each.mean(1) * shown[:, 0]).norm() for each in (mine[number], detail))
                detail = detail * (own_contrast / contrast.clamp(min=1e-3)).clamp(max=1)
            change = detail - mine[number]
            if number >= one.grey_from:
                change = change.mean(1, keepdim=True)
            result = result + part * strength * shown * change
    return result


def _faded(photo: Tensor, picture: Tensor, where: Tensor) -> Tensor:
    """A photo with no more colour than a picture has there, and none where that is in black and white."""
    grey = photo.mean(1, keepdim=True)
    own, photos = (((each - each.mean(1, keepdim=True)) * where).norm() for each in (picture, photo))
    return grey + (own / photos.clamp(min=1e-3)).clamp(max=1) * (photo - grey)


def _octaves(picture: Tensor, count: int) -> list[Tensor]:
    """What a picture shows at one scale and not at the next, from the finest on; each of the picture's size."""
    scales = [picture, *(_blurred(picture, 2.0**number) for number in range(count))]
    return [fine - coarse for fine, coarse in pairwise(scales)]


def _soft_mask(mask: Tensor, margin: float, rim: float = RIM) -> Tensor:
    """A mask (1, 1, h, w) grown by a margin, or shrunk by a negative one, with a soft rim; in sides of the picture."""
    reach = round(abs(margin) * SIDE)
    inside = mask if margin > 0 else 1 - mask
    grown = F.max_pool2d(inside, 2 * reach + 1, stride=1, padding=reach)
    return _blurred(grown if margin > 0 else 1 - grown, rim * SIDE)


def _blurred(picture: Tensor, deviation: float) -> Tensor:
    """(1, c, h, w), Gaussian."""
    pixels = picture[0].permute(1, 2, 0).numpy()
    soft = cv2.GaussianBlur(pixels, (0, 0), deviation, borderType=cv2.BORDER_REPLICATE)
    return torch.from_numpy(soft.reshape(pixels.shape)).permute(2, 0, 1)[None]
