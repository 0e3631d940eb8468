"""The pictures of a comparison as thumbnails."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from facea_desktop.ui.comparison.comparison_details import load
from facea_desktop.ui.comparison.picture_sheet import PictureSheet
from facea_desktop.ui.session import Session
from tests.gui.comparison.conftest import Compare


@pytest.fixture
def sheet(qtbot: QtBot, session: Session) -> PictureSheet:
    made = PictureSheet(session.thumbnails)
    qtbot.addWidget(made)
    return made


def test_a_picture_that_first_came_in_the_size_of_another_panel_is_shown_too(
    sheet: PictureSheet, session: Session, compare: Compare, qtbot: QtBot
) -> None:
    loaded = load(compare())
    sheet.show_rows(loaded.comparison, loaded.rows)
    blank = [picture for pictures in sheet._waiting.values() for picture in pictures]
    assert blank
    for path in list(sheet._waiting):
        session.thumbnails.ready.emit(path)
    assert all(picture.pixmap().isNull() for picture in blank)
    qtbot.waitUntil(lambda: not any(picture.pixmap().isNull() for picture in blank))
    assert not sheet._waiting


def test_pictures_of_other_panels_are_not_made_in_the_size_of_the_sheet(
    sheet: PictureSheet, session: Session, compare: Compare, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    loaded = load(compare())
    sheet.show_rows(loaded.comparison, loaded.rows)
    wanted: list[Any] = []
    monkeypatch.setattr(session.thumbnails, "get", lambda *what: wanted.append(what))
    session.thumbnails.ready.emit(tmp_path / "portrait.png")
    assert wanted == []
