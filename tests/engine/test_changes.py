"""What is changed of a person while the engine is at work on them stays changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
import torch
from PIL import Image

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.faces import Subject
from facea_desktop.domain.generations import generation_of
from facea_desktop.domain.people import Consent, Profile, Recipe, Reference, Tuning
from facea_desktop.domain.photo_requests import MaskRequest
from facea_desktop.domain.requests import CheckpointRequest
from facea_desktop.engine.checkpoints import Checkpoint, write_checkpoint
from facea_desktop.engine.enrolment import draw_mask
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.engine.tuning_service import use_checkpoint
from facea_desktop.library.id_library import Library
from facea_desktop.library.person_files import BEST

ANNA = "a" * 12
SELF = Consent(kind="self")
RECIPE = Recipe(steps=4)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    made = Library(tmp_path)
    tuning = Tuning(generation=generation_of("starter"), recipe=RECIPE, seed=0, step=2, best_step=2)
    anna = Profile(
        id=ANNA,
        name="Anna",
        subject=Subject.WOMAN,
        family="starter",
        references=(Reference(index=0, parts=("face",)),),
        tuning=tuning,
    )
    made.create(anna, {"adapter.safetensors": b"best", "masks/0-face.png": b"mask"})
    checkpoints = made.folder(ANNA) / "checkpoints"
    checkpoints.mkdir()
    (checkpoints / "end-adapter.safetensors").write_bytes(b"end")
    return made


@pytest.fixture
def meanwhile(library: Library, monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Profile], Profile]], None]:
    """Change Anna right after she is read for the first time."""

    def plan(change: Callable[[Profile], Profile]) -> None:
        read, waiting = library.get, [change]

        def get(key: str) -> Profile:
            profile = read(key)
            if waiting:
                library.change(key, waiting.pop())
            return profile

        monkeypatch.setattr(library, "get", get)

    return plan


def manager(library: Library) -> ModelManager:
    return cast(ModelManager, SimpleNamespace(library=library))


def test_a_leave_that_is_given_while_a_mask_is_drawn_is_kept(
    library: Library, meanwhile: Callable[[Callable[[Profile], Profile]], None], tmp_path: Path
) -> None:
    mask = tmp_path / "nose.png"
    Image.new("L", (512, 512), 255).save(mask)
    meanwhile(lambda now: now.model_copy(update={"consent": SELF}))
    after = draw_mask(manager(library), MaskRequest(person=ANNA, index=0, part="nose", file=mask))
    assert (after.consent, after.references[0].parts) == (SELF, ("face", "nose"))


def test_a_leave_that_is_given_while_a_checkpoint_is_chosen_is_kept(
    library: Library, meanwhile: Callable[[Callable[[Profile], Profile]], None]
) -> None:
    meanwhile(lambda now: now.model_copy(update={"consent": SELF}))
    after = use_checkpoint(manager(library), CheckpointRequest(person=ANNA, which="last"))
    assert after.consent == SELF
    assert library.read_files(after)["adapter.safetensors"] == b"end"


def test_best_weights_of_another_run_are_not_put_in_use(library: Library) -> None:
    tensors = {"adapter": torch.zeros(1), "features.face": torch.zeros(1, 2)}
    write_checkpoint(library.folder(ANNA) / "checkpoints" / BEST, Checkpoint(3, "", (), tensors))
    with pytest.raises(UserError, match="no longer stored"):
        use_checkpoint(manager(library), CheckpointRequest(person=ANNA, which="best"))
    assert library.read_files(library.get(ANNA))["adapter.safetensors"] == b"best"


def test_weights_of_another_tuning_take_no_place(
    library: Library, meanwhile: Callable[[Callable[[Profile], Profile]], None]
) -> None:
    anew = Tuning(generation=generation_of("starter"), recipe=Recipe(steps=9), seed=1, step=9)
    meanwhile(lambda now: now.model_copy(update={"tuning": anew}))
    with pytest.raises(UserError, match="tuned again in the meantime"):
        use_checkpoint(manager(library), CheckpointRequest(person=ANNA, which="last"))
    after = library.get(ANNA)
    assert after.tuning == anew
    assert library.read_files(after)["adapter.safetensors"] == b"best"
