"""Stable Diffusion XL and 1.5 inpainting at full size with random weights: what a card makes of them.

    python tests/benchmarks/real_models.py [--seconds N] [--steps N] [--limit-gb N] [--contiguous] [--tiny]

Four parts, the most telling first, each on a line of its own as soon as it is measured:

* a tuning step of 8 samples of 512 px against a plain diffusers and peft loop, rounds of both alternating, beside the
  matrix products that the same card does in the same run;
* the two stages of a portrait, from graphs of their UNets and call by call, after both were seen to paint the same;
* the memory that tuning takes, as much as it likes and on a card of ``--limit-gb``;
* portraits in a row through the whole program, from files, likewise: seconds, memory, and how often weights are loaded.

Nothing is downloaded and no detector is needed: the weights are random, and the face is always in the middle. A part
that fails prints its traceback, and the next one goes on. ``--tiny`` does all of it with models of a few kilobytes, on
any device, to see that it runs.
"""

from __future__ import annotations

import argparse
import faulthandler
import gc
import logging
import statistics
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).parents[2]))

import numpy as np
import torch
import torch.nn.functional as F
from diffusers import (
    AutoencoderKL,
    DDIMScheduler,
    DDPMScheduler,
    EulerDiscreteScheduler,
    StableDiffusionInpaintPipeline,
    StableDiffusionXLPipeline,
    UNet2DConditionModel,
)
from diffusers.utils import logging as diffusers_logging
from peft import LoraConfig
from PIL import Image
from torch import Tensor
from torch.utils.flop_counter import FlopCounterMode
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection, CLIPTokenizer
from transformers.utils import logging as transformers_logging

from facea_desktop.domain.errors import CancelledError
from facea_desktop.domain.events import Event, Losses, Observer, Painted, Warned
from facea_desktop.domain.faces import FACE, Attribute, Box, Face, Subject, part_prompt
from facea_desktop.domain.people import Profile, Recipe, Tuning
from facea_desktop.domain.requests import PortraitRequest
from facea_desktop.engine import graphed_unet as graphed_unet_module
from facea_desktop.engine import model_manager as studio_module
from facea_desktop.engine import scene_painter as scene_painter_module
from facea_desktop.engine import training_memory
from facea_desktop.engine.face_masks import box_masks
from facea_desktop.engine.identity_model import IdentityModel
from facea_desktop.engine.loss import Tasks, draw_batch
from facea_desktop.engine.loss_monitor import REPORT_EVERY
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.engine.portrait_service import make_portraits
from facea_desktop.engine.reference_latents import ReferenceLatents, ReferencePicture, encode_references
from facea_desktop.engine.scene_painter import PipelinePainter, SceneRequest
from facea_desktop.engine.trainer import Trainer, TuningConfig
from facea_desktop.engine.tuning_service import weight_files
from facea_desktop.models.catalogue import Family, load_catalogue
from facea_desktop.models.devices import Placement
from facea_desktop.models.loaders import arrange_convolutions, load_context, load_identity
from facea_desktop.resources import resource

SUBJECT = Subject.MAN
PROMPT = "a photo of a smiling man in a garden"
TASKS = Tasks(face=True, attributes=tuple(Attribute))
WARM_UP = 30
"""Steps of each loop that are not counted."""
GATE_STEPS = 20
GATE = 0.01
"""How far the mean loss of ten steps may lie from that of the plain calculation, as a part of it."""
PICTURE_STEPS = 5
PICTURE_GATE = 0.1
"""How far latents after these steps, painted from a graph, may lie from those painted without, in parts of their
spread. Both run the same kernels in bfloat16, unless a library chooses another one while it is captured."""
SHARE = 0.4
"""Of the time for everything, what the tuning step may take."""
GB = 1e9


# --------------------------------------------------------------------------------------------------------------- models


@dataclass(frozen=True)
class Layout:
    """The shapes of one pipeline's parts; ``second`` is SDXL's larger text encoder."""

    unet: dict[str, Any]
    vae: dict[str, Any]
    text: dict[str, Any]
    second: dict[str, Any] | None = None
    parameters: int | None = None  # of the UNet, as published


