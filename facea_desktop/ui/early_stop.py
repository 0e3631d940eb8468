"""Ending a tuning early, once its likeness is good enough."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from facea_desktop.domain.events import Measured
from facea_desktop.domain.requests import TuneRequest
from facea_desktop.ui.formatting import decimal, number
from facea_desktop.ui.session import Session
from facea_desktop.ui.widgets import button, column, label, row
from facea_desktop.workers.job import Job, JobState

LEAST_POINTS = 2
"""Fewer do not show whether the likeness still rises."""
FLAT_POINTS = 3
RISE = 0.01
"""A likeness that is higher by less than this is no better: portraits of other seeds differ by more."""


def is_flat(likeness: Sequence[float]) -> bool:
    """Whether none of the last ``FLAT_POINTS`` measurements is better than those before them."""
    before, last = likeness[:-FLAT_POINTS], likeness[-FLAT_POINTS:]
    return bool(before) and max(last) < max(before) + RISE


class EarlyStop(QWidget):
    """A button and a line about the best weights so far; hidden unless a tuning runs whose curve says something."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._job: str | None = None
        self.button = button(
            self.tr("Good enough, stop here"),
            self.finish,
            name="finishTuningButton",
            tip=self.tr("Stop tuning at the next step and keep the weights with the best likeness so far"),
        )
        self.line = label("", "hint", wrap=True)
        left = row(self.button)
        left.addStretch()
        whole = column(left, self.line, space=4)
        whole.setContentsMargins(0, 4, 0, 0)
        self.setLayout(whole)
        self.hide()
        session.jobs.queueChanged.connect(self._refresh)
        session.jobs.eventReceived.connect(self._on_event)

    def show_job(self, job: Job | None) -> None:
        """Follow this job."""
        self._job = job.id if job is not None else None
        self._refresh()

    def finish(self) -> None:
        """Keep what the tuning has learned, and end it."""
        if self._job is not None:
            self._session.pool.finish(self._job)

    @Slot()
    def _refresh(self) -> None:
        job = self._session.jobs.job(self._job)
        tunes = job is not None and isinstance(job.request, TuneRequest) and job.state is JobState.RUNNING
        events = self._session.jobs.history(job.id) if job is not None and tunes else ()
        points = [event for event in events if isinstance(event, Measured)]
        if job is None or len(points) < LEAST_POINTS:
            self.hide()
            return
        best = max(points, key=lambda point: point.likeness)
        words = self.tr("Best so far: likeness {score} at step {step}.")
        if job.finished_early:
            words = self.tr("Stops at the next step, with likeness {score} of step {step} or better.")
        elif is_flat([point.likeness for point in points]):
            words = self.tr("The likeness has stopped rising; the best was {score} at step {step}.")
        self.line.setText(words.format(score=decimal(best.likeness), step=number(best.step)))
        assert isinstance(job.request, TuneRequest)
        self.line.setToolTip(self._session.likeness.words(job.request.person, best.likeness))
        self.button.setEnabled(not job.finished_early)
        self.show()

    @Slot(object, object)
    def _on_event(self, job: Job, event: object) -> None:
        if job.id == self._job and isinstance(event, Measured):
            self._refresh()
