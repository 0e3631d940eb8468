"""Test-time fine-tuning (paper, attribute-driven training method): LoRA and [feat] vectors learn one person.

The loop is ``Trainer.run``, one update of the weights ``Trainer._train_step``, and its loss, Eq. (2), ``loss.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from diffusers import DDPMScheduler
from torch import Tensor

from facea_desktop.domain.errors import CancelledError
from facea_desktop.domain.events import Measured, Observer, ProgressReporter
from facea_desktop.domain.people import LikenessPoint, Recipe
from facea_desktop.engine import checkpoints
from facea_desktop.engine.checkpoints import Checkpoint, read_checkpoint, write_checkpoint
from facea_desktop.engine.device_report import device_event
from facea_desktop.engine.identity_model import IdentityModel
from facea_desktop.engine.likeness_curve import LikenessCurve
from facea_desktop.engine.loss import Tasks, TuneBatch, draw_batch, task_losses
from facea_desktop.engine.loss_monitor import REPORT_EVERY, LossMonitor
from facea_desktop.engine.reference_latents import ReferenceLatents
from facea_desktop.engine.training_memory import TrainingMemory
from facea_desktop.engine.weight_average import WeightAverage
from facea_desktop.library.person_files import LAST


@dataclass(frozen=True)
class TuningConfig:
    """One run of tuning.

    Attributes:
        recipe: how.
        tasks: what.
        seed: of everything random.
        folder: where checkpoints go; None writes none.
        resume: continue from the checkpoint in ``folder``.
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
class TuningResult:
    """How a run ended.

    Attributes:
        steps: that were done, fewer than planned where the user found them enough.
        curve: likeness by step.
        best_step: step of the best likeness, None where none was measured; its weights are the checkpoint BEST_SO_FAR.
    """

    steps: int
    curve: tuple[LikenessPoint, ...]
    best_step: int | None


