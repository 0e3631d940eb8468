"""Saying who is meant in a photo, and what is cut out of it, with the mouse and with keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from facea_desktop.domain.faces import FACE_PART, LEAST_FACE_PART, MOST_FACE_PART, Attribute, Box, Face
from facea_desktop.domain.photo_requests import Frame
from facea_desktop.ui.people.crop_editor import CropEditor

LEFT = Face(Box(100, 100, 300, 340), {}, 1)
RIGHT = Face(Box(500, 120, 680, 320), {}, 1)
EYES = {Attribute.LEFT_EYE: Box(540, 180, 560, 200), Attribute.RIGHT_EYE: Box(600, 220, 620, 240)}
LEANING = Face(Box(500, 120, 680, 320), EYES, 1)


def editor_of(qtbot: QtBot, faces: tuple[Face, ...], *said: object) -> CropEditor:
    photo = QImage(400, 200, QImage.Format.Format_RGB32)  # shown from a smaller copy
    photo.fill(Qt.GlobalColor.gray)
    editor = CropEditor("group.jpg", photo, QSize(800, 400), faces, *said)  # type: ignore[arg-type]
    qtbot.addWidget(editor)
    editor.resize(900, 600)
    editor.show()
    return editor


def drag(qtbot: QtBot, editor: CropEditor, start: QPointF, by: QPoint) -> None:
    left, view = Qt.MouseButton.LeftButton, editor.view
    qtbot.mousePress(view, left, pos=start.toPoint())
    qtbot.mouseMove(view, start.toPoint() + by)
    qtbot.mouseRelease(view, left, pos=start.toPoint() + by)


def frame_of(editor: CropEditor) -> Frame:
    assert editor.view.frame is not None
    return editor.view.frame


def test_a_click_says_who_is_meant(qtbot: QtBot) -> None:
    editor = editor_of(qtbot, (LEFT, RIGHT))
    done = editor.findChild(object, "acceptCropButton")
    assert not done.isEnabled()
    qtbot.mouseClick(editor.view, Qt.MouseButton.LeftButton, pos=editor.view.place_of(1).center().toPoint())
    with qtbot.waitSignal(editor.done) as heard:
        done.click()
    face, frame = heard.args
    assert face == 1
    assert frame.side == pytest.approx(200 / FACE_PART)
    assert frame.x == pytest.approx(590)
    assert frame.y < 220


def test_a_corner_that_is_dragged_leaves_the_one_across_where_it_is(qtbot: QtBot) -> None:
    editor = editor_of(qtbot, (LEFT, RIGHT), 0)
    before, corners = frame_of(editor), editor.view.corners()
    drag(qtbot, editor, corners[2], QPoint(30, 30))
    after = frame_of(editor)
    assert after.side > before.side + 10
    assert editor.view.corners()[0].x() == pytest.approx(corners[0].x(), abs=0.01)
    assert editor.view.corners()[0].y() == pytest.approx(corners[0].y(), abs=0.01)


def test_the_square_is_moved_but_keeps_the_face(qtbot: QtBot) -> None:
    editor = editor_of(qtbot, (LEFT,), 0, Frame(x=200, y=200, side=300))
    middle = editor.view.place_of(0).center()
    drag(qtbot, editor, middle, QPoint(20, 0))
    assert frame_of(editor).x > 205
    drag(qtbot, editor, middle, QPoint(2000, 0))
    assert 200 < frame_of(editor).x <= 200 + 150
    before = frame_of(editor)
    qtbot.keyClick(editor.view, Qt.Key.Key_Up)
    assert frame_of(editor).y < before.y


@pytest.mark.parametrize(("key", "part"), [(Qt.Key.Key_Plus, LEAST_FACE_PART), (Qt.Key.Key_Minus, MOST_FACE_PART)])
def test_the_square_never_becomes_what_is_refused(qtbot: QtBot, key: Qt.Key, part: float) -> None:
    editor = editor_of(qtbot, (LEFT,), 0)
    for _ in range(40):
        qtbot.keyClick(editor.view, key)
    assert LEFT.box.side / frame_of(editor).side == pytest.approx(part)


def test_reset_returns_to_the_usual_square_and_escape_changes_nothing(qtbot: QtBot) -> None:
    editor = editor_of(qtbot, (LEFT,), 0, Frame(x=210, y=200, side=300))
    editor.findChild(object, "resetCropButton").click()
    assert frame_of(editor).side == pytest.approx(240 / FACE_PART)
    with qtbot.assertNotEmitted(editor.done), qtbot.waitSignal(editor.finished):
        qtbot.keyClick(editor, Qt.Key.Key_Escape)


def test_the_square_leans_with_the_face(qtbot: QtBot) -> None:
    straight, leaning = (editor_of(qtbot, (face,), 0).view.corners() for face in (RIGHT, LEANING))
    assert straight[0].y() == pytest.approx(straight[1].y())
    assert leaning[1].y() > leaning[0].y() + 20
