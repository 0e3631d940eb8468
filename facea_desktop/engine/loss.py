"""The attribute-driven reconstruction loss L_A, Eq. (2) of the paper:

    L_A = E_{s,t,ε} ‖ε - ε_θ(z_t, t, s, T_face, m_face)‖²  +  E_{s,t,v,ε} ‖ε - ε_θ(z_t, t, s, T_v, m_v)‖²

The global task (the face) and the local task (one attribute v drawn from V) are rows of one batch and one forward.
A model that was trained to predict the velocity is compared with the velocity in place of the noise ε.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from facea_desktop.domain.faces import FACE, PARTS, Attribute
from facea_desktop.engine.prompt_embeddings import PartPrompts
from facea_desktop.engine.reference_latents import ReferenceLatents


def task_losses(
    batch: TuneBatch, unet: Any, prompts: PartPrompts, noising: Any, step: TuneBatch | None = None
) -> TaskLosses:
    """The two terms of Eq. (2).

    Args:
        unet: ε_θ.
        prompts: T_face and every T_v with their [feat] vectors.
        noising: the noise schedule.
        step: the batch of the whole step where ``batch`` is a piece of it; the pieces' losses add up to the step's.
    """
    x, target = noised(batch, noising)  # z_t, m and s beside the mask, (n, 2c + 1, h, w); ε, (n, c, h, w)
    words = torch.cat([prompts[part] for part in batch.parts])  # T_face and T_v, (n, L, width)
    where = torch.tensor([PARTS.index(part) for part in batch.parts])
    more = prompts.conditions(where, x.shape[-1])
    predicted = unet(x.to(unet.dtype), batch.t, words.to(unet.dtype), **more).sample.float()  # (n, c, h, w)
    return reconstruction_losses(predicted, target, batch.faces, (step or batch).task_rows)


def reconstruction_losses(predicted: Tensor, target: Tensor, faces: int, task_rows: tuple[int, int]) -> TaskLosses:
    """Squared errors of the noise as the two terms of Eq. (2).

    Args:
        predicted, target: (n, c, h, w).
        faces: how many rows are the face task; they come first.
        task_rows: rows of either task in the whole step.
    """
    error = (predicted - target).square().mean((1, 2, 3))  # (n,)
    return TaskLosses(
        face=error[:faces].sum() / max(task_rows[0], 1),
        attribute=error[faces:].sum() / max(task_rows[1], 1),
    )


def noised(batch: TuneBatch, noising: Any) -> tuple[Tensor, Tensor]:
    """Add noise: the UNet's input (n, 2c + 1, h, w), and its target (n, c, h, w), the noise or the velocity."""
    noisy = noising.add_noise(batch.latents, batch.noise, batch.t)  # z_t (n, c, h, w)
    velocity = noising.config.prediction_type == "v_prediction"
    target = noising.get_velocity(batch.latents, batch.noise, batch.t) if velocity else batch.noise
    return torch.cat([noisy, batch.masks, batch.masked], 1), target


@dataclass(frozen=True)
class TaskLosses:
    """The two terms of Eq. (2)."""

    face: Tensor
    attribute: Tensor

    @property
    def total(self) -> Tensor:
        """L_A."""
        return self.face + self.attribute

    def detached(self) -> Tensor:
        """Both without their graph, (2,)."""
        return torch.stack([self.face.detach(), self.attribute.detach()])


@dataclass(frozen=True)
class Tasks:
    """What a run learns: the face, and attributes of which each step draws one."""

    face: bool
    attributes: tuple[Attribute, ...]


@dataclass(frozen=True)
class TuneBatch:
    """What one step learns from; rows 0 to B-1 are the face task, the others the attribute task.

    Attributes:
        latents: z_0, (n, c, h, w).
        masks: m_face or m_v, (n, 1, h, w).
        masked: latents of the pictures s without the masked part, (n, c, h, w).
        noise: ε, (n, c, h, w).
        t: timesteps, (n,).
        parts: the part that each row is about.
    """

    latents: Tensor
    masks: Tensor
    masked: Tensor
    noise: Tensor
    t: Tensor
    parts: tuple[str, ...]

    @property
    def faces(self) -> int:
        """How many rows are the face task."""
        return self.parts.count(FACE)

    @property
    def task_rows(self) -> tuple[int, int]:
        """How many rows are the face task, and how many the attribute task."""
        return self.faces, len(self.parts) - self.faces

    def rows(self, picked: slice) -> TuneBatch:
        """Some of the rows."""
        return TuneBatch(
            self.latents[picked],
            self.masks[picked],
            self.masked[picked],
            self.noise[picked],
            self.t[picked],
            self.parts[picked],
        )


def draw_batch(references: ReferenceLatents, tasks: Tasks, size: int, timesteps: int, key: int) -> TuneBatch:
    """The batch of one step: ``size`` rows for the face task, and ``size`` for one v drawn from V.

    Everything random comes from one generator on the CPU made from ``key``, so a step is the same on every
    device and in a run that was resumed.
    """
    generator = torch.Generator().manual_seed(key)
    parts = [FACE] * size if tasks.face else []
    shown = [v for v in tasks.attributes if references.holders[v]]
    if shown:
        v = shown[int(torch.randint(len(shown), (), generator=generator))]
        parts += [str(v)] * size
    holders = [references.holders[part] for part in parts]
    chosen = [held[int(torch.randint(len(held), (), generator=generator))] for held in holders]
    shape = (len(parts), *references.means.shape[1:])
    device = references.means.device
    spread, noise = (_to_device(torch.randn(shape, generator=generator), device) for _ in range(2))
    t = _to_device(torch.randint(timesteps, (len(parts),), generator=generator), device)
    picked = _to_device(torch.tensor(chosen), device)
    where = _to_device(torch.tensor([PARTS.index(part) for part in parts]), device)
    return TuneBatch(
        latents=references.means[picked] + references.deviations[picked] * spread,
        masks=references.masks[picked, where],
        masked=references.masked[picked, where],
        noise=noise,
        t=t,
        parts=tuple(parts),
    )


def _to_device(drawn: Tensor, device: torch.device) -> Tensor:
    """What was drawn on the CPU, on its way to the device; only from pinned memory nobody waits for it to arrive."""
    if device.type == "cuda":
        drawn = drawn.pin_memory()
    return drawn.to(device, non_blocking=True)
