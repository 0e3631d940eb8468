"""Zoom and pan: what lies under the pointer stays there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPointingDevice, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from facea_desktop.ui.canvas.canvas import Canvas
from facea_desktop.ui.canvas.picture_item import Pyramid, halves
from tests.gui.canvas.conftest import colour_at, on_stage, plain

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
MOUSE, PAD = None, QPointingDevice.DeviceType.TouchPad


def wheel(
    canvas: Canvas, at: QPointF, turned: QPoint, held: Qt.KeyboardModifier = NONE, pixels: QPoint | None = None
) -> None:
    stage = canvas.view.viewport()
    phase = Qt.ScrollPhase.NoScrollPhase if pixels is None else Qt.ScrollPhase.ScrollUpdate
    where = stage.mapToGlobal(at)
    event = QWheelEvent(at, where, pixels or QPoint(), turned, Qt.MouseButton.NoButton, held, phase, False)
    QApplication.sendEvent(stage, event)


@pytest.mark.parametrize("at", [(10, 10), (330, 240), (690, 500)])
@pytest.mark.parametrize("held", [NONE, CONTROL])
def test_the_wheel_zooms_about_the_pointer(canvas: Canvas, at: tuple[int, int], held: Qt.KeyboardModifier) -> None:
    point = QPointF(*at)
    for turned in (120, 120, 120, 120, 120, 120, -120, -120, -120, -120, -120, -120, -120, -120):
        before, zoom = canvas.view.to_picture(point), canvas.view.zoom
        wheel(canvas, point, QPoint(0, turned), held)
        assert (canvas.view.zoom > zoom) == (turned > 0)
        away = on_stage(canvas, before.x(), before.y()) - point
        assert max(abs(away.x()), abs(away.y())) <= 0.6


def test_zoom_has_no_end_worth_speaking_of(canvas: Canvas) -> None:
    point = QPointF(300, 200)
    before = canvas.view.to_picture(point)
    for _ in range(40):
        wheel(canvas, point, QPoint(0, 120))
    assert canvas.view.zoom > 500
    assert abs(canvas.view.to_picture(point).x() - before.x()) < 1
    for _ in range(80):
        wheel(canvas, point, QPoint(0, -120))
    assert canvas.view.zoom < 0.01


def test_two_fingers_move_the_picture_and_with_control_they_zoom(canvas: Canvas) -> None:
    before = on_stage(canvas, 0, 0)
    wheel(canvas, QPointF(300, 200), QPoint(-40, -80), pixels=QPoint(-20, -40))
    assert canvas.view.zoom == 1
    assert on_stage(canvas, 0, 0) - before == QPointF(-20, -40)
    wheel(canvas, QPointF(300, 200), QPoint(0, 120), CONTROL, pixels=QPoint(0, 40))
    assert canvas.view.zoom > 1


@pytest.mark.parametrize("how", ["space", "middle", "pointer"])
def test_dragging_pans_with_space_with_the_middle_button_and_with_the_pointer(
    canvas: Canvas, qtbot: QtBot, how: str
) -> None:
    canvas.choose_tool("pointer" if how == "pointer" else "brush")
    stage, before = canvas.view.viewport(), on_stage(canvas, 0, 0)
    button = Qt.MouseButton.MiddleButton if how == "middle" else Qt.MouseButton.LeftButton
    if how == "space":
        qtbot.keyPress(canvas.view, Qt.Key.Key_Space)
    qtbot.mousePress(stage, button, pos=QPoint(200, 200))
    qtbot.mouseMove(stage, QPoint(230, 185))
    qtbot.mouseMove(stage, QPoint(260, 170))
    qtbot.mouseRelease(stage, button, pos=QPoint(260, 170))
    if how == "space":
        qtbot.keyRelease(canvas.view, Qt.Key.Key_Space)
    assert on_stage(canvas, 0, 0) - before == QPointF(60, -30)
    assert canvas.mask() is None


@pytest.mark.parametrize("key", [Qt.Key.Key_F, Qt.Key.Key_0])
def test_f_and_0_fit_the_picture_and_it_stays_fitted(canvas: Canvas, qtbot: QtBot, key: Qt.Key) -> None:
    qtbot.keyClick(canvas.view, key)
    for size in (QSize(720, 560), QSize(1000, 420)):
        canvas.resize(size)
        QApplication.processEvents()
        shown = canvas.view.viewportTransform().mapRect(QRectF(canvas.picture().rect()))
        stage = canvas.view.viewport().rect()
        assert stage.contains(shown.toAlignedRect())
        assert min(stage.width() - shown.width(), stage.height() - shown.height()) == pytest.approx(48, abs=1)
        assert (shown.center() - QPointF(stage.center())).manhattanLength() < 3


def test_1_is_100_percent_and_plus_and_minus_zoom(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.view.fit()
    qtbot.keyClick(canvas.view, Qt.Key.Key_1)
    assert canvas.view.zoom == 1
    assert canvas.commands["actual-size"].associatedObjects()
    assert "100 %" in [one.text() for one in canvas.bar.findChildren(QToolButton)]
    qtbot.keyClick(canvas.view, Qt.Key.Key_Plus)
    assert canvas.view.zoom > 1
    qtbot.keyClick(canvas.view, Qt.Key.Key_Minus)
    assert canvas.view.zoom == pytest.approx(1)


def test_a_picture_of_the_same_size_keeps_the_view_another_is_fitted(canvas: Canvas) -> None:
    canvas.view.zoom_to(3, QPointF(200, 200))
    before = on_stage(canvas, 0, 0)
    canvas.set_picture(plain("#336699"))
    assert canvas.view.zoom == pytest.approx(3)
    assert on_stage(canvas, 0, 0) == before
    canvas.set_picture(plain("#336699", 200, 900))
    assert canvas.view.fitted


def test_far_in_pixels_are_squares(canvas: Canvas) -> None:
    picture = plain("#000000")
    picture.setPixelColor(200, 150, QColor("#ffffff"))
    canvas.set_picture(picture)
    canvas.view.zoom_to(16, on_stage(canvas, 200, 150))
    assert colour_at(canvas, 200.1, 150.5) == QColor("#ffffff")
    assert colour_at(canvas, 199.9, 150.5) == QColor("#000000")


def test_far_out_fine_patterns_become_their_mean(canvas: Canvas, qtbot: QtBot) -> None:
    stripes = QImage(1600, 1200, QImage.Format.Format_RGB32)
    stripes.fill(QColor("#000000"))
    for x in range(0, 1600, 2):
        for y in range(0, 1200, 300):  # enough rows to look at one
            stripes.setPixelColor(x, y, QColor("#ffffff"))
    levels = halves(stripes.copy(0, 0, 1600, 1))
    assert levels[1].pixelColor(100, 0).red() == pytest.approx(128, abs=2)
    pyramid = Pyramid(stripes)
    with qtbot.waitSignal(pyramid.ready):
        pass
    assert pyramid.level(0.5).width() == 800
    assert pyramid.level(0.13).width() == 400
    assert pyramid.level(3).width() == 1600
    assert pyramid.level(1e-6).width() <= 128


def test_see_through_pictures_stand_on_a_checker(canvas: Canvas) -> None:
    clear = QImage(400, 300, QImage.Format.Format_ARGB32)
    clear.fill(0)
    canvas.set_picture(clear)
    seen = {colour_at(canvas, x, 100).name() for x in range(0, 40, 4)}
    assert seen == {"#cdcdcd", "#969696"}


def test_double_presses_paint_twice(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.choose_tool("brush")
    stage = canvas.view.viewport()
    qtbot.mouseDClick(stage, Qt.MouseButton.LeftButton, pos=on_stage(canvas, 100, 100).toPoint())
    qtbot.mouseRelease(stage, Qt.MouseButton.LeftButton, pos=on_stage(canvas, 100, 100).toPoint())
    assert canvas.mask() is not None
