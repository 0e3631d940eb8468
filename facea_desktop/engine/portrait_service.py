"""Portraits of a person: carries out a PortraitRequest."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial, reduce
from pathlib import Path
from types import MappingProxyType

import numpy as np
from PIL import Image, ImageChops
from torch import Tensor

from facea_desktop.domain.events import Observer, Painted, ProgressReporter, Warned
from facea_desktop.domain.faces import Attribute, Box
from facea_desktop.domain.people import Appearance, Profile
from facea_desktop.domain.prompt_splitter import split_prompt
from facea_desktop.domain.prompt_weights import read_emphasis
from facea_desktop.domain.requests import PortraitRequest
from facea_desktop.domain.scene_reading import read_scene
from facea_desktop.engine.assigned_faces import (
    AssignedFace,
    assigned_faces,
    distinct_pictures,
    prompts_of,
    request_for,
    single_requests,
    with_drawn_words,
)
from facea_desktop.engine.composition import Target, coverage_warning, paste_back
from facea_desktop.engine.crops import upright
from facea_desktop.engine.device_report import device_event
from facea_desktop.engine.face_parser import SIDE as PARSED_SIDE
from facea_desktop.engine.kept_weights import load_kept_adapter
from facea_desktop.engine.language_splitter import with_splits
from facea_desktop.engine.likeness import Likeness, facenet, measure
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.engine.painting_memory import with_memory_stepdown
from facea_desktop.engine.photo_detail import (
    ALIKE,
    LIKELY,
    REDRAWN,
    SLIGHT,
    SURELY,
    PhotoShare,
    plainness,
    set_into,
    shows,
    with_photo_detail,
)
from facea_desktop.engine.photo_shares import photo_shares, taken_shares
from facea_desktop.engine.portrait_saving import Portrait, save
from facea_desktop.engine.scene_painter import Scene
from facea_desktop.engine.scene_preparation import PreparedScene, prepare_scene
from facea_desktop.engine.step_preview import decoded, is_due, preview, with_patch
from facea_desktop.engine.style_lora import scene_lora
from facea_desktop.library.photo_reader import read_mask
from facea_desktop.models.catalogue import Family

WORDS_GUIDANCE = 3.0
"""Guidance scale, away from T_id without words, where a redrawn face had lost them."""
WORDS_TURNS = 2
"""How often it is redrawn by them, each time from other noise, until they are seen."""
WORDS_STRENGTH = 0.5
"""Below it no other expression can be drawn."""


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
    assigned = assigned_faces(manager, request)
    request = distinct_pictures(assigned, request, observer)
    if request.mask is not None and (warning := coverage_warning(read_mask(request.mask))):
        observer.emit(Warned(warning))
    for tag in _tags(request):
        observer.emit(Warned(f"{tag} is ignored: add LoRA files as styles, or import those of people."))
    if request.picture is not None and request.shape is not None:
        observer.emit(Warned(f"The scene is a picture, and the portrait has its shape: {request.shape} is not used."))
    manager.models.check_scene(manager.family(assigned[0].profile.family), request)
    untuned = {one.profile.id: one.profile for one in assigned if one.at_first_sight(request)}
    more = "the face is painted after the photos alone. Tuning makes it more alike."
    for profile in untuned.values():
        if profile.tuning is None:
            observer.emit(Warned(f"{profile.name} is not tuned yet: {more}", "first sight"))
        else:
            observer.emit(Warned(f"{profile.name} was tuned for earlier models: {more}", "tuned for earlier models"))
    own = manager.own_embeddings(assigned[0].profile)
    singles = with_splits(manager, assigned[0].profile, single_requests(manager, assigned, request), observer)
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

        portrait = paint(manager, with_drawn_words(assigned, one), one, own, observer, reached, prepared)
        with manager.library.unchanged():  # nobody is deleted, or takes the stages for left behind, while it is saved
            for assignment in assigned:
                manager.library.get(assignment.profile.id)  # of somebody who was deleted meanwhile no picture is kept
            painted.append(save(portrait, one, out, stages=stages, after_scene=out != manager.library.portraits))
        observer.emit(painted[-1])
        progress.update(once + (index + 1) * each)
    return painted


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
    done = before
    for number, (assignment, target) in enumerate(zip(assigned, targets, strict=True)):

        def counted(step: int, done: int = done) -> None:
            reached(done + step)

        patch = _redrawn(manager, assignment, request, scene, image, target, number, observer, counted)
        image = paste_back(image, patch, target)
        done += request.steps or family.steps
    region = reduce(ImageChops.lighter, (target.region for target in targets))
    likeness = _likeness(manager, family, own, image, targets[0])  # of a photograph, before its style hides the face
    seen = tuple(dict.fromkeys(one.profile.id for one in assigned if one.at_first_sight(request)))
    picture = scene.with_faces(image, region)
    return Portrait(picture, scene.picture, region, request.seed, likeness, prepared.painted_by, seen)


def _tags(request: PortraitRequest) -> list[str]:
    """What only other programs understand of the prompts, such as "<lora:name:0.8>", each once."""
    texts = (
        *(request.prompt, request.context_prompt, request.face_prompt, request.negative_prompt, request.face_words),
        *(other.words for other in request.others),
    )
    return list(dict.fromkeys(tag for text in texts for tag in read_emphasis(text or "").ignored))


def _redrawn(
    manager: ModelManager,
    assignment: AssignedFace,
    request: PortraitRequest,
    scene: Scene,
    picture: Image.Image,
    target: Target,
    number: int,
    observer: Observer,
    reached: Callable[[int], None],
) -> Image.Image:
    """The patch that becomes a person's face in ``picture``, which is the scene with the faces before it."""
    profile = assignment.profile
    family = manager.family(profile.family)
    said = request_for(assignment, request if number == 0 else request.model_copy(update={"appearance": Appearance()}))
    words = prompts_of(profile, said, styled=scene.style is None)[1]
    steps = max(1, int((request.steps or family.steps) * request.strength))  # as many as the pipeline does

    def redraw(*, by_words: int = 0) -> Image.Image:
        model = manager.identity(family)
        moving = model.placement.offload

        def watch(step: int, latents: Tensor) -> None:
            reached(steps if by_words else step)  # one that is repeated counts once
            if is_due(step, steps) and not moving:
                now = with_patch(picture, decoded(model.pipe, latents, target.mask.size), target)
                observer.emit(preview(request.seed, scene.styled(now)))

        if request.identity and request.checkpoint is not None and number == 0:
            load_kept_adapter(manager, model, profile, request.checkpoint)
        elif request.identity:
            manager.load_adapter(model, profile)
        else:
            model.unload_adapter()
        plain = None
        if by_words:
            said_anyway = (f"a {profile.subject}", split_prompt(words).style, request.negative_prompt)
            plain = ", ".join(filter(None, said_anyway))
        return model.redraw(
            target.crop.cut(picture, family.side),
            target.mask,
            words,
            seed=(request.seed + number + 1000 * max(by_words - 1, 0)) % 2**32,
            steps=request.steps,
            guidance=WORDS_GUIDANCE if by_words else request.guidance,
            scheduler=request.scheduler,
            strength=request.strength,
            negative=request.negative_prompt,
            plain=plain,
            reached=watch,
        )

    asked = read_scene(words).asked
    own = number == 0 and request.identity and scene.person is not None
    if own:  # a scene that was kept may be of somebody else
        theirs = assignment.person or manager.scene_person(profile)
        own = theirs is not None and scene.person is not None and scene.person.embedding == theirs.embedding
    if not (family.photo_detail and assignment.photo_detail and request.identity):
        return with_memory_stepdown(manager, redraw, observer)
    shares, taken = photo_shares(manager.library, profile), taken_shares(manager.library, profile)
    face = target.crop.cut(picture, PARSED_SIDE)
    if own and assignment.at_first_sight(request):
        reached(0)
        patch = _as_asked(face, shares, asked, taken)  # like the person already, and sharper than redrawn
        reached(request.steps or family.steps)
        return patch
    drawn = with_memory_stepdown(manager, redraw, observer)
    patch = with_photo_detail(drawn, shares, asked, ALIKE if own or profile.blended else REDRAWN, taken) or drawn
    if own:
        patch = set_into(face, patch)
        if shows(patch, asked) or not shows(face, asked):
            return patch
        return _as_asked(face, shares, asked, taken)
    turns = WORDS_TURNS if request.mask is None and request.strength >= WORDS_STRENGTH and _has_features(profile) else 0
    best = plainness(patch, asked)
    for turn in range(turns + 1):
        if best >= SURELY:
            break
        again = with_memory_stepdown(manager, partial(redraw, by_words=turn), observer) if turn else drawn
        again = _as_asked(again, shares, asked, taken)
        if (seen := plainness(again, asked)) >= LIKELY and seen > best:
            patch, best = again, seen
    return patch


def _has_features(profile: Profile) -> bool:
    """Whether [feat] vectors tell who somebody is, where LoRA is left out."""
    tuning = profile.fitting_tuning
    return tuning is None or (tuning.recipe.features != 0 and not tuning.recipe.words_alone)


def _as_asked(
    face: Image.Image,
    shares: Sequence[PhotoShare],
    asked: Mapping[str, str],
    taken: Mapping[Attribute, Sequence[PhotoShare]] = MappingProxyType({}),
) -> Image.Image:
    """A face with as much of the photos as leaves expression and eyewear as asked for."""
    to_keep = shows(face, asked)
    own_mouth = {Attribute.MOUTH: (PhotoShare(()),), **taken}
    ways = ((ALIKE, taken, True), (ALIKE, own_mouth, True), (SLIGHT, own_mouth, True), (ALIKE, taken, False))
    for weights, kept, around_eyes in (*ways, (SLIGHT, own_mouth, False)):
        patch = with_photo_detail(face, shares, asked, weights, kept, around_eyes=around_eyes)
        if patch is not None and (not to_keep or shows(patch, asked)):
            return patch
    return face


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
