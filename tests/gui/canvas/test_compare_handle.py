"""Before and after."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QToolButton
from pytestqt.qtbot import QtBot

from facea_desktop.ui.canvas.canvas import Canvas
from facea_desktop.ui.canvas.compare_handle import CompareHandle
from tests.gui.canvas.conftest import colour_at, on_stage, plain
from tests.gui.conftest import visible_text

BEFORE, AFTER = "#204060", "#c0a020"


@pytest.fixture
def compared(canvas: Canvas) -> Canvas:
    canvas.set_picture(plain(BEFORE))
    canvas.set_result(plain(AFTER))
    canvas.show_compare(True)
    return canvas


def handle(canvas: Canvas) -> CompareHandle:
    found = canvas.findChild(CompareHandle, "compareHandle")
    assert found is not None
    return found


def seen(canvas: Canvas, *xs: int) -> list[str]:
    return [colour_at(canvas, x, 250).name() for x in xs]


def drag(canvas: Canvas, qtbot: QtBot, to: float) -> None:
    grip, start = handle(canvas), QPoint(16, 100)
    by = round(on_stage(canvas, to, 0).x()) - grip.mapTo(canvas.view.viewport(), start).x()
    qtbot.mousePress(grip, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(grip, start + QPoint(by, 0))
    qtbot.mouseRelease(grip, Qt.MouseButton.LeftButton, pos=start)


def test_left_is_before_and_right_is_after(compared: Canvas) -> None:
    assert seen(compared, 20, 170, 230, 380) == [BEFORE, BEFORE, AFTER, AFTER]


def test_dragging_the_handle_moves_the_border_and_a_double_click_puts_it_back(compared: Canvas, qtbot: QtBot) -> None:
    drag(compared, qtbot, 100)
    assert handle(compared).split == pytest.approx(0.25, abs=0.01)
    assert seen(compared, 60, 140) == [BEFORE, AFTER]
    qtbot.mouseDClick(handle(compared), Qt.MouseButton.LeftButton)
    assert seen(compared, 170, 230) == [BEFORE, AFTER]


def test_it_cannot_be_dragged_out_of_the_picture(compared: Canvas, qtbot: QtBot) -> None:
    drag(compared, qtbot, 900)
    assert handle(compared).split == 1
    assert seen(compared, 20, 370) == [BEFORE, BEFORE]
    drag(compared, qtbot, -900)
    assert handle(compared).split == 0
    assert seen(compared, 30, 380) == [AFTER, AFTER]


def test_keys_move_it(compared: Canvas, qtbot: QtBot) -> None:
    for _ in range(10):
        qtbot.keyClick(handle(compared), Qt.Key.Key_Left)
    assert handle(compared).split == pytest.approx(0.3)
    assert seen(compared, 90, 160) == [BEFORE, AFTER]
    qtbot.keyClick(handle(compared), Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert handle(compared).split == pytest.approx(0.4)
    assert "40 %" in handle(compared).accessibleName()
    qtbot.keyClick(handle(compared), Qt.Key.Key_Home)
    assert handle(compared).split == 0.5


def test_the_labels_stand_on_their_sides(compared: Canvas) -> None:
    before, after = handle(compared)._before, handle(compared)._after
    middle = on_stage(compared, 200, 0).x()
    assert before.isVisible()
    assert after.isVisible()
    assert before.geometry().right() < middle < after.geometry().left()
    handle(compared).set_split(0.02)
    assert not before.isVisible()
    assert after.isVisible()


def test_zoomed_in_the_handle_stays_within_reach(compared: Canvas) -> None:
    compared.view.zoom_to(20, on_stage(compared, 10, 150))
    stage = compared.view.viewport().rect()
    assert handle(compared).isVisible()
    assert stage.contains(handle(compared).geometry().center())


def test_compare_can_be_switched_off_and_then_the_result_stands_alone(compared: Canvas, qtbot: QtBot) -> None:
    qtbot.mouseClick(compared.findChild(QAbstractButton, "canvasCompareButton"), Qt.MouseButton.LeftButton)
    assert seen(compared, 20, 380) == [AFTER, AFTER]
    assert not handle(compared).isVisible()
    qtbot.keyClick(compared.view, Qt.Key.Key_C)
    assert seen(compared, 20, 380) == [BEFORE, AFTER]


def test_the_before_button_shows_the_picture_while_it_is_held(compared: Canvas, qtbot: QtBot) -> None:
    held = compared.findChild(QToolButton, "beforeButton")
    qtbot.mousePress(held, Qt.MouseButton.LeftButton)
    assert seen(compared, 20, 380) == [BEFORE, BEFORE]
    assert not handle(compared).isVisible()
    qtbot.mouseRelease(held, Qt.MouseButton.LeftButton)
    assert seen(compared, 20, 380) == [BEFORE, AFTER]


def test_backslash_shows_the_picture_while_it_is_held(compared: Canvas, qtbot: QtBot) -> None:
    qtbot.keyPress(compared.view, Qt.Key.Key_Backslash)
    assert seen(compared, 20, 380) == [BEFORE, BEFORE]
    qtbot.keyRelease(compared.view, Qt.Key.Key_Backslash)
    assert seen(compared, 20, 380) == [BEFORE, AFTER]


def test_there_is_nothing_to_compare_without_a_result(canvas: Canvas) -> None:
    assert not handle(canvas).isVisible()
    assert not canvas.findChild(QToolButton, "beforeButton").isVisible()
    canvas.set_picture(None)
    canvas.set_result(plain(AFTER))
    assert not handle(canvas).isVisible()
    assert seen(canvas, 20, 380) == [AFTER, AFTER]


def test_a_larger_result_is_stretched_over_the_picture(canvas: Canvas) -> None:
    canvas.set_picture(plain(BEFORE))
    canvas.set_result(plain(AFTER, 800, 600))
    canvas.show_compare(True)
    assert seen(canvas, 20, 380) == [BEFORE, AFTER]
    assert colour_at(canvas, 410, 250).name() != AFTER


def test_a_preview_covers_the_picture_until_the_result_comes(compared: Canvas) -> None:
    small = QImage(8, 6, QImage.Format.Format_RGB32)
    small.fill("#ff00ff")
    compared.set_picture(plain(BEFORE))
    compared.set_preview(small)
    assert seen(compared, 20, 380) == ["#ff00ff", "#ff00ff"]
    compared.set_result(plain(AFTER))
    assert seen(compared, 20, 380) == [BEFORE, AFTER]


def test_a_preview_needs_no_picture(canvas: Canvas) -> None:
    canvas.set_picture(None)
    canvas.set_preview(plain("#ff00ff", 64, 64))
    assert colour_at(canvas, 32, 32).name() == "#ff00ff"
    assert canvas.picture() is None
    canvas.set_preview(None)
    assert "Your picture appears here" in visible_text(canvas)
