"""x of a portrait, painted or the user's own, and the faces in it that are redrawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from PIL import Image
from pydantic import ValidationError

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Observer, Warned, raise_if_stopped
from facea_desktop.domain.requests import PortraitRequest
from facea_desktop.domain.styles import style_in
from facea_desktop.engine.assigned_faces import AssignedFace, prompts_of
from facea_desktop.engine.composition import Target, target_of_face, target_of_mask
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.engine.painting_memory import with_memory_stepdown
from facea_desktop.engine.scene_painter import Scene, SceneRequest
from facea_desktop.engine.step_preview import is_due, preview
from facea_desktop.engine.style_lora import scene_lora
from facea_desktop.library.photo_reader import LARGEST_SIDE, fitting, read_mask, read_photo
from facea_desktop.library.portrait_png import read_request
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
        painted_by: the request of the portrait that x was kept from, where it was.
    """

    scene: Scene
    targets: list[Target]
    painted_by: PortraitRequest | None = None


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


def _given_scene(
    manager: ModelManager, request: PortraitRequest, observer: Observer
) -> tuple[Scene, PortraitRequest | None]:
    """x that the user brings; a kept scene in a style is painted again, so that faces are redrawn before the style.

    Returns:
        the scene, and the request of the portrait that it was kept from; None where it is no picture of ours.

    Raises:
        UserError: the picture cannot be read.
        CancelledError: stopped.
    """
    assert request.picture is not None
    picture = _fitting(read_photo(request.picture), observer)
    given = Scene(picture, picture)
    try:
        kept = PortraitRequest.model_validate_json(read_request(request.picture) or "")
        profile = manager.library.get(kept.person)
        filtered = manager.filters_styles(manager.family(profile.family))
    except (ValidationError, UserError):  # no picture of ours, or of somebody who is gone
        return given, None
    if not filtered or kept.picture is not None:
        return given, kept
    if style_in(prompts_of(profile, kept)[0]) is None:
        return replace(given, person=manager.scene_person(profile)), kept
    for seed in _scene_seeds(kept):
        scene = _paint_scene(
            manager, AssignedFace(profile, 0), kept, seed, observer, lambda _: raise_if_stopped(observer)
        )
        if scene.picture.tobytes() == picture.tobytes():
            return scene, kept
    return given, kept


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
        scene = _paint_scene(manager, assigned[0], request, seed, observer, reached)
        with suppress(NoFaceError):
            return scene, _targets(manager, family, assigned, request, scene.photo)
        observer.emit(Warned("No face was found in the scene; making it again with another seed.", "no face"))
    scene = _paint_scene(manager, assigned[0], request, last, observer, reached)
    return scene, _targets(manager, family, assigned, request, scene.photo)


def _paint_scene(
    manager: ModelManager,
    assignment: AssignedFace,
    request: PortraitRequest,
    seed: int,
    observer: Observer,
    reached: Callable[[int], None],
) -> Scene:
    profile = assignment.profile
    family = manager.family(profile.family)
    context, face = prompts_of(profile, request)
    looking = profile if request.appearance is None else profile.model_copy(update={"appearance": request.appearance})
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
        (assignment.person or manager.scene_person(looking)) if assignment.photo_detail else None,
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
    for assignment in assigned:
        if assignment.face >= len(faces):
            found = "1 face was" if len(faces) == 1 else f"{len(faces)} faces were"
            raise UserError(f"Face {assignment.face} is not there: {found} found; count from 0, the largest first.")
    outliner = manager.outliner(family) if assigned else None
    return drawn + [target_of_face(faces[assignment.face], context, family.side, outliner) for assignment in assigned]


def _fitting(picture: Image.Image, observer: Observer) -> Image.Image:
    size = fitting(*picture.size)
    if size == picture.size:
        return picture
    observer.emit(Warned(f"The picture is scaled down to {LARGEST_SIDE} pixels.", "scaled down"))
    return picture.resize(size, Image.Resampling.LANCZOS)
