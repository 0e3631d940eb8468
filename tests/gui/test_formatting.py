"""Times, days, numbers and lists are said in words that people use."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import QLocale

from facea_desktop.ui.formatting import (
    counted,
    day_words,
    decimal,
    duration,
    joined,
    number,
    rough_duration,
    sentence_case,
    short_duration,
    time_left,
)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0:00"),
        (-3, "0:00"),
        (8, "0:08"),
        (100, "1:40"),
        (3599, "59:59"),
        (3 * 3600 + 60, "about 3 h"),
        (26 * 3600, "a day"),
        (60 * 3600, "about 2 days"),
    ],
)
def test_a_time_span_is_no_more_exact_than_it_is_known(seconds: float, words: str) -> None:
    assert duration(seconds) == words


def test_what_is_left_is_said_like_every_other_time_span() -> None:
    assert time_left(100) == "1:40 left"
    assert time_left(3 * 3600) == "about 3 h left"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (20, "less than a minute"),
        (70, "about a minute"),
        (290, "about 5 minutes"),
        (3590, "about an hour"),
        (5000, "about 1 h 25 min"),
        (7200, "about 2 hours"),
    ],
)
def test_times_are_said_as_people_say_them(seconds: float, words: str) -> None:
    assert rough_duration(seconds) == words


def test_words_are_joined_as_in_a_sentence() -> None:
    assert joined([]) == ""
    assert joined(["a"]) == "a"
    assert joined(["a", "b", "c"]) == "a, b and c"


def test_sentences_begin_with_a_capital() -> None:
    assert sentence_case("tuning Ben") == "Tuning Ben"
    assert sentence_case("") == ""


def test_numbers_have_a_point_in_english() -> None:
    assert (decimal(0.814), decimal(81.24, 1), decimal(1e-4, None)) == ("0.81", "81.2", "0.0001")


@pytest.fixture
def german() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("de"))
    yield
    QLocale.setDefault(before)


def test_numbers_and_days_are_written_as_the_language_has_them(german: None) -> None:
    assert number(12345) == "12.345"
    assert counted(1, "ein Bild", "{} Bilder") == "ein Bild"
    assert counted(12345, "ein Bild", "{} Bilder") == "12.345 Bilder"
    assert (decimal(0.814), decimal(1234.5, 1), decimal(1e-4, None)) == ("0,81", "1.234,5", "0,0001")
    assert day_words(date(2026, 3, 1), date(2026, 12, 31)) == "1 März"
    assert day_words(date(2025, 3, 1), date(2026, 12, 31)) == "1 März 2025"


def test_a_time_is_said_as_roughly_as_it_is_known() -> None:
    said = [short_duration(seconds) for seconds in (0.2, 7, 21, 44, 61, 170)]
    assert said == ["about 1 s", "about 7 s", "about 20 s", "about 45 s", "about a minute", "about 3 minutes"]
