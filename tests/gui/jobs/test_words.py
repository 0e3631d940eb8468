"""Times and states are said in words that people use."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from facea_desktop.domain.events import Measured, Painted, Progress, Started, Warned
from facea_desktop.domain.faces import Attribute
from facea_desktop.domain.people import Recipe
from facea_desktop.domain.requests import (
    Casting,
    EvaluateRequest,
    FetchRequest,
    MixRequest,
    PortraitRequest,
    Take,
    TuneRequest,
)
from facea_desktop.ui.jobs.log import log_lines
from facea_desktop.ui.jobs.words import (
    again_words,
    bar_words,
    duration,
    joined,
    request_words,
    state_words,
    steps_words,
)
from facea_desktop.workers.jobs import Job, JobState

BEGAN = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
NAMES = {"a": "Anna", "b": "Ben", "c": "Cleo"}
TUNE = TuneRequest(person="b", recipe=Recipe())


def job(state: JobState = JobState.WAITING, **changes: object) -> Job:
    fields = {"id": "0" * 12, "request": TUNE, "title": "Tuning Ben", "place": 1.0, "state": state}
    return Job.model_validate(fields | changes)


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


def test_a_running_job_says_its_steps_and_the_time_left() -> None:
    assert state_words(job(JobState.RUNNING), Progress(620, 1000, 100)) == "running 620/1000 · 1:40 left"
    assert state_words(job(JobState.RUNNING), None) == "getting ready"
    assert bar_words(job(JobState.RUNNING), Progress(620, 1000, 100)) == "Tuning Ben 620/1000, 1:40 left"


def test_a_download_says_percent_and_not_bytes() -> None:
    assert steps_words(Progress(3_500_000_000, 7_000_000_000, 60)) == "50 %"


def test_an_evaluation_says_percent_and_what_is_compared() -> None:
    request = EvaluateRequest(
        folder=Path("in"), prompts=Path("p"), methods=("full", "untuned"), seeds=(0, 1), out=Path("o")
    )
    running = job(JobState.RUNNING, request=request, title="Comparing methods on Eve")
    assert state_words(running, Progress(300, 1200, 100)) == "running 25 % · 1:40 left"
    assert bar_words(running, Progress(300, 1200, 100)) == "Comparing methods on Eve 25 %, 1:40 left"
    assert state_words(running, Progress(3, 1200, None)) == "running 0 %"  # too early to say how long
    assert bar_words(running, Progress(3, 1200, None)) == "Comparing methods on Eve 0 %"
    assert ("Methods", "full and untuned") in request_words(request, NAMES.__getitem__)
    assert again_words(job(JobState.CANCELLED, request=request)) == "Resume"


def test_every_state_has_words_of_its_own() -> None:
    said = [state_words(job(state, error="No memory. Close other programs."), None) for state in JobState]
    assert len(set(said)) == len(JobState)
    assert "failed: No memory. Close other programs." in said
    assert "interrupted: stopped by a restart" in said


def test_a_done_job_says_how_long_it_took() -> None:
    done = job(JobState.DONE, started=BEGAN, ended=BEGAN + timedelta(seconds=100))
    assert state_words(done, None) == "done in 1:40"


def test_only_what_goes_on_is_called_resuming() -> None:
    portrait = PortraitRequest(person="a")
    assert again_words(job(JobState.CANCELLED)) == "Resume"
    assert again_words(job(JobState.INTERRUPTED, request=portrait)) == "Resume"
    assert again_words(job(JobState.FAILED, request=portrait)) == "Try again"
    assert again_words(job(JobState.DONE)) == "Do it again"


def test_words_are_joined_as_in_a_sentence() -> None:
    assert joined([]) == ""
    assert joined(["a"]) == "a"
    assert joined(["a", "b", "c"]) == "a, b and c"


def test_requests_are_said_in_plain_words_with_the_names_of_people() -> None:
    takes = (Take(attribute=Attribute.NOSE, person="b", strength=0.8), Take(attribute=Attribute.MOUTH, person="c"))
    mix = dict(request_words(MixRequest(person="a", takes=takes, name="Mixed"), NAMES.__getitem__))
    assert mix["Made of"] == "Anna"
    assert mix["Takes"] == "Ben's nose (80 %) and Cleo's mouth"
    assert mix["Steps"] == "100 for each attribute"

    tune = dict(request_words(TUNE.model_copy(update={"resume": True}), NAMES.__getitem__))
    assert tune["Person"] == "Ben"
    assert tune["Steps"].startswith("1000")
    assert "Begins" in tune

    others = (Casting(face=1, person="b"),)
    asked = PortraitRequest(person="a", prompt="two in the snow", others=others, seed=7, count=4)
    portrait = dict(request_words(asked, NAMES.__getitem__))
    assert portrait["People"] == "Anna and Ben"
    assert portrait["Seed"] == "7 to 10"
    assert "Scene" not in portrait
    assert dict(request_words(FetchRequest(model="sdxl-base"), NAMES.__getitem__)) == {"Model": "sdxl-base"}


def test_the_log_tells_what_was_said_and_when() -> None:
    ended = job(JobState.FAILED, error="Disk full. Free some space.", created=BEGAN, started=BEGAN, ended=BEGAN)
    painted = Painted(Path("x.png"), 1, None, None, 0.8, None, None)
    faceless = Painted(Path("y.png"), 1, None, None, None, None, None)
    heard = [(BEGAN, Started("tune", 1000)), (None, Warned("A photo is small.")), (BEGAN, Measured(50, 0.71))]
    lines = log_lines(ended, [*heard, (BEGAN, painted), (BEGAN, faceless)])
    clock = BEGAN.astimezone().strftime("%H:%M:%S")
    assert f"{clock}  Tune, 1000 steps" in lines
    assert any("A photo is small." in line and clock not in line for line in lines)
    assert f"{clock}  Likeness 0.71 after 50 steps" in lines
    assert f"{clock}  Painted x.png, likeness 0.80" in lines
    assert f"{clock}  Painted y.png; no face is found in it" in lines
    assert lines[-1] == f"{clock}  Failed: Disk full. Free some space."