class Trainer:
    """One run of tuning on the person that ``model`` has on.

    Args:
        references: S, the latents of the person's photos.
        measure: likeness of what the model paints now, for the curve.
    """

    def __init__(
        self,
        model: IdentityModel,
        references: ReferenceLatents,
        config: TuningConfig,
        observer: Observer,
        measure: Callable[[], float] | None = None,
    ) -> None:
        self.model, self.references, self.config = model, references, config
        self.observer, self.measure = observer, measure
        self.noising: Any = DDPMScheduler.from_config(model.pipe.scheduler.config)
        lora, features = model.trained()  # A (rank, in), B (out, rank) of each layer; [feat] of each part, (n, width)
        self.weights = [*lora, *features]
        self.optimizer = make_optimizer(lora, features, config.recipe)  # in the paper at 1.2e-4 and 2e-3
        self.average = WeightAverage(self.weights, config.recipe.average)
        self.memory = TrainingMemory(model, self.noising, self.optimizer, observer)
        self.monitor = LossMonitor(self.weights)
        self.curve = LikenessCurve()
        self.step = 0

    def run(self) -> TuningResult:
        """Train until all steps are done or ``observer.finish`` is set; the model is left with the tuned weights.

        Raises:
            UserError: the run diverged (its last good checkpoint stays), ran out of memory, or cannot be resumed.
            CancelledError: stopped; a checkpoint of the last step can be resumed.
        """
        recipe, observer = self.config.recipe, self.observer
        if self.config.resume:
            self._resume()
        observer.emit(device_event(self.model.placement, tuning=True))
        progress = ProgressReporter(observer, "tuning", recipe.steps, self.step)
        for point in self.curve.points:  # of the run that is resumed
            observer.emit(Measured(point.step, point.likeness))
        try:
            if self.step and self._is_due(recipe.measure_every):
                self._measure_likeness()  # the run may have been stopped while it was being measured
            while self.step < recipe.steps and not (self.step and observer.finish.is_set()):
                losses = self.memory.fit(self._train_step, self._draw_batch())  # the two terms of Eq. (2), (2,)
                self.step += 1
                self.average.update(self.step)
                self.monitor.add(losses)
                if self._is_due(REPORT_EVERY) or self.step == recipe.steps:
                    observer.emit(self.monitor.report(self.step))
                if self._is_due(recipe.measure_every):
                    self._measure_likeness()
                if self._is_due(recipe.checkpoint_every):
                    self._save()
                progress.update(self.step)
            self._measure_likeness()
        except CancelledError:
            self._save()  # a pause loses nothing
            raise
        finally:
            self.memory.close()
        self.monitor.check_weights(self.step)
        self.average.copy_to_weights()
        return TuningResult(self.step, self.curve.points, self.curve.best_step)

    def _draw_batch(self) -> TuneBatch:
        """The next step's z_0 (2B, c, h, w), masks, noise ε and t: B rows of the face, B of one attribute v from V."""
        timesteps = self.noising.config.num_train_timesteps
        # A seed of its own for every step, so that a resumed run draws what an uninterrupted one does.
        seed = (self.config.seed << 24) + self.step
        return draw_batch(self.references, self.config.tasks, self.config.recipe.batch, timesteps, seed)

    def _train_step(self, batch: TuneBatch) -> Tensor:
        """One update of the LoRA matrices and [feat] vectors; the two terms of Eq. (2), (2,)."""
        self.optimizer.zero_grad(set_to_none=True)
        graph = self.memory.graph  # on CUDA: _backward as one graph
        losses = graph.backward(batch) if graph is not None else self._backward(batch)
        torch.nn.utils.clip_grad_norm_(self.weights, self.config.recipe.gradient_norm)
        self.optimizer.step()
        return losses

    def _backward(self, batch: TuneBatch) -> Tensor:
        """Gradients of Eq. (2) for a batch; its two terms, (2,)."""
        unet, prompts, placement = self.model.pipe.unet, self.model.prompts, self.model.placement
        assert prompts is not None
        losses = torch.zeros(2, device=self.model.device)
        for rows in self.memory.micro_batches(batch):  # all 2B at once where memory suffices
            with torch.autocast(self.model.device.type, torch.bfloat16, enabled=placement.bf16_tuning):
                terms = task_losses(rows, unet, prompts, self.noising, step=batch)  # z_t, ε_θ(z_t, t, s, T, m), L_A
            terms.total.backward()
            losses += terms.detached()
        return losses

    def _is_due(self, every: int) -> bool:
        return every > 0 and self.step % every == 0

    def _measure_likeness(self) -> None:
        """Add a point to the curve for this step, unless it has one, and keep the weights if they are the best."""
        if self.measure is None or self.curve.last_step == self.step:
            return
        self.monitor.check_weights(self.step)
        with self.average.swapped_in():
            likeness = self.memory.fit_beside(self.measure)
            self.curve.add(self.step, likeness)
            if self.curve.best_step == self.step and self.config.folder is not None:
                checkpoints.write_best_weights(self.config.folder, self.step, self.config.key, *self.model.state())
        self.observer.emit(Measured(self.step, likeness))

    def _save(self) -> None:
        """Write all that a resumed run needs to end as this one."""
        if self.config.folder is None:
            return
        self.monitor.check_weights(self.step)
        tensors = checkpoints.weight_tensors(self.weights) | checkpoints.optimizer_tensors(self.optimizer)
        tensors |= self.average.state_dict() | self.monitor.state_dict()
        write_checkpoint(self.config.folder / LAST, Checkpoint(self.step, self.config.key, self.curve.points, tensors))

    def _resume(self) -> None:
        """Go on where the checkpoint was written."""
        assert self.config.folder is not None
        saved = read_checkpoint(self.config.folder / LAST)
        checkpoints.check_resumable(saved, self.config.key, self.weights)
        checkpoints.restore_weights(self.weights, saved.tensors)
        checkpoints.restore_optimizer(self.optimizer, saved.tensors)
        self.average.load_state_dict(saved.tensors)
        self.monitor.load_state_dict(saved.tensors)
        self.step, self.curve = saved.step, LikenessCurve(saved.curve)


def make_optimizer(lora: Sequence[Tensor], features: Sequence[Tensor], recipe: Recipe) -> torch.optim.AdamW:
    """AdamW with a learning rate for the LoRA matrices and another for the [feat] vectors."""
    groups = [
        {"params": list(lora), "lr": recipe.lora_rate, "weight_decay": 1e-2},
        {"params": [p for p in features if p.numel()], "lr": recipe.feature_rate, "weight_decay": 0.0},
    ]
    fused = True if any(weight.is_cuda for weight in (*lora, *features)) else None  # one kernel for all weights
    return torch.optim.AdamW([group for group in groups if group["params"]], fused=fused)
