"""The strip of results below the canvas: pictures as they are made, and those made last."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QImage, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QMenu, QStackedLayout, QWidget

from facea_desktop.domain.events import Painted, Preview, Progress
from facea_desktop.domain.requests import PortraitRequest
from facea_desktop.library.summaries import PortraitQuery
from facea_desktop.ui.outside import show_path
from facea_desktop.ui.portrait.face_menu import fill_with_others
from facea_desktop.ui.portrait.result_tile import CELL, ResultTile
from facea_desktop.ui.portrait.results_model import RESULT_ROLE, Result, ResultsModel
from facea_desktop.ui.session import Session
from facea_desktop.ui.widgets import ask_to_delete, column, label, row, tool
from facea_desktop.workers.jobs import Job

SHOWN_AT_START = 20
_JOBS_READ = 5


class ResultStrip(QWidget):
    """Pictures of all portrait jobs; the one that is chosen is shown on the canvas by whoever listens."""

    chosen = Signal(object)
    """A Result was chosen by hand, one that is done or is being painted."""
    painted = Signal(object, object)
    """A Job, and the Result that it has just made."""
    previewed = Signal(object, object)
    """A Job, and a QImage of what it is painting."""
    settingsWanted = Signal(object)
    """Path of a picture whose settings are to come back."""
    keepWanted = Signal(object)
    """Path of a picture whose scene is to be kept."""
    personWanted = Signal(object, str)
    """Path of a picture whose scene is to be kept for another person, and that person's id."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._menu: QMenu | None = None
        self.model = ResultsModel(self._name_of, self)
        self.view = _View(self)
        self.view.setModel(self.model)
        self.view.setItemDelegate(ResultTile(session.thumbnails, self.view))
        self.view.setAccessibleName(self.tr("Results"))
        self._empty = label(self.tr("Your pictures appear here as they are made."), "hint", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        pages = QWidget()
        self._pages = QStackedLayout(pages)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self.view)
        self._gallery = tool(
            "gallery",
            self.tr("All pictures are in the gallery"),
            lambda: session.go("gallery"),
            name="stripGalleryButton",
        )
        self._follow = tool("eye", self.tr("Show new pictures on the canvas as they are made"), name="followResults")
        self._follow.setCheckable(True)
        self._follow.clicked.connect(lambda on: session.change_settings(follow_results=on))
        side = column(self._gallery, self._follow, space=0)
        side.addStretch()
        layout = row(pages, side, margin=6)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.setFixedHeight(CELL.height() + 24)
        self.view.clicked.connect(self._clicked)
        self.view.movedByHand.connect(self._moved)
        self.view.activated.connect(lambda _index: session.go("canvas"))
        self.view.deleteWanted.connect(self.ask_to_erase)
        self.view.customContextMenuRequested.connect(self._show_menu)
        pool = session.pool
        pool.jobAdded.connect(self._job_added)
        pool.jobChanged.connect(self._job_changed)
        pool.jobRemoved.connect(self._job_removed)
        pool.told.connect(self._told)
        session.settingsChanged.connect(self._show_settings)
        session.thumbnails.ready.connect(self._thumbnail_ready)
        session.portraitsChanged.connect(self._portraits_changed)
        session.peopleChanged.connect(self._portraits_changed)
        self._load()
        self._show_settings()

    @property
    def result(self) -> Result | None:
        """The picture that is chosen."""
        index = self.view.currentIndex()
        return index.data(RESULT_ROLE) if index.isValid() else None

    def choose(self, path: Path) -> Result | None:
        """Mark a picture as the one that is shown; None where it is not in the strip."""
        row_ = self.model.row_of(path)
        if row_ is None:
            return None
        index = self.model.index(row_)
        self.view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.view.scrollTo(index)
        return self.model.results[row_]

    def choose_none(self) -> None:
        """Nothing of the strip is shown."""
        self.view.selectionModel().clear()

    @Slot()
    def ask_to_erase(self) -> None:
        """Ask whether the chosen picture is to be erased for good."""
        result = self.result
        if result is None or result.path is None:
            return
        path = result.path
        ask_to_delete(
            self,
            "portraitDelete",
            self.tr("Delete this picture for good?"),
            self.tr("Its scene and mask are deleted with it. This cannot be undone."),
            lambda: self._session.start(self._erase(path)),
        )

    async def _erase(self, path: Path) -> None:
        await asyncio.to_thread(self._session.index.delete, path)
        self._session.thumbnails.forget(path)
        self._session.portraits_erased()
        self._session.noticed.emit(self.tr("The picture is deleted."))

    def menu_of(self, result: Result) -> QMenu:
        """What can be done with a picture that is done."""
        path = result.path
        assert path is not None
        menu = QMenu(self)
        menu.addAction(self.tr("Use &settings"), partial(self.settingsWanted.emit, path))
        keep = menu.addAction(self.tr("&Keep scene"), partial(self.keepWanted.emit, path))
        keep.setEnabled(result.context is not None)
        others = menu.addMenu(self.tr("Keep scene for &another person"))
        others.setEnabled(result.context is not None)
        fill_with_others(others, self._session, result.person, partial(self.personWanted.emit, path))
        if others.isEmpty():
            others.setEnabled(False)
        menu.addSeparator()
        menu.addAction(self.tr("&Export\u2026"), partial(self._session.go, "gallery", f"export:{path}"))
        menu.addAction(self.tr("Show in &folder"), lambda: self._session.attempt(lambda: show_path(path.parent)))
        menu.addSeparator()
        menu.addAction(self.tr("&Delete\u2026"), self.ask_to_erase)
        return menu

    def _show_menu(self, at: QPoint) -> None:
        index = self.view.indexAt(at)
        result = index.data(RESULT_ROLE) if index.isValid() else None
        if result is None or result.path is None:
            return
        self.view.setCurrentIndex(index)
        self._menu = self.menu_of(result)
        self._menu.aboutToHide.connect(self._menu.deleteLater)
        self._menu.popup(self.view.viewport().mapToGlobal(at))

    def _load(self) -> None:
        self.model.load(self._session.index.page(PortraitQuery(), 0, SHOWN_AT_START))
        jobs = [job for job in self._session.pool.jobs() if isinstance(job.request, PortraitRequest)]
        for job in [job for job in jobs if job.pictures][:_JOBS_READ]:
            for event in self._session.pool.history(job.id):
                if isinstance(event, Painted) and event.strangers is not None:
                    self.model.learn(job.request.person, event.own_photos, event.strangers)  # type: ignore[union-attr]
        for job in jobs:
            if not job.state.ended:
                self.model.make_room(job)
        self._show_page()

    def _name_of(self, person: str) -> str:
        return next((one.name for one in self._session.people() if one.id == person), "")

    @Slot(object)
    def _job_added(self, job: Job) -> None:
        if isinstance(job.request, PortraitRequest) and not job.state.ended:
            self.model.make_room(job)
            self._show_page()
            self.view.scrollToTop()

    @Slot(object)
    def _job_changed(self, job: Job) -> None:
        if isinstance(job.request, PortraitRequest) and job.state.ended:
            self.model.close_room(job.id)
            self._show_page()

    @Slot(str)
    def _job_removed(self, job: str) -> None:
        self.model.close_room(job)
        self._show_page()

    @Slot(str, object)
    def _told(self, job_id: str, event: object) -> None:
        job = self._session.pool.job(job_id)
        if job is None or not isinstance(job.request, PortraitRequest):
            return
        if isinstance(event, Preview):
            image = QImage.fromData(event.picture)
            if image.isNull():
                return
            self.model.show_preview(job_id, event.seed, image)
            self.previewed.emit(job, image)
        elif isinstance(event, Progress):
            self.model.show_progress(job, event)
        elif isinstance(event, Painted):
            painted = self.model.paint(job, event)
            self._show_page()
            self.painted.emit(job, self.model.results[painted])

    @Slot(object)
    def _thumbnail_ready(self, path: Path) -> None:
        painted = self.model.row_of(path)
        if painted is not None:
            self.view.update(self.model.index(painted))

    @Slot()
    def _portraits_changed(self) -> None:
        if self.model.rowCount():
            self.model.drop_missing()
            self._show_page()
        else:  # the disk was looked at, or pictures came from elsewhere
            self._load()

    def _clicked(self) -> None:
        self._moved()
        self._session.go("canvas")

    @Slot()
    def _moved(self) -> None:
        # Not on every change of the current one: focus that only passes by changes it too.
        if self.result is not None:
            self.chosen.emit(self.result)

    @Slot()
    def _show_settings(self) -> None:
        self._follow.setChecked(self._session.settings.follow_results)

    def _show_page(self) -> None:
        self._pages.setCurrentWidget(self.view if self.model.results else self._empty)

    def showEvent(self, event: QShowEvent) -> None:
        """The newest are on the left."""
        super().showEvent(event)
        self.view.scrollToTop()


class _View(QListView):
    deleteWanted = Signal()
    movedByHand = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("resultStrip")
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalScrollBar().setSingleStep(CELL.width() // 2)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete asks to delete; Enter shows the picture on every platform."""
        if event.key() == Qt.Key.Key_Delete:
            self.deleteWanted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)
            self.movedByHand.emit()
