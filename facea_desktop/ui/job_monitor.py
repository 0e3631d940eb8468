"""The queue as the window sees it: the only listener of the pool, which panels read instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from facea_desktop.domain.events import Event, Preview, Progress
from facea_desktop.domain.mix_requests import MixRequest
from facea_desktop.domain.requests import TuneRequest
from facea_desktop.workers.job import Job, JobState
from facea_desktop.workers.job_pool import JobPool
from facea_desktop.workers.job_store import KEPT

REFRESH_MS = 100
"""Least time between two reports of progress: a job may tell of a thousand steps a second."""

Heard = tuple[datetime | None, Event]
"""An event and when it came; None where it came before the program was started."""


class JobMonitor(QObject):
    """What runs, waits and has ended, and what the jobs have said.

    Panels read from here and draw on ``changed``; ``queueChanged``, ``jobAdded``, ``jobEnded`` and ``eventReceived``
    are for those that have to act on each change. What is to be done with a job is asked of the pool, except that
    cancelling goes through ``cancel``, so that everyone can see that the job is stopping.
    """

    changed = Signal(object)
    """Ids of the jobs about which something is new, a set. Once for all changes of the queue that come together, and
    at most every ``REFRESH_MS`` for what running jobs say."""
    queueChanged = Signal()
    """A job came, went, or is in another state, at once."""
    jobAdded = Signal(object)
    """A Job that was put into the queue, at once."""
    jobEnded = Signal(object)
    """A Job that has just ended, at once."""
    eventReceived = Signal(object, object)
    """A Job and an Event of it, at once; every step is one."""

    def __init__(self, pool: JobPool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = pool
        self._listed: list[Job] | None = None  # None: to be asked for again, as the queue has changed
        self._of_person: dict[str, list[Job]] | None = None
        self._active = {job.id for job in pool.jobs() if not job.state.ended}
        self._stopping: set[str] = set()
        self._previews: dict[str, bytes] = {}
        self._times: dict[str, list[datetime | None]] = {}  # of the last events of each job
        self._new: set[str] = set()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._report)
        pool.jobAdded.connect(self._add)
        pool.jobChanged.connect(self._change)
        pool.jobRemoved.connect(self._remove)
        pool.eventReceived.connect(self._hear)

    # The queue

    def all(self) -> list[Job]:
        """Running, then waiting in their order, then ended, the newest first."""
        if self._listed is None:
            self._listed = self._pool.jobs()
        return list(self._listed)

    def job(self, job: str | None) -> Job | None:
        """The job with this id."""
        return self._pool.job(job) if job else None

    def running(self) -> list[Job]:
        """Jobs that run now."""
        return [job for job in self.all() if job.state is JobState.RUNNING]

    def waiting(self) -> list[Job]:
        """Jobs that wait, the next one first."""
        return [job for job in self.all() if job.state is JobState.WAITING]

    def active(self) -> list[Job]:
        """Jobs that run, then those that wait."""
        return [job for job in self.all() if not job.state.ended]

    def of_kind(self, kind: type[Any]) -> list[Job]:
        """Jobs whose requests are of this class."""
        return [job for job in self.all() if isinstance(job.request, kind)]

    def of_person(self, person: str) -> list[Job]:
        """Jobs that tune this person, or mix attributes of others onto them."""
        return list(self.by_person().get(person, ()))

    def by_person(self) -> Mapping[str, Sequence[Job]]:
        """The same of everybody whom a job tunes or mixes onto."""
        if self._of_person is None:
            self._of_person = {}
            for job in self.all():
                if isinstance(job.request, TuneRequest | MixRequest):
                    self._of_person.setdefault(job.request.person, []).append(job)
        return self._of_person

    def of_subject(self, subject: str) -> list[Job]:
        """Jobs that change this: a person, or the folder of a comparison."""
        return [job for job in self.all() if job.subject == subject]

    def waits_for(self, job: str) -> Job | None:
        """The tuning that a waiting portrait waits for."""
        return self._pool.waits_for(job)

    # What jobs say

    def progress(self, job: str) -> Progress | None:
        """How far a running job is."""
        return self._pool.progress(job)

    def history(self, job: str) -> list[Event]:
        """What the job said so far, without its progress and previews."""
        return self._pool.history(job)

    def heard(self, job: str) -> list[Heard]:
        """The same with the times at which it was heard."""
        events, times = self._pool.history(job), self._times.get(job, [])
        return list(zip([None] * (len(events) - len(times)) + times, events))

    def preview(self, job: str) -> bytes | None:
        """What a running job is painting (PNG); None before it shows anything."""
        return self._previews.get(job)

    # Cancelling

    def cancel(self, job: str) -> None:
        """Cancel a job: at once if it waits, at its next step if it runs; an ended one stays as it is."""
        found = self.job(job)
        if found is None or found.state.ended:
            return
        if found.state is JobState.RUNNING:
            self._stopping.add(job)
        self._pool.cancel(job)
        self._queue_changed(job)

    def cancel_all(self) -> None:
        """Cancel whatever waits or runs."""
        running = [job.id for job in self.running()]
        self._stopping.update(running)
        self._pool.cancel_all()
        for job in running:
            self._queue_changed(job)

    def is_stopping(self, job: str) -> bool:
        """Whether a running job was cancelled and has not come to its next step yet."""
        return job in self._stopping

    # What the pool tells

    @Slot(object)
    def _add(self, job: Job) -> None:
        self._look_again()
        self._active.add(job.id)
        self.jobAdded.emit(job)
        self._queue_changed(job.id)

    @Slot(object)
    def _change(self, job: Job) -> None:
        self._look_again()
        if job.state.ended:
            self._forget_running(job.id)
            if job.id in self._active:
                self._active.discard(job.id)
                self.jobEnded.emit(job)
        self._queue_changed(job.id)

    @Slot(str)
    def _remove(self, job: str) -> None:
        self._look_again()
        self._active.discard(job)
        self._forget_running(job)
        self._times.pop(job, None)
        self._queue_changed(job)

    @Slot(str, object)
    def _hear(self, job: str, event: Event) -> None:
        found = self._pool.job(job)
        if found is None:
            return
        if isinstance(event, Preview):
            self._previews[job] = event.picture
        elif isinstance(event, KEPT):
            self._times.setdefault(job, []).append(datetime.now(UTC))
        self.eventReceived.emit(found, event)
        self._new.add(job)
        if not self._timer.isActive():
            self._timer.start(REFRESH_MS)

    def _look_again(self) -> None:
        self._listed = self._of_person = None

    def _forget_running(self, job: str) -> None:
        self._stopping.discard(job)
        self._previews.pop(job, None)

    def _queue_changed(self, job: str) -> None:
        self._new.add(job)
        self._timer.start(0)
        self.queueChanged.emit()

    @Slot()
    def _report(self) -> None:
        new, self._new = self._new, set()
        self.changed.emit(frozenset(new))
