"""Themes, at once and for everything that is open."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox
from pytestqt.qtbot import QtBot

from facea_desktop.ui import theme
from facea_desktop.ui.session import Session
from facea_desktop.ui.settings.settings_page import SettingsPage
from facea_desktop.ui.settings_file import load_settings
from facea_desktop.ui.theme_controller import ThemeController


@pytest.fixture
def controller(session: Session) -> Iterator[ThemeController]:
    """What the window has; it goes with the test."""
    session.change_settings(theme="dark")
    owner = QObject()
    yield ThemeController(session, owner)
    shiboken6.delete(owner)


@pytest.fixture
def page(session: Session, controller: ThemeController, qtbot: QtBot) -> SettingsPage:
    made = SettingsPage(session)
    qtbot.addWidget(made)
    made.show_section("appearance")
    made.resize(1000, 700)
    return made


def tile(page: SettingsPage, mode: str) -> QAbstractButton:
    return page.findChild(QAbstractButton, f"theme-{mode}")


def test_a_click_dresses_the_program_at_once_and_is_kept(
    page: SettingsPage, session: Session, qapp: QApplication, qtbot: QtBot
) -> None:
    assert tile(page, "dark").isChecked()

    tile(page, "light").click()

    assert theme.colours() is theme.LIGHT
    assert qapp.palette().window().color().name() == theme.LIGHT.window
    qtbot.waitUntil(lambda: load_settings(session.root).theme == "light")
    assert not tile(page, "dark").isChecked()


def test_a_theme_that_is_set_elsewhere_is_worn_too(page: SettingsPage, session: Session) -> None:
    session.change_settings(theme="light")

    assert theme.colours() is theme.LIGHT
    assert tile(page, "light").isChecked()


def test_system_follows_the_desktop_while_the_program_runs(page: SettingsPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(theme, "system_is_dark", lambda: False)
    tile(page, "system").click()
    assert theme.colours() is theme.LIGHT

    monkeypatch.setattr(theme, "system_is_dark", lambda: True)
    QGuiApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.colours() is theme.DARK


def test_a_chosen_theme_does_not_follow_the_desktop(page: SettingsPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(theme, "system_is_dark", lambda: False)
    QGuiApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)

    assert theme.colours() is theme.DARK


def test_the_chosen_tile_looks_chosen_and_each_tile_shows_its_theme(page: SettingsPage) -> None:
    dark, light = (tile(page, mode).grab().toImage() for mode in ("dark", "light"))

    assert light.pixelColor(60, 20).lightness() > 200 > 60 > dark.pixelColor(60, 20).lightness()
    assert dark.pixelColor(90, 4).name() != light.pixelColor(90, 4).name()


def test_notifications_are_on_without_names_until_somebody_wants_otherwise(
    page: SettingsPage, session: Session, qtbot: QtBot
) -> None:
    box = page.findChild(QComboBox, "notificationsBox")
    assert box.currentText() == "On, without names"

    box.setCurrentIndex(box.findData("named"))
    box.activated.emit(box.currentIndex())
    assert session.settings.notifications == "named"
    qtbot.waitUntil(lambda: load_settings(session.root).notifications == "named")
