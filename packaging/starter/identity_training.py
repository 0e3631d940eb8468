"""Stage two: the training of the identity model."""

from __future__ import annotations

import copy
import random
import time
from pathlib import Path

import torch
from diffusers import AutoencoderKL
from transformers import CLIPTokenizer

from identity_network import IdentityNetwork
from masked_batches import ROWS, Batches, Masks, encode_all
from portraits import Portraits
from pretrain_text import pretrain_text
from running import follow, rate, resume, save, share_gradients, workers

PEAK_RATE = 1e-3


def train(
    network: IdentityNetwork,
    vae: AutoencoderKL,
    tokenizer: CLIPTokenizer,
    portraits: Portraits,
    work: Path,
    minutes: float,
    device: torch.device,
) -> IdentityNetwork:
    """Train for ``minutes`` in all, from ``work/identity.pt`` or from the text encoder on; returns averaged weights."""
    kept = work / "identity.pt"
    if not kept.exists():
        pretrain_text(network, tokenizer, portraits.labels)
    network.text_encoder.requires_grad_(False)  # left to learn, it forgets again what it was taught
    average = copy.deepcopy(network).requires_grad_(False)
    optimizer = torch.optim.AdamW(
        network.unet.parameters(), lr=PEAK_RATE, betas=(0.9, 0.99), weight_decay=1e-2, fused=True
    )
    state = resume(kept, network, average, optimizer) or {"step": 0, "seconds": 0.0, "samples": 0}
    latents = encode_all(vae, portraits, work / "latents.pt", device)
    worker, count = workers()
    batches = Batches(portraits, latents, Masks(portraits, vae, device), tokenizer, device, count)
    began, before, recent = time.monotonic(), state["seconds"], None
    while state["seconds"] < minutes * 60:
        step = state["step"]
        key = step * count + worker
        done = state["seconds"] / (minutes * 60)
        for group in optimizer.param_groups:
            group["lr"] = rate(PEAK_RATE, step, done, warm_steps=200, decay_part=0.6)
        loss = batches.losses(network, torch.Generator().manual_seed(key), random.Random(key)).mean()
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        state["seconds"] = share_gradients(network, before + time.monotonic() - began)
        torch.nn.utils.clip_grad_norm_(network.unet.parameters(), 1.0)
        optimizer.step()
        state["step"] = step + 1
        state["samples"] += ROWS
        follow(average, network, min(0.998, (step + 1) / (step + 10)))
        recent = loss.item() if recent is None else 0.98 * recent + 0.02 * loss.item()
        if worker == 0 and state["step"] % 50 == 0:
            reached = f"step {state['step']} samples {state['samples']} {state['seconds']:.0f} s"
            print(f"identity {reached} loss {recent:.4f}", flush=True)
        if worker == 0 and (state["step"] % 200 == 0 or state["seconds"] >= minutes * 60):
            save(kept, network, average, optimizer, state)
    return average
