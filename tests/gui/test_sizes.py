"""The window on small screens, with a wide font, in every language: nothing is cut, nothing is out of reach."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QLocale, QSize, QTranslator
from PySide6.QtGui import QFont, QFontDatabase, QScreen
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from qasync import QEventLoop

from facea_desktop.domain.outcomes import Device, Machine
from facea_desktop.domain.people import Profile
from facea_desktop.ui.language import languages, use_language
from facea_desktop.ui.main_window import MainWindow
from facea_desktop.ui.session import Session
from facea_desktop.ui.widgets import row
from tests.gui.clipping import cut

SMALLEST = (QSize(1024, 590), QSize(960, 540))
"""What a title bar leaves of 1024 by 640 at scale 1 and of 1920 by 1200 at scale 2."""
PAGES = (
    *("gallery", "jobs", "evaluation", "models", "device", "privacy", "looks", "about", "person", "new-person"),
    "mixer",
)


@pytest.fixture(params=list(languages()))
def wide_words(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    """Each language in a wide font: DejaVu Sans, or what there is with as much room between the letters."""
    before, locale = qapp.font(), QLocale()
    font = QFont(before)
    if "DejaVu Sans" in QFontDatabase.families():
        font.setFamily("DejaVu Sans")
    else:
        font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 112)
    qapp.setFont(font)
    use_language(qapp, request.param)
    yield request.param
    qapp.setFont(before)
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.setParent(None)
    QLocale.setDefault(locale)


def open_window(session: Session, qtbot: QtBot) -> MainWindow:
    pool: Any = session.pool
    pool.answers["machine"] = Machine((Device("cpu", "Processor of a long name", 16_000, 8_000),), {"starter": 500})
    window = MainWindow(session)
    qtbot.addWidget(window)
    return window


async def go(window: MainWindow, page: str, person: Profile) -> None:
    if page in ("device", "privacy", "looks", "about"):
        window.go("settings", page)
    else:
        window.go(page, person.id if page in ("person", "mixer") else None)
    await asyncio.sleep(0.1)  # what the page reads from the disk, and Qt's layouts


@pytest.mark.parametrize("size", SMALLEST, ids=lambda size: f"{size.width()}x{size.height()}")
def test_no_word_and_no_button_is_cut_on_a_small_screen(
    wide_words: str,
    session: Session,
    loop: QEventLoop,
    qtbot: QtBot,
    add_person: Callable[..., Profile],
    size: QSize,
) -> None:
    person = add_person("Anna Magdalena von der Wartburg", photos=4)
    add_person("Ben", tuned=False)
    session.people_changed()
    window = open_window(session, qtbot)
    window.showNormal()
    window.setFixedSize(size)
    found: dict[str, list[str]] = {}

    async def look() -> None:
        for page in PAGES:
            await go(window, page, person)
            assert window.minimumSizeHint().width() <= size.width(), page
            assert window.minimumSizeHint().height() <= size.height(), page
            found[page] = cut(window)

    loop.run_until_complete(look())
    assert found == {page: [] for page in PAGES}
    window.close_now()


def test_what_is_cut_is_found(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    long, narrow = QLabel("as long as it is wide"), QPushButton("Correct the masks…")
    holder.setLayout(row(long, narrow))
    holder.show()
    assert cut(holder) == []
    narrow.setFixedWidth(40)
    assert [line.split(" ")[0] for line in cut(holder)] == ["QPushButton"]
    narrow.setFixedWidth(narrow.sizeHint().width())
    long.move(-30, 0)
    assert [line.split(" ")[0] for line in cut(holder)] == ["QLabel"]


@pytest.mark.parametrize("room", [(960, 580), (1280, 800), (1024, 640)])
def test_a_first_window_is_no_larger_than_the_screen(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, room: tuple[int, int]
) -> None:
    monkeypatch.setattr(QScreen, "availableSize", lambda self: QSize(*room))
    window = open_window(session, qtbot)
    assert window.isMaximized()
    assert window.height() < room[1]
    assert window.width() <= room[0]
    assert window.minimumWidth() <= room[0]
    assert window.minimumHeight() < room[1]
    window.close_now()


def test_a_first_window_on_a_large_screen_leaves_room_beside_it(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QScreen, "availableSize", lambda self: QSize(1920, 1080))
    window = open_window(session, qtbot)
    assert not window.isMaximized()
    assert window.size() == QSize(1280, 800)
    window.close_now()
