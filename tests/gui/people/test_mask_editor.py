from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from facea_desktop.ui.people.face_picture import FaceView, outlines, pixels
from facea_desktop.ui.people.mask_editor import MaskEditor

SIDE = 64


def mask(white: int) -> QImage:
    """White from the left edge to ``white``."""
    made = QImage(SIDE, SIDE, QImage.Format.Format_Grayscale8)
    made.fill(0)
    for x in range(white):
        for y in range(SIDE):
            made.setPixelColor(x, y, Qt.GlobalColor.white)
    return made


@pytest.fixture
def editor(qtbot: QtBot) -> MaskEditor:
    crop = QImage(SIDE, SIDE, QImage.Format.Format_RGB32)
    crop.fill(Qt.GlobalColor.gray)
    made = MaskEditor("me.jpg", FaceView(crop, {"face": mask(40), "nose": mask(20)}))
    qtbot.addWidget(made)
    made.show()
    return made


def painted(editor: MaskEditor, part: str, white: int) -> None:
    editor.show_part(part)
    editor.canvas.set_mask(mask(white))
    editor.canvas.maskChanged.emit()


def white(image: QImage | None) -> int:
    return 0 if image is None else int((pixels(image)[0] > 127).sum())


def test_each_part_opens_with_its_own_mask(editor: MaskEditor) -> None:
    assert white(editor.canvas.mask()) == 40
    nose = editor.findChild(QAbstractButton, "part-nose")
    assert nose is not None
    nose.click()
    assert white(editor.canvas.mask()) == 20
    editor.show_part("mouth")  # it was not found
    assert editor.canvas.mask() is None


def test_what_was_painted_stays_when_another_part_is_chosen(editor: MaskEditor) -> None:
    painted(editor, "nose", 30)
    editor.show_part("face")
    editor.show_part("nose")
    assert white(editor.canvas.mask()) == 30


def test_done_hands_over_only_what_was_changed(editor: MaskEditor, qtbot: QtBot) -> None:
    painted(editor, "mouth", 10)
    editor.show_part("face")
    with qtbot.waitSignal(editor.finished), qtbot.waitSignal(editor.done) as told:
        editor.accept()
    assert told.args is not None
    (masks,) = told.args
    assert {part: white(image) for part, image in masks.items()} == {"mouth": 10}
    assert masks["mouth"].format() is QImage.Format.Format_Grayscale8


def test_an_empty_mask_is_refused_in_place(editor: MaskEditor, qtbot: QtBot) -> None:
    painted(editor, "nose", 0)
    with qtbot.assertNotEmitted(editor.done):
        editor.accept()
    assert editor.notice.text == "The mask of nose is empty. Paint it, or cancel to keep the previous one."


def press(editor: MaskEditor, name: str) -> None:
    found = editor.findChild(QAbstractButton, name)
    assert found is not None
    assert found.isVisible()
    found.click()


def test_escape_leaves_where_nothing_was_changed(editor: MaskEditor, qtbot: QtBot) -> None:
    editor.show_part("nose")
    with qtbot.assertNotEmitted(editor.done), qtbot.waitSignal(editor.finished):
        qtbot.keyClick(editor, Qt.Key.Key_Escape)


@pytest.mark.parametrize(("answer", "kept"), [("keepMasksButton", {"nose": 5}), ("discardMasksButton", {})])
def test_escape_asks_what_becomes_of_what_was_painted(
    editor: MaskEditor, qtbot: QtBot, answer: str, kept: dict[str, int]
) -> None:
    painted(editor, "nose", 5)
    with qtbot.assertNotEmitted(editor.finished):
        qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert "Keep or discard the changes?" in editor.notice.text
    told: list[dict[str, QImage]] = []
    editor.done.connect(told.append)
    with qtbot.waitSignal(editor.finished):
        press(editor, answer)
    assert [{part: white(image) for part, image in masks.items()} for masks in told] == ([kept] if kept else [])


def test_who_dismisses_the_question_paints_on(editor: MaskEditor, qtbot: QtBot) -> None:
    painted(editor, "nose", 5)
    keep = editor.findChild(QAbstractButton, "keepMasksButton")
    dismiss = editor.notice.findChild(QAbstractButton)
    assert keep is not None
    assert dismiss is not None
    for away in (dismiss.click, lambda: qtbot.keyClick(keep, Qt.Key.Key_Escape)):
        qtbot.keyClick(editor, Qt.Key.Key_Escape)
        assert keep.isVisible()
        with qtbot.assertNotEmitted(editor.finished):
            away()
        assert not keep.isVisible()
        assert editor.notice.text == ""
    assert white(editor.canvas.mask()) == 5


def test_escape_on_the_canvas_lays_the_tool_down_and_keeps_the_stroke(editor: MaskEditor, qtbot: QtBot) -> None:
    editor.resize(700, 700)
    QApplication.processEvents()
    editor.show_part("mouth")
    editor.canvas.view.fit()
    view = editor.canvas.view.viewport()
    middle = editor.canvas.view.viewportTransform().map(QPoint(SIDE // 2, SIDE // 2))
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=middle)
    with qtbot.assertNotEmitted(editor.finished):
        qtbot.keyClick(editor.canvas.view, Qt.Key.Key_Escape)
    assert editor.canvas.editor.tool == "pointer"
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=middle)
    stroke = editor.canvas.mask()
    assert stroke is not None
    assert pixels(stroke)[SIDE // 2, SIDE // 2] > 127
    with qtbot.assertNotEmitted(editor.finished):
        qtbot.keyClick(editor.canvas.view, Qt.Key.Key_Escape)
    assert editor.notice.text
    assert editor.canvas.mask() == stroke


def test_outlines_have_a_line_at_the_rim_and_a_tint_inside() -> None:
    drawn = outlines({"nose": mask(SIDE // 2)}, SIDE)
    alpha = np.array([drawn.pixelColor(x, SIDE // 2).alpha() for x in range(SIDE)])
    assert alpha[SIDE // 2 - 1] == 255
    assert 0 < alpha[SIDE // 4] < 128
    assert alpha[SIDE // 2 + 4] == 0
