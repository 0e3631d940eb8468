"""The step as a graph: the same losses and gradients as call by call."""

from __future__ import annotations

import pytest
import torch
from diffusers import DDPMScheduler

from facea_desktop.domain.events import Losses, Observer
from facea_desktop.domain.faces import PARTS, Attribute, Subject
from facea_desktop.domain.people import Recipe
from facea_desktop.engine import training_memory
from facea_desktop.engine.graphed_step import GraphedStep
from facea_desktop.engine.identity_model import IdentityModel
from facea_desktop.engine.loss import Tasks, draw_batch, task_losses
from facea_desktop.engine.reference_latents import encode_references
from facea_desktop.engine.trainer import Trainer, TuningConfig
from facea_desktop.models.devices import Placement
from tests.engine.conftest import PREDICTIONS, SIDE, tiny_pipe

BOTH = Tasks(face=True, attributes=tuple(Attribute))
RECIPE = Recipe(steps=20, batch=2, rank=4, features=3, lora_rate=0.01, feature_rate=0.01)


def somebody(new_model, prediction="epsilon", features=3, rank=4):
    model = new_model(prediction)
    model.init_adapter(Subject.MAN, rank, features, seed=7)
    generator = torch.Generator().manual_seed(2)
    with torch.no_grad():
        for weight in model.trained()[0]:
            weight += 0.1 * torch.randn(weight.shape, generator=generator).to(weight.device)
    return model


def gradients(model):
    found = [weight.grad for group in model.trained() for weight in group]
    return [None if gradient is None else gradient.clone() for gradient in found]


@pytest.mark.parametrize(("features", "rank"), [(0, 4), (3, 4), (3, 0)])
@pytest.mark.parametrize("prediction", PREDICTIONS)
@pytest.mark.parametrize("tasks", [BOTH, Tasks(face=False, attributes=(Attribute.NOSE,))])
def test_losses_and_gradients_are_those_of_the_plain_step(new_model, references, tasks, prediction, features, rank):
    model = somebody(new_model, prediction, features, rank)
    noising = DDPMScheduler.from_config(model.pipe.scheduler.config)
    first, second = (draw_batch(references, tasks, 2, 1000, key) for key in (1, 4))
    step = GraphedStep(model.pipe.unet, model.prompts, noising, first)
    for batch in (first, second):
        for weight in (weight for group in model.trained() for weight in group):
            weight.grad = None
        losses = task_losses(batch, model.pipe.unet, model.prompts, noising)
        losses.total.backward()
        plain = gradients(model)
        told = step.backward(batch)
        torch.testing.assert_close(told, torch.stack([losses.face, losses.attribute]).detach())
        for ours, theirs in zip(gradients(model), plain, strict=True):
            assert (ours is None) == (theirs is None)
            if ours is not None:
                torch.testing.assert_close(ours, theirs, rtol=1e-4, atol=1e-6)
    absent = {part for part, vectors in model.prompts.features.items() if vectors.grad is None}
    assert absent == set(PARTS) - set(second.parts)


class NoRoom:
    """A graph for whose step there is no memory any more."""

    def backward(self, batch):
        raise torch.OutOfMemoryError


def tuned(new_model, references, monkeypatch, capture_step):
    model = somebody(new_model)
    monkeypatch.setattr(training_memory, "capture_step", capture_step)
    told: list[Losses] = []
    observer = Observer(emit=lambda event: told.append(event) if isinstance(event, Losses) else None)
    Trainer(model, references, TuningConfig(RECIPE, BOTH, seed=3), observer).run()
    return model.state()[0], [(one.face, one.attribute) for one in told]


def graphed(model, noising, batch):
    """The step as the graph calculates it, on the processor."""
    return GraphedStep(model.pipe.unet, model.prompts, noising, batch)


def no_graph(model, noising, batch):
    return None


@pytest.mark.parametrize("capture_step", [graphed, lambda *_: NoRoom()])
def test_a_run_learns_the_same_with_a_graph_and_where_there_is_no_room_for_one(
    new_model, references, monkeypatch, capture_step
):
    plain, plain_losses = tuned(new_model, references, monkeypatch, no_graph)
    ours, losses = tuned(new_model, references, monkeypatch, capture_step)
    assert losses == [pytest.approx(pair, rel=1e-4) for pair in plain_losses]
    for name, value in ours.items():
        torch.testing.assert_close(value, plain[name], rtol=1e-3, atol=1e-4)


def test_the_graph_goes_where_there_is_no_room_to_paint_beside_it(new_model, references, monkeypatch):
    room = iter([False, True])

    def measure() -> float:
        if not next(room):
            raise torch.OutOfMemoryError
        return 0.5

    monkeypatch.setattr(training_memory, "capture_step", graphed)
    config = TuningConfig(RECIPE.model_copy(update={"steps": 4}), BOTH, seed=3)
    assert Trainer(somebody(new_model), references, config, Observer(), measure).run().curve[-1].likeness == 0.5


@pytest.mark.skipif(not torch.cuda.is_available(), reason="graphs are CUDA's")
def test_a_card_learns_from_a_graph_what_it_learns_without(letter_tokenizer, family, pictures, monkeypatch):
    placement = Placement("cuda", "bfloat16", offload=False, bf16_tuning=True)

    def on_card(prediction: str) -> IdentityModel:
        pipe = tiny_pipe(letter_tokenizer, prediction).to("cuda", torch.bfloat16)
        return IdentityModel(pipe, family, placement)

    references = encode_references(pictures, on_card("epsilon").pipe.vae, SIDE)
    capture_step = training_memory.capture_step
    graphs = []

    def watched(model, noising, batch):
        graphs.append(capture_step(model, noising, batch))
        return graphs[-1]

    with_graph, losses = tuned(on_card, references, monkeypatch, watched)
    assert graphs[0] is not None
    without, plain_losses = tuned(on_card, references, monkeypatch, no_graph)
    assert losses == [pytest.approx(pair, rel=0.02) for pair in plain_losses]
    assert with_graph.keys() == without.keys()
