"""The line at the bottom of the window: what runs now, what waits, what went wrong."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QProgressBar, QSizePolicy, QWidget

from facea_desktop.domain.events import Event, Progress
from facea_desktop.ui.jobs.page import REFRESH_MS
from facea_desktop.ui.jobs.words import bar_words
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import SPACE, colours
from facea_desktop.ui.widgets import button, plain_tip, row, tool
from facea_desktop.workers.jobs import Job, JobState

_HEIGHT_PX = 30
_BAR_PX = 160


class Line(QWidget):
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

    def say(self, text: str) -> None:
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
    """One line on the queue; it follows the pool at most ten times a second."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("jobBar")
        self.setProperty("panel", True)
        self._session = session
        self._pool = session.pool
        self._shown: str | None = None
        self._failed: str | None = None
        self._put_off: set[str] = set()  # interrupted jobs that the user does not want to hear of now
        self._stopping: set[str] = set()
        self._tick = QTimer(self)
        self._tick.setSingleShot(True)
        self._tick.setInterval(REFRESH_MS)
        self._tick.timeout.connect(self.refresh)
        self._build()
        self._pool.jobAdded.connect(self._changed)
        self._pool.jobChanged.connect(self._changed)
        self._pool.jobRemoved.connect(self._gone)
        self._pool.told.connect(self._told)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show how the queue stands now."""
        jobs = self._pool.jobs()
        running = [job for job in jobs if job.state is JobState.RUNNING]
        self._stopping &= {job.id for job in running}
        self._show_running(running[0] if running else None, len(running))
        self._show_waiting(sum(job.state is JobState.WAITING for job in jobs))
        self._show_interrupted(self._interrupted(), idle=not running)
        self._show_failed()

    def cancel(self) -> None:
        """Cancel the job that the line shows."""
        if self._shown is not None:
            self._stopping.add(self._shown)
            self._pool.cancel(self._shown)
            self.refresh()

    def resume(self) -> None:
        """Put every interrupted job into the queue again."""
        for job in self._interrupted():
            self._put_off.add(job.id)
            self._pool.retry(job.id)
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
        self._session.go("jobs", self._failed)

    def _interrupted(self) -> list[Job]:
        found = [job for job in self._pool.jobs() if job.state is JobState.INTERRUPTED and job.id not in self._put_off]
        return sorted(found, key=lambda job: job.place)

    def _show_running(self, job: Job | None, count: int) -> None:
        self._shown = job.id if job is not None else None
        for part in (self.bar, self.cancel_button):
            part.setVisible(job is not None)
        if job is None:
            self.now.say(self.tr("Nothing is running"))
            return
        progress = self._pool.progress(job.id)
        stopping = job.id in self._stopping
        words = self.tr("{}: stopping at its next step").format(job.title) if stopping else bar_words(job, progress)
        self.now.say(self.tr("{words}, and {count} more").format(words=words, count=count - 1) if count > 1 else words)
        self.bar.setValue(round(1000 * progress.step / max(progress.total, 1)) if progress is not None else 0)
        self.cancel_button.setEnabled(not stopping)

    def _show_waiting(self, count: int) -> None:
        self.waiting_link.setVisible(count > 0)
        self.waiting_link.setText(self.tr("{} waiting").format(count))

    def _show_interrupted(self, jobs: list[Job], *, idle: bool) -> None:
        one = self.tr("1 job was interrupted:")
        self.interrupted.say(one if len(jobs) == 1 else self.tr("{} jobs were interrupted:").format(len(jobs)))
        self.interrupted.setToolTip(plain_tip("\n".join(job.title for job in jobs)))
        for part in (self.interrupted, self.resume_button, self.put_off_button):
            part.setVisible(bool(jobs))
        self.now.setVisible(not (jobs and idle))

    def _show_failed(self) -> None:
        job = self._pool.job(self._failed) if self._failed is not None else None
        self.failure.say(f"{job.title}: {job.error}" if job is not None else "")
        for part in (self.failure, self.details_button, self.dismiss_button):
            part.setVisible(job is not None)

    @Slot(object)
    def _changed(self, job: Job) -> None:
        if job.state is JobState.FAILED:
            self._failed = job.id
        self._soon()

    @Slot(str)
    def _gone(self, job: str) -> None:
        self._soon()

    @Slot(str, object)
    def _told(self, job: str, event: Event) -> None:
        if isinstance(event, Progress) and job == self._shown:
            self._soon()

    def _soon(self) -> None:
        if not self._tick.isActive():
            self._tick.start()

    def _build(self) -> None:
        self.now = Line("text", 240)
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setFixedSize(_BAR_PX, 6)
        self.bar.setAccessibleName(self.tr("How far the running job is"))
        self.cancel_button = tool("stop", self.tr("Cancel the running job"), self.cancel, name="cancelRunningButton")
        self.interrupted = Line("warn", 200)
        self.resume_button = button(
            self.tr("Resume"),
            self.resume,
            name="resumeInterruptedButton",
            kind="flat",
            tip=self.tr("Go on with what was interrupted when the program stopped"),
        )
        self.put_off_button = tool("close", self.tr("Not now; it stays in the list of jobs"), self.put_off)
        self.failure = Line("bad", 80)
        self.details_button = button(
            self.tr("Details"),
            self.show_failed,
            name="failedDetailsButton",
            kind="flat",
            tip=self.tr("Show the failed job"),
        )
        self.dismiss_button = tool("close", self.tr("Dismiss"), self.dismiss, name="dismissFailureButton")
        self.waiting_link = button(
            "", lambda: self._session.go("jobs"), name="waitingLink", kind="flat", tip=self.tr("Show all jobs")
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
