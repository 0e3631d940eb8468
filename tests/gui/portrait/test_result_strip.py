"""The strip of results: pictures as they come, and what is done with them."""

from __future__ import annotations

import io
import threading
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
from facea_desktop.ui.qimages import read_picture
from tests.gui.conftest import visible_text

from .conftest import faces_found, leave_portrait

LEFT = Qt.MouseButton.LeftButton


def png(colour: str) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (16, 16), colour).save(data, "PNG")
    return data.getvalue()


@pytest.fixture
def job(panel, anna, pool, session):
    """Three pictures are to be painted."""
    request = PortraitRequest(person=anna.id, prompt="a woman", seed=4294967295, count=3)
    made = session.submit(request, "Anna: a woman")
    return pool.job(made.id)


def state_of(strip: ResultStrip) -> list[tuple[int | None, bool]]:
    return [(result.seed, result.path is not None) for result in strip.model.results]


def choose(strip: ResultStrip, path: Path) -> None:
    """As a click does."""
    strip.choose(path)
    strip.view.movedByHand.emit()


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


def test_each_picture_is_shown_as_it_comes(strip, panel, job, finish, do) -> None:
    path = do(lambda: finish(job), lambda: panel.stage.base is not None)

    assert strip.result.path == path
    assert panel.stage.base == path.with_name(path.stem + "-context.png")


def test_a_new_portrait_is_shown_whole_and_not_beside_its_scene(strip, panel, job, finish, do) -> None:
    canvas = panel.stage.canvas
    do(lambda: finish(job), lambda: panel.stage.result is not None)
    assert not canvas.commands["compare"].isChecked()

    canvas.commands["compare"].trigger()
    assert canvas.commands["compare"].isChecked()
    second = do(lambda: finish(job, 1), lambda: panel.stage.result == strip.model.results[1].path)
    assert panel.stage.result == second
    assert not canvas.commands["compare"].isChecked()


def test_who_looks_at_an_older_picture_is_left_there(strip, panel, job, finish, qtbot: QtBot, do) -> None:
    strip.resize(800, 120)
    strip.show()
    old = do(lambda: finish(job), lambda: panel.stage.base is not None)
    view = strip.view
    do(lambda: qtbot.mouseClick(view.viewport(), LEFT, pos=view.visualRect(strip.model.index(0)).center()))

    do(lambda: finish(job, 1))
    assert strip.result.path == old
    assert panel.stage.result == old


def test_what_was_asked_for_last_is_shown_and_what_was_asked_for_before_is_not(
    strip, panel, job, finish, pool, photo, do, workers
) -> None:
    workers.answers["faces"] = faces_found(1)
    do(lambda: panel.use_picture(photo), lambda: panel.stage.base == photo)
    do(panel.findChild(QPushButton, "paintScene").click)
    panel.form.prompt.edit.setPlainText("a woman")
    do(panel.make_pictures)
    asked = next(one for one in pool.jobs() if one.id != job.id)

    do(lambda: finish(job))
    assert panel.stage.files == {photo}

    workers.finish(job)
    new = do(lambda: finish(asked), lambda: panel.stage.result is not None)
    assert panel.stage.result == new == strip.result.path


@pytest.fixture
def painting(panel, job, workers, photo: Path, do):
    """A picture of the user's lies on the canvas with a stroke of the mask while an older job goes on."""
    workers.answers["faces"] = faces_found(1)
    workers.emit(job, Preview(job.request.seed, png("red")))
    do(lambda: panel.use_picture(photo), lambda: panel.stage.base == photo)
    canvas = panel.stage.canvas
    mask = QImage(320, 160, QImage.Format.Format_Grayscale8)
    mask.fill(255)
    canvas.set_mask(mask)
    return canvas


def preview_of(canvas) -> QImage | None:
    return canvas._picture.preview


def test_a_picture_opened_for_masking_keeps_the_canvas_its_mask_and_its_strokes(
    strip, panel, job, painting, finish, workers, photo, do
) -> None:
    assert preview_of(painting) is None
    undo = painting.undo_stack.count()

    workers.emit(job, Preview(0, png("red")))
    path = do(lambda: finish(job))

    assert preview_of(painting) is None
    assert panel.stage.files == {photo}
    assert painting.mask() is not None
    assert painting.undo_stack.count() == undo
    assert strip.model.results[0].path == path  # they arrive in the strip
    assert strip.result is None


