"""Portraits of a person: carries out a PortraitRequest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import reduce
from pathlib import Path

import numpy as np
from PIL import Image, ImageChops
from pydantic import ValidationError
from torch import Tensor

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Observer, Painted, ProgressReporter, Warned, raise_if_stopped
from facea_desktop.domain.faces import Box
from facea_desktop.domain.model_prompts import model_prompts
from facea_desktop.domain.people import Appearance, Profile
from facea_desktop.domain.permissions import portrait_refusal
from facea_desktop.domain.prompt_splitter import PromptParts, split_prompt
from facea_desktop.domain.prompt_weights import read_emphasis
from facea_desktop.domain.requests import FaceAssignment, PortraitRequest
from facea_desktop.domain.scene_reading import read_scene
from facea_desktop.domain.styles import style_in
from facea_desktop.domain.wildcards import draw_requests
from facea_desktop.engine.composition import Target, coverage_warning, paste_back, target_of_face, target_of_mask
from facea_desktop.engine.crops import upright
from facea_desktop.engine.device_report import device_event
from facea_desktop.engine.kept_weights import load_kept_adapter
from facea_desktop.engine.language_splitter import with_splits
from facea_desktop.engine.likeness import Likeness, facenet, measure
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.engine.painting_memory import with_memory_stepdown
from facea_desktop.engine.photo_detail import with_photo_detail
from facea_desktop.engine.portrait_saving import Portrait, digest_of_sources, save
from facea_desktop.engine.refusal_errors import require
from facea_desktop.engine.scene_painter import Scene, SceneRequest
from facea_desktop.engine.step_preview import decoded, is_due, preview, with_patch
from facea_desktop.engine.style_lora import scene_lora
from facea_desktop.library.photo_reader import LARGEST_SIDE, fitting, read_mask, read_photo
from facea_desktop.library.portrait_png import read_request
from facea_desktop.library.wildcard_files import FOLDER as WILDCARDS
from facea_desktop.library.wildcard_files import WildcardFiles
from facea_desktop.models.catalogue import Family

CONTEXT_TRIES = 4
"""A context picture without a face is painted again from another seed this often in all."""


class NoFaceError(UserError):
    """The detector found nothing to redraw."""


@dataclass(frozen=True)
class PreparedScene:
    """x, and the faces in it that are redrawn.

    Attributes:
        targets: one for each person of the portrait.
        painted_by: what painted x, where it was kept from an earlier portrait in a style.
    """

    scene: Scene
    targets: list[Target]
    painted_by: PortraitRequest | None = None


def make_portraits(
    manager: ModelManager, request: PortraitRequest, observer: Observer, out: Path, *, stages: bool = False
) -> list[Painted]:
    """Paint and save the request's pictures, each as soon as it is done.

    Args:
        stages: keep the context picture and the mask beside each picture.

    Raises:
        UserError: a person is not tuned or was deleted, the consent has ended, no face is found, or the disk is full.
        CancelledError: stopped; the pictures that were done stay.
    """
    assigned = _assigned_faces(manager, request)
    if request.mask is not None and (warning := coverage_warning(read_mask(request.mask))):
        observer.emit(Warned(warning))
    for tag in _tags(request):
        observer.emit(Warned(f"{tag} is ignored: add LoRA files as styles, or import those of people."))
    if request.picture is not None and request.shape is not None:
        observer.emit(Warned(f"The scene is a picture, and the portrait has its shape: {request.shape} is not used."))
    manager.family(assigned[0].profile.family).check_shape(request)
    own = manager.own_embeddings(assigned[0].profile)
    singles = with_splits(manager, assigned[0].profile, _singles(manager, assigned, request), observer)
    family, shared = manager.family(assigned[0].profile.family), request.shares_scene
    scene_lora(manager, family, request)  # said before work starts
    once, each = (family.scene_steps(request) if shared else 0), family.face_steps(request)
    each += 0 if shared else family.scene_steps(request)
    observer.emit(device_event(manager.placement(family)))
    progress = ProgressReporter(observer, "painting", once + request.count * each)
    prepared = prepare_scene(manager, assigned, singles[0], observer, progress.update) if shared else None
    painted = []
    for index, one in enumerate(singles):

        def reached(step: int, done: int = once + index * each) -> None:
            progress.update(done + step)

        portrait = paint(manager, _with_drawn_words(assigned, one), one, own, observer, reached, prepared)
        with manager.library.unchanged():  # nobody is deleted, or takes the stages for left behind, while it is saved
            for role in assigned:
                manager.library.get(role.profile.id)  # of somebody who was deleted meanwhile no picture is kept
            painted.append(save(portrait, one, out, stages=stages, after_scene=out != manager.library.portraits))
        observer.emit(painted[-1])
        progress.update(once + (index + 1) * each)
    return painted


def single_requests(manager: ModelManager, request: PortraitRequest) -> list[PortraitRequest]:
    """The request of each of its pictures as the picture will carry it: everybody by id, and with the words drawn.

    Raises:
        UserError: as ``make_portraits``.
    """
    return _singles(manager, _assigned_faces(manager, request), request)


def _singles(
    manager: ModelManager, assigned: Sequence[AssignedFace], request: PortraitRequest
) -> list[PortraitRequest]:
    lead = assigned[0]
    others = [FaceAssignment(face=role.face, person=role.profile.id, words=role.words) for role in assigned[1:]]
    whole = request.model_copy(
        update={
            "person": lead.profile.id,
            "others": tuple(others),
            "appearance": lead.profile.appearance if request.appearance is None else request.appearance,
            "sources": digest_of_sources(request),
            "shape": request.shape if request.picture is None else None,
        }
    )
    return draw_requests(whole, WildcardFiles(manager.root / WILDCARDS).lines)


@dataclass(frozen=True)
class AssignedFace:
    """One person of a portrait, the face that becomes theirs, and what is said of it alone."""

    profile: Profile
    face: int
    words: str = ""


def _with_drawn_words(assigned: Sequence[AssignedFace], request: PortraitRequest) -> list[AssignedFace]:
    """The faces with the words of one picture, which may have been drawn."""
    words = [request.face_words, *(other.words for other in request.others)]
    return [replace(role, words=text) for role, text in zip(assigned, words, strict=True)]


def paint(
    manager: ModelManager,
    assigned: Sequence[AssignedFace],
    request: PortraitRequest,
    own: Sequence[np.ndarray],
    observer: Observer,
    reached: Callable[[int], None],
    prepared: PreparedScene | None = None,
) -> Portrait:
    """One portrait: context picture, face, redraw, paste; then the faces of the others.

    Args:
        assigned: the person, then the others.
        own: embeddings of the person's photos, to measure the likeness; none for a person without photos.
        reached: told how many denoising steps are done, and raises to stop.
        prepared: what ``prepare_scene`` made for the request, where several pictures share it.

    Raises:
        UserError: as ``make_portraits``.
    """
    family = manager.family(assigned[0].profile.family)
    before = family.scene_steps(request) if prepared is None else 0
    prepared = prepared or prepare_scene(manager, assigned, request, observer, reached)
    scene, targets = prepared.scene, prepared.targets
    observer.emit(preview(request.seed, scene.picture))
    image = scene.photo
    for number, (role, target) in enumerate(zip(assigned, targets, strict=True)):
        done = before + number * (request.steps or family.steps)

        def counted(step: int, done: int = done) -> None:
            reached(done + step)

        patch = _redrawn(manager, role, request, scene, image, target, number, observer, counted)
        image = paste_back(image, patch, target)
    region = reduce(ImageChops.lighter, (target.region for target in targets))
    likeness = _likeness(manager, family, own, image, targets[0])  # of a photograph, before its style hides the face
    return Portrait(scene.with_faces(image, region), scene.picture, region, request.seed, likeness, prepared.painted_by)


def prepare_scene(
    manager: ModelManager,
    assigned: Sequence[AssignedFace],
    request: PortraitRequest,
    observer: Observer,
    reached: Callable[[int], None],
) -> PreparedScene:
    """x of a request, the user's own or painted, and the faces in it.

    Args:
        reached: told how many denoising steps of the scene are done, and raises to stop.

    Raises:
        UserError: as ``make_portraits``.
    """
    family = manager.family(assigned[0].profile.family)
    if request.picture is None:
        return PreparedScene(*_painted_scene(manager, family, assigned, request, observer, reached))
    scene, painted_by = _given_scene(manager, request, observer)
    return PreparedScene(scene, _targets(manager, family, assigned, request, scene.photo), painted_by)


def _assigned_faces(manager: ModelManager, request: PortraitRequest) -> list[AssignedFace]:
    """Everyone in the picture; anyone who may not or cannot be painted is found here, before work starts."""
    roles = [AssignedFace(manager.library.get(request.person), request.face, request.face_words)]
    roles += [AssignedFace(manager.library.get(other.person), other.face, other.words) for other in request.others]
    for role in roles:
        require(portrait_refusal(role.profile, roles[0].profile, identity=request.identity))
    faces = [role.face for role in roles]
    if len(set(faces)) < len(faces):
        raise UserError("Two people are assigned to the same face; choose a different face for each.")
    return roles


def _tags(request: PortraitRequest) -> list[str]:
    """What only other programs understand of the prompts, such as "<lora:name:0.8>", each once."""
    texts = (
        *(request.prompt, request.context_prompt, request.face_prompt, request.negative_prompt, request.face_words),
        *(other.words for other in request.others),
    )
    return list(dict.fromkeys(tag for text in texts for tag in read_emphasis(text or "").ignored))


def _redrawn(
    manager: ModelManager,
    role: AssignedFace,
    request: PortraitRequest,
    scene: Scene,
    picture: Image.Image,
    target: Target,
    number: int,
    observer: Observer,
    reached: Callable[[int], None],
) -> Image.Image:
    """The patch that becomes a person's face in ``picture``, which is the scene with the faces before it."""
    profile = role.profile
    family = manager.family(profile.family)
    said = _request_for(role, request if number == 0 else request.model_copy(update={"appearance": Appearance()}))
    words = prompts_of(profile, said, styled=scene.style is None)[1]
    steps = max(1, int((request.steps or family.steps) * request.strength))  # as many as the pipeline does

    def redraw() -> Image.Image:
        model = manager.identity(family)
        moving = model.placement.offload

        def watch(step: int, latents: Tensor) -> None:
            reached(step)
            if is_due(step, steps) and not moving:
                now = with_patch(picture, decoded(model.pipe, latents, target.mask.size), target)
                observer.emit(preview(request.seed, scene.styled(now)))

        if request.identity and request.checkpoint is not None and number == 0:
            load_kept_adapter(manager, model, profile, request.checkpoint)
        elif request.identity:
            manager.load_adapter(model, profile)
        else:
            model.unload_adapter()
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

    patch = with_memory_stepdown(manager, redraw, observer)
    if not request.identity:
        return patch
    return with_photo_detail(patch, _own_photos(manager, profile), read_scene(words).asked)


