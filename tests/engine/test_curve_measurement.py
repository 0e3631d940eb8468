"""What the likeness curve is measured on."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from PIL import Image

from facea_desktop.domain.errors import CancelledError
from facea_desktop.domain.events import Observer
from facea_desktop.domain.faces import Subject
from facea_desktop.domain.people import Profile
from facea_desktop.domain.prompt_splitter import split_prompt
from facea_desktop.engine.curve_measurement import PROMPTS, curve_measurement
from facea_desktop.engine.identity_model import IdentityModel
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.resources import resource


def profile(subject: Subject) -> Profile:
    return Profile(id="a" * 12, name="Anna", subject=subject, family="starter")


class Painter:
    """Redraws nothing, and keeps what it was asked for."""

    def __init__(self, paints: Image.Image | None = None) -> None:
        self.asked: list[dict[str, Any]] = []
        self._paints = paints

    def redraw(self, picture: Image.Image, mask: Image.Image, prompt: str, **named: Any) -> Image.Image:
        self.asked.append({"picture": picture, "mask": mask, "prompt": prompt, **named})
        named["reached"](1, None)
        return self._paints or picture


@pytest.fixture
def manager(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModelManager:
    """One whose people look like the man in the scene."""
    made = ModelManager(tmp_path)
    scene = Image.open(resource("scenes", "man.jpg")).convert("RGB")
    embedding = made.embedding(scene, made.family("starter"))
    assert embedding is not None
    monkeypatch.setattr(made, "own_embeddings", lambda _: [embedding])
    return made


@pytest.mark.parametrize("subject", list(Subject))
def test_the_curve_redraws_a_face_of_the_subjects_kind_with_words_for_the_face(
    manager: ModelManager, subject: Subject
) -> None:
    painter = Painter()
    measure = curve_measurement(manager, profile(subject), cast(IdentityModel, painter), Observer())
    assert measure is not None
    score = measure()
    assert score == pytest.approx(1.0, abs=0.1) if subject is Subject.MAN else score < 0.5
    assert measure() == score
    side = manager.family("starter").side
    assert len(painter.asked) == 2 * len(PROMPTS)
    for asked in painter.asked:
        assert asked["picture"].size == asked["mask"].size == (side, side)
        share = np.mean(np.asarray(asked["mask"]) > 0)
        assert 0.2 < share < 0.8
        assert asked["prompt"].startswith(f"a {subject}, ")
        assert split_prompt(asked["prompt"], subject).face == asked["prompt"]  # all of it is for the face


def test_a_portrait_without_a_face_is_nothing_like_the_person(manager: ModelManager) -> None:
    painter = Painter(Image.new("RGB", (128, 128)))
    measure = curve_measurement(manager, profile(Subject.MAN), cast(IdentityModel, painter), Observer())
    assert measure is not None
    assert measure() == 0.0


def test_a_measurement_is_left_at_its_next_step(manager: ModelManager) -> None:
    painter, observer = Painter(), Observer()
    measure = curve_measurement(manager, profile(Subject.MAN), cast(IdentityModel, painter), observer)
    observer.stop.set()
    assert measure is not None
    with pytest.raises(CancelledError):
        measure()
    assert len(painter.asked) == 1


def test_without_a_face_in_the_photos_nothing_is_measured(
    manager: ModelManager, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manager, "own_embeddings", lambda _: [])
    nobody = cast(IdentityModel, SimpleNamespace())
    assert curve_measurement(manager, profile(Subject.MAN), nobody, Observer()) is None
