"""How long an evaluation says that it will take."""

from __future__ import annotations

import threading

import pytest

from facea_desktop.domain import overall_progress
from facea_desktop.domain.errors import CancelledError
from facea_desktop.domain.events import Event, Observer, Progress
from facea_desktop.domain.overall_progress import OverallProgress


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [1000.0]
    monkeypatch.setattr(overall_progress.time, "monotonic", lambda: now[0])
    return now


def test_no_time_is_told_before_there_is_enough_to_reckon_it_from(clock: list[float]) -> None:
    said: list[Event] = []
    progress = OverallProgress(Observer(said.append), "evaluating", 1000, 0)
    clock[0] += 300  # models are loaded
    progress.add(1)
    for _ in range(40):
        clock[0] += 2
        progress.add(2)
    told = [event for event in said if isinstance(event, Progress)]
    assert [event.seconds_left for event in told[:15]] == [None] * 15
    assert told[15].step == 31
    assert told[15].seconds_left == pytest.approx(969)  # a second a unit; loading is not reckoned with
    assert told[-1].seconds_left == pytest.approx(1000 - 81)


def test_what_was_done_before_a_restart_says_nothing_of_the_pace(clock: list[float]) -> None:
    said: list[Event] = []
    progress = OverallProgress(Observer(said.append), "evaluating", 1000, 900)
    for _ in range(11):
        clock[0] += 3
        progress.add(1)
    told = [event for event in said if isinstance(event, Progress)]
    assert told[0].seconds_left is None
    assert told[-1].seconds_left == pytest.approx(89 * 3)


def test_the_end_is_told_as_such_however_little_there_was_to_do(clock: list[float]) -> None:
    said: list[Event] = []
    OverallProgress(Observer(said.append), "evaluating", 2, 0).add(2)
    assert said[-1] == Progress(2, 2, 0.0)


def test_a_stop_is_noticed_at_the_next_unit(clock: list[float]) -> None:
    observer = Observer()
    progress = OverallProgress(observer, "evaluating", 10, 0)
    observer.stop.set()
    with pytest.raises(CancelledError):
        progress.add(1)


def test_threads_that_each_work_at_a_part_are_added_up() -> None:
    said: list[Event] = []
    progress = OverallProgress(Observer(said.append), "working", 100, 0)

    def half_a_part() -> None:
        progress.part(50, "Anna").emit(Progress(1, 2, None))

    together = threading.Barrier(2, timeout=30)  # a thread that has ended leaves its number to the next
    threads = [threading.Thread(target=lambda: (half_a_part(), together.wait())) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [event.step for event in said if isinstance(event, Progress)] == [25, 50]
    half_a_part()  # of another part, in this thread
    progress.add(50)
    assert said[-1] == Progress(100, 100, 0.0)
