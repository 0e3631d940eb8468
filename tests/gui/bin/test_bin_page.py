"""The page of the bin: what lies there, restored, erased, and what it says about the disk."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot
from qasync import QEventLoop

from facea_desktop.domain.people import Profile
from facea_desktop.domain.requests import PortraitRequest
from facea_desktop.library.bin import Bin
from facea_desktop.library.portrait_png import save_portrait
from facea_desktop.ui.bin.bin_page import BinPage
from facea_desktop.ui.session import Session
from facea_desktop.workers.bin_service import move_person_to_bin

Until = Callable[[Callable[[], Any]], Awaitable[None]]


@pytest.fixture
def anna(session: Session, add_person: Callable[..., Profile]) -> Profile:
    """In the bin with one portrait; another portrait of hers went before her."""
    made = add_person("Anna")
    folder = session.root / "portraits"
    for name in ("early", "late"):
        request = PortraitRequest(person=made.id, prompt=f"an {name} morning")
        save_portrait(folder / f"{name}.png", Image.new("RGB", (8, 8)), request.model_dump_json())
    Bin(session.root).put_portraits([folder / "early.png"])
    move_person_to_bin(session.root, made.id)
    session.people_changed()
    return made


@pytest.fixture
def page(session: Session, anna: Profile, qtbot: QtBot) -> BinPage:
    made = BinPage(session)
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    qtbot.waitUntil(lambda: made.model.rowCount() == 2)
    return made


def said(page: BinPage) -> list[tuple[Any, Any]]:
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.StatusTipRole)
    return [
        tuple(page.model.data(page.model.index(row), role) for role in roles) for row in range(page.model.rowCount())
    ]


def answer(page: BinPage, name: str) -> None:
    page.findChild(QPushButton, name).click()
    page.findChildren(QPushButton, "binEraseYes")[-1].click()


def test_it_says_what_lies_there_and_that_it_is_still_on_this_disk(
    page: BinPage, session: Session, qtbot: QtBot
) -> None:
    (person, about), (portrait, _) = said(page)
    assert (person, portrait) == ("Anna", "Anna: an early morning")
    assert about.startswith("Person · 1 portrait · kept until ")
    hint = page.findChild(QLabel, "binHint")
    assert "still on this disk" in hint.text()
    assert "30 days" in hint.text()
    session.change_settings(empty_bin_after=None)
    qtbot.waitUntil(lambda: "until you empty" in hint.text())
    assert "deleted on" in said(page)[0][1]


def test_restoring_brings_everything_chosen_back(
    page: BinPage, session: Session, loop: QEventLoop, until: Until, qtbot: QtBot
) -> None:
    async def restore() -> None:
        page.view.selectAll()
        qtbot.keyClick(page.view, Qt.Key.Key_Return)
        await until(lambda: page.model.rowCount() == 0)

    loop.run_until_complete(restore())
    assert [one.name for one in session.people()] == ["Anna"]
    assert {path.name for path in (session.root / "portraits").glob("*.png")} == {"early.png", "late.png"}


def test_emptying_asks_and_leaves_nothing(page: BinPage, session: Session, loop: QEventLoop, until: Until) -> None:
    async def empty() -> None:
        answer(page, "binEmpty")
        await until(lambda: page.model.rowCount() == 0)

    loop.run_until_complete(empty())
    left = [path for path in session.root.rglob("*") if path.is_file() and b"Anna" in path.read_bytes()]
    assert left == []
    assert list((session.root / "bin").iterdir()) == []


def test_erasing_a_person_takes_their_portraits_in_the_bin_along(
    page: BinPage, session: Session, loop: QEventLoop, until: Until
) -> None:
    async def erase() -> None:
        page.view.setCurrentIndex(page.model.index(0))
        answer(page, "binErase")
        await until(lambda: page.model.rowCount() == 0)

    loop.run_until_complete(erase())
    assert list(Path(session.root / "bin").rglob("*.png")) == []