def test_what_is_made_of_the_picture_on_the_canvas_is_shown_there(
    strip, panel, job, painting, finish, workers, session, photo, anna, do
) -> None:
    workers.finish(job)
    of_it = session.submit(PortraitRequest(person=anna.id, prompt="a", picture=photo, count=2), "Anna: a")
    workers.emit(of_it, Preview(0, png("red")))
    assert preview_of(painting) is not None

    for number in range(2):
        path = do(lambda number=number: finish(of_it, number), lambda: panel.stage.result is not None)
        do(lambda: None, lambda path=path: panel.stage.result == path)
    assert panel.stage.base == photo
    assert painting.mask() is not None


def test_nothing_comes_between_the_brush_and_the_picture(
    strip, panel, job, painting, finish, workers, session, photo, anna, do
) -> None:
    workers.finish(job)
    of_it = session.submit(PortraitRequest(person=anna.id, prompt="a", picture=photo), "Anna: a")
    workers.emit(of_it, Preview(0, png("red")))
    painting.choose_tool("brush")
    assert preview_of(painting) is None  # a stroke would be painted beneath it
    session.change_settings(follow_results=True)

    workers.emit(of_it, Preview(0, png("red")))
    do(lambda: finish(of_it))

    assert preview_of(painting) is None
    assert panel.stage.files == {photo}


def test_after_make_the_brush_is_laid_down_and_the_result_shown(
    strip, panel, painting, finish, pool, workers, job, do
) -> None:
    painting.choose_tool("brush")
    do(panel.make_pictures, lambda: len(pool.jobs()) == 2)
    made = next(one for one in pool.jobs() if one.id != job.id)
    workers.finish(job)

    path = do(lambda: finish(made), lambda: panel.stage.result is not None)

    assert panel.stage.result == path


def test_new_pictures_take_the_canvas_whatever_it_shows_where_that_is_wanted(
    strip, panel, job, painting, finish, session, photo, qtbot: QtBot, do
) -> None:
    follow = strip.findChild(QToolButton, "followResults")
    assert not follow.isChecked()
    qtbot.mouseClick(follow, LEFT)
    assert session.settings.follow_results

    path = do(lambda: finish(job), lambda: panel.stage.result is not None)
    assert panel.stage.result == path

    do(panel.findChild(QToolButton, "scenePicture").click, lambda: panel.stage.base == photo)
    assert painting.mask() is not None  # kept all the while
    qtbot.mouseClick(follow, LEFT)
    do(lambda: finish(job, 1))
    assert panel.stage.files == {photo}


def test_a_picture_that_is_opened_is_not_overtaken_by_one_that_comes(
    strip, panel, job, finish, workers, photo, do, monkeypatch
) -> None:
    workers.answers["faces"] = faces_found(1)
    reading, go_on = threading.Event(), threading.Event()

    def slowly(path: Path) -> QImage | None:
        if path == photo:
            reading.set()
            assert go_on.wait(10)
        return read_picture(path)

    monkeypatch.setattr("facea_desktop.ui.portrait.canvas_content.read_picture", slowly)
    panel.form.prompt.edit.setPlainText("a woman")
    do(lambda: panel.use_picture(photo), reading.is_set)
    assert panel.make.why_not == "Wait for the picture to open."

    do(lambda: finish(job), lambda: strip.model.results[0].path)
    go_on.set()

    do(lambda: None, lambda: panel.stage.base == photo)
    assert panel.stage.result is None


def test_a_place_that_is_chosen_shows_what_is_painted_there(
    strip, panel, job, painting, workers, do, qtbot: QtBot
) -> None:
    strip.resize(800, 120)
    strip.show()
    view = strip.view

    do(lambda: qtbot.mouseClick(view.viewport(), LEFT, pos=view.visualRect(strip.model.index(0)).center()))

    assert preview_of(painting).pixelColor(3, 3).name() == "#ff0000"
    workers.stop(job)
    assert preview_of(painting) is None


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


@pytest.fixture
def erase(strip, session, do):
    """Erase portraits as the gallery does."""

    def delete(*paths: Path) -> None:
        session.index.delete(*paths)
        do(session.portraits_erased)

    return delete


def test_a_picture_that_is_deleted_leaves_the_canvas(panel, job, finish, erase, do) -> None:
    path = do(lambda: finish(job), lambda: panel.stage.base is not None)
    keep = panel.findChild(QPushButton, "keepScene")
    assert keep.isEnabled()

    erase(path)

    assert panel.stage.canvas.picture() is None
    assert not keep.isEnabled()


