"""Everything about one job: progress, curves, pictures, log and settings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QFormLayout,
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from facea_desktop.domain.events import DeviceSelected, Event, Measured, Painted, Progress
from facea_desktop.domain.requests import BatchRequest
from facea_desktop.ui.formatting import decimal, duration
from facea_desktop.ui.job_monitor import Heard
from facea_desktop.ui.job_text import device_words, request_words, short_state_words, steps_words
from facea_desktop.ui.jobs.job_log import log_lines
from facea_desktop.ui.jobs.job_pictures import JobPictures
from facea_desktop.ui.likeness_scale import LikenessLabel, LikenessScales
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.thumbnails import Thumbnails
from facea_desktop.ui.widgets import Notice, column, label, row
from facea_desktop.workers.job import Job, JobState

_PREVIEW_PX = 176
_LOG_PX = 150
_WIDEST_PX = 860


def person_shown(job: Job) -> str:
    """Whose scale the likenesses of a job stand on; empty where it is about several people, or nobody."""
    people = job.people
    if isinstance(job.request, BatchRequest):
        return next(iter(people)) if len(people) == 1 else ""
    return str(getattr(job.request, "person", None) or job.person or "")


class JobDetails(QScrollArea):
    """The right half of the page; ``show_job`` chooses, ``refresh`` follows it."""

    pictureOpened = Signal(object)
    """Path of a picture that was clicked."""

    def __init__(
        self, thumbnails: Thumbnails, scales: LikenessScales, name_of: Callable[[str], str], actions: QWidget
    ) -> None:
        super().__init__()
        self._actions = actions
        self.likeness = LikenessLabel(scales)
        self._name_of = name_of
        self._preview: bytes | None = None
        self._lines: list[str] = []
        self._trouble_read = False
        self._facts: dict[str, tuple[QWidget, QLabel]] = {}
        self.title = label("", "title", wrap=True)
        self.title.setTextFormat(Qt.TextFormat.PlainText)  # people may be called anything
        self.state = label("", "hint", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        self.bar.setAccessibleName(self.tr("Progress of the job"))
        self.trouble = Notice()
        self.trouble.dismissed.connect(self._read_trouble)
        self.preview = QLabel()
        self.preview.setAccessibleName(self.tr("Latest preview"))
        self.preview.setToolTip(self.tr("Latest preview"))
        self.preview.hide()
        self.curves_place = QVBoxLayout()
        self.curves_place.setContentsMargins(0, 0, 0, 0)
        self.pictures = JobPictures(thumbnails)
        self.pictures.opened.connect(self.pictureOpened)
        self.pictures_box = _group(self.tr("Pictures"), self.pictures)
        self.log = QPlainTextEdit()
        self.log.setObjectName("jobLog")
        self.log.setAccessibleName(self.tr("Job log"))
        self.log.setReadOnly(True)
        self.log.setTabChangesFocus(True)
        self.log.setFixedHeight(_LOG_PX)
        self.asked = QFormLayout()
        self._lay_out()

    def show_job(self, job: Job, progress: Progress | None, heard: Sequence[Heard], preview: bytes | None) -> None:
        """Show another job, with all that was heard of it and its latest preview (PNG)."""
        self.log.clear()
        self._lines = []
        self._trouble_read = False
        self.verticalScrollBar().setValue(0)
        self.show_request(job)
        self.refresh(job, progress, heard, preview)

    def show_request(self, job: Job) -> None:
        """Say what was asked for, with the names that people have now."""
        while self.asked.rowCount():
            self.asked.removeRow(0)
        for word, value in request_words(job.request, self._name_of):
            text = label("", wrap=True)
            text.setTextFormat(Qt.TextFormat.PlainText)
            text.setText(value)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.asked.addRow(label(word, "hint"), text)

    def refresh(self, job: Job, progress: Progress | None, heard: Sequence[Heard], preview: bytes | None) -> None:
        """Show how the job stands now."""
        self.title.setText(job.title)
        self.state.setText(short_state_words(job))
        failed = job.state is JobState.FAILED
        trouble = (job.error or "") if failed and not self._trouble_read else ""
        if self.trouble.text != trouble:
            self.trouble.set_message(trouble)
        self.bar.setVisible(job.state is JobState.RUNNING)
        self.bar.setRange(0, 1000)
        self.bar.setValue(round(1000 * progress.fraction) if progress is not None else 0)
        events = [event for _, event in heard]
        self._show_facts(job, progress, events)
        self._show_preview(preview)
        self._show_pictures(_pictures(job, events))
        self._show_log(log_lines(job, heard))

    def _show_pictures(self, paths: Sequence[Path]) -> None:
        self.pictures_box.setVisible(bool(paths))
        if list(paths) != self.pictures.paths():
            self.pictures.show_paths(paths)

    def _show_preview(self, picture: bytes | None) -> None:
        if picture is self._preview:
            return
        self._preview = picture
        self.preview.setVisible(picture is not None)
        if picture is None:
            self.preview.clear()
            return
        drawn = QPixmap()
        drawn.loadFromData(picture)
        ratio = self.devicePixelRatio()
        side = round(_PREVIEW_PX * ratio)
        smooth = Qt.TransformationMode.SmoothTransformation
        drawn = drawn.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio, smooth)
        drawn.setDevicePixelRatio(ratio)
        self.preview.setPixmap(drawn)

    def fact(self, name: str) -> str:
        """What one of the figures says ("step", "left", "device", "likeness"), "" where it is not known."""
        return self._facts[name][1].text()

    @Slot()
    def _read_trouble(self) -> None:
        self._trouble_read = True

    def _show_facts(self, job: Job, progress: Progress | None, events: list[Event]) -> None:
        running = job.state is JobState.RUNNING
        measured = [event.likeness for event in events if isinstance(event, Measured)]
        painted = [event.likeness for event in events if isinstance(event, Painted) and event.likeness is not None]
        places = [event for event in events if isinstance(event, DeviceSelected)]
        best = max(measured + painted, default=None)
        known = running and progress is not None
        self._fill("step", steps_words(progress, job.request) if known and progress is not None else "")
        left = progress.seconds_left if known and progress is not None else None
        self._fill("left", "" if left is None else duration(left))
        self._fill("device", device_words(places[-1]) if places else "")
        self._fill("likeness", "" if best is None else decimal(best))
        self.likeness.show_likeness(person_shown(job), best)
        self.figures.setVisible(any(self.fact(name) for name in self._facts))

    def _fill(self, name: str, text: str) -> None:
        box, figure = self._facts[name]
        figure.setText(text)
        box.setVisible(bool(text))

    def _show_log(self, lines: list[str]) -> None:
        if lines == self._lines:
            return
        if self._lines and lines[: len(self._lines)] == self._lines:  # keeps the place that the user has scrolled to
            self.log.appendPlainText("\n".join(lines[len(self._lines) :]))
        else:
            self.log.setPlainText("\n".join(lines))
        self._lines = lines

    def _lay_out(self) -> None:
        figures = row(space=SPACE * 4)
        for name, words in (
            ("step", self.tr("progress")),
            ("left", self.tr("time left")),
            ("likeness", self.tr("best likeness")),
            ("device", self.tr("device")),
        ):
            figure = label("", "title", wrap=name == "device")  # names of graphics cards are long
            box = QWidget()
            rows = column(figure, label(words, "hint"), space=0)
            if name == "likeness":
                rows.addWidget(self.likeness)
            box.setLayout(rows)
            self._facts[name] = box, figure
            figures.addWidget(box, 1 if name == "device" else 0, Qt.AlignmentFlag.AlignTop)
        figures.addStretch()
        self.figures = QWidget()
        self.figures.setLayout(figures)
        figures.setContentsMargins(0, 0, 0, 0)
        self.asked.setContentsMargins(0, 0, 0, 0)
        self.asked.setHorizontalSpacing(SPACE * 2)
        self.asked.setVerticalSpacing(SPACE // 2)
        request = QWidget()
        request.setLayout(self.asked)
        content = QWidget()
        content.setMaximumWidth(_WIDEST_PX)
        side = column(self.title, self.state, self.bar, self.trouble, self._actions, self.figures, space=SPACE * 2)
        side.insertSpacing(1, -SPACE)  # the state belongs to the title
        side.addStretch(1)
        head = row(side, self.preview, space=SPACE * 2)
        head.setStretch(0, 1)
        head.setAlignment(self.preview, Qt.AlignmentFlag.AlignTop)
        layout = column(
            head,
            self.curves_place,
            self.pictures_box,
            _group(self.tr("Settings"), request),
            _group(self.tr("Log"), self.log),
            margin=SPACE * 2,
            space=SPACE * 2,
        )
        layout.addStretch(1)
        content.setLayout(layout)
        content.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


def _group(heading: str, content: QWidget) -> QWidget:
    made = QWidget()
    made.setLayout(column(label(heading, "heading"), content, space=SPACE // 2))
    return made


def _pictures(job: Job, events: list[Event]) -> list[Path]:
    """What the job keeps, and what it has told of and the pool has not noted yet."""
    told = [event.path for event in events if isinstance(event, Painted)]
    return list(dict.fromkeys([*job.pictures, *told]))
