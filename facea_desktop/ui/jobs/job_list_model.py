"""The queue as a Qt model: every job in its order, the waiting ones can be dragged."""

from __future__ import annotations

from collections.abc import Collection, Sequence
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

from facea_desktop.ui.drag_and_drop import JOB_MIME
from facea_desktop.ui.job_monitor import JobMonitor
from facea_desktop.ui.job_text import group_words, state_words
from facea_desktop.ui.widgets import plain_tip
from facea_desktop.workers.job import Job, JobState

JOB = Qt.ItemDataRole.UserRole
PROGRESS = Qt.ItemDataRole.UserRole + 1
AHEAD = Qt.ItemDataRole.UserRole + 3
"""The tuning that a waiting portrait waits for."""
GROUP = Qt.ItemDataRole.UserRole + 2
"""The heading above a row: that of the first job of a group, "" for the others."""

Index = QModelIndex | QPersistentModelIndex


class JobListModel(QAbstractListModel):
    """The jobs of the monitor in their order; ``refresh`` takes what it says now."""

    moveWanted = Signal(str, object)
    """A waiting job was dropped: its id, and the id of the job it goes before, None for the end."""

    def __init__(self, monitor: JobMonitor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._monitor = monitor
        self._jobs: list[Job] = []

    def refresh(self, changed: Collection[str] = ()) -> bool:
        """Take the jobs as they are now; ``changed`` are those that may be further, by id.

        Returns:
            Whether rows came, went or moved, so that the choice has to be made again.
        """
        old, jobs = self._jobs, self._monitor.all()
        if [job.id for job in jobs] != [job.id for job in old]:
            self.beginResetModel()
            self._jobs = jobs
            self.endResetModel()
            return True
        self._jobs = jobs
        for row, (before, after) in enumerate(zip(old, jobs)):
            if before is not after or after.id in changed:
                self.dataChanged.emit(self.index(row), self.index(row))
        if any(before.state is not after.state for before, after in zip(old, jobs)):
            self.layoutChanged.emit()  # headings come and go, and rows with one are higher
        return False

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
                ahead = self._monitor.waits_for(job.id)
                return f"{job.title}, {state_words(job, self._monitor.progress(job.id), ahead)}"
            case _ if role == JOB:
                return job
            case _ if role == PROGRESS:
                return self._monitor.progress(job.id) if job.state is JobState.RUNNING else None
            case _ if role == AHEAD:
                return self._monitor.waits_for(job.id)
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
