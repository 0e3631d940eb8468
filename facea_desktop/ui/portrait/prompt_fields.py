"""The fields that prompts are written in."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from facea_desktop.ui.widgets import label, row, tool

_QUIET = """
QPlainTextEdit { background: transparent; border-color: transparent; padding: 2px 4px; }
QPlainTextEdit:hover { border-color: palette(mid); }
QPlainTextEdit:focus { background: palette(base); border-color: palette(highlight); }
"""
LABEL_WIDTH = 52


class GrowingEdit(QPlainTextEdit):
    """A text field as high as its text, within bounds."""

    finished = Signal()
    """Ctrl+Enter."""
    recallWanted = Signal(int)
    """Up (1) or Down (-1) in the empty field, or in one that holds what was recalled."""

    def __init__(self, least: int, most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least, self._most = least, most
        self.recalled = ""
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)

    def sizeHint(self) -> QSize:
        """As high as the text."""
        return QSize(120, self._height())

    def minimumSizeHint(self) -> QSize:
        """The same: the panel scrolls, the field does not."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter ends the typing; Up and Down look for what was written before, where nothing is written now."""
        if not self.toPlainText():
            self.recalled = ""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finished.emit()
            return
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self.toPlainText() == self.recalled:
            self.recallWanted.emit(1 if event.key() == Qt.Key.Key_Up else -1)
            return
        super().keyPressEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Text; a file that is dropped here is for the panel."""
        return source.hasText() and not source.hasUrls()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wraps the text differently."""
        super().resizeEvent(event)
        self._grow()

    def changeEvent(self, event: QEvent) -> None:
        """Another theme may bring another frame."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.updateGeometry()

    def _grow(self) -> None:
        self.updateGeometry()
        lines = self.document().documentLayout().documentSize().height()
        too_long = lines > self._most
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if too_long else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)
        if not too_long:  # while the field was lower, the text may have been scrolled to the cursor
            self.verticalScrollBar().setValue(0)

    def _height(self) -> int:
        lines = round(self.document().documentLayout().documentSize().height())  # a plain text layout counts lines
        lines = min(max(lines, self._least), self._most)
        frame = self.height() - self.viewport().height() if self.isVisible() else 14
        return self.fontMetrics().lineSpacing() * lines + round(2 * self.document().documentMargin()) + frame


class PartField(QWidget):
    """T_c or T_id: follows the prompt until the user writes in it."""

    changed = Signal()
    """By the user's hand, or given back to the prompt."""

    def __init__(self, title: str, name: str, tip: str) -> None:
        super().__init__()
        self._followed = ""
        self._by_hand = False
        self._setting = False
        self._title = label(title, "hint")
        self._title.setFixedWidth(LABEL_WIDTH)
        self._title.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._title.setContentsMargins(0, 7, 0, 0)
        self.edit = GrowingEdit(1, 4)
        self.edit.setObjectName(name)
        self.edit.setAccessibleName(title)
        self.edit.setToolTip(tip)
        self.edit.setPlaceholderText(self.tr("from the prompt"))
        self.edit.setStyleSheet(_QUIET)
        self.edit.textChanged.connect(self._typed)
        self._title.setBuddy(self.edit)
        self._mark = label(self.tr("edited"), "hint")
        self._mark.setProperty("state", "warn")
        self._reset = tool("reset", self.tr("Follow the prompt again"), self._give_back, name=f"{name}Reset")
        self._mark.setContentsMargins(0, 4, 0, 0)
        layout = row(self._title, self.edit, self._mark, self._reset, space=4)
        layout.setStretch(1, 1)
        for small in (self._mark, self._reset):
            layout.setAlignment(small, Qt.AlignmentFlag.AlignTop)
        self.setLayout(layout)
        self._show_mark()

    @property
    def by_hand(self) -> str | None:
        """What the user wrote, None while it follows the prompt."""
        return self.edit.toPlainText().strip() if self._by_hand else None

    @property
    def text(self) -> str:
        """What it says now."""
        return self.edit.toPlainText()

    def follow(self, text: str) -> None:
        """What the prompt says; it is shown unless the user wrote something else."""
        self._followed = text
        if not self._by_hand:
            self._set(text)

    def set_by_hand(self, text: str | None) -> None:
        """Put in what the user once wrote; None follows the prompt again."""
        self._by_hand = text is not None
        self._set(self._followed if text is None else text)
        self._show_mark()

    def _typed(self) -> None:
        if self._setting:
            return
        self._by_hand = True
        self._show_mark()
        self.changed.emit()

    def _give_back(self) -> None:
        self.set_by_hand(None)
        self.edit.setFocus()
        self.changed.emit()

    def _set(self, text: str) -> None:
        if self.edit.toPlainText() == text:
            return
        self._setting = True
        self.edit.setPlainText(text)
        self._setting = False

    def _show_mark(self) -> None:
        self._mark.setVisible(self._by_hand)
        self._reset.setVisible(self._by_hand)
