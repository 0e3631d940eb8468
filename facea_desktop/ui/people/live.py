"""What the queue is doing with which person."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from facea_desktop.domain.events import Progress
from facea_desktop.domain.requests import MixRequest, TuneRequest
from facea_desktop.workers.jobs import Job, JobState
from facea_desktop.workers.pool import JobPool


@dataclass(frozen=True)
class Live:
    """A job at work on a person, or waiting to be.

    Attributes:
        part: how much is done, 0 to 1; None before the first step.
    """

    job: str
    mixing: bool
    waiting: bool
    part: float | None


class LiveWork(QObject):
    """Follows the jobs that make or change people."""

    changed = Signal(str)
    """The id of a person with whom something else happens than before."""

    def __init__(self, pool: JobPool, parent: QObject) -> None:
        super().__init__(parent)
        self._pool = pool
        self._jobs: dict[str, Job] = {}
        self._people: dict[str, str] = {}
        self._look()
        pool.jobAdded.connect(self._look)
        pool.jobChanged.connect(self._look)
        pool.jobRemoved.connect(self._look)
        pool.told.connect(self._told)

    def of(self, person: str) -> Live | None:
        """What happens with the person now."""
        job = self._jobs.get(person)
        if job is None:
            return None
        progress = self._pool.progress(job.id)
        part = progress.step / max(progress.total, 1) if progress is not None else None
        return Live(job.id, isinstance(job.request, MixRequest), job.state is JobState.WAITING, part)

    @Slot()
    def _look(self) -> None:
        before, self._jobs = self._jobs, {}
        for job in self._pool.jobs():  # the running ones come first, and count where there are several
            if isinstance(job.request, TuneRequest | MixRequest) and not job.state.ended:
                self._jobs.setdefault(job.request.person, job)
        self._people = {job.id: person for person, job in self._jobs.items()}
        for person in before.keys() | self._jobs.keys():
            if before.get(person) != self._jobs.get(person):
                self.changed.emit(person)

    @Slot(str, object)
    def _told(self, job: str, event: object) -> None:
        person = self._people.get(job)
        if person is not None and isinstance(event, Progress):
            self.changed.emit(person)
