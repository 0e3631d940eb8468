"""Lasso, rectangle and ellipse."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from facea_desktop.ui.canvas.canvas import Canvas
from tests.gui.canvas.conftest import Hand, values

ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier


def test_a_rectangle_is_filled_from_corner_to_corner(canvas: Canvas, hand: Hand) -> None:
    canvas.choose_tool("rectangle")
    hand((300, 200), (150, 170), (100, 50))
    expected = np.zeros((300, 400), np.uint8)
    expected[50:200, 100:300] = 255
    assert (values(canvas) == expected).all()


def test_an_ellipse_has_its_area_and_stays_in_its_rectangle(canvas: Canvas, hand: Hand) -> None:
    canvas.choose_tool("ellipse")
    hand((100, 50), (300, 200))
    mask = values(canvas)
    assert mask.sum() / 255 == pytest.approx(np.pi * 100 * 75, rel=0.01)
    assert not mask[:, :99].any()
    assert not mask[52, 102]


def test_a_lasso_is_filled_and_closes_by_itself(canvas: Canvas, hand: Hand) -> None:
    canvas.choose_tool("lasso")
    hand((100, 50), (300, 50), (100, 250))
    mask = values(canvas)
    assert mask.sum() / 255 == pytest.approx(200 * 200 / 2, rel=0.01)
    assert mask[100, 150] == 255
    assert mask[200, 280] == 0


def test_a_lasso_that_crosses_itself_has_no_holes(canvas: Canvas, hand: Hand) -> None:
    canvas.choose_tool("lasso")
    corners = [(100, 50), (300, 50), (300, 250), (100, 250)]
    hand(*corners, *corners)
    assert values(canvas)[150, 200] == 255


@pytest.mark.parametrize("tool", ["rectangle", "ellipse", "lasso"])
@pytest.mark.parametrize("how", [{"held": ALT}, {"button": Qt.MouseButton.RightButton}])
def test_shapes_add_and_with_alt_or_the_right_button_subtract(
    canvas: Canvas, hand: Hand, tool: str, how: dict[str, object]
) -> None:
    canvas.choose_tool("rectangle")
    hand((50, 50), (200, 200))
    canvas.choose_tool(tool)
    way = [(150, 150), (350, 150), (350, 250), (150, 250)]
    way = [way[0], way[2]] if tool != "lasso" else way
    hand(*way)
    added = values(canvas)
    assert added[60, 60] == added[200, 250] == 255
    hand(*way, **how)
    taken = values(canvas)
    assert taken[200, 250] == 0
    assert taken[60, 60] == 255
    assert taken.sum() < added.sum()


def test_shift_makes_squares(canvas: Canvas, hand: Hand) -> None:
    canvas.choose_tool("rectangle")
    hand((100, 100), (200, 130), held=SHIFT)
    mask = values(canvas)
    assert mask[100:200, 100:200].all()
    assert mask.sum() == 255 * 100 * 100


def test_a_click_with_a_shape_changes_nothing(canvas: Canvas, hand: Hand) -> None:
    for tool in ("rectangle", "ellipse", "lasso"):
        canvas.choose_tool(tool)
        hand((100, 100))
    assert canvas.mask() is None
    assert canvas.undo_stack.count() == 0


def test_escape_ends_a_shape_and_lays_the_tool_down(canvas: Canvas, qtbot: QtBot, hand: Hand) -> None:
    canvas.choose_tool("rectangle")
    stage = canvas.view.viewport()
    qtbot.mousePress(stage, Qt.MouseButton.LeftButton, pos=canvas.view.mapFromScene(50, 50))
    qtbot.mouseMove(stage, canvas.view.mapFromScene(200, 200))
    assert not canvas._overlays.shape.boundingRect().isEmpty()
    qtbot.keyClick(canvas.view, Qt.Key.Key_Escape)
    qtbot.mouseRelease(stage, Qt.MouseButton.LeftButton, pos=canvas.view.mapFromScene(200, 200))
    assert canvas.mask() is None
    assert canvas.editor.tool == "pointer"
