"""Quality, number, Make, why it cannot work, and what is being painted."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Signal, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QButtonGroup, QProgressBar, QPushButton, QSpinBox, QWidget

from facea_desktop.domain.events import Preview, Progress
from facea_desktop.domain.requests import PortraitRequest
from facea_desktop.ui.portrait.more import Quality
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import button, column, label, plain_tip, row
from facea_desktop.workers.jobs import Job, JobState

tr = QCoreApplication.translate

MOST_PICTURES = 8
_SPIN_FRAME_PX = 48
"""Frame, margins and arrows; Qt's own hint is wider than any value."""


class MakeBar(QWidget):
    """What stands at the foot of the panel, always in sight."""

    made = Signal()
    """Make was pressed."""
    qualityChosen = Signal(str)
    """"draft" or "final"."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.button = button(
            self.tr("Make"), self.made.emit, name="generateButton", icon_name="sparkle", kind="primary"
        )
        self.button.setShortcut(QKeySequence("Ctrl+Return"))
        self.count = QSpinBox()
        self.count.setObjectName("pictureCount")
        self.count.setRange(1, MOST_PICTURES)
        self.count.setSuffix(" \u00d7")
        self.count.lineEdit().setTextMargins(4, 0, 0, 0)
        self.count.setFixedWidth(self.count.fontMetrics().horizontalAdvance(f"{MOST_PICTURES} \u00d7") + _SPIN_FRAME_PX)
        self.count.setToolTip(self.tr("How many pictures to make, each from the next seed"))
        self.count.setAccessibleName(self.tr("Number of pictures"))
        self._qualities: dict[str, QPushButton] = {}
        group = QButtonGroup(self)
        for name, title, tip in (
            ("draft", self.tr("Draft"), self.tr("Half the steps: a quick look")),
            ("final", self.tr("Final"), self.tr("All the steps")),
        ):
            made = button(title, kind="chip", name=f"{name}Quality", tip=tip)
            made.setCheckable(True)
            group.addButton(made)
            self._qualities[name] = made
            made.clicked.connect(lambda _checked, name=name: self.qualityChosen.emit(name))
        group.setExclusive(False)  # steps of one's own are neither
        self._why = label("", "hint", wrap=True)
        self._why.setObjectName("whyNotMake")
        self._progress_row = self._made_progress_row()
        main = row(*self._qualities.values(), self.count, space=4)
        main.setSpacing(SPACE)
        main.addStretch()
        main.addWidget(self.button)
        # Below the button they would push it up, and Cancel would lie where it was pressed.
        self.setLayout(column(self._why, self._progress_row, main))
        for signal in (session.pool.jobAdded, session.pool.jobChanged, session.pool.jobRemoved):
            signal.connect(self._jobs_changed)
        session.pool.told.connect(self._told)
        self._jobs_changed()

    def show_trouble(self, why: str, note: str = "") -> None:
        """Why no picture can be made, empty where one can; ``note`` is what one should know then."""
        self.button.setEnabled(not why)
        self._why.setText(why or note)
        self._why.setVisible(bool(why or note))
        tip = why or self.tr("Make the pictures (Ctrl+Enter)")
        self.button.setToolTip(plain_tip(tip))
        self.button.setAccessibleDescription(tip)

    def show_quality(self, quality: Quality) -> None:
        """Which of the two it is; steps of one's own are neither."""
        for name, made in self._qualities.items():
            with QSignalBlocker(made):
                made.setChecked(name == quality)

    @property
    def doing(self) -> str:
        """What is being painted."""
        return self._doing.text()

    @property
    def why_not(self) -> str:
        """The reason that is shown."""
        return self._why.text()

    def _made_progress_row(self) -> QWidget:
        self._doing = label("", "hint", wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(6)
        cancel = button(
            self.tr("Cancel"), self._cancel, name="cancelPortraitButton", kind="flat", tip=self.tr("Stop this painting")
        )
        made = QWidget()
        layout = row(column(self._doing, self._bar, space=4), cancel)
        layout.setStretch(0, 1)
        made.setLayout(layout)
        return made

    @property
    def _running(self) -> Job | None:
        jobs = (job for job in self._session.pool.jobs() if isinstance(job.request, PortraitRequest))
        return next((job for job in jobs if job.state is JobState.RUNNING), None)

    @property
    def _waiting(self) -> list[Job]:
        jobs = self._session.pool.jobs()
        return [job for job in jobs if isinstance(job.request, PortraitRequest) and job.state is JobState.WAITING]

    def _cancel(self) -> None:
        job = self._running or next(iter(self._waiting), None)
        if job is not None:
            self._session.pool.cancel(job.id)

    @Slot(str, object)
    def _told(self, job: str, event: object) -> None:
        running = self._running
        if running is not None and running.id == job and not isinstance(event, Preview):
            self._describe(running)

    @Slot()
    def _jobs_changed(self) -> None:
        running, waiting = self._running, self._waiting
        self._progress_row.setVisible(running is not None or bool(waiting))
        if running is not None:
            self._describe(running)
        elif waiting:
            self._bar.setRange(0, 1)
            self._bar.setValue(0)
            self._doing.setText(self.tr("Waiting for its turn"))

    def _describe(self, job: Job) -> None:
        request = job.request
        assert isinstance(request, PortraitRequest)
        progress = self._session.pool.progress(job.id)
        texts = [self.tr("Painting {0} of {1}").format(min(len(job.pictures) + 1, request.count), request.count)]
        if progress is not None:
            self._bar.setRange(0, max(progress.total, 1))
            self._bar.setValue(progress.step)
            if progress.step:
                texts.append(time_left(progress))
        else:
            self._bar.setRange(0, 0)
        waiting = len(self._waiting)
        if waiting:
            texts.append(self.tr("{0} more waiting").format(waiting))
        self._doing.setText(" \u00b7 ".join(texts))


def time_left(progress: Progress) -> str:
    """How long it takes still, in words."""
    seconds = round(progress.seconds_left or 0)
    if seconds < 60:
        return tr("MakeBar", "{0} s left").format(max(seconds, 1))
    return tr("MakeBar", "{0} min left").format(round(seconds / 60))
