"""A look at a mix before it is tuned.

Where portraits have their detail from photos, attributes v' are laid over the face from those of the people they come
from, as a portrait will have them; else each is redrawn with the adapter of that person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Observer, ProgressReporter
from facea_desktop.domain.faces import Attribute, part_prompt
from facea_desktop.domain.mix_requests import AttributeSource, MixPreviewRequest, shared_takes, takes_in_turn
from facea_desktop.domain.outcomes import MixPreviewed
from facea_desktop.domain.people import Profile
from facea_desktop.domain.permissions import preview_base_refusal, preview_source_refusal
from facea_desktop.engine.composition import Target, paste_back, target_of_mask
from facea_desktop.engine.crops import Crop
from facea_desktop.engine.face_masks import part_masks
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.engine.painting_memory import with_memory_stepdown
from facea_desktop.engine.person_reader import read_photos, read_references
from facea_desktop.engine.photo_detail import MOST_PHOTOS, PhotoShare, can_give, with_photo_detail
from facea_desktop.engine.refusal_errors import require
from facea_desktop.library.photo_reader import png_bytes, read_photo
from facea_desktop.models.catalogue import Family

WEAKEST = 0.35
"""Denoising strength of a take that goes no way at all; below it nothing of another person shows."""
UNCHANGED = 1
"""Grey levels that laying a photo over itself may cost."""


def preview_mix(manager: ModelManager, request: MixPreviewRequest, observer: Observer) -> MixPreviewed:
    """Show each attribute v' on a face; nothing is trained or stored.

    Raises:
        UserError: a consent has ended, a giver is not tuned where that is needed, or of another family, no photo of a
            giver suits the picture, or that does not show v'.
        CancelledError: stopped.
    """
    profile = manager.library.get(request.person)
    takes = shared_takes(request.takes)
    givers = [manager.library.get(take.person) for take in takes]
    family = manager.family(profile.family)
    for giver in givers:
        require(preview_source_refusal(profile, giver, from_photos=manager.models.at_first_sight(giver)))
    require(preview_base_refusal(profile, on_photos=request.picture is None))
    before, masks = _base(manager, profile, request.picture)
    for take in request.takes:
        if take.attribute not in masks:
            raise UserError(f"The {take.attribute.replace('_', ' ')} is not visible in this picture; try another.")
    if family.photo_detail:
        after = _from_photos(manager, takes, givers, before, observer)
    else:
        after = _redrawn(manager, family, takes_in_turn(takes), givers, request.seed, before, masks, observer)
    return MixPreviewed(png_bytes(before), png_bytes(after))


def _from_photos(
    manager: ModelManager,
    takes: Sequence[AttributeSource],
    givers: Sequence[Profile],
    picture: Image.Image,
    observer: Observer,
) -> Image.Image:
    """A face crop with the attributes of the givers' photos.

    Raises:
        UserError: no photo of a giver suits the face.
    """
    progress = ProgressReporter(observer, "previewing", 1)
    taken: dict[Attribute, list[PhotoShare]] = {}
    for take, giver in zip(takes, givers, strict=True):
        photos = read_photos(manager.library, giver, MOST_PHOTOS)
        if not can_give(photos, picture, take.attribute):
            glasses = "" if take.attribute is Attribute.MOUTH else ", or glasses are in the way"
            raise UserError(
                f"No photo of {giver.name} suits this face: the head is held otherwise{glasses}. "
                f"Add a photo of {giver.name}, or choose somebody else."
            )
        taken.setdefault(take.attribute, []).append(PhotoShare(photos, take.strength))
    patch = with_photo_detail(picture, [PhotoShare([picture])], {}, taken=taken)
    progress.update(1)
    return picture if patch is None else _laid_over(picture, patch)


def _redrawn(
    manager: ModelManager,
    family: Family,
    takes: Sequence[AttributeSource],
    givers: Sequence[Profile],
    seed: int,
    picture: Image.Image,
    masks: Mapping[str, Image.Image],
    observer: Observer,
) -> Image.Image:
    """A face crop with each attribute redrawn with the adapters of those who give it, one after another."""
    progress = ProgressReporter(observer, "previewing", len(givers) * family.steps)
    for number, (take, giver) in enumerate(zip(takes, givers, strict=True)):
        target = _target(masks[take.attribute], picture.size, family.side)

        def reached(step: int, _: object, done: int = number * family.steps) -> None:
            progress.update(done + step)

        def redraw(
            take: AttributeSource = take,
            giver: Profile = giver,
            target: Target = target,
            base: Image.Image = picture,
        ) -> Image.Image:
            model = manager.identity(family)
            manager.load_adapter(model, giver)
            return model.redraw(
                target.crop.cut(base, family.side),
                target.mask,
                part_prompt(giver.subject, take.attribute),
                seed=seed,
                strength=WEAKEST + (1 - WEAKEST) * take.strength,
                reached=reached,
            )

        picture = paste_back(picture, with_memory_stepdown(manager, redraw, observer), target)
        progress.update((number + 1) * family.steps)
    return picture


def _laid_over(picture: Image.Image, patch: Image.Image) -> Image.Image:
    """A face crop with what is different in a smaller copy of it."""
    small = picture.resize(patch.size, Image.Resampling.BICUBIC, reducing_gap=3.0)
    away = np.abs(np.asarray(patch, np.int16) - np.asarray(small, np.int16)).max(-1)
    changed = cv2.dilate((away > UNCHANGED).astype(np.uint8) * 255, np.ones((7, 7), np.uint8))
    mask = Image.fromarray(cv2.GaussianBlur(changed, (0, 0), 2))
    size = picture.size
    return Image.composite(
        patch.resize(size, Image.Resampling.LANCZOS), picture, mask.resize(size, Image.Resampling.BILINEAR)
    )


def _base(manager: ModelManager, profile: Profile, path: Path | None) -> tuple[Image.Image, dict[str, Image.Image]]:
    """The face that the attributes go onto, upright and alone, with its masks."""
    if path is None:
        first = read_references(manager.library, profile)[0]
        return first.picture, first.masks
    picture = read_photo(path)
    faces = manager.detector(manager.family(profile.family)).find(picture)
    if not faces:
        raise UserError(f"{path.name}: no face was found; choose a picture that shows one.")
    crop, side = Crop.of_face(faces[0]), 512
    cut = crop.cut(picture, side)
    return cut, part_masks(cut, crop.inside(faces[0], side))


def _target(mask: Image.Image, size: tuple[int, int], side: int) -> Target:
    """The attribute's mask; the model sees the whole face, as it did while it was tuned."""
    whole = target_of_mask(mask, size, side)
    crop = Crop((size[0] / 2, size[1] / 2), float(size[0]))
    return Target(crop, crop.cut(whole.region, side).point(lambda value: 255 if value >= 128 else 0), whole.region)
