"""What a running job reports: typed events go up; down go the requests to stop and to finish early."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Annotated, Literal, TypeVar

from pydantic import Field

from facea_desktop.domain.errors import CancelledError
from facea_desktop.domain.people import FilePath, Png


@dataclass(frozen=True)
class Started:
    """The job began; ``total`` steps lie ahead."""

    what: str
    total: int
    kind: Literal["started"] = "started"


@dataclass(frozen=True)
class DeviceSelected:
    """Where and how exactly the job's models run.

    Attributes:
        device: as people call it: "Processor", "NVIDIA H100 (cuda:0)".
        precision: "bf16", "fp16" or "fp32".
        place: workers that it belongs to, as ``batch --on`` names them; empty in this process.
    """

    device: str
    precision: str
    place: str = ""
    kind: Literal["device selected"] = "device selected"


@dataclass(frozen=True)
class Progress:
    """``step`` of ``total`` is done.

    Attributes:
        seconds_left: estimated from the steps so far; None where they are too few to say.
    """

    step: int
    total: int
    seconds_left: float | None
    kind: Literal["progress"] = "progress"

    @property
    def fraction(self) -> float:
        """How much is done, 0 to 1."""
        return self.step / max(self.total, 1)


@dataclass(frozen=True)
class Losses:
    """The two terms of Eq. (2), averaged since the last report."""

    step: int
    face: float
    attribute: float
    kind: Literal["losses"] = "losses"


@dataclass(frozen=True)
class Measured:
    """FaceNet likeness of a portrait on a fixed seed after ``step`` steps of tuning."""

    step: int
    likeness: float
    kind: Literal["measured"] = "measured"


@dataclass(frozen=True)
class Warned:
    """Something the user should know; the job continues.

    Attributes:
        message: one line in English.
        about: what it says, where the window words that in the user's language; None where the message alone does.
        item: what of a batch something with an ``about`` is about; the message begins with it.
    """

    message: str
    about: (
        Literal[
            "no face",
            "scaled down",
            "smaller pieces",
            "calculated twice",
            "loaded in parts",
            "no sharper",
            "dull face",
            "first sight",
            "tuned for earlier models",
        ]
        | None
    ) = None
    item: str = ""
    kind: Literal["warned"] = "warned"


@dataclass(frozen=True)
class Preview:
    """What a picture looks like on its way.

    Attributes:
        seed: of the picture.
        picture: PNG, at most 256 pixels a side.
    """

    seed: int
    picture: Png
    kind: Literal["preview"] = "preview"


@dataclass(frozen=True)
class Painted:
    """A picture is done and saved.

    Attributes:
        context, mask: the stages beside it; None where they were not kept.
        likeness: None where no face is found in it, or the person has no photos.
        own_photos, strangers: what the person's own photos, and strangers, score.
        first_sight: ids of those in it who were painted without tuning.
    """

    path: FilePath
    seed: int
    context: FilePath | None
    mask: FilePath | None
    likeness: float | None
    own_photos: float | None
    strangers: float | None
    first_sight: tuple[str, ...] = ()
    kind: Literal["painted"] = "painted"


@dataclass(frozen=True)
class ItemStarted:
    """A batch begins with one of its items, counted from 0."""

    index: int
    kind: Literal["item started"] = "item started"


@dataclass(frozen=True)
class ItemEnded:
    """An item of a batch is over.

    Attributes:
        index: which one, counted from 0.
        state: "there" if nothing was left to do.
        seconds: how long it took.
        pictures: what it painted, and what was there of it.
        error: why it failed, one line that says what to do.
    """

    index: int
    state: Literal["done", "there", "skipped", "failed"]
    seconds: float
    pictures: tuple[FilePath, ...] = ()
    error: str | None = None
    kind: Literal["item ended"] = "item ended"


Event = Annotated[
    Started | DeviceSelected | Progress | Losses | Measured | Warned | Preview | Painted | ItemStarted | ItemEnded,
    Field(discriminator="kind"),
]
"""What ``Observer.emit`` receives; as JSON, ``kind`` says which it is."""

Kind = TypeVar("Kind")


@dataclass
class Observer:
    """The job's connection to its caller.

    Attributes:
        emit: receives every event, in the thread of the job.
        stop: set it to cancel; the job notices at its next step.
        finish: set it to end a tuning at its next step and keep the best of what was learned, or to leave out the rest
            of the item that a batch is at.
    """

    emit: Callable[[Event], None] = lambda event: None
    stop: threading.Event = field(default_factory=threading.Event)
    finish: threading.Event = field(default_factory=threading.Event)


def recording(observer: Observer, kind: type[Kind]) -> tuple[Observer, list[Kind]]:
    """An observer that passes everything on, and the list that fills with the events of one kind."""
    seen: list[Kind] = []

    def emit(event: Event) -> None:
        if isinstance(event, kind):
            seen.append(event)
        observer.emit(event)

    return replace(observer, emit=emit), seen


class ProgressReporter:
    """Counts the steps of one job, tells its progress and watches for cancelling."""

    def __init__(self, observer: Observer, what: str, total: int, done: int = 0) -> None:
        self._observer = observer
        self._total = total
        self._first = done
        self._began = time.monotonic()
        observer.emit(Started(what, total))

    def update(self, step: int) -> None:
        """Say that ``step`` steps are done.

        Raises:
            CancelledError: the job was asked to stop.
        """
        done = step - self._first
        left = (time.monotonic() - self._began) / done * (self._total - step) if done > 0 else None
        self._observer.emit(Progress(step, self._total, left))
        raise_if_stopped(self._observer)


def raise_if_stopped(observer: Observer) -> None:
    """Leave the job if it was asked to stop.

    Raises:
        CancelledError: it was.
    """
    if observer.stop.is_set():
        raise CancelledError
