"""Asks which further methods are to be compared on the photos and prompts of a comparison."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QWidget

from facea_desktop.evaluation.shelf import Comparison
from facea_desktop.evaluation.sitters import read_prompts
from facea_desktop.models.store import ModelStore
from facea_desktop.ui.evaluation.methods import MethodPicker
from facea_desktop.ui.evaluation.words import count_words
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import button, column, label, row

_WIDTH_PX = 420


class MoreMethods(QDialog):
    """A dialog over the page; ``open`` it.

    Raises:
        UserError: the comparison's prompts cannot be read.
    """

    chosen = Signal(object, list)
    """The Comparison, and the names of the methods."""

    def __init__(self, models: ModelStore, comparison: Comparison, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("moreMethodsDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH_PX)
        self.setWindowTitle(self.tr("Add methods"))
        self._comparison = comparison
        self._people = len(comparison.people())
        self._prompts = len(read_prompts(comparison.request.prompts)[0])
        self.picker = MethodPicker(models, without=comparison.plan.methods)
        self.picker.changed.connect(self._offer)
        self.count = label("", "hint", wrap=True)
        cancel = button(self.tr("Cancel"), self.reject)
        cancel.setAutoDefault(False)
        self.go = button(self.tr("&Compare"), self.accept, name="moreMethodsGo", kind="primary")
        buttons = row(self.count, cancel, self.go)
        buttons.setStretch(0, 1)
        title = label(self.tr("Compare further methods on “{}”").format(comparison.plan.title), "title", wrap=True)
        kept = label(self.tr("What was made and every vote stays."), "hint", wrap=True)
        self.setLayout(column(title, kept, self.picker, buttons, margin=SPACE * 3, space=SPACE * 2))
        self._offer()

    def accept(self) -> None:
        """Tell what is ticked."""
        self.chosen.emit(self._comparison, self.picker.methods())
        super().accept()

    @Slot()
    def _offer(self) -> None:
        methods, request = self.picker.methods(), self._comparison.request
        count = count_words(self._people, methods, self._prompts, len(request.seeds)) if methods else ""
        self.count.setText(count)
        self.go.setEnabled(bool(methods))
