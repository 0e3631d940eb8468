"""A job: one request and its state."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from pydantic import Field

from facea_desktop.domain.mix_requests import BlendRequest, MixRequest
from facea_desktop.domain.people import FilePath, Moment, PersonId, Value
from facea_desktop.domain.photo_requests import EnrolRequest
from facea_desktop.domain.requests import (
    AccelerateRequest,
    BatchRequest,
    ComparisonRequest,
    FetchRequest,
    PortraitRequest,
    Request,
    TuneRequest,
)


class JobState(StrEnum):
    """Where a job stands; the last four are terminal, and none of them is another."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"

    @property
    def ended(self) -> bool:
        """Whether nothing more will come of it by itself."""
        return self not in (JobState.WAITING, JobState.RUNNING)


def jobs_about(jobs: Iterable[Job], people: Collection[str], names: Collection[str]) -> set[str]:
    """Ids of the jobs that speak of these people, by id and name.

    A job that failed to make somebody knows no id of theirs, but the name, and photos that another one learned from.
    """
    jobs = list(jobs)
    about = {job.id: job for job in jobs if not job.people.isdisjoint(people) or job.was_to_make(names)}
    photos = frozenset[Path]().union(*(job.photos for job in about.values()))
    return about.keys() | {job.id for job in jobs if job.state.ended and not job.photos.isdisjoint(photos)}


class Job(Value):
    """``jobs/<id>.json``.

    Attributes:
        title: what people call it.
        place: jobs run in the order of their places.
        error: why it failed and what to do, one line.
        person: whom it made or changed.
        pictures: what it painted so far.
        skipped: items of a batch that the user left out, counted from 0.
        finished_early: the user found what a tuning had learned good enough.
    """

    version: int = Field(1, ge=1, le=1)
    id: PersonId
    request: Request
    title: str
    place: float
    state: JobState = JobState.WAITING
    created: Moment = Field(default_factory=lambda: datetime.now(UTC))
    started: Moment | None = None
    ended: Moment | None = None
    error: str | None = None
    person: str | None = None
    pictures: tuple[FilePath, ...] = ()
    skipped: tuple[int, ...] = ()
    finished_early: bool = False

    @property
    def subject(self) -> str | None:
        """What the job changes, a person or the folder of an evaluation; None where it only reads."""
        if isinstance(self.request, ComparisonRequest):
            return str(self.request.out)
        return self.request.person if isinstance(self.request, TuneRequest) else None

    @property
    def people(self) -> frozenset[str]:
        """Everybody whom it is about: whom it reads, changes or made."""
        named = {self.person}
        for request in self._requests:
            named.add(getattr(request, "person", None))
            if isinstance(request, MixRequest):
                named |= {take.person for take in request.takes}
            if isinstance(request, BlendRequest):
                named.add(request.other)
            if isinstance(request, PortraitRequest):
                named |= {assignment.person for assignment in request.others}
        return frozenset(person for person in named if person is not None)

    @property
    def photos(self) -> frozenset[Path]:
        """The photos that a person was to be made of."""
        return frozenset(
            photo for request in self._requests if isinstance(request, EnrolRequest) for photo in request.photos
        )

    @property
    def masks(self) -> frozenset[Path]:
        """The masks that its portraits are painted in."""
        requests = (request for request in self._requests if isinstance(request, PortraitRequest))
        return frozenset(request.mask for request in requests if request.mask is not None)

    @property
    def _requests(self) -> tuple[Request, ...]:
        """What it asks for, one by one."""
        return self.request.items if isinstance(self.request, BatchRequest) else (self.request,)

    def was_to_make(self, names: Iterable[str]) -> bool:
        """Whether it was to make somebody with one of these names, and has ended without that or with it."""
        made = {name.casefold() for request in self._requests if (name := getattr(request, "name", None)) is not None}
        return self.state.ended and not made.isdisjoint(name.casefold() for name in names)

    @property
    def can_resume(self) -> bool:
        """Whether resuming is more than starting over."""
        return isinstance(
            self.request, TuneRequest | FetchRequest | AccelerateRequest | ComparisonRequest | BatchRequest
        ) and self.state in (
            JobState.CANCELLED,
            JobState.INTERRUPTED,
            JobState.FAILED,
        )

    def again(self) -> Request:
        """The request that carries on, or does over, what this job was to do."""
        request = self.request
        if isinstance(request, BatchRequest) and self.state is not JobState.DONE:
            if request.grid is not None:  # its cells have their places
                return request
            left = tuple(item for index, item in enumerate(request.items) if index not in self.skipped)
            return request.model_copy(update={"items": left}) if left else request
        if isinstance(request, TuneRequest) and self.state is not JobState.DONE:
            return request.model_copy(update={"resume": True})
        if isinstance(request, PortraitRequest) and self.state is not JobState.DONE:
            done = len(self.pictures)
            if 0 < done < request.count:
                return request.model_copy(update={"seed": (request.seed + done) % 2**32, "count": request.count - done})
        return request
