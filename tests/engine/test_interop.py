"""Adapters travel: ours into stock diffusers, others' into our library, and people as files between libraries."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from diffusers import DDIMScheduler, StableDiffusionInpaintPipeline
from PIL import Image, ImageDraw
from safetensors.torch import save_file
from torch import Tensor

from facea_desktop.domain.events import Observer
from facea_desktop.domain.faces import Subject
from facea_desktop.domain.generations import generation_of
from facea_desktop.domain.people import Recipe, Tuning
from facea_desktop.domain.photo_requests import EnrolRequest
from facea_desktop.engine.adapter_layout import adapter_layout
from facea_desktop.engine.enrolment import enrol
from facea_desktop.engine.identity_model import IdentityModel, load_tensors
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.engine.prompt_embeddings import like_length
from facea_desktop.engine.tuning_service import weight_files
from facea_desktop.library.facea_file import export_person, import_person
from facea_desktop.library.lora_import import import_lora
from facea_desktop.models.catalogue import load_catalogue
from facea_desktop.resources import resource

FAMILY = load_catalogue().family("starter")
RANK = 6
WORDS = "a man smiling"


@pytest.fixture(scope="module")
def manager(tmp_path_factory: pytest.TempPathFactory) -> ModelManager:
    return ModelManager(tmp_path_factory.mktemp("library"), device="cpu", precision="fp32")


@pytest.fixture(scope="module")
def model(manager: ModelManager) -> IdentityModel:
    return manager.identity(FAMILY)


@pytest.fixture(scope="module")
def stock_pipe() -> StableDiffusionInpaintPipeline:
    """What anybody else would load: the family's identity model, by diffusers alone."""
    pipe = StableDiffusionInpaintPipeline.from_pretrained(
        resource("starter", "identity"), safety_checker=None, requires_safety_checker=False, dtype=torch.float32
    )
    pipe.scheduler = DDIMScheduler.from_config(pipe.scheduler.config)
    pipe.set_progress_bar_config(disable=True)
    return pipe


@pytest.fixture
def stock(stock_pipe: StableDiffusionInpaintPipeline) -> StableDiffusionInpaintPipeline:
    stock_pipe.unload_lora_weights()
    return stock_pipe


def put_on_somebody(model: IdentityModel, seed: int, features: int = 3) -> None:
    """Somebody whose weights are as far from the base model's as a tuned person's."""
    model.init_adapter(Subject.MAN, RANK, features, seed)
    generator = torch.Generator().manual_seed(seed)
    lora, vectors = model.trained()
    with torch.no_grad():
        for weight in (*lora, *vectors):
            weight += 0.1 * torch.randn(weight.shape, generator=generator)


def scene() -> tuple[Image.Image, Image.Image]:
    picture = Image.open(resource("people", "adam", "0.jpg")).convert("RGB").resize((FAMILY.side,) * 2)
    mask = Image.new("L", picture.size)
    ImageDraw.Draw(mask).ellipse((30, 20, 100, 120), fill=255)
    return picture, mask


def redrawn(model: IdentityModel) -> np.ndarray:
    return np.asarray(model.redraw(*scene(), WORDS, seed=5, steps=2), np.int16)


def painted_by(pipe: StableDiffusionInpaintPipeline, embeds: Tensor, against: Tensor) -> np.ndarray:
    """What ``redraw`` does, asked of a pipeline that knows nothing of us."""
    picture, mask = scene()
    drawn = pipe(
        prompt_embeds=embeds, negative_prompt_embeds=against, image=picture, mask_image=mask, height=FAMILY.side,
        width=FAMILY.side, strength=1.0, num_inference_steps=2, guidance_scale=FAMILY.guidance,
        generator=torch.Generator().manual_seed(5),
    )  # fmt: skip
    return np.asarray(drawn.images[0], np.int16)


def embeds_of(model: IdentityModel) -> tuple[Tensor, Tensor]:
    assert model.prompts is not None
    with torch.no_grad():
        embeds = model.prompts.extend(model.texts.encode(WORDS))
        return embeds, like_length(model.texts.encode(""), embeds)


def test_stock_diffusers_paints_the_same_picture_with_our_adapter(
    model: IdentityModel, stock: StableDiffusionInpaintPipeline, tmp_path: Path
) -> None:
    put_on_somebody(model, seed=1)
    path = tmp_path / "adapter.safetensors"
    path.write_bytes(weight_files(model)["adapter.safetensors"])
    model.load_adapter(Subject.MAN, load_tensors(path), None)
    embeds = embeds_of(model)

    without = painted_by(stock, *embeds)
    stock.load_lora_weights(path, use_safetensors=True)
    loaded = [name for name, _ in stock.unet.named_parameters() if ".lora_" in name]
    assert len(loaded) == len(load_tensors(path))
    with_adapter = painted_by(stock, *embeds)

    assert np.abs(with_adapter - without).max() > 5
    assert np.abs(with_adapter - redrawn(model)).max() <= 1  # ours lies inside the weights: the last bit may round


