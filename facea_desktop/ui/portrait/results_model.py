"""The pictures of the strip: those that are done, and places for those that are being painted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, QUrl
from PySide6.QtGui import QImage

from facea_desktop.domain.events import Painted, Progress
from facea_desktop.domain.requests import PortraitRequest
from facea_desktop.library.summaries import PortraitSummary
from facea_desktop.ui.likeness_scale import LikenessScales
from facea_desktop.ui.times_badge import times_words
from facea_desktop.ui.widgets import plain_tip
from facea_desktop.workers.job import Job

MOST_PLACES = 8
MOST_PICTURES = 120
"""More than this many are in the gallery alone."""
RESULT_ROLE = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex


@dataclass
class Result:
    """A picture, or its place while it is painted.

    Attributes:
        path: None while it is painted.
        context: the scene before the face was painted; None where it was not kept.
        picture: the picture that was its scene, where the request is known.
        times: how many times it was enlarged, 1 where it was not.
        first_sight: ids of those in it who were painted without tuning.
        preview, done: what it looks like on its way, and how far it is, 0 to 1; None while it waits.
    """

    person: str
    prompt: str
    seed: int | None
    job: str | None = None
    path: Path | None = None
    context: Path | None = None
    picture: Path | None = None
    likeness: float | None = None
    times: int = 1
    first_sight: Sequence[str] = ()
    preview: QImage | None = None
    done: float | None = None


class ResultsModel(QAbstractListModel):
    """Newest first; the pictures of one job in the order of their seeds."""

    def __init__(self, name_of: Callable[[str], str], likeness: LikenessScales, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.results: list[Result] = []
        self._name_of = name_of
        self._likeness = likeness

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """How many there are."""
        return 0 if parent.isValid() else len(self.results)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The Result, and what is said of it."""
        result = self.results[index.row()]
        if role == RESULT_ROLE:
            return result
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._sentence(result).replace("\n", "; ")
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._sentence(result))
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """A picture that is done can be dragged out as a file."""
        flags = super().flags(index)
        if index.isValid() and self.results[index.row()].path is not None:
            flags |= Qt.ItemFlag.ItemIsDragEnabled
        return flags

    def mimeTypes(self) -> list[str]:
        """Files."""
        return ["text/uri-list"]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The pictures as files."""
        paths = [self.results[index.row()].path for index in indexes]
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths if path is not None])
        return data

    def supportedDragActions(self) -> Qt.DropAction:
        """Files are copied, never moved away."""
        return Qt.DropAction.CopyAction

    def load(self, summaries: Iterable[PortraitSummary]) -> None:
        """Start with these, the newest first."""
        self.beginResetModel()
        self.results = [
            Result(
                one.person,
                one.prompt,
                one.seed,
                None,
                one.path,
                one.context,
                likeness=one.likeness,
                times=one.times,
                first_sight=one.first_sight,
            )
            for one in summaries
        ]
        self.endResetModel()

    def make_room(self, job: Job) -> None:
        """Places for what a job will paint, before everything else."""
        request = job.request
        assert isinstance(request, PortraitRequest)
        first = len(job.pictures)
        count = min(request.count - first, MOST_PLACES)
        if count <= 0:
            return
        places = [
            Result(request.person, request.prompt, (request.seed + number) % 2**32, job.id, picture=request.picture)
            for number in range(first, first + count)
        ]
        self.beginInsertRows(QModelIndex(), 0, count - 1)
        self.results[:0] = places
        self.endInsertRows()
        self._trim()

    def close_room(self, job: str) -> None:
        """The job ended: what it has not painted will not come."""
        for row in reversed(range(len(self.results))):
            if self.results[row].job == job and self.results[row].path is None:
                self._remove(row)

    def paint(self, job: Job, painted: Painted) -> int:
        """A picture is done; it takes its place. Returns its row."""
        request = job.request
        assert isinstance(request, PortraitRequest)
        row = self.place_of(job.id, painted.seed)
        if row is None:  # the job paints more than there are places for
            row = 0
            self.beginInsertRows(QModelIndex(), row, row)
            self.results.insert(
                row, Result(request.person, request.prompt, painted.seed, job.id, picture=request.picture)
            )
            self.endInsertRows()
        result = self.results[row]
        result.path, result.context, result.likeness = painted.path, painted.context, painted.likeness
        result.first_sight, result.preview, result.done = painted.first_sight, None, None
        self._tell(row)
        return row

    def show_preview(self, job: str, seed: int, preview: QImage) -> None:
        """What a picture looks like on its way."""
        row = self.place_of(job, seed)
        if row is not None:
            self.results[row].preview = preview
            self._tell(row)

    def show_progress(self, job: Job, progress: Progress) -> None:
        """How far the picture is that is being painted."""
        request = job.request
        assert isinstance(request, PortraitRequest)
        whole = progress.fraction * request.count
        for row, result in enumerate(self.results):
            if result.job == job.id and result.path is None and result.seed is not None:
                number = (result.seed - request.seed) % 2**32
                # A scene that is painted once makes the first picture take longer than its share.
                begun = number <= len(job.pictures) if request.scene_seed is not None else number <= whole
                result.done = min(max(whole - number, 0.0), 1.0) if begun else None
                self._tell(row)

    def place_of(self, job: str, seed: int) -> int | None:
        """The row of a picture that is being painted."""
        for row, result in enumerate(self.results):
            if result.job == job and result.seed == seed and result.path is None:
                return row
        return None

    def of_job(self, job: str) -> list[Result]:
        """The pictures of a job that are in the strip, and the places of those that are to come."""
        return [result for result in self.results if result.job == job]

    def row_of(self, path: Path) -> int | None:
        """The row of a picture that is done."""
        return next((row for row, result in enumerate(self.results) if result.path == path), None)

    def drop_missing(self) -> None:
        """Forget the pictures whose files are gone."""
        for row in reversed(range(len(self.results))):
            path = self.results[row].path
            if path is not None and not path.exists():
                self._remove(row)

    def _sentence(self, result: Result) -> str:
        who = self._name_of(result.person)
        lines = [": ".join(part for part in (who, result.prompt) if part)]
        if result.path is None:
            lines.append(self.tr("waiting") if result.done is None else self.tr("in progress"))
            return "\n".join(line for line in lines if line)
        lines.append(times_words(result.times))
        lines.append(self._likeness.words(result.person, result.likeness, result.first_sight))
        return "\n".join(line for line in lines if line)

    def _trim(self) -> None:
        while len(self.results) > MOST_PICTURES and self.results[-1].path is not None:
            self._remove(len(self.results) - 1)

    def _remove(self, row: int) -> None:
        self.beginRemoveRows(QModelIndex(), row, row)
        del self.results[row]
        self.endRemoveRows()

    def _tell(self, row: int) -> None:
        self.dataChanged.emit(self.index(row), self.index(row))
