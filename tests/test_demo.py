"""The demo compares portraits in the same scenes."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from facea_desktop import demo
from facea_desktop.domain.events import Observer, Painted
from facea_desktop.domain.faces import Subject
from facea_desktop.domain.people import Profile
from facea_desktop.domain.requests import PortraitRequest


def test_portraits_without_tuning_stand_in_the_scenes_of_those_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[PortraitRequest] = []

    def execute(request: PortraitRequest, observer: Observer, portraits: Path) -> None:
        asked.append(request)
        for seed in range(request.seed, request.seed + request.count):
            path = portraits / f"{seed}.png"
            observer.emit(Painted(path, seed, path.with_suffix(".context.png"), None, 0.5, 0.8, 0.2))

    adam = Profile(id="a" * 12, name=demo.NAME, subject=Subject.MAN, family="starter")
    monkeypatch.setattr(demo, "_sample", lambda *_: adam)
    monkeypatch.setattr(demo, "_held_out", lambda *_: None)
    monkeypatch.setattr(demo, "_held_out_likeness", lambda _, __, pictures, ___: len(pictures))
    executor: Any = SimpleNamespace(manager=None, execute=execute)
    made = demo.run_demo(executor, tmp_path, Observer())
    tuned, *untuned = asked
    assert (tuned.identity, tuned.picture, tuned.count) == (True, None, demo.PORTRAITS)
    assert [(one.identity, one.seed, one.picture) for one in untuned] == [
        (False, seed, tmp_path / "after" / f"{seed}.context.png")
        for seed in range(demo.SEED, demo.SEED + demo.PORTRAITS)
    ]
    assert made["untuned"] == str(tmp_path / "before" / f"{demo.SEED}.png")
    assert made["likeness_before"] == made["likeness_after"] == demo.PORTRAITS
