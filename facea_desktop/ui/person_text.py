"""Text about a person's status, the same in the library, on pages and in dialogs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from PySide6.QtCore import QCoreApplication

from facea_desktop.domain.people import Consent
from facea_desktop.domain.requests import TuneRequest
from facea_desktop.library.summaries import PersonSummary
from facea_desktop.ui.formatting import day_words, number
from facea_desktop.ui.people_status import PersonState, PersonStatus

Tone = Literal["", "good", "warn", "bad"]
CONSENT_ENDS_SOON_DAYS = 30

_translate = QCoreApplication.translate


@dataclass(frozen=True)
class StateLine:
    """What stands below a person's name.

    Attributes:
        part: how much of the work on the person is done, 0 to 1; None where nothing runs.
        likeness: the score of a person who is ready, to be shown beside ``text``; None where it is not known.
    """

    text: str
    tone: Tone = ""
    part: float | None = None
    likeness: float | None = None


def state_line(person: PersonSummary, status: PersonStatus, today: date) -> StateLine:
    """The one thing to know about a person now; work in progress comes first, then the end of a consent."""
    words = state_words(status)
    match status.state:
        case PersonState.TUNING:
            return StateLine(words, part=status.progress.fraction if status.progress is not None else 0.0)
        case PersonState.CONSENT_ENDED:
            return StateLine(words, "bad")
        case PersonState.WAITING:
            return StateLine(words)
    if person.consent_until is not None and (person.consent_until - today).days <= CONSENT_ENDS_SOON_DAYS:
        ends = _translate("people", "consent ends {day}").format(day=day_words(person.consent_until, today))
        return StateLine(ends, "warn")
    if status.state is not PersonState.READY:
        return StateLine(words)
    parts = [words, _translate("people", "mixed")] if person.mixed else [words]
    return StateLine(" · ".join(parts), likeness=person.likeness)


def state_words(status: PersonStatus) -> str:
    """A person's status in a few words."""
    match status.state:
        case PersonState.TUNING:
            doing = _translate("people", "mixing") if status.mixing else _translate("people", "tuning")
            return f"{doing} …" if status.progress is None else f"{doing} {round(100 * status.progress.fraction)} %"
        case PersonState.WAITING if status.mixing:
            return _translate("people", "waiting to be mixed")
        case PersonState.WAITING:
            return _translate("people", "waiting to be tuned")
        case PersonState.CONSENT_ENDED:
            return _translate("people", "consent ended")
        case PersonState.READY:
            return _translate("people", "ready")
        case PersonState.STOPPED:
            return stopped_words(status)
        case PersonState.UNTUNED:
            return _translate("people", "not tuned yet")


def first_sight_note(name: str) -> str:
    """What to know before somebody is painted who is not tuned."""
    return _translate(
        "people", "{0} is not tuned yet: portraits are made after the photos alone. Tuning makes them more alike."
    ).format(name)


def stopped_words(status: PersonStatus) -> str:
    """How far the last tuning came, which can be resumed."""
    assert status.stopped is not None
    request = status.stopped.request
    if status.stopped_step is None or not isinstance(request, TuneRequest):
        return _translate("people", "tuning stopped")
    return _translate("people", "stopped at step {step} of {steps}").format(
        step=number(status.stopped_step), steps=number(request.recipe.steps)
    )


def unusable_words(status: PersonStatus) -> str:
    """Why no portrait can be made of somebody, in few words; empty where it can."""
    if status.consent_ended:
        return _translate("people", "consent ended")
    return "" if status.tuned else state_words(status)


def consent_ended_words(consent: Consent) -> str:
    """That the consent has ended, and what to do."""
    if consent.until is None:
        return _translate("people", "The consent has ended. No portraits can be made until it is renewed.")
    text = _translate("people", "The consent ended on {day}. No portraits can be made until it is renewed.")
    return text.format(day=day_words(consent.until))


_RANKS = (
    PersonState.TUNING,
    PersonState.WAITING,
    PersonState.READY,
    PersonState.STOPPED,
    PersonState.UNTUNED,
    PersonState.CONSENT_ENDED,
)


def rank(status: PersonStatus) -> int:
    """Where a person stands when people are sorted by state: what is at work first, who may not be painted last."""
    return _RANKS.index(status.state)


def consent_words(consent: Consent, today: date) -> str:
    """Why this face may be portrayed, and until when."""
    words = {
        "self": _translate("people", "It's me"),
        "with permission": _translate("people", "With permission"),
        "invented person": _translate("people", "An invented person"),
        "not stated": _translate("people", "Permission not stated"),
    }[consent.kind]
    if consent.until is None:
        return words
    return _translate("people", "{why}, until {day}").format(why=words, day=day_words(consent.until, today))


def part_words(part: str) -> str:
    """A part of the face, as a heading."""
    return {
        "face": _translate("people", "Face"),
        "left_eye": _translate("people", "Left eye"),
        "right_eye": _translate("people", "Right eye"),
        "nose": _translate("people", "Nose"),
        "mouth": _translate("people", "Mouth"),
    }[part]
