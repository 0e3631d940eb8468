"""Brush and eraser, by mouse, pen and keys."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QPointingDeviceUniqueId, QTabletEvent
from PySide6.QtWidgets import QApplication, QSlider
from pytestqt.qtbot import QtBot

from facea_desktop.ui.canvas.canvas import Canvas
from tests.gui.canvas.conftest import Hand, on_stage, values

ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def brush(canvas: Canvas) -> Canvas:
    canvas.choose_tool("brush")
    canvas.editor.brush.set_size(40)
    canvas.editor.brush.set_hardness(1)
    return canvas


@pytest.mark.parametrize("size", [1, 5, 40, 121])
def test_a_dab_of_a_hard_brush_is_a_disc_of_its_size(brush: Canvas, hand: Hand, size: int) -> None:
    brush.editor.brush.set_size(size)
    hand((200.5, 150.5))
    mask = values(brush)
    assert mask[150, 200] > 200
    assert mask.sum() / 255 == pytest.approx(np.pi * size**2 / 4, rel=0.06, abs=0.6)
    assert mask[150].astype(int).sum() / 255 == pytest.approx(size, abs=1)


def test_a_soft_brush_fades_and_a_hard_one_does_not(brush: Canvas, hand: Hand) -> None:
    hand((100, 150))
    brush.editor.brush.set_hardness(0)
    hand((300, 150))
    mask = values(brush)
    assert mask[150, 100 + 15] == 255
    assert 10 < mask[150, 300 + 15] < 120
    assert mask[150, 300] > 250


def test_a_stroke_covers_its_way_without_gaps_or_bulges(brush: Canvas, hand: Hand) -> None:
    hand((60, 150), (340, 150))
    mask = values(brush)
    assert (mask[132:168, 60:340] == 255).all()
    assert not mask[:129].any()
    assert not mask[171:].any()


def test_many_small_moves_paint_what_one_long_move_paints(brush: Canvas, hand: Hand) -> None:
    hand((60, 150), (340, 150))
    long = values(brush)
    brush.set_mask(None)
    hand(*((60 + x, 150) for x in range(281)))
    assert np.abs(values(brush).astype(int) - long).max() <= 60
    assert (values(brush) == long).mean() > 0.995


def test_soft_strokes_over_each_other_do_not_grow_darker(brush: Canvas, hand: Hand) -> None:
    brush.editor.brush.set_hardness(0)
    hand((200, 150))
    once = values(brush)
    hand((200, 150))
    assert (values(brush) == once).all()


def test_the_eraser_takes_away_what_it_touches_and_nothing_else(brush: Canvas, hand: Hand) -> None:
    hand((60, 150), (340, 150))
    before = values(brush)
    brush.choose_tool("eraser")
    hand((200, 150))
    mask = values(brush)
    assert not mask[140:160, 190:210].any()
    assert (mask[:, :175] == before[:, :175]).all()


@pytest.mark.parametrize("how", [{"held": ALT}, {"button": Qt.MouseButton.RightButton}])
def test_alt_and_the_right_button_make_the_brush_erase(brush: Canvas, hand: Hand, how: dict[str, object]) -> None:
    hand((200, 150))
    brush.editor.brush.set_size(44)  # rims are soft by a pixel
    hand((200, 150), **how)
    assert brush.mask() is None


def test_shift_draws_a_straight_line_from_the_last_stroke(brush: Canvas, hand: Hand) -> None:
    hand((60, 60))
    hand((340, 240), held=SHIFT)
    assert values(brush)[150, 200] == 255


def test_strokes_over_the_edge_are_cut_there(brush: Canvas, hand: Hand) -> None:
    hand((-30, -30), (5, 5))
    mask = values(brush)
    assert mask[0, 0] == 255
    assert not mask[:, 100:].any()


def test_no_mask_changes_while_the_pointer_is_in_hand(brush: Canvas, hand: Hand) -> None:
    brush.choose_tool("pointer")
    hand((60, 150), (340, 150))
    assert brush.mask() is None


def test_x_swaps_brush_and_eraser(brush: Canvas, qtbot: QtBot) -> None:
    qtbot.keyClick(brush.view, Qt.Key.Key_X)
    assert brush.editor.tool == "eraser"
    qtbot.keyClick(brush.view, Qt.Key.Key_X)
    assert brush.editor.tool == "brush"
    assert brush.commands["brush"].isChecked()


def test_brackets_change_size_and_with_shift_hardness(brush: Canvas, qtbot: QtBot) -> None:
    one = brush.editor.brush
    qtbot.keyClick(brush.view, Qt.Key.Key_BracketRight)
    assert one.size > 40
    qtbot.keyClick(brush.view, Qt.Key.Key_BracketLeft)
    qtbot.keyClick(brush.view, Qt.Key.Key_BracketLeft)
    assert one.size < 40
    qtbot.keyClick(brush.view, Qt.Key.Key_BracketLeft, SHIFT)
    assert one.hardness == pytest.approx(0.9)
    qtbot.keyClick(brush.view, Qt.Key.Key_BracketRight, SHIFT)
    assert one.hardness == 1


def test_the_smallest_brush_still_grows_and_the_largest_stays(brush: Canvas) -> None:
    one = brush.editor.brush
    one.set_size(0)
    assert one.size == 1
    one.larger(1)
    assert one.size == 2
    one.set_size(1e9)
    one.larger(1)
    assert one.size == 1000


def test_sliders_show_only_with_brush_and_eraser_and_follow_both_ways(brush: Canvas) -> None:
    card = brush.findChild(object, "brushCard")
    size, hardness = (brush.findChild(QSlider, name) for name in ("brushSize", "brushHardness"))
    hardness.setValue(35)
    size.setValue(size.maximum())
    assert brush.editor.brush.hardness == pytest.approx(0.35)
    assert brush.editor.brush.size == 1000
    brush.editor.brush.set_hardness(0.5)
    assert hardness.value() == 50
    shown = {}
    for tool in ("pointer", "brush", "eraser", "lasso"):
        brush.choose_tool(tool)
        shown[tool] = card.isVisible()
    assert shown == {"pointer": False, "brush": True, "eraser": True, "lasso": False}


def test_the_ring_shows_the_brushs_size_where_the_pointer_is(brush: Canvas, qtbot: QtBot) -> None:
    qtbot.mouseMove(brush.view.viewport(), on_stage(brush, 200, 150).toPoint())
    qtbot.mouseMove(brush.view.viewport(), on_stage(brush, 210, 150).toPoint())
    ring = brush._overlays.ring
    assert ring.isVisible()
    assert ring.pos().x() == pytest.approx(210, abs=1)
    assert 40 <= ring.boundingRect().width() < 50
    brush.choose_tool("lasso")
    assert not ring.isVisible()


def test_pressure_of_a_pen_scales_the_brush(brush: Canvas) -> None:
    _pen(brush, [(100, 150)], 1.0)
    _pen(brush, [(300, 150)], 0.5)
    mask = values(brush).astype(int)
    assert mask[150, :200].sum() / 255 == pytest.approx(40, abs=1.5)
    assert mask[150, 200:].sum() / 255 == pytest.approx(20, abs=1.5)


def test_a_pen_stroke_is_one_step_back_and_is_not_drawn_twice(brush: Canvas) -> None:
    _pen(brush, [(100, 150), (200, 150), (300, 150)], 0.7)
    assert brush.undo_stack.count() == 1
    assert values(brush)[150, 200] == 255


def test_the_other_end_of_a_pen_erases(brush: Canvas, hand: Hand) -> None:
    hand((200, 150))
    brush.editor.brush.set_size(44)
    _pen(brush, [(200, 150)], 1.0, QPointingDevice.PointerType.Eraser)
    assert brush.mask() is None


def _pen(
    canvas: Canvas,
    points: list[tuple[float, float]],
    pressure: float,
    end: QPointingDevice.PointerType = QPointingDevice.PointerType.Pen,
) -> None:
    kinds = QInputDevice.DeviceType, QInputDevice.Capability
    able = kinds[1].Position | kinds[1].Pressure
    device = QPointingDevice("pen", 1, kinds[0].Stylus, end, able, 1, 1, "", QPointingDeviceUniqueId())
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    steps = [(QEvent.Type.TabletPress, points[0], pressure, left, left)]
    steps += [(QEvent.Type.TabletMove, point, pressure, none, left) for point in points[1:]]
    steps += [(QEvent.Type.TabletRelease, points[-1], 0.0, left, none)]
    stage = canvas.view.viewport()
    for kind, point, force, button, down in steps:
        at = on_stage(canvas, *point)
        where = QPointF(stage.mapToGlobal(QPoint(0, 0))) + at
        no_keys = Qt.KeyboardModifier.NoModifier
        event = QTabletEvent(kind, device, at, where, force, 0.0, 0.0, 0.0, 0.0, 0.0, no_keys, button, down)
        event.ignore()
        QApplication.sendEvent(stage, event)
        assert event.isAccepted()
