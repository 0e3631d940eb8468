"""Grow, shrink, feather, invert and clear."""

from __future__ import annotations

import logging
import threading

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from facea_desktop.ui.canvas import mask_editing
from facea_desktop.ui.canvas.canvas import Canvas
from facea_desktop.ui.canvas.mask_operations import Operation, apply, feathered, grown, region, shrunk
from tests.gui.canvas.conftest import Hand, plain, values


def disc(radius: int, side: int = 201) -> np.ndarray:
    y, x = np.mgrid[:side, :side] - side // 2
    return np.where(np.hypot(x, y) <= radius, 255, 0).astype(np.uint8)


@pytest.mark.parametrize("pixels", [1, 2, 3, 7, 16, 40])
def test_grow_reaches_as_far_as_it_says_in_every_direction(pixels: int) -> None:
    dot = np.zeros((121, 121), np.uint8)
    dot[60, 60] = 255
    y, x = np.nonzero(grown(dot, pixels))
    assert (x.min(), x.max(), y.min(), y.max()) == (60 - pixels, 60 + pixels, 60 - pixels, 60 + pixels)
    far = np.hypot(x - 60, y - 60)
    assert far.max() <= pixels * 1.13 + 0.75
    inside = np.hypot(*(np.mgrid[:121, :121] - 60)) <= pixels * 0.9
    assert grown(dot, pixels)[inside].all()


def test_grow_keeps_soft_greys() -> None:
    soft = np.zeros((50, 50), np.uint8)
    soft[20:30, 20:30] = 90
    assert set(np.unique(grown(soft, 5))) == {0, 90}


def test_shrink_undoes_grow_on_a_disc() -> None:
    start = disc(40)
    back = shrunk(grown(start, 12), 12)
    assert (back >= start).all()
    assert (back != start).mean() < 0.005


def test_shrink_leaves_what_touches_the_pictures_edge_there() -> None:
    half = np.zeros((60, 60), np.uint8)
    half[:, :30] = 255
    small = shrunk(half, 5)
    assert small[:, :25].all()
    assert not small[:, 25:].any()


def test_feather_gives_soft_greys_about_the_edge_only() -> None:
    soft = feathered(disc(60), 10)
    row = soft[100].astype(int)
    assert row[100] == 255
    assert row[10] == 0
    edge = row[140:180]
    assert len(np.unique(edge)) > 8
    assert row[160] == pytest.approx(128, abs=25)
    assert (np.diff(edge) <= 0).all()


@pytest.mark.parametrize("operation", list(Operation))
def test_working_on_the_bounding_box_gives_what_the_whole_picture_would(operation: Operation) -> None:
    mask = np.zeros((500, 700), np.uint8)
    mask[200:300, 350:420] = 255
    mask[210:220, 0:9] = 130
    top, left, bottom, right = region(mask, operation, 9)
    whole, part = mask.copy(), mask.copy()
    for tiles, target in (
        (apply(mask, operation, 9, 0, 0), whole),
        (apply(mask[top:bottom, left:right], operation, 9, top, left), part),
    ):
        for tile in tiles:
            target[tile.row * 64 : tile.row * 64 + 64, tile.column * 64 : tile.column * 64 + 64] = tile.after
    assert (whole == part).all()
    assert (whole != mask).any()


def test_the_buttons_do_what_they_say(canvas: Canvas, hand: Hand) -> None:
    canvas.choose_tool("rectangle")
    hand((100, 100), (200, 200))
    canvas.bar.amount.set_value(4)
    canvas.commands["grow"].trigger()
    assert values(canvas)[150, 96:204].all()
    assert not values(canvas)[150, :96].any()
    canvas.bar.amount.set_value(16)
    canvas.commands["shrink"].trigger()
    assert not values(canvas)[150, :112].any()
    assert values(canvas)[150, 112:188].all()
    canvas.commands["feather"].trigger()
    assert len(np.unique(values(canvas))) > 16
    canvas.commands["invert"].trigger()
    assert values(canvas)[0, 0] == 255
    canvas.commands["clear"].trigger()
    assert canvas.mask() is None


def test_operations_are_offered_only_where_they_would_do_something(canvas: Canvas, hand: Hand) -> None:
    names = ("grow", "shrink", "feather", "clear", "invert", "undo")
    assert [canvas.commands[name].isEnabled() for name in names] == [False, False, False, False, True, False]
    canvas.choose_tool("rectangle")
    hand((100, 100), (200, 200))
    assert all(canvas.commands[name].isEnabled() for name in names)


def test_a_large_operation_works_in_the_background_and_the_mask_waits(canvas: Canvas, hand: Hand, qtbot: QtBot) -> None:
    canvas.set_picture(plain("#808080", 2000, 1500))
    mask = QImage(2000, 1500, QImage.Format.Format_Grayscale8)
    mask.fill(0)
    canvas.set_mask(mask)
    canvas.choose_tool("brush")
    canvas.commands["invert"].trigger()
    assert canvas.editor.busy
    assert not canvas.commands["brush"].isEnabled()
    hand((100, 100), (200, 200))
    assert canvas.undo_stack.count() == 0
    qtbot.waitUntil(lambda: not canvas.editor.busy)
    assert (values(canvas) == 255).all()
    assert canvas.undo_stack.count() == 1
    assert canvas.commands["brush"].isEnabled()


def test_a_large_operation_is_dropped_when_another_picture_came(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.set_picture(plain("#808080", 2000, 1500))
    canvas.commands["invert"].trigger()
    canvas.set_picture(plain("#808080", 1000, 900))
    assert not canvas.editor.busy
    qtbot.waitUntil(lambda: "mask" not in [thread.name for thread in threading.enumerate()])
    QApplication.processEvents()
    assert canvas.mask() is None
    assert canvas.undo_stack.count() == 0


def test_a_large_operation_that_fails_lets_go_of_the_mask(
    canvas: Canvas, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(mask_editing, "apply", broken)
    canvas.set_picture(plain("#808080", 2000, 1500))
    canvas.choose_tool("brush")
    with caplog.at_level(logging.CRITICAL):
        canvas.commands["invert"].trigger()
        qtbot.waitUntil(lambda: not canvas.editor.busy)
    assert canvas.commands["brush"].isEnabled()
    assert canvas.undo_stack.count() == 0
