"""Test-time fine-tuning: LoRA and [feat] vectors learn a person with Eq. (2)."""

from __future__ import annotations

import gc
import logging
import math
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from diffusers import DDPMScheduler
from torch import Tensor

from facea_desktop.domain.errors import CancelledError, UserError
from facea_desktop.domain.events import Losses, Measured, Meter, Observer, Warned
from facea_desktop.domain.people import LikenessPoint, Recipe
from facea_desktop.engine.checkpoints import (
    BEST_SO_FAR,
    LAST,
    Checkpoint,
    optimizer_tensors,
    read_checkpoint,
    restore_optimizer,
    write_checkpoint,
)
from facea_desktop.engine.graphed_step import GraphedStep
from facea_desktop.engine.identity import IdentityModel
from facea_desktop.engine.memory import heard_as_out_of_memory
from facea_desktop.engine.objective import Tasks, TuneBatch, draw_batch, task_losses
from facea_desktop.engine.placed import placed
from facea_desktop.engine.references import ReferenceLatents

log = logging.getLogger(__name__)

REPORT_EVERY = 10
"""Steps between reports of the losses; the device is waited for then and not in between."""
DIVERGED = 4.0
"""A run whose loss is this many times that of its first report has diverged."""
UNLEARNED = 2.0
"""Eq. (2) for a model that always answers zero, as the noise and the velocity have a variance of one: a first report
above it was made by a run that had diverged already."""


@dataclass(frozen=True)
class Plan:
    """One run of tuning.

    Attributes:
        recipe: how.
        tasks: what.
        seed: of everything random.
        folder: where checkpoints go; None writes none.
        resume: go on from the checkpoint in ``folder``.
        source: names what is learned from, base weights and photos; a checkpoint of another source is not resumed.
    """

    recipe: Recipe
    tasks: Tasks
    seed: int
    folder: Path | None = None
    resume: bool = False
    source: str = ""

    @property
    def key(self) -> str:
        """What a checkpoint has to agree with."""
        return f"{self.recipe.model_dump_json()} seed {self.seed} tasks {self.tasks} source {self.source}"


@dataclass(frozen=True)
class Tuned:
    """How a run ended.

    Attributes:
        steps: that were done, fewer than planned where the user found them enough.
        curve: likeness by step.
        best_step: step of the best likeness, None where none was measured; its weights are the checkpoint BEST_SO_FAR.
    """

    steps: int
    curve: tuple[LikenessPoint, ...]
    best_step: int | None


def tune(
    model: IdentityModel,
    references: ReferenceLatents,
    plan: Plan,
    observer: Observer,
    measure: Callable[[], float] | None = None,
) -> Tuned:
    """Run ``plan`` on the person that ``model`` has on; the model is left with the tuned weights.

    Args:
        measure: likeness of what the model paints now, for the curve.

    Returns:
        How it ended: after all steps, or at the step where ``observer.finish`` was set.

    Raises:
        UserError: the run diverged (its last good checkpoint stays), ran out of memory, or cannot be resumed.
        CancelledError: stopped; a checkpoint of the last step can be resumed.
    """
    run = _Run(model, references, plan, observer, measure)
    try:
        run.go()
    finally:
        model.pipe.unet.disable_gradient_checkpointing()
    return Tuned(run.step, tuple(run.curve), run.best_step)


