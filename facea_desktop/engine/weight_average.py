"""Exponential moving average (EMA) of the weights that tuning changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import torch
from torch import Tensor


class WeightAverage:
    """The running average of some weights; a decay of 0 keeps none, and every method then does nothing.

    Args:
        weights: that are trained; the average starts from what they are now.
        decay: what of the average stays at a step, from 0 to below 1.
    """

    def __init__(self, weights: Sequence[Tensor], decay: float) -> None:
        self._weights = list(weights)
        self._decay = decay
        self._average = [weight.detach().clone() for weight in weights] if decay else []

    @torch.no_grad()
    def update(self, step: int) -> None:
        """Take in the weights after ``step`` steps."""
        if self._average:
            decay = min(self._decay, step / (step + 10))  # early weights, which have learned little, fade faster
            torch._foreach_lerp_(self._average, [weight.detach() for weight in self._weights], 1 - decay)

    @contextmanager
    def swapped_in(self) -> Iterator[None]:
        """Within, the weights are the average."""
        self._swap()
        try:
            yield
        finally:
            self._swap()

    @torch.no_grad()
    def copy_to_weights(self) -> None:
        """Leave the weights as the average."""
        for i, average in enumerate(self._average):
            self._weights[i].copy_(average)

    def state_dict(self) -> dict[str, Tensor]:
        """The average as named tensors on the CPU."""
        return {f"average.{i}": average.cpu().clone() for i, average in enumerate(self._average)}

    def load_state_dict(self, tensors: Mapping[str, Tensor]) -> None:
        """Go on from what ``state_dict`` returned; other tensors are ignored."""
        for i, average in enumerate(self._average):
            average.copy_(tensors[f"average.{i}"])

    @torch.no_grad()
    def _swap(self) -> None:
        for i, average in enumerate(self._average):
            weight = self._weights[i].detach().clone()
            self._weights[i].copy_(average)
            average.copy_(weight)
