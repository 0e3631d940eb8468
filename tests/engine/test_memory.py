"""Too little memory is heard from every device, so that painting and tuning step down."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, NoReturn

import pytest
import torch

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Event, Observer, Warned
from facea_desktop.domain.faces import Attribute, Subject
from facea_desktop.domain.people import Profile, Recipe, Tuning
from facea_desktop.domain.requests import MixPreviewRequest, MixRequest, Take
from facea_desktop.engine import tune
from facea_desktop.engine.learn import mix_people
from facea_desktop.engine.memory import heard_as_out_of_memory
from facea_desktop.engine.portrait import in_memory
from facea_desktop.engine.preview import preview_mix

TOO_LITTLE = [
    torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB."),
    RuntimeError("MPS backend out of memory (MPS allocated: 9.00 GB, max allowed: 9.07 GB). Tried to allocate 1 GB."),
    RuntimeError("Invalid buffer size: 18.00 GB"),
    RuntimeError("[enforce fail at alloc_cpu.cpp:117] DefaultCPUAllocator: can't allocate memory"),
]


@pytest.mark.parametrize("error", TOO_LITTLE, ids=str)
def test_painting_goes_on_piece_by_piece_on_every_device(error: RuntimeError) -> None:
    told: list[Event] = []
    saved: list[bool] = []
    studio: Any = SimpleNamespace(save_memory=lambda: saved.append(True))

    def paint(offload: bool) -> str:
        if not offload:
            raise error
        return "painted"

    assert in_memory(studio, paint, Observer(told.append)) == "painted"
    assert (len(saved), [type(event) for event in told]) == (1, [Warned])

    def never(offload: bool) -> NoReturn:
        raise error

    with pytest.raises(UserError, match="too little memory"):
        in_memory(studio, never, Observer())


@pytest.mark.parametrize("error", TOO_LITTLE, ids=str)
def test_a_step_of_tuning_is_cut_on_every_device(error: RuntimeError) -> None:
    def refuse(batch: object) -> NoReturn:
        raise error

    run: Any = SimpleNamespace(_learn=refuse)
    assert tune._Run._fits(run, None) is False  # type: ignore[arg-type]


def test_other_errors_stay_what_they_are() -> None:
    error = RuntimeError("mat1 and mat2 shapes cannot be multiplied")
    with pytest.raises(RuntimeError) as raised, heard_as_out_of_memory():
        raise error
    assert raised.value is error


def test_nobody_is_mixed_with_themselves() -> None:
    tuning = Tuning(recipe=Recipe(), seed=0, step=1)
    anna = Profile(id="a" * 12, name="Anna", subject=Subject.WOMAN, family="starter", tuning=tuning)
    library = SimpleNamespace(get=lambda key: anna)
    studio: Any = SimpleNamespace(library=library, family=lambda name: SimpleNamespace())
    takes = (Take(attribute=Attribute.NOSE, person="Anna"),)
    with pytest.raises(UserError, match="Anna cannot take anything from Anna"):
        mix_people(studio, MixRequest(person=anna.id, takes=takes, name="Both"), Observer())
    with pytest.raises(UserError, match="Anna cannot take anything from Anna"):
        preview_mix(studio, MixPreviewRequest(person=anna.id, takes=takes), Observer())
