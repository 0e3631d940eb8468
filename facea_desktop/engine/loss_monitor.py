"""Losses between two reports, and the end of a run that diverges."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import torch
from torch import Tensor

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Losses

REPORT_EVERY = 10
"""Steps between reports of the losses; the device is waited for then and not in between."""
DIVERGED = 4.0
"""A run whose loss is this many times that of its first report has diverged."""
UNLEARNED = 2.0
"""Eq. (2) for a model that always answers zero, as the noise and the velocity have a variance of one: a first report
above it was made by a run that had diverged already."""
_LOWEST_START = 0.05
"""A first loss below it counts as this much, so that chance does not pass for divergence."""


class LossMonitor:
    """Sums losses where they are calculated, and notices when a run has diverged.

    Args:
        weights: that are trained.
    """

    def __init__(self, weights: Sequence[Tensor]) -> None:
        self._weights = weights
        self._sums = torch.zeros(2, device=weights[0].device)  # of the two terms since the last report
        self._steps = 0  # that were summed
        self._first_loss: float | None = None

    def add(self, losses: Tensor) -> None:
        """Count a step.

        Args:
            losses: the two terms of Eq. (2), (2,).
        """
        self._sums += losses
        self._steps += 1

    def report(self, step: int) -> Losses:
        """The mean losses since the last report.

        Raises:
            UserError: the run diverged.
        """
        face, attribute = (self._sums / max(self._steps, 1)).tolist()
        total = face + attribute
        if not math.isfinite(total):
            raise _diverged(step, total)
        if self._first_loss is None:
            self._first_loss = min(total, UNLEARNED)
        # Over fewer steps the mean is at the mercy of the timesteps that were drawn.
        if self._steps >= REPORT_EVERY and total > DIVERGED * max(self._first_loss, _LOWEST_START):
            raise _diverged(step, total)
        self.check_weights(step)
        self._sums.zero_()
        self._steps = 0
        return Losses(step, face, attribute)

    def check_weights(self, step: int) -> None:
        """Losses show broken weights a step late: nothing is measured, saved or handed back without this check.

        Raises:
            UserError: a weight is not finite.
        """
        if not bool(torch.stack([weight.isfinite().all() for weight in self._weights]).all()):
            raise _diverged(step, math.nan)

    def state_dict(self) -> dict[str, Tensor]:
        """What a resumed run needs to report what an uninterrupted one does."""
        first = self._first_loss if self._first_loss is not None else math.nan
        return {
            "first_loss": torch.tensor(first, dtype=torch.float64),
            "recent": self._sums.cpu().clone(),
            "recent_steps": torch.tensor(self._steps),
        }

    def load_state_dict(self, tensors: Mapping[str, Tensor]) -> None:
        """Go on from what ``state_dict`` returned; other tensors are ignored."""
        first = float(tensors["first_loss"])
        self._first_loss = first if math.isfinite(first) else None
        self._sums.copy_(tensors["recent"])
        self._steps = int(tensors["recent_steps"])


def _diverged(step: int, loss: float) -> UserError:
    return UserError(
        f"The tuning diverged at step {step} (loss {loss:.3g}); its last good checkpoint is kept. "
        "Tune again with a lower learning rate or another seed."
    )
