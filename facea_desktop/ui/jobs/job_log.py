"""A job's log: its events, with the times they arrived."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from facea_desktop.domain.events import DeviceSelected, Event, ItemEnded, Measured, Painted, Started, Warned
from facea_desktop.ui.formatting import decimal, sentence_case
from facea_desktop.ui.job_monitor import Heard
from facea_desktop.ui.job_text import device_words, state_words
from facea_desktop.ui.warning_text import warning_words
from facea_desktop.workers.job import Job

tr = QCoreApplication.translate

_UNKNOWN = "  ·  "

_MOST_STEPS = 1_000_000


def log_lines(job: Job, heard: Sequence[Heard]) -> list[str]:
    """The log of a job: a line each, "12:03:10  Started"."""
    lines = [_line(job.created, tr("Jobs", "Queued"))]
    if job.started is not None:
        lines.append(_line(job.started, tr("Jobs", "Started")))
    lines += [_line(when, words) for when, event in heard if (words := _words(event))]
    if job.ended is not None or job.state.ended:
        lines.append(_line(job.ended, sentence_case(state_words(job, None))))
    return lines


def _line(when: datetime | None, words: str) -> str:
    return f"{when.astimezone().strftime('%H:%M:%S') if when else _UNKNOWN:8}  {words}"


def _words(event: Event) -> str:
    match event:
        case Started(what=what, total=total) if what == "enlarging" or not 1 < total <= _MOST_STEPS:
            return _doing(what)  # pixels and bytes are no steps
        case Started(what=what, total=total):
            return tr("Jobs", "{what}, {total} steps").format(what=_doing(what), total=total)
        case DeviceSelected():
            return tr("Jobs", "Runs on {}").format(device_words(event))
        case Warned():
            return tr("Jobs", "Note: {}").format(warning_words(event))
        case Measured(step=step, likeness=likeness):
            return tr("Jobs", "Likeness {likeness} after {step} steps").format(likeness=decimal(likeness), step=step)
        case ItemEnded(index=index, state="failed", error=error):
            return tr("Jobs", "Picture {number} failed: {why}").format(number=index + 1, why=error)
        case ItemEnded(index=index, state="there"):
            return tr("Jobs", "Picture {number} was there already").format(number=index + 1)
        case ItemEnded(index=index, state="skipped"):
            return tr("Jobs", "Picture {number} was skipped").format(number=index + 1)
        case Painted(path=path, likeness=None):
            return tr("Jobs", "Made {}; no face found in it").format(path.name)
        case Painted(path=path, likeness=float() as likeness):
            return tr("Jobs", "Made {name}, likeness {likeness}").format(name=path.name, likeness=decimal(likeness))
    return ""


def _doing(what: str) -> str:
    words = {
        "painting": tr("Jobs", "Painting"),
        "tuning": tr("Jobs", "Tuning"),
        "enlarging": tr("Jobs", "Enlarging"),
        "evaluating": tr("Jobs", "Measuring"),
        "working": tr("Jobs", "Working"),
    }
    return words.get(what) or sentence_case(what)
