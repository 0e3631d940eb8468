"""What the engine process does with a request, apart from the process."""

from __future__ import annotations

from pathlib import Path

import pytest

from facea_desktop.domain.events import Observer
from facea_desktop.domain.outcomes import Evaluated, Machine
from facea_desktop.domain.requests import EvaluateRequest, MachineRequest
from facea_desktop.engine.studio import Studio
from facea_desktop.evaluation import run
from facea_desktop.workers.process import EngineSettings, studio_engine


def test_an_evaluation_is_carried_out_by_the_room_above_the_engine_on_the_same_studio(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[Studio, EvaluateRequest, Observer]] = []
    made = Evaluated(tmp_path, tmp_path, tmp_path, 1, 1, ())

    def evaluate(studio: Studio, request: EvaluateRequest, observer: Observer) -> Evaluated:
        seen.append((studio, request, observer))
        return made

    monkeypatch.setattr(run, "evaluate", evaluate)
    carry_out = studio_engine(EngineSettings(tmp_path, "cpu", "fp32"))
    request = EvaluateRequest(folder=tmp_path, prompts=tmp_path / "p.txt", methods=("untuned",), out=tmp_path / "out")
    observers = Observer(), Observer()
    assert [carry_out(request, observer) for observer in observers] == [made, made]
    assert [(one[1], one[2]) for one in seen] == [(request, observer) for observer in observers]
    assert seen[0][0] is seen[1][0]
    assert isinstance(carry_out(MachineRequest(), Observer()), Machine)