class _Run:
    """The moving parts of one tuning: verbs of the loop on top, what they need below."""

    def __init__(
        self,
        model: IdentityModel,
        references: ReferenceLatents,
        plan: Plan,
        observer: Observer,
        measure: Callable[[], float] | None,
    ) -> None:
        self.model, self.references, self.plan, self.observer, self.measure = model, references, plan, observer, measure
        self.noising: Any = DDPMScheduler.from_config(model.pipe.scheduler.config)
        lora, features = model.trained()
        self.weights = [*lora, *features]
        recipe = plan.recipe
        groups = [
            {"params": lora, "lr": recipe.lora_rate, "weight_decay": 1e-2},
            {"params": [p for p in features if p.numel()], "lr": recipe.feature_rate, "weight_decay": 0.0},
        ]
        fused = True if model.device.type == "cuda" else None  # one kernel for all weights
        self.optimizer = torch.optim.AdamW([group for group in groups if group["params"]], fused=fused)
        self.average = [weight.detach().clone() for weight in self.weights] if recipe.average else None
        self.pieces = 1  # micro-batches that a step is cut into when memory is short
        self.frugal = False  # gradient checkpointing, the last resort
        self.graphed: GraphedStep | None = None
        self.step = 0
        self.curve: list[LikenessPoint] = []
        self.recent = torch.zeros(2, device=model.device)  # sums of the two losses since the last report
        self.recent_steps = 0
        self.first_loss: float | None = None
        if plan.resume:
            self._restore()

    def go(self) -> None:
        recipe = self.plan.recipe
        self.observer.tell(placed(self.model.placement, tuning=True))
        meter = Meter(self.observer, "tuning", recipe.steps, self.step)
        for point in self.curve:  # of the run that is gone on with
            self.observer.tell(Measured(point.step, point.likeness))
        self.graphed = self._captured()
        try:
            if self.step:
                self._measure_if_due()  # stopped while it was being measured
            while self.step < recipe.steps and not (self.step and self.observer.finish.is_set()):
                self._go_on(meter)
            self._measure_once()
        except CancelledError:
            self._save()  # whoever pauses loses nothing
            raise
        self._check_weights()
        self._use_average()

    def _go_on(self, meter: Meter) -> None:
        """One step, and what is due after it."""
        recipe = self.plan.recipe
        self._advance()
        if self.step % REPORT_EVERY == 0 or self.step == recipe.steps:
            self._report()
        self._measure_if_due()
        if self.step % recipe.checkpoint_every == 0:
            self._save()
        meter.reached(self.step)

    def _advance(self) -> None:
        """One step of Eq. (2), cut into smaller pieces for as long as memory does not suffice."""
        batch = self._batch()
        while not self._fits(batch):
            self._cut_smaller(batch)  # after the error, which holds on to the memory that ran out
        self.step += 1
        if self.average is not None:
            keep = min(self.plan.recipe.average, self.step / (self.step + 10))
            with torch.no_grad():
                torch._foreach_lerp_(self.average, [weight.detach() for weight in self.weights], 1 - keep)

    def _batch(self) -> TuneBatch:
        return draw_batch(
            self.references,
            self.plan.tasks,
            self.plan.recipe.batch,
            self.noising.config.num_train_timesteps,
            key=(self.plan.seed << 24) + self.step,
        )

    def _captured(self) -> GraphedStep | None:
        """The step as one graph; None on other devices, where memory is too short, or where it cannot be captured."""
        assert self.model.prompts is not None
        if self.model.device.type != "cuda":
            return None
        try:
            return GraphedStep(self.model.pipe.unet, self.model.prompts, self.noising, self._batch())
        except torch.OutOfMemoryError:
            return None
        except RuntimeError as error:
            log.warning("tuning goes on without a graph of its step: %s", " ".join(str(error).split())[:200])
            return None

    def _fits(self, batch: TuneBatch) -> bool:
        """Learn from ``batch``, unless memory does not suffice."""
        try:
            with heard_as_out_of_memory():
                self._learn(batch)
        except torch.OutOfMemoryError:
            return False
        return True

    def _learn(self, batch: TuneBatch) -> None:
        self.optimizer.zero_grad(set_to_none=True)
        sums = self.graphed.learn(batch) if self.graphed is not None else self._learn_in_pieces(batch)
        torch.nn.utils.clip_grad_norm_(self.weights, self.plan.recipe.gradient_norm)
        self.optimizer.step()
        self.recent += sums
        self.recent_steps += 1

    def _learn_in_pieces(self, batch: TuneBatch) -> Tensor:
        """Gradients of one step; the two terms of Eq. (2), (2,)."""
        assert self.model.prompts is not None
        rows = -(-len(batch.parts) // self.pieces)
        sums = torch.zeros(2, device=self.recent.device)
        for start in range(0, len(batch.parts), rows):
            piece = batch.rows(slice(start, start + rows))
            with torch.autocast(self.model.device.type, torch.bfloat16, enabled=self.model.placement.bf16_tuning):
                losses = task_losses(piece, self.model.pipe.unet, self.model.prompts, self.noising, of=batch)
            torch.autograd.backward(losses.total)
            sums += torch.stack([losses.face.detach(), losses.attribute.detach()])
        return sums

    def _cut_smaller(self, batch: TuneBatch) -> None:
        if self.graphed is not None:
            self._without_graph()
            return
        if self.pieces >= len(batch.parts):
            if not self.frugal:
                self._forget_between_layers()
                return
            raise UserError(
                "The device has too little memory to tune even one picture at a time; close other programs, "
                "or choose the CPU in the settings (or with FACEA_DEVICE=cpu)."
            )
        self.pieces = min(2 * self.pieces, len(batch.parts))
        self.optimizer.zero_grad(set_to_none=True)
        if torch.cuda.is_available():
            torch.cuda.empty_cache()
        self.observer.tell(Warned(f"Memory is short: each step now runs in {self.pieces} smaller pieces."))

    def _without_graph(self) -> None:
        """Give back what the graph keeps for its next step."""
        self.graphed = None
        gc.collect()
        torch.cuda.empty_cache()

    def _forget_between_layers(self) -> None:
        """What a layer made is made again when its gradient is due: less memory, a third more work."""
        self.frugal = True
        self.model.pipe.unet.enable_gradient_checkpointing()
        self.observer.tell(Warned("Memory is very short: each step now calculates much of the model twice."))

    def _report(self) -> None:
        face, attribute = (self.recent / max(self.recent_steps, 1)).tolist()
        total = face + attribute
        if not math.isfinite(total):
            raise self._divergence(total)
        if self.first_loss is None:
            self.first_loss = min(total, UNLEARNED)
        # Over fewer steps the mean is at the mercy of the timesteps that were drawn.
        if self.recent_steps >= REPORT_EVERY and total > DIVERGED * max(self.first_loss, 0.05):
            raise self._divergence(total)
        self._check_weights()
        self.recent.zero_()
        self.recent_steps = 0
        self.observer.tell(Losses(self.step, face, attribute))

    def _check_weights(self) -> None:
        """A loss tells of broken weights a step late: nothing is measured, saved or handed back without this."""
        if not bool(torch.stack([weight.isfinite().all() for weight in self.weights]).all()):
            raise self._divergence(math.nan)

    def _divergence(self, loss: float) -> UserError:
        return UserError(
            f"The tuning diverged at step {self.step} (loss {loss:.3g}); its last good checkpoint is kept. "
            "Tune again with a lower learning rate or another seed."
        )

    def _measure_if_due(self) -> None:
        every = self.plan.recipe.measure_every
        if every and self.step % every == 0:
            self._measure_once()

    def _measure_once(self) -> None:
        """A point on the curve for this step, unless it has one."""
        if self.measure is None or (self.curve and self.curve[-1].step == self.step):
            return
        self._check_weights()
        with _Weights(self.weights, self.average):
            likeness = self._measured(self.measure)
            better = not self.curve or likeness > max(point.likeness for point in self.curve)
            self.curve.append(LikenessPoint(step=self.step, likeness=likeness))
            if better and self.plan.folder is not None:
                adapter, features = self.model.state()
                tensors = {**adapter, **{f"features.{part}": value for part, value in features.items()}}
                write_checkpoint(self.plan.folder / BEST_SO_FAR, Checkpoint(self.step, self.plan.key, (), tensors))
        self.observer.tell(Measured(self.step, likeness))

    def _measured(self, measure: Callable[[], float]) -> float:
        """The likeness now; the graph of the step goes where there is no room to paint beside it."""
        if self.graphed is not None:
            with suppress(torch.OutOfMemoryError), heard_as_out_of_memory():
                return measure()
            self._without_graph()
        return measure()

    @property
    def best_step(self) -> int | None:
        return max(self.curve, key=lambda point: point.likeness).step if self.curve else None

    def _save(self) -> None:
        if self.plan.folder is None:
            return
        self._check_weights()
        tensors = {f"weight.{i}": weight.detach().cpu().clone() for i, weight in enumerate(self.weights)}
        if self.average is not None:
            tensors |= {f"average.{i}": weight.cpu().clone() for i, weight in enumerate(self.average)}
        first = torch.tensor(self.first_loss if self.first_loss is not None else math.nan, dtype=torch.float64)
        recent = {"recent": self.recent.cpu().clone(), "recent_steps": torch.tensor(self.recent_steps)}
        tensors |= optimizer_tensors(self.optimizer) | {"first_loss": first} | recent
        write_checkpoint(self.plan.folder / LAST, Checkpoint(self.step, self.plan.key, tuple(self.curve), tensors))

    def _restore(self) -> None:
        assert self.plan.folder is not None
        saved = read_checkpoint(self.plan.folder / LAST)
        saved_shapes = {name: value.shape for name, value in saved.tensors.items() if name.startswith("weight.")}
        shapes = {f"weight.{i}": weight.shape for i, weight in enumerate(self.weights)}
        if saved.key != self.plan.key or saved_shapes != shapes:
            raise UserError("The interrupted tuning had other settings; resume it with those, or tune from the start.")
        with torch.no_grad():
            for i, weight in enumerate(self.weights):
                weight.copy_(saved.tensors[f"weight.{i}"])
            for i, averaged in enumerate(self.average or []):
                averaged.copy_(saved.tensors[f"average.{i}"])
        restore_optimizer(self.optimizer, saved.tensors)
        first = float(saved.tensors["first_loss"])
        self.first_loss = first if math.isfinite(first) else None
        self.recent.copy_(saved.tensors["recent"])
        self.recent_steps = int(saved.tensors["recent_steps"])
        self.step, self.curve = saved.step, list(saved.curve)

    def _use_average(self) -> None:
        if self.average is not None:
            with torch.no_grad():
                for weight, averaged in zip(self.weights, self.average, strict=True):
                    weight.copy_(averaged)


class _Weights:
    """The running average in place of the weights, for as long as something is measured."""

    def __init__(self, weights: list[torch.nn.Parameter], average: list[Tensor] | None) -> None:
        self._weights: list[Tensor] = list(weights)
        self._average = average

    def __enter__(self) -> None:
        self._swap()

    def __exit__(self, *_: object) -> None:
        self._swap()

    @torch.no_grad()
    def _swap(self) -> None:
        if self._average is not None:
            for weight, other in zip(self._weights, self._average, strict=True):
                kept = weight.detach().clone()
                weight.copy_(other)
                other.copy_(kept)
