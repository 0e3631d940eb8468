"""Portraits of a person: a PortraitRequest carried out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import TypeVar

import numpy as np
import torch
from PIL import Image, ImageChops
from pydantic import ValidationError
from torch import Tensor

from facea_desktop.domain.emphasis import read_emphasis
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Meter, Observer, Painted, Warned, raise_if_stopped
from facea_desktop.domain.faces import Box
from facea_desktop.domain.files import shown_name
from facea_desktop.domain.model_words import model_prompts
from facea_desktop.domain.people import Appearance, Profile
from facea_desktop.domain.prompts import split_prompt
from facea_desktop.domain.requests import Casting, PortraitRequest
from facea_desktop.domain.styles import style_in
from facea_desktop.engine.compose import Target, coverage_warning, paste_back, target_of_face, target_of_mask
from facea_desktop.engine.crops import upright
from facea_desktop.engine.glimpse import decoded, is_due, preview, with_patch
from facea_desktop.engine.likeness import Likeness, facenet, measure
from facea_desktop.engine.memory import heard_as_out_of_memory
from facea_desktop.engine.placed import placed
from facea_desktop.engine.scene_painter import Scene, SceneRequest
from facea_desktop.engine.studio import Studio, check_leave, tuning_of
from facea_desktop.library.metadata import AI_SOURCE, AI_SOURCE_WHOLE
from facea_desktop.library.photos import LARGEST_SIDE, fitting, read_mask, read_photo
from facea_desktop.library.pictures import read_request, read_source, save_portrait
from facea_desktop.models.catalogue import Family

Made = TypeVar("Made")

CONTEXT_TRIES = 4
"""A context picture without a face is painted again from another seed this often in all."""


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
        context_request: what painted x, where it was kept from an earlier portrait in a style.
    """

    image: Image.Image
    context: Image.Image
    mask: Image.Image
    seed: int
    likeness: Likeness | None
    context_request: PortraitRequest | None = None


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
    if request.mask is not None and (warning := coverage_warning(read_mask(request.mask))):
        observer.tell(Warned(warning))
    for tag in _tags(request):
        observer.tell(Warned(f"{tag} is ignored: files of other programs are imported as a person of their own."))
    own = studio.own_embeddings(cast[0].profile)
    others = tuple(Casting(face=role.face, person=role.profile.id) for role in cast[1:])
    looks = cast[0].profile.appearance if request.appearance is None else request.appearance
    request = request.model_copy(update={"person": cast[0].profile.id, "others": others, "appearance": looks})
    each = _steps(studio, cast, request)
    observer.tell(placed(studio.placement(studio.family(cast[0].profile.family))))
    meter = Meter(observer, "painting", request.count * each)
    painted = []
    for index in range(request.count):
        one = request.model_copy(update={"seed": (request.seed + index) % 2**32, "count": 1})

        def reached(step: int, done: int = index * each) -> None:
            meter.reached(done + step)

        portrait = paint(studio, cast, one, own, observer, reached)
        with studio.library.unchanged():  # nobody is deleted, or takes the stages for left behind, while it is saved
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
        (scene, painted_by), before = _given_scene(studio, request, observer), 0
        targets = _targets(studio, family, cast, request, scene.photo)
    else:
        before, painted_by = request.context_steps or family.context_steps, None
        scene, targets = _painted_scene(studio, family, cast, request, observer, reached)
    observer.tell(preview(request.seed, scene.picture))
    image = scene.photo
    for number, (role, target) in enumerate(zip(cast, targets, strict=True)):
        done = before + number * (request.steps or family.steps)

        def counted(step: int, done: int = done) -> None:
            reached(done + step)

        patch = _redrawn(studio, role.profile, request, scene, image, target, number, observer, counted)
        image = paste_back(image, patch, target)
    region = reduce(ImageChops.lighter, (target.region for target in targets))
    likeness = _likeness(studio, family, own, image, targets[0])  # of a photograph, before its style hides the face
    return Portrait(scene.with_faces(image, region), scene.picture, region, request.seed, likeness, painted_by)


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


