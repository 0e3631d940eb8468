"""Where each person stands: not tuned, at work, ready, or with a consent that has ended."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Signal, Slot

from facea_desktop.domain.events import Losses, Progress
from facea_desktop.domain.mix_requests import MixRequest
from facea_desktop.domain.permissions import Person
from facea_desktop.domain.requests import TuneRequest
from facea_desktop.ui.job_monitor import JobMonitor
from facea_desktop.workers.job import Job, JobState


class PersonState(StrEnum):
    """The one thing to know about a person; work in progress comes first, then the end of a consent."""

    TUNING = "tuning"
    WAITING = "waiting"
    CONSENT_ENDED = "consent ended"
    READY = "ready"
    STOPPED = "stopped"
    UNTUNED = "untuned"


@dataclass(frozen=True)
class PersonStatus:
    """What holds for a person now.

    Attributes:
        tuned: there are weights to make portraits with.
        consent_ended: the face may not be portrayed any more.
        work: jobs that tune the person or mix onto them, running or waiting, in their order.
        progress: of the first of them, None before its first step.
        stopped: the last tuning, where it can be resumed.
        stopped_step: how far that came; None where it did not report a step.
    """

    tuned: bool
    consent_ended: bool
    work: tuple[Job, ...] = ()
    progress: Progress | None = None
    stopped: Job | None = None
    stopped_step: int | None = None

    @property
    def state(self) -> PersonState:
        """All of it in a word."""
        if self.job is not None:
            return PersonState.WAITING if self.job.state is JobState.WAITING else PersonState.TUNING
        if self.consent_ended:
            return PersonState.CONSENT_ENDED
        if self.tuned:
            return PersonState.READY
        return PersonState.UNTUNED if self.stopped is None else PersonState.STOPPED

    @property
    def job(self) -> Job | None:
        """What is done to the person now or next."""
        return self.work[0] if self.work else None

    @property
    def mixing(self) -> bool:
        """Whether that is a mix."""
        return self.job is not None and isinstance(self.job.request, MixRequest)

    @property
    def tuning_queued(self) -> bool:
        """Whether a tuning runs or waits."""
        return any(isinstance(job.request, TuneRequest) for job in self.work)


class PeopleStatus(QObject):
    """The status of everybody, out of the library and the queue."""

    changed = Signal(str)
    """The id of a person on whom jobs do something else than before, or are further."""

    def __init__(self, jobs: JobMonitor, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._seen = self._now()
        jobs.queueChanged.connect(self._compare)
        jobs.changed.connect(self._follow)

    def of(self, person: Person) -> PersonStatus:
        """How it stands with somebody as the library knows them."""
        jobs = self._jobs.of_person(person.id)
        work = tuple(job for job in jobs if not job.state.ended)
        stopped = next((job for job in jobs if isinstance(job.request, TuneRequest)), None)
        if stopped is None or not stopped.can_resume:
            stopped = None
        return PersonStatus(
            person.state == "ready",
            person.consent_ended,
            work,
            self._jobs.progress(work[0].id) if work else None,
            stopped,
            self._step_of(stopped) if stopped is not None else None,
        )

    def _step_of(self, job: Job) -> int | None:
        events = reversed(self._jobs.history(job.id))
        return next((event.step for event in events if isinstance(event, Losses)), None)

    def _now(self) -> dict[str, tuple[Job, ...]]:
        return {person: tuple(jobs) for person, jobs in self._jobs.by_person().items()}

    @Slot()
    def _compare(self) -> None:
        before, self._seen = self._seen, self._now()
        for person in before.keys() | self._seen.keys():
            if before.get(person) != self._seen.get(person):
                self.changed.emit(person)

    @Slot(object)
    def _follow(self, jobs: frozenset[str]) -> None:
        for person, work in list(self._seen.items()):
            if any(job.id in jobs and not job.state.ended for job in work):
                self.changed.emit(person)