def _own_photos(manager: ModelManager, profile: Profile) -> list[Image.Image]:
    """The person's photos; none of a mixed person, whose face is not the one in them."""
    if profile.taken or profile.blended:
        return []
    return [reference.picture for reference in manager.references(profile)]


def _request_for(role: AssignedFace, request: PortraitRequest) -> PortraitRequest:
    """The request with what is said of one face alone, where something is."""
    if not role.words.strip():
        return request
    style = split_prompt(request.prompt).style
    prompt = f"{role.words}, {style}" if style else role.words
    return request.model_copy(update={"prompt": prompt, "face_prompt": None})


def prompts_of(profile: Profile, request: PortraitRequest, *, styled: bool = True) -> tuple[str, str]:
    """T_c and T_id of a request: given by hand, or split from T, by rules or as the request has it, and completed
    with the person's appearance.

    What is split is in English, with T's weights; what is given by hand is left as it is.

    Args:
        styled: the style is said in T_id; off where it is put on afterwards.
    """
    split = request.split
    if split is not None and split.fits(request.prompt, profile.subject):
        parts = PromptParts(split.context, split.face, split.style)
    else:
        parts = split_prompt(request.prompt, profile.subject, profile.name)
    full = model_prompts(
        parts,
        request.prompt,
        profile.subject,
        profile.appearance if request.appearance is None else request.appearance,
        profile.name,
        context=request.context_prompt,
        face=request.face_prompt,
        styled=styled,
    )
    return full.context, full.face


