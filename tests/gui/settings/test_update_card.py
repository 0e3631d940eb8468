"""Looking for a newer version: off until asked, once for each time, and never more than its page is opened."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QPushButton
from pytestqt.qtbot import QtBot
from qasync import QEventLoop

from facea_desktop.domain.errors import UserError
from facea_desktop.releases import Publisher, Release
from facea_desktop.ui import session as ui_session
from facea_desktop.ui.session import Session
from facea_desktop.ui.settings import update_card
from facea_desktop.ui.settings.settings_page import SettingsPage
from facea_desktop.ui.settings_file import load_settings
from facea_desktop.ui.window_host import WindowHost

Until = Callable[[Callable[[], Any]], Awaitable[None]]
NEWER = Release(version="99.0", page="https://releases.example/99", news={"en": "Faster."})
PUBLISHER = Publisher(address="https://releases.example/latest-release.txt", key="")


class Server:
    """What is said to the program when it asks, and how often it did."""

    def __init__(self) -> None:
        self.asked = 0
        self.answer: Release | Exception | None = NEWER

    def __call__(self, publisher: Publisher) -> Release | None:
        assert publisher == PUBLISHER
        self.asked += 1
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.fixture
def publisher() -> Publisher | None:
    """Who made the installation; a test for one that nobody publishes parametrizes it."""
    return PUBLISHER


@pytest.fixture(autouse=True)
def server(monkeypatch: pytest.MonkeyPatch, publisher: Publisher | None) -> Server:
    made = Server()
    monkeypatch.setattr(ui_session, "find_newer_release", made)
    monkeypatch.setattr(ui_session, "read_publisher", lambda: publisher)
    return made


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> SettingsPage:
    made = SettingsPage(session)
    qtbot.addWidget(made)
    made.show_section("about")
    made.show()
    return made


def words(page: SettingsPage) -> str:
    found = page.findChild(QLabel, "updateWords")
    return found.text() if found.isVisibleTo(page) else ""


def test_nothing_is_asked_before_somebody_wants_it(page: SettingsPage, session: Session, server: Server) -> None:
    assert not session.settings.look_for_updates
    assert not page.findChild(QCheckBox, "lookForUpdates").isChecked()
    assert words(page) == ""
    assert server.asked == 0


def test_a_newer_version_is_told_and_its_page_opens_on_a_click(
    page: SettingsPage, loop: QEventLoop, server: Server, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(update_card, "show_address", opened.append)
    button = page.findChild(QPushButton, "openReleasePage")

    async def journey() -> None:
        assert not button.isVisibleTo(page)
        page.findChild(QPushButton, "lookForUpdate").click()
        await until(lambda: button.isVisibleTo(page))

    loop.run_until_complete(journey())
    assert words(page) == "Version 99.0 is there. Faster."
    assert (server.asked, opened) == (1, [])
    button.click()
    assert opened == [NEWER.page]


@pytest.mark.parametrize(("answer", "said"), [(None, "newest version"), (UserError("no network."), "no network.")])
def test_the_newest_version_and_what_went_wrong_are_said(
    page: SettingsPage, loop: QEventLoop, server: Server, until: Until, answer: Any, said: str
) -> None:
    server.answer = answer

    async def journey() -> None:
        page.findChild(QPushButton, "lookForUpdate").click()
        await until(lambda: said in words(page))

    loop.run_until_complete(journey())
    assert not page.findChild(QPushButton, "openReleasePage").isVisibleTo(page)
    assert page.findChild(QPushButton, "lookForUpdate").isEnabled()


@pytest.mark.parametrize(("wanted", "answer"), [(False, NEWER), (True, NEWER), (True, UserError("no network."))])
def test_a_start_asks_once_if_that_is_wanted(
    qapp: QApplication, session: Session, loop: QEventLoop, server: Server, wanted: bool, answer: Any
) -> None:
    server.answer = answer
    session.change_settings(look_for_updates=wanted, welcomed=True)
    told: list[str] = []
    failed: list[str] = []
    session.noticed.connect(told.append)
    session.failed.connect(failed.append)
    host = WindowHost(qapp, session)

    async def journey() -> None:
        host.begin()
        await session.settle()

    loop.run_until_complete(journey())
    host.close_now()
    host.delete()
    assert server.asked == int(wanted)
    assert failed == []
    assert any("99.0" in sentence for sentence in told) is (wanted and answer is NEWER)


def test_looking_at_each_start_is_kept(
    page: SettingsPage, session: Session, loop: QEventLoop, until: Until, server: Server
) -> None:
    async def journey() -> None:
        page.findChild(QCheckBox, "lookForUpdates").click()
        await until(lambda: load_settings(session.root).look_for_updates)

    loop.run_until_complete(journey())
    assert server.asked == 0


def test_what_is_new_in_this_version_can_be_read(page: SettingsPage) -> None:
    assert "• " in page.findChild(QLabel, "newestChanges").text()


@pytest.mark.parametrize("publisher", [None])
def test_where_nobody_publishes_the_program_no_newer_version_is_offered(page: SettingsPage) -> None:
    assert not page.findChild(QPushButton, "lookForUpdate").isVisibleTo(page)
    assert not page.findChild(QCheckBox, "lookForUpdates").isVisibleTo(page)
    assert "• " in page.findChild(QLabel, "newestChanges").text()


@pytest.mark.parametrize("publisher", [None])
def test_where_nobody_publishes_the_program_a_start_asks_nobody(
    qapp: QApplication, session: Session, loop: QEventLoop, server: Server
) -> None:
    session.change_settings(look_for_updates=True, welcomed=True)  # as an installer's user wanted before
    host = WindowHost(qapp, session)

    async def journey() -> None:
        host.begin()
        await session.settle()

    loop.run_until_complete(journey())
    host.close_now()
    host.delete()
    assert server.asked == 0
