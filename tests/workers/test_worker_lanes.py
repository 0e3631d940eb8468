"""Which lanes a job may take."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from facea_desktop.domain.faces import Attribute
from facea_desktop.domain.mix_requests import AttributeSource, MixRequest
from facea_desktop.domain.people import Recipe
from facea_desktop.domain.requests import FetchRequest, PortraitRequest, TuneRequest
from facea_desktop.workers.engine_process import EngineSettings
from facea_desktop.workers.worker_lanes import FETCHING, WorkerLanes
from tests.gui.scripted_workers import ScriptedWorkers

TUNING = TuneRequest(person="anna", recipe=Recipe(steps=3))
PORTRAIT = PortraitRequest(person="anna", prompt="a")
MIX = MixRequest(person="anna", name="New", takes=(AttributeSource(attribute=Attribute.NOSE, person="ben"),))


@pytest.fixture
def lanes(tmp_path: Path, qapp: QApplication) -> Iterator[WorkerLanes]:
    parent = QObject()
    made = WorkerLanes(
        EngineSettings(tmp_path),
        print,
        ScriptedWorkers().make,
        parent,
        lambda *_: None,
        lambda *_: None,  # type: ignore[arg-type]
    )
    yield made
    made.close()


def test_workers_are_tried_first_and_by_what_they_can_do(lanes: WorkerLanes, tmp_path: Path) -> None:
    lanes.configure(EngineSettings(tmp_path, place="local:2"), ["cuda:0", "cuda:1"])
    assert lanes.lanes_for(TUNING, ()) == ["local:2", "cuda:0", "cuda:1"]
    assert lanes.lanes_for(PORTRAIT, ()) == ["local:2", "cuda:0", "cuda:1"]
    assert lanes.lanes_for(MIX, ()) == ["cuda:0", "cuda:1"]
    assert lanes.lanes_for(FetchRequest(model="sdxl"), ()) == [FETCHING]


def test_jobs_wait_for_workers_that_alone_are_meant(lanes: WorkerLanes, tmp_path: Path) -> None:
    lanes.configure(EngineSettings(tmp_path, place="ray"), [None], place_alone=True)
    assert lanes.lanes_for(TUNING, ["ray"]) == ["ray"]
    assert lanes.lanes_for(MIX, ["ray"]) == ["best device"]
    lanes.configure(EngineSettings(tmp_path), [None])
    assert lanes.lanes_for(TUNING, ()) == ["best device"]


def test_only_the_lane_of_the_workers_leads_to_them_and_it_is_retired_when_they_are_left(
    lanes: WorkerLanes, tmp_path: Path
) -> None:
    lanes.configure(EngineSettings(tmp_path, device="cpu", place="ray"), [None])
    there, here = lanes.worker("ray"), lanes.worker("best device")
    assert (there.settings.place, there.settings.device) == ("ray", None)  # type: ignore[attr-defined]
    assert here.settings.place is None  # type: ignore[attr-defined]
    lanes.configure(EngineSettings(tmp_path), [None])
    lanes.retire_idle(["ray"])
    assert "ray" in lanes.workers  # it is at work
    lanes.retire_idle([])
    assert "ray" not in lanes.workers
