"""Portraits of a person: a PortraitRequest carried out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageChops
from torch import Tensor

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Meter, Observer, Painted, Warned
from facea_desktop.domain.faces import Box
from facea_desktop.domain.people import Profile
from facea_desktop.domain.prompts import split_prompt
from facea_desktop.domain.requests import Casting, PortraitRequest
from facea_desktop.engine.compose import Target, paste_back, target_of_face, target_of_mask
from facea_desktop.engine.glimpse import decoded, is_due, preview, with_patch
from facea_desktop.engine.likeness import Likeness, facenet, measure
from facea_desktop.engine.photos import read_photo
from facea_desktop.engine.placed import placed
from facea_desktop.engine.schedulers import after_each_step, with_scheduler
from facea_desktop.engine.studio import Studio, check_leave, tuning_of
from facea_desktop.library.pictures import save_portrait
from facea_desktop.models.catalogue import Family

CONTEXT_TRIES = 4
"""A context picture without a face is painted again from another seed this often in all."""
LARGEST_SIDE = 4096
"""A picture of the user's that is larger is scaled down: the memory for blending grows with its pixels."""


class NoFaceError(UserError):
    """The detector found nothing to redraw."""


@dataclass(frozen=True)
class Portrait:
    """One picture made.

    Attributes:
        image: the portrait, RGB.
        context: x, before the face was redrawn.
        mask: mode L; pixels of ``image`` and ``context`` are equal where it is black.
        likeness: None where no face is found in the result.
    """

    image: Image.Image
    context: Image.Image
    mask: Image.Image
    seed: int
    likeness: Likeness | None


def make_portraits(
    studio: Studio, request: PortraitRequest, observer: Observer, out: Path, *, stages: bool = False
) -> list[Painted]:
    """Paint and save the request's pictures, each as soon as it is done.

    Args:
        stages: keep the context picture and the mask beside each picture.

    Raises:
        UserError: a person is not tuned or was deleted, the leave has ended, no face is found, or the disk is full.
        CancelledError: stopped; the pictures that were done stay.
    """
    cast = _cast(studio, request)
    own = studio.own_embeddings(cast[0].profile)
    others = tuple(Casting(face=role.face, person=role.profile.id) for role in cast[1:])
    request = request.model_copy(update={"person": cast[0].profile.id, "others": others})
    each = _steps(studio, cast, request)
    observer.tell(placed(studio.placement(studio.family(cast[0].profile.family))))
    meter = Meter(observer, "painting", request.count * each)
    painted = []
    for index in range(request.count):
        one = request.model_copy(update={"seed": (request.seed + index) % 2**32, "count": 1})

        def reached(step: int, done: int = index * each) -> None:
            meter.reached(done + step)

        portrait = paint(studio, cast, one, own, observer, reached)
        for role in cast:
            studio.library.get(role.profile.id)  # of somebody who was deleted meanwhile no picture is kept
        painted.append(_save(portrait, one, out, stages=stages))
        observer.tell(painted[-1])
        meter.reached((index + 1) * each)
    return painted


@dataclass(frozen=True)
class Role:
    """One person of a portrait, and the face that becomes theirs."""

    profile: Profile
    face: int


def paint(
    studio: Studio,
    cast: Sequence[Role],
    request: PortraitRequest,
    own: Sequence[np.ndarray],
    observer: Observer,
    reached: Callable[[int], None],
) -> Portrait:
    """One portrait: context picture, face, redraw, paste; then the faces of the others.

    Args:
        cast: the person, then the others.
        own: embeddings of the person's photos, to measure the likeness; none for a person without photos.
        reached: told how many denoising steps are done, and raises to stop.

    Raises:
        UserError: as ``make_portraits``.
    """
    first = cast[0].profile
    family = studio.family(first.family)
    if request.picture is not None:
        context, before = _fitting(read_photo(request.picture), observer), 0
        targets = _targets(studio, family, cast, request, context)
    else:
        before = request.context_steps or family.context_steps
        context, targets = _painted_context(studio, family, cast, request, observer, reached)
    observer.tell(preview(request.seed, context))
    image = context
    for number, (role, target) in enumerate(zip(cast, targets, strict=True)):
        done = before + number * (request.steps or family.steps)

        def counted(step: int, done: int = done) -> None:
            reached(done + step)

        patch = _redrawn(studio, role.profile, request, image, target, number, observer, counted)
        image = paste_back(image, patch, target)
    region = reduce(ImageChops.lighter, (target.region for target in targets))
    return Portrait(image, context, region, request.seed, _likeness(studio, family, own, image, targets[0]))