def test_our_adapter_works_on_a_prompt_of_words_alone(
    model: IdentityModel, stock: StableDiffusionInpaintPipeline, tmp_path: Path
) -> None:
    put_on_somebody(model, seed=2)
    path = tmp_path / "adapter.safetensors"
    path.write_bytes(weight_files(model)["adapter.safetensors"])
    stock.load_lora_weights(path, use_safetensors=True)
    picture, mask = scene()
    pictures = [
        pipe(
            prompt=WORDS, image=picture, mask_image=mask, height=128, width=128, num_inference_steps=2,
            generator=torch.Generator().manual_seed(3),
        ).images[0].tobytes()
        for pipe in (stock, model.pipe)
    ]  # fmt: skip
    assert pictures[0] == pictures[1]


def targets(manager: ModelManager) -> list[tuple[str, tuple[int, int]]]:
    modules = adapter_layout(manager.models, FAMILY).modules
    return [(name, shape) for name, shape in modules.items() if name.endswith((".to_q", ".to_v", ".to_out.0"))]


def foreign_lora(manager: ModelManager, layout: str, path: Path) -> None:
    """A LoRA of rank 4 as other tools write it."""
    generator = torch.Generator().manual_seed(9)
    tensors: dict[str, Tensor] = {}
    for name, (outputs, inputs) in targets(manager):
        down, up = torch.randn(4, inputs, generator=generator), torch.randn(outputs, 4, generator=generator)
        if layout == "kohya":
            start = f"lora_unet_{name.replace('.', '_')}"
            tensors |= {f"{start}.lora_down.weight": 0.2 * down, f"{start}.lora_up.weight": 0.4 * up}
            tensors[f"{start}.alpha"] = torch.tensor(2.0)
        else:
            start = f"unet.{name}"
            tensors |= {f"{start}.lora_A.weight": 0.2 * down, f"{start}.lora_B.weight": 0.2 * up}
    save_file({name: tensor.half() for name, tensor in tensors.items()}, path)


@pytest.mark.parametrize("layout", ["kohya", "diffusers"])
def test_a_lora_of_others_paints_here_what_it_paints_in_diffusers(
    layout: str, manager: ModelManager, model: IdentityModel, stock: StableDiffusionInpaintPipeline, tmp_path: Path
) -> None:
    path = tmp_path / "theirs.safetensors"
    foreign_lora(manager, layout, path)

    fits = adapter_layout(manager.models, FAMILY)
    profile = import_lora(manager.library, path, f"From {layout}", Subject.MAN, FAMILY.name, fits)
    manager.load_adapter(manager.identity(FAMILY), profile)

    assert profile.state == "ready"
    embeds = embeds_of(model)
    without = painted_by(stock, *embeds)
    stock.load_lora_weights(path, use_safetensors=True)
    assert sum(".lora_A." in name for name, _ in stock.unet.named_parameters()) == len(targets(manager))
    theirs = painted_by(stock, *embeds)
    assert np.abs(theirs - without).max() > 5
    assert np.abs(theirs - redrawn(model)).max() <= 1  # alpha is multiplied in before, there after


def test_a_tuned_person_is_the_same_after_export_and_import(
    manager: ModelManager, model: IdentityModel, tmp_path: Path
) -> None:
    photo = resource("people", "adam", "0.jpg")
    profile = enrol(manager, EnrolRequest(name="Adam", subject=Subject.MAN, photos=(photo,)), Observer())
    put_on_somebody(model, seed=3)
    tuning = Tuning(recipe=Recipe(rank=RANK, steps=1), seed=0, step=1, generation=generation_of("starter"))
    profile = manager.library.update(profile.model_copy(update={"tuning": tuning}), weight_files(model))
    before = redrawn(model)

    file = tmp_path / "adam.facea"
    export_person(manager.library, profile.id, file)
    other = ModelManager(tmp_path / "elsewhere", device="cpu", precision="fp32")
    there = import_person(other.library, file, lambda family: adapter_layout(other.models, other.family(family)))

    assert (there.id, there.name, there.tuning) == (profile.id, "Adam", tuning)
    assert other.library.read_files(there) == manager.library.read_files(profile)
    other.load_adapter(model, there)
    assert np.array_equal(redrawn(model), before)
