"""The strip at the window's left edge that leads from page to page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFrame, QSizePolicy, QToolButton, QWidget

from facea_desktop.ui.destinations import PageDestination, PageName
from facea_desktop.ui.icons import icon
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import column

_WIDTH_PX, _ROOM_PX = 72, 28
"""The least width, and what a button needs beside its word."""


@dataclass(frozen=True)
class RailEntry:
    """A button of the rail: where it leads, with the name of its icon and its title."""

    destination: PageDestination
    icon: str
    title: str


class NavigationRail(QFrame):
    """One checkable button for each entry; the actions also stand in the menu."""

    chosen = Signal(object)
    """The destination that the user wants."""

    def __init__(self, entries: Sequence[RailEntry], low: int, parent: QWidget | None = None) -> None:
        """Entries from number ``low`` on stand at the bottom."""
        super().__init__(parent)
        self.setProperty("panel", True)
        widest = max(self.fontMetrics().horizontalAdvance(entry.title) for entry in entries)
        self.setFixedWidth(max(_WIDTH_PX, widest + _ROOM_PX))
        self.actions_by_page: dict[PageName, QAction] = {}
        group = QActionGroup(self)
        layout = column(margin=SPACE // 2, space=SPACE // 2)
        for number, entry in enumerate(entries):
            action = QAction(entry.title, self, checkable=True)
            action.setShortcut(f"Alt+{number + 1}")
            action.setToolTip(f"{entry.title} ({action.shortcut().toString()})")
            action.triggered.connect(lambda _=False, wanted=entry.destination: self.chosen.emit(wanted))
            group.addAction(action)
            if number == low:
                layout.addStretch()
            layout.addWidget(self._button(action, entry.destination.page))
            action.setIcon(icon(entry.icon))
            self.actions_by_page[entry.destination.page] = action
        self.setLayout(layout)

    def show_page(self, name: PageName) -> None:
        """Mark the page that is shown; none where it has no button."""
        for page, action in self.actions_by_page.items():
            action.setChecked(page == name)

    def _button(self, action: QAction, page: PageName) -> QToolButton:
        made = QToolButton()
        made.setObjectName(f"{page}PageButton")
        made.setProperty("flat", True)
        made.setDefaultAction(action)
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        made.setIconSize(QSize(22, 22))
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return made
