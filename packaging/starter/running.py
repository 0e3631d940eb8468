"""What all trainings share: their state on disk, the running average, the learning rate over time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from torch import nn


def resume(kept: Path, model: nn.Module, average: nn.Module, optimizer: torch.optim.Optimizer) -> dict[str, Any] | None:
    """Go on from ``kept``: load everything in place and return the saved state; None where nothing was saved."""
    if not kept.exists():
        return None
    saved = torch.load(kept, weights_only=True, map_location="cpu")
    model.load_state_dict(saved["model"])
    average.load_state_dict(saved["average"])
    optimizer.load_state_dict(saved["optimizer"])
    state: dict[str, Any] = saved["state"]
    return state


def save(
    kept: Path, model: nn.Module, average: nn.Module, optimizer: torch.optim.Optimizer, state: dict[str, Any]
) -> None:
    """Replace ``kept`` as a whole."""
    whole = {
        "model": model.state_dict(),
        "average": average.state_dict(),
        "optimizer": optimizer.state_dict(),
        "state": state,
    }
    partial = kept.with_suffix(".partial")
    torch.save(whole, partial)
    partial.replace(kept)


def rate(peak: float, step: int, done: float, *, warm_steps: int, decay_part: float) -> float:
    """The learning rate: up over the first steps, down to 3 % of ``peak`` over the last part of the time.

    Args:
        done: part of the time that is over, 0 to 1.
    """
    warm = min(1.0, (step + 1) / warm_steps)
    return peak * warm * max(0.03, min(1.0, (1 - done) / decay_part))


@torch.no_grad()
def follow(average: nn.Module, model: nn.Module, keep: float) -> None:
    """Move the running average towards the weights, in place."""
    for a, m in zip(average.parameters(), model.parameters(), strict=True):
        a.lerp_(m, 1 - keep)
