"""Eq. (2) of the paper: the face task and the attribute task, noised and judged as one batch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from facea_desktop.domain.faces import FACE, PARTS, Attribute
from facea_desktop.engine.prompts import PartPrompts
from facea_desktop.engine.references import ReferenceLatents


@dataclass(frozen=True)
class TuneBatch:
    """What one step learns from; rows 0 to B-1 are the face task, the others the attribute task.

    Attributes:
        latents: z_0, (n, c, h, w).
        masks: (n, 1, h, w).
        masked: latents of the masked pictures, (n, c, h, w).
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


@dataclass(frozen=True)
class TaskLosses:
    """The two terms of Eq. (2)."""

    face: Tensor
    attribute: Tensor

    @property
    def total(self) -> Tensor:
        """Eq. (2)."""
        return self.face + self.attribute


@dataclass(frozen=True)
class Tasks:
    """What a run learns: the face, and attributes of which each step draws one."""

    face: bool
    attributes: tuple[Attribute, ...]


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
    spread, noise = (_sent(torch.randn(shape, generator=generator), device) for _ in range(2))
    t = _sent(torch.randint(timesteps, (len(parts),), generator=generator), device)
    picked = _sent(torch.tensor(chosen), device)
    where = _sent(torch.tensor([PARTS.index(part) for part in parts]), device)
    return TuneBatch(
        latents=references.means[picked] + references.deviations[picked] * spread,
        masks=references.masks[picked, where],
        masked=references.masked[picked, where],
        noise=noise,
        t=t,
        parts=tuple(parts),
    )


def _sent(drawn: Tensor, device: torch.device) -> Tensor:
    """What was drawn on the CPU, on its way to the device; only from pinned memory nobody waits for it to arrive."""
    if device.type == "cuda":
        drawn = drawn.pin_memory()
    return drawn.to(device, non_blocking=True)


def noised(batch: TuneBatch, noising: Any) -> tuple[Tensor, Tensor]:
    """The UNet's input (n, 2c + 1, h, w), and its target (n, c, h, w): the noise or the velocity."""
    noisy = noising.add_noise(batch.latents, batch.noise, batch.t)  # z_t (n, c, h, w)
    velocity = noising.config.prediction_type == "v_prediction"
    target = noising.get_velocity(batch.latents, batch.noise, batch.t) if velocity else batch.noise
    return torch.cat([noisy, batch.masks, batch.masked], 1), target


def task_losses(batch: TuneBatch, unet: Any, prompts: PartPrompts, noising: Any, of: TuneBatch) -> TaskLosses:
    """The two terms of Eq. (2) for ``batch``, as its share of the whole step ``of``: one forward for both tasks.

    The target is the noise, or the velocity for models that were trained to predict that.
    """
    x, target = noised(batch, noising)
    words = torch.cat([prompts[part] for part in batch.parts])  # (n, L, width)
    where = torch.tensor([PARTS.index(part) for part in batch.parts])
    more = prompts.conditions(where, x.shape[-1])
    predicted = unet(x.to(unet.dtype), batch.t, words.to(unet.dtype), **more).sample.float()
    error = (predicted - target).square().mean((1, 2, 3))  # (n,)
    faces, all_faces = batch.parts.count(FACE), of.parts.count(FACE)
    return TaskLosses(
        face=error[:faces].sum() / max(all_faces, 1),
        attribute=error[faces:].sum() / max(len(of.parts) - all_faces, 1),
    )
