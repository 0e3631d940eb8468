"""The portraits of a query as a Qt model: pages are fetched as they are looked at, a few are kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, QUrl

from facea_desktop.library.portrait_notes import REJECTED
from facea_desktop.library.search_index import Index
from facea_desktop.library.summaries import PortraitQuery, PortraitSummary
from facea_desktop.ui.likeness_scale import LikenessScales
from facea_desktop.ui.times_badge import times_words

PAGE = 100
PAGES_KEPT = 12
PORTRAIT = int(Qt.ItemDataRole.UserRole)
"""The role of a row's PortraitSummary."""

_AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class GalleryModel(QAbstractListModel):
    """The rows of one query."""

    def __init__(self, index: Index, likeness: LikenessScales, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._index, self._likeness = index, likeness
        self._query = PortraitQuery()
        self._count = 0
        self._top: Path | None = None  # the first row's, by which new rows above it are told
        self._pages: OrderedDict[int, list[PortraitSummary]] = OrderedDict()

    @property
    def query(self) -> PortraitQuery:
        """What is shown."""
        return self._query

    def show_query(self, query: PortraitQuery) -> None:
        """Show the portraits of another query."""
        self.beginResetModel()
        self._query = query
        self._pages.clear()
        self._count = self._index.count(query)
        self._keep_top()
        self.endResetModel()

    def refresh(self) -> None:
        """Look again; what is new on top moves the rest down, so that the selection stays with its portraits."""
        count = self._index.count(self._query)
        added = count - self._count
        if self._top is not None and added >= 0:
            found = self._index.page(self._query, added, 1)
            if found and found[0].path == self._top:
                self._pages.clear()
                if added:
                    self.beginInsertRows(_NOWHERE, 0, added - 1)
                    self._count = count
                    self._keep_top()
                    self.endInsertRows()
                self.dataChanged.emit(self.index(added), self.index(count - 1))
                return
        self.show_query(self._query)

    def remove(self, rows: Iterable[int]) -> None:
        """These rows' portraits were deleted."""
        for first, last in reversed(_runs(rows)):
            self.beginRemoveRows(_NOWHERE, first, last)
            self._pages.clear()
            self._count -= last - first + 1
            self._keep_top()
            self.endRemoveRows()

    def rated(self, rows: Iterable[int], stars: int) -> None:
        """These rows' portraits were rated; they stay where they are until the next look."""
        for first, last in _runs(rows):
            for row in range(first, last + 1):
                page = self._pages.get(row // PAGE)
                if page is not None and row % PAGE < len(page):
                    page[row % PAGE] = replace(page[row % PAGE], rating=stars)
            self.dataChanged.emit(self.index(first), self.index(last))

    def portrait(self, row: int) -> PortraitSummary | None:
        """The portrait of a row; None where it went since the last look."""
        if not 0 <= row < self._count:
            return None
        number, place = divmod(row, PAGE)
        page = self._pages.get(number)
        if page is None:
            page = self._pages[number] = self._index.page(self._query, number * PAGE, PAGE)
            if len(self._pages) > PAGES_KEPT:
                self._pages.popitem(last=False)
        self._pages.move_to_end(number)
        return page[place] if place < len(page) else None

    def kept(self, row: int) -> PortraitSummary | None:
        """The portrait of a row, None where its page is not in memory."""
        number, place = divmod(row, PAGE)
        page = self._pages.get(number, [])
        return page[place] if place < len(page) else None

    def portraits(self, rows: Iterable[int]) -> list[PortraitSummary]:
        """The portraits of many rows, without keeping them."""
        return [
            portrait
            for first, last in _runs(rows)
            for portrait in self._index.page(self._query, first, last - first + 1)
        ]

    def row_of(self, path: Path) -> int | None:
        """The row of a portrait among the pages that are kept."""
        for number, page in self._pages.items():
            for place, portrait in enumerate(page):
                if portrait.path == path:
                    return number * PAGE + place
        return None

    def rowCount(self, parent: _AnyIndex = _NOWHERE) -> int:
        """How many portraits match."""
        return 0 if parent.isValid() else self._count

    def data(self, index: _AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The portrait itself, or what a screen reader says of it."""
        tip = role == Qt.ItemDataRole.ToolTipRole
        if not tip and role not in (PORTRAIT, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        portrait = self.portrait(index.row())
        if role == PORTRAIT or portrait is None:
            return portrait
        if tip:
            return self._meaning(portrait)
        said = [portrait.person_name, portrait.prompt]
        if portrait.rating:
            rejected = portrait.rating == REJECTED
            said.append(self.tr("rejected") if rejected else self.tr("{} stars").format(portrait.rating))
        said += portrait.keywords
        said += [times_words(portrait.times)]
        said += [self._meaning(portrait).replace("\n", " ")]
        return ", ".join(part for part in said if part) or portrait.path.name

    def flags(self, index: _AnyIndex) -> Qt.ItemFlag:
        """Rows can be chosen and dragged out."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else flags

    def supportedDragActions(self) -> Qt.DropAction:
        """Files are copied, never moved away."""
        return Qt.DropAction.CopyAction

    def mimeTypes(self) -> list[str]:
        """Files."""
        return ["text/uri-list"]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The rows as files."""
        data = QMimeData()
        found = self.portraits(index.row() for index in indexes)
        data.setUrls([QUrl.fromLocalFile(str(portrait.path)) for portrait in found])
        return data

    def _meaning(self, portrait: PortraitSummary) -> str:
        return self._likeness.words(portrait.person, portrait.likeness, portrait.first_sight)

    def _keep_top(self) -> None:
        first = self.portrait(0)
        self._top = first.path if first is not None else None


def _runs(rows: Iterable[int]) -> list[tuple[int, int]]:
    """First and last of each run of neighbours, ascending."""
    runs: list[tuple[int, int]] = []
    for row in sorted(set(rows)):
        if runs and row == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs
