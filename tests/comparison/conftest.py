"""A studio with tiny models under the real evaluation, and a folder of the two sample people."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from diffusers import AutoencoderKL, DDIMScheduler, StableDiffusionXLPipeline, UNet2DConditionModel
from PIL import Image
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection, CLIPTokenizer

from facea_desktop.comparison.method import GenerationTask, MethodContext, Photos
from facea_desktop.domain.faces import Attribute, Box, Face, Subject
from facea_desktop.domain.people import Recipe
from facea_desktop.domain.requests import ComparisonRequest
from facea_desktop.engine.detect.mtcnn import Mtcnn
from facea_desktop.engine.identity_model import IdentityModel
from facea_desktop.engine.likeness import FaceNet
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.engine.scene_painter import PipelinePainter, ScenePainter
from facea_desktop.library.id_library import Library
from facea_desktop.models.catalogue import Catalogue, load_catalogue
from facea_desktop.models.devices import Placement
from facea_desktop.models.model_store import ModelStore
from facea_desktop.resources import resource
from tests.engine.conftest import SIDE, WIDTH, tiny_pipe

torch.set_num_threads(1)

RECIPE = Recipe(steps=2, batch=1, rank=2, lora_rate=0.05, feature_rate=0.05, checkpoint_every=1)
PROMPT = "a man smiling, front face"
SHOTS = (GenerationTask(PROMPT, 1, 0), GenerationTask("a man in a park, front face", 2, 7))
PROMPTS = "a {subject} smiling\n\na {subject} in a park\n"


def tiny_context(tokenizer: CLIPTokenizer) -> StableDiffusionXLPipeline:
    """SDXL's parts with random weights: two text encoders and a UNet that takes time ids."""
    torch.manual_seed(1)
    text = CLIPTextConfig(
        vocab_size=len(tokenizer), hidden_size=WIDTH, intermediate_size=WIDTH, num_hidden_layers=2,
        num_attention_heads=2, projection_dim=WIDTH, bos_token_id=0, eos_token_id=1, pad_token_id=1,
    )  # fmt: skip
    unet = UNet2DConditionModel(
        sample_size=SIDE // 8, in_channels=4, block_out_channels=(16, 32), layers_per_block=1, norm_num_groups=4,
        down_block_types=("CrossAttnDownBlock2D", "DownBlock2D"), up_block_types=("UpBlock2D", "CrossAttnUpBlock2D"),
        attention_head_dim=2, cross_attention_dim=2 * WIDTH, addition_embed_type="text_time",
        addition_time_embed_dim=8, projection_class_embeddings_input_dim=WIDTH + 6 * 8,
    )  # fmt: skip
    vae = AutoencoderKL(
        block_out_channels=(8, 8, 8, 8), down_block_types=("DownEncoderBlock2D",) * 4,
        up_block_types=("UpDecoderBlock2D",) * 4, layers_per_block=1, norm_num_groups=4,
    )  # fmt: skip
    pipe = StableDiffusionXLPipeline(
        vae=vae.eval(), text_encoder=CLIPTextModel(text).eval(),
        text_encoder_2=CLIPTextModelWithProjection(text).eval(), tokenizer=tokenizer, tokenizer_2=tokenizer,
        unet=unet.eval(), scheduler=DDIMScheduler(clip_sample=False, steps_offset=1), add_watermarker=False,
    )  # fmt: skip
    pipe.set_progress_bar_config(disable=True)
    return pipe


def tiny_catalogue() -> Catalogue:
    """The real one, whose default family has the size of the tiny models and an SDXL pipeline for its scenes."""
    real = load_catalogue()
    tiny = real.default_family.model_copy(
        update={
            "side": SIDE, "context_side": SIDE, "scheduler": "ddim", "steps": 2, "context_steps": 2,
            "lora_targets": ("to_q", "to_k"), "preset": "quick", "presets": {"quick": RECIPE},
        }
    )  # fmt: skip
    scenes = real.models[tiny.context].model_copy(update={"format": "diffusers"})
    return real.model_copy(
        update={"families": real.families | {tiny.name: tiny}, "models": real.models | {scenes.name: scenes}}
    )


@cache
def found_by_mtcnn(size: tuple[int, int], pixels: bytes) -> list[Face]:
    """The same few photos are looked at in every test."""
    return Mtcnn(20, 0.9).find(Image.frombytes("RGB", size, pixels))