def _given_scene(
    manager: ModelManager, request: PortraitRequest, observer: Observer
) -> tuple[Scene, PortraitRequest | None]:
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
        profile = manager.library.get(kept.person)
        filtered = manager.filters_styles(manager.family(profile.family))
    except (ValidationError, UserError):  # no picture of ours, or of somebody who is gone
        return given
    if not filtered or kept.picture is not None or style_in(prompts_of(profile, kept)[0]) is None:
        return given
    for seed in _scene_seeds(kept):
        scene = _paint_scene(manager, profile, kept, seed, observer, lambda _: raise_if_stopped(observer))
        if scene.picture.tobytes() == picture.tobytes():
            return scene, kept
    return given


def _scene_seeds(request: PortraitRequest) -> list[int]:
    """Seeds of the tries at a scene with a face, the request's own first."""
    seed = request.seed if request.scene_seed is None else request.scene_seed
    return [(seed + attempt * 0x9E3779B1) % 2**32 for attempt in range(CONTEXT_TRIES)]


def _painted_scene(
    manager: ModelManager,
    family: Family,
    assigned: Sequence[AssignedFace],
    request: PortraitRequest,
    observer: Observer,
    reached: Callable[[int], None],
) -> tuple[Scene, list[Target]]:
    """x, painted, and the faces in it."""
    *first, last = _scene_seeds(request)
    for seed in first:
        scene = _paint_scene(manager, assigned[0].profile, request, seed, observer, reached)
        with suppress(NoFaceError):
            return scene, _targets(manager, family, assigned, request, scene.photo)
        observer.emit(Warned("No face was found in the scene; making it again with another seed.", "no face"))
    scene = _paint_scene(manager, assigned[0].profile, request, last, observer, reached)
    return scene, _targets(manager, family, assigned, request, scene.photo)


