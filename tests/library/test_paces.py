"""How long work takes, as this machine measured it."""

from __future__ import annotations

from pathlib import Path

from facea_desktop.domain.requests import PortraitRequest
from facea_desktop.library.paces import FILE, note_pace, painting_pace, seconds_per_step, tuning_pace

SCENE = PortraitRequest(person="anna")
IN_PICTURE = PortraitRequest(person="anna", picture=Path("a.png"))


def test_a_step_takes_what_the_latest_ones_took(tmp_path: Path) -> None:
    assert seconds_per_step(tmp_path, tuning_pace("starter", 4)) is None
    for seconds in (90.0, 3.0, 2.0, 1.0):  # the first is too long ago
        note_pace(tmp_path, tuning_pace("starter", 4), seconds)
    note_pace(tmp_path, tuning_pace("starter", 8), 7.0)
    note_pace(tmp_path, painting_pace("starter", SCENE), 0.5)
    assert seconds_per_step(tmp_path, tuning_pace("starter", 4)) == 2.0
    assert seconds_per_step(tmp_path, tuning_pace("starter", 8)) == 7.0
    assert seconds_per_step(tmp_path, painting_pace("starter", SCENE)) == 0.5
    assert seconds_per_step(tmp_path, painting_pace("starter", IN_PICTURE)) is None


def test_a_damaged_file_and_a_disk_that_refuses_cost_nothing_but_the_estimate(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("{")
    assert seconds_per_step(tmp_path, painting_pace("starter", SCENE)) is None
    note_pace(tmp_path, painting_pace("starter", SCENE), 0.5)
    assert seconds_per_step(tmp_path, painting_pace("starter", SCENE)) == 0.5
    note_pace(tmp_path / "nowhere", painting_pace("starter", SCENE), 0.5)
