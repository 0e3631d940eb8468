"""The one place that carries requests out."""

from __future__ import annotations

import itertools
from pathlib import Path
from types import SimpleNamespace

import pytest

from facea_desktop import executor as module
from facea_desktop.domain.events import Observer, Progress
from facea_desktop.domain.outcomes import PortraitsMade
from facea_desktop.domain.requests import PortraitRequest
from facea_desktop.executor import Executor
from facea_desktop.library.step_times import painting_step, seconds_per_step


@pytest.mark.parametrize(
    ("steps", "state", "pace"),
    [((1, 2, 11), "ready", 5.0), ((11,), "ready", None), ((), "ready", None), ((1, 2, 11), "not tuned", 5.0)],
)
def test_how_long_a_step_takes_is_told_without_what_comes_before_the_first_and_where_all_were_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, steps: tuple[int, ...], state: str, pace: float | None
) -> None:
    def carried_out(_self: Executor, _request: object, observer: Observer, *_: object) -> PortraitsMade:
        next(clock)  # models are loaded
        for step in steps:
            observer.emit(Progress(step, 11, None))
        return PortraitsMade()

    clock = itertools.count(1000.0, 50.0)
    monkeypatch.setattr(module.time, "monotonic", lambda: next(clock))
    monkeypatch.setattr(Executor, "_carry_out", carried_out)
    library = SimpleNamespace(get=lambda _: SimpleNamespace(family="starter", state=state))
    monkeypatch.setattr(Executor, "manager", SimpleNamespace(library=library))
    request = PortraitRequest(person="anna")
    seen: list[object] = []
    Executor(tmp_path).execute(request, Observer(seen.append))
    assert [event.step for event in seen if isinstance(event, Progress)] == list(steps)
    first_sight = int(state == "not tuned")
    assert seconds_per_step(tmp_path, painting_step("starter", request, first_sight)) == pace
    assert seconds_per_step(tmp_path, painting_step("starter", request, 1 - first_sight)) is None  # another work