def test_after_a_deletion_its_neighbour_is_on_the_canvas_and_is_what_delete_means(
    strip, panel, job, finish, erase, do
) -> None:
    first = do(lambda: finish(job))
    second = do(lambda: finish(job, 1), lambda: panel.stage.result is not None)
    do(lambda: choose(strip, first), lambda: panel.stage.result == first)

    erase(first)
    do(lambda: None, lambda: panel.stage.result == second)  # it is read in a thread

    assert strip.result.path == second
    assert panel.stage.canvas.picture() is not None


def test_a_scene_that_is_deleted_is_painted_again(strip, panel, job, finish, pool, erase, do, workers) -> None:
    workers.answers["faces"] = faces_found(1, 32, 32)
    path = do(lambda: finish(job))
    do(panel.findChild(QPushButton, "keepScene").click, lambda: panel.form.scene.picture is not None)
    kept = panel.form.scene.picture
    panel.form.prompt.edit.setPlainText("a woman")
    do(panel.make_pictures)
    again = next(one for one in pool.jobs() if one.request.picture == kept)
    workers.finish(job)
    made = do(lambda: finish(again), lambda: panel.stage.result not in (None, path))

    erase(path)
    do(lambda: None, lambda: panel.stage.result == made)  # it is read in a thread

    assert (panel.form.scene.source, panel.request.picture) == ("paint", None)
    assert "The scene was deleted" in panel.form.scene.notice.text
    assert (panel.stage.base, panel.stage.result) == (made.with_name(made.stem + "-context.png"), made)


def test_a_picture_of_the_users_stays_when_what_was_made_of_it_is_deleted(
    strip, panel, job, finish, workers, session, photo, erase, do
) -> None:
    workers.answers["faces"] = faces_found(1)
    do(lambda: panel.use_picture(photo), lambda: panel.stage.base == photo)
    request = job.request.model_copy(update={"picture": photo, "count": 1})
    workers.finish(job)
    path = do(lambda: finish(session.submit(request, "Anna: a woman")), lambda: panel.stage.result is not None)
    assert panel.stage.base == photo

    erase(path)

    assert (panel.stage.base, panel.stage.result, panel.form.scene.picture) == (photo, None, photo)
    assert panel.stage.canvas.picture() is not None


def test_deleting_what_is_not_on_the_canvas_leaves_the_canvas_and_chooses_nothing(
    strip, panel, job, finish, workers, photo, erase, do
) -> None:
    workers.answers["faces"] = faces_found(1)
    do(lambda: finish(job))
    path = do(lambda: finish(job, 1), lambda: panel.stage.result is not None)
    do(lambda: panel.use_picture(photo), lambda: panel.stage.base == photo)

    erase(path)

    assert panel.stage.files == {photo}
    assert strip.result is None


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


def test_a_picture_that_cannot_be_shown_is_not_the_one_whose_scene_is_kept(
    strip, panel, job, finish, workers, session, do
) -> None:
    workers.answers["faces"] = faces_found(1, 32, 32)
    broken = do(lambda: finish(job), lambda: panel.stage.result is not None)
    shown = do(lambda: finish(job, 1), lambda: panel.stage.result != broken)
    do(lambda: None, lambda: panel.stage.result == shown)
    broken.write_bytes(b"no picture")
    said: list[str] = []
    session.failed.connect(said.append)

    do(lambda: choose(strip, broken), lambda: said)
    do(panel.findChild(QPushButton, "keepScene").click, lambda: panel.form.scene.picture is not None)

    assert panel.stage.result == shown
    assert panel.form.scene.picture == shown.with_name(shown.stem + "-context.png")


def test_a_result_of_a_kept_scene_is_shown_upon_it(strip, panel, job, finish, pool, do, workers) -> None:
    workers.answers["faces"] = faces_found(1, 32, 32)
    do(lambda: finish(job))
    do(panel.findChild(QPushButton, "keepScene").click, lambda: panel.form.scene.picture is not None)
    kept = panel.form.scene.picture
    panel.form.prompt.edit.setPlainText("a woman")
    do(panel.make_pictures)
    again = next(one for one in pool.jobs() if one.request.picture == kept)
    workers.finish(job)

    do(lambda: finish(again), lambda: panel.stage.base is not None)  # it is read in a thread

    assert (panel.stage.base, panel.form.scene.picture) == (kept, kept)


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