def _cast(studio: Studio, request: PortraitRequest) -> list[Role]:
    """Everyone in the picture; whoever may not or cannot be painted is found here, before anything is."""
    roles = [Role(studio.library.get(request.person), request.face)]
    roles += [Role(studio.library.get(other.person), other.face) for other in request.others]
    check_leave(*(role.profile for role in roles))
    for profile in (role.profile for role in roles):
        if request.identity:
            tuning_of(profile)
        if profile.family != roles[0].profile.family:
            raise UserError(
                f"{profile.name} was tuned with other models than {roles[0].profile.name}; tune both alike."
            )
    faces = [role.face for role in roles]
    if len(set(faces)) < len(faces):
        raise UserError("Two people are to go into the same face; choose a face of their own for each.")
    return roles


def _steps(studio: Studio, cast: Sequence[Role], request: PortraitRequest) -> int:
    """Denoising steps of one picture."""
    family = studio.family(cast[0].profile.family)
    scene = 0 if request.picture is not None else request.context_steps or family.context_steps
    return scene + len(cast) * (request.steps or family.steps)


def _save(portrait: Portrait, request: PortraitRequest, out: Path, *, stages: bool) -> Painted:
    stem = _free_stem(out, f"{request.person}-{request.seed}")
    path = out / f"{stem}.png"
    settings = _without_folders(request).model_dump_json()
    context = mask = None
    if stages:  # before the picture: whoever sees it finds them
        context, mask = out / f"{stem}-context.png", out / f"{stem}-mask.png"
        save_portrait(context, portrait.context, settings, ai_label=request.picture is None)
        save_portrait(mask, portrait.mask, settings, ai_label=False)
    save_portrait(path, portrait.image, settings)
    found = portrait.likeness
    numbers = (found.score, found.own_photos, found.strangers) if found is not None else (None, None, None)
    return Painted(path, request.seed, context, mask, *numbers)


def _redrawn(
    studio: Studio,
    profile: Profile,
    request: PortraitRequest,
    picture: Image.Image,
    target: Target,
    number: int,
    observer: Observer,
    reached: Callable[[int], None],
) -> Image.Image:
    """The patch that becomes ``profile``'s face in ``picture``."""
    family = studio.family(profile.family)
    words = prompts_of(profile, request)[1]
    steps = max(1, int((request.steps or family.steps) * request.strength))  # as many as the pipeline does

    def redraw(offload: bool) -> Image.Image:
        model = studio.identity(family, offload=offload)
        moving = model.placement.offload

        def watch(step: int, latents: Tensor) -> None:
            reached(step)
            if is_due(step, steps) and not moving:
                now = with_patch(picture, decoded(model.pipe, latents), target)
                observer.tell(preview(request.seed, now))

        if request.identity:
            studio.put_on(model, profile)
        else:
            model.take_off()
        return model.redraw(
            target.crop.cut(picture, family.side),
            target.mask,
            words,
            seed=(request.seed + number) % 2**32,
            steps=request.steps,
            guidance=request.guidance,
            scheduler=request.scheduler,
            strength=request.strength,
            negative=request.negative_prompt,
            reached=watch,
        )

    return in_memory(studio, redraw, observer)


def prompts_of(profile: Profile, request: PortraitRequest) -> tuple[str, str]:
    """T_c and T_id of a request: given by hand, or split from T."""
    parts = split_prompt(request.prompt, profile.subject)
    scene = request.context_prompt if request.context_prompt is not None else parts.context
    face = request.face_prompt if request.face_prompt is not None else parts.face
    return scene, face


def _painted_context(
    studio: Studio,
    family: Family,
    cast: Sequence[Role],
    request: PortraitRequest,
    observer: Observer,
    reached: Callable[[int], None],
) -> tuple[Image.Image, list[Target]]:
    """x from G_c, and the faces in it."""
    scene = prompts_of(cast[0].profile, request)[0]
    for attempt in range(CONTEXT_TRIES):
        seed = (request.seed + attempt * 0x9E3779B1) % 2**32
        context = _paint_context(studio, family, request, scene, seed, observer, reached)
        try:
            return context, _targets(studio, family, cast, request, context)
        except NoFaceError:
            if attempt == CONTEXT_TRIES - 1:
                raise
            observer.tell(Warned("No face was found in the scene; painting it again from another seed."))
    raise AssertionError  # the last attempt returned or raised


