"""A small window in which somebody of the library is found by name and chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QIcon, QKeyEvent, QPixmap
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QWidget

from facea_desktop.library.summaries import PersonSummary
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.thumbnails import Thumbnails
from facea_desktop.ui.widgets import column

Index = QModelIndex | QPersistentModelIndex
_SIDE_PX = 28
_SIZE = QSize(260, 320)
_MOVING = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class _People(QAbstractListModel):
    def __init__(self, thumbnails: Thumbnails, parent: QObject) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self.shown: list[PersonSummary] = []
        self._why_not: dict[str, str] = {}
        self._blank = QPixmap(_SIDE_PX, _SIDE_PX)
        self._blank.fill(Qt.GlobalColor.transparent)
        thumbnails.ready.connect(self._came)

    def show(self, people: Sequence[PersonSummary], why_not: dict[str, str]) -> None:
        self.beginResetModel()
        self.shown, self._why_not = list(people), why_not
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        person = self.shown[index.row()]
        why_not = self._why_not.get(person.id)
        if role == Qt.ItemDataRole.DisplayRole:
            return person.name if why_not is None else f"{person.name} ({why_not})"
        if role == Qt.ItemDataRole.DecorationRole:
            found = self._thumbnails.get(person.thumbnail, _SIDE_PX) if person.thumbnail is not None else None
            return QIcon(found or self._blank)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        possible = self.shown[index.row()].id not in self._why_not
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable if possible else Qt.ItemFlag.NoItemFlags

    @Slot(object)
    def _came(self, path: Path) -> None:
        for row, person in enumerate(self.shown):
            if person.thumbnail == path:
                self.dataChanged.emit(self.index(row), self.index(row), [Qt.ItemDataRole.DecorationRole])


class PersonChooser(QFrame):
    """Opens below a button; typing filters, arrows and Enter choose, Escape closes."""

    chosen = Signal(str)
    """Id of the person."""

    def __init__(self, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("personChooser")
        self.setProperty("card", True)
        self._people: Sequence[PersonSummary] = ()
        self._why_not: dict[str, str] = {}
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search by name"))
        self.search.setAccessibleName(self.tr("Search by name"))
        self.search.setToolTip(self.tr("Type part of the name; choose with arrow keys and Enter"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.search.returnPressed.connect(self._choose_current)
        self.search.installEventFilter(self)
        self.model = _People(thumbnails, self)
        self.list = QListView()
        self.list.setAccessibleName(self.tr("People"))
        self.list.setModel(self.model)
        self.list.setUniformItemSizes(True)
        self.list.setIconSize(QSize(_SIDE_PX, _SIDE_PX))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.clicked.connect(self._choose)
        self.setLayout(column(self.search, self.list, margin=SPACE))
        self.setFixedSize(_SIZE)

    def open_at(
        self, below: QWidget, people: Sequence[PersonSummary], why_not: Callable[[PersonSummary], str | None]
    ) -> None:
        """Open below a widget; those whom ``why_not`` gives a reason for are shown with it and cannot be chosen."""
        reasons = {one.id: why_not(one) for one in people}
        self._why_not = {one: reason for one, reason in reasons.items() if reason is not None}
        self._people = sorted(people, key=lambda one: (one.id in self._why_not, one.name.casefold()))
        self.search.clear()
        self._filter("")
        corner = below.mapToGlobal(QPoint(0, below.height() + 2))
        screen = below.screen().availableGeometry()
        x = min(corner.x(), screen.right() - _SIZE.width())
        y = (
            corner.y()
            if corner.y() + _SIZE.height() < screen.bottom()
            else corner.y() - below.height() - _SIZE.height()
        )
        self.move(max(x, screen.left()), max(y, screen.top()))
        self.show()
        self.search.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys in the search field move through the list."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _MOVING:
            self._move(-1 if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_PageUp) else 1)
            return True
        return super().eventFilter(watched, event)

    def _move(self, by: int) -> None:
        row = self.list.currentIndex().row() + by
        if 0 <= row < self.model.rowCount() and self.model.flags(self.model.index(row)):
            self.list.setCurrentIndex(self.model.index(row))

    @Slot(str)
    def _filter(self, text: str) -> None:
        wanted = text.casefold().split()
        found = [one for one in self._people if all(word in one.name.casefold() for word in wanted)]
        found.sort(key=lambda one: (one.id in self._why_not, not one.name.casefold().startswith(text.casefold())))
        self.model.show(found, self._why_not)
        if found and found[0].id not in self._why_not:
            self.list.setCurrentIndex(self.model.index(0))

    @Slot()
    def _choose_current(self) -> None:
        self._choose(self.list.currentIndex())

    @Slot(QModelIndex)
    def _choose(self, index: QModelIndex) -> None:
        if index.isValid() and self.model.flags(index):
            person = self.model.shown[index.row()].id
            self.close()
            self.chosen.emit(person)
