"""All keyboard shortcuts in one list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QLineEdit, QScrollArea, QWidget

from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import button, column, label, row, screen_room

Shortcut = tuple[str, str, str]
"""Group, what it does, and the keys as ``QKeySequence.toString()`` gives them."""


class ShortcutsDialog(QDialog):
    """What can be done with the keyboard, grouped, with a field to search it."""

    def __init__(self, shortcuts: Iterable[Shortcut], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("shortcutsDialog")
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.resize(520, min(600, screen_room(self).height()))
        self._lines: list[tuple[str, QWidget, QWidget]] = []
        self._headings: list[tuple[QLabel, range]] = []
        search = QLineEdit()
        search.setObjectName("shortcutSearch")
        search.setPlaceholderText(self.tr("Search"))
        search.setAccessibleName(self.tr("Search the shortcuts"))
        search.setToolTip(self.tr("Show only shortcuts that contain these words"))
        search.setClearButtonEnabled(True)
        search.textChanged.connect(self._search)
        self._none = label(self.tr("No matches."), "hint")
        self._none.hide()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setAccessibleName(self.tr("Keyboard shortcuts"))
        area.setWidget(self._list(_grouped(shortcuts)))
        close = button(self.tr("&Close"), self.close, tip=self.tr("Close"))
        end = row()
        end.addStretch()
        end.addWidget(close)
        self.setLayout(column(search, self._none, area, end, margin=SPACE * 2))

    def _list(self, shortcuts: Sequence[Shortcut]) -> QWidget:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, SPACE, 0)
        grid.setVerticalSpacing(SPACE)
        grid.setColumnStretch(0, 1)
        for group, members in groupby(shortcuts, key=lambda one: one[0]):
            heading = label(group, "heading")
            heading.setContentsMargins(0, SPACE if self._lines else 0, 0, 0)
            grid.addWidget(heading, grid.rowCount(), 0, 1, 2)
            first = len(self._lines)
            for _, text, keys in members:
                text = text.replace("&", "").rstrip("…")
                words, shown = label(text), label(_native(keys), "hint")
                line = grid.rowCount()
                grid.addWidget(words, line, 0)
                grid.addWidget(shown, line, 1, Qt.AlignmentFlag.AlignRight)
                self._lines.append((f"{group} {text} {keys}".casefold(), words, shown))
            self._headings.append((heading, range(first, len(self._lines))))
        grid.setRowStretch(grid.rowCount(), 1)
        made = QWidget()
        made.setLayout(grid)
        return made

    def _search(self, text: str) -> None:
        wanted = text.casefold().split()
        fits = [all(word in words for word in wanted) for words, _, _ in self._lines]
        for fit, (_, words, keys) in zip(fits, self._lines):
            words.setVisible(fit)
            keys.setVisible(fit)
        for heading, lines in self._headings:
            heading.setVisible(any(fits[line] for line in lines))
        self._none.setVisible(not any(fits))


def _grouped(shortcuts: Iterable[Shortcut]) -> list[Shortcut]:
    """Groups in the order in which they come first, each in one piece."""
    given = list(shortcuts)
    order = list(dict.fromkeys(group for group, _, _ in given))
    return sorted(given, key=lambda one: order.index(one[0]))


def _native(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText) or keys
