"""The parts by name, on a card that floats on the stage while they are selected."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QPushButton, QWidget

from facea_desktop.ui.canvas.mask_tools import Combine
from facea_desktop.ui.canvas.part_map import BACKGROUND, FACE, part_title
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import Flow, column, label

OFFERED = (FACE, "skin", "hair", "lips", "eyes", BACKGROUND)
_MARGINS = (SPACE, SPACE // 2, SPACE, SPACE // 2)
_EDGE = 1  # the hairline about the card, which the style sheet draws inside it


class PartChip(QPushButton):
    """One part; the pointer or the focus on it shows where it is."""

    chosen = Signal(Combine)
    meant = Signal(bool)

    def __init__(self, part: str) -> None:
        super().__init__(part_title(part))
        self.setProperty("chip", True)
        self.setObjectName(f"select-{part}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        tip = self.tr("Select; Shift adds, Alt or the right button subtracts")
        self.setToolTip(tip)
        self.setAccessibleDescription(tip)
        self.clicked.connect(lambda: self.chosen.emit(Combine.held(QApplication.keyboardModifiers())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter selects like Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(Combine.held(event.modifiers()))
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The right button takes away, as it does on the stage."""
        if event.button() == Qt.MouseButton.RightButton and self.rect().contains(event.position().toPoint()):
            self.chosen.emit(Combine.SUBTRACT)
        super().mouseReleaseEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """The pointer is on it."""
        self.meant.emit(True)
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer left."""
        self.meant.emit(False)
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keys are on it."""
        self.meant.emit(True)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keys went elsewhere."""
        self.meant.emit(False)
        super().focusOutEvent(event)


class PartCard(QFrame):
    """Offers the parts, or says why there are none."""

    chosen = Signal(str, Combine)
    meant = Signal(object)
    """The part whose chip the pointer or the focus is on, None for none."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.setObjectName("partCard")
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)  # nobody wants to select through it
        self._message = label("", "hint", wrap=True)
        self._message.setObjectName("partMessage")
        self._chips: list[PartChip] = []
        self._names = QWidget()
        flow = Flow(SPACE // 2)
        self._names.setLayout(flow)
        for part in OFFERED:
            chip = PartChip(part)
            chip.chosen.connect(lambda how, part=part: self.chosen.emit(part, how))
            chip.meant.connect(lambda on, part=part: self.meant.emit(part if on else None))
            self._chips.append(chip)
            flow.addWidget(chip)
        layout = column(self._message, self._names, space=0)
        layout.setContentsMargins(*_MARGINS)
        self.setLayout(layout)
        self.hide()

    def set_message(self, message: str) -> None:
        """Say this in place of the parts; with an empty message offer them."""
        self._message.setText(message)
        self._message.setVisible(bool(message))
        self._names.setVisible(not message)

    def fit(self, width: int) -> None:
        """Take as much of a width as is needed, and more rows where it does not do."""
        shown = self._message if self._message.text() else self._names
        left, top, right, bottom = (margin + _EDGE for margin in _MARGINS)
        inner = min(self._needed(), width - left - right)
        self.resize(inner + left + right, shown.heightForWidth(inner) + top + bottom)

    def tab_after(self, widget: QWidget) -> None:
        """Let Tab lead from a widget through the parts."""
        for before, after in pairwise([widget, *self._chips]):
            QWidget.setTabOrder(before, after)

    def _needed(self) -> int:
        """Width of all in one row."""
        text = self._message.text()
        if text:
            return self._message.fontMetrics().horizontalAdvance(text) + SPACE
        return sum(chip.sizeHint().width() for chip in self._chips) + (len(self._chips) - 1) * SPACE // 2
