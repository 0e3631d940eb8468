"""Times and states are said in words that people use."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from facea_desktop.domain.events import Measured, Painted, Progress, Started, Warned
from facea_desktop.domain.faces import Attribute
from facea_desktop.domain.mix_requests import AttributeSource, MixRequest
from facea_desktop.domain.people import Recipe
from facea_desktop.domain.requests import (
    BatchRequest,
    ComparisonRequest,
    FaceAssignment,
    FetchRequest,
    GridAxis,
    GridSheet,
    PortraitRequest,
    TuneRequest,
)
from facea_desktop.ui.job_text import (
    again_words,
    bar_words,
    request_words,
    state_words,
    steps_words,
)
from facea_desktop.ui.jobs.job_log import log_lines
from facea_desktop.workers.job import Job, JobState

BEGAN = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
NAMES = {"a": "Anna", "b": "Ben", "c": "Cleo"}
TUNE = TuneRequest(person="b", recipe=Recipe())


def job(state: JobState = JobState.WAITING, **changes: object) -> Job:
    fields = {"id": "0" * 12, "request": TUNE, "title": "Tuning Ben", "place": 1.0, "state": state}
    return Job.model_validate(fields | changes)


def test_a_running_job_says_its_steps_and_the_time_left() -> None:
    assert state_words(job(JobState.RUNNING), Progress(620, 1000, 100)) == "running 620/1000 · 1:40 left"
    assert state_words(job(JobState.RUNNING), None) == "starting"
    assert bar_words(job(JobState.RUNNING), Progress(620, 1000, 100)) == "Tuning Ben 620/1000, 1:40 left"


def test_a_download_says_percent_and_not_bytes() -> None:
    assert steps_words(Progress(3_500_000_000, 7_000_000_000, 60)) == "50 %"


def test_an_evaluation_says_percent_and_what_is_compared() -> None:
    request = ComparisonRequest(
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
    assert "interrupted when the program closed" in said


def test_a_done_job_says_how_long_it_took() -> None:
    done = job(JobState.DONE, started=BEGAN, ended=BEGAN + timedelta(seconds=100))
    assert state_words(done, None) == "done in 1:40"


def test_only_what_goes_on_is_called_resuming() -> None:
    portrait = PortraitRequest(person="a")
    assert again_words(job(JobState.CANCELLED)) == "Resume"
    assert again_words(job(JobState.INTERRUPTED, request=portrait)) == "Resume"
    assert again_words(job(JobState.FAILED, request=portrait)) == "Try again"
    assert again_words(job(JobState.DONE)) == "Run again"


def test_requests_are_said_in_plain_words_with_the_names_of_people() -> None:
    takes = (
        AttributeSource(attribute=Attribute.NOSE, person="b", strength=0.8),
        AttributeSource(attribute=Attribute.MOUTH, person="c"),
    )
    mix = dict(request_words(MixRequest(person="a", takes=takes, name="Mixed"), NAMES.__getitem__))
    assert mix["Based on"] == "Anna"
    assert mix["Attributes"] == "Ben's nose (80 %) and Cleo's mouth"
    assert mix["Steps"] == "100 per attribute"

    tune = dict(request_words(TUNE.model_copy(update={"resume": True}), NAMES.__getitem__))
    assert tune["Person"] == "Ben"
    assert tune["Steps"].startswith("1000")
    assert "Starts at" in tune

    others = (FaceAssignment(face=1, person="b"),)
    asked = PortraitRequest(person="a", prompt="two in the snow", others=others, seed=7, count=4)
    portrait = dict(request_words(asked, NAMES.__getitem__))
    assert portrait["People"] == "Anna and Ben"
    assert portrait["Seed"] == "7 to 10"
    assert "Scene" not in portrait
    assert dict(request_words(FetchRequest(model="sdxl-base"), NAMES.__getitem__)) == {"Model": "sdxl-base"}


def test_a_grid_says_what_it_varies() -> None:
    asked = PortraitRequest(person="a", prompt="in the snow")
    columns, rows = GridAxis(setting="person", values=("a", "b")), GridAxis(setting="seed", values=("7",))
    grid = BatchRequest(items=(asked, asked), grid=GridSheet(request=asked, x=columns, y=rows))
    assert dict(request_words(grid, NAMES.__getitem__)) == {
        "Prompt": "in the snow",
        "Columns": "Anna and Ben",
        "Rows": "7",
        "Pictures": "2",
    }


def test_the_log_tells_what_was_said_and_when() -> None:
    ended = job(JobState.FAILED, error="Disk full. Free some space.", created=BEGAN, started=BEGAN, ended=BEGAN)
    painted = Painted(Path("x.png"), 1, None, None, 0.8, None, None)
    faceless = Painted(Path("y.png"), 1, None, None, None, None, None)
    heard = [(BEGAN, Started("tuning", 1000)), (None, Warned("A photo is small.")), (BEGAN, Measured(50, 0.71))]
    lines = log_lines(ended, [*heard, (BEGAN, painted), (BEGAN, faceless)])
    clock = BEGAN.astimezone().strftime("%H:%M:%S")
    assert f"{clock}  Tuning, 1000 steps" in lines
    others = [(BEGAN, Started("enlarging", 262_144)), (BEGAN, Started("Fetching X", 2_140_000_000))]
    assert log_lines(ended, others)[2:4] == [f"{clock}  Enlarging", f"{clock}  Fetching X"]
    assert any("A photo is small." in line and clock not in line for line in lines)
    assert f"{clock}  Likeness 0.71 after 50 steps" in lines
    assert f"{clock}  Made x.png, likeness 0.80" in lines
    assert f"{clock}  Made y.png; no face found in it" in lines
    assert lines[-1] == f"{clock}  Failed: Disk full. Free some space."
