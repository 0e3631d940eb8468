"""The strip at the window's left edge that leads from page to page."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFrame, QSizePolicy, QToolButton, QWidget

from facea_desktop.ui.icons import set_icon
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import column

_WIDTH_PX, _ROOM_PX = 72, 28
"""The least width, and what a button needs beside its word."""


class Rail(QFrame):
    """One checkable button a page; the actions also stand in the menu."""

    chosen = Signal(str)
    """Name of the page that the user wants."""

    def __init__(self, pages: list[tuple[str, str, str]], low: int, parent: QWidget | None = None) -> None:
        """``pages`` are (name, icon, title); those from number ``low`` on stand at the bottom."""
        super().__init__(parent)
        self.setProperty("panel", True)
        widest = max(self.fontMetrics().horizontalAdvance(title) for _, _, title in pages)
        self.setFixedWidth(max(_WIDTH_PX, widest + _ROOM_PX))
        self.actions_by_page: dict[str, QAction] = {}
        group = QActionGroup(self)
        layout = column(margin=SPACE // 2, space=SPACE // 2)
        for number, (name, icon_name, title) in enumerate(pages):
            action = QAction(title, self, checkable=True)
            action.setShortcut(f"Alt+{number + 1}")
            action.setToolTip(f"{title} ({action.shortcut().toString()})")
            action.triggered.connect(lambda _=False, name=name: self.chosen.emit(name))
            group.addAction(action)
            if number == low:
                layout.addStretch()
            layout.addWidget(self._button(action, name))
            set_icon(action, icon_name)
            self.actions_by_page[name] = action
        self.setLayout(layout)

    def show_page(self, name: str) -> None:
        """Mark the page that is shown; none where it has no button."""
        for page, action in self.actions_by_page.items():
            action.setChecked(page == name)

    def _button(self, action: QAction, name: str) -> QToolButton:
        made = QToolButton()
        made.setObjectName(f"{name}PageButton")
        made.setProperty("flat", True)
        made.setDefaultAction(action)
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        made.setIconSize(QSize(22, 22))
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return made
