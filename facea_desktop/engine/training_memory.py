"""Fits tuning into the available memory: a step falls back in stages until it fits on the device."""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import torch
from torch import Tensor

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Observer, Warned
from facea_desktop.engine.graphed_step import GraphedStep
from facea_desktop.engine.identity_model import IdentityModel
from facea_desktop.engine.loss import TuneBatch
from facea_desktop.engine.out_of_memory import raising_out_of_memory

log = logging.getLogger(__name__)


class TrainingMemory:
    """What steps of training may keep in memory; less and less for as long as they run out of it.

    At first a step is one CUDA graph where the device has them, else the whole batch at once. Then come micro-batches,
    whose gradients are accumulated, and at last gradient checkpointing. What was given up stays so.

    Args:
        model: with the person on who is trained.
        noising: the noise schedule.
        optimizer: whose gradients are let go when memory is short.

    Attributes:
        graph: the step as a CUDA graph; None where there is none.
    """

    def __init__(
        self, model: IdentityModel, noising: Any, optimizer: torch.optim.Optimizer, observer: Observer
    ) -> None:
        self._model, self._noising, self._optimizer, self._observer = model, noising, optimizer, observer
        self.graph: GraphedStep | None = None
        self._began = False
        self._pieces = 1
        self._checkpointing = False

    def fit(self, train_step: Callable[[TuneBatch], Tensor], batch: TuneBatch) -> Tensor:
        """The result of ``train_step(batch)``, tried again with less in memory until it fits.

        Raises:
            UserError: it does not, with nothing left to give up.
        """
        if not self._began:
            self._began = True
            self.graph = capture_step(self._model, self._noising, batch)
        while True:
            with suppress(torch.OutOfMemoryError), raising_out_of_memory():
                return train_step(batch)
            self._step_down(len(batch.parts))  # behind the error, which holds on to the memory that ran out

    def micro_batches(self, batch: TuneBatch) -> Iterator[TuneBatch]:
        """``batch`` in as many pieces as memory asks for; one at first."""
        rows = -(-len(batch.parts) // self._pieces)
        for start in range(0, len(batch.parts), rows):
            yield batch.rows(slice(start, start + rows))

    def fit_beside(self, paint: Callable[[], float]) -> float:
        """The result of ``paint()``; the graph is given up where there is no room to paint beside it."""
        if self.graph is not None:
            with suppress(torch.OutOfMemoryError), raising_out_of_memory():
                return paint()
            self._drop_graph()
        return paint()

    def close(self) -> None:
        """Leave the model as it was: painting and the next tuning do without gradient checkpointing."""
        self._model.pipe.unet.disable_gradient_checkpointing()

    def _step_down(self, rows: int) -> None:
        if self.graph is not None:
            self._drop_graph()
        elif self._pieces < rows:
            self._cut_smaller(rows)
        elif not self._checkpointing:
            self._checkpoint_gradients()
        else:
            raise UserError(
                "The device has too little memory to tune even one picture at a time; close other programs, "
                "or choose the CPU in the settings (or with FACEA_DEVICE=cpu)."
            )

    def _drop_graph(self) -> None:
        """Give back what the graph keeps for its next step."""
        self.graph = None
        gc.collect()
        torch.cuda.empty_cache()

    def _cut_smaller(self, rows: int) -> None:
        self._pieces = min(2 * self._pieces, rows)
        self._optimizer.zero_grad(set_to_none=True)
        torch.cuda.empty_cache()
        self._observer.emit(
            Warned(f"Memory is low: each step now runs in {self._pieces} smaller pieces.", "smaller pieces")
        )

    def _checkpoint_gradients(self) -> None:
        """Calculate a layer again when its gradient is due: less memory, a third more work."""
        self._checkpointing = True
        self._model.pipe.unet.enable_gradient_checkpointing()
        message = "Memory is very low: each step now calculates much of the model twice."
        self._observer.emit(Warned(message, "calculated twice"))


def capture_step(model: IdentityModel, noising: Any, batch: TuneBatch) -> GraphedStep | None:
    """The step as one CUDA graph; None on other devices, where memory is too short, or where it cannot be captured.

    Args:
        batch: of the size of all that will come.
    """
    assert model.prompts is not None
    if model.device.type != "cuda":
        return None
    try:
        return GraphedStep(model.pipe.unet, model.prompts, noising, batch)
    except torch.OutOfMemoryError:
        return None
    except RuntimeError as error:
        log.warning("tuning goes on without a graph of its step: %s", " ".join(str(error).split())[:200])
        return None
