"""Keeps the program in the theme of the settings."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import apply


class ThemeController(QObject):
    """Applies the theme that is chosen, and with "system" the desktop's own, to the whole program at once."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._mode = session.settings.theme
        session.settingsChanged.connect(self._settings_changed)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)

    @Slot()
    def _settings_changed(self) -> None:
        if self._mode != self._session.settings.theme:
            self._apply()

    @Slot()
    def _system_changed(self) -> None:
        if self._session.settings.theme == "system":
            self._apply()

    def _apply(self) -> None:
        self._mode = self._session.settings.theme
        apply(cast(QApplication, QApplication.instance()), self._mode)
