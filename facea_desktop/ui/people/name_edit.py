"""A name that is changed where it stands."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QStackedLayout, QWidget

from facea_desktop.ui.people.icon_keeper import IconKeeper
from facea_desktop.ui.people.person_row import NAME_LENGTH
from facea_desktop.ui.widgets import label, row, tool


class NameEdit(QWidget):
    """Shows a name as a title; the pencil, F2 or a double click turn it into a field. Enter keeps, Escape gives up."""

    renamed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label: QLabel = label("", "title")
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setMinimumWidth(1)  # a long name is cut rather than pushing the buttons out
        self._field = QLineEdit()
        self._field.setObjectName("personPageName")
        self._field.setMaxLength(NAME_LENGTH)
        self._field.setAccessibleName(self.tr("Name"))
        self._field.returnPressed.connect(self._keep)
        self._field.installEventFilter(self)
        pencil = tool("rename", self.tr("Rename (F2)"), self.edit, name="renameButton")
        IconKeeper(self, {pencil: "rename"})
        shown = QWidget()
        line = row(self._label, pencil, space=4)
        line.addStretch()
        shown.setLayout(line)
        self._stack = QStackedLayout()
        self._stack.addWidget(shown)
        self._stack.addWidget(self._field)
        self.setLayout(self._stack)
        self.setFixedHeight(max(self._field.sizeHint().height(), pencil.sizeHint().height()))

    @property
    def editing(self) -> bool:
        """Whether the name is being typed."""
        return self._stack.currentIndex() == 1

    def show_name(self, name: str) -> None:
        """Show this name; one that is being typed stays in its field."""
        self._label.setText(name)
        self._label.setToolTip(name)

    def edit(self) -> None:
        """Turn into a field."""
        self._field.setText(self._label.text())
        self._stack.setCurrentIndex(1)
        self._field.setFocus()
        self._field.selectAll()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Rename."""
        self.edit()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Escape gives up, leaving the field keeps."""
        if watched is self._field and self.editing:
            if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
                self._stack.setCurrentIndex(0)
                return True
            if event.type() == QEvent.Type.FocusOut and self._field.isVisible():
                self._keep()
        return False

    @Slot()
    def _keep(self) -> None:
        if not self.editing:
            return
        self._stack.setCurrentIndex(0)
        name = self._field.text().strip()
        if name and name != self._label.text():
            self.renamed.emit(name)
