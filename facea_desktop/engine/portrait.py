"""Portraits of a person: a PortraitRequest carried out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Meter, Observer, Warned
from facea_desktop.domain.faces import Box
from facea_desktop.domain.people import Profile
from facea_desktop.domain.prompts import split_prompt
from facea_desktop.domain.requests import PortraitRequest
from facea_desktop.engine.compose import Target, paste_back, target_of_face, target_of_mask
from facea_desktop.engine.likeness import Likeness, facenet, measure
from facea_desktop.engine.photos import read_photo
from facea_desktop.engine.schedulers import stopping, with_scheduler
from facea_desktop.engine.studio import Studio
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


@dataclass(frozen=True)
class SavedPortrait:
    """A portrait on disk; ``context`` and ``mask`` are None unless the stages were asked for."""

    path: Path
    seed: int
    likeness: Likeness | None
    context: Path | None
    mask: Path | None


def make_portraits(
    studio: Studio, request: PortraitRequest, observer: Observer, out: Path, *, stages: bool = False
) -> list[SavedPortrait]:
    """Paint and save the request's pictures, each as soon as it is done.

    Raises:
        UserError: the person is not tuned, the leave has ended, no face is found, or the disk is full.
        CancelledError: stopped; the pictures that were done stay.
    """
    profile = studio.library.get(request.person)
    until = profile.consent.until
    if until is not None and until < date.today():
        raise UserError(f"The leave to portray {profile.name} ended on {until}; ask for it again and enrol anew.")
    own = studio.own_embeddings(profile)
    meter = Meter(observer, "painting", request.count)
    saved = []
    for index in range(request.count):
        one = request.model_copy(update={"person": profile.id, "seed": _seed(request, index), "count": 1})
        portrait = paint(studio, profile, one, own, observer)
        stem = _free_stem(out, f"{profile.id}-{one.seed}")
        path = out / f"{stem}.png"
        settings = _without_folders(one).model_dump_json()
        save_portrait(path, portrait.image, settings)
        context = mask = None
        if stages:
            context, mask = out / f"{stem}-context.png", out / f"{stem}-mask.png"
            save_portrait(context, portrait.context, settings, ai_label=one.picture is None)
            save_portrait(mask, portrait.mask, settings, ai_label=False)
        saved.append(SavedPortrait(path, one.seed, portrait.likeness, context, mask))
        meter.reached(index + 1)
    return saved


def paint(
    studio: Studio, profile: Profile, request: PortraitRequest, own: Sequence[np.ndarray], observer: Observer
) -> Portrait:
    """One portrait: context picture, face, redraw, paste.

    Args:
        own: embeddings of the person's photos, to measure the likeness; none for a person without photos.

    Raises:
        UserError: as ``make_portraits``.
    """
    family = studio.family(profile.family)
    scene, words = prompts_of(profile, request)
    if request.picture is not None:
        context = _fitting(read_photo(request.picture), observer)
        target = _target(studio, family, request, context)
    else:
        context, target = _painted_context(studio, family, request, scene, observer)

    def redraw(offload: bool) -> Image.Image:
        model = studio.identity(family, offload=offload)
        if request.identity:
            studio.put_on(model, profile)
        else:
            model.take_off()
        return model.redraw(
            target.crop.cut(context, family.side),
            target.mask,
            words,
            seed=request.seed,
            steps=request.steps,
            guidance=request.guidance,
            scheduler=request.scheduler,
            strength=request.strength,
            negative=request.negative_prompt,
            observer=observer,
        )

    patch = _in_memory(studio, redraw, observer)
    image = paste_back(context, patch, target)
    return Portrait(image, context, target.region, request.seed, _likeness(studio, family, own, image, target))


def prompts_of(profile: Profile, request: PortraitRequest) -> tuple[str, str]:
    """T_c and T_id of a request: given by hand, or split from T."""
    parts = split_prompt(request.prompt, profile.subject)
    scene = request.context_prompt if request.context_prompt is not None else parts.context
    face = request.face_prompt if request.face_prompt is not None else parts.face
    return scene, face


def _painted_context(
    studio: Studio, family: Family, request: PortraitRequest, scene: str, observer: Observer
) -> tuple[Image.Image, Target]:
    """x from G_c, and the face in it."""
    for attempt in range(CONTEXT_TRIES):
        seed = (request.seed + attempt * 0x9E3779B1) % 2**32
        context = _paint_context(studio, family, request, scene, seed, observer)
        try:
            return context, _target(studio, family, request, context)
        except NoFaceError:
            if attempt == CONTEXT_TRIES - 1:
                raise
            observer.tell(Warned("No face was found in the scene; painting it again from another seed."))
    raise AssertionError  # the last attempt returned or raised


def _paint_context(
    studio: Studio, family: Family, request: PortraitRequest, scene: str, seed: int, observer: Observer
) -> Image.Image:
    def run(offload: bool) -> Image.Image:
        pipe = studio.context(family, offload=offload)
        with_scheduler(pipe, request.scheduler or family.scheduler)
        painted: Image.Image = pipe(
            prompt=scene,
            negative_prompt=request.negative_prompt,
            height=family.context_side,
            width=family.context_side,
            num_inference_steps=request.context_steps or family.context_steps,
            guidance_scale=request.context_guidance or family.context_guidance,
            generator=torch.Generator().manual_seed(seed),
            callback_on_step_end=stopping(observer),
        ).images[0]
        return painted

    return _in_memory(studio, run, observer)


def _in_memory(studio: Studio, run: Callable[[bool], Image.Image], observer: Observer) -> Image.Image:
    """``run(offload=False)``, and where the device's memory does not suffice, once more with offload.

    Raises:
        UserError: it does not suffice either way.
    """
    try:
        return run(False)
    except torch.OutOfMemoryError:
        observer.tell(Warned("Memory is short: the model now visits the device piece by piece, which is slower."))
    studio.forget_models()
    try:
        return run(True)
    except torch.OutOfMemoryError as error:
        raise UserError(
            "The device has too little memory for this model; close other programs, or set FACEA_DEVICE=cpu."
        ) from error


def _target(studio: Studio, family: Family, request: PortraitRequest, context: Image.Image) -> Target:
    if request.mask is not None:
        return target_of_mask(_fitting(read_photo(request.mask), Observer()), context.size, family.side)
    faces = studio.detector(family).find(context)
    if not faces:
        where = request.picture.name if request.picture is not None else "the scene"
        raise NoFaceError(f"No face was found in {where}; give another picture or prompt, or a mask with --mask.")
    if request.face >= len(faces):
        found = "1 face was" if len(faces) == 1 else f"{len(faces)} faces were"
        raise UserError(f"--face {request.face} is not there: {found} found; count from 0, the largest.")
    return target_of_face(faces[request.face], context.size, family.side)


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


def _seed(request: PortraitRequest, index: int) -> int:
    return (request.seed + index) % 2**32


def _free_stem(out: Path, stem: str) -> str:
    """A name that no earlier portrait has."""
    names = (f"{stem}-{i}" if i else stem for i in range(10_000))
    return next(name for name in names if not (out / f"{name}.png").exists())
