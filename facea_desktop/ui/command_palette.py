"""The command palette: whatever the menus offer and everybody in the library, found by typing a few letters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QIcon, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QLineEdit, QTreeWidget, QTreeWidgetItem, QWidget

from facea_desktop.ui.fuzzy_match import fit
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import column, label, screen_room

MOST = 60
"""Lines on show; whoever looks for others types more."""
_WIDTH, _HEIGHT = 680, 420
_BY_MENU = 100.0


@dataclass(frozen=True)
class Entry:
    """A line of the palette.

    Attributes:
        text: what it does, without marks for keys.
        group: where else it is found.
        run: does it.
    """

    text: str
    group: str
    run: Callable[[], object]
    keys: QKeySequence = field(default_factory=QKeySequence)
    icon: QIcon = field(default_factory=QIcon)


class CommandPalette(QDialog):
    """A field and what fits it, the best first; Enter does it."""

    def __init__(self, entries: Sequence[Entry], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("commandPalette")
        self.setWindowTitle(self.tr("Commands"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._entries = list(entries)
        self._window = parent
        self.search = QLineEdit()
        self.search.setObjectName("commandSearch")
        self.search.setPlaceholderText(self.tr("Find a command or a person"))
        self.search.setAccessibleName(self.tr("Find a command or a person"))
        self.search.textChanged.connect(self._find)
        self.search.installEventFilter(self)
        self.list = QTreeWidget()
        self.list.setObjectName("commandList")
        self.list.setAccessibleName(self.tr("Commands"))
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.setColumnCount(3)
        self.list.setUniformRowHeights(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.header().setStretchLastSection(False)
        self.list.header().setSectionResizeMode(0, self.list.header().ResizeMode.Stretch)
        self.list.header().setSectionResizeMode(2, self.list.header().ResizeMode.ResizeToContents)
        self.list.itemClicked.connect(lambda item: self._run(item))
        self._none = label(self.tr("No matches."), "hint")
        whole = column(self.search, self._none, self.list, margin=SPACE)
        self.setLayout(whole)
        room = screen_room(self)
        self.resize(min(_WIDTH, parent.width() - 4 * SPACE), min(_HEIGHT, parent.height() // 2, room.height()))
        self._find("")

    def show_over(self, window: QWidget) -> None:
        """Open near the top of a window, in its middle."""
        at = window.mapToGlobal(window.rect().topLeft())
        self.move(at.x() + (window.width() - self.width()) // 2, at.y() + window.height() // 8)
        self.open()
        self.search.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the list that are pressed in the field."""
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            key, rows = event.key(), self.list.topLevelItemCount()
            page = 8
            steps = {
                Qt.Key.Key_Down: 1,
                Qt.Key.Key_Up: -1,
                Qt.Key.Key_PageDown: page,
                Qt.Key.Key_PageUp: -page,
            }
            if key in steps and rows:
                now = self.list.currentIndex().row()
                step = steps[Qt.Key(key)]
                to = (now + step) % rows if abs(step) == 1 else max(0, min(rows - 1, now + step))
                self._mark(to)
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if (item := self.list.currentItem()) is not None:
                    self._run(item)
                return True
        return super().eventFilter(watched, event)

    @Slot(str)
    def _find(self, text: str) -> None:
        scored = [(_fit(text, entry), place) for place, entry in enumerate(self._entries)]
        found = (
            sorted((-score, place) for score, place in scored if score is not None)
            if text.strip()
            else [(0.0, place) for place in range(len(self._entries))]
        )
        self.list.clear()
        for _, place in found[:MOST]:
            entry = self._entries[place]
            keys = entry.keys.toString(QKeySequence.SequenceFormat.NativeText)
            item = QTreeWidgetItem([entry.text, entry.group, keys])
            item.setIcon(0, entry.icon)
            item.setData(0, Qt.ItemDataRole.UserRole, place)
            for section in (1, 2):
                item.setForeground(section, self.palette().placeholderText())
                item.setTextAlignment(section, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.list.addTopLevelItem(item)
        self.list.resizeColumnToContents(1)
        if self.list.columnWidth(1) > self.width() // 3:  # what is done matters more than where it is found
            self.list.setColumnWidth(1, self.width() // 3)
        if found:
            self._mark(0)
        self._none.setVisible(not found)

    def _mark(self, row: int) -> None:
        item = self.list.topLevelItem(row)
        if item is not None:
            self.list.setCurrentItem(item)

    def _run(self, item: QTreeWidgetItem) -> None:
        """Close first, so that what is done finds the focus where it was."""
        entry = self._entries[item.data(0, Qt.ItemDataRole.UserRole)]
        self.close()
        QTimer.singleShot(0, self._window, entry.run)


def _fit(query: str, entry: Entry) -> float | None:
    """How well an entry fits; what fits only with its menu's name comes last."""
    by_text = fit(query, entry.text)
    if by_text is not None:
        return by_text
    with_menu = fit(query, f"{entry.text} {entry.group}")
    return None if with_menu is None else with_menu - _BY_MENU
