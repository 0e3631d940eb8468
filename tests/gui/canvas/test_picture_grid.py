"""Pictures beside each other."""

from __future__ import annotations

from pathlib import Path

from PIL import Image
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from facea_desktop.ui.canvas.picture_grid import GridPicture, PictureGrid


def test_a_picture_that_is_read_when_others_are_shown_already_changes_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "red.png"
    Image.new("RGB", (32, 32), "red").save(path)
    grid = PictureGrid()
    qtbot.addWidget(grid)
    grid.show_pictures([GridPicture(path)] * 4)
    grid.show_pictures([GridPicture(path)])
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # the four cells are gone
    qtbot.waitUntil(lambda: grid.cells[0].picture is not None)
    grid.stop()
