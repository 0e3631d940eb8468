"""Boxes of faces: chosen and dismissed by mouse and by keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from facea_desktop.domain.faces import Box, Face
from facea_desktop.ui.canvas.canvas import Canvas
from facea_desktop.ui.theme import colours
from tests.gui.canvas.conftest import colour_at, on_stage

ANNA, OTHER = Face(Box(40, 60, 160, 200), {}, 0.99), Face(Box(220, 70, 330, 210), {}, 0.9)
INNER = Face(Box(240, 100, 280, 150), {}, 0.6)


@pytest.fixture
def faces(canvas: Canvas) -> Canvas:
    canvas.set_faces([ANNA, OTHER, INNER], {0: "Anna"}, chosen=0)
    return canvas


def chip(canvas: Canvas, index: int) -> QAbstractButton:
    found = canvas.findChild(QAbstractButton, f"faceChip{index}")
    assert found is not None
    return found


def cross(canvas: Canvas, index: int) -> QAbstractButton:
    found = canvas.findChild(QAbstractButton, f"faceCross{index}")
    assert found is not None
    return found


def test_chips_say_who_or_ask_and_speak_to_screen_readers(faces: Canvas) -> None:
    assert [chip(faces, i).text() for i in range(3)] == ["Anna", "choose…", "choose…"]
    assert chip(faces, 0).accessibleName() == "Face 1: Anna"
    assert cross(faces, 0).accessibleName() == "Not a face"
    assert [chip(faces, i).isChecked() for i in range(3)] == [True, False, False]


def test_chips_sit_on_their_boxes_at_every_zoom(faces: Canvas) -> None:
    for zoom in (1.0, 1.7, 0.6):
        faces.view.zoom_to(zoom)
        corner = on_stage(faces, 220, 70)
        assert chip(faces, 1).pos().x() == pytest.approx(corner.x(), abs=3)
        assert chip(faces, 1).geometry().bottom() == pytest.approx(corner.y(), abs=8)


def test_chips_of_faces_out_of_view_are_hidden(faces: Canvas) -> None:
    faces.view.zoom_to(8, on_stage(faces, 10, 10))
    assert not chip(faces, 1).isVisible()
    faces.view.fit()
    assert chip(faces, 1).isVisible()


@pytest.mark.parametrize(("point", "index"), [((100, 150), 0), ((230, 200), 1), ((260, 120), 2)])
def test_a_click_in_a_box_tells_which_face_the_smallest_first(
    faces: Canvas, qtbot: QtBot, point: tuple[int, int], index: int
) -> None:
    with qtbot.waitSignal(faces.faceClicked) as told:
        qtbot.mouseClick(faces.view.viewport(), Qt.MouseButton.LeftButton, pos=on_stage(faces, *point).toPoint())
    assert told.args == [index]


def test_a_click_beside_the_boxes_or_a_drag_is_no_click_on_a_face(faces: Canvas, qtbot: QtBot) -> None:
    stage, at = faces.view.viewport(), on_stage(faces, 100, 150).toPoint()
    with qtbot.assertNotEmitted(faces.faceClicked):
        qtbot.mouseClick(stage, Qt.MouseButton.LeftButton, pos=on_stage(faces, 190, 280).toPoint())
        qtbot.mousePress(stage, Qt.MouseButton.LeftButton, pos=at)
        qtbot.mouseMove(stage, at + QPoint(30, 0))
        qtbot.mouseRelease(stage, Qt.MouseButton.LeftButton, pos=at + QPoint(30, 0))


def test_with_a_brush_in_hand_boxes_are_painted_in_and_chips_still_choose(faces: Canvas, qtbot: QtBot) -> None:
    faces.choose_tool("brush")
    with qtbot.assertNotEmitted(faces.faceClicked):
        qtbot.mouseClick(faces.view.viewport(), Qt.MouseButton.LeftButton, pos=on_stage(faces, 100, 150).toPoint())
    assert faces.mask() is not None
    with qtbot.waitSignal(faces.faceClicked) as told:
        qtbot.mouseClick(chip(faces, 1), Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    assert told.args == [1]


def test_the_x_dismisses_its_face(faces: Canvas, qtbot: QtBot) -> None:
    with qtbot.waitSignal(faces.faceDismissed) as told, qtbot.assertNotEmitted(faces.faceClicked):
        qtbot.mouseClick(cross(faces, 1), Qt.MouseButton.LeftButton)
    assert told.args == [1]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_keys_choose_a_face(faces: Canvas, qtbot: QtBot, key: Qt.Key) -> None:
    with qtbot.waitSignal(faces.faceClicked) as told:
        qtbot.keyClick(chip(faces, 2), key)
    assert told.args == [2]
    assert not chip(faces, 2).isChecked()  # who is chosen comes from outside


def test_delete_dismisses_a_face(faces: Canvas, qtbot: QtBot) -> None:
    with qtbot.waitSignal(faces.faceDismissed) as told:
        qtbot.keyClick(chip(faces, 2), Qt.Key.Key_Delete)
    assert told.args == [2]


def test_tab_reaches_every_chip_and_its_x(faces: Canvas, qtbot: QtBot) -> None:
    chip(faces, 0).setFocus()
    reached = []
    for _ in range(5):
        qtbot.keyClick(faces.window().focusWidget(), Qt.Key.Key_Tab)
        reached.append(faces.window().focusWidget().objectName())
    assert reached == ["faceCross0", "faceChip1", "faceCross1", "faceChip2", "faceCross2"]


def test_the_chosen_and_the_hovered_box_are_drawn_in_the_accent(faces: Canvas, qtbot: QtBot) -> None:
    def reddish(x: float, y: float) -> bool:
        around = [colour_at(faces, x + d, y) for d in (-1, 0, 1)]
        accent = QColor(colours().accent)
        return any(abs(c.red() - accent.red()) + abs(c.blue() - accent.blue()) < 60 for c in around)

    assert reddish(40, 130)
    assert not reddish(330, 140)
    qtbot.mouseMove(faces.view.viewport(), on_stage(faces, 320, 200).toPoint())
    qtbot.mouseMove(faces.view.viewport(), on_stage(faces, 322, 200).toPoint())
    assert reddish(330, 140)
    assert faces.view.viewport().cursor().shape() == Qt.CursorShape.PointingHandCursor


def test_fewer_faces_leave_no_chips_behind(faces: Canvas) -> None:
    faces.set_faces([OTHER])
    assert chip(faces, 0).text() == "choose…"
    assert faces.findChild(QAbstractButton, "faceChip1") is None or not chip(faces, 1).isVisible()
    faces.set_faces([])
    assert faces._overlays.faces.at(faces.view.to_picture(on_stage(faces, 230, 200))) is None


def drag_person(canvas: Canvas, at: QPointF) -> bool:
    """Carry a person over a point of the canvas and let go; whether they were taken."""
    mime = QMimeData()
    mime.setData("application/x-facea-person", b"0123456789ab\nba9876543210")
    action, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(at.toPoint(), action, mime, left, none)
    enter.setAccepted(False)
    QApplication.sendEvent(canvas, enter)
    if enter.isAccepted():
        QApplication.sendEvent(canvas, QDragMoveEvent(at.toPoint(), action, mime, left, none))
        QApplication.sendEvent(canvas, QDropEvent(at, action, mime, left, none))
    return enter.isAccepted()


@pytest.mark.parametrize(("point", "index"), [((100, 150), 0), ((260, 120), 2), ((190, 280), None)])
def test_a_person_is_dropped_onto_a_face_or_beside_all(
    faces: Canvas, qtbot: QtBot, point: tuple[int, int], index: int | None
) -> None:
    at = QPointF(faces.view.viewport().mapTo(faces, on_stage(faces, *point).toPoint()))
    with qtbot.waitSignal(faces.personDropped) as told, qtbot.assertNotEmitted(faces.pictureDropped):
        assert drag_person(faces, at)
    assert told.args == [index, "0123456789ab"]


def test_a_person_dropped_onto_a_chip_goes_into_its_face(faces: Canvas, qtbot: QtBot) -> None:
    at = QPointF(chip(faces, 1).mapTo(faces, QPoint(8, 8)))
    with qtbot.waitSignal(faces.personDropped) as told:
        assert drag_person(faces, at)
    assert told.args == [1, "0123456789ab"]


def test_without_faces_no_person_is_taken(canvas: Canvas, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(canvas.personDropped):
        assert not drag_person(canvas, QPointF(200, 200))
