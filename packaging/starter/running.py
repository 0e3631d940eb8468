"""What all trainings share: their state on disk, the running average, the learning rate over time."""

from __future__ import annotations

import copy
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn


class Training:
    """A training by the clock that can be cut at any step, and goes on from its file when it is begun again.

        for step in training:
            training.learn(losses_of(model, batch(step)))

    Args:
        name: what is trained, said before its figures.
        kept: the file, written every ``save_every`` steps and at the end.
        optimizer: of the model; the rate of each of its groups is the peak of that group.
        minutes: how long it takes, all runs together.
        steadiest: how much of the running average every step leaves, once it has run for a while.
        decay_part: last part of the time, in which the rate falls.

    Attributes:
        average: running average of the model's weights.
    """

    def __init__(
        self,
        name: str,
        kept: Path,
        model: nn.Module,
        optimizer: torch.optim.Optimizer,
        minutes: float,
        *,
        steadiest: float,
        decay_part: float,
        say_every: int,
        save_every: int,
    ) -> None:
        self.average = copy.deepcopy(model).requires_grad_(False)
        self._name, self._kept, self._model, self._optimizer = name, kept, model, optimizer
        self._whole, self._steadiest, self._decay_part = minutes * 60, steadiest, decay_part
        self._say_every, self._save_every = say_every, save_every
        self._peaks = [group["lr"] for group in optimizer.param_groups]
        self._losses: Mapping[str, Tensor] = {}
        self._state = resume(kept, model, self.average, optimizer) or {"step": 0, "seconds": 0.0}

    def __iter__(self) -> Iterator[int]:
        """Numbers of the steps, from the first that was not made yet, while there is time."""
        state = self._state
        began, before = time.monotonic(), state["seconds"]
        while state["seconds"] < self._whole:
            done = state["seconds"] / self._whole
            for group, peak in zip(self._optimizer.param_groups, self._peaks, strict=True):
                group["lr"] = rate(peak, state["step"], done, warm_steps=100, decay_part=self._decay_part)
            yield state["step"]
            state["step"] += 1
            follow(self.average, self._model, min(self._steadiest, state["step"] / (state["step"] + 20)))
            if state["step"] % self._say_every == 0:
                figures = " ".join(f"{name} {value.item():.4f}" for name, value in self._losses.items())
                print(f"{self._name} step {state['step']} {state['seconds']:.0f} s {figures}", flush=True)
            state["seconds"] = before + time.monotonic() - began
            if state["step"] % self._save_every == 0:
                self._save()
        self._save()

    def learn(self, losses: Mapping[str, Tensor], *, longest: float | None = None) -> None:
        """A step against the sum of these losses; a gradient longer than ``longest`` is shortened."""
        self._optimizer.zero_grad(set_to_none=True)
        sum(losses.values()).backward()
        if longest is not None:
            nn.utils.clip_grad_norm_(self._model.parameters(), longest)
        self.step(losses)

    def step(self, losses: Mapping[str, Tensor]) -> None:
        """A step along the gradients that are there already; the losses are only printed."""
        self._optimizer.step()
        self._losses = losses

    def _save(self) -> None:
        save(self._kept, self._model, self.average, self._optimizer, self._state)


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
