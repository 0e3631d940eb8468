"""The page of all jobs: the queue on the left, the chosen job on the right."""

from __future__ import annotations

import asyncio
import importlib
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QMenu, QSplitter, QStackedWidget, QWidget

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Event, Preview, Progress
from facea_desktop.ui.jobs.actions import JobActions
from facea_desktop.ui.jobs.details import JobDetails
from facea_desktop.ui.jobs.log import Heard, now
from facea_desktop.ui.jobs.model import JOB, JobModel
from facea_desktop.ui.jobs.rows import JobList
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import EmptyState, button, column, label, row
from facea_desktop.workers.jobs import Job, JobState

if TYPE_CHECKING:
    from facea_desktop.ui.jobs.curves import Curves

REFRESH_MS = 100
"""Least time between two refreshes: a job may tell of a thousand steps a second."""


class JobsPage(QWidget):
    """Page "jobs" of the window; ``show_what`` takes a job's id."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._pool = session.pool
        self._chosen = ""
        self._asked_for = False  # somebody was sent here to see the chosen job
        self._heard: dict[str, list[Heard]] = {}
        self._previews: dict[str, bytes] = {}
        self._moved_on: set[str] = set()
        self._queue_changed = False
        self._curves: Curves | None = None
        self._curves_wanted = False
        self._tick = QTimer(self)
        self._tick.setSingleShot(True)
        self._tick.setInterval(REFRESH_MS)
        self._tick.timeout.connect(self._refresh)
        self._build()
        self._pool.jobAdded.connect(self._queue_moved)
        self._pool.jobChanged.connect(self._queue_moved)
        self._pool.jobRemoved.connect(self._job_gone)
        self._pool.told.connect(self._told)
        session.peopleChanged.connect(self._names_changed)
        self._show_queue()

    @property
    def chosen(self) -> Job | None:
        """The job whose details are shown."""
        return self._pool.job(self._chosen) if self._chosen else None

    def show_what(self, what: object) -> None:
        """Choose a job by its id; None leaves the choice as it is."""
        self._show_queue()
        if isinstance(what, str) and (line := self.model.row_of(what)) >= 0:
            self._asked_for = True
            self.list.setCurrentIndex(self.model.index(line))
        self.list.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up; who was not sent to a certain job sees the one that runs."""
        super().showEvent(event)
        self._show_queue()
        running = next((job.id for job in self._pool.jobs() if job.state is JobState.RUNNING), None)
        if running is not None and not self._asked_for and (self.chosen is None or self.chosen.state.ended):
            self.list.setCurrentIndex(self.model.index(self.model.row_of(running)))
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
        from facea_desktop.ui.jobs.curves import Curves

        self._curves = Curves()
        self.details.curves_place.addWidget(self._curves)
        self._fill_curves()

    # What the pool tells

    @Slot(object)
    def _queue_moved(self, job: Job) -> None:
        if job.state.ended:
            self._previews.pop(job.id, None)
        self._queue_changed = True
        self._soon()

    @Slot(str)
    def _job_gone(self, job: str) -> None:
        self._heard.pop(job, None)
        self._previews.pop(job, None)
        self._queue_changed = True
        self._soon()

    @Slot(str, object)
    def _told(self, job: str, event: Event) -> None:
        if isinstance(event, Preview):
            self._previews[job] = event.picture
        elif not isinstance(event, Progress):
            self._hear(job, event)
            if job == self._chosen and self._curves is not None:
                self._curves.add(event)
        self._moved_on.add(job)
        self._soon()

    def _hear(self, job: str, event: Event) -> None:
        heard = self._heard_of(job)
        if heard and heard[-1] == (None, event):  # read from the pool's record just now, which has it already
            heard.pop()
        heard.append((now(), event))

    def _heard_of(self, job: str) -> list[Heard]:
        """What a job has said; the pool's record gives what was said before this page listened."""
        if job not in self._heard:
            self._heard[job] = [(None, event) for event in self._pool.history(job)]
        return self._heard[job]

    @Slot()
    def _names_changed(self) -> None:
        if (job := self.chosen) is not None:
            self.details.show_request(job)

    def _soon(self) -> None:
        if self.isVisible() and not self._tick.isActive():  # showEvent catches up otherwise
            self._tick.start()

    @Slot()
    def _refresh(self) -> None:
        if self._queue_changed:
            self._show_queue()
            return
        self.model.moved_on(self._moved_on)
        if self._chosen in self._moved_on:
            self._show_details()
        self._moved_on.clear()

    # What is shown

    def _show_queue(self) -> None:
        self._queue_changed = False
        self._moved_on.clear()
        jobs = self._pool.jobs()
        if self.model.show(jobs):
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
            self.details.show_job(found, self._pool.progress(job), self._heard_of(job), self._previews.get(job))
            self.actions_of_job.show_job(found)
            self._fill_curves()

    def _show_details(self) -> None:
        if (job := self.chosen) is None:
            return
        self.details.refresh(job, self._pool.progress(job.id), self._previews.get(job.id))
        self.actions_of_job.show_job(job)

    def _fill_curves(self) -> None:
        if self._curves is not None and self._chosen:
            self._curves.show_events(event for _, event in self._heard_of(self._chosen))

    @Slot(object)
    def _open_picture(self, path: Path) -> None:
        self._session.portraitOpened.emit(path)
        self._session.go("canvas")

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
            return self.tr("somebody who was deleted")

    # How it is put together

    def _build(self) -> None:
        self.actions_of_job = JobActions(self._pool)
        self.actions_of_job.chose.connect(self.show_what)
        self.model = JobModel(self._pool.progress, self)
        self.model.moveWanted.connect(self.actions_of_job.place)
        self.list = JobList()
        self.list.setModel(self.model)
        self.list.selectionModel().currentChanged.connect(self._current_changed)
        self.list.customContextMenuRequested.connect(self._open_menu)
        self.list.addActions(self.actions_of_job.keys)
        self.details = JobDetails(self._session.thumbnails, self._name_of, self.actions_of_job)
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
            self._pool.cancel_all,
            name="cancelAllButton",
            tip=self.tr("Stop what runs, and take everything out of the line"),
        )
        self.clear_button = button(
            self.tr("Clear &ended"),
            self._pool.clear_ended,
            name="clearEndedButton",
            tip=self.tr("Take all ended jobs off the list; what they made stays"),
        )
        buttons = row(self.cancel_all_button, self.clear_button)
        buttons.addStretch()
        made = QFrame()
        made.setProperty("panel", True)
        made.setLayout(column(label(self.tr("Jobs"), "title"), self.list, buttons, margin=SPACE * 3 // 2))
        made.setMinimumWidth(280)
        return made

    def _empty(self) -> QWidget:
        begin = button(
            self.tr("&New person"),
            partial(self._session.go, "new-person"),
            icon_name="person-add",
            tip=self.tr("Make a person from photos"),
        )
        text = self.tr("Tuning, painting and mixing run here one after the other. Begin with a person.")
        return EmptyState("jobs", self.tr("No jobs yet"), text, begin)
