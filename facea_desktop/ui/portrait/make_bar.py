"""Quality, number, Make, why it cannot work, and what is being painted."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QButtonGroup, QMenu, QProgressBar, QPushButton, QSpinBox, QToolButton, QWidget

from facea_desktop.domain.requests import PortraitRequest
from facea_desktop.ui.formatting import short_duration, time_left
from facea_desktop.ui.icons import icon
from facea_desktop.ui.job_text import queued_words, waiting_words, waits_for_words
from facea_desktop.ui.portrait.advanced_settings import Quality
from facea_desktop.ui.session import Session
from facea_desktop.ui.widgets import button, column, label, plain_tip, row, tool
from facea_desktop.workers.job import Job, JobState

MOST_PICTURES = 8
VARIATIONS = 4
"""How many pictures are offered to choose from."""
_SPIN_FRAME_PX = 46
"""Frame, margins and arrows; Qt's own hint is wider than any value."""


class MakeBar(QWidget):
    """What stands at the foot of the panel, always in sight."""

    made = Signal()
    """Make was pressed."""
    changed = Signal()
    """Another number of pictures is wanted, or another kind of them."""
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
        self.count.setToolTip(self.tr("How many pictures to make, each with the next seed"))
        self.count.setAccessibleName(self.tr("Number of pictures"))
        self.count.valueChanged.connect(self._show_kind)
        self._one_scene = self._scene_given = False
        self.kinds = self._made_kinds()
        self._show_kind()
        self._qualities: dict[str, QPushButton] = {}
        group = QButtonGroup(self)
        for name, title, tip in (
            ("draft", self.tr("Draft"), self.tr("Half the steps, for a quick look")),
            ("final", self.tr("Final"), self.tr("All steps")),
        ):
            made = button(title, kind="chip", name=f"{name}Quality", tip=tip)
            made.setCheckable(True)
            group.addButton(made)
            self._qualities[name] = made
            made.clicked.connect(lambda _checked, name=name: self.qualityChosen.emit(name))
        group.setExclusive(False)  # custom steps are neither
        self._why = label("", "hint", wrap=True)
        self._why.setObjectName("whyNotMake")
        self._estimate = label("", "hint")
        self._estimate.setObjectName("makeEstimate")
        self._estimate.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._estimate.setToolTip(self.tr("As long as portraits took on this computer lately, once it is their turn"))
        self._estimate.hide()
        self._progress_row = self._made_progress_row()
        main = row(*self._qualities.values(), row(self.count, self.kinds, space=0), space=4)
        main.addStretch()
        main.addWidget(self.button)
        # Below the button they would push it up, and Cancel would lie where it was pressed.
        self.setLayout(column(self._why, self._progress_row, self._estimate, main))
        session.jobs.queueChanged.connect(self._show_jobs)
        session.jobs.changed.connect(self._show_jobs)
        self._show_jobs()

    def show_trouble(self, why: str, note: str = "") -> None:
        """Why no picture can be made, empty where one can; ``note`` is what one should know then."""
        self.button.setEnabled(not why)
        self._why.setText(why or note)
        self._why.setVisible(bool(why or note))
        tip = why or self.tr("Make the pictures (Ctrl+Enter)")
        self.button.setToolTip(plain_tip(tip))
        self.button.setAccessibleDescription(tip)

    def show_estimate(self, seconds: float | None) -> None:
        """How long what Make would ask for takes; None where that is not known."""
        words = "" if seconds is None else short_duration(seconds)
        self._estimate.setText(words)
        self._estimate.setVisible(bool(words))

    def show_quality(self, quality: Quality) -> None:
        """Which of the two is set; custom steps are neither."""
        for name, made in self._qualities.items():
            with QSignalBlocker(made):
                made.setChecked(name == quality)

    @property
    def one_scene(self) -> bool:
        """Whether several pictures are to share one scene."""
        return self._one_scene

    def set_one_scene(self, on: bool) -> None:
        """Let several pictures share one scene, or have one each."""
        if on != self._one_scene:
            self._one_scene = on
            self._show_kind()

    def show_scene_given(self, given: bool) -> None:
        """The scene is there already, and so is the same for all pictures."""
        if given != self._scene_given:
            self._scene_given = given
            self._show_kind()

    @property
    def doing(self) -> str:
        """What is being painted."""
        return self._doing.text()

    @property
    def why_not(self) -> str:
        """The reason that is shown."""
        return self._why.text()

    def _made_kinds(self) -> QToolButton:
        menu = QMenu(self)
        menu.addAction(self.tr("&One picture"), lambda: self._choose(1, self._one_scene))
        menu.addAction(self.tr("One scene, &four faces to choose from"), lambda: self._choose(VARIATIONS, True))
        self._scenes = menu.addAction(self.tr("Four &scenes to choose from"), lambda: self._choose(VARIATIONS, False))
        menu.addSeparator()
        self._share = menu.addAction(self.tr("One scene for &all pictures"))
        self._share.setCheckable(True)
        self._share.triggered.connect(self.set_one_scene)
        made = tool("scene", "", name="variationsButton")
        made.setIconSize(QSize(16, 16))  # what there is room for
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        made.setMenu(menu)
        return made

    def _choose(self, count: int, one_scene: bool) -> None:
        self.count.setValue(count)
        self.set_one_scene(one_scene)

    def _show_kind(self) -> None:
        shared = self._scene_given or self._one_scene
        self._scenes.setEnabled(not self._scene_given)
        self._share.setEnabled(not self._scene_given)
        self._share.setChecked(shared)
        if self.count.value() == 1:
            tip = self.tr("Make several pictures to choose from")
        elif shared:
            tip = self.tr("One scene, with a new face in each picture")
        else:
            tip = self.tr("A new scene for each picture")
        self.kinds.setIcon(icon("face" if shared and self.count.value() > 1 else "scene"))
        self.kinds.setToolTip(tip)
        self.kinds.setAccessibleName(tip)
        self.changed.emit()

    def _made_progress_row(self) -> QWidget:
        self._doing = label("", "hint", wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(6)
        cancel = button(
            self.tr("Cancel"),
            self._cancel,
            name="cancelPortraitButton",
            kind="flat",
            tip=self.tr("Stop making these pictures"),
        )
        made = QWidget()
        layout = row(column(self._doing, self._bar, space=4), cancel)
        layout.setStretch(0, 1)
        made.setLayout(layout)
        return made

    def _jobs(self) -> list[Job]:
        """The portraits that are painted, and those that wait."""
        return [job for job in self._session.jobs.of_kind(PortraitRequest) if not job.state.ended]

    def _cancel(self) -> None:
        for job in self._jobs()[:1]:
            self._session.jobs.cancel(job.id)

    @Slot()
    def _show_jobs(self) -> None:
        jobs = self._jobs()
        self._progress_row.setVisible(bool(jobs))
        if not jobs:
            return
        if jobs[0].state is JobState.RUNNING:
            self._describe(jobs[0], waiting=sum(job.state is JobState.WAITING for job in jobs))
        else:
            self._bar.setRange(0, 1)
            self._bar.setValue(0)
            ahead = self._session.jobs.waits_for(jobs[0].id)
            self._doing.setText(queued_words() if ahead is None else waits_for_words(ahead))

    def _describe(self, job: Job, *, waiting: int) -> None:
        request = job.request
        assert isinstance(request, PortraitRequest)
        progress = self._session.jobs.progress(job.id)
        texts = [self.tr("Making {0} of {1}").format(min(len(job.pictures) + 1, request.count), request.count)]
        if progress is not None:
            self._bar.setRange(0, max(progress.total, 1))
            self._bar.setValue(progress.step)
            if progress.step and progress.seconds_left is not None:
                texts.append(time_left(progress.seconds_left))
        else:
            self._bar.setRange(0, 0)
        if waiting:
            texts.append(waiting_words(waiting))
        self._doing.setText(" \u00b7 ".join(texts))
