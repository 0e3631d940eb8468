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
from facea_desktop.engine.lookalike import scene_person
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.engine.photo_detail import ALIKE, PhotoShare, with_photo_detail
from facea_desktop.engine.scene_preparation import prepare_scene
from facea_desktop.library.photo_reader import png_bytes


def preview_first_sight(manager: ModelManager, request: FirstSightRequest, observer: Observer) -> FirstSightPainted:
    """Paint a scene with a face like that of the photos, and their detail onto it; nothing is stored.

    Raises:
        UserError: the models in use paint nobody without tuning, or no photo suits a stranger's face.
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
    wanted = PortraitRequest(person=somebody.id, prompt=f"a {request.subject}", seed=request.seed)
    embeddings = [found for photo in photos if (found := manager.embedding(photo, family)) is not None]
    assigned = [AssignedFace(somebody, 0, person=scene_person(somebody, embeddings))]
    steps = family.scene_steps(wanted)
    progress = ProgressReporter(observer, "painting", steps)
    prepared = prepare_scene(manager, assigned, wanted, observer, progress.update)
    progress.update(steps)  # whoever goes on waits no longer
    (target,) = prepared.targets
    scene = prepared.scene.photo
    patch = with_photo_detail(target.crop.cut(scene, SIDE), [PhotoShare(photos)], {}, ALIKE)
    if patch is None and prepared.scene.person is None:
        raise UserError("None of the photos suits the face in the scene.")
    return FirstSightPainted(png_bytes(scene if patch is None else paste_back(scene, patch, target)))
