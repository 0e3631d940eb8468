"""The way back: bit for bit, and no more memory than what changed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from facea_desktop.ui.canvas.canvas import Canvas
from facea_desktop.ui.canvas.mask_operations import Operation
from facea_desktop.ui.canvas.mask_undo import TILE, TileEdit
from tests.gui.canvas.conftest import Hand, plain, values

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def test_every_step_back_and_forth_is_bit_for_bit(canvas: Canvas, hand: Hand, qtbot: QtBot) -> None:
    states = [values(canvas)]
    canvas.editor.brush.set_hardness(0.3)
    for tool, way in (
        ("brush", [(50, 50), (200, 120), (220, 250)]),
        ("eraser", [(100, 20), (100, 200)]),
        ("ellipse", [(210, 110), (390, 290)]),
        ("lasso", [(10, 10), (90, 20), (40, 120)]),
    ):
        canvas.choose_tool(tool)
        hand(*way)
        states.append(values(canvas))
    for operation in (Operation.FEATHER, Operation.GROW, Operation.INVERT, Operation.SHRINK, Operation.CLEAR):
        canvas.commands[operation].trigger()
        states.append(values(canvas))
    assert canvas.undo_stack.count() == len(states) - 1
    for state in reversed(states[:-1]):
        qtbot.keyClick(canvas.view, Qt.Key.Key_Z, CONTROL)
        assert (values(canvas) == state).all()
    for state in states[1:]:
        qtbot.keyClick(canvas.view, Qt.Key.Key_Z, CONTROL | SHIFT)
        assert (values(canvas) == state).all()


def test_a_stroke_is_one_step_however_many_moves_it_has(canvas: Canvas, hand: Hand) -> None:
    canvas.choose_tool("brush")
    hand(*((20 + x, 150) for x in range(0, 360, 3)))
    assert canvas.undo_stack.count() == 1
    assert canvas.undo_stack.undoText() == "Brush"


def test_a_stroke_on_a_large_picture_touches_only_its_tiles(canvas: Canvas, hand: Hand) -> None:
    canvas.set_picture(plain("#808080", 4096, 4096))
    canvas.choose_tool("brush")
    canvas.editor.brush.set_size(40)
    canvas.view.zoom_to(1)
    layer = canvas.editor.layer
    assert layer is not None
    dirty = []
    layer.painted.connect(dirty.append)
    hand((2000, 2000), (2100, 2000))
    edit = canvas.undo_stack.command(0)
    assert isinstance(edit, TileEdit)
    touched = {(tile.row, tile.column) for tile in edit.tiles}
    assert touched == {(30, 31), (30, 32), (31, 30), (31, 31), (31, 32), (31, 33)}
    assert edit.size <= 2 * len(touched) * TILE * TILE
    assert all(one.top() > 1970 and one.bottom() < 2030 for one in dirty[:-1])


def test_undo_keeps_tiles_and_not_pictures(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.set_picture(plain("#808080", 2048, 2048))
    canvas.editor.operate(Operation.INVERT, 1)
    qtbot.waitUntil(lambda: not canvas.editor.busy)
    edit = canvas.undo_stack.command(0)
    assert isinstance(edit, TileEdit)
    assert len(edit.tiles) == 32 * 32
    assert edit.size == 0  # tiles of one value are kept as that value
    assert values(canvas).min() == 255


def test_what_changes_nothing_is_no_step(canvas: Canvas, hand: Hand) -> None:
    canvas.choose_tool("eraser")
    hand((100, 100), (200, 200))
    canvas.editor.operate(Operation.CLEAR, 1)
    canvas.editor.operate(Operation.GROW, 4)
    assert canvas.undo_stack.count() == 0


def test_mask_changed_is_told_once_for_each_step_and_each_way_back(canvas: Canvas, hand: Hand, qtbot: QtBot) -> None:
    told = []
    canvas.maskChanged.connect(lambda: told.append(canvas.mask() is not None))
    canvas.choose_tool("brush")
    hand((50, 50), (100, 100), (150, 150))
    canvas.commands["undo"].trigger()
    canvas.commands["redo"].trigger()
    canvas.commands["clear"].trigger()
    assert told == [True, False, True, False]


def test_a_mask_from_outside_begins_a_new_way_and_is_no_change(canvas: Canvas, hand: Hand, qtbot: QtBot) -> None:
    canvas.choose_tool("brush")
    hand((50, 50), (100, 100))
    mask = QImage(400, 300, QImage.Format.Format_Grayscale8)
    mask.fill(77)
    with qtbot.assertNotEmitted(canvas.maskChanged):
        canvas.set_mask(mask)
    assert canvas.undo_stack.count() == 0
    assert (values(canvas) == 77).all()
    assert not canvas.commands["undo"].isEnabled()


def test_undo_in_the_middle_of_a_stroke_takes_that_stroke_back(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.choose_tool("brush")
    stage = canvas.view.viewport()
    qtbot.mousePress(stage, Qt.MouseButton.LeftButton, pos=canvas.view.mapFromScene(50, 50))
    qtbot.mouseMove(stage, canvas.view.mapFromScene(200, 200))
    canvas.editor.undo()
    qtbot.mouseRelease(stage, Qt.MouseButton.LeftButton, pos=canvas.view.mapFromScene(200, 200))
    assert canvas.mask() is None
