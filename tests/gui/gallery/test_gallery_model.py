"""The model over a made-up index: what it reads, and how it moves rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, QPersistentModelIndex
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from facea_desktop.library.summaries import PortraitQuery, PortraitSummary
from facea_desktop.ui.gallery.gallery_grid import GalleryGrid
from facea_desktop.ui.gallery.gallery_model import PAGE, PAGES_KEPT, PORTRAIT, GalleryModel
from facea_desktop.ui.session import Session


class ManyPortraits:
    """Stands in for Index; keeps which pages were read."""

    def __init__(self, numbers: Sequence[int]) -> None:
        self.numbers = list(numbers)
        self.read: list[tuple[int, int]] = []

    def count(self, query: PortraitQuery) -> int:
        return len(self.numbers)

    def page(self, query: PortraitQuery, offset: int, limit: int) -> list[PortraitSummary]:
        self.read.append((offset, limit))
        return [portrait(number) for number in self.numbers[offset : offset + limit]]


def portrait(number: int) -> PortraitSummary:
    now = datetime.now(UTC)
    return PortraitSummary(
        Path(f"/{number}.png"), "", "", f"prompt {number}", "", number, now, None, 0, 8, 8, None, None
    )


def model_of(count: int) -> tuple[GalleryModel, ManyPortraits]:
    index: Any = ManyPortraits(range(count))
    likeness: Any = SimpleNamespace(words=lambda *_: "")  # none of them has one
    model = GalleryModel(index, likeness)
    model.show_query(PortraitQuery())
    return model, index


def seeds(model: GalleryModel) -> list[int | None]:
    return [model.index(row).data(PORTRAIT).seed for row in range(model.rowCount())]


def test_qt_finds_no_fault_in_it(qapp: object) -> None:
    model, index = model_of(250)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.remove([3, 4, 5, 120])
    index.numbers = [999, *index.numbers]
    model.refresh()


def test_twenty_thousand_portraits_are_not_loaded(qtbot: QtBot, session: Session) -> None:
    model, index = model_of(20_000)
    grid = GalleryGrid(model, session.thumbnails, session.likeness)
    qtbot.addWidget(grid)
    grid.resize(900, 700)
    grid.show()
    qtbot.waitUntil(lambda: index.read != [])
    qtbot.wait(50)
    assert index.read == [(0, PAGE)]
    grid.scrollToBottom()
    qtbot.waitUntil(lambda: (19_900, PAGE) in index.read)
    for key in "prompt":
        grid.keyboardSearch(key)
    grid.selectAll()
    assert grid.chosen_count() == 20_000
    assert len(index.read) <= 4


def test_a_few_pages_are_kept(qapp: object) -> None:
    model, index = model_of(100 * PAGE)
    for row in range(0, 100 * PAGE, PAGE // 2):
        model.portrait(row)
    assert len(index.read) == 100
    assert len(model._pages) == PAGES_KEPT
    model.portrait(100 * PAGE - 1)
    assert len(index.read) == 100
    assert model.portrait(0) is not None
    assert len(index.read) == 101


def test_what_is_new_moves_the_rest_down_and_the_choice_with_it(qtbot: QtBot, session: Session) -> None:
    model, index = model_of(250)
    grid = GalleryGrid(model, session.thumbnails, session.likeness)
    qtbot.addWidget(grid)
    grid.choose(7)
    index.numbers = [1000, 1001, *index.numbers]
    model.refresh()
    assert seeds(model)[:3] == [1000, 1001, 0]
    assert grid.rows() == [9]
    assert grid.currentIndex().data(PORTRAIT).seed == 7


def test_what_changed_otherwise_is_shown_anew(qapp: object) -> None:
    model, index = model_of(10)
    index.numbers = [3, 1, 2]
    model.refresh()
    assert seeds(model) == [3, 1, 2]
    index.numbers = []
    model.refresh()
    assert model.rowCount() == 0


def test_removed_rows_leave_the_others_chosen(qtbot: QtBot, session: Session) -> None:
    model, index = model_of(250)
    grid = GalleryGrid(model, session.thumbnails, session.likeness)
    qtbot.addWidget(grid)
    places = [QPersistentModelIndex(model.index(row)) for row in (0, 5, 249)]
    grid.selectionModel().select(model.index(5), QItemSelectionModel.SelectionFlag.Select)
    gone = [1, 2, 3, 100, 200]
    index.numbers = [number for number in range(250) if number not in gone]
    model.remove(gone)
    assert [place.row() for place in places] == [0, 2, 244]
    assert grid.rows() == [2]
    assert seeds(model) == index.numbers


def test_a_rating_shows_at_once_and_reads_nothing(qapp: object) -> None:
    model, index = model_of(250)
    model.portrait(3)
    model.rated([3, 150], 4)
    assert model.index(3).data(PORTRAIT).rating == 4
    assert index.read == [(0, PAGE)]


def test_rows_are_files_to_be_dragged_out(qapp: object) -> None:
    model, _ = model_of(10)
    data = model.mimeData([model.index(2), model.index(5)])
    assert [Path(url.toLocalFile()).name for url in data.urls()] == ["2.png", "5.png"]


@pytest.mark.parametrize("row", [-1, 10])
def test_rows_that_are_not_there_have_no_portrait(qapp: object, row: int) -> None:
    model, _ = model_of(10)
    assert model.portrait(row) is None
