"""The queue as a Qt model: every job in its order, the waiting ones can be dragged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from facea_desktop.domain.events import Progress
from facea_desktop.ui.jobs.words import group_words, state_words
from facea_desktop.ui.widgets import plain_tip
from facea_desktop.workers.jobs import Job, JobState

JOB_MIME = "application/x-facea-job"
JOB = Qt.ItemDataRole.UserRole
PROGRESS = Qt.ItemDataRole.UserRole + 1
GROUP = Qt.ItemDataRole.UserRole + 2
"""The heading above a row: that of the first job of a group, "" for the others."""

Index = QModelIndex | QPersistentModelIndex


class JobModel(QAbstractListModel):
    """Jobs in the order of the pool; ``show`` takes what the pool says now."""

    moveWanted = Signal(str, object)
    """A waiting job was dropped: its id, and the id of the job it goes before, None for the end."""

    def __init__(self, progress: Callable[[str], Progress | None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._progress = progress
        self._jobs: list[Job] = []

    def show(self, jobs: Sequence[Job]) -> bool:
        """Take these jobs; returns whether rows came, went or moved, so that the choice has to be made again."""
        old, same = self._jobs, [job.id for job in jobs] == [job.id for job in self._jobs]
        if not same:
            self.beginResetModel()
            self._jobs = list(jobs)
            self.endResetModel()
            return True
        self._jobs = list(jobs)
        regrouped = any(one.state is not other.state for one, other in zip(old, self._jobs))
        for row, (before, after) in enumerate(zip(old, self._jobs)):
            if before is not after:
                self.dataChanged.emit(self.index(row), self.index(row))
        if regrouped:  # headings come and go, and rows with one are higher
            self.layoutChanged.emit()
        return False

    def moved_on(self, ids: set[str]) -> None:
        """The progress of these jobs is another."""
        for row, job in enumerate(self._jobs):
            if job.id in ids:
                self.dataChanged.emit(self.index(row), self.index(row))

    def row_of(self, job: str) -> int:
        """The row of a job, -1 if it is gone."""
        return next((row for row, one in enumerate(self._jobs) if one.id == job), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many jobs there are."""
        return 0 if parent.isValid() else len(self._jobs)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a row shows."""
        if not 0 <= index.row() < len(self._jobs):
            return None
        job = self._jobs[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return job.title
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(job.error or "")
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{job.title}, {state_words(job, self._progress(job.id))}"
            case _ if role == JOB:
                return job
            case _ if role == PROGRESS:
                return self._progress(job.id) if job.state is JobState.RUNNING else None
            case _ if role == GROUP:
                above = self._jobs[index.row() - 1] if index.row() else None
                words = group_words(job.state)
                return "" if above is not None and group_words(above.state) == words else words
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Waiting jobs can be dragged, and dropped between others."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        waits = self._jobs[index.row()].state is JobState.WAITING
        return flags | Qt.ItemFlag.ItemIsDragEnabled if waits else flags

    def supportedDropActions(self) -> Qt.DropAction:
        """Jobs are moved."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """What may be dropped: jobs of this list."""
        return [JOB_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The dragged job's id."""
        data = QMimeData()
        data.setData(JOB_MIME, QByteArray(self._jobs[indexes[0].row()].id.encode()))
        return data

    def drop(self, data: QMimeData, row: int) -> None:
        """A job was dropped above this row: ask for the move; the rows follow when the pool has made it."""
        if data.hasFormat(JOB_MIME):
            dragged = bytes(data.data(JOB_MIME).data()).decode()
            waiting = [job.id for job in self._jobs[row:] if job.state is JobState.WAITING and job.id != dragged]
            self.moveWanted.emit(dragged, waiting[0] if waiting else None)
