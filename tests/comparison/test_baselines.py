"""Textual Inversion and Custom Diffusion: each tunes exactly the parameters that it is known for."""

from __future__ import annotations

import pytest
import torch
from pydantic import ValidationError
from torch import Tensor

from facea_desktop.comparison.dreambooth import KEYS_AND_VALUES
from facea_desktop.comparison.facea_methods import person_named
from facea_desktop.comparison.method import MethodContext, Photos, is_tuned
from facea_desktop.comparison.method_registry import make_method
from facea_desktop.comparison.runner import evaluate
from facea_desktop.domain.events import Observer
from facea_desktop.domain.faces import PARTS, Subject
from facea_desktop.domain.people import Recipe
from facea_desktop.engine.identity_model import load_tensors
from facea_desktop.engine.prompt_embeddings import initial_features
from facea_desktop.library.person_files import ADAPTER, FEATURES
from tests.comparison.conftest import PROMPT, NewRequest, TinyModels
from tests.comparison.test_runner import rows_of

pytestmark = pytest.mark.usefixtures("cheap_likeness")


def base_weights(manager: TinyModels) -> dict[str, Tensor]:
    """Everything of the identity model but adapters, by the names without peft's wrapping."""
    pipe = manager.face_model.pipe
    parts = {"unet": pipe.unet, "vae": pipe.vae, "text": pipe.text_encoder}
    return {
        f"{part}.{name.replace('.base_layer', '')}": value.clone()
        for part, network in parts.items()
        for name, value in network.state_dict().items()
        if ".lora_" not in name
    }


def same(one: dict[str, Tensor], other: dict[str, Tensor]) -> bool:
    return one.keys() == other.keys() and all(torch.equal(one[name], other[name]) for name in one)


def test_textual_inversion_tunes_the_vectors_of_the_face_and_nothing_else(
    context: MethodContext, photos: Photos, manager: TinyModels
) -> None:
    before = base_weights(manager)
    method = make_method("textual-inversion", context)
    method.prepare(photos, Observer())
    assert same(base_weights(manager), before)
    profile = person_named(manager, "adam (textual-inversion)")
    assert profile is not None
    folder = manager.library.folder(profile.id)
    assert load_tensors(folder / ADAPTER) == {}
    tuned, padding = load_tensors(folder / FEATURES), initial_features(manager.face_model.texts, Subject.MAN, 3)
    assert [part for part in PARTS if not torch.equal(tuned[part], padding[part])] == ["face"]


def test_textual_inversion_is_painted_with_its_vectors_and_without_lora(
    context: MethodContext, photos: Photos, manager: TinyModels
) -> None:
    untuned, method = make_method("untuned", context), make_method("textual-inversion", context)
    untuned.prepare(photos, Observer())
    plain = untuned.generate(PROMPT, 0, Observer())
    make_method("full", context).prepare(photos, Observer())  # somebody with LoRA was on before
    method.prepare(photos, Observer())
    painted = method.generate(PROMPT, 0, Observer())
    assert painted.tobytes() != plain.tobytes()
    prompts = manager.face_model.prompts
    assert prompts is not None
    assert len(prompts.features["face"]) == 3
    assert manager.face_model.state()[0] == {}
    again = make_method("textual-inversion", context)  # read from disk
    again.prepare(photos, Observer())
    assert again.generate(PROMPT, 0, Observer()).tobytes() == painted.tobytes()


def test_custom_diffusion_tunes_keys_and_values_of_cross_attention_and_nothing_else(
    context: MethodContext, photos: Photos, manager: TinyModels
) -> None:
    before = base_weights(manager)
    method = make_method("custom-diffusion", context)
    method.prepare(photos, Observer())
    method.finish()
    assert same(base_weights(manager), before)
    (file,) = (context.work / "custom-diffusion").rglob(ADAPTER)
    adapter = load_tensors(file)
    layers = {name.removeprefix("unet.").split(".lora_")[0] for name in adapter}
    cross = {name for name, _ in manager.face_model.pipe.unet.named_modules() if name.endswith(KEYS_AND_VALUES)}
    assert len(cross) == 8  # two of each cross-attention: one down, one in the middle, two up
    assert layers == cross
    assert all(value.abs().max() > 0 for name, value in adapter.items() if ".lora_B." in name)


def test_custom_diffusion_and_dreambooth_differ_in_what_they_tune_alone(context: MethodContext, photos: Photos) -> None:
    pictures = set()
    for name in ("dreambooth-lora", "custom-diffusion"):
        method = make_method(name, context)
        method.prepare(photos, Observer())
        pictures.add(method.generate(PROMPT, 0, Observer()).tobytes())
        method.finish()
    assert len(pictures) == 2


def test_both_get_likeness_figures(manager: TinyModels, new_request: NewRequest) -> None:
    request = new_request(methods=("textual-inversion", "custom-diffusion"))
    done = evaluate(manager, request, Observer())
    rows = rows_of(request.out)
    assert (done.rows, done.pictures) == (4, 4)
    assert all(-1 < float(row["face_sim"]) < 1 for row in rows)


@pytest.mark.parametrize("name", ["textual-inversion", "custom-diffusion"])
def test_both_count_as_tuned(name: str) -> None:
    assert is_tuned(name)


def test_a_recipe_that_would_tune_nothing_is_refused() -> None:
    with pytest.raises(ValidationError, match="choose a rank, or a number of vectors"):
        Recipe(rank=0, features=0)
