"""Several pictures at once: asked for beside Make, shown side by side, and one of them chosen."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from facea_desktop.domain.events import Preview
from facea_desktop.library.step_times import note_step_time, painting_step
from facea_desktop.ui.portrait.portrait_panel import PortraitPanel
from facea_desktop.workers.job import Job

from .conftest import faces_found, leave_portrait


@pytest.fixture
def make(panel: PortraitPanel, anna: Any, pool: Any, do: Callable[..., Any]) -> Callable[[str], Job]:
    """Choose an entry of the menu beside Make, and press Make."""
    panel.stage.canvas.resize(640, 480)
    panel.stage.canvas.show()

    def press(entry: str) -> Job:
        panel.form.prompt.edit.setPlainText("a woman")
        pick(panel, entry)
        do(panel.make_pictures)
        return next(job for job in pool.jobs() if not job.state.ended)

    return press


def pick(panel: PortraitPanel, entry: str) -> None:
    next(one for one in panel.make.kinds.menu().actions() if one.text().replace("&", "") == entry).trigger()


@pytest.fixture
def four(make: Callable[[str], Job], finish: Callable[..., Path], workers: Any, do: Callable[..., Any]) -> list[Path]:
    """Four pictures of one scene, each more like her than the one before, to choose from."""
    job = make("One scene, four faces to choose from")
    paths = [do(lambda number=number: finish(job, number, 0.3 + number / 10)) for number in range(4)]
    do(lambda: workers.finish(job))
    return paths


def test_beside_make_one_picture_four_faces_or_four_scenes_are_asked_for(panel, anna, photo: Path, workers, do) -> None:
    workers.answers["faces"] = faces_found(1)
    panel.form.prompt.edit.setPlainText("a woman")
    for entry, count, shares in (
        ("One scene, four faces to choose from", 4, True),
        ("Four scenes to choose from", 4, False),
        ("One picture", 1, False),
    ):
        pick(panel, entry)
        request = panel.request
        assert (request.count, request.scene_seed) == (count, request.seed if shares else None)
    panel.make.set_one_scene(True)
    assert panel.request.scene_seed is None  # a single picture has a scene anyhow
    pick(panel, "One scene, four faces to choose from")
    do(lambda: panel.use_picture(photo))
    assert (panel.request.picture, panel.request.scene_seed) == (photo, None)
    assert not panel.make._scenes.isEnabled()


def test_settings_of_a_variation_come_back_with_the_seed_of_its_scene(panel, anna, session, do) -> None:
    panel.form.prompt.edit.setPlainText("a woman")
    panel.form.more.seed.setText("12")
    request = panel.form.request(4, one_scene=True).model_copy(update={"seed": 14, "count": 1})
    path = leave_portrait(session.library.portraits, request)
    panel.form.more.seed.setText("77")
    do(lambda: panel.open_portrait(path))
    assert (panel.request.seed, panel.request.scene_seed, panel.request.count) == (14, 12, 1)
    assert "scene" in panel.make.why_not
    panel.form.more.scene_seed.clear()
    assert panel.request.scene_seed is None


def test_pictures_stand_side_by_side_from_the_first_preview_on(panel, make, finish, workers, do) -> None:
    job = make("Four scenes to choose from")
    assert panel.viewer.choice.job is None
    png = io.BytesIO()
    Image.new("RGB", (64, 64), "green").save(png, "PNG")
    do(lambda: workers.emit(job, Preview(job.request.seed, png.getvalue())))
    cells = panel.viewer.choice.grid.cells
    assert panel.viewer.choice.isVisible()
    assert len(cells) == 4
    do(lambda: finish(job, 0))
    assert cells[0].picture is not None
    assert [cell.picture for cell in cells[1:]] == [None] * 3
    panel.viewer.choice._choose(0)
    assert panel.viewer.choice.job == job.id  # none is chosen before all are there
    assert panel.stage.result is None


@pytest.mark.parametrize("by", ["key", "click", "enter"])
def test_the_chosen_one_takes_the_canvas_and_the_others_go_to_the_bin_and_back(
    panel, strip, four: list[Path], by: str, qtbot: QtBot, do, session
) -> None:
    undo: list[Callable[[], object]] = []
    session.undoable.connect(lambda _words, call: undo.append(call))
    assert [cell.accessibleName()[:2] for cell in panel.viewer.choice.grid.cells] == ["1.", "2.", "3.", "4."]
    cell = panel.viewer.choice.grid.cells[2]
    if by == "key":
        do(lambda: qtbot.keyClick(panel.viewer.choice, Qt.Key.Key_3))
    elif by == "click":
        do(lambda: qtbot.mouseClick(cell.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(40, 40)))
    else:
        do(lambda: qtbot.keyClick(cell, Qt.Key.Key_Return))
    assert not panel.viewer.choice.isVisible()
    assert panel.stage.result == four[2]
    assert [path.exists() for path in four] == [False, False, True, False]
    assert panel.stage.result == four[2]
    assert strip.result is not None
    assert strip.result.path == four[2]
    do(undo[0])
    assert all(path.exists() for path in four)
    assert panel.stage.result == four[2]


def test_keep_deletes_nothing_and_escape_keeps_all(panel, strip, four: list[Path], qtbot: QtBot, do) -> None:
    do(lambda: qtbot.keyClick(panel.viewer.choice, Qt.Key.Key_Escape))
    assert not panel.viewer.choice.isVisible()
    assert strip.findChild(QPushButton, "portraitDeleteYes") is None
    assert panel.stage.result == four[0]
    assert all(path.exists() for path in four)


def test_the_best_likeness_can_come_first_and_keys_follow(panel, strip, four: list[Path], qtbot: QtBot, do) -> None:
    panel.viewer.choice.findChild(QPushButton, "sortVariations").click()
    do(lambda: qtbot.keyClick(panel.viewer.choice, Qt.Key.Key_1))
    assert panel.stage.result == four[3]
    assert [path.exists() for path in four] == [False, False, False, True]


def test_keys_are_the_pictures_own_and_not_the_tools_below(panel, four: list[Path], qtbot: QtBot, do) -> None:
    with qtbot.waitExposed(panel.stage.canvas):
        panel.stage.canvas.activateWindow()
    panel.viewer.choice.setFocus()
    do(lambda: qtbot.keyClick(panel.viewer.choice, Qt.Key.Key_B))
    assert not panel.stage.canvas.drawing
    assert panel.viewer.choice.waits


def test_going_on_without_choosing_keeps_all(panel, strip, four: list[Path], make, do) -> None:
    make("One picture")
    assert panel.viewer.choice.job is None
    assert all(path.exists() for path in four)


def test_a_picture_shown_by_hand_ends_the_choice(panel, strip, four: list[Path], do) -> None:
    do(lambda: strip.chosen.emit(strip.model.results[1]))
    assert panel.viewer.choice.job is None
    assert panel.stage.result == four[1]


def test_of_a_job_that_ends_early_what_there_is_can_be_chosen_from(panel, make, finish, workers, do) -> None:
    job = make("Four scenes to choose from")
    first = do(lambda: finish(job, 0))
    do(lambda: workers.fail(job))
    assert not panel.viewer.choice.isVisible()  # one alone is no choice
    assert panel.stage.result == first
    job = make("Four scenes to choose from")
    for number in range(2):
        do(lambda number=number: finish(job, number))
    do(lambda: workers.fail(job))
    assert panel.viewer.choice.waits
    assert len(panel.viewer.choice.grid.cells) == 2


def test_what_is_zoomed_in_one_is_zoomed_in_all(panel, four: list[Path]) -> None:
    first, *others = panel.viewer.choice.grid.cells
    first.zoom_to(3 * first.zoom)
    assert all(cell.zoom == pytest.approx(first.zoom, rel=0.02) for cell in others)
    others[1].fit()
    assert all(cell.fitted for cell in panel.viewer.choice.grid.cells)


def test_one_that_is_deleted_elsewhere_leaves_the_choice(panel, four: list[Path], session, do) -> None:
    async def erase() -> None:
        session.index.delete(four[1])
        session.portraits_erased()

    do(lambda: session.start(erase()))
    assert len(panel.viewer.choice.grid.cells) == 3


def test_pictures_made_for_somebody_else_meanwhile_do_not_cover_the_choice(
    panel, four: list[Path], session, anna, finish, do
) -> None:
    session.change_settings(follow_results=True)
    other = session.submit(panel.request.model_copy(update={"count": 1, "seed": 4000}), "other")
    do(lambda: finish(other))
    assert panel.viewer.choice.waits
    assert panel.stage.result is None


def test_how_long_it_takes_stands_beside_make_once_something_like_it_was_made(
    panel, anna, pool, session, make, finish, workers, do
) -> None:
    assert panel.make._estimate.isHidden()
    job = make("One picture")
    note_step_time(
        session.root, painting_step("starter", job.request), 7 / panel.form.family.denoising_steps(job.request)
    )
    do(lambda: finish(job, 0))
    do(lambda: workers.finish(job))
    assert panel.make._estimate.text() == "about 7 s"
    panel.form.prompt.edit.setPlainText("")
    assert panel.make._estimate.isHidden()  # nothing can be made


def test_keys_choose_after_control_enter_but_not_while_the_next_prompt_is_typed(
    panel, anna, pool, finish, workers, qtbot: QtBot, do
) -> None:
    window = panel.stage.canvas
    window.resize(640, 480)
    with qtbot.waitExposed(window):
        window.show()
    edit = panel.form.prompt.edit
    edit.setParent(window)
    edit.show()
    for typed in ("", "x"):
        edit.setPlainText("a woman")
        pick(panel, "Four scenes to choose from")
        edit.setFocus()
        do(panel.make_pictures)
        job = next(job for job in pool.jobs() if not job.state.ended)
        for number in range(4):
            do(lambda number=number, job=job: finish(job, number))
        qtbot.keyClicks(edit, typed)
        do(lambda job=job: workers.finish(job))
        assert panel.viewer.choice.waits
        assert panel.viewer.choice.hasFocus() is not bool(typed)
        panel.viewer.choice.leave()
