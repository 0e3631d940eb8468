"""How long work takes, as this machine measured it."""

from __future__ import annotations

from pathlib import Path

from facea_desktop.domain.requests import PortraitRequest
from facea_desktop.library.step_times import FILE, note_step_time, painting_step, seconds_per_step, tuning_step

SCENE = PortraitRequest(person="anna")
IN_PICTURE = PortraitRequest(person="anna", picture=Path("a.png"))


def test_a_step_takes_what_the_latest_ones_took(tmp_path: Path) -> None:
    assert seconds_per_step(tmp_path, tuning_step("starter", 4)) is None
    for seconds in (90.0, 3.0, 2.0, 1.0):  # the first is too long ago
        note_step_time(tmp_path, tuning_step("starter", 4), seconds)
    note_step_time(tmp_path, tuning_step("starter", 8), 7.0)
    note_step_time(tmp_path, painting_step("starter", SCENE), 0.5)
    assert seconds_per_step(tmp_path, tuning_step("starter", 4)) == 2.0
    assert seconds_per_step(tmp_path, tuning_step("starter", 8)) == 7.0
    assert seconds_per_step(tmp_path, painting_step("starter", SCENE)) == 0.5
    assert seconds_per_step(tmp_path, painting_step("starter", IN_PICTURE)) is None


def test_a_damaged_file_and_a_disk_that_refuses_cost_nothing_but_the_estimate(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("{")
    assert seconds_per_step(tmp_path, painting_step("starter", SCENE)) is None
    note_step_time(tmp_path, painting_step("starter", SCENE), 0.5)
    assert seconds_per_step(tmp_path, painting_step("starter", SCENE)) == 0.5
    note_step_time(tmp_path / "nowhere", painting_step("starter", SCENE), 0.5)
