from __future__ import annotations

from dataclasses import replace

import pytest
import torch
from diffusers import DDPMScheduler

from facea_desktop.domain.faces import FACE, PARTS, Attribute
from facea_desktop.engine.loss import Tasks, TuneBatch, draw_batch, task_losses

BOTH = Tasks(face=True, attributes=tuple(Attribute))


def noising_of(model):
    return DDPMScheduler.from_config(model.pipe.scheduler.config)


@pytest.fixture(params=["epsilon", "v_prediction"])
def noised(new_model, request):
    """A model with somebody on whose LoRA is no longer zero, and its noise schedule."""
    model = new_model(request.param)
    model.init_adapter("man", rank=4, features=3, seed=7)
    generator = torch.Generator().manual_seed(1)
    with torch.no_grad():
        for weight in model.trained()[0]:
            weight += 0.1 * torch.randn(weight.shape, generator=generator)
    return model, noising_of(model)


def draw(references, tasks=BOTH, size=4, key=5) -> TuneBatch:
    return draw_batch(references, tasks, size, 1000, key)


def gradients(model) -> list[torch.Tensor]:
    lora, features = model.trained()
    found = [torch.zeros_like(p) if p.grad is None else p.grad.clone() for p in [*lora, *features]]
    for p in [*lora, *features]:
        p.grad = None
    return found


def noise_error(model, noising, batch: TuneBatch) -> torch.Tensor:
    """E |ε_θ(z_t, t, x, T, m) - ε|² of one task by itself, written down a second time; one row after another."""
    errors = []
    for i, part in enumerate(batch.parts):
        kept = noising.alphas_cumprod[batch.t[i]]
        z_t = kept.sqrt() * batch.latents[i] + (1 - kept).sqrt() * batch.noise[i]
        x = torch.cat([z_t, batch.masks[i], batch.masked[i]])[None]
        predicted = model.pipe.unet(x, batch.t[i], model.prompts[part]).sample[0]
        target = batch.noise[i]
        if noising.config.prediction_type == "v_prediction":
            target = kept.sqrt() * batch.noise[i] - (1 - kept).sqrt() * batch.latents[i]
        errors.append(((predicted - target) ** 2).mean())
    return torch.stack(errors).mean()


def test_both_tasks_in_one_batch_equal_two_passes(noised, references):
    model, noising = noised
    batch = draw(references)
    together = task_losses(batch, model.pipe.unet, model.prompts, noising)
    together.total.backward()
    batched = gradients(model)
    face = noise_error(model, noising, batch.rows(slice(0, 4)))
    attribute = noise_error(model, noising, batch.rows(slice(4, 8)))
    face.backward()
    attribute.backward()
    torch.testing.assert_close(together.face, face)
    torch.testing.assert_close(together.attribute, attribute)
    for ours, theirs in zip(batched, gradients(model), strict=True):
        torch.testing.assert_close(ours, theirs, rtol=1e-4, atol=1e-6)
    assert sum(float(g.abs().sum()) for g in batched) > 0


@pytest.mark.parametrize("rows", [8, 4, 3, 2, 1])
def test_a_step_in_pieces_has_the_gradients_of_the_whole(noised, references, rows):
    model, noising = noised
    batch = draw(references)
    task_losses(batch, model.pipe.unet, model.prompts, noising).total.backward()
    whole = gradients(model)
    for start in range(0, 8, rows):
        piece = batch.rows(slice(start, start + rows))
        task_losses(piece, model.pipe.unet, model.prompts, noising, step=batch).total.backward()
    for ours, theirs in zip(gradients(model), whole, strict=True):
        torch.testing.assert_close(ours, theirs, rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("part", PARTS)
def test_each_feature_set_learns_from_its_own_task_alone(model, references, part):
    tasks = Tasks(face=part == FACE, attributes=() if part == FACE else (Attribute(part),))
    batch = draw(references, tasks)
    task_losses(batch, model.pipe.unet, model.prompts, noising_of(model)).total.backward()
    learning = {name for name, p in model.prompts.features.items() if p.grad is not None and p.grad.abs().sum() > 0}
    assert learning == {part}


@pytest.mark.parametrize("key", range(4))
def test_the_second_task_teaches_the_face_set_nothing(model, references, key):
    batch = draw(references, key=key)
    losses = task_losses(batch, model.pipe.unet, model.prompts, noising_of(model))
    losses.attribute.backward()
    face = model.prompts.features[FACE].grad
    assert face is None or not face.any()
    assert model.prompts.features[batch.parts[-1]].grad.abs().sum() > 0


def test_a_batch_is_the_face_and_one_attribute_of_the_same_size(references):
    drawn = set()
    for key in range(40):
        batch = draw(references, size=3, key=key)
        assert batch.parts[:3] == (FACE,) * 3
        assert len(set(batch.parts[3:])) == 1
        assert len(batch.parts) == 6
        drawn.add(batch.parts[3])
    assert drawn == set(Attribute)


def test_without_the_attribute_task_all_rows_are_the_face(references):
    assert draw(references, Tasks(face=True, attributes=())).parts == (FACE,) * 4


def test_only_photos_that_show_an_attribute_teach_it(references):
    assert references.holders["left_eye"] == [0, 1]
    for key in range(20):
        batch = draw(references, Tasks(face=False, attributes=(Attribute.LEFT_EYE,)), key=key)
        where = PARTS.index("left_eye")
        for mask, masked in zip(batch.masks, batch.masked, strict=True):
            assert mask.any()
            assert any(torch.equal(masked, references.masked[k, where]) for k in (0, 1))


def test_an_attribute_that_no_photo_shows_is_never_drawn(references):
    unseen = replace(references, holders={**references.holders, "nose": []})
    assert "nose" not in {part for key in range(30) for part in draw(unseen, key=key).parts}


def test_a_step_draws_the_same_again_and_another_step_does_not(references):
    one, again, other = draw(references, key=5), draw(references, key=5), draw(references, key=6)
    assert torch.equal(one.noise, again.noise)
    assert torch.equal(one.t, again.t)
    assert one.parts == again.parts
    assert torch.equal(one.latents, again.latents)
    assert not torch.equal(one.noise, other.noise)