def _tags(request: PortraitRequest) -> list[str]:
    """What only other programs understand of the prompts, such as "<lora:name:0.8>", each once."""
    texts = (request.prompt, request.context_prompt, request.face_prompt, request.negative_prompt)
    return list(dict.fromkeys(tag for text in texts for tag in read_emphasis(text or "").ignored))


def _steps(studio: Studio, cast: Sequence[Role], request: PortraitRequest) -> int:
    """Denoising steps of one picture."""
    family = studio.family(cast[0].profile.family)
    scene = 0 if request.picture is not None else request.context_steps or family.context_steps
    return scene + len(cast) * (request.steps or family.steps)


def _save(portrait: Portrait, request: PortraitRequest, out: Path, *, stages: bool) -> Painted:
    stem = _free_stem(out, f"{request.person}-{request.seed}")
    path = out / f"{stem}.png"
    settings = _without_folders(request).model_dump_json()
    painted_by = _label_of_scene(portrait, request)
    context, mask = (out / f"{stem}-context.png", out / f"{stem}-mask.png") if stages else (None, None)
    try:
        if context is not None and mask is not None:  # before the picture: whoever sees it finds them
            scene = portrait.context_request  # the copy says it, too: the portrait it comes from may be deleted
            said = scene.model_dump_json() if scene is not None else settings
            save_portrait(context, portrait.context, said, painted_by is not None, painted_by or AI_SOURCE)
            save_portrait(mask, portrait.mask, settings, ai_label=False)
        save_portrait(path, portrait.image, settings, source=painted_by or AI_SOURCE)
    except UserError:
        for stage in (context, mask):
            if stage is not None:
                stage.unlink(missing_ok=True)
        raise
    found = portrait.likeness
    numbers = (found.score, found.own_photos, found.strangers) if found is not None else (None, None, None)
    return Painted(path, request.seed, context, mask, *numbers)


def _label_of_scene(portrait: Portrait, request: PortraitRequest) -> str | None:
    """The AI label of x: painted as a whole by models, also where it was kept; None for a picture of nobody's."""
    if request.picture is None or portrait.context_request is not None:
        return AI_SOURCE_WHOLE
    return read_source(request.picture)


def _redrawn(
    studio: Studio,
    profile: Profile,
    request: PortraitRequest,
    scene: Scene,
    picture: Image.Image,
    target: Target,
    number: int,
    observer: Observer,
    reached: Callable[[int], None],
) -> Image.Image:
    """The patch that becomes ``profile``'s face in ``picture``, which is the scene with the faces before it."""
    family = studio.family(profile.family)
    said = request if number == 0 else request.model_copy(update={"appearance": Appearance()})
    words = prompts_of(profile, said, styled=scene.style is None)[1]
    steps = max(1, int((request.steps or family.steps) * request.strength))  # as many as the pipeline does

    def redraw(offload: bool) -> Image.Image:
        model = studio.identity(family, offload=offload)
        moving = model.placement.offload

        def watch(step: int, latents: Tensor) -> None:
            reached(step)
            if is_due(step, steps) and not moving:
                now = with_patch(picture, decoded(model.pipe, latents), target)
                observer.tell(preview(request.seed, scene.styled(now)))

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


def prompts_of(profile: Profile, request: PortraitRequest, *, styled: bool = True) -> tuple[str, str]:
    """T_c and T_id of a request: given by hand, or split from T and completed with the person's appearance.

    What is split is in English, with T's weights; what is given by hand is left as it is.

    Args:
        styled: the style is said in T_id; off where it is put on afterwards.
    """
    full = model_prompts(
        split_prompt(request.prompt, profile.subject, profile.name),
        request.prompt,
        profile.subject,
        profile.appearance if request.appearance is None else request.appearance,
        profile.name,
        context=request.context_prompt,
        face=request.face_prompt,
        styled=styled,
    )
    return full.context, full.face


