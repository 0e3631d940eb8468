"""A look at a mix before it is tuned: each attribute v' redrawn with the adapter of the person it comes from."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Meter, Observer
from facea_desktop.domain.faces import part_prompt
from facea_desktop.domain.outcomes import MixPreviewed
from facea_desktop.domain.people import Profile
from facea_desktop.domain.requests import MixPreviewRequest, Take
from facea_desktop.engine.compose import Target, paste_back, target_of_mask
from facea_desktop.engine.crops import Crop
from facea_desktop.engine.masks import part_masks
from facea_desktop.engine.portrait import in_memory
from facea_desktop.engine.studio import Studio, check_leave, tuning_of
from facea_desktop.library.photos import png_bytes, read_photo

WEAKEST = 0.35
"""Denoising strength of a take that goes no way at all; below it nothing of another person shows."""


def preview_mix(studio: Studio, request: MixPreviewRequest, observer: Observer) -> MixPreviewed:
    """Redraw each attribute's mask with the giver's adapter; nothing is trained or stored.

    Raises:
        UserError: a leave has ended, a giver is not tuned or of another family, or the attribute is not on the picture.
        CancelledError: stopped.
    """
    profile = studio.library.get(request.person)
    givers = [studio.library.get(take.person) for take in request.takes]
    check_leave(profile, *givers)
    for giver in givers:
        tuning_of(giver)
        if giver.id == profile.id:
            raise UserError(
                f"{profile.name} cannot take anything from {profile.name}; choose another person to take it from."
            )
        if giver.family != profile.family:
            raise UserError(f"{giver.name} was tuned with other models than {profile.name}; tune both with the same.")
    family = studio.family(profile.family)
    meter = Meter(observer, "previewing", len(givers) * family.steps)
    picture, masks = _base(studio, profile, request.picture)
    before = picture
    for number, (take, giver) in enumerate(zip(request.takes, givers, strict=True)):
        if take.attribute not in masks:
            raise UserError(f"The {take.attribute.replace('_', ' ')} is not to be seen on this picture; try another.")
        target = _target(masks[take.attribute], picture.size, family.side)

        def reached(step: int, _: object, done: int = number * family.steps) -> None:
            meter.reached(done + step)

        def redraw(
            offload: bool,
            take: Take = take,
            giver: Profile = giver,
            target: Target = target,
            base: Image.Image = picture,
        ) -> Image.Image:
            model = studio.identity(family, offload=offload)
            studio.put_on(model, giver)
            return model.redraw(
                target.crop.cut(base, family.side),
                target.mask,
                part_prompt(giver.subject, take.attribute),
                seed=request.seed,
                strength=WEAKEST + (1 - WEAKEST) * take.strength,
                reached=reached,
            )

        picture = paste_back(picture, in_memory(studio, redraw, observer), target)
        meter.reached((number + 1) * family.steps)
    return MixPreviewed(png_bytes(before), png_bytes(picture))


def _base(studio: Studio, profile: Profile, path: Path | None) -> tuple[Image.Image, dict[str, Image.Image]]:
    """The face that the attributes go onto, upright and alone, with its masks."""
    if path is None:
        references = studio.references(profile)
        if not references:
            raise UserError(f"{profile.name} has no photo to show the mix on; choose a picture.")
        return references[0].picture, references[0].masks
    picture = read_photo(path)
    faces = studio.detector(studio.family(profile.family)).find(picture)
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
