"""Tells a user who does something else that a long job has ended, and the desktop how far the running one is."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, SignalInstance, Slot
from PySide6.QtWidgets import QApplication

from facea_desktop.domain.requests import (
    AccelerateRequest,
    ComparisonRequest,
    EnlargeRequest,
    FetchRequest,
    PortraitRequest,
)
from facea_desktop.ui.destinations import (
    Destination,
    ShowCanvas,
    ShowComparisons,
    ShowJobs,
    ShowPerson,
    ShowSettings,
)
from facea_desktop.ui.job_text import ended_words
from facea_desktop.ui.session import Session
from facea_desktop.ui.window_host import WindowHost
from facea_desktop.workers.job import Job, JobState

LONG_S = 20.0
"""Whoever started a job of less is still there when it ends."""


class Desktop(Protocol):
    """What shows notifications and progress outside the window (``DesktopBus``)."""

    @property
    def clicked(self) -> SignalInstance: ...  # noqa: D102 - as in DesktopBus

    def notify(self, summary: str, body: str) -> None: ...  # noqa: D102

    def show_progress(self, fraction: float | None) -> None: ...  # noqa: D102


class JobNotices(QObject):
    """Notifies of jobs that took long and end or fail while the window is not in front; a click leads to the result.

    Args:
        desktop: None where the desktop has no bus for it: the window's entry in the taskbar asks for attention alone.
        in_front: whether the user is looking.
    """

    def __init__(
        self,
        session: Session,
        host: WindowHost,
        desktop: Desktop | None,
        *,
        in_front: Callable[[], bool] = lambda: QApplication.activeWindow() is not None,
    ) -> None:
        super().__init__(host)
        self._session = session
        self._host = host
        self._desktop = desktop
        self._in_front = in_front
        self._told: str | None = None
        self._percent: int | None = None
        session.jobs.jobEnded.connect(self._job_ended)
        if desktop is not None:
            desktop.clicked.connect(self._show)
            session.jobs.changed.connect(self._show_progress)

    @Slot(object)
    def _job_ended(self, job: Job) -> None:
        kind = self._session.settings.notifications
        if kind == "off" or not _took_long(job) or self._in_front():
            return
        QApplication.alert(self._host.window)
        if self._desktop is not None:
            self._told = job.id
            # A screen that is locked shows notifications too: whom the job is about is said only where that is wanted.
            named = html.escape(job.title, quote=False)
            self._desktop.notify(ended_words(job), named if kind == "named" else self.tr("Click to see it."))

    @Slot()
    def _show(self) -> None:
        self._host.come_forward()
        job = self._session.jobs.job(self._told)
        if job is not None:
            self._session.go(_result_of(job))

    @Slot()
    def _show_progress(self) -> None:
        running = self._session.jobs.running()
        progress = self._session.jobs.progress(running[0].id) if running else None
        percent = round(100 * progress.fraction) if progress is not None else 0
        shown = percent if running else None
        if shown != self._percent and self._desktop is not None:
            self._percent = shown
            self._desktop.show_progress(shown / 100 if shown is not None else None)


def _took_long(job: Job) -> bool:
    """Whether it ended by itself, after long enough."""
    if job.state not in (JobState.DONE, JobState.FAILED) or job.started is None or job.ended is None:
        return False
    return (job.ended - job.started).total_seconds() >= LONG_S


def _result_of(job: Job) -> Destination:
    """Where in the window the user sees what became of a job."""
    if job.state is JobState.FAILED:
        return ShowJobs(job.id)
    match job.request:
        case PortraitRequest() | EnlargeRequest() if job.pictures:
            return ShowCanvas(job.pictures[-1])
        case ComparisonRequest():
            return ShowComparisons(job.request.out.name)
        case FetchRequest():
            return ShowSettings("models")
        case AccelerateRequest():
            return ShowSettings("device")
        case _ if job.person is not None:
            return ShowPerson(job.person)
        case _:
            return ShowJobs(job.id)