_SD15_BLOCKS = {
    "down_block_types": ("CrossAttnDownBlock2D",) * 3 + ("DownBlock2D",),
    "up_block_types": ("UpBlock2D",) + ("CrossAttnUpBlock2D",) * 3,
}
_SDXL_BLOCKS = {
    "down_block_types": ("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
    "up_block_types": ("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
    "use_linear_projection": True,
    "addition_embed_type": "text_time",
}
_VAE_BLOCKS = {"down_block_types": ("DownEncoderBlock2D",) * 4, "up_block_types": ("UpDecoderBlock2D",) * 4}
_CLIP_L = {"hidden_size": 768, "intermediate_size": 3072, "num_hidden_layers": 12, "num_attention_heads": 12,
           "projection_dim": 768, "vocab_size": 49_408}  # fmt: skip
_CLIP_G = {"hidden_size": 1280, "intermediate_size": 5120, "num_hidden_layers": 32, "num_attention_heads": 20,
           "projection_dim": 1280, "vocab_size": 49_408, "hidden_act": "gelu"}  # fmt: skip
_VAE = _VAE_BLOCKS | {"block_out_channels": (128, 256, 512, 512), "layers_per_block": 2}

IDENTITY = Layout(
    unet=_SD15_BLOCKS | {
        "sample_size": 64, "in_channels": 9, "block_out_channels": (320, 640, 1280, 1280), "layers_per_block": 2,
        "attention_head_dim": 8, "cross_attention_dim": 768,
    },
    vae=_VAE | {"sample_size": 512, "scaling_factor": 0.18215},
    text=_CLIP_L,
    parameters=859_535_364,
)  # fmt: skip
CONTEXT = Layout(
    unet=_SDXL_BLOCKS | {
        "sample_size": 128, "in_channels": 4, "block_out_channels": (320, 640, 1280), "layers_per_block": 2,
        "attention_head_dim": (5, 10, 20), "transformer_layers_per_block": (1, 2, 10), "cross_attention_dim": 2048,
        "addition_time_embed_dim": 256, "projection_class_embeddings_input_dim": 2816,
    },
    vae=_VAE | {"sample_size": 1024, "scaling_factor": 0.13025, "force_upcast": True},
    text=_CLIP_L,
    second=_CLIP_G,
    parameters=2_567_463_684,
)  # fmt: skip

_TINY_TEXT = {"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 2, "num_attention_heads": 2,
              "projection_dim": 32, "vocab_size": 2000}  # fmt: skip
_TINY_VAE = _VAE_BLOCKS | {"block_out_channels": (8, 8, 8, 8), "layers_per_block": 1, "norm_num_groups": 4}
TINY_IDENTITY = Layout(
    unet=_SD15_BLOCKS | {
        "sample_size": 8, "in_channels": 9, "block_out_channels": (16, 16, 16, 16), "layers_per_block": 1,
        "attention_head_dim": 2, "cross_attention_dim": 32, "norm_num_groups": 4,
    },
    vae=_TINY_VAE | {"sample_size": 64},
    text=_TINY_TEXT,
)  # fmt: skip
TINY_CONTEXT = Layout(
    unet=_SDXL_BLOCKS | {
        "sample_size": 16, "in_channels": 4, "block_out_channels": (16, 16, 16), "layers_per_block": 1,
        "attention_head_dim": (2, 2, 2), "transformer_layers_per_block": (1, 1, 2), "cross_attention_dim": 64,
        "addition_time_embed_dim": 8, "projection_class_embeddings_input_dim": 32 + 6 * 8, "norm_num_groups": 4,
    },
    vae=_TINY_VAE | {"sample_size": 128, "force_upcast": True},
    text=_TINY_TEXT,
    second=_TINY_TEXT,
)  # fmt: skip


def parts_of(layout: Layout, device: str, dtype: torch.dtype) -> dict[str, Any]:
    """UNet, VAE, text encoder and tokenizer with random weights, made on the device itself."""
    tokenizer = CLIPTokenizer.from_pretrained(resource("starter", "identity", "tokenizer"), model_max_length=77)
    ids = {"bos_token_id": 0, "eos_token_id": 1, "pad_token_id": 1}
    with torch.device(device):
        made: dict[str, Any] = {
            "unet": UNet2DConditionModel(**layout.unet),
            "vae": AutoencoderKL(**layout.vae),
            "text_encoder": CLIPTextModel(CLIPTextConfig(**layout.text, **ids)),
        }
        if layout.second is not None:
            made["text_encoder_2"] = CLIPTextModelWithProjection(CLIPTextConfig(**layout.second, **ids))
    if layout.parameters is not None:
        assert sum(p.numel() for p in made["unet"].parameters()) == layout.parameters
    made = {name: module.to(device, dtype).eval().requires_grad_(False) for name, module in made.items()}
    made |= {"tokenizer": tokenizer} | ({"tokenizer_2": tokenizer} if layout.second is not None else {})
    return made


def random_identity(layout: Layout, device: str, dtype: torch.dtype) -> StableDiffusionInpaintPipeline:
    schedule = {"beta_start": 0.00085, "beta_end": 0.012, "beta_schedule": "scaled_linear"}
    scheduler = DDIMScheduler(**schedule, clip_sample=False, set_alpha_to_one=False, steps_offset=1)
    pipe = StableDiffusionInpaintPipeline(
        **parts_of(layout, device, dtype), scheduler=scheduler,
        safety_checker=None, feature_extractor=None, requires_safety_checker=False,
    )  # fmt: skip
    pipe.set_progress_bar_config(disable=True)
    return pipe


def random_context(layout: Layout, device: str, dtype: torch.dtype) -> StableDiffusionXLPipeline:
    schedule = {"beta_start": 0.00085, "beta_end": 0.012, "beta_schedule": "scaled_linear"}
    scheduler = EulerDiscreteScheduler(**schedule, timestep_spacing="leading", steps_offset=1)
    pipe = StableDiffusionXLPipeline(**parts_of(layout, device, dtype), scheduler=scheduler, add_watermarker=False)
    pipe.set_progress_bar_config(disable=True)
    return pipe


# ---------------------------------------------------------------------------------------------------------------- bench


@dataclass
class Bench:
    """What the parts share.

    Attributes:
        until: time.monotonic() at which all is to be over.
        lines: what was measured so far.
        adapter: the files of somebody who was tuned, once somebody was.
    """

    args: argparse.Namespace
    family: Family
    recipe: Recipe
    device: str
    until: float
    identity_layout: Layout
    context_layout: Layout
    lines: list[str] = field(default_factory=list)
    identity: IdentityModel | None = None
    context: StableDiffusionXLPipeline | None = None
    adapter: dict[str, bytes] | None = None

    @property
    def placement(self) -> Placement:
        on_card = self.device != "cpu"
        return Placement(self.device, "bfloat16" if on_card else "float32", offload=False, bf16_tuning=on_card)

    @property
    def dtype(self) -> torch.dtype:
        found: torch.dtype = getattr(torch, self.placement.dtype)
        return found

    @property
    def left_s(self) -> float:
        return self.until - time.monotonic()

    def say(self, line: str) -> None:
        self.lines.append(line)
        print(line, flush=True)

    def note(self, line: str) -> None:
        print(f"  ({line}; {self.left_s:.0f} s left)", flush=True)

    def model(self) -> IdentityModel:
        """G_id, made when it is first needed."""
        if self.identity is None:
            pipe = random_identity(self.identity_layout, self.device, self.dtype)
            self.arrange(pipe)
            self.identity = IdentityModel(pipe, self.family, self.placement)
        return self.identity

    def scenes(self) -> StableDiffusionXLPipeline:
        """G_c, likewise."""
        if self.context is None:
            self.context = random_context(self.context_layout, self.device, self.dtype)
            self.arrange(self.context)
        return self.context

    def arrange(self, pipe: Any) -> None:
        """Weights in the order in which the program's loaders keep them."""
        if not self.args.contiguous:
            arrange_convolutions(pipe, self.placement)

    def references(self) -> ReferenceLatents:
        return encode_references(self.pictures(), self.model().pipe.vae, self.family.side)

    def pictures(self) -> list[ReferencePicture]:
        """Three photos of noise with a face in the middle."""
        side = self.family.side
        noise = [np.random.default_rng(seed).integers(0, 256, (side, side, 3), dtype=np.uint8) for seed in range(3)]
        masks = box_masks((side, side), face_in((side, side)))
        return [ReferencePicture(Image.fromarray(pixels), masks) for pixels in noise]

    def sync(self) -> None:
        if self.device != "cpu":
            torch.cuda.synchronize()

    def measured(self, run: Callable[[], Any]) -> float:
        """Seconds of ``run``."""
        self.sync()
        began = time.perf_counter()
        run()
        self.sync()
        return time.perf_counter() - began

    def start_memory(self) -> None:
        gc.collect()
        if self.device != "cpu":
            torch.cuda.empty_cache()
            torch.cuda.reset_peak_memory_stats()

    def peak(self) -> str:
        """The most memory since ``start_memory``: of tensors, and as torch held it."""
        if self.device == "cpu":
            return "memory not counted on the CPU"
        tensors, held = torch.cuda.max_memory_allocated() / GB, torch.cuda.max_memory_reserved() / GB
        return f"at most {tensors:.2f} GB in tensors, {held:.2f} GB held"

    @contextmanager
    def small_card(self) -> Iterator[None]:
        """The device's memory cut down to ``--limit-gb``."""
        if self.device == "cpu":
            yield
            return
        total = torch.cuda.get_device_properties(0).total_memory
        torch.cuda.set_per_process_memory_fraction(min(1.0, self.args.limit_gb * GB / total))
        try:
            yield
        finally:
            torch.cuda.set_per_process_memory_fraction(1.0)


def face_in(size: tuple[int, int]) -> Face:
    """A face in the middle of a picture."""

    def box(x0: float, y0: float, x1: float, y1: float) -> Box:
        return Box(x0 * size[0], y0 * size[1], x1 * size[0], y1 * size[1])

    eyes = {Attribute.LEFT_EYE: box(0.36, 0.4, 0.46, 0.46), Attribute.RIGHT_EYE: box(0.54, 0.4, 0.64, 0.46)}
    rest = {Attribute.NOSE: box(0.45, 0.44, 0.55, 0.56), Attribute.MOUTH: box(0.42, 0.6, 0.58, 0.68)}
    return Face(box(0.3, 0.25, 0.7, 0.75), eyes | rest, 1.0)


class StillFace:
    """Finds a face in the middle of every picture."""

    def find(self, picture: Image.Image) -> list[Face]:
        return [face_in(picture.size)]


# --------------------------------------------------------------------------------------------------------------- tuning


class PlainLoop:
    """The loop of the public inpainting-LoRA examples, whose pictures are decoded already.

    Every step takes pictures and masked pictures through the VAE, words through the text encoder and all rows through
    the UNet under autocast, with LoRA in float32, and reads the loss for its log.
    """

    def __init__(self, bench: Bench) -> None:
        self.bench, recipe = bench, bench.recipe
        self.pipe = random_identity(bench.identity_layout, bench.device, bench.dtype)
        targets = list(bench.family.lora_targets)
        self.pipe.unet.add_adapter(
            LoraConfig(r=recipe.rank, lora_alpha=recipe.rank, init_lora_weights="gaussian", target_modules=targets)
        )
        self.weights = [p for p in self.pipe.unet.parameters() if p.requires_grad]
        for weight in self.weights:
            weight.data = weight.data.float()
        self.optimizer = torch.optim.AdamW(self.weights, lr=recipe.lora_rate, weight_decay=1e-2)
        self.noising = DDPMScheduler.from_config(self.pipe.scheduler.config)
        pictures = [np.asarray(reference.picture) for reference in bench.pictures()]
        self.pixels = torch.from_numpy(np.stack(pictures)).permute(0, 3, 1, 2).float() / 127.5 - 1
        mask = torch.from_numpy(np.asarray(bench.pictures()[0].masks[FACE]).copy())
        self.mask = (mask >= 128).float()[None, None]
        tokenizer = self.pipe.tokenizer
        self.ids = tokenizer(part_prompt(SUBJECT, FACE), padding="max_length", return_tensors="pt").input_ids

    def run(self, steps: int) -> None:
        for _ in range(steps):
            self.step()

    def step(self) -> float:
        device, rows = self.bench.device, 2 * self.bench.recipe.batch
        pixels = self.pixels[torch.randint(len(self.pixels), (rows,))].to(device, self.bench.dtype)
        mask = self.mask.expand(rows, -1, -1, -1).to(device, self.bench.dtype)
        with torch.no_grad():
            latents, masked = self.encoded(pixels), self.encoded(pixels * (mask < 0.5))
            words = self.pipe.text_encoder(self.ids.expand(rows, -1).to(device))[0]
        noise = torch.randn_like(latents)
        t = torch.randint(self.noising.config.num_train_timesteps, (rows,), device=device)
        noisy = self.noising.add_noise(latents, noise, t)
        small = F.interpolate(mask, latents.shape[-2:])
        with autocast(self.bench.placement):
            predicted = self.pipe.unet(torch.cat([noisy, small, masked], 1), t, words).sample
        loss = F.mse_loss(predicted.float(), noise.float())
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.weights, self.bench.recipe.gradient_norm)
        self.optimizer.step()
        self.optimizer.zero_grad()
        return loss.item()

    def encoded(self, pixels: Tensor) -> Tensor:
        found: Tensor = self.pipe.vae.encode(pixels).latent_dist.sample() * self.pipe.vae.config.scaling_factor
        return found


def autocast(placement: Placement) -> Any:
    return torch.autocast(placement.device, torch.bfloat16, enabled=placement.bf16_tuning)


class Watch:
    """Keeps what a run of tuning tells, and when."""

    def __init__(self) -> None:
        self.losses: list[Losses] = []
        self.times: dict[int, float] = {}
        self.warnings: list[str] = []
        self.observer = Observer(emit=self.hear)

    def hear(self, event: Event) -> None:
        if isinstance(event, Losses):
            self.times[event.step] = time.perf_counter()  # the device was waited for to read them
            self.losses.append(event)
        elif isinstance(event, Warned):
            self.warnings.append(event.message)

    def seconds(self, first: int, last: int) -> float:
        return self.times[last] - self.times[first]


def tuned(bench: Bench, references: ReferenceLatents, steps: int, *, seed: int = 0, rate: float = 1.0) -> Watch:
    """The program's own tuning of somebody new."""
    model, recipe, watch = bench.model(), bench.recipe, Watch()
    changed = {"steps": steps, "lora_rate": recipe.lora_rate * rate, "feature_rate": recipe.feature_rate * rate}
    model.init_adapter(SUBJECT, recipe.rank, SUBJECT.feature_count, seed)
    Trainer(model, references, TuningConfig(recipe.model_copy(update=changed), TASKS, seed), watch.observer).run()
    return watch


def plain_losses(bench: Bench, references: ReferenceLatents, steps: int, *, seed: int, rate: float) -> list[float]:
    """Means of Eq. (2) over ten steps each, calculated plainly from the same start and the same draws."""
    model, recipe = bench.model(), bench.recipe
    model.init_adapter(SUBJECT, recipe.rank, SUBJECT.feature_count, seed)
    assert model.prompts is not None
    lora, features = model.trained()
    groups = [
        {"params": lora, "lr": recipe.lora_rate * rate, "weight_decay": 1e-2},
        {"params": features, "lr": recipe.feature_rate * rate, "weight_decay": 0.0},
    ]
    optimizer = torch.optim.AdamW(groups)
    noising = DDPMScheduler.from_config(model.pipe.scheduler.config)
    found = []
    for step in range(steps):
        batch = draw_batch(references, TASKS, recipe.batch, noising.config.num_train_timesteps, (seed << 24) + step)
        optimizer.zero_grad()
        noisy = noising.add_noise(batch.latents, batch.noise, batch.t)
        words = torch.cat([model.prompts[part] for part in batch.parts])
        with autocast(bench.placement):
            rows = torch.cat([noisy, batch.masks, batch.masked], 1)
            predicted = model.pipe.unet(rows.to(bench.dtype), batch.t, words.to(bench.dtype)).sample
        error = (predicted.float() - batch.noise).square().mean((1, 2, 3))
        loss = error[: recipe.batch].mean() + error[recipe.batch :].mean()
        loss.backward()
        torch.nn.utils.clip_grad_norm_([*lora, *features], recipe.gradient_norm)
        optimizer.step()
        found.append(float(loss.detach()))
    return [statistics.fmean(found[i : i + REPORT_EVERY]) for i in range(0, steps, REPORT_EVERY)]


def gate(bench: Bench, references: ReferenceLatents) -> float:
    """Say whether the program's step learns what a plain calculation learns, at a rate that shows in the loss.

    Returns:
        Seconds of one of the program's steps, roughly.
    """
    rate = 10.0
    watch = tuned(bench, references, GATE_STEPS, seed=1, rate=rate)
    ours = [told.face + told.attribute for told in watch.losses]
    plain = plain_losses(bench, references, GATE_STEPS, seed=1, rate=rate)
    apart = max(abs(a - b) / b for a, b in zip(ours, plain, strict=True))
    pairs = ", ".join(f"{a:.4f} ({b:.4f})" for a, b in zip(ours, plain, strict=True))
    bench.say(
        f"parity    {'holds' if apart <= GATE else 'FAILS'}: losses of ten steps each, ours (plain): {pairs}; "
        f"at most {apart:.2%} apart, {GATE:.0%} allowed"
    )
    return watch.seconds(GATE_STEPS - REPORT_EVERY, GATE_STEPS) / REPORT_EVERY


def step_flop(bench: Bench, references: ReferenceLatents) -> float:
    """Floating-point operations of one step's forward and backward."""

    def of(steps: int) -> int:
        with FlopCounterMode(display=False) as counter:
            plain_losses(bench, references, steps, seed=0, rate=1.0)
        return counter.get_total_flops()

    return float(of(2) - of(1))  # without what comes before the first step


def matmul_peak(bench: Bench) -> float:
    """FLOP/s of a large square matrix product."""
    side, times = (8192, 20) if bench.device != "cpu" else (256, 2)
    a, b = (torch.randn(side, side, device=bench.device, dtype=bench.dtype) for _ in range(2))

    def multiply() -> None:
        for _ in range(times):
            torch.mm(a, b)

    multiply()
    return 2 * side**3 * times / min(bench.measured(multiply) for _ in range(3))


def tuning_part(bench: Bench) -> None:
    """A tuning step against the plain loop."""
    end = time.monotonic() + SHARE * bench.args.seconds
    steps, rounds = bench.args.steps, bench.args.rounds
    references = bench.references()
    bench.note("references encoded")
    peak = matmul_peak(bench)
    bench.say(f"matmul    {peak / 1e12:.0f} TFLOP/s {bench.dtype}")
    ours_pace = gate(bench, references)
    flop = step_flop(bench, references)
    plain = PlainLoop(bench)
    bench.note("plain loop made")
    plain.run(3)
    plain_pace = bench.measured(lambda: plain.run(5)) / 5
    bench.note(f"about {ours_pace:.3f} s a step of ours, {plain_pace:.3f} s of the plain loop")
    affordable = int((end - time.monotonic()) / rounds / (ours_pace + plain_pace)) - WARM_UP
    counted = max(REPORT_EVERY, min(steps // rounds, affordable) // REPORT_EVERY * REPORT_EVERY)
    found: dict[str, list[float]] = {"ours": [], "plain": []}
    for number in range(rounds):
        watch = tuned(bench, references, WARM_UP + counted, seed=number)
        found["ours"].append(watch.seconds(WARM_UP, WARM_UP + counted) / counted)
        bench.note(f"ours: {found['ours'][-1]:.4f} s a step")
        plain.run(WARM_UP if number == 0 else 5)
        found["plain"].append(bench.measured(lambda: plain.run(counted)) / counted)
        bench.note(f"plain: {found['plain'][-1]:.4f} s a step")
    with patch.object(training_memory, "capture_step", return_value=None):
        eager_s = tuned(bench, references, 2 * REPORT_EVERY).seconds(REPORT_EVERY, 2 * REPORT_EVERY) / REPORT_EVERY
    bench.adapter = weight_files(bench.model())
    ours_s, plain_s = (statistics.fmean(found[name]) for name in ("ours", "plain"))
    bench.say(
        f"step      ours {ours_s:.4f} s, plain {plain_s:.4f} s, ratio {plain_s / ours_s:.2f}; "
        f"ours without a graph {eager_s:.4f} s; "
        f"{2 * bench.recipe.batch} samples of {bench.family.side} px, rank {bench.recipe.rank}, "
        f"{counted} counted steps in each of {rounds} rounds"
    )
    bench.say(
        f"of peak   {flop / 1e12:.2f} TFLOP a step: {flop / ours_s / 1e12:.0f} TFLOP/s, {flop / ours_s / peak:.0%} of "
        f"the matrix products' (the UNet's part of the plain loop's step alone: {flop / plain_s / peak:.0%})"
    )


# ------------------------------------------------------------------------------------------------------------- painting


def painting_part(bench: Bench) -> None:
    """The two stages of a portrait, warm."""
    args, family, model = bench.args, bench.family, bench.model()
    if bench.adapter is None:
        model.init_adapter(SUBJECT, bench.recipe.rank, SUBJECT.feature_count, seed=0)
        bench.adapter = weight_files(model)
    painter = PipelinePainter(bench.scenes(), family, moving=False)
    bench.note("scene model made")
    folder = Path(tempfile.mkdtemp())
    manager = still_studio(bench, folder)
    manager.load_adapter(model, somebody(bench, manager))
    reference = bench.pictures()[0]
    words = part_prompt(SUBJECT, FACE)

    def scene() -> None:
        painter.paint(SceneRequest(PROMPT, words, "", 0, steps=args.scene_steps), lambda step, look: None)

    def face() -> None:
        model.redraw(reference.picture, reference.masks[FACE], words, seed=0, steps=args.face_steps)

    def latents() -> tuple[Tensor, Tensor]:
        """Of both stages, after a few steps."""
        kept: dict[str, Tensor] = {}

        def of_scene(step: int, look: Any) -> None:
            kept["scene"] = look()

        def of_face(step: int, found: Tensor) -> None:
            kept["face"] = found.float()

        with patch.object(scene_painter_module, "decoded", lambda _, found, size: found.float()):
            painter.paint(SceneRequest(PROMPT, words, "", 0, steps=PICTURE_STEPS), of_scene)
        model.redraw(reference.picture, reference.masks[FACE], words, seed=0, steps=PICTURE_STEPS, reached=of_face)
        return kept["scene"], kept["face"]

    def stages(graphs: bool) -> tuple[float, float]:
        """Seconds of each."""
        with nullcontext() if graphs else without_graphs():
            return bench.measured(scene), bench.measured(face)

    with without_graphs():
        plainly = latents()
    pairs = list(zip(latents(), plainly, strict=True))
    apart = [float((ours - plain).abs().max() / plain.std()) for ours, plain in pairs]
    captured = sum(graphed._forward is not None for graphed in (painter.graphed, model.graphed))
    verdict = "hold" if max(apart) <= PICTURE_GATE else "FAIL"
    bench.say(
        f"pictures  {verdict}: after {PICTURE_STEPS} steps latents from graphs lie at most {apart[0]:.4f} (scene) "
        f"and {apart[1]:.4f} (face) of their spread from those without, "
        f"{PICTURE_GATE:g} allowed; {captured} of 2 stages were captured"
    )
    for graphed in (painter.graphed, model.graphed):
        graphed.forget()
    bench.start_memory()
    plain = [stages(graphs=False)]
    plain_peak = bench.peak()
    bench.note(f"without graphs {seconds_of(plain)}")
    bench.start_memory()
    first, warm = stages(graphs=True), [stages(graphs=True)]
    graphs_peak = bench.peak()
    while len(warm) < 3 and bench.left_s > 3 * (sum(plain[0]) + sum(warm[0])):
        plain.append(stages(graphs=False))
        warm.append(stages(graphs=True))
    where = (
        f"scene of {args.scene_steps} steps at {family.context_side} px "
        f"+ face of {args.face_steps} steps at {family.side} px"
    )
    bench.say(
        f"stages    {where}: with graphs {seconds_of(warm)}, without {seconds_of(plain)}; "
        f"the first picture of a size {first[0]:.2f} + {first[1]:.2f} s; "
        f"memory with graphs {graphs_peak}, without {plain_peak}"
    )


def without_graphs() -> AbstractContextManager[Any]:
    """Within, pictures are painted call by call."""
    return patch.object(graphed_unet_module, "_stays_on_card", lambda _: False)


def seconds_of(rounds: Sequence[tuple[float, float]]) -> str:
    scene_s, face_s = (statistics.median(times) for times in zip(*rounds, strict=True))
    return f"{scene_s:.3f} + {face_s:.3f} = {scene_s + face_s:.3f} s"


# --------------------------------------------------------------------------------------------------------------- memory


def memory_part(bench: Bench) -> None:
    """What tuning takes, with all of the device's memory and with little."""
    bench.context = None
    bench.model().graphed.forget()
    references = bench.references()
    bench.start_memory()
    watch = tuned(bench, references, 2 * REPORT_EVERY)
    pace = watch.seconds(REPORT_EVERY, 2 * REPORT_EVERY) / REPORT_EVERY
    bench.say(f"tuning    {bench.peak()}; {pace:.4f} s a step")
    bench.start_memory()
    with bench.small_card():
        watch = tuned(bench, references, 2 * REPORT_EVERY)
    pace = watch.seconds(REPORT_EVERY, 2 * REPORT_EVERY) / REPORT_EVERY
    bench.say(
        f"tuning    on a card of {bench.args.limit_gb:g} GB: {bench.peak()}; {pace:.4f} s a step; "
        f"{' '.join(watch.warnings) or 'in one piece'}"
    )


# ------------------------------------------------------------------------------------------------------------ portraits


class StillStudio(ModelManager):
    """The program's models and people, with a family of this benchmark's size and faces that need no detector."""

    def __init__(self, root: Path, family: Family, device: str) -> None:
        super().__init__(root, device)
        self._only = family

    def family(self, name: str) -> Family:
        return self._only

    def detector(self, family: Family) -> Any:
        return StillFace()


def still_studio(bench: Bench, folder: Path) -> StillStudio:
    return StillStudio(folder, bench.family, bench.device)


def somebody(bench: Bench, manager: ModelManager) -> Profile:
    """A tuned person of the library."""
    assert bench.adapter is not None
    tuning = Tuning(recipe=bench.recipe, seed=0, step=bench.recipe.steps)
    who = {"name": "Somebody", "subject": SUBJECT, "family": bench.family.name, "tuning": tuning}
    return manager.library.create(Profile(id=manager.library.new_id(), **who), bench.adapter)


def portraits_part(bench: Bench) -> None:
    """Portraits through the whole program, from files."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if bench.adapter is None:
            bench.model().init_adapter(SUBJECT, bench.recipe.rank, SUBJECT.feature_count, seed=0)
            bench.adapter = weight_files(bench.model())
        bench.identity = bench.context = None
        began = time.monotonic()
        for role, made in (("identity", random_identity), ("context", random_context)):
            layout = bench.identity_layout if role == "identity" else bench.context_layout
            made(layout, bench.device, bench.dtype).save_pretrained(folder / role, variant="fp16")
        bench.note(f"weights written in {time.monotonic() - began:.1f} s")
        with bench.small_card():
            portraits_in_a_row(bench, folder, f"on a card of {bench.args.limit_gb:g} GB: ")
        if bench.left_s > 20 or bench.args.tiny:
            portraits_in_a_row(bench, folder, "")


def portraits_in_a_row(bench: Bench, folder: Path, where: str) -> None:
    bench.start_memory()
    args, root = bench.args, Path(tempfile.mkdtemp(dir=folder))
    manager = still_studio(bench, root)
    for role in ("identity", "context"):
        manager.models.use(str(folder / role))
    person, watch, times = somebody(bench, manager), Watch(), [time.perf_counter()]

    def hear(event: Event) -> None:
        watch.hear(event)
        if bench.left_s < 0:
            observer.stop.set()
        if isinstance(event, Painted):
            times.append(time.perf_counter())
            bench.note(f"{where}{times[-1] - times[-2]:.2f} s for a portrait")

    request = PortraitRequest(
        person=person.id, prompt=PROMPT, count=args.portraits, context_steps=args.scene_steps, steps=args.face_steps
    )
    observer = Observer(emit=hear)
    seconds: dict[str, list[float]] = {"identity": [], "context": []}

    def counted(role: str, load: Callable[..., Any]) -> Callable[..., Any]:
        def loaded(*arguments: Any) -> Any:
            began = time.perf_counter()
            try:
                return load(*arguments)
            finally:
                seconds[role].append(time.perf_counter() - began)

        return loaded

    with (
        patch.object(studio_module, "load_identity", counted("identity", load_identity)),
        patch.object(studio_module, "load_context", counted("context", load_context)),
        suppress(CancelledError),  # the time is over; what was done counts
    ):
        make_portraits(manager, request, observer, root)
    each = [after - before for before, after in pairwise(times)]
    loads = ", ".join(
        f"{role} {len(found)} ({' '.join(f'{s:.1f}' for s in found)} s)" for role, found in seconds.items()
    )
    bench.say(
        f"portraits {where}{len(each)} of {args.scene_steps} + {args.face_steps} steps in "
        f"{' + '.join(f'{s:.2f}' for s in each)} s; {bench.peak()}; weights loaded: {loads}. {' '.join(watch.warnings)}"
    )


# ----------------------------------------------------------------------------------------------------------------- main


@dataclass(frozen=True)
class Part:
    """One part, and the seconds that have to be left for it to be worth starting."""

    run: Callable[[Bench], None]
    least_s: float


PARTS = (Part(tuning_part, 25), Part(painting_part, 25), Part(memory_part, 10), Part(portraits_part, 25))


def parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--seconds", type=float, default=150, help="for everything; parts that no longer fit are left out"
    )
    parser.add_argument("--steps", type=int, default=100, help="counted tuning steps of each loop")
    parser.add_argument("--rounds", type=int, default=2, help="in which both loops alternate")
    parser.add_argument("--scene-steps", type=int, default=30)
    parser.add_argument("--face-steps", type=int, default=50)
    parser.add_argument("--portraits", type=int, default=4, help="in a row")
    parser.add_argument("--limit-gb", type=float, default=8.0, help="memory of the small card")
    parser.add_argument("--device", help="the card where there is one, else the CPU")
    parser.add_argument("--contiguous", action="store_true", help="convolutions' channels first, as torch makes them")
    parser.add_argument("--tiny", action="store_true", help="tiny models, to see that all of it runs")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure; the number of parts that failed."""
    args = parsed(arguments)
    family = load_catalogue().family("sdxl-sd15")
    if args.tiny:
        family = family.model_copy(update={"side": 64, "context_side": 128})
    recipe = family.recipe().model_copy(update={"measure_every": 0} | ({"rank": 4} if args.tiny else {}))
    device = args.device or ("cuda" if torch.cuda.is_available() else "cpu")
    layouts = (TINY_IDENTITY, TINY_CONTEXT) if args.tiny else (IDENTITY, CONTEXT)
    bench = Bench(args, family, recipe, device, time.monotonic() + args.seconds, *layouts)
    torch.manual_seed(0)
    logging.basicConfig(level=logging.WARNING, stream=sys.stdout)  # among others, of a step that cannot be captured
    for library in (diffusers_logging, transformers_logging):
        library.set_verbosity_error()
        library.disable_progress_bar()
    name = torch.cuda.get_device_name() if device != "cpu" else "CPU"
    bench.say(f"{name}, torch {torch.__version__}, {args.seconds:.0f} s")
    failed = 0
    for part in PARTS:
        if bench.left_s < part.least_s and not args.tiny:
            bench.say(f"{part.run.__name__} left out: {bench.left_s:.0f} s left of {part.least_s:.0f}")
            continue
        try:
            part.run(bench)
        except Exception:  # noqa: BLE001 - the others are still worth their time
            failed += 1
            bench.say(f"{part.run.__name__} FAILED: {traceback.format_exc()}")
        bench.start_memory()
    print(f"\n{args.seconds - bench.left_s:.0f} s in all\n" + "\n".join(bench.lines), flush=True)
    return failed


if __name__ == "__main__":
    faulthandler.enable()
    sys.exit(main())