def _paint_context(
    studio: Studio,
    family: Family,
    request: PortraitRequest,
    scene: str,
    seed: int,
    observer: Observer,
    reached: Callable[[int], None],
) -> Image.Image:
    steps = request.context_steps or family.context_steps

    def run(offload: bool) -> Image.Image:
        pipe = studio.context(family, offload=offload)
        moving = offload or studio.placement(family).offload  # a preview would have the models change places

        def watch(step: int, latents: Tensor) -> None:
            reached(step)
            if is_due(step, steps) and not moving:
                observer.tell(preview(request.seed, decoded(pipe, latents)))

        with_scheduler(pipe, request.scheduler or family.scheduler)
        painted: Image.Image = pipe(
            prompt=scene,
            negative_prompt=request.negative_prompt,
            height=family.context_side,
            width=family.context_side,
            num_inference_steps=steps,
            guidance_scale=request.context_guidance or family.context_guidance,
            generator=torch.Generator().manual_seed(seed),
            callback_on_step_end=after_each_step(watch),
        ).images[0]
        return painted

    return in_memory(studio, run, observer)


def in_memory(studio: Studio, run: Callable[[bool], Image.Image], observer: Observer) -> Image.Image:
    """``run(offload=False)``, and where the device's memory does not suffice, once more with offload.

    Raises:
        UserError: it does not suffice either way.
    """
    try:
        return run(False)
    except torch.OutOfMemoryError:
        observer.tell(Warned("Memory is short: the model now visits the device piece by piece, which is slower."))
    studio.save_memory()
    try:
        return run(True)
    except torch.OutOfMemoryError as error:
        raise UserError(
            "The device has too little memory for this model; close other programs, "
            "or choose the CPU in the settings (or with FACEA_DEVICE=cpu)."
        ) from error


def _targets(
    studio: Studio, family: Family, cast: Sequence[Role], request: PortraitRequest, context: Image.Image
) -> list[Target]:
    """What becomes whose face; a mask that the user drew stands for the first one's.

    Raises:
        NoFaceError: the detector finds none.
        UserError: a face that somebody is to go into is not there, or the mask does not fit.
    """
    drawn = []
    if request.mask is not None:
        mask = _fitting(read_photo(request.mask), Observer())
        drawn, cast = [target_of_mask(mask, context.size, family.side)], cast[1:]
    faces = studio.detector(family).find(context) if cast else []
    if cast and not faces:
        raise NoFaceError(
            "No face was found in the scene; give another picture or prompt, or a mask where the face belongs "
            "(--mask on the command line)."
        )
    for role in cast:
        if role.face >= len(faces):
            found = "1 face was" if len(faces) == 1 else f"{len(faces)} faces were"
            raise UserError(f"Face {role.face} is not there: {found} found; count from 0, the largest.")
    return drawn + [target_of_face(faces[role.face], context.size, family.side) for role in cast]


def _likeness(
    studio: Studio, family: Family, own: Sequence[np.ndarray], image: Image.Image, target: Target
) -> Likeness | None:
    """Likeness of the face that lies most in the redrawn region."""
    bounds = target.region.getbbox()
    if bounds is None or not own:
        return None
    region = Box(*bounds)
    faces = [face for face in studio.detector(family).find(image) if face.box.overlap(region) > 0]
    if not faces:
        return None
    face = max(faces, key=lambda face: face.box.overlap(region))
    return measure(facenet().embed(image, face.box), own)


def _fitting(picture: Image.Image, observer: Observer) -> Image.Image:
    scale = LARGEST_SIDE / max(picture.size)
    if scale >= 1:
        return picture
    observer.tell(Warned(f"The picture is scaled down to {LARGEST_SIDE} pixels."))
    return picture.resize([max(1, round(side * scale)) for side in picture.size], Image.Resampling.LANCZOS)


def _without_folders(request: PortraitRequest) -> PortraitRequest:
    """What goes into the picture: one that is shared must not tell where its maker keeps things."""
    names = {name: path and Path(path.name) for name, path in (("picture", request.picture), ("mask", request.mask))}
    return request.model_copy(update=names)


def _free_stem(out: Path, stem: str) -> str:
    """A name that no earlier portrait has."""
    names = (f"{stem}-{i}" if i else stem for i in range(10_000))
    return next(name for name in names if not (out / f"{name}.png").exists())
