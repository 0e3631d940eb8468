"""Choosing what splits prompts, on a real store."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from qasync import QEventLoop

from facea_desktop.ui.session import Session
from facea_desktop.ui.settings.splitter_card import SERVER, SplitterCard

Until = Callable[[Callable[[], Any]], Awaitable[None]]
ADDRESS = "http://127.0.0.1:8080/v1"


@pytest.fixture
def card(session: Session, qtbot: QtBot) -> SplitterCard:
    made = SplitterCard(session)
    qtbot.addWidget(made)
    made.show()
    return made


def choose(card: SplitterCard, data: str) -> None:
    at = card.box.findData(data)
    card.box.setCurrentIndex(at)
    card.box.activated.emit(at)


def test_rules_are_chosen_at_first_and_no_address_is_asked_for(card: SplitterCard) -> None:
    assert card.box.currentData() == "rules"
    assert not card.address.isVisible()


def test_a_server_is_used_once_its_address_is_confirmed(
    card: SplitterCard, session: Session, loop: QEventLoop, until: Until
) -> None:
    async def journey() -> None:
        choose(card, SERVER)
        assert card.address.isVisible()
        assert session.models.splitter == "rules"
        QTest.keyClicks(card.address, ADDRESS)
        QTest.keyClick(card.address, Qt.Key.Key_Return)
        await until(lambda: session.models.splitter == ADDRESS)
        choose(card, "rules")
        await until(lambda: session.models.splitter == "rules" and not card.address.isVisible())

    loop.run_until_complete(journey())


def test_a_server_elsewhere_is_refused_in_place_and_its_address_stays(
    card: SplitterCard, session: Session, loop: QEventLoop, until: Until
) -> None:
    async def journey() -> None:
        choose(card, SERVER)
        QTest.keyClicks(card.address, "https://api.example.com/v1")
        QTest.mouseClick(card.confirm, Qt.MouseButton.LeftButton)
        await until(lambda: "is not this computer" in card.notice.text)
        assert card.address.text() == "https://api.example.com/v1"
        assert session.models.splitter == "rules"

    loop.run_until_complete(journey())


def test_a_model_that_is_not_installed_is_said_and_the_choice_goes_back(
    card: SplitterCard, session: Session, loop: QEventLoop, until: Until
) -> None:
    async def journey() -> None:
        choose(card, "qwen-0-5b")
        await until(lambda: "not installed" in card.notice.text)
        assert card.box.currentData() == "rules"

    loop.run_until_complete(journey())


def test_what_the_command_line_chose_is_shown(card: SplitterCard, session: Session) -> None:
    session.models.use_splitter(ADDRESS)
    session.modelsChanged.emit()
    assert card.box.currentData() == SERVER
    assert card.address.text() == ADDRESS
