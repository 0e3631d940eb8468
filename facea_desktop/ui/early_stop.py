"""Ending a tuning where its likeness is good enough, beside everything else that can be done to the job."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from facea_desktop.domain.events import Measured
from facea_desktop.domain.requests import TuneRequest
from facea_desktop.ui.widgets import button, column, label, row
from facea_desktop.workers.jobs import Job, JobState
from facea_desktop.workers.pool import JobPool

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

    def __init__(self, pool: JobPool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pool = pool
        self._job: str | None = None
        self.button = button(
            self.tr("Good enough, stop here"),
            self.finish,
            name="finishTuningButton",
            tip=self.tr("End the tuning at its next step and keep the weights with the best likeness so far"),
        )
        self.line = label("", "hint", wrap=True)
        left = row(self.button)
        left.addStretch()
        whole = column(left, self.line, space=4)
        whole.setContentsMargins(0, 4, 0, 0)
        self.setLayout(whole)
        self.hide()
        pool.jobChanged.connect(self._changed)
        pool.told.connect(self._told)

    def show_job(self, job: Job | None) -> None:
        """Follow this job."""
        self._job = job.id if job is not None else None
        self._refresh()

    def finish(self) -> None:
        """Keep what the tuning has learned, and end it."""
        if self._job is not None:
            self._pool.finish(self._job)

    def _refresh(self) -> None:
        job = self._pool.job(self._job) if self._job is not None else None
        tunes = job is not None and isinstance(job.request, TuneRequest) and job.state is JobState.RUNNING
        points = [event for event in self._pool.history(job.id) if isinstance(event, Measured)] if job and tunes else []
        if job is None or len(points) < LEAST_POINTS:
            self.hide()
            return
        best = max(points, key=lambda point: point.likeness)
        words = self.tr("Best so far: likeness {score} at step {step}.")
        if job.finished_early:
            words = self.tr("Ends at its next step, with likeness {score} of step {step} or better.")
        elif is_flat([point.likeness for point in points]):
            words = self.tr("The likeness rises no more; its best was {score} at step {step}.")
        self.line.setText(words.format(score=f"{best.likeness:.2f}", step=f"{best.step:,}"))
        self.button.setEnabled(not job.finished_early)
        self.show()

    @Slot(object)
    def _changed(self, job: Job) -> None:
        if job.id == self._job:
            self._refresh()

    @Slot(str, object)
    def _told(self, job: str, event: object) -> None:
        if job == self._job and isinstance(event, Measured):
            self._refresh()
