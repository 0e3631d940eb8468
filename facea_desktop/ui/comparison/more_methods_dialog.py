"""Asks which further methods are to be compared on the photos and prompts of a comparison."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from facea_desktop.comparison.comparison_store import Comparison
from facea_desktop.comparison.dataset import read_prompts
from facea_desktop.models.model_store import ModelStore
from facea_desktop.ui.comparison.comparison_text import count_words
from facea_desktop.ui.comparison.method_picker import MethodPicker
from facea_desktop.ui.dialogs import QuestionDialog
from facea_desktop.ui.widgets import button, label


class MoreMethodsDialog(QuestionDialog):
    """A dialog over the page; ``open`` it.

    Raises:
        UserError: the comparison's prompts cannot be read.
    """

    chosen = Signal(object, list)
    """The Comparison, and the names of the methods."""

    def __init__(self, models: ModelStore, comparison: Comparison, parent: QWidget | None = None) -> None:
        super().__init__("moreMethodsDialog", parent)
        self.ask(self.tr("Compare more methods on “{}”").format(comparison.plan.title))
        self._comparison = comparison
        self._people = len(comparison.people())
        self._prompts = len(read_prompts(comparison.request.prompts)[0])
        self.picker = MethodPicker(models, without=comparison.plan.methods)
        self.picker.changed.connect(self._update_actions)
        self.count = label("", "hint", wrap=True)
        self.go = button(self.tr("&Compare"), self.accept, name="moreMethodsGo", kind="primary")
        self.rows.addWidget(label(self.tr("Existing pictures and votes are kept."), "hint", wrap=True))
        self.rows.addWidget(self.picker)
        self.rows.addWidget(self.count)
        self.finish_with(self.go)
        self._update_actions()

    def accept(self) -> None:
        """Tell what is ticked."""
        self.chosen.emit(self._comparison, self.picker.methods())
        super().accept()

    @Slot()
    def _update_actions(self) -> None:
        methods, request = self.picker.methods(), self._comparison.request
        count = count_words(self._people, methods, self._prompts, len(request.seeds)) if methods else ""
        self.count.setText(count)
        self.go.setEnabled(bool(methods))
