"""A look at a mix before it is tuned: each attribute v' redrawn with the adapter of the person it comes from."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Observer, ProgressReporter
from facea_desktop.domain.faces import part_prompt
from facea_desktop.domain.mix_requests import AttributeSource, MixPreviewRequest
from facea_desktop.domain.outcomes import MixPreviewed
from facea_desktop.domain.people import Profile
from facea_desktop.domain.permissions import preview_base_refusal, preview_source_refusal
from facea_desktop.engine.composition import Target, paste_back, target_of_mask
from facea_desktop.engine.crops import Crop
from facea_desktop.engine.face_masks import part_masks
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.engine.painting_memory import with_memory_stepdown
from facea_desktop.engine.person_reader import read_references
from facea_desktop.engine.refusal_errors import require
from facea_desktop.library.photo_reader import png_bytes, read_photo

WEAKEST = 0.35
"""Denoising strength of a take that goes no way at all; below it nothing of another person shows."""


def preview_mix(manager: ModelManager, request: MixPreviewRequest, observer: Observer) -> MixPreviewed:
    """Redraw each attribute's mask with the giver's adapter; nothing is trained or stored.

    Raises:
        UserError: a consent has ended, a giver is not tuned or of another family, or the picture does not show v'.
        CancelledError: stopped.
    """
    profile = manager.library.get(request.person)
    givers = [manager.library.get(take.person) for take in request.takes]
    for giver in givers:
        require(preview_source_refusal(profile, giver))
    require(preview_base_refusal(profile, on_photos=request.picture is None))
    family = manager.family(profile.family)
    progress = ProgressReporter(observer, "previewing", len(givers) * family.steps)
    picture, masks = _base(manager, profile, request.picture)
    before = picture
    for number, (take, giver) in enumerate(zip(request.takes, givers, strict=True)):
        if take.attribute not in masks:
            raise UserError(f"The {take.attribute.replace('_', ' ')} is not visible in this picture; try another.")
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
                seed=request.seed,
                strength=WEAKEST + (1 - WEAKEST) * take.strength,
                reached=reached,
            )

        picture = paste_back(picture, with_memory_stepdown(manager, redraw, observer), target)
        progress.update((number + 1) * family.steps)
    return MixPreviewed(png_bytes(before), png_bytes(picture))


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
