"""The context model alone, for methods that paint the whole picture from T."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from PIL import Image

from facea_desktop.domain.events import Observer, ProgressReporter
from facea_desktop.engine.schedulers import after_each_step, with_scheduler
from facea_desktop.models.catalogue import Family

AfterStep = Callable[[int, dict[str, Any]], dict[str, Any]]
"""Given how many steps are done and the pipeline's tensors; returns those of the next step."""


def paint_whole(
    pipe: Any, family: Family, seed: int, observer: Observer, after_step: AfterStep | None = None, **arguments: Any
) -> Image.Image:
    """A picture by ``pipe`` with the family's steps, guidance and sampler.

    Args:
        arguments: more of the pipeline's: its prompt, and what a method adds.

    Raises:
        CancelledError: stopped.
    """
    with_scheduler(pipe, family.context_scheduler or family.scheduler)
    progress = ProgressReporter(observer, "painting", family.context_steps)
    report = after_each_step(lambda step, _: progress.update(step))

    def end_step(pipe: Any, step: int, t: Any, tensors: dict[str, Any]) -> dict[str, Any]:
        report(pipe, step, t, tensors)
        return after_step(step + 1, tensors) if after_step is not None else tensors

    painted: Image.Image = pipe(
        height=family.context_side,
        width=family.context_side,
        num_inference_steps=family.context_steps,
        guidance_scale=family.context_guidance,
        generator=torch.Generator().manual_seed(seed),
        callback_on_step_end=end_step,
        **arguments,
    ).images[0]
    return painted
