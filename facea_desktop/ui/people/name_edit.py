"""A name that can be edited in place."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QStackedLayout, QWidget

from facea_desktop.domain.people import NAME_CHARACTERS
from facea_desktop.ui.widgets import label, plain_tip, row, tool

_COMING_BACK = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


class NameEdit(QWidget):
    """Shows a name as a title; the pencil, F2 or a double click turn it into a field. Enter keeps, Escape gives up.

    Attributes:
        editing: the name is being typed.
    """

    renamed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editing = False
        self._label: QLabel = label("", "title")
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setMinimumWidth(1)  # a long name is cut rather than pushing the buttons out
        self._field = QLineEdit()
        self._field.setObjectName("personPageName")
        self._field.setMaxLength(NAME_CHARACTERS)
        self._field.setAccessibleName(self.tr("Name"))
        self._field.returnPressed.connect(self._keep)
        self._field.installEventFilter(self)
        pencil = tool("rename", self.tr("Rename (F2)"), self.edit, name="renameButton")
        shown = QWidget()
        line = row(self._label, pencil, space=4)
        line.addStretch()
        shown.setLayout(line)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(shown)
        self._stack.addWidget(self._field)
        self.setFixedHeight(max(self._field.sizeHint().height(), pencil.sizeHint().height()))

    def show_name(self, name: str) -> None:
        """Show this name; one that is being typed stays in its field."""
        self._label.setText(name)
        self._label.setToolTip(plain_tip(name))

    def edit(self) -> None:
        """Turn into a field."""
        self.editing = True
        self._field.setText(self._label.text())
        self._stack.setCurrentIndex(1)
        self._field.setFocus()
        self._field.selectAll()

    def leave(self) -> None:
        """Give up what is being typed."""
        self.editing = False  # before the field goes, as that takes the focus from it
        self._stack.setCurrentIndex(0)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Rename."""
        self.edit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape gives up, leaving the field keeps."""
        if watched is self._field and self.editing:
            if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
                self.leave()
                return True
            if isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() not in _COMING_BACK:
                self._keep()
        return False

    @Slot()
    def _keep(self) -> None:
        if not self.editing:
            return
        self.leave()
        name = self._field.text().strip()
        if name and name != self._label.text():
            self.renamed.emit(name)
