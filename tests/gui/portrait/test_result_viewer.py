"""Which results take the canvas, and what is there once one is deleted."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from facea_desktop.domain.events import Preview
from facea_desktop.domain.requests import PortraitRequest
from facea_desktop.ui.qimages import read_picture

from .conftest import choose, faces_found, png

LEFT = Qt.MouseButton.LeftButton


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


def make_in_kept_scene(panel, job, pool, workers, do):
    """Keep the scene that is shown and press Make: the scene, and the job that begins once ``job`` has ended."""
    do(panel.findChild(QPushButton, "keepScene").click, lambda: panel.form.scene.picture is not None)
    kept = panel.form.scene.picture
    panel.form.prompt.edit.setPlainText("a woman")
    do(panel.make_pictures)
    again = next(one for one in pool.jobs() if one.request.picture == kept)
    workers.finish(job)
    return kept, again


def test_a_scene_that_is_deleted_is_painted_again(strip, panel, job, finish, pool, erase, do, workers) -> None:
    workers.answers["faces"] = faces_found(1, 32, 32)
    path = do(lambda: finish(job))
    _, again = make_in_kept_scene(panel, job, pool, workers, do)
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
    kept, again = make_in_kept_scene(panel, job, pool, workers, do)

    do(lambda: finish(again), lambda: panel.stage.base is not None)  # it is read in a thread

    assert (panel.stage.base, panel.form.scene.picture) == (kept, kept)
