"""Painting from a graph: the same pictures as call by call. A graph's place is taken by a rerun where there is none."""

from __future__ import annotations

import logging
from collections.abc import Callable
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from facea_desktop.domain.errors import CancelledError
from facea_desktop.domain.faces import FACE, Subject
from facea_desktop.engine import graphed_unet as module
from facea_desktop.engine.graphed_unet import GraphedUNet
from facea_desktop.engine.identity_model import IdentityModel
from facea_desktop.engine.scene_painter import PipelinePainter, SceneRequest
from facea_desktop.models.catalogue import load_catalogue
from facea_desktop.models.devices import Placement
from tests.comparison.conftest import tiny_context
from tests.engine.conftest import tiny_pipe

# diffusers, of its DPM solver
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")


class Card:
    """Stands in for a card: a "graph" reruns what was captured, from the same tensors into the same ones.

    Attributes:
        captures: how many were made.
        replays: how often one was replayed.
        error: what a capture fails with.
        spare: whether there is memory for graphs.
    """

    def __init__(self) -> None:
        self.captures = self.replays = 0
        self.error: Exception | None = None
        self.spare = True

    def captured(self, calculate: Callable[[], object], device: torch.device, *, warm_up: int) -> SimpleNamespace:
        if self.error is not None:
            raise self.error
        self.captures += 1

        def replay() -> None:
            self.replays += 1
            calculate()

        calculate()
        return SimpleNamespace(replay=replay)


@pytest.fixture
def card(monkeypatch: pytest.MonkeyPatch) -> Card:
    made = Card()
    monkeypatch.setattr(module, "captured", made.captured)
    monkeypatch.setattr(module, "has_spare_memory", lambda _: made.spare)
    monkeypatch.setattr(module, "_stays_on_card", lambda _: True)
    return made


