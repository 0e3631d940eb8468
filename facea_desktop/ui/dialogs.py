"""Questions in dialogs of their own; none of them blocks."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QMessageBox, QPushButton, QWidget

from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import button, column, label, row

tr = QCoreApplication.translate

_WIDTH = 420


class QuestionDialog(QDialog):
    """A dialog of one column with its buttons below, the one that goes on at the right."""

    def __init__(self, name: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH)
        self._title = label("", "title", wrap=True)
        self.rows = column(self._title, margin=SPACE * 3, space=SPACE * 2)
        self.setLayout(self.rows)

    def ask(self, title: str) -> None:
        """What is asked, above all and in the window's title."""
        self._title.setText(title)
        self.setWindowTitle(title)

    def finish_with(self, *buttons: QPushButton) -> None:
        """Put the buttons below; Cancel stands before them."""
        cancel = button(self.tr("Cancel"), self.reject, name="cancelButton")
        cancel.setAutoDefault(False)
        line: QHBoxLayout = row()
        line.addStretch()
        for one in (cancel, *buttons):
            line.addWidget(one)
        self.rows.addLayout(line)


def ask_to_delete(parent: QWidget, name: str, question: str, consequence: str, delete: Callable[[], object]) -> None:
    """Ask before something is erased for good; Enter and Escape keep it.

    Args:
        name: the question's objectName is ``name`` with "Question" behind it, that of its "Delete" with "Yes".
    """
    box = QMessageBox(parent)
    box.setObjectName(f"{name}Question")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setText(question)
    box.setInformativeText(consequence)
    yes = box.addButton(tr("DeleteQuestion", "&Delete"), QMessageBox.ButtonRole.DestructiveRole)
    yes.setObjectName(f"{name}Yes")
    keep = box.addButton(tr("DeleteQuestion", "&Keep"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(keep)
    box.setEscapeButton(keep)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    yes.clicked.connect(lambda: delete())
    box.open()
