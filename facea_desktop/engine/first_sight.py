"""A portrait of somebody who is being added, made after the photos alone."""

from __future__ import annotations

import io

from PIL import Image

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Observer, ProgressReporter
from facea_desktop.domain.outcomes import FirstSightPainted
from facea_desktop.domain.people import Profile
from facea_desktop.domain.photo_requests import FirstSightRequest
from facea_desktop.domain.requests import PortraitRequest
from facea_desktop.engine.assigned_faces import AssignedFace
from facea_desktop.engine.composition import paste_back
from facea_desktop.engine.face_parser import SIDE
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.engine.photo_detail import FIRST_SIGHT, with_photo_detail
from facea_desktop.engine.scene_preparation import prepare_scene
from facea_desktop.library.photo_reader import png_bytes

SCENES = 3
"""So many are painted, until a photo suits the face of one."""


def preview_first_sight(manager: ModelManager, request: FirstSightRequest, observer: Observer) -> FirstSightPainted:
    """Paint a scene, and the detail of the photos onto its face; nothing is stored.

    Raises:
        UserError: the models in use paint nobody without tuning, or no photo suits the scenes.
        CancelledError: stopped.
    """
    family = manager.models.active_family()
    if not family.photo_detail:
        raise UserError(f"The {family.name} models paint nobody who is not tuned.")
    photos = [Image.open(io.BytesIO(crop), formats=["PNG"]).convert("RGB") for crop in request.crops]
    somebody = Profile(
        id=manager.library.new_id(),
        name=str(request.subject),
        subject=request.subject,
        family=family.name,
        appearance=request.appearance,
    )
    wanted = PortraitRequest(person=somebody.id, prompt=f"a {request.subject}")
    each = family.scene_steps(wanted)
    progress = ProgressReporter(observer, "painting", SCENES * each)
    for number in range(SCENES):

        def reached(step: int, done: int = number * each) -> None:
            progress.update(done + step)

        one = wanted.model_copy(update={"seed": (request.seed + number) % 2**32})
        prepared = prepare_scene(manager, [AssignedFace(somebody, 0)], one, observer, reached)
        reached(each)  # whoever goes on waits no longer
        (target,) = prepared.targets
        scene = prepared.scene.photo
        patch = with_photo_detail(target.crop.cut(scene, SIDE), photos, {}, FIRST_SIGHT)
        if patch is not None:
            progress.update(SCENES * each)
            return FirstSightPainted(png_bytes(paste_back(scene, patch, target)))
    raise UserError("None of the photos suits the scenes that were painted.")