@pytest.fixture
def no_card(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("captured")

    monkeypatch.setattr(module, "captured", never)


def painted(painter: PipelinePainter, words: str = "a man", watch=lambda *_: None, **changed) -> bytes:
    asked = {"context": words, "face": "", "unwanted": "a hat", "seed": 5} | changed
    return painter.paint(SceneRequest(**asked), watch).picture.tobytes()


@pytest.fixture
def new_painter(letter_tokenizer) -> Callable[..., PipelinePainter]:
    def make(**changed: object) -> PipelinePainter:
        small = {"context_side": 64, "context_steps": 4, "scheduler": "dpmsolver"} | changed
        family = load_catalogue().family("sdxl-sd15").model_copy(update=small)
        return PipelinePainter(tiny_context(letter_tokenizer), family, moving=False)

    return make


def redrawn(model: IdentityModel, pictures, **changed: object) -> np.ndarray:
    reference = pictures[0]
    return np.asarray(model.redraw(reference.picture, reference.masks[FACE], "a man", **({"seed": 3} | changed)))


def somebody(new_model, seed: int = 2) -> IdentityModel:
    model = new_model()
    put_on_tuned(model, seed)
    return model


def put_on_tuned(model: IdentityModel, seed: int) -> None:
    model.init_adapter(Subject.MAN, 4, 3, seed=7)
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for weight in model.trained()[0]:
            weight += 0.1 * torch.randn(weight.shape, generator=generator).to(weight.device)


@pytest.mark.parametrize("scheduler", ["ddim", "euler", "dpmsolver"])
def test_a_scene_is_the_same_bit_for_bit_and_later_ones_take_the_same_graph(new_painter, card, scheduler):
    painter = new_painter(scheduler=scheduler)
    with_graph = [painted(painter), painted(painter, "a woman in a garden", seed=6)]
    assert (card.captures, card.replays) == (1, 8)
    card.error = AssertionError("no graph")
    plain = PipelinePainter(painter.pipe, painter._family, moving=False)
    plain.graphed._failed = True
    assert [painted(plain), painted(plain, "a woman in a garden", seed=6)] == with_graph
    assert card.replays == 8


def test_inputs_of_other_shapes_are_captured_anew(new_painter, card):
    painter = new_painter()
    guided, free = painted(painter), painted(painter, guidance=1.0)
    assert card.captures == 2
    assert painted(painter) == guided
    assert card.captures == 3  # one graph is kept, the last
    card.spare = False
    painter.graphed.forget()
    assert (painted(painter), painted(painter, guidance=1.0)) == (guided, free)
    assert card.captures == 3


def test_a_face_is_the_same_and_the_next_person_is_painted_from_the_same_graph(new_model, pictures, card):
    model = somebody(new_model)
    first = redrawn(model, pictures)
    put_on_tuned(model, 4)
    second = redrawn(model, pictures)
    model.unload_adapter()
    nobody = redrawn(model, pictures)
    assert card.captures == 2  # nobody has shorter prompts
    card.spare = False
    model.graphed.forget()
    assert np.array_equal(redrawn(model, pictures), nobody)
    put_on_tuned(model, 2)
    assert np.array_equal(redrawn(model, pictures), first)
    put_on_tuned(model, 4)
    assert np.array_equal(redrawn(model, pictures), second)
    assert card.captures == 2
    assert not np.array_equal(first, second)


def test_weights_that_lie_elsewhere_are_captured_anew(new_painter, card):
    painter = new_painter()
    painted(painter)
    weight = painter.pipe.unet.conv_in.weight
    weight.data.mul_(1.5)  # in place: the graph sees it
    changed = painted(painter)
    assert card.captures == 1
    weight.data = weight.data.clone()
    assert painted(painter) == changed
    assert card.captures == 2


def test_what_the_unet_answered_is_not_where_the_graph_writes_its_next_answer(new_model, card):
    model = new_model()
    sample, words = torch.randn(2, 9, 8, 8), torch.randn(2, 77, 32)
    with torch.no_grad(), model.graphed.replaying():
        answer = model.pipe.unet(sample, torch.tensor(7), encoder_hidden_states=words, return_dict=False)[0]
    plain = model.pipe.unet(sample, torch.tensor(7), encoder_hidden_states=words, return_dict=False)[0]
    assert card.replays == 1
    assert torch.equal(answer, plain)
    assert answer.data_ptr() != model.graphed._forward._output.data_ptr()


def test_lora_that_runs_beside_the_layers_is_not_captured(new_model, pictures, card, monkeypatch):
    model = somebody(new_model)
    with model.graphed.replaying():
        assert "forward" not in vars(model.pipe.unet)
    model.unload_adapter()
    with model.graphed.replaying():
        assert "forward" in vars(model.pipe.unet)


def test_what_cannot_be_captured_is_painted_call_by_call_and_said_once(new_painter, card, caplog):
    painter = new_painter()
    right = painted(painter)
    painter.graphed.forget()
    card.error = RuntimeError("operation not permitted when stream is capturing")
    with caplog.at_level(logging.WARNING, module.__name__):
        assert [painted(painter), painted(painter)] == [right, right]
    assert [record.message for record in caplog.records] == [
        "painting goes on without a graph of the UNet: operation not permitted when stream is capturing"
    ]


@pytest.mark.parametrize("error", [torch.OutOfMemoryError("CUDA"), RuntimeError("CUDA error: out of memory")])
def test_without_room_for_a_graph_one_picture_is_painted_without(new_painter, card, caplog, error):
    painter = new_painter()
    right = painted(painter)
    painter.graphed.forget()
    card.error = error
    assert painted(painter) == right
    assert not caplog.records
    card.error = None
    assert painted(painter) == right
    assert card.captures == 2


def test_the_graph_goes_after_a_picture_where_memory_is_short(new_painter, card):
    painter = new_painter()

    def fill(*_: object) -> None:
        card.spare = False

    right = painted(painter, watch=fill)
    assert card.captures == 1
    assert painter.graphed._forward is None
    assert painted(painter) == right
    assert card.captures == 1


def test_the_unet_is_as_before_after_a_picture_and_after_a_stop(new_painter, card):
    painter = new_painter()
    right = painted(painter)

    def stop(*_: object) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        painted(painter, watch=stop)
    assert "forward" not in vars(painter.pipe.unet)
    assert painted(painter) == right


def test_the_processor_paints_without_a_graph(new_painter, new_model, pictures, no_card):
    assert painted(new_painter())
    redrawn(somebody(new_model), pictures)


def test_a_unet_that_moves_between_memories_has_no_graph():
    assert module._stays_on_card(SimpleNamespace(device=torch.device("cuda", 0)))
    assert not module._stays_on_card(SimpleNamespace(device=torch.device("cuda", 0), _hf_hook=object()))
    assert not module._stays_on_card(SimpleNamespace(device=torch.device("mps")))


def test_a_pipeline_without_a_unet_is_left_alone(card):
    pipe = SimpleNamespace(transformer=object())
    with GraphedUNet(pipe).replaying():
        assert list(vars(pipe)) == ["transformer"]


@pytest.mark.skipif(not torch.cuda.is_available(), reason="graphs are CUDA's")
def test_a_card_paints_from_a_graph_what_it_paints_without(letter_tokenizer, family, pictures, monkeypatch):
    pipe = tiny_pipe(letter_tokenizer, "epsilon").to("cuda", torch.bfloat16)
    model = IdentityModel(pipe, family, Placement("cuda", "bfloat16", offload=False))
    put_on_tuned(model, 2)
    first = redrawn(model, pictures)
    assert model.graphed._forward is not None
    put_on_tuned(model, 4)
    second = redrawn(model, pictures)
    monkeypatch.setattr(module, "_stays_on_card", lambda _: False)
    assert np.abs(redrawn(model, pictures).astype(int) - second).max() <= 2
    put_on_tuned(model, 2)
    assert np.abs(redrawn(model, pictures).astype(int) - first).max() <= 2
