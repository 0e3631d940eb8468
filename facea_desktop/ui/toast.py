"""A sentence that shows for a moment at the bottom of the window and takes no room."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QLabel, QWidget

from facea_desktop.ui.theme import SPACE

_SHOWN_MS = 4000


class Toast(QLabel):
    """Lies over its parent; say() shows it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setProperty("toast", True)
        self.setObjectName("toast")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    @Slot(str)
    def say(self, text: str) -> None:
        """Show ``text`` for a moment."""
        self.setText(text)
        self.setAccessibleName(text)
        self.adjustSize()
        self.move((self._over.width() - self.width()) // 2, self._over.height() - self.height() - 6 * SPACE)
        self.raise_()
        self.show()
        self._timer.start(_SHOWN_MS)
