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
SEED = 1


def run_demo(studio: Studio, out: Path, observer: Observer) -> dict[str, Any]:
    """Make a sample person, a portrait with its stages in ``out``, and the likeness before and after tuning.

    A sample person that an earlier demo left ready in the library is used again.
    """
    profile = _sample(studio, observer)
    paths, scores, held = {}, {}, _held_out(studio, profile)
    for label, identity in (("before", False), ("after", True)):
        request = PortraitRequest(person=profile.id, prompt=PROMPT, seed=SEED, identity=identity)
        (saved,) = make_portraits(studio, request, observer, out / label, stages=True)
        paths[label] = saved
        scores[label] = _held_out_likeness(studio, profile, saved.path, held)
    tuned = paths["after"]
    return {
        "id": profile.id,
        "portrait": str(tuned.path),
        "context": str(tuned.context),
        "mask": str(tuned.mask),
        "untuned": str(paths["before"].path),
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


def _held_out_likeness(studio: Studio, profile: Profile, picture: Path, held: np.ndarray) -> float | None:
    """Mean FaceNet cosine of a portrait against the held-out photos, None where no face is found in it."""
    embedding = studio.embedding(Image.open(picture).convert("RGB"), studio.family(profile.family))
    return None if embedding is None else round(float(np.mean(held @ embedding)), 4)