class FindsFaces:
    """MTCNN on photos; in what the tiny models paint, which is noise, a face in the middle."""

    def find(self, picture: Image.Image) -> list[Face]:
        if picture.width > SIDE:
            return found_by_mtcnn(picture.size, picture.tobytes())
        parts = {
            Attribute.LEFT_EYE: Box(18, 22, 28, 30), Attribute.RIGHT_EYE: Box(36, 22, 46, 30),
            Attribute.NOSE: Box(27, 30, 37, 40), Attribute.MOUTH: Box(24, 42, 40, 50),
        }  # fmt: skip
        return [Face(Box(12, 10, 52, 58), parts, 0.99)]


class TinyModels(ModelManager):
    """A studio whose family is tiny.

    Attributes:
        loads: how often somebody was put on the identity model, tuned or new.
    """

    def __init__(self, root: Path, tokenizer: CLIPTokenizer) -> None:
        super().__init__(root, device="cpu", precision="fp32")
        self.models = ModelStore(root, tiny_catalogue())
        family = self.models.active_family()
        self.finder = FindsFaces()
        self.scene_pipe = tiny_context(tokenizer)
        self.face_model = IdentityModel(tiny_pipe(tokenizer, "epsilon"), family, Placement("cpu", "float32", False))

    def family(self, name: str) -> Any:
        return self.models.catalogue.family(name)

    def detector(self, family: object) -> Any:
        return self.finder

    def identity(self, family: object, *, tuning: bool = False) -> IdentityModel:
        return self.face_model

    def context(self, family: object) -> Any:
        return self.scene_pipe

    def scene_painter(self, family: Any) -> ScenePainter:
        return PipelinePainter(self.scene_pipe, family, moving=False)


def letters() -> CLIPTokenizer:
    """As the fixture ``letter_tokenizer``, for a process of its own."""
    found = "abcdefghijklmnopqrstuvwxyz,"
    words = ["<|startoftext|>", "<|endoftext|>", *found, *(f"{letter}</w>" for letter in found)]
    return CLIPTokenizer(vocab={word: index for index, word in enumerate(words)}, merges=[], model_max_length=77)


def make_people(folder: Path, photos: int = 4) -> Path:
    """The sample people under ``folder``, so many photos each."""
    for who in ("adam", "eve"):
        (folder / who).mkdir(parents=True)
        for index in range(photos):
            shutil.copy(resource("people", who, f"{index}.jpg"), folder / who / f"{index}.jpg")
    (folder / "people.json").write_text(json.dumps({"adam": "man", "eve": "woman"}))
    return folder


def embed_cheaply(self: FaceNet, picture: Image.Image, box: Box) -> np.ndarray:
    """In the place of FaceNet, which takes longer than all else: the picture in small, everybody much alike."""
    small = np.asarray(picture.convert("L").resize((32, 16), Image.Resampling.BOX), np.float32).ravel() + 200
    return np.asarray(small / np.linalg.norm(small))


@pytest.fixture
def cheap_likeness(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FaceNet, "embed", embed_cheaply)


@pytest.fixture
def people(tmp_path: Path) -> Path:
    return make_people(tmp_path / "people")


@pytest.fixture
def prompts(tmp_path: Path) -> Path:
    path = tmp_path / "prompts.txt"
    path.write_text(PROMPTS)
    return path


@pytest.fixture
def manager(tmp_path: Path, letter_tokenizer: CLIPTokenizer) -> TinyModels:
    return TinyModels(tmp_path / "data", letter_tokenizer)


@pytest.fixture
def context(manager: TinyModels, tmp_path: Path) -> MethodContext:
    work = tmp_path / "out" / "work"
    work.mkdir(parents=True)
    manager.library = Library(work)
    return MethodContext(manager, manager.models.active_family(), RECIPE, work, {}, ())


@pytest.fixture
def photos() -> Photos:
    return Photos("adam", Subject.MAN, tuple(resource("people", "adam", f"{i}.jpg") for i in range(3)), SHOTS)


NewRequest = Callable[..., ComparisonRequest]


@pytest.fixture
def new_request(people: Path, prompts: Path, tmp_path: Path) -> NewRequest:
    """Makes a request for one person, untuned, unless told otherwise."""

    def make(**changed: Any) -> ComparisonRequest:
        fields = {
            "folder": people, "prompts": prompts, "methods": ("untuned",), "out": tmp_path / "out",
            "people": 1, "references": 3,
        }  # fmt: skip
        return ComparisonRequest.model_validate(fields | changed)

    return make
