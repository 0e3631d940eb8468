"""The Settings page as a whole, About and the list of shortcuts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot
from qasync import QEventLoop

from facea_desktop import __version__
from facea_desktop.ui.destinations import ShowLog, ShowShortcuts
from facea_desktop.ui.session import Session
from facea_desktop.ui.settings.settings_page import SettingsPage
from facea_desktop.ui.settings.shortcuts_dialog import ShortcutsDialog

Until = Callable[[Callable[[], Any]], Awaitable[None]]


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> SettingsPage:
    made = SettingsPage(session)
    qtbot.addWidget(made)
    return made


def rail(page: SettingsPage) -> QListWidget:
    return page.findChild(QListWidget, "settingsRail")


def chosen(page: SettingsPage) -> str:
    return rail(page).currentItem().text()


def test_models_and_settings_open_at_their_subjects(page: SettingsPage) -> None:
    assert chosen(page) == "Models"
    page.show_section(None)
    assert chosen(page) == "Device"
    page.show_section("models")
    assert chosen(page) == "Models"


def test_settings_come_back_where_they_were_left(page: SettingsPage) -> None:
    page.show_section("appearance")
    page.show_section(None)
    assert chosen(page) == "Appearance and language"


def test_scrolling_a_page_over_a_choice_chooses_nothing(page: SettingsPage, session: Session) -> None:
    down, none = QPoint(0, -120), Qt.KeyboardModifier.NoModifier
    at, phase = QPointF(5, 5), Qt.ScrollPhase.NoScrollPhase
    for section in ("device", "appearance"):
        page.show_section(section)
    boxes = {box: box.currentIndex() for box in page.findChildren(QComboBox) if box.count() > 1}
    assert len(boxes) >= 3
    for box in boxes:
        QApplication.sendEvent(box, QWheelEvent(at, at, QPoint(), down, Qt.MouseButton.NoButton, none, phase, False))
    assert {box: box.currentIndex() for box in boxes} == boxes


def test_the_arrow_keys_lead_through_the_subjects(page: SettingsPage, qtbot: QtBot, loop: QEventLoop) -> None:
    async def journey() -> None:
        page.show()
        qtbot.keyClick(rail(page), Qt.Key.Key_Down)
        assert page.findChild(QWidget, "devicePage").isVisible()

    loop.run_until_complete(journey())
    assert chosen(page) == "Device"


def test_everything_that_can_be_operated_says_what_it_does(page: SettingsPage) -> None:
    silent = [
        one
        for one in page.findChildren(QAbstractButton)
        if not one.toolTip() and not one.objectName().startswith("qt_") and not one.text()
    ]
    nameless = [one for one in page.findChildren(QLineEdit) if not one.accessibleName() and one.isVisibleTo(page)]

    assert (silent, nameless) == ([], [])


def test_about_names_version_and_licences_and_leads_to_log_and_shortcuts(
    loop: QEventLoop, page: SettingsPage, session: Session, until: Until
) -> None:
    about = page.findChild(QWidget, "aboutPage")

    async def journey() -> None:
        page.show_section("about")
        page.show()
        await until(lambda: about.findChild(QLabel, "libraries").text())

    loop.run_until_complete(journey())
    words = "\n".join(one.text() for one in about.findChildren(QLabel))
    assert f"Version {__version__}" in words
    assert "MTCNN face detector: <a href=" in words
    assert "diffusers" in words
    wanted: list[object] = []
    session.pageWanted.connect(wanted.append)
    about.findChild(QPushButton, "showLog").click()
    about.findChild(QPushButton, "showShortcuts").click()
    assert wanted == [ShowLog(), ShowShortcuts()]


SHORTCUTS = [
    ("File", "&New person…", "Ctrl+N"),
    ("Canvas", "Brush", "B"),
    ("File", "Import…", "Ctrl+O"),
    ("Canvas", "Undo", "Ctrl+Z"),
]


@pytest.fixture
def dialog(qtbot: QtBot) -> ShortcutsDialog:
    made = ShortcutsDialog(SHORTCUTS)
    qtbot.addWidget(made)
    made.show()
    return made


def seen(dialog: ShortcutsDialog) -> list[str]:
    return [one.text() for one in dialog.findChildren(QLabel) if one.isVisible()]


def test_shortcuts_are_listed_by_group_without_mnemonics(dialog: ShortcutsDialog) -> None:
    assert seen(dialog) == [
        *("File", "New person", "Ctrl+N", "Import", "Ctrl+O"),
        *("Canvas", "Brush", "B", "Undo", "Ctrl+Z"),
    ]


def test_shortcuts_can_be_searched_by_word_and_by_key(dialog: ShortcutsDialog, qtbot: QtBot) -> None:
    search = dialog.findChild(QLineEdit, "shortcutSearch")

    search.setText("import")
    assert seen(dialog) == ["File", "Import", "Ctrl+O"]
    search.setText("ctrl+z")
    assert seen(dialog) == ["Canvas", "Undo", "Ctrl+Z"]
    search.setText("levitate")
    assert seen(dialog) == ["No matches."]
