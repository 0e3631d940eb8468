from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from facea_desktop.domain.people import Recipe
from facea_desktop.domain.requests import TuneRequest
from facea_desktop.ui.people.change import copy_name, export_targets, file_stem
from facea_desktop.ui.people.pace import seconds_a_step
from facea_desktop.ui.people.words import time_words
from facea_desktop.workers.jobs import Job, JobState

BEGAN = datetime(2026, 5, 3, tzinfo=UTC)


def tuned(person: str, seconds: float, *, steps: int = 100, resume: bool = False, batch: int = 4) -> Job:
    request = TuneRequest(person=person, recipe=Recipe(steps=steps, batch=batch), resume=resume)
    ended = BEGAN + timedelta(seconds=seconds)
    return Job(id="0" * 12, request=request, title="", place=0, state=JobState.DONE, started=BEGAN, ended=ended)


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
    assert time_words(seconds) == words


def test_a_step_takes_what_the_latest_tunings_of_the_family_took() -> None:
    families = {"anna": "starter", "ben": "sdxl-sd15"}
    jobs = [
        tuned("anna", 300),
        tuned("anna", 200),
        tuned("ben", 9000),
        tuned("anna", 100),
        tuned("anna", 9000),  # too long ago
    ]
    assert seconds_a_step(jobs, families, "starter", Recipe()) == 2.0


def test_tunings_that_say_nothing_about_the_pace_do_not_count() -> None:
    families = {"anna": "starter"}
    failed = tuned("anna", 100).model_copy(update={"state": JobState.FAILED})
    early = tuned("anna", 100).model_copy(update={"finished_early": True})
    jobs = [failed, early, tuned("anna", 100, resume=True), tuned("anna", 100, batch=1), tuned("gone", 100)]
    assert seconds_a_step(jobs, families, "starter", Recipe()) is None


def test_a_copy_gets_the_next_free_name() -> None:
    assert copy_name("Anna", {"Anna"}) == "Anna 2"
    assert copy_name("Anna 2", {"Anna", "Anna 2"}) == "Anna 3"
    assert len(copy_name("A" * 80, set())) <= 80


def test_names_become_file_names_of_every_system(tmp_path: Path) -> None:
    assert file_stem('a/b\\c:"d"') == "a_b_c__d_"
    assert file_stem("...") == "person"
    targets = export_targets({"1": "Anna", "2": "Anna"}, tmp_path)
    assert sorted(path.name for path in targets.values()) == ["Anna 2.facea", "Anna.facea"]
