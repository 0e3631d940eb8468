"""Pictures of the strip compared: side by side, zoomed as one, beside photos of the person."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from facea_desktop.domain.requests import PortraitRequest
from facea_desktop.library.portrait_png import read_request, save_portrait
from facea_desktop.ui.canvas.side_by_side import SideBySide
from facea_desktop.ui.portrait.result_strip import ResultStrip


@pytest.fixture
def made(session: Any, anna: Any, finish: Callable[..., Path], do: Callable[..., Any]) -> list[Path]:
    """Three pictures, the last one the most like her."""
    job = session.submit(PortraitRequest(person=anna.id, prompt="a woman", seed=5, count=3), "Anna: a woman")
    return [do(lambda number=number: finish(job, number, 0.3 + number / 5)) for number in range(3)]


def mark(strip: ResultStrip, *rows: int) -> None:
    strip.view.selectionModel().clear()
    for row in rows:
        strip.view.selectionModel().setCurrentIndex(strip.model.index(row), QItemSelectionModel.SelectionFlag.Select)


def opened(strip: ResultStrip, do: Callable[..., Any], qtbot: QtBot) -> SideBySide:
    do(lambda: qtbot.keyClick(strip.view, Qt.Key.Key_C))
    dialog = strip.window().findChild(SideBySide)
    assert dialog is not None
    return dialog


def test_pictures_that_are_marked_stand_side_by_side_and_zoom_as_one(strip, panel, made, do, qtbot: QtBot) -> None:
    strip.resize(900, 120)
    strip.show()
    mark(strip, 0, 2)
    dialog = opened(strip, do, qtbot)
    dialog.resize(800, 500)
    left, right = dialog.pictures.cells
    do(lambda: None, lambda: left.picture is not None and right.picture is not None)
    assert "Little likeness: 0.30" in left.accessibleName()
    left.zoom_to(4 * left.zoom)
    left.centerOn(8, 8)
    assert right.zoom == pytest.approx(left.zoom, rel=0.02)
    a, b = (cell.to_picture(cell.viewport().rect().toRectF().center()) for cell in (left, right))
    assert (a - b).manhattanLength() < 2
    do(lambda: qtbot.keyClick(right, Qt.Key.Key_F))
    assert left.fitted
    do(lambda: qtbot.keyClick(left, Qt.Key.Key_Escape))
    assert strip.window().findChild(SideBySide) is None


def test_photos_of_the_person_stand_beside_them_if_that_is_wanted(strip, panel, made, do, qtbot: QtBot) -> None:
    strip.resize(900, 120)
    strip.show()
    mark(strip, 0, 1)
    dialog = opened(strip, do, qtbot)
    assert not dialog.photos.isVisible()
    do(dialog.photos_button.click, lambda: dialog.photos.cells and dialog.photos.cells[0].picture is not None)
    assert [cell.accessibleName() for cell in dialog.photos.cells] == ["Anna"]
    do(dialog.close)
    mark(strip, 1)
    alone = opened(strip, do, qtbot)
    assert alone.photos.isVisible()  # one picture has nothing else to be compared with
    do(alone.close)


def test_a_larger_copy_is_told_from_its_original(strip, panel, made, session, do, qtbot: QtBot) -> None:
    large = made[0].with_name("large.png")
    save_portrait(large, Image.new("RGB", (64, 64)), read_request(made[0]), enlarged="2 times by x")
    session.index.add_portrait(large, 0.3)
    dialog = SideBySide(session, [made[0], large], strip.window())
    assert ["enlarged 2 times" in cell.accessibleName() for cell in dialog.pictures.cells] == [False, True]
    assert [cell._shown.title for cell in dialog.pictures.cells] == ["5", "5 · 2\N{MULTIPLICATION SIGN}"]
    do(dialog.close)


def test_what_is_deleted_leaves_the_comparison(strip, panel, made, session, do, qtbot: QtBot) -> None:
    strip.show()
    mark(strip, 0, 1)
    dialog = opened(strip, do, qtbot)

    async def erase(*paths: Path) -> None:
        session.index.delete(*paths)
        session.portraits_erased()

    do(lambda: session.start(erase(made[0])))
    assert len(dialog.pictures.cells) == 1
    do(lambda: session.start(erase(*made[1:])))
    assert strip.window().findChild(SideBySide) is None


def test_marking_several_shows_none_of_them_and_deletes_all(strip, panel, made, do, qtbot: QtBot) -> None:
    strip.resize(900, 120)
    strip.show()
    shown: list[object] = []
    strip.chosen.connect(shown.append)
    middle = [strip.view.visualRect(strip.model.index(row)).center() for row in range(3)]
    left, control = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier
    do(lambda: qtbot.mouseClick(strip.view.viewport(), left, pos=middle[0]))
    do(lambda: qtbot.mouseClick(strip.view.viewport(), left, control, middle[1]))
    assert [one.path for one in shown] == made[:1]
    assert strip.selected == made[:2]
    menu = strip.menu()
    assert [one.text().replace("&", "") for one in menu.actions() if one.text()] == ["Compare\tC", "Delete\tDel"]
    strip.ask_to_erase()
    yes = strip.findChild(QPushButton, "portraitDeleteYes")
    do(yes.click)
    assert [path.exists() for path in made] == [False, False, True]
