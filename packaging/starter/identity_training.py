"""Stage two: the training of the identity model, UNet and feature encoder together."""

from __future__ import annotations

import copy
import time
from collections.abc import Callable
from pathlib import Path

import torch
import torch.nn.functional as F
from diffusers import AutoencoderKL
from torch import Tensor, nn

from facea_desktop.engine.feature_encoder import FeatureEncoder
from facenet import FaceNet, crop_faces
from identity_network import IdentityNetwork
from masked_batches import Batch, Batches
from people import VIEWS, People
from running import follow, rate, resume, save

PEAK_RATE = 1e-3
ALIKE_WEIGHT = 0.1
ALIKE_BELOW = 600  # timesteps from which on faces cannot be told yet
ALIKE_ROWS = 32  # of a batch are decoded and compared, at most
ALIKE_FROM = 0.25  # of the training
SAY_EVERY, EXPORT_EVERY = 50, 400  # steps


def train(
    network: IdentityNetwork,
    encoder: FeatureEncoder,
    vae: AutoencoderKL,
    facenet: FaceNet,
    people: People,
    batches: Batches,
    work: Path,
    minutes: float,
    export: Callable[[IdentityNetwork, FeatureEncoder], None],
) -> tuple[IdentityNetwork, FeatureEncoder]:
    """Train for ``minutes`` in all, going on from ``work/identity.pt``; averaged weights are exported on the way.

    Beside the velocity, some rows learn that the face that they predict is to be the person's, as FaceNet sees it.
    """
    device = people.pixels.device
    network.text_encoder.requires_grad_(False)  # left to learn, it forgets again what it was taught
    learns = nn.ModuleList([network, encoder])
    average = copy.deepcopy(learns).requires_grad_(False)
    trained = [weight for weight in learns.parameters() if weight.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=PEAK_RATE, betas=(0.9, 0.99), weight_decay=1e-2, fused=True)
    kept = work / "identity.pt"
    state = resume(kept, learns, average, optimizer) or {"step": 0, "seconds": 0.0, "samples": 0}
    faces = F.normalize(people.embeddings.unflatten(0, (-1, VIEWS)).mean(1), dim=1)  # a mean face for each person
    began, before, recent = time.monotonic(), state["seconds"], torch.zeros(4, device=device)
    while state["seconds"] < minutes * 60:
        step, done = state["step"], state["seconds"] / (minutes * 60)
        for group in optimizer.param_groups:
            group["lr"] = rate(PEAK_RATE, step, done, warm_steps=100, decay_part=0.6)
        with torch.autocast(device.type, torch.bfloat16):
            pieces = batches.draw(encoder, torch.Generator(device).manual_seed(step))
            answers = [network(one.z, one.t, one.mask, one.masked, one.states) for one in pieces]
            losses = [batches.losses(v, one) for v, one in zip(answers, pieces, strict=True)]
            loss = torch.cat(losses).mean()
            unlike = loss.new_zeros(())
            if done >= ALIKE_FROM:
                unlike = _unlike(vae, facenet, batches, pieces[0], answers[0], people, faces)
        optimizer.zero_grad(set_to_none=True)
        (loss + ALIKE_WEIGHT * unlike).backward()
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        state["step"] += 1
        state["samples"] += sum(len(one.rows) for one in pieces)
        follow(average, learns, min(0.997, (step + 1) / (step + 10)))
        recent += torch.stack([losses[0].mean(), losses[1].mean(), unlike, loss.new_ones(())]).detach()
        if state["step"] % SAY_EVERY == 0:
            full, one, far, count = recent.tolist()
            said = f"loss {full / count:.4f} {one / count:.4f} unlike {far / count:.4f}"
            print(
                f"identity step {state['step']} samples {state['samples']} {state['seconds']:.0f} s {said}", flush=True
            )
            recent.zero_()
        state["seconds"] = before + time.monotonic() - began
        if state["step"] % EXPORT_EVERY == 0:
            export(average[0], average[1])
            save(kept, learns, average, optimizer, state)
    export(average[0], average[1])
    save(kept, learns, average, optimizer, state)
    return average[0], average[1]


def _unlike(
    vae: AutoencoderKL,
    facenet: FaceNet,
    batches: Batches,
    batch: Batch,
    v: Tensor,
    people: People,
    faces: Tensor,
) -> Tensor:
    """How far predicted faces are from their people, the less the noisier: 1 - cosine of FaceNet's embeddings."""
    fit = batch.known & (batch.t < ALIKE_BELOW)
    order = torch.argsort(fit.int(), descending=True, stable=True)[:ALIKE_ROWS]
    kept = batches.kept[batch.t[order]][:, None, None, None]
    latents = kept.sqrt() * batch.z[order] - (1 - kept).sqrt() * v[order].float()  # z_0 as predicted
    drawn = vae.decode(latents).sample.float()
    rows = batch.rows[order]
    seen = facenet(crop_faces(drawn, people.boxes[rows, 0]))
    apart = 1 - (seen.float() * faces[rows // VIEWS]).sum(1)
    weights = kept.flatten() * fit[order]
    return (apart * weights).sum() / weights.sum().clamp(min=1e-3)
