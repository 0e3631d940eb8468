"""What a job has said, with the time it was heard."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication

from facea_desktop.domain.events import Event, Measured, Painted, Placed, Started, Warned
from facea_desktop.ui.jobs.words import duration, placed_words
from facea_desktop.workers.jobs import Job, JobState

tr = QCoreApplication.translate

Heard = tuple[datetime | None, Event]
"""An event and when it came; None where it came before the program was started."""

_UNKNOWN = "  ·  "


def log_lines(job: Job, heard: list[Heard]) -> list[str]:
    """The log of a job: a line each, "12:03:10  Started"."""
    lines = [_line(job.created, tr("Jobs", "Put into the queue"))]
    if job.started is not None:
        lines.append(_line(job.started, tr("Jobs", "Given to the engine")))
    lines += [_line(when, words) for when, event in heard if (words := _words(event))]
    if job.ended is not None or job.state.ended:
        lines.append(_line(job.ended, _end_words(job)))
    return lines


def _line(when: datetime | None, words: str) -> str:
    return f"{when.astimezone().strftime('%H:%M:%S') if when else _UNKNOWN:8}  {words}"


def _words(event: Event) -> str:
    match event:
        case Started(what=what, total=total):
            return tr("Jobs", "{what}, {total} steps").format(what=what[:1].upper() + what[1:], total=total)
        case Placed():
            return tr("Jobs", "Runs on {}").format(placed_words(event))
        case Warned(message=message):
            return tr("Jobs", "Note: {}").format(message)
        case Measured(step=step, likeness=likeness):
            return tr("Jobs", "Likeness {likeness:.2f} after {step} steps").format(likeness=likeness, step=step)
        case Painted(path=path, likeness=None):
            return tr("Jobs", "Painted {}; no face is found in it").format(path.name)
        case Painted(path=path, likeness=float() as likeness):
            return tr("Jobs", "Painted {name}, likeness {likeness:.2f}").format(name=path.name, likeness=likeness)
    return ""


def _end_words(job: Job) -> str:
    match job.state:
        case JobState.FAILED:
            return tr("Jobs", "Failed: {}").format(job.error or "")
        case JobState.CANCELLED:
            return tr("Jobs", "Cancelled")
        case JobState.INTERRUPTED:
            return tr("Jobs", "Interrupted: the program was stopped")
    if job.started is not None and job.ended is not None:
        return tr("Jobs", "Done in {}").format(duration((job.ended - job.started).total_seconds()))
    return tr("Jobs", "Done")


def now() -> datetime:
    """This moment, with its time zone."""
    return datetime.now(UTC)
