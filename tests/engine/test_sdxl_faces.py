"""Faces by SDXL inpainting, its real layout with tiny weights: two text encoders, and [feat] as wide as both."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from diffusers import AutoencoderKL, DDPMScheduler, EulerDiscreteScheduler, StableDiffusionXLInpaintPipeline
from diffusers import UNet2DConditionModel as UNet
from PIL import Image
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection, CLIPTokenizer

from facea_desktop.domain.events import Losses, Observer
from facea_desktop.domain.faces import PARTS, Attribute, Subject
from facea_desktop.domain.people import Recipe
from facea_desktop.engine.adapter_layout import adapter_layout
from facea_desktop.engine.graphed_step import GraphedStep
from facea_desktop.engine.identity_model import IdentityModel
from facea_desktop.engine.loss import Tasks, draw_batch, task_losses
from facea_desktop.engine.reference_latents import ReferencePicture, encode_references
from facea_desktop.engine.trainer import Trainer, TuningConfig
from facea_desktop.models.catalogue import Family
from facea_desktop.models.devices import Placement
from facea_desktop.models.loaders import load_identity
from facea_desktop.models.model_store import ModelStore

SIDE = 64
NARROW, WIDE, WHOLE = 16, 32, 24
CPU = Placement("cpu", "float32", offload=False)
BOTH = Tasks(face=True, attributes=tuple(Attribute))
RECIPE = Recipe(steps=3, batch=1, rank=2, features=3, lora_rate=0.01, feature_rate=0.01)
# Samplers of diffusers hand tensors to NumPy in a way that NumPy 2 warns of.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")


def text(width: int) -> CLIPTextConfig:
    return CLIPTextConfig(
        vocab_size=60, hidden_size=width, intermediate_size=32, num_hidden_layers=2, num_attention_heads=2,
        projection_dim=WHOLE, bos_token_id=0, eos_token_id=1, pad_token_id=1,
    )  # fmt: skip


def tiny_inpainting(tokenizer: CLIPTokenizer) -> StableDiffusionXLInpaintPipeline:
    torch.manual_seed(4)
    unet = UNet(
        sample_size=SIDE // 8, in_channels=9, block_out_channels=(16, 32), layers_per_block=1, norm_num_groups=4,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"), up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
        attention_head_dim=(2, 4), use_linear_projection=True, transformer_layers_per_block=(1, 2),
        cross_attention_dim=NARROW + WIDE, addition_embed_type="text_time", addition_time_embed_dim=8,
        projection_class_embeddings_input_dim=WHOLE + 6 * 8,
    )  # fmt: skip
    vae = AutoencoderKL(
        block_out_channels=(8, 8, 8, 8), down_block_types=("DownEncoderBlock2D",) * 4,
        up_block_types=("UpDecoderBlock2D",) * 4, layers_per_block=1, norm_num_groups=4, scaling_factor=0.13025,
    )  # fmt: skip
    return StableDiffusionXLInpaintPipeline(
        vae=vae, text_encoder=CLIPTextModel(text(NARROW)), text_encoder_2=CLIPTextModelWithProjection(text(WIDE)),
        tokenizer=tokenizer, tokenizer_2=tokenizer, unet=unet, scheduler=EulerDiscreteScheduler(steps_offset=1),
        add_watermarker=False,
    )  # fmt: skip


@pytest.fixture
def store(tmp_path: Path, letter_tokenizer: CLIPTokenizer) -> ModelStore:
    """It has the tiny model as weights of the user's own."""
    tiny_inpainting(letter_tokenizer).save_pretrained(tmp_path / "mine")
    store = ModelStore(tmp_path / "data")
    used = store.use(str(tmp_path / "mine"))
    assert (used.role, used.family.name) == ("identity", "sdxl-sdxl")
    return store


@pytest.fixture
def small(store: ModelStore) -> Family:
    return store.family("sdxl-sdxl").model_copy(update={"side": SIDE, "steps": 3})


@pytest.fixture
def model(store: ModelStore, small: Family) -> IdentityModel:
    made = IdentityModel(load_identity(store, small, CPU), small, CPU)
    made.init_adapter(Subject.WOMAN, RECIPE.rank, RECIPE.features, seed=7)
    return made


def redraw(model: IdentityModel, **changed: Any) -> np.ndarray:
    picture = Image.fromarray(np.random.default_rng(3).integers(0, 256, (SIDE, SIDE, 3), dtype=np.uint8))
    mask = Image.new("L", (SIDE, SIDE), 0)
    mask.paste(255, (16, 16, 48, 48))
    return np.asarray(model.redraw(picture, mask, **({"prompt": "a woman", "seed": 1} | changed)))


