"""Asks which further methods are to be compared on the photos and prompts of a comparison."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from facea_desktop.evaluation.shelf import Comparison
from facea_desktop.evaluation.sitters import read_prompts
from facea_desktop.models.store import ModelStore
from facea_desktop.ui.evaluation.methods import MethodPicker
from facea_desktop.ui.evaluation.words import count_words
from facea_desktop.ui.people.dialogs import QuestionDialog
from facea_desktop.ui.widgets import button, label


class MoreMethods(QuestionDialog):
    """A dialog over the page; ``open`` it.

    Raises:
        UserError: the comparison's prompts cannot be read.
    """

    chosen = Signal(object, list)
    """The Comparison, and the names of the methods."""

    def __init__(self, models: ModelStore, comparison: Comparison, parent: QWidget | None = None) -> None:
        super().__init__("moreMethodsDialog", parent)
        self.ask(self.tr("Compare further methods on “{}”").format(comparison.plan.title))
        self._comparison = comparison
        self._people = len(comparison.people())
        self._prompts = len(read_prompts(comparison.request.prompts)[0])
        self.picker = MethodPicker(models, without=comparison.plan.methods)
        self.picker.changed.connect(self._offer)
        self.count = label("", "hint", wrap=True)
        self.go = button(self.tr("&Compare"), self.accept, name="moreMethodsGo", kind="primary")
        self.rows.addWidget(label(self.tr("What was made and every vote stays."), "hint", wrap=True))
        self.rows.addWidget(self.picker)
        self.rows.addWidget(self.count)
        self.finish_with(self.go)
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
