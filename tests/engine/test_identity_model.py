from __future__ import annotations

from contextlib import nullcontext

import numpy as np
import pytest
import torch
from PIL import Image

from facea_desktop.domain.errors import CancelledError
from facea_desktop.domain.faces import PARTS, Subject
from facea_desktop.engine import identity_model

SIDE = 64
# Samplers of diffusers hand tensors to NumPy in a way that NumPy 2 warns of.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")


@pytest.fixture(scope="module")
def picture():
    return Image.fromarray(np.random.default_rng(3).integers(0, 256, (SIDE, SIDE, 3), dtype=np.uint8))


@pytest.fixture(scope="module")
def mask():
    made = Image.new("L", (SIDE, SIDE), 0)
    made.paste(255, (16, 16, 48, 48))
    return made


@pytest.fixture
def redraw(picture, mask):
    def run(model, prompt="a man", **options):
        return np.asarray(model.redraw(picture, mask, prompt, **{"seed": 1, **options}))

    return run


def changed(model, by=0.5):
    """The person on, with weights that show."""
    generator = torch.Generator().manual_seed(2)
    with torch.no_grad():
        for group in model.trained():
            for weight in group:
                weight += by * torch.randn(weight.shape, generator=generator)
    return model


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(model, redraw):
    changed(model)
    assert np.array_equal(redraw(model), redraw(model))
    assert not np.array_equal(redraw(model), redraw(model, seed=2))


def test_who_was_on_before_leaves_no_trace(new_model, redraw):
    untouched = redraw(new_model())
    model = new_model()
    model.init_adapter(Subject.WOMAN, rank=4, features=4, seed=3)
    changed(model)
    on = redraw(model)
    model.unload_adapter()
    assert not np.array_equal(on, untouched)
    assert np.array_equal(redraw(model), untouched)
    assert {name.replace(".base_layer", "") for name in model.pipe.unet.state_dict()} == set(
        new_model().pipe.unet.state_dict()
    )


def test_lora_lies_inside_the_weights_while_something_is_painted_and_not_after(model, redraw, monkeypatch):
    changed(model, by=0.1)
    unet = model.pipe.unet
    before = {name: value.clone() for name, value in unet.state_dict().items()}
    beside: list[str] = []
    for name, part in unet.named_modules():
        if ".lora_" in name:
            part.register_forward_hook(lambda *_, name=name: beside.append(name))
    inside = redraw(model)
    assert not beside
    assert all(torch.equal(value, before[name]) for name, value in unet.state_dict().items())
    with pytest.raises(CancelledError):
        redraw(model, reached=stop)
    assert all(torch.equal(value, before[name]) for name, value in unet.state_dict().items())
    monkeypatch.setattr(identity_model, "merged", lambda *_, **__: nullcontext())
    assert np.abs(redraw(model).astype(int) - inside).max() <= 1
    assert beside


def stop(*_):
    raise CancelledError


def test_taking_off_twice_or_when_nobody_is_on_is_harmless(new_model):
    model = new_model()
    model.unload_adapter()
    model.init_adapter(Subject.MAN, 2, 1, 0)
    model.unload_adapter()
    model.unload_adapter()
    assert model.prompts is None


def test_an_untuned_person_paints_what_the_base_model_paints_from_the_same_prompts(model, redraw):
    untuned = redraw(model)
    changed(model)
    assert not np.array_equal(redraw(model), untuned)
    model.init_adapter(Subject.MAN, rank=4, features=3, seed=99)  # LoRA that changes nothing
    assert np.array_equal(redraw(model), untuned)


def test_a_new_person_is_the_same_for_the_same_seed_and_leaves_the_global_generator_alone(new_model):
    torch.manual_seed(5)
    before = torch.random.get_rng_state()
    model = new_model()
    torch.random.set_rng_state(before)
    model.init_adapter(Subject.MAN, 4, 3, seed=1)
    assert torch.equal(torch.random.get_rng_state(), before)
    one = model.state()[0]
    model.init_adapter(Subject.MAN, 4, 3, seed=1)
    assert all(torch.equal(value, one[name]) for name, value in model.state()[0].items())
    model.init_adapter(Subject.MAN, 4, 3, seed=2)
    assert any(not torch.equal(value, one[name]) for name, value in model.state()[0].items())


@pytest.mark.parametrize("features", [0, 3])
def test_state_and_put_on_are_a_round_trip_bit_for_bit(new_model, redraw, features):
    model = new_model()
    model.init_adapter(Subject.MAN, rank=4, features=features, seed=7)
    changed(model)
    adapter, sets = model.state()
    assert all(key.startswith("unet.") for key in adapter)
    assert {name: len(value) for name, value in sets.items()} == dict.fromkeys(PARTS, features)
    other = new_model()
    other.load_adapter(Subject.MAN, adapter, sets)
    again, sets_again = other.state()
    assert adapter.keys() == again.keys()
    assert all(torch.equal(adapter[key], again[key]) for key in adapter)
    assert all(torch.equal(sets[part], sets_again[part]) for part in PARTS)
    assert np.array_equal(redraw(model), redraw(other))


def test_an_adapter_without_features_is_put_on_without_any(model, new_model):
    adapter, _ = changed(model).state()
    other = new_model()
    other.load_adapter(Subject.MAN, adapter, None)
    assert all(len(other.prompts.features[part]) == 0 for part in PARTS)


