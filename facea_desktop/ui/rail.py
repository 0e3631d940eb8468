"""The strip at the window's left edge that leads from page to page."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFrame, QSizePolicy, QToolButton, QWidget

from facea_desktop.ui.icons import icon
from facea_desktop.ui.theme import SPACE, colours
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
        self._icons: dict[str, str] = {}
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
            self.actions_by_page[name], self._icons[name] = action, icon_name
        self.setLayout(layout)
        self._dress()

    def show_page(self, name: str) -> None:
        """Mark the page that is shown; none where it has no button."""
        for page, action in self.actions_by_page.items():
            action.setChecked(page == name)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons in the new theme's colours."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._dress()

    def _dress(self) -> None:
        for name, action in self.actions_by_page.items():
            action.setIcon(icon(self._icons[name], colours().text))

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
