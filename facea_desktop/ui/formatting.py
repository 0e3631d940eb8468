"""Times, days, numbers and lists in words, the same wherever the window says them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import QCoreApplication, QDate, QLocale

tr = QCoreApplication.translate

_HOUR_S = 3600
_DAY_S = 86_400


def duration(seconds: float) -> str:
    """A measured time span: "0:08", "1:40", "about 3 h", "about 2 days"; exact only where that is honest."""
    whole = max(round(seconds), 0)
    if whole < _HOUR_S:
        return f"{whole // 60}:{whole % 60:02}"
    if whole < _DAY_S:
        return tr("Formatting", "about {} h").format(round(whole / _HOUR_S))
    if whole < 1.5 * _DAY_S:
        return tr("Formatting", "a day")
    return tr("Formatting", "about {} days").format(round(whole / _DAY_S))


def time_left(seconds: float) -> str:
    """How long something still takes: "1:40 left"."""
    return tr("Formatting", "{} left").format(duration(seconds))


def rough_duration(seconds: float) -> str:
    """How long something is going to take, for a sentence: "about 5 minutes"."""
    minutes = round(seconds / 60)
    if seconds < 50:
        return tr("Formatting", "less than a minute")
    if minutes <= 1:
        return tr("Formatting", "about a minute")
    if minutes < 60:
        return tr("Formatting", "about {minutes} minutes").format(minutes=minutes)
    hours, rest = divmod(round(minutes / 5) * 5, 60)
    if hours == 1 and not rest:
        return tr("Formatting", "about an hour")
    if not rest:
        return tr("Formatting", "about {hours} hours").format(hours=hours)
    return tr("Formatting", "about {hours} h {rest} min").format(hours=hours, rest=rest)


def short_duration(seconds: float) -> str:
    """The same where seconds count: "about 20 s", "about 3 minutes"."""
    if seconds >= 57:
        return rough_duration(seconds)
    return tr("Formatting", "about {} s").format(max(round(seconds), 1) if seconds < 10 else 5 * round(seconds / 5))


def day_words(day: date, today: date | None = None) -> str:
    """A day as people say it; the year only where it is not that of ``today``."""
    form = "d MMMM" if day.year == (today or date.today()).year else "d MMMM yyyy"
    return QLocale().toString(QDate(day.year, day.month, day.day), form)


def number(count: int) -> str:
    """A whole number with the separators of the language: "1,000" or "1.000"."""
    return QLocale().toString(count)


def decimal(value: float, digits: int | None = 2) -> str:
    """A number with the decimal point of the language: "0.81" or "0,81".

    Args:
        digits: behind the point; None shows six that count, as small ones such as learning rates need.
    """
    if digits is None:
        return f"{value:g}".replace(".", QLocale().decimalPoint())
    return QLocale().toString(float(value), "f", digits)


def disk_words(size: float) -> str:
    """A size on disk in bytes: "700 MB", "2.1 GB"."""
    digits = 1 if size >= 1e9 else 0
    return QLocale().formattedDataSize(round(size), digits, QLocale.DataSizeFormat.DataSizeSIFormat)


def counted(count: int, one: str, many: str) -> str:
    """``one`` as it is, or ``many`` with the number in the place of its ``{}``."""
    return one if count == 1 else many.format(number(count))


def joined(words: Iterable[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    parts = list(words)
    if len(parts) < 2:
        return "".join(parts)
    return tr("Formatting", "{} and {}").format(", ".join(parts[:-1]), parts[-1])


def sentence_case(words: str) -> str:
    """The same with a capital letter at its beginning."""
    return words[:1].upper() + words[1:]