def test_an_adapter_with_mixed_ranks_does_what_it_did(model, new_model, redraw):
    adapter, sets = changed(model).state()
    names = sorted(key.removesuffix(".lora_A.weight") for key in adapter if key.endswith(".lora_A.weight"))
    for name in names[::2]:
        adapter[f"{name}.lora_A.weight"] = adapter[f"{name}.lora_A.weight"][:2].clone()
        adapter[f"{name}.lora_B.weight"] = adapter[f"{name}.lora_B.weight"][:, :2].clone()
    other = new_model()
    other.load_adapter(Subject.MAN, adapter, sets)
    products = other.pipe.unet.state_dict()
    for name in names:
        wanted = adapter[f"{name}.lora_B.weight"] @ adapter[f"{name}.lora_A.weight"]
        inside = name.removeprefix("unet.")
        found = products[f"{inside}.lora_B.default.weight"] @ products[f"{inside}.lora_A.default.weight"]
        torch.testing.assert_close(found, wanted)
    assert not np.array_equal(redraw(other), redraw(model))


def test_an_adapter_on_fewer_modules_leaves_the_others_alone(model, new_model, redraw):
    adapter, sets = changed(model).state()
    few = {key: value for key, value in adapter.items() if ".mid_block." in key or ".attn2.to_k." in key}
    assert 0 < len(few) < len(adapter)
    fresh = new_model()
    fresh.load_adapter(Subject.MAN, few, sets)
    model.load_adapter(Subject.MAN, few, sets)  # after somebody with more modules
    assert fresh.state()[0].keys() == few.keys() == model.state()[0].keys()
    assert np.array_equal(redraw(fresh), redraw(model))


def test_a_person_who_could_not_be_put_on_leaves_the_model_usable(model, new_model, redraw):
    adapter, _ = model.state()
    too_many = {part: torch.zeros(75, 32) for part in PARTS}
    with pytest.raises(ValueError, match="do not fit"):
        model.load_adapter(Subject.MAN, adapter, too_many)
    model.unload_adapter()
    assert np.array_equal(redraw(model), redraw(new_model()))
    model.init_adapter(Subject.WOMAN, 4, 3, seed=0)


def test_cancelling_ends_a_redraw_at_its_next_step(model, redraw):
    seen = []

    def reached(step, latents):
        seen.append((step, tuple(latents.shape)))
        if step == 2:
            raise CancelledError

    with pytest.raises(CancelledError):
        redraw(model, reached=reached, steps=50)
    assert seen == [(step, (1, 4, SIDE // 8, SIDE // 8)) for step in (1, 2)]


@pytest.mark.parametrize("prediction", ["epsilon", "v_prediction"])
@pytest.mark.parametrize("scheduler", ["ddim", "dpmsolver", "euler"])
def test_every_scheduler_paints_with_both_kinds_of_model(new_model, redraw, prediction, scheduler):
    model = new_model(prediction)
    model.init_adapter(Subject.MAN, 4, 3, 0)
    drawn = redraw(model, scheduler=scheduler, steps=5)
    assert drawn.shape == (SIDE, SIDE, 3)
    assert drawn.std() > 0  # numbers that are not finite come out as one flat colour
    assert model.pipe.scheduler.config.prediction_type == prediction


@pytest.mark.parametrize("prediction", ["epsilon", "v_prediction"])
def test_a_request_paints_the_same_whatever_was_asked_before_it(new_model, redraw, prediction):
    alone = {name: redraw(new_model(prediction), scheduler=name) for name in ("ddim", "dpmsolver", "euler")}
    model = new_model(prediction)
    for name in ("euler", "dpmsolver", "ddim", "dpmsolver", "euler", "ddim"):
        assert np.array_equal(redraw(model, scheduler=name), alone[name]), name


@pytest.mark.parametrize("strength", [0.001, 0.05, 0.5, 1.0])
@pytest.mark.parametrize("steps", [1, 7])
def test_every_strength_and_number_of_steps_paints(model, redraw, strength, steps):
    assert redraw(model, strength=strength, steps=steps).shape == (SIDE, SIDE, 3)


def test_guidance_prompt_negative_and_strength_all_matter(model, redraw):
    changed(model)
    usual = redraw(model)
    for option in ({"guidance": 5.0}, {"prompt": "a woman"}, {"negative": "ugly"}, {"strength": 0.4}, {"steps": 4}):
        assert not np.array_equal(redraw(model, **option), usual), option


def test_guidance_of_one_needs_no_negative_prompt(model, redraw):
    assert np.array_equal(redraw(model, guidance=1.0), redraw(model, guidance=1.0, negative="ugly"))


def test_a_long_prompt_and_a_longer_negative_prompt_paint(model, redraw):
    assert redraw(model, prompt="o" * 200, negative="x" * 900, steps=1).shape == (SIDE, SIDE, 3)


def test_words_that_are_to_be_obeyed_are_painted_without_lora_and_away_from_the_same_without_them(model, redraw):
    changed(model)
    unet = model.pipe.unet
    before = {name: value.clone() for name, value in unet.state_dict().items()}
    by_words = redraw(model, prompt="a man smiling", plain="a man", guidance=3.0)
    assert all(torch.equal(value, before[name]) for name, value in unet.state_dict().items())
    assert not np.array_equal(by_words, redraw(model, prompt="a man smiling", guidance=3.0))
    for option in ({"guidance": 1.5}, {"plain": "a woman"}, {"prompt": "o" * 200, "plain": "x" * 900}):
        options = {"prompt": "a man smiling", "plain": "a man", "guidance": 3.0} | option
        assert not np.array_equal(redraw(model, **options), by_words), option
    with torch.no_grad():
        for weight in model.trained()[0]:
            weight.zero_()
    assert np.array_equal(redraw(model, prompt="a man smiling", plain="a man", guidance=3.0), by_words)
    same = [redraw(model, prompt="a man", plain="a man", guidance=scale) for scale in (1.0, 3.0)]
    assert np.abs(same[0].astype(int) - same[1]).max() <= 1  # nothing to lead away from
