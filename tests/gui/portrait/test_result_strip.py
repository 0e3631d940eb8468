"""The strip of results: pictures as they come, and what is done with them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QMessageBox, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from facea_desktop.domain.events import Painted, Preview, Progress
from facea_desktop.domain.requests import EnlargeRequest, PortraitRequest
from facea_desktop.library.portrait_png import read_request, save_portrait
from facea_desktop.ui.destinations import ShowCanvas
from facea_desktop.ui.portrait.result_strip import ResultStrip
from tests.gui.conftest import visible_text

from .conftest import choose, faces_found, leave_portrait, png

LEFT = Qt.MouseButton.LeftButton


def state_of(strip: ResultStrip) -> list[tuple[int | None, bool]]:
    return [(result.seed, result.path is not None) for result in strip.model.results]


def test_pictures_take_their_places_in_the_order_of_their_seeds(strip, job, finish, do) -> None:
    assert state_of(strip) == [(4294967295, False), (0, False), (1, False)]

    do(lambda: finish(job, 1))
    assert state_of(strip) == [(4294967295, False), (0, True), (1, False)]

    do(lambda: finish(job, 0))
    assert state_of(strip) == [(4294967295, True), (0, True), (1, False)]


def test_a_newer_job_stands_before_an_older_one(strip, job, finish, session, anna, do) -> None:
    do(lambda: finish(job))
    session.submit(PortraitRequest(person=anna.id, prompt="again", seed=7), "Anna: again")

    assert [seed for seed, _ in state_of(strip)] == [7, 4294967295, 0, 1]


@pytest.mark.parametrize("end", ["finish", "fail", "stop"])
def test_what_will_not_come_leaves_no_place(strip, job, finish, workers, do, end: str) -> None:
    do(lambda: finish(job))
    do(lambda: getattr(workers, end)(job))

    assert state_of(strip) == [(4294967295, True)]


def test_previews_and_progress_are_shown_at_their_place_and_on_the_canvas(
    strip, panel, job, workers, monkeypatch
) -> None:
    shown: list[QImage | None] = []
    monkeypatch.setattr(panel.stage.canvas, "set_preview", shown.append)

    workers.emit(job, Preview(0, png("red")))
    workers.emit(job, Progress(42, 84, 9.0))

    first, second, third = strip.model.results
    assert second.preview.pixelColor(3, 3).name() == "#ff0000"
    assert (first.done, second.done, third.done) == (1.0, 0.5, None)
    assert shown[-1].pixelColor(3, 3).name() == "#ff0000"

    workers.emit(job, Preview(0, b"damaged"))
    assert len(shown) == 1

    workers.stop(job)
    assert shown[-1] is None


def test_arrows_go_from_picture_to_picture(strip, panel, anna, session, qtbot: QtBot, do) -> None:
    paths = [
        leave_portrait(session.library.portraits, PortraitRequest(person=anna.id, prompt="a", seed=seed))
        for seed in range(3)
    ]
    for path in paths:
        session.index.add_portrait(path, 0.5)
    strip._load()
    strip.show()
    newest_first = [result.path for result in strip.model.results]
    assert set(newest_first) == set(paths)
    do(lambda: choose(strip, newest_first[0]))

    do(lambda: qtbot.keyClick(strip.view, Qt.Key.Key_Right), lambda: panel.stage.base is not None)

    assert strip.result.path == newest_first[1]
    with qtbot.waitSignal(session.pageWanted) as wanted:
        qtbot.keyClick(strip.view, Qt.Key.Key_Return)
    assert wanted.args == [ShowCanvas()]


def test_focus_that_passes_by_shows_nothing(strip, panel, job, finish, do, qtbot: QtBot) -> None:
    strip.show()
    strip.choose_none()
    with qtbot.assertNotEmitted(strip.chosen):
        strip.view.setFocus()


def test_at_the_start_the_last_pictures_are_there(panel, anna, session, qtbot: QtBot) -> None:
    for seed in range(25):
        path = leave_portrait(session.library.portraits, PortraitRequest(person=anna.id, prompt="a", seed=seed), side=8)
        session.index.add_portrait(path, 0.5)
    waiting = session.submit(PortraitRequest(person=anna.id, prompt="b", seed=99, count=2), "Anna: b")

    made = ResultStrip(session)
    qtbot.addWidget(made)

    assert state_of(made)[:2] == [(99, False), (100, False)]
    assert [done for _, done in state_of(made)] == [False] * 2 + [True] * 20
    assert made.model.results[0].job == waiting.id


def test_what_the_likeness_means_is_said_in_words(strip, job, finish, do) -> None:
    do(lambda: finish(job, likeness=0.71))
    tip = strip.model.index(0).data(Qt.ItemDataRole.ToolTipRole)

    assert tip == "Anna: a woman\nGood likeness: 0.71. The person's own photos score 0.80, strangers 0.20."


def test_a_picture_is_dragged_out_as_a_file(strip, job, finish, do) -> None:
    path = do(lambda: finish(job))
    done, place = strip.model.index(0), strip.model.index(1)

    assert strip.model.flags(done) & Qt.ItemFlag.ItemIsDragEnabled
    assert not strip.model.flags(place) & Qt.ItemFlag.ItemIsDragEnabled
    assert [url.toLocalFile() for url in strip.model.mimeData([done]).urls()] == [str(path)]


def test_delete_moves_the_picture_to_the_bin_and_undo_brings_it_back(strip, job, session, finish, do, qtbot) -> None:
    paths = [do(lambda number=number: finish(job, number)) for number in range(3)]
    undo = []
    session.undoable.connect(lambda _said, act: undo.append(act))
    choose(strip, paths[1])
    do(lambda: qtbot.keyClick(strip.view, Qt.Key.Key_Delete), lambda: undo)
    assert [result.path for result in strip.model.results] == [paths[0], paths[2]]
    assert not paths[1].exists()
    do(undo[0], lambda: len(strip.model.results) == 3)
    assert paths[1].exists()


def test_delete_with_shift_asks_and_erases_the_picture_and_its_stages(strip, job, finish, do, qtbot: QtBot) -> None:
    path: Path = do(lambda: finish(job))
    folder = path.parent
    qtbot.keyClick(strip.view, Qt.Key.Key_Delete, Qt.KeyboardModifier.ShiftModifier)
    question = strip.findChild(QMessageBox)
    question.reject()
    assert path.exists()

    qtbot.keyClick(strip.view, Qt.Key.Key_Delete, Qt.KeyboardModifier.ShiftModifier)
    delete = strip.findChildren(QPushButton, "portraitDeleteYes")[-1]
    do(delete.click, lambda: len(state_of(strip)) == 2)

    assert list(folder.glob(f"{path.stem}*")) == []
    assert state_of(strip) == [(0, False), (1, False)]


def test_pictures_that_are_deleted_elsewhere_go(strip, job, finish, session, do) -> None:
    path = do(lambda: finish(job))
    do(lambda: session.index.delete(path))

    session.portraitsChanged.emit()

    assert state_of(strip) == [(0, False), (1, False)]


def actions_of(strip: ResultStrip):
    return {action.text().replace("&", ""): action for action in strip.menu_of(strip.result).actions()}


def test_keep_scene_paints_another_face_into_it_and_leaves_what_was_typed(
    strip, panel, job, finish, workers, do
) -> None:
    workers.answers["faces"] = faces_found(1, 32, 32)
    path = do(lambda: finish(job))
    panel.form.prompt.edit.setPlainText("what I typed")

    do(actions_of(strip)["Same scene, new face"].trigger, lambda: workers.asked)

    assert panel.request.picture == path.with_name(path.stem + "-context.png")
    assert panel.request.prompt == "what I typed"
    assert panel.form.scene.source == "keep"


def test_the_scene_that_is_kept_is_that_of_the_picture_on_the_canvas(strip, panel, job, finish, workers, do) -> None:
    workers.answers["faces"] = faces_found(1, 32, 32)
    keep = panel.findChild(QPushButton, "keepScene")
    assert not keep.isEnabled()
    first = do(lambda: finish(job))
    second = do(lambda: finish(job, 1))

    do(keep.click, lambda: panel.form.scene.picture is not None)
    assert panel.form.scene.picture == second.with_name(second.stem + "-context.png")

    do(lambda: choose(strip, first), lambda: panel.stage.result == first)
    assert panel.form.scene.picture == second.with_name(second.stem + "-context.png")

    do(keep.click, lambda: panel.form.scene.picture.stem.startswith(first.stem))
    assert panel.form.scene.source == "keep"


def test_a_kept_scene_stays_whatever_the_queue_makes(strip, panel, job, finish, workers, session, anna, do) -> None:
    workers.answers["faces"] = faces_found(1, 32, 32)
    queued = session.submit(PortraitRequest(person=anna.id, prompt="b", seed=50), "Anna: b")
    first = do(lambda: finish(job), lambda: panel.stage.result is not None)
    do(panel.findChild(QPushButton, "keepScene").click, lambda: panel.form.scene.picture is not None)
    kept = first.with_name(first.stem + "-context.png")
    panel.form.prompt.edit.setPlainText("a woman")
    session.change_settings(follow_results=True)

    do(lambda: finish(job, 1))
    workers.finish(job)
    new = do(lambda: finish(queued), lambda: panel.stage.result not in (None, first))
    do(lambda: None, lambda: panel.stage.result == new)

    assert (panel.form.scene.source, panel.form.scene.picture, panel.request.picture) == ("keep", kept, kept)
    assert "The canvas shows another picture" in visible_text(panel.form.scene)
    do(panel.findChild(QToolButton, "scenePicture").click, lambda: panel.stage.base == kept)
    assert "One face" in visible_text(panel.form.scene)


def test_what_was_painted_on_a_kept_scene_survives_keeping_it_again(strip, panel, job, finish, workers, do) -> None:
    workers.answers["faces"] = faces_found(1, 32, 32)
    do(lambda: finish(job), lambda: panel.stage.result is not None)
    keep = panel.findChild(QPushButton, "keepScene")
    do(keep.click, lambda: panel.form.scene.picture is not None)
    mask = QImage(32, 32, QImage.Format.Format_Grayscale8)
    mask.fill(255)
    panel.stage.canvas.set_mask(mask)

    do(keep.click)

    assert panel.form.scene.painted == mask


def test_a_scene_is_kept_for_another_person_and_nothing_else_changes(
    strip, panel, job, finish, pool, session, add_person, do, workers
) -> None:
    workers.answers["faces"] = faces_found(1, 32, 32)
    ben = add_person("Ben")
    session.people_changed()
    path = do(lambda: finish(job))
    menu = strip.menu_of(strip.result)
    others = next(action.menu() for action in menu.actions() if action.menu())
    assert [action.text() for action in others.actions()] == ["Ben"]

    panel.form.prompt.edit.setPlainText("what I typed")
    seed = panel.form.more.seed.text()
    do(others.actions()[0].trigger, lambda: panel.form.scene.picture is not None)

    assert len(pool.jobs()) == 1  # Make makes it
    request = panel.request
    assert (request.person, request.prompt, str(request.seed)) == (ben.id, "what I typed", seed)
    assert not panel.form.more.lock.isChecked()
    assert request.picture == path.with_name(path.stem + "-context.png")
    assert session.selected.id == ben.id


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # menus cannot be raised offscreen
def test_another_person_is_offered_beside_a_result(strip, panel, job, finish, workers, add_person, session, do) -> None:
    workers.answers["faces"] = faces_found(1, 32, 32)
    another = panel.findChild(QPushButton, "anotherPersonScene")
    panel.show()
    assert not another.isVisible()
    path = do(lambda: finish(job), lambda: another.isVisible() and panel.stage.base is not None)
    do(another.click)
    assert [(one.text(), one.isEnabled()) for one in panel.form.scene.menu.actions()] == [
        ("No one else is tuned yet", False)
    ]
    panel.form.scene.menu.close()
    ben = add_person("Ben")
    add_person("Cleo", tuned=False)
    session.people_changed()

    do(another.click)
    menu = panel.form.scene.menu
    assert [action.text() for action in menu.actions()] == ["Cleo", "Ben"]
    do(menu.actions()[1].trigger, lambda: panel.form.scene.picture is not None)
    menu.close()

    request = panel.request
    assert (request.person, request.prompt) == (ben.id, "a woman")  # of the picture: nothing was typed
    assert request.picture == path.with_name(path.stem + "-context.png")


def test_use_settings_brings_them_back(strip, panel, job, finish, do) -> None:
    do(lambda: finish(job, 1))
    panel.form.prompt.edit.setPlainText("something else")

    do(actions_of(strip)["Use settings"].trigger, lambda: panel.form.prompt.text == "a woman")

    assert panel.request == job.request.model_copy(update={"seed": 0, "count": 1})


def test_a_picture_without_its_scene_cannot_keep_it(strip, panel, anna, session, do) -> None:
    path = leave_portrait(session.library.portraits, PortraitRequest(person=anna.id, prompt="a"), stages=False)
    session.index.add_portrait(path, 0.5)
    strip._load()

    do(lambda: choose(strip, path), lambda: panel.stage.base == path)

    assert not actions_of(strip)["Same scene, new face"].isEnabled()
    assert not panel.findChild(QPushButton, "keepScene").isEnabled()


def test_a_larger_copy_is_asked_for_by_the_menu_and_comes_into_the_strip(
    strip, job, finish, pool, workers, session, anna, do
) -> None:
    path = do(lambda: finish(job))
    do(lambda: workers.finish(job))
    choose(strip, path)
    menu = strip.menu_of(strip.model.results[0])
    enlarge = next(action.menu() for action in menu.actions() if action.text() == "En&large")
    enlarge.actions()[0].trigger()
    menu.deleteLater()
    (asked,) = (one for one in pool.jobs() if isinstance(one.request, EnlargeRequest))
    assert (asked.request, asked.title) == (
        EnlargeRequest(picture=path, times=2, person=anna.id),
        f"{anna.name}: enlarged 2 times",
    )
    large = path.with_name(f"{path.stem}-2x.png")
    save_portrait(large, Image.new("RGB", (64, 64)), read_request(path), enlarged="2 times by x")
    do(lambda: workers.emit(asked, Painted(large, 4294967295, None, None, 0.7, 0.8, 0.2)))
    assert {result.path: result.times for result in strip.model.results} == {path: 1, large: 2}
    assert strip.result is not None
    assert strip.result.path == path  # what is on the canvas stays marked


def test_a_portrait_at_first_sight_says_so_and_what_tuning_would_add(strip, anna, session, pool, workers, do) -> None:
    job = session.submit(PortraitRequest(person=anna.id, prompt="a"), "a")
    path = leave_portrait(session.library.portraits, job.request, stages=False)

    def told(*seen: str) -> str:
        do(lambda: workers.emit(job, Painted(path, 0, None, None, 0.5, 0.8, 0.2, seen)))
        return str(strip.model.index(strip.model.row_of(path)).data(Qt.ItemDataRole.ToolTipRole))

    own = "Made at first sight, from the photos alone; tuning makes it more alike."
    assert own in told(anna.id)
    strip.model.drop_missing()
    assert "Another face in it was made at first sight" in told("b" * 12)
    assert "first sight" not in told()


def test_a_larger_copy_is_told_from_its_original(strip, anna, session, do) -> None:
    request = PortraitRequest(person=anna.id, prompt="a")
    path = leave_portrait(session.library.portraits, request, stages=False)
    large = path.with_name(f"{path.stem}-2x.png")
    save_portrait(large, Image.new("RGB", (64, 64)), read_request(path), enlarged="2 times by x")
    for one in (path, large):
        session.index.add_portrait(one, 0.5)
    do(strip._load)

    def of(one: Path, role: Qt.ItemDataRole) -> str:
        return str(strip.model.index(strip.model.row_of(one)).data(role))

    for role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
        assert ["enlarged 2 times" in of(one, role) for one in (path, large)] == [False, True]

    def corner(times: int) -> QImage:
        result = strip.model.results[0]
        result.times = times
        place = strip.view.visualRect(strip.model.index(0))
        return strip.view.viewport().grab(place.adjusted(place.width() // 2, 0, 0, -place.height() // 2)).toImage()

    strip.resize(400, strip.height())
    strip.show()
    assert corner(1) != corner(2)
    assert corner(1) == corner(1)
