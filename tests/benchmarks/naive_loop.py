"""Samples per second of tuning: the loop of the public inpainting-LoRA examples against ours, on the same work.

    python tests/benchmarks/naive_loop.py [--steps N] [--rounds N] [--threads N] [--in-memory]

Both tune the shipped identity model on three photos of a sample person: batches of four rows for the face and four for
an attribute, LoRA and [feat] vectors of the same sizes, the same prompts, the same optimizer. Rounds alternate; medians
are printed. The naive loop does in every step what diffusers' train_dreambooth_inpaint_lora.py does: pictures read from
disk and scaled (not with --in-memory), pictures and masked pictures through the VAE, words through the text encoder, a
forward and a backward for each task, and ``.item()`` for the log.
"""

from __future__ import annotations

import argparse
import math
import statistics
import sys
import tempfile
import time
from functools import cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import numpy as np
import torch
import torch.nn.functional as F
from diffusers import DDPMScheduler
from PIL import Image
from torch import Tensor

from facea_desktop.domain.events import Observer
from facea_desktop.domain.faces import FACE, Attribute, Subject, part_prompt
from facea_desktop.domain.people import Recipe
from facea_desktop.engine.enrolment import reference_files
from facea_desktop.engine.identity_model import IdentityModel
from facea_desktop.engine.loss import Tasks
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.engine.photo_checks import check_photo
from facea_desktop.engine.reference_latents import encode_references
from facea_desktop.engine.trainer import Trainer, TuningConfig
from facea_desktop.library.photo_reader import read_photo
from facea_desktop.resources import resource

SUBJECT = Subject.MAN


