"""What panels read instead of the pool."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import SIGNAL
from pytestqt.qtbot import QtBot

from facea_desktop.domain.events import ItemEnded, ItemStarted, Losses, Measured, Preview, Progress
from facea_desktop.domain.faces import Attribute
from facea_desktop.domain.mix_requests import AttributeSource, MixRequest
from facea_desktop.domain.people import Recipe
from facea_desktop.domain.requests import FetchRequest, PortraitRequest, TuneRequest
from facea_desktop.ui.job_monitor import JobMonitor
from facea_desktop.ui.main_window import MainWindow
from facea_desktop.ui.session import Session
from facea_desktop.workers.job import Job, JobState
from facea_desktop.workers.job_pool import JobPool
from tests.gui.scripted_workers import ScriptedWorkers

ANNA, BEN = "0123456789ab", "ba9876543210"


@pytest.fixture
def jobs(session: Session) -> JobMonitor:
    return session.jobs


@pytest.fixture
def tune(session: Session) -> Callable[..., Job]:
    """Put a tuning into the queue."""
    for person in (ANNA, BEN):
        session.library.folder(person).mkdir()  # the queue forgets what has ended about somebody who is not there

    def add(person: str = ANNA) -> Job:
        return session.pool.submit(TuneRequest(person=person, recipe=Recipe()), "Tuning")

    return add


@pytest.fixture
def reports(jobs: JobMonitor) -> list[frozenset[str]]:
    """Every report of what is new."""
    made: list[frozenset[str]] = []
    jobs.changed.connect(made.append)
    return made


def ids(jobs: list[Job]) -> list[str]:
    return [job.id for job in jobs]


def test_nobody_else_of_the_window_listens_to_the_pool(session: Session, pool: JobPool, qtbot: QtBot) -> None:
    window = MainWindow(session)
    qtbot.addWidget(window)
    pages = window.stack
    assert all((pages.person, pages.new_person, pages.comparison, pages.settings))
    for signal in ("jobAdded(PyObject)", "jobChanged(PyObject)", "jobRemoved(QString)"):
        assert pool.receivers(SIGNAL(signal)) == 1
    assert pool.receivers(SIGNAL("eventReceived(QString,PyObject)")) == 1


def test_the_queue_is_read_by_state_by_kind_and_by_person(
    jobs: JobMonitor, tune: Callable[..., Job], pool: JobPool
) -> None:
    running, waiting, ended = tune(ANNA), tune(BEN), tune(ANNA)
    pool.cancel(ended.id)
    take = AttributeSource(attribute=Attribute.NOSE, person=BEN)
    mix = pool.submit(MixRequest(person=ANNA, takes=(take,), name="Both"), "Mixing")
    fetch = pool.submit(FetchRequest(model="sdxl-base"), "Downloading")
    assert ids(jobs.running()) == [running.id, fetch.id]  # a download does not wait for a tuning
    assert ids(jobs.waiting()) == [waiting.id, mix.id]
    assert ids(jobs.active()) == [running.id, fetch.id, waiting.id, mix.id]
    assert ids(jobs.of_kind(FetchRequest)) == [fetch.id]
    assert ids(jobs.of_person(ANNA)) == [running.id, mix.id, ended.id]
    assert ids(jobs.of_subject(BEN)) == [waiting.id]
    pool.remove(ended.id)
    assert ids(jobs.of_person(ANNA)) == [running.id, mix.id]
    assert jobs.job(ended.id) is None


def test_a_thousand_steps_are_one_report(
    jobs: JobMonitor,
    reports: list[frozenset[str]],
    tune: Callable[..., Job],
    workers: ScriptedWorkers,
    qtbot: QtBot,
) -> None:
    job = tune()
    qtbot.waitUntil(lambda: len(reports) == 1)
    for step in range(1000):
        workers.emit(job, Progress(step + 1, 1000, 1.0))
    assert len(reports) == 1
    qtbot.waitUntil(lambda: len(reports) == 2)
    assert reports[-1] == {job.id}
    assert jobs.progress(job.id).fraction == 1.0


def test_changes_of_the_queue_that_come_together_are_one_report_and_each_is_told_at_once(
    jobs: JobMonitor,
    reports: list[frozenset[str]],
    tune: Callable[..., Job],
    pool: JobPool,
    workers: ScriptedWorkers,
    qtbot: QtBot,
) -> None:
    told: list[str] = []
    jobs.queueChanged.connect(lambda: told.append("changed"))
    jobs.jobAdded.connect(lambda job: told.append("added"))
    jobs.jobEnded.connect(lambda job: told.append(job.state))
    first, second = tune(), tune(BEN)
    pool.cancel_all()
    workers.stop(first)
    pool.clear_ended()
    assert reports == []
    assert told.count("added") == told.count("cancelled") == 2
    assert told.count("changed") == 7  # the first one also began to run
    qtbot.waitUntil(lambda: reports == [{first.id, second.id}])


def test_a_job_ends_once(jobs: JobMonitor, tune: Callable[..., Job], pool: JobPool, workers: ScriptedWorkers) -> None:
    ended: list[Job] = []
    jobs.jobEnded.connect(ended.append)
    job = tune()
    workers.finish(job)
    pool.remove(job.id)
    assert ids(ended) == [job.id]


def test_events_are_handed_on_with_their_job(
    jobs: JobMonitor, tune: Callable[..., Job], workers: ScriptedWorkers
) -> None:
    heard: list[tuple[str, object]] = []
    jobs.eventReceived.connect(lambda job, event: heard.append((job.id, event)))
    job = tune()
    workers.emit(job, Measured(100, 0.5))
    assert heard == [(job.id, Measured(100, 0.5))]


def test_what_a_job_said_is_kept_with_the_time_it_was_heard(
    session: Session, tune: Callable[..., Job], workers: ScriptedWorkers
) -> None:
    job = tune()
    workers.emit(job, Losses(10, 0.4, 0.2))
    later = JobMonitor(session.pool, session)  # as after a restart
    workers.emit(job, Losses(20, 0.3, 0.1))
    workers.emit(job, Progress(20, 100, 1.0))
    assert [(when is None, event) for when, event in later.heard(job.id)] == [
        (True, Losses(10, 0.4, 0.2)),
        (False, Losses(20, 0.3, 0.1)),
    ]
    assert [when is None for when, _ in session.jobs.heard(job.id)] == [False, False]


def test_pictures_of_a_batch_have_the_times_at_which_they_were_made(
    session: Session, tune: Callable[..., Job], workers: ScriptedWorkers
) -> None:
    job = tune()
    workers.emit(job, ItemStarted(0))
    begun = datetime.now(UTC)
    workers.emit(job, ItemEnded(0, "done", 1.0, (), None))
    [(when, event)] = session.jobs.heard(job.id)
    assert isinstance(event, ItemEnded)
    assert when is not None
    assert when >= begun


def test_a_preview_goes_when_its_job_ends(jobs: JobMonitor, pool: JobPool, workers: ScriptedWorkers) -> None:
    job = pool.submit(PortraitRequest(person=ANNA), "Anna")
    assert jobs.preview(job.id) is None
    workers.emit(job, Preview(0, b"one"))
    workers.emit(job, Preview(0, b"two"))
    assert jobs.preview(job.id) == b"two"
    workers.finish(job)
    assert jobs.preview(job.id) is None


def test_everyone_sees_that_a_running_job_is_stopping(
    jobs: JobMonitor, tune: Callable[..., Job], workers: ScriptedWorkers
) -> None:
    workers.deaf = True
    ended, running = tune(BEN), tune(ANNA)
    workers.finish(ended)
    jobs.cancel(running.id)
    jobs.cancel(ended.id)
    assert jobs.is_stopping(running.id)
    assert not jobs.is_stopping(ended.id)
    workers.stop(running)
    assert not jobs.is_stopping(running.id)


def test_everyone_sees_that_all_running_jobs_are_stopping(
    jobs: JobMonitor, tune: Callable[..., Job], workers: ScriptedWorkers
) -> None:
    workers.deaf = True
    running, waiting = tune(BEN), tune(ANNA)
    jobs.cancel_all()
    assert jobs.is_stopping(running.id)
    assert not jobs.active()[1:]
    workers.stop(running)
    assert not jobs.is_stopping(running.id)
    assert [job.state for job in jobs.all()] == [JobState.CANCELLED, JobState.CANCELLED]
    assert not jobs.is_stopping(waiting.id)
