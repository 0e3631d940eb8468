"""Which methods are compared: a tick for each, with a line that says what it is."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QLabel, QWidget

from facea_desktop.models.store import ModelStore
from facea_desktop.ui.evaluation.words import MORE, USUAL, method_words, why_not
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import Section, column, label

_INDENT_PX = 22
FIRST = ("untuned", "full", "dreambooth-lora")
"""Ticked at first: the floor, this program's method, and what most others do."""


class MethodPicker(QWidget):
    """The methods, those that need nothing more first."""

    changed = Signal()

    def __init__(self, models: ModelStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._models = models
        self.boxes: dict[str, QCheckBox] = {}
        self._lines: dict[str, QLabel] = {}
        usual = column(*(self._row(method) for method in USUAL), space=SPACE)
        more = QWidget()
        more.setLayout(column(*(self._row(method) for method in MORE), space=SPACE))
        whole = column(usual, Section(self.tr("More methods"), more, name="moreMethods"), space=SPACE * 3 // 2)
        whole.addStretch()
        self.setLayout(whole)
        for method in FIRST:
            self.boxes[method].setChecked(True)
        self.refresh()

    def methods(self) -> list[str]:
        """What is ticked."""
        return [method for method, box in self.boxes.items() if box.isChecked() and box.isEnabled()]

    @Slot()
    def refresh(self) -> None:
        """Look again what is installed."""
        for method, box in self.boxes.items():
            reason = why_not(method, self._models)
            box.setEnabled(not reason)
            self._lines[method].setText(reason or method_words(method)[1])
        self.changed.emit()

    def _row(self, method: str) -> QWidget:
        title, text = method_words(method)
        box = QCheckBox(title)
        box.setObjectName(f"method-{method}")
        box.setToolTip(self.tr("On the command line: {}").format(method))
        box.setAccessibleDescription(text)
        box.toggled.connect(self.changed)
        line = label(text, "hint", wrap=True)
        line.setContentsMargins(_INDENT_PX, 0, 0, 0)
        self.boxes[method], self._lines[method] = box, line
        made = QWidget()
        made.setLayout(column(box, line, space=0))
        return made