def _given_scene(studio: Studio, request: PortraitRequest, observer: Observer) -> tuple[Scene, PortraitRequest | None]:
    """x that the user brings; a kept scene in a style is painted again, so that faces are redrawn before the style.

    Returns:
        the scene, and the request that painted it; None for what is not painted again.

    Raises:
        UserError: the picture cannot be read.
        CancelledError: stopped.
    """
    assert request.picture is not None
    picture = _fitting(read_photo(request.picture), observer)
    given = Scene(picture, picture), None
    try:
        kept = PortraitRequest.model_validate_json(read_request(request.picture) or "")
        profile = studio.library.get(kept.person)
        filtered = studio.filters_styles(studio.family(profile.family))
    except (ValidationError, UserError):  # no picture of ours, or of somebody who is gone
        return given
    if not filtered or kept.picture is not None or style_in(prompts_of(profile, kept)[0]) is None:
        return given
    for seed in _scene_seeds(kept.seed):
        scene = _paint_scene(studio, profile, kept, seed, observer, lambda _: raise_if_stopped(observer))
        if scene.picture.tobytes() == picture.tobytes():
            return scene, kept
    return given


def _scene_seeds(seed: int) -> list[int]:
    """Seeds of the tries at a scene with a face, the request's own first."""
    return [(seed + attempt * 0x9E3779B1) % 2**32 for attempt in range(CONTEXT_TRIES)]


def _painted_scene(
    studio: Studio,
    family: Family,
    cast: Sequence[Role],
    request: PortraitRequest,
    observer: Observer,
    reached: Callable[[int], None],
) -> tuple[Scene, list[Target]]:
    """x, painted, and the faces in it."""
    *first, last = _scene_seeds(request.seed)
    for seed in first:
        scene = _paint_scene(studio, cast[0].profile, request, seed, observer, reached)
        with suppress(NoFaceError):
            return scene, _targets(studio, family, cast, request, scene.photo)
        observer.tell(Warned("No face was found in the scene; painting it again from another seed."))
    scene = _paint_scene(studio, cast[0].profile, request, last, observer, reached)
    return scene, _targets(studio, family, cast, request, scene.photo)


def _paint_scene(
    studio: Studio,
    profile: Profile,
    request: PortraitRequest,
    seed: int,
    observer: Observer,
    reached: Callable[[int], None],
) -> Scene:
    family = studio.family(profile.family)
    context, face = prompts_of(profile, request)
    wanted = SceneRequest(
        context,
        face,
        request.negative_prompt,
        seed,
        request.context_steps,
        request.context_guidance,
        request.scheduler,
    )
    steps = request.context_steps or family.context_steps

    def watch(step: int, look: Callable[[], Image.Image] | None) -> None:
        reached(step)
        if look is not None and is_due(step, steps):
            observer.tell(preview(request.seed, look()))

    return in_memory(
        studio, lambda offload: studio.scene_painter(family, offload=offload).paint(wanted, watch), observer
    )


def in_memory(studio: Studio, run: Callable[[bool], Made], observer: Observer) -> Made:
    """``run(offload=False)``, and where the device's memory does not suffice, once more with offload.

    Raises:
        UserError: it does not suffice either way.
    """
    try:
        with heard_as_out_of_memory():
            return run(False)
    except torch.OutOfMemoryError:
        observer.tell(Warned("Memory is short: the model now visits the device piece by piece, which is slower."))
    studio.save_memory()
    try:
        with heard_as_out_of_memory():
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
        drawn, cast = [target_of_mask(read_mask(request.mask), context.size, family.side)], cast[1:]
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
    return drawn + [target_of_face(faces[role.face], context, family.side) for role in cast]


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
    return measure(facenet().embed(*upright(image, face)), own)


def _fitting(picture: Image.Image, observer: Observer) -> Image.Image:
    size = fitting(*picture.size)
    if size == picture.size:
        return picture
    observer.tell(Warned(f"The picture is scaled down to {LARGEST_SIDE} pixels."))
    return picture.resize(size, Image.Resampling.LANCZOS)


def _without_folders(request: PortraitRequest) -> PortraitRequest:
    """What goes into the picture: one that is shared must not tell where its maker keeps things."""
    files = {"picture": request.picture, "mask": request.mask}
    names = {name: path and Path(shown_name(path)) for name, path in files.items()}
    return request.model_copy(update=names)


def _free_stem(out: Path, stem: str) -> str:
    """A name that no earlier portrait has."""
    names = (f"{stem}-{i}" if i else stem for i in range(10_000))
    return next(name for name in names if not (out / f"{name}.png").exists())
