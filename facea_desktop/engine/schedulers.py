"""The samplers a request can name, built on the noise schedule that a model was trained with."""

from __future__ import annotations

from typing import Any

from diffusers import DDIMScheduler, DPMSolverMultistepScheduler, EulerDiscreteScheduler

_SCHEDULERS: dict[str, Any] = {
    "ddim": DDIMScheduler,
    "dpmsolver": DPMSolverMultistepScheduler,
    "euler": EulerDiscreteScheduler,
}


def with_scheduler(pipe: Any, name: str) -> None:
    """Give ``pipe`` the sampler of that name, in place; the model's own noise schedule stays."""
    wanted = _SCHEDULERS[name]
    if type(pipe.scheduler) is not wanted:
        pipe.scheduler = wanted.from_config(pipe.scheduler.config)
