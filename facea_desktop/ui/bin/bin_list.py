"""What is in the bin, as rows: a picture, what it is, and since or until when it is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from facea_desktop.library.bin import Bin
from facea_desktop.library.bin_files import BinEntry, entry_folder
from facea_desktop.library.portrait_files import read_facts
from facea_desktop.ui.formatting import counted, day_words
from facea_desktop.ui.people.person_row import (
    FACE_SIDE,
    ROW_HEIGHT,
    draw_rounded,
    name_font,
    state_font,
    text_boxes,
)
from facea_desktop.ui.theme import RADIUS, SPACE, colours
from facea_desktop.ui.thumbnails import Thumbnails

ROW_ROLE = int(Qt.ItemDataRole.UserRole)
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True)
class BinRow:
    """An entry as the list shows it.

    Attributes:
        picture: of the person, or the portrait; None where there is none.
        prompt: of a portrait.
        shows: who is in a portrait, by id.
    """

    entry: BinEntry
    picture: Path | None
    prompt: str = ""
    shows: tuple[str, ...] = ()


def read_rows(root: Path) -> list[BinRow]:
    """Everything in the bin; reads a file for each entry, so not in the window's thread."""
    bin_, rows = Bin(root), []
    for entry in bin_.entries():
        picture = bin_.picture(entry)
        if entry.person is None and picture is not None:
            facts = read_facts(entry_folder(root, entry.id) / entry.portraits[0])
            rows.append(BinRow(entry, picture, facts.prompt, facts.people))
        else:
            rows.append(BinRow(entry, picture))
    return rows


class BinModel(QAbstractListModel):
    """The rows, with their words."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[BinRow] = []
        self._names: dict[str, str] = {}
        self._days: int | None = None

    def show_rows(self, rows: Sequence[BinRow], names: dict[str, str], days: int | None) -> None:
        """Show these.

        Args:
            names: of people in the library, by id.
            days: after which entries are erased; None is never.
        """
        self.beginResetModel()
        self.rows, self._days = list(rows), days
        self._names = {one.entry.person: one.entry.name or "" for one in rows if one.entry.person is not None} | names
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """How many there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The BinRow, its title, or what is said below it."""
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return self._title(row)
        if role == Qt.ItemDataRole.StatusTipRole:
            return self._line(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._title(row)}, {self._line(row)}"
        return None

    def _title(self, row: BinRow) -> str:
        if row.entry.person is not None:
            return row.entry.name or self.tr("Unknown person")
        names = [self._names[person] for person in row.shows if self._names.get(person)]
        return ": ".join(part for part in (", ".join(names), row.prompt) if part) or self.tr("Portrait")

    def _line(self, row: BinRow) -> str:
        entry = row.entry
        parts = [self.tr("Portrait")]
        if entry.person is not None:
            parts = [self.tr("Person")]
            if entry.portraits:
                parts.append(counted(len(entry.portraits), self.tr("1 portrait"), self.tr("{} portraits")))
        if self._days is None:
            day = entry.deleted.astimezone().date()
            parts.append(self.tr("deleted on {day}").format(day=day_words(day)))
        else:
            day = (entry.deleted + timedelta(days=self._days)).astimezone().date()
            parts.append(self.tr("kept until {day}").format(day=day_words(day)))
        return " · ".join(parts)


class BinDelegate(QStyledItemDelegate):
    """Paints a row."""

    def __init__(self, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """All rows are of one height."""
        return QSize(200, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one entry."""
        row: BinRow = index.data(ROW_ROLE)
        rect: QRect = option.rect.adjusted(0, 2, 0, -2)
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            fill = QColor(colours().hover)
            fill.setAlphaF(1.0 if chosen else 0.5)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(fill)
            painter.drawRoundedRect(rect, RADIUS, RADIUS)
        face = QRect(rect.left() + SPACE, rect.center().y() - FACE_SIDE // 2 + 1, FACE_SIDE, FACE_SIDE)
        draw_rounded(painter, face, self._picture(row))
        places = zip(text_boxes(rect), (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.StatusTipRole), strict=True)
        for (box, role), font, colour in zip(
            places, (name_font, state_font), (colours().text, colours().muted), strict=True
        ):
            painter.setFont(font(painter.font()))
            painter.setPen(QColor(colour))
            text = painter.fontMetrics().elidedText(str(index.data(role)), Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()

    def _picture(self, row: BinRow) -> QPixmap | None:
        return (self._thumbnails.get(row.picture, FACE_SIDE) or QPixmap()) if row.picture is not None else None
