"""A person who got more photos is tuned on from where the tuning was."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Observer
from facea_desktop.domain.faces import Attribute, Subject
from facea_desktop.domain.people import Profile, Recipe, Taken
from facea_desktop.domain.photo_requests import AddPhotosRequest, EnrolRequest
from facea_desktop.domain.requests import TuneRequest
from facea_desktop.engine.enrolment import add_photos, enrol
from facea_desktop.engine.identity_model import load_tensors
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.engine.tuning_service import tune_person
from facea_desktop.library.person_files import ADAPTER
from facea_desktop.resources import resource

STILL = Recipe(steps=1, batch=1, rank=2, lora_rate=1e-12, feature_rate=1e-12)
"""Learns next to nothing, so that a run ends where it began."""


def photo(index: int) -> Path:
    return resource("people", "adam", f"{index}.jpg")


def adapter(manager: ModelManager, profile: Profile) -> dict[str, torch.Tensor]:
    return load_tensors(manager.library.folder(profile.id) / ADAPTER)


def test_tuning_goes_on_from_the_adapter_and_with_the_added_photos(tmp_path: Path) -> None:
    manager = ModelManager(tmp_path, "cpu")
    adam = enrol(manager, EnrolRequest(name="Adam", subject=Subject.MAN, photos=(photo(0),)), Observer())
    with pytest.raises(UserError, match="not tuned yet"):
        tune_person(manager, TuneRequest(person=adam.id, recipe=STILL, further=True), Observer())
    learning = STILL.model_copy(update={"lora_rate": 1e-3, "feature_rate": 1e-3})
    adam = tune_person(manager, TuneRequest(person=adam.id, recipe=learning), Observer())
    assert adam.new_photos == 0
    learned = adapter(manager, adam)
    adam = add_photos(manager, AddPhotosRequest(person=adam.id, photos=(photo(1), photo(2))), Observer())
    assert adam.new_photos == 2
    assert all(torch.equal(value, learned[name]) for name, value in adapter(manager, adam).items())

    other = STILL.model_copy(update={"rank": 8, "steps": 2})
    further = tune_person(manager, TuneRequest(person=adam.id, recipe=other, seed=5, further=True), Observer())
    assert further.tuning is not None
    assert (further.tuning.earlier_steps, further.tuning.step, further.tuning.recipe.rank) == (1, 2, 2)
    assert (further.tuning.photos, further.new_photos) == ((0, 1, 2), 0)
    for name, value in adapter(manager, further).items():
        torch.testing.assert_close(value, learned[name], rtol=0, atol=1e-6)

    anew = tune_person(manager, TuneRequest(person=adam.id, recipe=STILL, seed=5), Observer())
    assert anew.tuning is not None
    assert anew.tuning.earlier_steps == 0
    assert any(not torch.allclose(value, learned[name], atol=1e-3) for name, value in adapter(manager, anew).items())

    taken = (Taken(attribute=Attribute.NOSE, person=None, name=None, steps=1),)
    manager.library.change(adam.id, lambda now: now.model_copy(update={"taken": taken}))
    with pytest.raises(UserError, match="made of others"):
        tune_person(manager, TuneRequest(person=adam.id, recipe=STILL, further=True), Observer())