def test_a_person_is_tuned_kept_and_put_on_again(
    model: IdentityModel, store: ModelStore, small: Family, pictures: list[ReferencePicture]
) -> None:
    references = encode_references(pictures, model.pipe.vae, SIDE)
    untuned, before = model.state(), redraw(model)
    losses: list[Losses] = []
    emit = lambda event: losses.append(event) if isinstance(event, Losses) else None  # noqa: E731
    Trainer(model, references, TuningConfig(RECIPE, BOTH, seed=0), Observer(emit=emit)).run()
    assert losses
    assert np.isfinite(losses[-1].face)
    adapter, features = model.state()
    assert {part: tuple(features[part].shape) for part in PARTS} == dict.fromkeys(PARTS, (3, NARROW + WIDE))
    assert not torch.equal(features["face"], untuned[1]["face"])
    tuned = redraw(model)
    assert not np.array_equal(tuned, before)
    other = IdentityModel(load_identity(store, small, CPU), small, CPU)
    other.load_adapter(Subject.WOMAN, adapter, features)
    assert np.array_equal(redraw(other), tuned)
    layout = adapter_layout(store, small)
    assert layout.width == NARROW + WIDE
    assert {key.split(".lora_")[0].removeprefix("unet.") for key in adapter} <= set(layout.modules)


def test_the_words_and_what_stands_beside_them_steer_the_face(model: IdentityModel) -> None:
    usual = redraw(model)
    assert np.array_equal(redraw(model), usual)
    for option in ({"prompt": "a man"}, {"guidance": 3.0}, {"negative": "ugly"}, {"strength": 0.4}):
        assert not np.array_equal(redraw(model, **option), usual), option
    assert redraw(model, prompt="o" * 200, negative="x" * 300, steps=1).shape == (SIDE, SIDE, 3)


def test_the_unet_sees_the_same_in_tuning_as_in_painting(
    model: IdentityModel, pictures: list[ReferencePicture]
) -> None:
    seen: list[dict[str, Any]] = []
    model.pipe.unet.register_forward_pre_hook(lambda _, args, kwargs: seen.append(kwargs), with_kwargs=True)
    redraw(model, steps=1, prompt="a photo of a woman", guidance=1.0)
    references = encode_references(pictures, model.pipe.vae, SIDE)
    noising = DDPMScheduler.from_config(model.pipe.scheduler.config)
    assert model.prompts is not None
    batch = draw_batch(references, BOTH, 1, 1000, key=1)
    task_losses(batch, model.pipe.unet, model.prompts, noising)
    painted, learned = (one["added_cond_kwargs"] for one in seen)
    assert painted["time_ids"][0].tolist() == learned["time_ids"][0].tolist() == [64, 64, 0, 0, 64, 64]
    assert painted["text_embeds"].shape[-1] == learned["text_embeds"].shape[-1] == WHOLE
    assert learned["text_embeds"].shape[0] == 2
    assert not torch.equal(learned["text_embeds"][0], learned["text_embeds"][1])  # T_face, and T_v of the part


def test_no_unwanted_words_are_zeros_as_sdxl_learned_it(model: IdentityModel) -> None:
    model.pipe.register_to_config(force_zeros_for_empty_prompt=True)
    seen: list[dict[str, Any]] = []
    model.pipe.unet.register_forward_pre_hook(lambda _, args, kwargs: seen.append(kwargs), with_kwargs=True)
    redraw(model, steps=1)
    against = seen[0]["encoder_hidden_states"][0], seen[0]["added_cond_kwargs"]["text_embeds"][0]
    assert [float(one.abs().max()) for one in against] == [0.0, 0.0]


def test_the_graph_of_a_step_has_the_plain_steps_gradients(
    model: IdentityModel, pictures: list[ReferencePicture]
) -> None:
    references = encode_references(pictures, model.pipe.vae, SIDE)
    noising = DDPMScheduler.from_config(model.pipe.scheduler.config)
    assert model.prompts is not None
    first, second = (draw_batch(references, BOTH, 1, 1000, key) for key in (1, 4))
    step = GraphedStep(model.pipe.unet, model.prompts, noising, first)
    weights = [weight for group in model.trained() for weight in group]
    for batch in (first, second):
        for weight in weights:
            weight.grad = None
        losses = task_losses(batch, model.pipe.unet, model.prompts, noising)
        torch.autograd.backward(losses.total)
        plain = [weight.grad for weight in weights]
        for weight in weights:
            weight.grad = None
        told = step.backward(batch)
        torch.testing.assert_close(told, torch.stack([losses.face, losses.attribute]).detach())
        for weight, theirs in zip(weights, plain, strict=True):
            assert (weight.grad is None) == (theirs is None)
            if theirs is not None:
                torch.testing.assert_close(weight.grad, theirs, rtol=1e-4, atol=1e-6)
