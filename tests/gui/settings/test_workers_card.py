"""Naming workers beside this computer's devices, on a real session."""

from __future__ import annotations

import socket
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from qasync import QEventLoop

from facea_desktop.ui.session import Session
from facea_desktop.ui.settings.workers_card import WorkersCard

Until = Callable[[Callable[[], Any]], Awaitable[None]]


@pytest.fixture
def card(session: Session, qtbot: QtBot) -> WorkersCard:
    made = WorkersCard(session)
    qtbot.addWidget(made)
    made.show()
    return made


def test_workers_of_this_computer_are_used_until_they_are_left(
    card: WorkersCard, session: Session, loop: QEventLoop, until: Until
) -> None:
    async def journey() -> None:
        assert not card.stop_button.isVisible()
        QTest.keyClicks(card.place, " Local:2 ")
        QTest.keyClick(card.place, Qt.Key.Key_Return)
        await until(lambda: session.settings.place == "local:2")
        assert card.state.text() == "In use: workers on this computer (local:2)"
        QTest.mouseClick(card.here_too, Qt.MouseButton.LeftButton)
        assert session.settings.place_alone
        QTest.mouseClick(card.stop_button, Qt.MouseButton.LeftButton)
        assert session.settings.place is None
        assert card.state.text() == "Not in use: jobs run on this computer's devices."

    loop.run_until_complete(journey())


@pytest.mark.parametrize("written", ["local", "somewhere", "ray"])
def test_what_cannot_be_used_is_said_in_one_line_and_stays_written(
    card: WorkersCard,
    session: Session,
    loop: QEventLoop,
    until: Until,
    monkeypatch: pytest.MonkeyPatch,
    written: str,
) -> None:
    monkeypatch.setattr("facea_desktop.cluster.target_names.find_spec", lambda _: None)

    async def journey() -> None:
        QTest.keyClicks(card.place, written)
        QTest.mouseClick(card.use_button, Qt.MouseButton.LeftButton)
        await until(card.use_button.isEnabled)
        expected = {"local": "", "somewhere": "is no place to run", "ray": "Ray is not installed; run: pip install"}
        await until(lambda: expected[written] in card.notice.text)
        assert bool(card.notice.text) == bool(expected[written])
        assert session.settings.place is None
        assert card.place.text() == written

    loop.run_until_complete(journey())


def test_an_address_where_nothing_answers_is_not_used(
    card: WorkersCard, session: Session, loop: QEventLoop, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("facea_desktop.cluster.target_names.find_spec", lambda _: object())
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"ray://127.0.0.1:{server.getsockname()[1]}"

        async def reached() -> None:
            QTest.keyClicks(card.place, address)
            QTest.mouseClick(card.use_button, Qt.MouseButton.LeftButton)
            await until(lambda: session.settings.place == address)

        loop.run_until_complete(reached())

    async def gone() -> None:
        QTest.mouseClick(card.use_button, Qt.MouseButton.LeftButton)
        await until(lambda: "cannot be reached" in card.notice.text)
        assert session.settings.place == address  # as it was

    loop.run_until_complete(gone())
