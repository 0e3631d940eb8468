"""Stage two: the training of the identity model, UNet and feature encoder together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
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
from running import Gradients, Losses, Training

PEAK_RATE = 1e-3
ALIKE_WEIGHT = 0.2
ALIKE_BELOW = 600  # timesteps from which on faces cannot be told yet
ALIKE_ROWS = 32  # of a batch are decoded and compared, at most
ALIKE_FROM, ALIKE_EVERY = 0.25, 2  # of the training; steps
SAY_EVERY, SAVE_EVERY = 100, 2000  # steps


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
    trained = [weight for weight in learns.parameters() if weight.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=PEAK_RATE, betas=(0.9, 0.99), weight_decay=1e-2, fused=True)
    training = Training(
        "identity", work / "identity.pt", learns, optimizer, minutes,
        steadiest=0.998, decay_part=0.6, say_every=SAY_EVERY, save_every=SAVE_EVERY,
    )  # fmt: skip
    faces = F.normalize(people.embeddings.unflatten(0, (-1, VIEWS)).mean(1), dim=1)  # a mean face for each person

    def losses(is_compared: bool, *tensors: Tensor) -> Losses:
        count = len(fields(Batch))
        pieces = [Batch(*tensors[:count]), Batch(*tensors[count:])]
        whole = sum(len(one.rows) for one in pieces)
        with torch.autocast(device.type, torch.bfloat16):
            states = [batches.states(encoder, one, full) for one, full in zip(pieces, (True, False), strict=True)]
            answers = [
                network(one.z, one.t, one.mask, one.masked, said) for one, said in zip(pieces, states, strict=True)
            ]
            full, alone = (batches.losses(v, one).sum() / whole for v, one in zip(answers, pieces, strict=True))
            found = {"full": full, "alone": alone}
            if is_compared:
                unlike = _unlike(vae, facenet, batches, pieces[0], answers[0], people, faces)
                found["unlike"] = ALIKE_WEIGHT * unlike
        return found

    gradients = Gradients(trained, losses)
    for step in training:
        is_compared = training.done >= ALIKE_FROM and step % ALIKE_EVERY == 0
        drawn = batches.draw(torch.Generator(device).manual_seed(step))
        training.step(gradients(is_compared, [tensor for one in drawn for tensor in _tensors(one)]), learns)
        if step % SAVE_EVERY == SAVE_EVERY - 1:
            export(training.average[0], training.average[1])
    export(training.average[0], training.average[1])
    return training.average[0], training.average[1]


def _tensors(batch: Batch) -> list[Tensor]:
    return [getattr(batch, field.name) for field in fields(batch)]


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
