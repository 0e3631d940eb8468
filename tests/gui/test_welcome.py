"""The welcome of the first start: seen once, left with Escape, and a way to begin."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot
from qasync import QEventLoop

from facea_desktop.acceleration.graphics_cards import GraphicsCard
from facea_desktop.acceleration.situation import Situation
from facea_desktop.acceleration.torch_builds import advise
from facea_desktop.ui import welcome_dialog
from facea_desktop.ui.destinations import Destination, ShowNewPerson, ShowSettings
from facea_desktop.ui.session import Session
from facea_desktop.ui.settings_file import load_settings
from facea_desktop.ui.window_host import WindowHost
from tests.gui.clipping import cut

Until = Callable[[Callable[[], Any]], Awaitable[None]]
CARD = GraphicsCard("nvidia", "NVIDIA GeForce RTX 4090 Laptop GPU", "8.9", "580.82.07")


@pytest.fixture(autouse=True)
def card(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with a graphics card that is not in use."""
    found = Situation((CARD,), advise([CARD], "linux-x86_64"), "2.13.0", "cpu")
    monkeypatch.setattr(welcome_dialog, "read_situation", lambda root: found)


@pytest.fixture
def host(qapp: QApplication, session: Session, loop: QEventLoop) -> Iterator[WindowHost]:
    made = WindowHost(qapp, session)
    made.window.show()
    yield made
    made.close_now()
    loop.run_until_complete(session.stop())
    made.delete()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def welcome(host: WindowHost) -> QDialog | None:
    return host.window.findChild(QDialog, "welcomeDialog")


def test_a_first_start_says_what_one_should_know_and_never_again(
    host: WindowHost, session: Session, loop: QEventLoop, until: Until, qtbot: QtBot
) -> None:
    async def journey() -> None:
        host.begin()
        await until(lambda: welcome(host) is not None)
        dialog = welcome(host)
        await until(lambda: "2.7 GB" in dialog.findChild(QLabel, "welcomeCard").text())
        said = "\n".join(one.text() for one in dialog.findChildren(QLabel))
        for word in ("three photos", str(session.root), "permission", "RTX 4090"):
            assert word in said
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        await until(lambda: welcome(host) is None)
        await until(lambda: load_settings(session.root).welcomed)
        host.begin()
        await session.settle()

    loop.run_until_complete(journey())
    assert welcome(host) is None


def test_who_has_people_already_is_not_welcomed(
    host: WindowHost, session: Session, loop: QEventLoop, add_person: Callable[..., Any]
) -> None:
    add_person("Anna")

    async def journey() -> None:
        host.begin()
        await session.settle()

    loop.run_until_complete(journey())
    assert welcome(host) is None


def test_a_file_opened_meanwhile_is_not_hidden_by_the_welcome(
    host: WindowHost, session: Session, loop: QEventLoop, until: Until, tmp_path: Path
) -> None:
    async def journey() -> None:
        host.begin()
        await until(lambda: welcome(host) is not None)
        host.open_files([tmp_path / "notes.txt"])
        await until(lambda: welcome(host) is None)
        await session.settle()

    loop.run_until_complete(journey())
    assert host.window.notice.isVisible()


def test_a_first_start_with_a_file_is_about_that_file(
    host: WindowHost, session: Session, loop: QEventLoop, tmp_path: Path
) -> None:
    async def journey() -> None:
        host.begin()
        host.open_files([tmp_path / "notes.txt"])
        await session.settle()

    loop.run_until_complete(journey())
    assert host.window.notice.isVisible()
    assert welcome(host) is None
    assert not load_settings(session.root).welcomed


@pytest.mark.parametrize(
    ("name", "leads_to"),
    [
        ("welcomeSample", lambda: ShowNewPerson(welcome_dialog._SAMPLE)),
        ("welcomeOwn", ShowNewPerson),
        ("welcomeUseCard", lambda: ShowSettings("device")),
    ],
)
def test_it_leads_to_a_beginning(
    host: WindowHost,
    session: Session,
    loop: QEventLoop,
    until: Until,
    name: str,
    leads_to: Callable[[], Destination],
) -> None:
    wanted: list[Destination] = []
    session.pageWanted.disconnect(host.window.go)
    session.pageWanted.connect(wanted.append)

    async def journey() -> None:
        host.begin()
        await until(lambda: welcome(host) is not None)
        button = welcome(host).findChild(QPushButton, name)
        await until(lambda: button.isVisible())
        button.click()
        await until(lambda: load_settings(session.root).welcomed)

    loop.run_until_complete(journey())
    assert wanted == [leads_to()]
    assert all(photo.is_file() for photo in welcome_dialog._SAMPLE)


def test_the_keyboard_reaches_every_way_and_enter_takes_the_sample_person(
    host: WindowHost, session: Session, loop: QEventLoop, until: Until, qtbot: QtBot
) -> None:
    reached: set[str] = set()

    async def journey() -> None:
        host.begin()
        await until(lambda: welcome(host) is not None)
        dialog = welcome(host)
        await until(lambda: dialog.findChild(QPushButton, "welcomeUseCard").isVisible())
        for _ in range(8):
            qtbot.keyClick(dialog, Qt.Key.Key_Tab)
            focused = dialog.focusWidget()
            reached.add(focused.objectName() if focused is not None else "")
        assert dialog.findChild(QPushButton, "welcomeSample").isDefault()
        dialog.reject()
        await session.settle()

    loop.run_until_complete(journey())
    assert {"welcomeSample", "welcomeOwn", "welcomeSkip", "welcomeUseCard"} <= reached


@pytest.mark.parametrize("room", [(960, 540), (1024, 640), (1920, 1080)])
def test_it_is_whole_on_every_screen(
    wide_words: str,
    host: WindowHost,
    session: Session,
    loop: QEventLoop,
    until: Until,
    monkeypatch: pytest.MonkeyPatch,
    room: tuple[int, int],
) -> None:
    monkeypatch.setattr(QScreen, "availableSize", lambda self: QSize(*room))

    async def journey() -> None:
        host.begin()
        await until(lambda: welcome(host) is not None)
        dialog = welcome(host)
        await until(lambda: dialog.findChild(QPushButton, "welcomeUseCard").isVisible())
        await asyncio.sleep(0.1)
        assert cut(dialog) == []
        assert dialog.height() < room[1]
        assert dialog.width() < room[0]
        dialog.reject()
        await session.settle()

    loop.run_until_complete(journey())