class NaiveLoop:
    """One person's tuning as the examples write it."""

    def __init__(self, model: IdentityModel, folder: Path, count: int, recipe: Recipe, in_memory: bool) -> None:
        self.model, self.recipe, self.pipe = model, recipe, model.pipe
        self.folder, self.count = folder, count
        self.read = cache(self.read_sample) if in_memory else self.read_sample
        self.noising = DDPMScheduler.from_config(self.pipe.scheduler.config)
        lora, features = model.trained()
        self.weights = [*lora, *features]
        groups = [
            {"params": lora, "lr": recipe.lora_rate, "weight_decay": 1e-2},
            {"params": features, "lr": recipe.feature_rate, "weight_decay": 0.0},
        ]
        self.optimizer = torch.optim.AdamW(groups)

    def run(self) -> list[float]:
        logged = []
        for _ in range(self.recipe.steps):
            self.optimizer.zero_grad()
            attribute = str(list(Attribute)[int(torch.randint(len(Attribute), ()))])
            for part in (FACE, attribute):
                loss = self.loss(part)
                loss.backward()
                logged.append(loss.item())
            torch.nn.utils.clip_grad_norm_(self.weights, self.recipe.gradient_norm)
            self.optimizer.step()
        return logged

    def loss(self, part: str) -> Tensor:
        picked = torch.randint(self.count, (self.recipe.batch,)).tolist()
        pixels, masks = map(torch.stack, zip(*(self.read(index, part) for index in picked)))
        with torch.no_grad():
            latents = self.encoded(pixels)
            masked = self.encoded(pixels * (masks < 0.5))
            words = self.words(part)
        small = F.interpolate(masks, latents.shape[-2:])
        noise = torch.randn_like(latents)
        t = torch.randint(self.noising.config.num_train_timesteps, (len(latents),))
        noisy = self.noising.add_noise(latents, noise, t)
        words = self.with_features(words, part)
        predicted = self.pipe.unet(torch.cat([noisy, small, masked], 1), t, words).sample
        velocity = self.noising.config.prediction_type == "v_prediction"
        return F.mse_loss(predicted, self.noising.get_velocity(latents, noise, t) if velocity else noise)

    def read_sample(self, index: int, part: str) -> tuple[Tensor, Tensor]:
        """The picture (3, h, w) from -1 to 1 and the part's mask (1, h, w)."""
        side = self.model.family.side
        picture = Image.open(self.folder / f"references/{index}.png").convert("RGB").resize((side, side))
        mask = Image.open(self.folder / f"masks/{index}-{part}.png").convert("L").resize((side, side))
        pixels = torch.from_numpy(np.array(picture)).permute(2, 0, 1).float() / 127.5 - 1
        return pixels, (torch.from_numpy(np.array(mask))[None] >= 128).float()

    def encoded(self, pixels: Tensor) -> Tensor:
        return self.pipe.vae.encode(pixels).latent_dist.sample() * self.pipe.vae.config.scaling_factor

    def words(self, part: str) -> Tensor:
        prompts = [part_prompt(SUBJECT, part)] * self.recipe.batch
        ids = self.pipe.tokenizer(prompts, padding="max_length", truncation=True, return_tensors="pt").input_ids
        return self.pipe.text_encoder(ids)[0]

    def with_features(self, words: Tensor, part: str) -> Tensor:
        vectors = self.model.prompts.features[part].expand(len(words), -1, -1)
        start = self.model.texts.words_end(part_prompt(SUBJECT, part))
        return torch.cat([words[:, :start], vectors, words[:, start + vectors.shape[1] :]], 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--steps", type=int, default=10, help="tuning steps in a round")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, help="of torch; its own choice by default")
    parser.add_argument("--in-memory", action="store_true", help="the naive loop reads every picture once")
    args = parser.parse_args()
    if args.threads:
        torch.set_num_threads(args.threads)
    with tempfile.TemporaryDirectory() as folder:
        compare(args, Path(folder))


def compare(args: argparse.Namespace, folder: Path) -> None:
    """Time both loops and print what was found; ``folder`` is for files."""
    manager = ModelManager(folder, device="cpu")
    family = manager.models.active_family()
    model = manager.identity(family, tuning=True)
    detector = manager.detector(family)
    photos = [read_photo(resource("people", "adam", f"{index}.jpg")) for index in range(3)]
    pictures = [check_photo(str(index), photo, detector.find(photo)).reference for index, photo in enumerate(photos)]
    for name, data in reference_files(pictures).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
    recipe = family.recipe(None, args.steps).model_copy(update={"measure_every": 0})
    began = time.perf_counter()
    references = encode_references(pictures, model.pipe.vae, family.side)
    print(f"encoding the references, once a person: {time.perf_counter() - began:.2f} s")
    precision = "bfloat16" if model.placement.bf16_tuning else "float32"
    print(f"{torch.get_num_threads()} threads, rank {recipe.rank}, {2 * recipe.batch} samples a step, {family.side} px")
    print(f"the naive loop multiplies in float32, ours in {precision}; FACEA_PRECISION=fp32 has both in float32")

    def wear() -> None:
        model.init_adapter(SUBJECT, recipe.rank, SUBJECT.feature_count, seed=0)

    def naive() -> None:
        assert all(map(math.isfinite, NaiveLoop(model, folder, len(pictures), recipe, args.in_memory).run()))

    def ours() -> None:
        tasks = Tasks(face=True, attributes=tuple(Attribute))
        Trainer(model, references, TuningConfig(recipe, tasks, seed=0), Observer()).run()

    loops = {"naive": naive, "ours": ours}
    speeds: dict[str, list[float]] = {name: [] for name in loops}
    cpu_s: dict[str, list[float]] = {name: [] for name in loops}
    for number in range(args.rounds + 1):
        for name, loop in loops.items():
            wear()
            began, cpu_began = time.perf_counter(), time.process_time()
            loop()
            seconds, cpu_seconds = time.perf_counter() - began, time.process_time() - cpu_began
            if number:  # the first round warms the caches
                speeds[name].append(2 * recipe.batch * recipe.steps / seconds)
                cpu_s[name].append(cpu_seconds)
    medians = {name: statistics.median(found) for name, found in speeds.items()}
    for name, found in speeds.items():
        print(f"{name:6} {medians[name]:7.2f} samples/s   ({', '.join(f'{speed:.2f}' for speed in found)})")
    print(f"ratio  {medians['ours'] / medians['naive']:7.2f}")
    naive_s, ours_s = (statistics.median(cpu_s[name]) / recipe.steps for name in loops)
    print(f"ratio  {naive_s / ours_s:7.2f} by processor time ({naive_s:.2f} s and {ours_s:.2f} s a step), "
          "which other programs disturb less")  # fmt: skip


if __name__ == "__main__":
    main()
