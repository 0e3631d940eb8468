"""Everyone in the library as a Qt model: searched, sorted, renamed in place, with what the queue does to them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
    Slot,
)

from facea_desktop.domain.errors import UserError
from facea_desktop.library.person_names import checked_name
from facea_desktop.library.summaries import PersonSummary
from facea_desktop.ui.drag_and_drop import PERSON_MIME, people_data
from facea_desktop.ui.formatting import day_words
from facea_desktop.ui.people.person_disk_work import rename_person
from facea_desktop.ui.person_text import StateLine, rank, state_line
from facea_desktop.ui.session import Session
from facea_desktop.ui.widgets import plain_tip

PERSON_ROLE = Qt.ItemDataRole.UserRole
"""The PersonSummary of a row."""
STATE_ROLE = Qt.ItemDataRole.UserRole + 1
"""The StateLine of a row."""

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class Order(StrEnum):
    """What people are sorted by."""

    NEWEST = "newest"
    NAME = "name"
    LIKENESS = "likeness"
    STATE = "state"


class PeopleModel(QAbstractListModel):
    """The people that match the search, in order; a reset comes only when they are others than before."""

    counted = Signal(int, int)
    """How many are shown, and how many there are."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._everyone: list[PersonSummary] = []
        self._shown: list[PersonSummary] = []
        self._rows: dict[str, int] = {}
        self._names: dict[str, str] = {}  # typed, and on their way to the disk
        self._text = ""
        self._order = Order.NEWEST
        self._held = self._behind = False
        session.people_status.changed.connect(self._status_changed)
        session.likeness.learned.connect(self._touch)
        session.peopleChanged.connect(self.refresh)
        self.refresh()

    # What may be asked

    def row_of(self, person: str) -> int | None:
        """The row that shows the person with this id, None where the search hides them."""
        return self._rows.get(person)

    def person(self, row: int) -> PersonSummary:
        """Who is in a row."""
        return self._shown[row]

    def search(self, text: str) -> None:
        """Show only people whose name has all these words in it."""
        self._text = text
        self._arrange()

    def sort_by(self, order: Order) -> None:
        """Put people into another order."""
        self._order = order
        self._arrange()

    def hold(self, held: bool) -> None:
        """Keep the rows where they are while a name is typed; what changed meanwhile comes after."""
        self._held = held
        if not held and self._behind:
            self._arrange()

    @Slot()
    def refresh(self) -> None:
        """Look at the library again."""
        self._everyone = self._session.people()
        self._arrange()

    # What Qt asks

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """How many people are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Everyone can be chosen, renamed and dragged."""
        flags = super().flags(index)
        if index.isValid():
            flags |= Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemNeverHasChildren
        return flags

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a row shows."""
        if not index.isValid():
            return None
        person = self._shown[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._names.get(person.id, person.name)
        if role == PERSON_ROLE:
            return person
        if role == STATE_ROLE:
            return self._state(person)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._on_event(person))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join([person.name, self._state(person).text, *self._likeness(person)])
        return None

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Rename; the new name is shown at once and written behind it."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        person = self._shown[index.row()]
        try:
            name = checked_name(str(value))
        except UserError as error:
            self._session.failed.emit(str(error))
            return False
        if name != person.name:
            self._names[person.id] = name
            self.dataChanged.emit(index, index)
            self._session.start(self._rename(person.id, name))
        return True

    def mimeTypes(self) -> list[str]:
        """What a dragged person is to those it is dropped on."""
        return [PERSON_MIME]

    def mimeData(self, indexes: Any) -> QMimeData:
        """Those who are dragged."""
        return people_data(self._shown[index.row()].id for index in indexes)

    def supportedDragActions(self) -> Qt.DropAction:
        """Dragging somebody takes nobody away."""
        return Qt.DropAction.CopyAction

    async def _rename(self, person: str, name: str) -> None:
        try:
            await rename_person(self._session, person, name)
        finally:
            self._names.pop(person, None)
            self._touch(person)

    def _arrange(self) -> None:
        if self._held:
            self._behind = True
            return
        self._behind = False
        words = self._text.casefold().split()
        shown = [person for person in self._everyone if all(word in person.name.casefold() for word in words)]
        self._sort(shown)
        if [person.id for person in shown] == [person.id for person in self._shown]:
            self._shown = shown
            if shown:
                self.dataChanged.emit(self.index(0), self.index(len(shown) - 1))
        else:
            self.beginResetModel()
            self._shown = shown
            self._rows = {person.id: row for row, person in enumerate(shown)}
            self.endResetModel()
        self.counted.emit(len(shown), len(self._everyone))

    def _sort(self, people: list[PersonSummary]) -> None:
        status = self._session.people_status
        people.sort(key=lambda person: person.created, reverse=True)
        if self._order is Order.NAME:
            people.sort(key=lambda person: person.name.casefold())
        elif self._order is Order.LIKENESS:
            people.sort(key=lambda person: -2.0 if person.likeness is None else person.likeness, reverse=True)
        elif self._order is Order.STATE:
            people.sort(key=lambda person: rank(status.of(person)))

    def _state(self, person: PersonSummary) -> StateLine:
        return state_line(person, self._session.people_status.of(person), date.today())

    def _likeness(self, person: PersonSummary) -> list[str]:
        score = self._state(person).likeness
        return [] if score is None else [self._session.likeness.words(person.id, score)]

    def _on_event(self, person: PersonSummary) -> str:
        lines = [person.name, self._state(person).text, *self._likeness(person)]
        if person.consent_until is not None:
            lines.append(self.tr("Consent until {day}").format(day=day_words(person.consent_until)))
        made = day_words(person.created.astimezone().date())
        lines.append(self.tr("Added {day}").format(day=made))
        return "\n".join(lines)

    @Slot(str)
    def _status_changed(self, person: str) -> None:
        if self._order is Order.STATE:
            self._arrange()
        self._touch(person)

    @Slot(str)
    def _touch(self, person: str) -> None:
        row = self._rows.get(person)
        if row is not None:
            self.dataChanged.emit(self.index(row), self.index(row))
