"""What a running job tells: typed events go up; down goes only the wish to stop."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from facea_desktop.domain.errors import CancelledError


@dataclass(frozen=True)
class Started:
    """The job began; ``total`` steps lie ahead."""

    what: str
    total: int


@dataclass(frozen=True)
class Placed:
    """Where and how exactly the job's models run.

    Attributes:
        device: as people call it: "Processor", "NVIDIA H100 (cuda:0)".
        precision: "bf16", "fp16" or "fp32".
    """

    device: str
    precision: str


@dataclass(frozen=True)
class Progress:
    """``step`` of ``total`` is done.

    Attributes:
        seconds_left: estimated from the steps so far; None where they are too few to say.
    """

    step: int
    total: int
    seconds_left: float | None


@dataclass(frozen=True)
class Losses:
    """The two terms of Eq. (2), averaged since the last report."""

    step: int
    face: float
    attribute: float


@dataclass(frozen=True)
class Measured:
    """FaceNet likeness of a portrait on a fixed seed after ``step`` steps of tuning."""

    step: int
    likeness: float


@dataclass(frozen=True)
class Warned:
    """Something the user should know; the job goes on."""

    message: str


@dataclass(frozen=True)
class Preview:
    """What a picture looks like on its way.

    Attributes:
        seed: of the picture.
        picture: PNG, at most 256 pixels a side.
    """

    seed: int
    picture: bytes


@dataclass(frozen=True)
class Painted:
    """A picture is done and saved.

    Attributes:
        context, mask: the stages beside it; None where they were not kept.
        likeness: None where no face is found in it, or the person has no photos.
        own_photos, strangers: what the person's own photos, and strangers, score.
    """

    path: Path
    seed: int
    context: Path | None
    mask: Path | None
    likeness: float | None
    own_photos: float | None
    strangers: float | None


Event = Started | Placed | Progress | Losses | Measured | Warned | Preview | Painted


@dataclass
class Observer:
    """The job's line to whoever started it.

    Attributes:
        tell: receives every event, in the thread of the job.
        stop: set it to cancel; the job notices at its next step.
        finish: set it to end a tuning at its next step and keep the best of what was learned.
    """

    tell: Callable[[Event], None] = lambda event: None
    stop: threading.Event = field(default_factory=threading.Event)
    finish: threading.Event = field(default_factory=threading.Event)


class Meter:
    """Counts the steps of one job, tells its progress and watches for cancelling."""

    def __init__(self, observer: Observer, what: str, total: int, done: int = 0) -> None:
        self._observer = observer
        self._total = total
        self._first = done
        self._began = time.monotonic()
        observer.tell(Started(what, total))

    def reached(self, step: int) -> None:
        """Say that ``step`` steps are done.

        Raises:
            CancelledError: the job was asked to stop.
        """
        pace = (time.monotonic() - self._began) / max(step - self._first, 1)
        self._observer.tell(Progress(step, self._total, pace * (self._total - step)))
        raise_if_stopped(self._observer)


def raise_if_stopped(observer: Observer) -> None:
    """Leave the job if it was asked to stop.

    Raises:
        CancelledError: it was.
    """
    if observer.stop.is_set():
        raise CancelledError
