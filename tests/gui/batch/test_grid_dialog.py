"""Two settings against each other, as one job whose contact sheet is saved under Jobs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from qasync import QEventLoop

from facea_desktop.domain.events import ItemEnded, Painted
from facea_desktop.domain.people import Profile
from facea_desktop.domain.requests import BatchRequest, GridSheet, PortraitRequest
from facea_desktop.library.portrait_png import read_request, save_portrait
from facea_desktop.library.step_times import note_step_time, painting_step
from facea_desktop.ui.batch.grid_dialog import GridDialog
from facea_desktop.ui.jobs.job_actions import JobActions
from facea_desktop.ui.jobs.sheet_export import write_sheet
from facea_desktop.ui.session import Session
from facea_desktop.workers.job_pool import JobPool
from tests.gui.conftest import visible_text
from tests.gui.scripted_workers import ScriptedWorkers


@pytest.fixture
def anna(session: Session, add_person: Callable[..., Profile]) -> Profile:
    profile = add_person("Anna")
    add_person("Ben", tuned=False)
    add_person("Cleo", tuned=False, photos=0)
    session.people_changed()
    session.select(profile.id)
    return profile


@pytest.fixture
def dialog(qtbot: QtBot, session: Session, anna: Profile) -> GridDialog:
    made = GridDialog(session, PortraitRequest(person=anna.id, prompt="a woman in a park", picture=Path("/x/y.png")))
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    return made


def choose(dialog: GridDialog, setting: str, values: str) -> None:
    dialog.column_setting.setCurrentIndex(dialog.column_setting.findData(setting))
    dialog.column_values.setText(values)


def test_how_long_it_takes_is_said_once_something_like_it_was_made(dialog: GridDialog, session: Session) -> None:
    assert "about" not in visible_text(dialog)
    family = session.models.family("starter")
    first = dialog.request.items[0]
    note_step_time(session.root, painting_step(family.name, first), 2 / family.denoising_steps(first))
    again = GridDialog(session, first, dialog)
    assert "pictures: 9, about 20 s" in visible_text(again)


def test_people_of_models_that_are_not_known_here_stand_in_no_others_way(
    dialog: GridDialog, session: Session, add_person: Callable[..., Profile]
) -> None:
    session.library.update(add_person("Zoe").model_copy(update={"family": "later"}))
    session.people_changed()
    again = GridDialog(session, dialog.request.items[0], dialog)
    assert "Columns: 3, rows: 3, pictures: 9" in visible_text(again)
    assert again.make_button.isEnabled()


def test_the_values_are_counted_and_what_is_no_grid_is_said(dialog: GridDialog) -> None:
    assert "Columns: 3, rows: 3, pictures: 9" in visible_text(dialog)
    for setting, values, said in (
        ("seed", "1, 2", "Both axes"),
        ("guidance", "much", "guidance cannot be"),
        ("person", "Anna, Cleo", "No portraits can be made of Cleo."),
        ("expression", "", "empty"),
    ):
        choose(dialog, setting, values)
        assert said in visible_text(dialog)
        assert not dialog.make_button.isEnabled()
    choose(dialog, "person", "Anna, Ben")  # Ben at first sight
    assert "Columns: 2, rows: 3, pictures: 6" in visible_text(dialog)
    assert dialog.make_button.isEnabled()


def test_it_becomes_one_job_and_its_sheet_is_saved(
    dialog: GridDialog, session: Session, pool: JobPool, workers: ScriptedWorkers, anna: Profile, loop: QEventLoop,
    qtbot: QtBot, tmp_path: Path,
) -> None:  # fmt: skip
    choose(dialog, "expression", "none, smiling")
    dialog.row_values.setText("7, 8")
    dialog.make_button.click()
    (job,) = session.jobs.all()
    assert isinstance(job.request, BatchRequest)
    items = [item for item in job.request.items if item.kind == "portrait"]
    assert [(item.seed, item.prompt.endswith("smiling")) for item in items] == [
        (7, False), (7, True), (8, False), (8, True),
    ]  # fmt: skip
    assert {str(item.picture) for item in items} == {"/x/y.png"}
    for index in (0, 2, 3):  # the second one failed
        path = session.library.portraits / f"{anna.id}-{index}.png"
        save_portrait(path, Image.new("RGB", (64, 64), "red"), items[index].model_dump_json())
        workers.emit(job, Painted(path, index, None, None, None, None, None))
        workers.emit(job, ItemEnded(index, "done", 1.0, (path,)))
    workers.emit(job, ItemEnded(1, "failed", 1.0, (), "No face was found."))
    workers.finish(job)
    done = pool.job(job.id)
    assert done is not None
    actions = JobActions(session)
    qtbot.addWidget(actions)
    actions.show_job(done)
    assert not actions.sheet_button.isHidden()
    loop.run_until_complete(write_sheet(session, done, tmp_path / "sheet"))
    sheet = Image.open(tmp_path / "sheet.png").convert("RGB")
    reds = sum(count for count, colour in sheet.getcolors(1 << 20) or [] if colour == (255, 0, 0))
    assert reds == 3 * 64 * 64
    said = GridSheet.model_validate_json(read_request(tmp_path / "sheet.png") or "")
    assert (said.x.values, said.y.values) == (("none", "smiling"), ("7", "8"))
    assert str(said.request.picture) == "y.png"
