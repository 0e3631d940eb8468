"""A short message shown for a moment at the bottom of the window, over the content; what it tells may be undone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QWidget

from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import button, label, row

_SHOWN_MS, _UNDO_MS = 4000, 10_000


class Toast(QFrame):
    """Lies over its parent; ``set_message`` shows it, ``offer_undo`` with a button.

    What was offered last can be undone later, too.
    """

    undoableChanged = Signal(bool)
    """Whether there is something to undo."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setProperty("toast", True)
        self.setObjectName("toast")
        self._text = label("")
        self._act: Callable[[], object] | None = None
        self.undo = button(self.tr("Undo"), self.undo_last, name="toastUndo")
        self.setLayout(row(self._text, self.undo, space=SPACE * 2))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    @Slot(str)
    def set_message(self, text: str) -> None:
        """Show ``text`` for a moment."""
        self._show(text, _SHOWN_MS, undo=False)

    @Slot(str, object)
    def offer_undo(self, text: str, act: Callable[[], object]) -> None:
        """Show ``text`` for a while, with a button that calls ``act`` once."""
        self._act = act
        self.undoableChanged.emit(True)
        self._show(text, _UNDO_MS, undo=True)

    @property
    def undoable(self) -> bool:
        """Whether there is something to undo."""
        return self._act is not None

    @Slot()
    def undo_last(self) -> None:
        """Undo what was offered last, once."""
        act, self._act = self._act, None
        self.hide()
        self.undoableChanged.emit(False)
        if act is not None:
            act()

    def _show(self, text: str, milliseconds: int, *, undo: bool) -> None:
        self._text.setText(text)
        self.setAccessibleName(text)
        self.undo.setVisible(undo)
        self.adjustSize()
        self.move((self._over.width() - self.width()) // 2, self._over.height() - self.height() - 6 * SPACE)
        self.raise_()
        self.show()
        self._timer.start(milliseconds)
