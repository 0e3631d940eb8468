"""The Settings page: a rail of subjects at the left, one of them beside it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStackedWidget, QWidget

from facea_desktop.ui.icons import icon
from facea_desktop.ui.session import Session
from facea_desktop.ui.settings.about import AboutPage
from facea_desktop.ui.settings.device import DevicePage
from facea_desktop.ui.settings.looks import LooksPage
from facea_desktop.ui.settings.machine import MachineWatch
from facea_desktop.ui.settings.models import ModelsPage
from facea_desktop.ui.settings.parts import Page
from facea_desktop.ui.settings.privacy import PrivacyPage
from facea_desktop.ui.widgets import panel, row

RAIL_WIDTH = 216


class SettingsPage(QWidget):
    """Models, device, folders and privacy, looks, and what this program is."""

    logWanted = Signal()
    """The log viewer is to be opened."""
    shortcutsWanted = Signal()
    """The list of keyboard shortcuts is to be opened."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("settingsPage")
        machine = MachineWatch(session, self)
        about = AboutPage(session)
        about.logWanted.connect(self.logWanted)
        about.shortcutsWanted.connect(self.shortcutsWanted)
        self._rail = QListWidget()
        self._rail.setObjectName("settingsRail")
        self._rail.setAccessibleName(self.tr("Settings"))
        self._rail.setIconSize(QSize(18, 18))
        self._stack = QStackedWidget()
        self._subjects: dict[str, int] = {}
        pages: tuple[tuple[str, str, str, Page], ...] = (
            ("models", "models", self.tr("Models"), ModelsPage(session, machine)),
            ("device", "device", self.tr("Device"), DevicePage(session, machine)),
            ("privacy", "privacy", self.tr("Folders and privacy"), PrivacyPage(session)),
            ("looks", "style", self.tr("Looks"), LooksPage(session)),
            ("about", "info", self.tr("About"), about),
        )
        self._icons = [icon_name for _, icon_name, _, _ in pages]
        for name, icon_name, text, page in pages:
            item = QListWidgetItem(icon(icon_name), text)
            item.setSizeHint(QSize(RAIL_WIDTH - 24, 38))
            self._subjects[name] = self._stack.addWidget(page)
            self._rail.addItem(item)
        self._rail.currentRowChanged.connect(self._stack.setCurrentIndex)
        self._rail.setCurrentRow(0)
        side = panel(self._rail)
        side.setFixedWidth(RAIL_WIDTH)
        layout = row(side, self._stack, space=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def show_what(self, what: object) -> None:
        """Show a subject: "models", "device", "privacy", "looks", "about"; "settings" the first after the models.

        Anything else leaves the page as it was.
        """
        name = "device" if what == "settings" and self._rail.currentRow() == self._subjects["models"] else what
        if isinstance(name, str) and name in self._subjects:
            self._rail.setCurrentRow(self._subjects[name])

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons anew when the theme changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            for line, icon_name in enumerate(self._icons):
                self._rail.item(line).setIcon(icon(icon_name))
