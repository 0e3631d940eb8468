"""Too little memory is heard from every device, so that painting and tuning step down."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, NoReturn

import pytest
import torch

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Event, Observer, Warned
from facea_desktop.domain.faces import Attribute, Subject
from facea_desktop.domain.generations import generation_of
from facea_desktop.domain.mix_requests import AttributeSource, MixPreviewRequest, MixRequest
from facea_desktop.domain.people import Profile, Recipe, Tuning
from facea_desktop.engine.identity_model import IdentityModel
from facea_desktop.engine.loss import Tasks
from facea_desktop.engine.mix_preview import preview_mix
from facea_desktop.engine.out_of_memory import raising_out_of_memory
from facea_desktop.engine.painting_memory import with_memory_stepdown
from facea_desktop.engine.reference_latents import ReferenceLatents
from facea_desktop.engine.trainer import Trainer, TuningConfig
from facea_desktop.engine.tuning_service import mix_people

TOO_LITTLE = [
    torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB."),
    RuntimeError("MPS backend out of memory (MPS allocated: 9.00 GB, max allowed: 9.07 GB). Tried to allocate 1 GB."),
    RuntimeError("Invalid buffer size: 18.00 GB"),
    RuntimeError("[enforce fail at alloc_cpu.cpp:117] DefaultCPUAllocator: can't allocate memory"),
]


class Manager:
    """What painting gives up, in its order; on the processor models have nowhere else to be."""

    def __init__(self, device: str) -> None:
        self.given_up: list[str] = []
        self._left = ["tiling"] if device == "cpu" else ["offload", "tiling"]

    def enable_offload(self) -> bool:
        return self._give_up("offload")

    def enable_tiling(self) -> bool:
        return self._give_up("tiling")

    def _give_up(self, what: str) -> bool:
        if what not in self._left:
            return False
        self._left.remove(what)
        self.given_up.append(what)
        return True


@pytest.mark.parametrize("error", TOO_LITTLE, ids=str)
@pytest.mark.parametrize(
    ("device", "fits_with"), [("mps", ["offload"]), ("cuda", ["offload", "tiling"]), ("cpu", ["tiling"])]
)
def test_painting_gives_up_one_thing_after_the_other_until_it_fits(
    error: RuntimeError, device: str, fits_with: list[str]
) -> None:
    told: list[Event] = []
    manager: Any = Manager(device)

    def paint() -> str:
        if manager.given_up != fits_with:
            raise error
        return "painted"

    assert with_memory_stepdown(manager, paint, Observer(told.append)) == "painted"
    assert [type(event) for event in told] == [Warned] * len(fits_with)


@pytest.mark.parametrize("error", TOO_LITTLE, ids=str)
def test_painting_that_never_fits_is_said_once_nothing_is_left_to_give_up(error: RuntimeError) -> None:
    manager: Any = Manager("cuda")

    def never() -> NoReturn:
        raise error

    for _ in range(2):
        with pytest.raises(UserError, match="too little memory"):
            with_memory_stepdown(manager, never, Observer())
        assert manager.given_up == ["offload", "tiling"]


@pytest.mark.parametrize("error", TOO_LITTLE, ids=str)
def test_a_step_of_tuning_is_cut_on_every_device(
    error: RuntimeError, model: IdentityModel, references: ReferenceLatents, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = model.pipe.unet.forward

    def forward(x: torch.Tensor, *args: Any, **named: Any) -> Any:
        if len(x) > 1:
            raise error
        return real(x, *args, **named)

    monkeypatch.setattr(model.pipe.unet, "forward", forward)
    told: list[Event] = []
    config = TuningConfig(Recipe(steps=1, batch=1, rank=4, features=3), Tasks(True, (Attribute.NOSE,)), seed=0)
    assert Trainer(model, references, config, Observer(told.append)).run().steps == 1
    assert [event.message for event in told if isinstance(event, Warned)] == [
        "Memory is low: each step now runs in 2 smaller pieces."
    ]


def test_other_errors_stay_what_they_are() -> None:
    error = RuntimeError("mat1 and mat2 shapes cannot be multiplied")
    with pytest.raises(RuntimeError) as raised, raising_out_of_memory():
        raise error
    assert raised.value is error


def test_nobody_is_mixed_with_themselves() -> None:
    tuning = Tuning(generation=generation_of("starter"), recipe=Recipe(), seed=0, step=1)
    anna = Profile(id="a" * 12, name="Anna", subject=Subject.WOMAN, family="starter", tuning=tuning)
    library = SimpleNamespace(get=lambda key: anna)
    models = SimpleNamespace(at_first_sight=lambda person: False)
    manager: Any = SimpleNamespace(library=library, models=models, family=lambda name: SimpleNamespace())
    takes = (AttributeSource(attribute=Attribute.NOSE, person="Anna"),)
    with pytest.raises(UserError, match="Anna cannot take attributes from Anna"):
        mix_people(manager, MixRequest(person=anna.id, takes=takes, name="Both"), Observer())
    with pytest.raises(UserError, match="Anna cannot take attributes from Anna"):
        preview_mix(manager, MixPreviewRequest(person=anna.id, takes=takes), Observer())
