"""The page of all jobs: the queue on the left, the chosen job on the right."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Collection
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, Qt, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QMenu, QSplitter, QStackedWidget, QWidget

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Event
from facea_desktop.ui.destinations import ShowCanvas, ShowNewPerson, ShowSettings
from facea_desktop.ui.jobs.job_actions import JobActions
from facea_desktop.ui.jobs.job_details import JobDetails, person_shown
from facea_desktop.ui.jobs.job_list_model import JOB, JobListModel
from facea_desktop.ui.jobs.job_row import JobList
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import EmptyState, button, column, label, row
from facea_desktop.workers.job import Job

if TYPE_CHECKING:
    from facea_desktop.ui.jobs.job_curves import JobCurves


class JobsPage(QWidget):
    """The queue at the left, and beside it what one of its jobs does."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._jobs = session.jobs
        self._chosen = ""
        self._asked_for = False  # somebody was sent here to see the chosen job
        self._curves: JobCurves | None = None
        self._curves_wanted = False
        self._build()
        self._jobs.changed.connect(self._refresh)
        self._jobs.eventReceived.connect(self._on_event)
        session.peopleChanged.connect(self._names_changed)
        self._show_queue()

    @property
    def chosen(self) -> Job | None:
        """The job whose details are shown."""
        return self._jobs.job(self._chosen)

    @Slot(str)
    def show_job(self, job: str | None) -> None:
        """Choose a job by its id; None leaves the choice as it is."""
        self._show_queue()
        if job is not None and (line := self.model.row_of(job)) >= 0:
            self._asked_for = True
            self.list.setCurrentIndex(self.model.index(line))
        self.list.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up; who was not sent to a certain job sees the one that runs."""
        super().showEvent(event)
        self._show_queue()
        running = self._jobs.running()
        if running and not self._asked_for and (self.chosen is None or self.chosen.state.ended):
            self.list.setCurrentIndex(self.model.index(self.model.row_of(running[0].id)))
        if not self._curves_wanted:
            self._curves_wanted = True
            self._session.start(self._load_curves())

    def hideEvent(self, event: QHideEvent) -> None:
        """Forget that somebody was sent here."""
        super().hideEvent(event)
        self._asked_for = False

    async def _load_curves(self) -> None:
        """Load what draws the curves beside the window's own thread: it takes half a second."""
        await asyncio.to_thread(importlib.import_module, "pyqtgraph")
        from facea_desktop.ui.jobs.job_curves import JobCurves

        self._curves = JobCurves()
        self.details.curves_place.addWidget(self._curves)
        self._fill_curves()

    # What the queue tells

    @Slot(object)
    def _refresh(self, changed: frozenset[str]) -> None:
        if self.isVisible():  # showEvent catches up otherwise
            self._show_queue(changed)

    @Slot(object, object)
    def _on_event(self, job: Job, event: Event) -> None:
        if job.id == self._chosen and self._curves is not None:
            self._curves.add(event)

    @Slot()
    def _names_changed(self) -> None:
        if (job := self.chosen) is not None:
            self.details.show_request(job)

    # What is shown

    def _show_queue(self, changed: Collection[str] = ()) -> None:
        moved = self.model.refresh(changed)
        jobs = self._jobs.all()
        if moved:
            line = max(self.model.row_of(self._chosen), 0)
            self._choose(jobs[line].id if jobs else "")
            self.list.setCurrentIndex(self.model.index(line))
        self.pages.setCurrentIndex(1 if jobs else 0)
        self.cancel_all_button.setEnabled(any(not job.state.ended for job in jobs))
        self.clear_button.setEnabled(any(job.state.ended for job in jobs))
        self._show_details()

    @Slot(QModelIndex)
    def _current_changed(self, index: QModelIndex) -> None:
        if isinstance(job := index.data(JOB), Job):
            self._choose(job.id)

    def _choose(self, job: str) -> None:
        if job == self._chosen:
            return
        self._chosen = job
        if (found := self.chosen) is not None:
            self.details.show_job(found, self._jobs.progress(job), self._jobs.heard(job), self._jobs.preview(job))
            self.actions_of_job.show_job(found)
            self._fill_curves()

    def _show_details(self) -> None:
        if (job := self.chosen) is None:
            return
        progress, heard = self._jobs.progress(job.id), self._jobs.heard(job.id)
        self.details.refresh(job, progress, heard, self._jobs.preview(job.id))
        self.actions_of_job.show_job(job)

    def _fill_curves(self) -> None:
        if self._curves is not None and self._chosen:
            job = self._jobs.job(self._chosen)
            place = partial(self._session.likeness.place, person_shown(job) if job is not None else "")
            self._curves.show_events(self._jobs.history(self._chosen), place)

    @Slot(object)
    def _open_picture(self, path: Path) -> None:
        self._session.portraitOpened.emit(path)
        self._session.go(ShowCanvas())

    @Slot(QPoint)
    def _open_menu(self, where: QPoint) -> None:
        if not self.list.indexAt(where).isValid():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions([action for action in self.actions_of_job.menu if action.isEnabled()])
        menu.popup(self.list.viewport().mapToGlobal(where))

    def _name_of(self, person: str) -> str:
        try:
            return self._session.library.get(person).name
        except UserError:
            return self.tr("deleted person")

    # How it is put together

    def _build(self) -> None:
        self.actions_of_job = JobActions(self._session)
        self.actions_of_job.chose.connect(self.show_job)
        self.model = JobListModel(self._jobs, self)
        self.model.moveWanted.connect(self.actions_of_job.place)
        self.list = JobList()
        self.list.setModel(self.model)
        self.list.selectionModel().currentChanged.connect(self._current_changed)
        self.list.customContextMenuRequested.connect(self._open_menu)
        self.list.addActions(self.actions_of_job.keys)
        self.details = JobDetails(self._session.thumbnails, self._session.likeness, self._name_of, self.actions_of_job)
        self.details.pictureOpened.connect(self._open_picture)
        split = QSplitter()
        split.addWidget(self._left())
        split.addWidget(self.details)
        split.setStretchFactor(1, 1)
        split.setSizes([330, 640])
        split.setChildrenCollapsible(False)
        self.pages = QStackedWidget()
        self.pages.addWidget(self._empty())
        self.pages.addWidget(split)
        self.setLayout(column(self.pages))

    def _left(self) -> QWidget:
        self.cancel_all_button = button(
            self.tr("Cancel &all"),
            self._session.jobs.cancel_all,
            name="cancelAllButton",
            tip=self.tr("Stop running jobs and empty the queue"),
        )
        self.clear_button = button(
            self.tr("Clear fini&shed"),
            self._session.pool.clear_ended,
            name="clearEndedButton",
            tip=self.tr("Remove all finished jobs from the list; their results are kept"),
        )
        buttons = row(self.cancel_all_button, self.clear_button)
        buttons.addStretch()
        workers = button(
            self.tr("&Workers …"),
            partial(self._session.go, ShowSettings("device")),
            name="workersButton",
            kind="flat",
            tip=self.tr("Let jobs run in more processes or on a Ray cluster, too"),
        )
        head = row(label(self.tr("Jobs"), "title"), workers)
        head.setStretch(0, 1)
        made = QFrame()
        made.setProperty("panel", True)
        made.setLayout(column(head, self.list, buttons, margin=SPACE * 3 // 2))
        made.setMinimumWidth(280)
        return made

    def _empty(self) -> QWidget:
        begin = button(
            self.tr("&New person"),
            partial(self._session.go, ShowNewPerson()),
            icon_name="person-add",
            tip=self.tr("Create a person from photos"),
        )
        text = self.tr("Tuning, portraits and mixing run here one after the other. Start with a person.")
        return EmptyState("jobs", self.tr("No jobs yet"), text, begin)
