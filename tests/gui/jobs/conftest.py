"""Queues as users have them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from facea_desktop.domain.people import Recipe
from facea_desktop.domain.requests import PortraitRequest, Request, TuneRequest
from facea_desktop.workers.jobs import Job, JobState

PERSON = "0123456789ab"


def tune() -> TuneRequest:
    return TuneRequest(person=PERSON, recipe=Recipe())


def paint(count: int = 2) -> PortraitRequest:
    return PortraitRequest(person=PERSON, prompt="in the snow", count=count)


@pytest.fixture
def queue(pool) -> Callable[..., Job]:
    """Put a job of a state into the queue."""

    def add(title: str, state: JobState = JobState.WAITING, request: Request | None = None, **changes: object) -> Job:
        job = pool.submit(request or tune(), title)
        if state is not JobState.WAITING:
            pool.change(job.id, state=state, **changes)
        found = pool.job(job.id)
        assert found is not None
        return found

    return add
