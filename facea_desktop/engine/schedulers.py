"""What every run of denoising needs: stopping between steps, and the samplers that a request can name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from diffusers import DDIMScheduler, DPMSolverMultistepScheduler, EulerDiscreteScheduler, LCMScheduler, TCDScheduler

Reached = Callable[[int, Any], None]
"""Told after every denoising step: how many are done, and the latents; it may leave with CancelledError."""

_SCHEDULERS: dict[str, Any] = {
    "ddim": DDIMScheduler,
    "dpmsolver": DPMSolverMultistepScheduler,
    "euler": EulerDiscreteScheduler,
    "lcm": LCMScheduler,
    "tcd": TCDScheduler,
}


def after_each_step(reached: Reached | None) -> Callable[..., dict[str, Any]]:
    """A pipeline's ``callback_on_step_end`` that calls ``reached``."""

    def watch(pipe: Any, step: int, t: Any, values: dict[str, Any]) -> dict[str, Any]:
        if reached is not None:
            reached(step + 1, values["latents"])
        return values

    return watch


@contextmanager
def parked_after(pipe: Any) -> Iterator[None]:
    """Models that visit the device in turn go back to main memory where a run is stopped or fails, too."""
    try:
        yield
    except BaseException:
        pipe.maybe_free_model_hooks()
        raise


def with_scheduler(pipe: Any, name: str) -> None:
    """Give ``pipe`` the sampler of that name, in place; the model's own noise schedule stays, as all does for "own"."""
    if name == "own":
        return
    wanted = _SCHEDULERS[name]
    if type(pipe.scheduler) is not wanted:
        pipe.scheduler = wanted.from_config(pipe.scheduler.config)
