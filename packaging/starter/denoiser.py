"""Stage two: the painter's training."""

from __future__ import annotations

import copy
import random
import time
from pathlib import Path

import torch
from diffusers import AutoencoderKL
from transformers import CLIPTokenizer

from lesson import teach
from painter import Painter
from portraits import Portraits
from rows import PAINT_ROWS, REDRAW_ROWS, Masks, Rows, encode_all
from running import follow, rate, resume, save, share_gradients, workers

PEAK_RATE = 1e-3


def train(
    painter: Painter,
    vae: AutoencoderKL,
    tokenizer: CLIPTokenizer,
    portraits: Portraits,
    work: Path,
    minutes: float,
    device: torch.device,
) -> Painter:
    """Train for ``minutes`` in all, from ``work/painter.pt`` or from the lesson on; returns the averaged weights."""
    kept = work / "painter.pt"
    if not kept.exists():
        teach(painter, tokenizer, portraits.labels)
    for encoder in (painter.redraw_text, painter.scene_text):
        encoder.requires_grad_(False)  # left to learn, they forget again what the lesson taught them
    average = copy.deepcopy(painter).requires_grad_(False)
    optimizer = torch.optim.AdamW(painter.parameters(), lr=PEAK_RATE, betas=(0.9, 0.99), weight_decay=1e-2, fused=True)
    state = resume(kept, painter, average, optimizer) or {"step": 0, "seconds": 0.0, "samples": 0}
    latents = encode_all(vae, portraits, work / "latents.pt", device)
    worker, count = workers()
    rows = Rows(portraits, latents, Masks(portraits, vae, device), tokenizer, device, count)
    began, before, recent = time.monotonic(), state["seconds"], {"paint": 0.0, "redraw": 0.0}
    while state["seconds"] < minutes * 60:
        step = state["step"]
        key = step * count + worker
        generator, draw = torch.Generator().manual_seed(key), random.Random(key)
        for group in optimizer.param_groups:
            done = state["seconds"] / (minutes * 60)
            group["lr"] = rate(PEAK_RATE, step, done, warm_steps=200, decay_part=0.6)
        losses = rows.losses(painter, generator, draw)
        optimizer.zero_grad(set_to_none=True)
        torch.cat(losses).mean().backward()
        state["seconds"] = share_gradients(painter, before + time.monotonic() - began)
        torch.nn.utils.clip_grad_norm_(painter.parameters(), 1.0)
        optimizer.step()
        state["step"] = step + 1
        state["samples"] += PAINT_ROWS + REDRAW_ROWS
        follow(average, painter, min(0.998, (step + 1) / (step + 10)))
        for name, loss in zip(recent, losses, strict=True):
            value = loss.mean().item()
            recent[name] = 0.98 * recent[name] + 0.02 * value if recent[name] else value
        if worker == 0 and state["step"] % 50 == 0:
            figures = " ".join(f"{name} {value:.4f}" for name, value in recent.items())
            reached = f"step {state['step']} samples {state['samples']} {state['seconds']:.0f} s"
            print(f"painter {reached} {figures}", flush=True)
        if worker == 0 and (state["step"] % 200 == 0 or state["seconds"] >= minutes * 60):
            save(kept, painter, average, optimizer, state)
    return average
