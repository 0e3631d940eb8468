"""How long tuning takes here, from the tunings that this machine has done."""

from __future__ import annotations

from collections.abc import Mapping
from statistics import median

from facea_desktop.domain.people import Recipe
from facea_desktop.domain.requests import TuneRequest
from facea_desktop.workers.jobs import Job, JobState

LATEST = 3
"""Tunings that count; older ones may have run on another device or beside other work."""


def seconds_a_step(jobs: list[Job], families: Mapping[str, str], family: str, recipe: Recipe) -> float | None:
    """Seconds that one step of tuning takes, None where nothing like it was tuned here yet.

    Args:
        jobs: of the queue, the ended ones newest first.
        families: of each person by id.
        recipe: only tunings with batches of its size are comparable.
    """
    paces = []
    for job in jobs:
        request = job.request
        if not isinstance(request, TuneRequest) or job.state is not JobState.DONE:
            continue
        if request.resume or job.finished_early:
            continue  # it did only a part of its steps
        if job.started is None or job.ended is None or families.get(request.person) != family:
            continue
        if request.recipe.batch == recipe.batch:
            paces.append((job.ended - job.started).total_seconds() / request.recipe.steps)
    return median(paces[:LATEST]) if paces else None
