"""Which methods are compared: a tick for each, with a line that says what it is."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QLabel, QWidget

from facea_desktop.models.model_store import ModelStore
from facea_desktop.ui.comparison.comparison_text import MORE, USUAL, method_words, why_not
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import Section, column, label

_INDENT_PX = 22
FIRST = ("untuned", "full", "dreambooth-lora")
"""Ticked at first: the floor, this program's method, and what most others do."""


class MethodPicker(QWidget):
    """The methods, those that need nothing more first.

    Args:
        without: methods that are not offered; with any, none is ticked at first.
    """

    changed = Signal()

    def __init__(self, models: ModelStore, without: Collection[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._models = models
        self.boxes: dict[str, QCheckBox] = {}
        self._lines: dict[str, QLabel] = {}
        usual, further = ([method for method in group if method not in without] for group in (USUAL, MORE))
        whole = column(column(*map(self._row, usual), space=SPACE), space=SPACE * 3 // 2)
        if further:
            more = QWidget()
            more.setLayout(column(*map(self._row, further), space=SPACE))
            whole.addWidget(Section(self.tr("More methods"), more, opened=not usual, name="moreMethods"))
        whole.addStretch()
        self.setLayout(whole)
        for method in FIRST if not without else ():
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
