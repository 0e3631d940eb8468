"""The list of people as it is seen and steered."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QDrag, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from facea_desktop.ui.destinations import ShowPerson
from facea_desktop.ui.people.people_model import PeopleModel
from facea_desktop.ui.people.person_row import PersonDelegate
from facea_desktop.ui.session import Session
from facea_desktop.ui.widgets import steady


class PeopleList(QListView):
    """The list; it keeps who is chosen, and where it stands, while people come and go."""

    eraseWanted = Signal()

    def __init__(self, session: Session, model: PeopleModel) -> None:
        super().__init__()
        self._session = session
        self._people = model
        self._kept: list[str] = []
        self._kept_scroll = 0
        self._chosen: str | None = None
        self.recalling = False
        self.setObjectName("libraryView")
        self.setAccessibleName(self.tr("People"))
        self.setModel(model)
        delegate = PersonDelegate(session.thumbnails, session.likeness, self)
        delegate.editing.connect(model.hold)
        self.setItemDelegate(delegate)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setDragEnabled(True)
        self.doubleClicked.connect(self._opened)
        session.thumbnails.ready.connect(self._thumbnail_ready)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the person's page; Delete with Shift, which means more elsewhere, asks to erase."""
        if event.key() == Qt.Key.Key_Delete and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.eraseWanted.emit()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._opened(self.currentIndex())
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press chooses somebody; if it begins a drag, the one before is chosen again."""
        self._chosen = self._session.selected.id if self._session.selected is not None else None
        super().mousePressEvent(event)

    def selectionCommand(
        self, index: QModelIndex | QPersistentModelIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """A click beside the rows leaves whom the panels show chosen."""
        return steady(index, super().selectionCommand(index, event))

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Drag who is selected; they are carried to somewhere, not chosen."""
        rows = self.selectedIndexes()
        drag = QDrag(self)
        drag.setMimeData(self._people.mimeData(rows))
        drag.setPixmap(self.viewport().grab(self.visualRect(self.currentIndex())))
        selected = self._session.selected
        if self._chosen is not None and selected is not None and selected.id != self._chosen:
            self._session.select(self._chosen)
        drag.exec(actions)

    @Slot()
    def remember(self) -> None:
        """The rows are about to be others."""
        self._kept = [self._people.person(row_).id for row_ in self.selected_rows()]
        self._kept_scroll = self.verticalScrollBar().value()

    @Slot()
    def recall(self) -> None:
        """Choose the same people again, as far as they are still shown."""
        self.recalling = True
        self._select(self._kept)
        self.recalling = False
        self.verticalScrollBar().setValue(self._kept_scroll)

    def show_chosen(self, person: str | None) -> None:
        """Select this person, if others are selected now."""
        rows = self.selected_rows()
        row_ = self._people.row_of(person) if person is not None else None
        if row_ is None and person is not None:
            return  # hidden by the search
        if row_ not in rows and (row_ is not None or rows):
            self._select([person] if person is not None else [])
            if row_ is not None:
                self.scrollTo(self._people.index(row_))

    def selected_rows(self) -> list[int]:
        """The rows that are selected, from the top; by ranges, as thousands may be."""
        selection = self.selectionModel().selection()
        ranges = [selection.at(place) for place in range(selection.count())]
        return sorted(row_ for one in ranges for row_ in range(one.top(), one.bottom() + 1))

    def _select(self, people: list[str]) -> None:
        rows = sorted(row_ for person in people if (row_ := self._people.row_of(person)) is not None)
        selection = QItemSelection()
        begin = 0
        for place, row_ in enumerate(rows):
            if place + 1 == len(rows) or rows[place + 1] != row_ + 1:
                selection.append(QItemSelectionRange(self._people.index(rows[begin]), self._people.index(row_)))
                begin = place + 1
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(selection, flags.ClearAndSelect)
        if rows:
            self.selectionModel().setCurrentIndex(self._people.index(rows[0]), flags.NoUpdate)

    @Slot(QModelIndex)
    def _opened(self, index: QModelIndex) -> None:
        self._session.go(ShowPerson(self._people.person(index.row()).id))

    @Slot(object)
    def _thumbnail_ready(self, path: Path) -> None:
        self.viewport().update()
