"""A tiny identity model of real parts, with random weights, and the reference photos of nobody."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch
from diffusers import AutoencoderKL, DDIMScheduler, StableDiffusionInpaintPipeline, UNet2DConditionModel
from PIL import Image
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer

from facea_desktop.domain.faces import Attribute, Box, Face, Subject
from facea_desktop.engine.face_masks import box_masks
from facea_desktop.engine.identity_model import IdentityModel
from facea_desktop.engine.reference_latents import ReferenceLatents, ReferencePicture, encode_references
from facea_desktop.models.catalogue import Family, load_catalogue
from facea_desktop.models.devices import Placement

torch.set_num_threads(1)

SIDE = 64
WIDTH = 32
PREDICTIONS = ("epsilon", "v_prediction")

NewModel = Callable[..., IdentityModel]


def tiny_pipe(tokenizer: CLIPTokenizer, prediction: str) -> StableDiffusionInpaintPipeline:
    torch.manual_seed(0)
    text = CLIPTextConfig(
        vocab_size=len(tokenizer), hidden_size=WIDTH, intermediate_size=2 * WIDTH, num_hidden_layers=1,
        num_attention_heads=2, bos_token_id=0, eos_token_id=1, pad_token_id=1,
    )  # fmt: skip
    unet = UNet2DConditionModel(
        sample_size=SIDE // 8, in_channels=9, block_out_channels=(16, 32), layers_per_block=1, norm_num_groups=4,
        down_block_types=("CrossAttnDownBlock2D", "DownBlock2D"), up_block_types=("UpBlock2D", "CrossAttnUpBlock2D"),
        attention_head_dim=2, cross_attention_dim=WIDTH,
    )  # fmt: skip
    vae = AutoencoderKL(
        block_out_channels=(8, 8, 8, 8), down_block_types=("DownEncoderBlock2D",) * 4,
        up_block_types=("UpDecoderBlock2D",) * 4, layers_per_block=1, norm_num_groups=4,
    )  # fmt: skip
    zero_snr = {"rescale_betas_zero_snr": True, "timestep_spacing": "trailing"} if prediction != "epsilon" else {}
    pipe = StableDiffusionInpaintPipeline(
        vae=vae.eval(), text_encoder=CLIPTextModel(text).eval(), tokenizer=tokenizer, unet=unet.eval(),
        scheduler=DDIMScheduler(clip_sample=False, steps_offset=1, prediction_type=prediction, **zero_snr),
        safety_checker=None, feature_extractor=None, requires_safety_checker=False,
    )  # fmt: skip
    pipe.set_progress_bar_config(disable=True)
    return pipe


@pytest.fixture(scope="session")
def family() -> Family:
    """The default family at the size of the tiny model."""
    return load_catalogue().default_family.model_copy(
        update={
            "side": SIDE,
            "scheduler": "ddim",
            "steps": 3,
            "guidance": 2.0,
            "lora_targets": ("to_q", "to_k", "to_v"),
        }
    )


@pytest.fixture(scope="session")
def new_model(letter_tokenizer: CLIPTokenizer, family: Family) -> NewModel:
    """Makes the tiny model anew, the same every time; nobody is on."""

    def make(prediction: str = "epsilon") -> IdentityModel:
        return IdentityModel(tiny_pipe(letter_tokenizer, prediction), family, Placement("cpu", "float32", False))

    return make


@pytest.fixture
def model(new_model: NewModel) -> IdentityModel:
    """The tiny model with a man on who is not tuned: rank 4, 3 [feat] vectors a prompt."""
    made = new_model()
    made.init_adapter(Subject.MAN, rank=4, features=3, seed=7)
    return made


@pytest.fixture(scope="session")
def pictures() -> list[ReferencePicture]:
    """Three photos of noise with a face in the middle; the last one hides the left eye."""
    eyes = {Attribute.LEFT_EYE: Box(16, 22, 28, 32), Attribute.RIGHT_EYE: Box(36, 22, 48, 32)}
    face = Face(
        Box(10, 8, 54, 58), {**eyes, Attribute.NOSE: Box(27, 30, 37, 42), Attribute.MOUTH: Box(22, 44, 42, 52)}, 1
    )
    made = []
    for seed in range(3):
        noise = np.random.default_rng(seed).integers(0, 256, (SIDE, SIDE, 3), dtype=np.uint8)
        masks = box_masks((SIDE, SIDE), face)
        if seed == 2:
            del masks["left_eye"]
        made.append(ReferencePicture(Image.fromarray(noise), masks))
    return made


@pytest.fixture(scope="session")
def references(new_model: NewModel, pictures: list[ReferencePicture]) -> ReferenceLatents:
    return encode_references(pictures, new_model().pipe.vae, SIDE)
