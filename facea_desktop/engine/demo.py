"""The whole method on a sample person: enrol, tune, portray, and measure on photos that tuning never saw."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from facea_desktop.domain.events import Observer
from facea_desktop.domain.faces import Subject
from facea_desktop.domain.people import Consent, Profile
from facea_desktop.domain.requests import EnrolRequest, PortraitRequest, TuneRequest
from facea_desktop.engine.enrol import enrol
from facea_desktop.engine.learn import tune_person
from facea_desktop.engine.portrait import make_portraits
from facea_desktop.engine.studio import Studio
from facea_desktop.resources import resource

NAME, SUBJECT, FOLDER = "Adam (sample)", Subject.MAN, "adam"
REFERENCES, HELD_OUT = (0, 1, 2), (3, 4, 5)
PROMPT = "a man smiling, blue background, front face"
SEED, PORTRAITS = 1, 3


def run_demo(studio: Studio, out: Path, observer: Observer) -> dict[str, Any]:
    """Make a sample person, portraits with their stages in ``out``, and the mean likeness before and after tuning.

    A sample person that an earlier demo left ready in the library is used again.
    """
    profile = _sample(studio, observer)
    made, scores, held = {}, {}, _held_out(studio, profile)
    for label, identity in (("before", False), ("after", True)):
        request = PortraitRequest(person=profile.id, prompt=PROMPT, seed=SEED, count=PORTRAITS, identity=identity)
        made[label] = make_portraits(studio, request, observer, out / label, stages=True)
        scores[label] = _held_out_likeness(studio, profile, [one.path for one in made[label]], held)
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


def _sample(studio: Studio, observer: Observer) -> Profile:
    family = studio.models.active_family()
    for profile in studio.library.people():
        if profile.name == NAME and profile.state == "ready" and profile.family == family.name:
            return profile
    photos = tuple(resource("people", FOLDER, f"{i}.jpg") for i in REFERENCES)
    consent = Consent(kind="invented person")
    profile = enrol(studio, EnrolRequest(name=NAME, subject=SUBJECT, photos=photos, consent=consent), observer)
    return tune_person(studio, TuneRequest(person=profile.id, recipe=family.recipe("quick")), observer)


def _held_out(studio: Studio, profile: Profile) -> np.ndarray:
    """FaceNet embeddings (n, 512) of the photos of the sample person that were not enrolled."""
    family = studio.family(profile.family)
    photos = [Image.open(resource("people", FOLDER, f"{i}.jpg")).convert("RGB") for i in HELD_OUT]
    return np.stack([found for photo in photos if (found := studio.embedding(photo, family)) is not None])


def _held_out_likeness(studio: Studio, profile: Profile, pictures: list[Path], held: np.ndarray) -> float | None:
    """Mean FaceNet cosine of portraits against the held-out photos, None where no face is found in any of them."""
    family = studio.family(profile.family)
    seen = (studio.embedding(Image.open(picture).convert("RGB"), family) for picture in pictures)
    found = [held @ embedding for embedding in seen if embedding is not None]
    return round(float(np.mean(found)), 4) if found else None
