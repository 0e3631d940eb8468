"""How people, times and dates are put into words, the same in the library, on pages and in dialogs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from facea_desktop.domain.people import Consent
from facea_desktop.library.summaries import PersonSummary
from facea_desktop.ui.people.live import Live

Tone = Literal["", "good", "warn", "bad"]
LEAVE_ENDS_SOON_DAYS = 30

_translate = QCoreApplication.translate


@dataclass(frozen=True)
class StateLine:
    """What stands below a person's name.

    Attributes:
        part: how much of the work on the person is done, 0 to 1; None where nothing runs.
        short: the same where there is too little room for ``text``; empty where there is no shorter way to say it.
    """

    text: str
    tone: Tone = ""
    part: float | None = None
    short: str = ""


def state_line(person: PersonSummary, live: Live | None, today: date) -> StateLine:
    """The one thing to know about a person now; work in progress comes first, then the end of a leave."""
    if live is not None:
        return live_line(live)
    if person.leave_ended(today):
        return StateLine(_translate("people", "leave has ended"), "bad")
    if person.until is not None and (person.until - today).days <= LEAVE_ENDS_SOON_DAYS:
        return StateLine(_translate("people", "leave ends {day}").format(day=day_words(person.until, today)), "warn")
    if person.state == "not tuned":
        return StateLine(_translate("people", "not tuned yet"))
    words = [_translate("people", "ready")]
    score = "" if person.likeness is None else f"{person.likeness:.2f}"
    if score:
        words.append(_translate("people", "likeness {score}").format(score=score))
    if person.mixed:
        words.append(_translate("people", "mixed"))
    return StateLine(" · ".join(words), short=" · ".join([words[0], score]) if score else "")


def live_line(live: Live) -> StateLine:
    """What a job does with the person."""
    if live.waiting:
        text = _translate("people", "waits to be mixed") if live.mixing else _translate("people", "waits to be tuned")
        return StateLine(text)
    doing = _translate("people", "mixing") if live.mixing else _translate("people", "tuning")
    if live.part is None:
        return StateLine(f"{doing} …", part=0.0)
    return StateLine(f"{doing} {live.part:.0%}".replace("%", " %"), part=live.part)


def rank(person: PersonSummary, live: Live | None, today: date) -> int:
    """Where a person stands when people are sorted by state: what is at work first, who may not be painted last."""
    if live is not None:
        return 1 if live.waiting else 0
    if person.leave_ended(today):
        return 4
    return 2 if person.state == "ready" else 3


def day_words(day: date, today: date) -> str:
    """A day as people say it; the year only where it is another."""
    form = "d MMMM" if day.year == today.year else "d MMMM yyyy"
    return QLocale().toString(QDate(day.year, day.month, day.day), form)


def time_words(seconds: float) -> str:
    """About how long something takes."""
    minutes = round(seconds / 60)
    if seconds < 50:
        return _translate("people", "less than a minute")
    if minutes <= 1:
        return _translate("people", "about a minute")
    if minutes < 60:
        return _translate("people", "about {minutes} minutes").format(minutes=minutes)
    hours, rest = divmod(round(minutes / 5) * 5, 60)
    if hours == 1 and not rest:
        return _translate("people", "about an hour")
    if not rest:
        return _translate("people", "about {hours} hours").format(hours=hours)
    return _translate("people", "about {hours} h {rest} min").format(hours=hours, rest=rest)


def consent_words(consent: Consent, today: date) -> str:
    """Why this face may be portrayed, and until when."""
    words = {
        "self": _translate("people", "It is me"),
        "with leave": _translate("people", "With their leave"),
        "invented person": _translate("people", "An invented person"),
        "not stated": _translate("people", "Not stated"),
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
