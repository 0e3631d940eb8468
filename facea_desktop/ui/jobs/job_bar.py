"""The line at the bottom of the window: what runs now, what waits, what went wrong."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QProgressBar, QSizePolicy, QWidget

from facea_desktop.ui.destinations import ShowJobs
from facea_desktop.ui.job_text import bar_words, failure_words, waiting_words
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import SPACE, colours
from facea_desktop.ui.widgets import button, plain_tip, row, tool
from facea_desktop.workers.job import Job, JobState

_HEIGHT_PX = 30
_BAR_PX = 160


class StatusLine(QWidget):
    """A text of one line that gives way: cut with an ellipsis, whole in the tooltip."""

    def __init__(self, shade: str, least_px: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shade = shade
        self._least_px = least_px
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    @property
    def text(self) -> str:
        """All of it."""
        return self._text

    def set_message(self, text: str) -> None:
        """Show this."""
        if text != self._text:
            self._text = text
            self.setToolTip(plain_tip(text))
            self.setAccessibleName(text)
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """As wide as the text."""
        return QSize(self.fontMetrics().horizontalAdvance(self._text) + 2, self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        """What has to stay readable, the whole text if it is shorter."""
        return QSize(min(self._least_px, self.sizeHint().width()), self.fontMetrics().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what fits."""
        painter = QPainter(self)
        painter.setPen(QColor(getattr(colours(), self._shade)))
        short = self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, short)


class JobBar(QFrame):
    """One line on the queue."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("jobBar")
        self.setProperty("panel", True)
        self._session = session
        self._jobs = session.jobs
        self._shown: str | None = None
        self._failed: str | None = None
        self._put_off: set[str] = set()  # interrupted jobs that the user does not want to hear of now
        self._build()
        self._jobs.changed.connect(self.refresh)
        self._jobs.jobEnded.connect(self._job_ended)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show how the queue stands now."""
        running = self._jobs.running()
        self._show_running(running[0] if running else None, len(running))
        self._show_waiting(len(self._jobs.waiting()))
        self._show_interrupted(self._interrupted(), idle=not running)
        self._show_failed()

    def cancel(self) -> None:
        """Cancel the job that the line shows."""
        if self._shown is not None:
            self._jobs.cancel(self._shown)
            self.refresh()

    def resume(self) -> None:
        """Put every interrupted job into the queue again."""
        for job in self._interrupted():
            self._put_off.add(job.id)
            self._session.pool.retry(job.id)
        self.refresh()

    def put_off(self) -> None:
        """Say no more of the interrupted jobs; they stay in the list of jobs."""
        self._put_off |= {job.id for job in self._interrupted()}
        self.refresh()

    def dismiss(self) -> None:
        """The failure was read."""
        self._failed = None
        self.refresh()

    def show_failed(self) -> None:
        """Go to the job that failed."""
        self._session.go(ShowJobs(self._failed))

    def _interrupted(self) -> list[Job]:
        interrupted = (job for job in self._jobs.all() if job.state is JobState.INTERRUPTED)
        return sorted((job for job in interrupted if job.id not in self._put_off), key=lambda job: job.place)

    def _show_running(self, job: Job | None, count: int) -> None:
        self._shown = job.id if job is not None else None
        for part in (self.bar, self.cancel_button):
            part.setVisible(job is not None)
        if job is None:
            self.now.set_message(self.tr("No job is running"))
            return
        progress = self._jobs.progress(job.id)
        words = bar_words(job, progress)
        stopping = self._jobs.is_stopping(job.id)
        if stopping:
            words = self.tr("{}: stopping at the next step").format(job.title)
        self.now.set_message(
            self.tr("{words}, and {count} more").format(words=words, count=count - 1) if count > 1 else words
        )
        self.bar.setValue(round(1000 * progress.fraction) if progress is not None else 0)
        self.cancel_button.setEnabled(not stopping)

    def _show_waiting(self, count: int) -> None:
        self.waiting_link.setVisible(count > 0)
        self.waiting_link.setText(waiting_words(count))

    def _show_interrupted(self, jobs: list[Job], *, idle: bool) -> None:
        one = self.tr("1 job was interrupted:")
        self.interrupted.set_message(one if len(jobs) == 1 else self.tr("{} jobs were interrupted:").format(len(jobs)))
        self.interrupted.setToolTip(plain_tip("\n".join(job.title for job in jobs)))
        for part in (self.interrupted, self.resume_button, self.put_off_button):
            part.setVisible(bool(jobs))
        self.now.setVisible(not (jobs and idle))

    def _show_failed(self) -> None:
        job = self._jobs.job(self._failed)
        self.failure.set_message(failure_words(job) if job is not None else "")
        for part in (self.failure, self.details_button, self.dismiss_button):
            part.setVisible(job is not None)

    @Slot(object)
    def _job_ended(self, job: Job) -> None:
        if job.state is JobState.FAILED:
            self._failed = job.id

    def _build(self) -> None:
        self.now = StatusLine("text", 240)
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setFixedSize(_BAR_PX, 6)
        self.bar.setAccessibleName(self.tr("Progress of the running job"))
        self.cancel_button = tool("stop", self.tr("Cancel the running job"), self.cancel, name="cancelRunningButton")
        self.interrupted = StatusLine("warn", 200)
        self.resume_button = button(
            self.tr("Resume"),
            self.resume,
            name="resumeInterruptedButton",
            kind="flat",
            tip=self.tr("Resume the jobs that were interrupted when the program closed"),
        )
        self.put_off_button = tool("close", self.tr("Not now; it stays in the job list"), self.put_off)
        self.failure = StatusLine("bad", 80)
        self.details_button = button(
            self.tr("Details"),
            self.show_failed,
            name="failedDetailsButton",
            kind="flat",
            tip=self.tr("Show the failed job"),
        )
        self.dismiss_button = tool("close", self.tr("Dismiss"), self.dismiss, name="dismissFailureButton")
        self.waiting_link = button(
            "", lambda: self._session.go(ShowJobs()), name="waitingLink", kind="flat", tip=self.tr("Show all jobs")
        )
        layout = row(
            self.now,
            self.bar,
            self.cancel_button,
            self.interrupted,
            self.resume_button,
            self.put_off_button,
            self.failure,
            self.details_button,
            self.dismiss_button,
        )
        layout.addStretch()
        layout.addWidget(self.waiting_link)
        layout.setContentsMargins(SPACE * 3 // 2, 0, SPACE // 2, 0)
        self.setLayout(layout)
        self.setFixedHeight(_HEIGHT_PX)
