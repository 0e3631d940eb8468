"""Keeps the program in the theme of the settings."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from facea_desktop.ui.icons import redraw
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import apply


class Dresser(QObject):
    """Dresses the whole program when the theme is changed, and with "system" when the desktop changes its own."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._worn = session.settings.theme
        session.settingsChanged.connect(self._settings_changed)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)

    @Slot()
    def _settings_changed(self) -> None:
        if self._worn != self._session.settings.theme:
            self._wear()

    @Slot()
    def _system_changed(self) -> None:
        if self._session.settings.theme == "system":
            self._wear()

    def _wear(self) -> None:
        self._worn = self._session.settings.theme
        app = cast(QApplication, QApplication.instance())
        apply(app, self._worn)
        redraw(app)
