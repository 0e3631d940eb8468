"""The whole method on a sample person: enrol, tune, make portraits, and measure on photos that tuning never saw."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from facea_desktop.domain.events import Observer, Painted, recording
from facea_desktop.domain.faces import Subject
from facea_desktop.domain.outcomes import PersonMade
from facea_desktop.domain.people import Consent, Profile
from facea_desktop.domain.photo_requests import EnrolRequest
from facea_desktop.domain.requests import PortraitRequest, TuneRequest
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.executor import Executor
from facea_desktop.resources import resource

NAME, SUBJECT, FOLDER = "Adam (sample)", Subject.MAN, "adam"
REFERENCES, HELD_OUT = (0, 1, 2), (3, 4, 5)
PROMPT = "a man smiling, blue background, front face"
SEED, PORTRAITS = 1, 3


def run_demo(executor: Executor, out: Path, observer: Observer) -> dict[str, Any]:
    """Make a sample person, portraits with their stages in ``out``, and the mean likeness before and after tuning.

    A sample person that an earlier demo left ready in the library is used again.
    """
    manager, profile = executor.manager, _sample(executor, observer)
    made: dict[str, list[Painted]] = {}
    scores, held = {}, _held_out(manager, profile)
    for label, identity in (("before", False), ("after", True)):
        request = PortraitRequest(person=profile.id, prompt=PROMPT, seed=SEED, count=PORTRAITS, identity=identity)
        recorder, made[label] = recording(observer, Painted)
        executor.execute(request, recorder, portraits=out / label)
        scores[label] = _held_out_likeness(manager, profile, [one.path for one in made[label]], held)
    tuned = made["after"][0]
    return {
        "id": profile.id,
        "portrait": str(tuned.path),
        "context": str(tuned.context),
        "mask": str(tuned.mask),
        "untuned": str(made["before"][0].path),
        "likeness_before": scores["before"],
        "likeness_after": scores["after"],
        "own_photos": tuned.own_photos and round(tuned.own_photos, 4),
        "strangers": tuned.strangers and round(tuned.strangers, 4),
    }


def _sample(executor: Executor, observer: Observer) -> Profile:
    manager = executor.manager
    family = manager.models.active_family()
    for profile in manager.library.people():
        if profile.name == NAME and profile.state == "ready" and profile.family == family.name:
            return profile
    photos = tuple(resource("people", FOLDER, f"{i}.jpg") for i in REFERENCES)
    consent = Consent(kind="invented person")
    request = EnrolRequest(name=NAME, subject=SUBJECT, photos=photos, consent=consent)
    enrolled = executor.execute(request, observer)
    assert isinstance(enrolled, PersonMade)
    executor.execute(TuneRequest(person=enrolled.person, recipe=family.recipe("quick")), observer)
    return manager.library.get(enrolled.person)


def _held_out(manager: ModelManager, profile: Profile) -> np.ndarray:
    """FaceNet embeddings (n, 512) of the photos of the sample person that were not enrolled."""
    family = manager.family(profile.family)
    photos = [Image.open(resource("people", FOLDER, f"{i}.jpg")).convert("RGB") for i in HELD_OUT]
    return np.stack([found for photo in photos if (found := manager.embedding(photo, family)) is not None])


def _held_out_likeness(manager: ModelManager, profile: Profile, pictures: list[Path], held: np.ndarray) -> float | None:
    """Mean FaceNet cosine of portraits against the held-out photos, None where no face is found in any of them."""
    family = manager.family(profile.family)
    seen = (manager.embedding(Image.open(picture).convert("RGB"), family) for picture in pictures)
    found = [held @ embedding for embedding in seen if embedding is not None]
    return round(float(np.mean(found)), 4) if found else None
