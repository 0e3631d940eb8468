"""The likeness curve of a tuning: how much like the person portraits are, in a scene that the person is not in."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PIL import Image

from facea_desktop.domain.events import Observer, raise_if_stopped
from facea_desktop.domain.people import Profile
from facea_desktop.engine.composition import target_of_face
from facea_desktop.engine.identity_model import IdentityModel
from facea_desktop.engine.likeness import measure
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.resources import resource

STEPS = 12
"""Denoising steps of the portraits on the curve, which is about the trend."""
PROMPTS = ("a {subject}, smiling, front face", "a {subject}, looking serious, front face")
"""T_id of the portraits on the curve: what was learned has to hold with words that the photos did not come with."""


def curve_measurement(
    manager: ModelManager, profile: Profile, model: IdentityModel, observer: Observer
) -> Callable[[], float] | None:
    """Redraw the face of an invented person in a photograph, with fixed words and seeds, as portraits are made.

    Nothing of the tuned person surrounds the mask, so a model that only repeats its photos does worse again.

    Returns:
        What to measure with, the mean FaceNet likeness to the person's photos, 0 for a portrait without a face; it
        raises CancelledError when ``observer`` says stop. None where no face is found in the person's photos.
    """
    family, own = manager.family(profile.family), manager.own_embeddings(profile)
    scene = Image.open(resource("scenes", f"{profile.subject}.jpg")).convert("RGB")
    faces = manager.detector(family).find(scene) if own else []
    if not faces:
        return None
    target = target_of_face(faces[0], scene, family.side, manager.outliner(family))
    picture = target.crop.cut(scene, family.side)

    def likeness(seed: int, prompt: str) -> float:
        drawn = model.redraw(
            picture,
            target.mask,
            prompt.format(subject=profile.subject),
            seed=seed,
            steps=STEPS,
            reached=lambda *_: raise_if_stopped(observer),
        )
        embedding = manager.embedding(drawn, family)
        return 0.0 if embedding is None else measure(embedding, own).score

    return lambda: float(np.mean([likeness(seed, prompt) for seed, prompt in enumerate(PROMPTS)]))
