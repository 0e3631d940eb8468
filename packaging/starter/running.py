"""What all trainings share: their state on disk, the running average, the learning rate over time."""

from __future__ import annotations

import copy
import time
import traceback
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from facea_desktop.engine.cuda_graphs import captured

WARM_UP = 3
"""Calculations before a capture, in which the libraries choose their kernels."""

Losses = dict[str, Tensor]
"""By name; what is learned is to make their sum small."""


class Gradients:
    """Calculates losses of batches, and leaves their gradients in ``.grad``.

    On a card everything between a batch and its gradients is one CUDA graph: these networks are so small that the
    card would wait for Python to launch its kernels. What cannot be captured is calculated call by call.

    Args:
        weights: what is learned.
        losses: called with ``how`` and the tensors of a batch; must not wait for the device.
    """

    def __init__(self, weights: Sequence[Tensor], losses: Callable[..., Losses]) -> None:
        self._weights, self._losses = list(weights), losses
        self._gradients = [torch.zeros_like(weight) for weight in self._weights]
        self._graphs: dict[Hashable, tuple[torch.cuda.CUDAGraph, list[Tensor], Losses]] = {}
        self._is_captured = self._gradients[0].is_cuda

    def __call__(self, how: Hashable, batch: Sequence[Tensor]) -> Losses:
        """The losses; overwritten by the next call.

        Args:
            how: what else the losses depend on; every batch with the same has tensors of the same shapes.
        """
        if self._is_captured and how not in self._graphs:
            self._capture(how, batch)
        if self._is_captured:
            graph, inputs, losses = self._graphs[how]
            for static, tensor in zip(inputs, batch, strict=True):
                static.copy_(tensor)
            graph.replay()
        else:
            losses = self._calculate(how, batch)
        for weight, gradient in zip(self._weights, self._gradients, strict=True):
            weight.grad = gradient
        return losses

    def _capture(self, how: Hashable, batch: Sequence[Tensor]) -> None:
        inputs, kept = [tensor.clone() for tensor in batch], Losses()

        def calculate() -> None:
            for name, loss in self._calculate(how, inputs).items():
                kept.setdefault(name, torch.zeros_like(loss)).copy_(loss)

        try:
            self._graphs[how] = captured(calculate, inputs[0].device, warm_up=WARM_UP), inputs, kept
        except RuntimeError:
            traceback.print_exc()
            self._is_captured = False

    def _calculate(self, how: Hashable, batch: Sequence[Tensor]) -> Losses:
        losses = self._losses(how, *batch)
        made = torch.autograd.grad(sum(losses.values()), self._weights)
        torch._foreach_copy_(self._gradients, list(made))
        return {name: loss.detach() for name, loss in losses.items()}


class Training:
    """A training by the clock that can be cut at any step, and goes on from its file when it is begun again.

        for step in training:
            training.learn(losses_of(model, batch(step)))

    Where gradients are calculated otherwise, ``training.step`` takes the place of ``learn``.

    Args:
        name: what is trained, said before its figures.
        kept: the file, written every ``save_every`` steps and at the end.
        optimizer: of the model; the rate of each of its groups is the peak of that group.
        minutes: how long it takes, all runs together.
        steadiest: how much of the running average every step leaves, once it has run for a while.
        decay_part: last part of the time, in which the rate falls.

    Attributes:
        average: running average of the model's weights.
        done: part of the time that is over, 0 to 1.
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
        self._recent: dict[str, list[Tensor]] = {}
        self._state = resume(kept, model, self.average, optimizer) or {"step": 0, "seconds": 0.0}

    def __iter__(self) -> Iterator[int]:
        """Numbers of the steps, from the first that was not made yet, while there is time."""
        state = self._state
        began, before = time.monotonic(), state["seconds"]
        while state["seconds"] < self._whole:
            for group, peak in zip(self._optimizer.param_groups, self._peaks, strict=True):
                group["lr"] = rate(peak, state["step"], self.done, warm_steps=100, decay_part=self._decay_part)
            yield state["step"]
            state["step"] += 1
            follow(self.average, self._model, min(self._steadiest, state["step"] / (state["step"] + 20)))
            if state["step"] % self._say_every == 0:
                means = {name: torch.stack(values).mean().item() for name, values in self._recent.items()}
                self._recent.clear()
                figures = " ".join(f"{name} {mean:.4f}" for name, mean in means.items())
                print(f"{self._name} step {state['step']} {state['seconds']:.0f} s {figures}", flush=True)
            state["seconds"] = before + time.monotonic() - began
            if state["step"] % self._save_every == 0:
                self._save()
        self._save()

    @property
    def done(self) -> float:
        return self._state["seconds"] / self._whole

    def learn(self, losses: Mapping[str, Tensor], *shortened: nn.Module) -> None:
        """A step against the sum of these losses; see ``step``."""
        self._optimizer.zero_grad(set_to_none=True)
        sum(losses.values()).backward()
        self.step(losses, *shortened)

    def step(self, losses: Mapping[str, Tensor], *shortened: nn.Module) -> None:
        """A step along the gradients that are there already; the losses are only printed.

        Args:
            shortened: of each of these a gradient that is longer than 1 is shortened first.
        """
        for part in shortened:
            nn.utils.clip_grad_norm_(part.parameters(), 1.0)
        self._optimizer.step()
        for name, value in losses.items():
            self._recent.setdefault(name, []).append(value.detach().clone())

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
    torch._foreach_lerp_(list(average.parameters()), list(model.parameters()), 1 - keep)
