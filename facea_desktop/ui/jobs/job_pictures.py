"""The pictures that a job has made; only those in sight are loaded."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QListView, QWidget

from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.thumbnails import Thumbnails
from facea_desktop.ui.widgets import plain_tip

Index = QModelIndex | QPersistentModelIndex
_SIDE_PX = 72
_HEIGHT_PX = 2 * _SIDE_PX + 3 * SPACE + 20


class _Pictures(QAbstractListModel):
    def __init__(self, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self.paths: list[Path] = []
        self._thumbnails = thumbnails
        self._blank = QPixmap(_SIDE_PX, _SIDE_PX)
        self._blank.fill(Qt.GlobalColor.transparent)
        thumbnails.ready.connect(self._came)

    def show(self, paths: Sequence[Path]) -> None:
        old = len(self.paths)
        if list(paths[:old]) != self.paths:
            self.beginResetModel()
            self.paths = list(paths)
            self.endResetModel()
        elif len(paths) > old:
            self.beginInsertRows(QModelIndex(), old, len(paths) - 1)
            self.paths = list(paths)
            self.endInsertRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.paths)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        path = self.paths[index.row()]
        if role == Qt.ItemDataRole.DecorationRole:
            return self._thumbnails.get(path, _SIDE_PX) or self._blank
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            words = self.tr("{}: click to open it on the canvas").format(path.name)
            return plain_tip(words) if role == Qt.ItemDataRole.ToolTipRole else words
        return None

    @Slot(object)
    def _came(self, path: Path) -> None:
        if path in self.paths:
            index = self.index(self.paths.index(path))
            self.dataChanged.emit(index, index, [Qt.ItemDataRole.DecorationRole])


class JobPictures(QListView):
    """Thumbnails in rows; a click, Enter or Space opens one."""

    opened = Signal(object)
    """Path of the picture."""

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("jobPictures")
        self.setAccessibleName(self.tr("Pictures"))
        self._model = _Pictures(thumbnails, self)
        self.setModel(self._model)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setIconSize(QSize(_SIDE_PX, _SIDE_PX))
        self.setGridSize(QSize(_SIDE_PX + SPACE, _SIDE_PX + SPACE))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMaximumHeight(_HEIGHT_PX)
        self.clicked.connect(self._open)
        self.activated.connect(self._open)

    def show_paths(self, paths: Sequence[Path]) -> None:
        """Show these; what is shown already stays where it is."""
        self._model.show(paths)
        per_row = max(self.viewport().width() // (_SIDE_PX + SPACE), 1)
        rows = 1 if len(paths) <= per_row else 2
        self.setFixedHeight(rows * (_SIDE_PX + SPACE) + SPACE)

    def paths(self) -> list[Path]:
        """What is shown."""
        return list(self._model.paths)

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self._model.paths[index.row()])
