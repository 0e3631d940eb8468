"""The Settings page: a rail of sections at the left, one of them beside it."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStackedWidget, QWidget

from facea_desktop.ui.destinations import Section
from facea_desktop.ui.icons import icon
from facea_desktop.ui.session import Session
from facea_desktop.ui.settings.about_page import AboutPage
from facea_desktop.ui.settings.device_page import DevicePage
from facea_desktop.ui.settings.looks_page import LooksPage
from facea_desktop.ui.settings.machine_watch import MachineWatch
from facea_desktop.ui.settings.models_page import ModelsPage
from facea_desktop.ui.settings.privacy_page import PrivacyPage
from facea_desktop.ui.settings.setting_widgets import SettingsSubpage
from facea_desktop.ui.widgets import panel, row

RAIL_WIDTH = 244


class SettingsPage(QWidget):
    """Models, device, folders and privacy, appearance and language, and about."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("settingsPage")
        machine = MachineWatch(session, self)
        self._rail = QListWidget()
        self._rail.setObjectName("settingsRail")
        self._rail.setAccessibleName(self.tr("Settings"))
        self._rail.setIconSize(QSize(18, 18))
        self._stack = QStackedWidget()
        self._rows: dict[Section, int] = {}
        sections: tuple[tuple[Section, str, str, SettingsSubpage], ...] = (
            ("models", "models", self.tr("Models"), ModelsPage(session, machine)),
            ("device", "device", self.tr("Device"), DevicePage(session, machine)),
            ("privacy", "privacy", self.tr("Folders and privacy"), PrivacyPage(session)),
            ("appearance", "style", self.tr("Appearance and language"), LooksPage(session)),
            ("about", "info", self.tr("About"), AboutPage(session)),
        )
        for section, icon_name, text, page in sections:
            item = QListWidgetItem(icon(icon_name), text)
            item.setSizeHint(QSize(RAIL_WIDTH - 24, 38))
            self._rows[section] = self._stack.addWidget(page)
            self._rail.addItem(item)
        self._rail.currentRowChanged.connect(self._stack.setCurrentIndex)
        self._rail.setCurrentRow(0)
        side = panel(self._rail)
        side.setFixedWidth(RAIL_WIDTH)
        layout = row(side, self._stack, space=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def show_section(self, section: Section | None) -> None:
        """Show a section; None shows the one that was shown, or the first below the models."""
        if section is None and self._rail.currentRow() == self._rows["models"]:
            section = "device"
        if section is not None:
            self._rail.setCurrentRow(self._rows[section])
