"""The strip of results below the canvas: pictures as they are made, and those made last."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QImage, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QMenu, QStackedLayout, QWidget

from facea_desktop.domain.events import Painted, Preview, Progress
from facea_desktop.domain.requests import EnlargeRequest, PortraitRequest
from facea_desktop.library.summaries import PortraitQuery
from facea_desktop.ui.bin_work import move_portraits_to_bin
from facea_desktop.ui.canvas.side_by_side import MOST_COMPARED, SideBySide
from facea_desktop.ui.desktop_services import show_path
from facea_desktop.ui.destinations import ExportPortrait, ShowCanvas, ShowGallery
from facea_desktop.ui.dialogs import ask_to_delete
from facea_desktop.ui.enlarge_menu import fill_enlarge_menu
from facea_desktop.ui.formatting import counted
from facea_desktop.ui.portrait.face_menu import fill_with_others
from facea_desktop.ui.portrait.result_tile import CELL, ResultTileDelegate
from facea_desktop.ui.portrait.results_model import RESULT_ROLE, Result, ResultsModel
from facea_desktop.ui.session import Session
from facea_desktop.ui.widgets import column, label, row, tool
from facea_desktop.workers.job import Job

SHOWN_AT_START = 20


class ResultStrip(QWidget):
    """Pictures of all portrait jobs; a listener shows the chosen one on the canvas."""

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
        self.model = ResultsModel(self._name_of, session.likeness, self)
        self.view = _View(self)
        self.view.setModel(self.model)
        self.view.setItemDelegate(ResultTileDelegate(session.thumbnails, session.likeness, self.view))
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
            lambda: session.go(ShowGallery()),
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
        self.view.activated.connect(lambda _index: session.go(ShowCanvas()))
        self.view.deleteWanted.connect(self.delete)
        self.view.eraseWanted.connect(self.ask_to_erase)
        self.view.compareWanted.connect(self.compare)
        self.view.customContextMenuRequested.connect(self._show_menu)
        session.likeness.learned.connect(lambda _person: self.view.viewport().update())
        session.jobs.jobAdded.connect(self._job_added)
        session.jobs.jobEnded.connect(self._job_ended)
        session.jobs.eventReceived.connect(self._on_event)
        session.settingsChanged.connect(self._show_settings)
        session.thumbnails.ready.connect(self._thumbnail_ready)
        session.portraitsChanged.connect(self._portraits_changed)
        session.peopleChanged.connect(self._portraits_changed)
        session.restored.connect(self._load_again)
        self._load()
        self._show_settings()

    @property
    def result(self) -> Result | None:
        """The picture that is chosen."""
        index = self.view.currentIndex()
        return index.data(RESULT_ROLE) if index.isValid() else None

    @property
    def selected(self) -> list[Path]:
        """The files of all pictures that are marked, from left to right."""
        rows = sorted(index.row() for index in self.view.selectionModel().selectedIndexes())
        return [path for row_ in rows if (path := self.model.results[row_].path) is not None]

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
    def delete(self) -> None:
        """Move the chosen pictures to the bin."""
        self.delete_these(self.selected)

    def delete_these(self, paths: list[Path]) -> None:
        """Move pictures to the bin, with a way back."""
        if paths:
            self._session.start(move_portraits_to_bin(self._session, paths))

    @Slot()
    def ask_to_erase(self) -> None:
        """Ask whether the chosen pictures are to be erased for good."""
        paths = self.selected
        if not paths:
            return
        ask_one, ask_many = self.tr("Permanently delete this picture?"), self.tr("Permanently delete {} pictures?")
        one = self.tr("Its scene and mask are deleted with it. This cannot be undone.")
        many = self.tr("Their scenes and masks are deleted with them. This cannot be undone.")
        ask_to_delete(
            self,
            "portraitDelete",
            counted(len(paths), ask_one, ask_many),
            one if len(paths) == 1 else many,
            lambda: self._session.start(self._erase(paths)),
        )

    @Slot()
    def compare(self) -> None:
        """Show the chosen pictures side by side."""
        if 0 < len(self.selected) <= MOST_COMPARED:
            SideBySide(self._session, self.selected, self.window()).open()

    async def _erase(self, paths: list[Path]) -> None:
        await asyncio.to_thread(self._session.index.delete, *paths)
        for path in paths:
            self._session.thumbnails.forget(path)
        self._session.portraits_erased()
        self._session.noticed.emit(counted(len(paths), self.tr("Picture deleted."), self.tr("{} pictures deleted.")))

    def menu(self) -> QMenu | None:
        """What can be done with the pictures that are marked; None where there are none."""
        selected, result = self.selected, self.result
        if len(selected) > 1:
            menu = QMenu(self)
            menu.addAction(self.tr("&Compare\tC"), self.compare).setEnabled(len(selected) <= MOST_COMPARED)
            menu.addSeparator()
            menu.addAction(self.tr("&Delete\tDel"), self.delete)
            return menu
        return self.menu_of(result) if result is not None and result.path is not None else None

    def menu_of(self, result: Result) -> QMenu:
        """What can be done with a picture that is done."""
        path = result.path
        assert path is not None
        menu = QMenu(self)
        menu.addAction(self.tr("Use &settings"), partial(self.settingsWanted.emit, path))
        keep = menu.addAction(self.tr("Same scene, &new face"), partial(self.keepWanted.emit, path))
        keep.setEnabled(result.context is not None)
        others = menu.addMenu(self.tr("Repeat with &another person"))
        others.setEnabled(result.context is not None)
        fill_with_others(others, self._session, result.person, partial(self.personWanted.emit, path))
        if others.isEmpty():
            others.setEnabled(False)
        menu.addSeparator()
        menu.addAction(self.tr("&Compare\tC"), self.compare)
        fill_enlarge_menu(menu.addMenu(self.tr("En&large")), self._session, [(path, result.person)])
        menu.addAction(self.tr("&Export\u2026"), partial(self._session.go, ExportPortrait(path)))
        menu.addAction(self.tr("Show in &folder"), lambda: self._session.attempt(lambda: show_path(path.parent)))
        menu.addSeparator()
        menu.addAction(self.tr("&Delete\tDel"), self.delete)
        return menu

    def _show_menu(self, at: QPoint) -> None:
        index = self.view.indexAt(at)
        result = index.data(RESULT_ROLE) if index.isValid() else None
        if result is None or result.path is None:
            return
        if not self.view.selectionModel().isSelected(index):
            self.view.setCurrentIndex(index)
        self._menu = self.menu()
        if self._menu is None:
            return
        self._menu.aboutToHide.connect(self._menu.deleteLater)
        self._menu.popup(self.view.viewport().mapToGlobal(at))

    def _load(self) -> None:
        self.model.load(self._session.index.page(PortraitQuery(), 0, SHOWN_AT_START))
        jobs = self._session.jobs.of_kind(PortraitRequest)
        for job in jobs:
            if not job.state.ended:
                self.model.make_room(job)
        self._show_page()

    @Slot()
    def _load_again(self) -> None:
        """What was deleted is back, among those made last; places of pictures that are being made stay as they are."""
        if all(result.path is not None for result in self.model.results):
            shown = self.result
            self._load()
            if shown is not None and shown.path is not None:
                self.choose(shown.path)

    def _name_of(self, person: str) -> str:
        return next((one.name for one in self._session.people() if one.id == person), "")

    @Slot(object)
    def _job_added(self, job: Job) -> None:
        if isinstance(job.request, PortraitRequest):
            self.model.make_room(job)
            self._show_page()
            self.view.scrollToTop()

    @Slot(object)
    def _job_ended(self, job: Job) -> None:
        if isinstance(job.request, PortraitRequest):
            self.model.close_room(job.id)
            self._show_page()

    @Slot(object, object)
    def _on_event(self, job: Job, event: object) -> None:
        if isinstance(job.request, EnlargeRequest) and isinstance(event, Painted):
            self._load_again()
        if not isinstance(job.request, PortraitRequest):
            return
        if isinstance(event, Preview):
            image = QImage.fromData(event.picture)
            if image.isNull():
                return
            self.model.show_preview(job.id, event.seed, image)
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
        if len(self.view.selectionModel().selectedIndexes()) < 2:  # else pictures are gathered, to be compared
            self._moved()
            self._session.go(ShowCanvas())

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
    eraseWanted = Signal()
    compareWanted = Signal()
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
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete moves to the bin, with Shift asks to erase, C compares; Enter shows the picture on every platform."""
        if event.key() == Qt.Key.Key_Delete and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.eraseWanted.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.deleteWanted.emit()
        elif event.key() == Qt.Key.Key_C and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.compareWanted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)
            if len(self.selectionModel().selectedIndexes()) < 2:
                self.movedByHand.emit()
