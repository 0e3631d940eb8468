"""Queues as users have them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from facea_desktop.domain.people import Recipe
from facea_desktop.domain.requests import PortraitRequest, Request, TuneRequest
from facea_desktop.ui.session import Session
from facea_desktop.workers.job import Job, JobState
from facea_desktop.workers.job_pool import JobPool
from tests.gui.conftest import leave_checkpoint
from tests.gui.scripted_workers import ScriptedWorkers

PERSON = "0123456789ab"


def tune() -> TuneRequest:
    return TuneRequest(person=PERSON, recipe=Recipe())


def paint(count: int = 2) -> PortraitRequest:
    return PortraitRequest(person=PERSON, prompt="in the snow", count=count)


def interrupted(title: str, place: int = 0) -> Job:
    """A tuning that went on when the program ended, as it lies in the queue on disk."""
    return Job(id=f"{place:012x}", request=tune(), title=title, place=place, state=JobState.RUNNING)


@pytest.fixture
def queue(pool: JobPool, workers: ScriptedWorkers, session: Session) -> Callable[..., Job]:
    """Put a job into the queue and bring it to a state; what waits waits for one that runs."""
    leave_checkpoint(session.library, PERSON)

    def add(title: str, state: JobState = JobState.WAITING, request: Request | None = None, error: str = "") -> Job:
        job = pool.submit(request or tune(), title)
        if state is JobState.DONE:
            workers.finish(job)
        elif state is JobState.FAILED:
            workers.fail(job, error or "The disk is full.")
        elif state is JobState.CANCELLED:
            workers.stop(job)
        found = pool.job(job.id)
        assert found is not None
        assert found.state is state
        return found

    return add