def _paint_scene(
    manager: ModelManager,
    profile: Profile,
    request: PortraitRequest,
    seed: int,
    observer: Observer,
    reached: Callable[[int], None],
) -> Scene:
    family = manager.family(profile.family)
    context, face = prompts_of(profile, request)
    wanted = SceneRequest(
        context,
        face,
        request.negative_prompt,
        seed,
        request.context_steps,
        request.context_guidance,
        request.scheduler,
        scene_lora(manager, family, request),
        request.shape,
    )
    steps = request.context_steps or family.context_steps

    def watch(step: int, look: Callable[[], Image.Image] | None) -> None:
        reached(step)
        if look is not None and is_due(step, steps):
            observer.emit(preview(request.seed, look()))

    if (kept := manager.last_scene(family, wanted)) is not None:  # other cells of a grid, other items of a batch
        reached(steps)
        return kept
    scene = with_memory_stepdown(manager, lambda: manager.scene_painter(family).paint(wanted, watch), observer)
    manager.keep_scene(family, wanted, scene)
    return scene


def _targets(
    manager: ModelManager,
    family: Family,
    assigned: Sequence[AssignedFace],
    request: PortraitRequest,
    context: Image.Image,
) -> list[Target]:
    """What becomes whose face; a mask that the user drew stands for the first one's.

    Raises:
        NoFaceError: the detector finds none.
        UserError: a face that somebody is to go into is not there, or the mask does not fit.
    """
    drawn = []
    if request.mask is not None:
        drawn, assigned = [target_of_mask(read_mask(request.mask), context.size, family.side)], assigned[1:]
    faces = manager.detector(family).find(context) if assigned else []
    if assigned and not faces:
        raise NoFaceError(
            "No face was found in the scene; use another picture or prompt, or a mask where the face belongs "
            "(--mask on the command line)."
        )
    for role in assigned:
        if role.face >= len(faces):
            found = "1 face was" if len(faces) == 1 else f"{len(faces)} faces were"
            raise UserError(f"Face {role.face} is not there: {found} found; count from 0, the largest first.")
    outliner = manager.outliner(family) if assigned else None
    return drawn + [target_of_face(faces[role.face], context, family.side, outliner) for role in assigned]


def _likeness(
    manager: ModelManager, family: Family, own: Sequence[np.ndarray], image: Image.Image, target: Target
) -> Likeness | None:
    """Likeness of the face that lies most in the redrawn region."""
    bounds = target.region.getbbox()
    if bounds is None or not own:
        return None
    region = Box(*bounds)
    faces = [face for face in manager.detector(family).find(image) if face.box.overlap(region) > 0]
    if not faces:
        return None
    face = max(faces, key=lambda face: face.box.overlap(region))
    return measure(facenet().embed(*upright(image, face)), own)


def _fitting(picture: Image.Image, observer: Observer) -> Image.Image:
    size = fitting(*picture.size)
    if size == picture.size:
        return picture
    observer.emit(Warned(f"The picture is scaled down to {LARGEST_SIDE} pixels.", "scaled down"))
    return picture.resize(size, Image.Resampling.LANCZOS)
