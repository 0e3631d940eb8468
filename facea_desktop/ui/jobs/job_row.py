"""How a job looks in the list: its kind, title, state and a thin bar."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QDropEvent, QFont, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from facea_desktop.ui.icons import Tone, paint_icon
from facea_desktop.ui.job_text import state_words
from facea_desktop.ui.jobs.job_list_model import AHEAD, GROUP, JOB, PROGRESS, JobListModel
from facea_desktop.ui.theme import RADIUS, SPACE, colours
from facea_desktop.ui.widgets import steady
from facea_desktop.workers.job import Job, JobState

KIND_ICONS = {
    "tune": "tune",
    "portrait": "picture",
    "mix": "mixer",
    "fetch": "download",
    "accelerate": "device",
    "comparison": "likeness",
    "enlarge": "zoom-in",
    "batch": "gallery",
}
_ROW_PX = 58
_HEADING_PX = 30
_ICON_PX = 20
_BAR_PX = 3


class JobRowDelegate(QStyledItemDelegate):
    """Paints the rows of the list of jobs."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """A row, and a heading above the first one of a group."""
        return QSize(200, _ROW_PX + (_HEADING_PX if index.data(GROUP) else 0))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one row."""
        shades = colours()
        job: Job = index.data(JOB)
        area = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if heading := index.data(GROUP):
            painter.setPen(QColor(shades.muted))
            words = area.adjusted(SPACE, SPACE, 0, 0)
            words.setHeight(_HEADING_PX - SPACE)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, heading)
            area.setTop(area.top() + _HEADING_PX)
        self._draw_back(painter, option, area)
        side = QRectF(area.left() + SPACE, area.top() + (_ROW_PX - _ICON_PX) / 2 - 2, _ICON_PX, _ICON_PX)
        tone: Tone = "accent" if job.state is JobState.RUNNING else "muted"
        paint_icon(painter, side, KIND_ICONS.get(job.request.kind, "jobs"), tone)
        words = area.adjusted(SPACE * 2 + _ICON_PX, 9, -SPACE, 0)
        self._draw_words(painter, job, index, words, option.font)
        painter.restore()

    def _draw_back(self, painter: QPainter, option: QStyleOptionViewItem, area: QRectF) -> None:
        state = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            fill = QColor(colours().hover)
            fill.setAlpha(255 if chosen else 110)
            painter.setBrush(fill)
            focused = chosen and bool(state & QStyle.StateFlag.State_HasFocus)
            painter.setPen(QPen(QColor(colours().accent), 1) if focused else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -2.5), RADIUS, RADIUS)

    def _draw_words(
        self, painter: QPainter, job: Job, index: QModelIndex | QPersistentModelIndex, area: QRectF, font: QFont
    ) -> None:
        shades, done = colours(), index.data(PROGRESS)
        strong = QFont(font)
        strong.setWeight(QFont.Weight.DemiBold)
        painter.setFont(strong)
        painter.setPen(QColor(shades.muted if job.state.ended and job.state is not JobState.FAILED else shades.text))
        self._draw_line(painter, job.title, area)
        painter.setFont(font)
        bad = job.state is JobState.FAILED
        warn = job.state is JobState.INTERRUPTED
        painter.setPen(QColor(shades.bad if bad else shades.warn if warn else shades.muted))
        self._draw_line(painter, state_words(job, done, index.data(AHEAD)), area.adjusted(0, 19, 0, 0))
        if job.state is JobState.RUNNING:
            bar = QRectF(area.left(), area.top() + 40, area.width(), _BAR_PX)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(shades.line))
            painter.drawRoundedRect(bar, _BAR_PX / 2, _BAR_PX / 2)
            bar.setWidth(bar.width() * (done.step / max(done.total, 1) if done is not None else 0))
            painter.setBrush(QColor(shades.accent))
            painter.drawRoundedRect(bar, _BAR_PX / 2, _BAR_PX / 2)

    def _draw_line(self, painter: QPainter, text: str, area: QRectF) -> None:
        short = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(area.width()))
        painter.drawText(area, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, short)


class JobList(QListView):
    """The list of jobs (objectName jobsView)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("jobsView")
        self.setAccessibleName(self.tr("Jobs"))
        self.setItemDelegate(JobRowDelegate(self))
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setDragDropMode(QListView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def selectionCommand(
        self, index: QModelIndex | QPersistentModelIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """A click beside the rows, or with Ctrl, leaves the job that is shown beside the list chosen."""
        return steady(index, super().selectionCommand(index, event))

    def dropEvent(self, event: QDropEvent) -> None:
        """Move a waiting job to where it is dropped; the view itself moves no rows, the pool does."""
        model = self.model()
        assert isinstance(model, JobListModel)
        spot = event.position().toPoint()
        index = self.indexAt(spot)
        row = index.row() if index.isValid() else model.rowCount()
        if index.isValid() and spot.y() > self.visualRect(index).center().y():
            row += 1
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        model.drop(event.mimeData(), row)
