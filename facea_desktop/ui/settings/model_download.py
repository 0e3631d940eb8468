"""Downloading models: the question before, and the progress."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from facea_desktop.domain.events import Progress
from facea_desktop.domain.requests import FetchRequest
from facea_desktop.ui.formatting import disk_words, time_left
from facea_desktop.ui.job_monitor import JobMonitor
from facea_desktop.ui.job_text import queued_words
from facea_desktop.ui.settings.machine_text import Fit
from facea_desktop.ui.settings.model_overview import ModelView
from facea_desktop.ui.settings.setting_widgets import Linked, SlimBar, card, link
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import button, column, label, row, screen_room, scrolling, tool
from facea_desktop.workers.job import Job, JobState

WIDTH = 600
_LEAST_LISTED_PX = 96


def download_jobs(jobs: JobMonitor) -> dict[str, Job]:
    """The job that fetches each model: the one at work or waiting, or else the newest that ended."""
    found: dict[str, Job] = {}
    for job in sorted(jobs.of_kind(FetchRequest), key=lambda job: (not job.state.ended, job.created)):
        assert isinstance(job.request, FetchRequest)
        found[job.request.model] = job
    return found


def source_words(model: ModelView) -> str:
    """Where a model is fetched from; HF_ENDPOINT names another hub."""
    host = urlsplit(os.environ.get("HF_ENDPOINT") or "https://huggingface.co").netloc
    return f"{host}/{model.hub}"


class DownloadDialog(QDialog):
    """Says what would be fetched, how large, from where and under which licence; nothing is before ``agreed``."""

    agreed = Signal()

    def __init__(
        self, models: Sequence[ModelView], root: Path, fit: Fit | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("fetchDialog")
        self.setWindowTitle(self.tr("Download models"))
        total = sum(model.size_mb for model in models) * 1e6
        free = shutil.disk_usage(root).free
        parts: list[QWidget] = [
            label(self.tr("Download {}").format(disk_words(total)), "title"),
            label(
                self.tr(
                    "FaceA Desktop uses the network only when you ask it to. It sends none of your data. You can "
                    "stop at any time and resume later; every file is verified after the download."
                ),
                "hint",
                wrap=True,
            ),
        ]
        if fit is not None and fit.state != "good":
            warning = label(fit.text, wrap=True)
            warning.setProperty("state", fit.state)
            parts.append(warning)
        listed = QWidget()
        listed.setLayout(column(*map(self._model, models), space=SPACE * 3 // 2))
        scroll = scrolling(listed)
        room = label(self.tr("{} free on the disk.").format(disk_words(free)), "hint")
        self.enough = free > total
        if not self.enough:
            room = label(self.tr("Only {} free on the disk. Free up space first.").format(disk_words(free)), wrap=True)
            room.setProperty("state", "bad")
        terms = label(self.tr("Please read the licences: by downloading you agree to them."), wrap=True)
        go = button(
            self.tr("&Download {}").format(disk_words(total)),
            self.accept,
            name="agreeToFetch",
            kind="primary",
            tip=self.tr("Start the download"),
        )
        go.setEnabled(self.enough)
        go.setDefault(True)
        no = button(self.tr("&Not now"), self.reject, tip=self.tr("Close without downloading anything"))
        no.setAutoDefault(False)
        ends = row()
        ends.addStretch()
        ends.addWidget(no)
        ends.addWidget(go)
        layout = column(*parts, scroll, room, terms, ends, margin=SPACE * 3, space=SPACE * 3 // 2)
        layout.setStretchFactor(scroll, 1)
        self.setLayout(layout)
        # Qt's own guess is too low for wrapped lines; on a small screen the models are scrolled.
        listed_height = listed.heightForWidth(WIDTH - SPACE * 6)
        scroll.setMinimumHeight(min(listed_height, _LEAST_LISTED_PX))
        wanted = layout.totalHeightForWidth(WIDTH) - scroll.sizeHint().height() + listed_height
        self.resize(WIDTH, min(wanted, screen_room(self).height()))
        self.accepted.connect(self.agreed)

    def _model(self, model: ModelView) -> QWidget:
        head = row(label(model.title), label(disk_words(model.size_mb * 1e6)))
        head.setStretch(0, 1)
        source = self.tr("{address}, revision {revision}").format(
            address=source_words(model), revision=(model.revision or "")[:8]
        )
        licence = self.tr("Licence: {}").format(link(model.licence, model.licence_url))
        return card(column(head, label(source, "hint", wrap=True), Linked(licence, "hint"), space=4))


class DownloadLine(QWidget):
    """How far a model is fetched, with buttons to stop and resume; hidden while there is nothing to show."""

    cancelled = Signal(str)
    resumed = Signal(str)
    forgotten = Signal(str)
    """Id of the job, all three."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job = ""
        self._words = label("", "hint", wrap=True)
        self._bar = SlimBar()
        self._bar.setRange(0, 1000)
        self._bar.setAccessibleName(self.tr("Downloading {}").format(title))
        self._cancel = button(
            self.tr("Cancel"),
            lambda: self.cancelled.emit(self._job),
            name="cancelFetch",
            tip=self.tr("Stop the download; what has arrived is kept"),
        )
        self._resume = button(
            self.tr("Resume"),
            lambda: self.resumed.emit(self._job),
            name="resumeFetch",
            tip=self.tr("Continue where it stopped"),
        )
        self._forget = tool("close", self.tr("Hide this"), lambda: self.forgotten.emit(self._job))
        layout = row(column(self._words, self._bar, space=4))
        layout.setStretch(0, 1)
        for one in (self._cancel, self._resume, self._forget):
            layout.addWidget(one, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(layout)
        self.hide()

    def show_job(self, job: Job | None, progress: Progress | None) -> None:
        """Show how a job stands; None, or one that is done, hides the line."""
        if job is None or job.state is JobState.DONE:
            self.hide()
            return
        self._job = job.id
        at_work = not job.state.ended
        self._bar.setVisible(at_work or progress is not None)
        self._bar.setValue(round(1000 * progress.fraction) if progress is not None else 0)
        self._cancel.setVisible(at_work)
        self._resume.setVisible(not at_work)
        self._forget.setVisible(not at_work)
        self._words.setText(download_text(job, progress))
        self._words.setProperty("state", "bad" if job.state is JobState.FAILED else None)
        self._words.setProperty("hint", job.state is not JobState.FAILED)
        self._words.style().unpolish(self._words)
        self._words.style().polish(self._words)
        self.show()


def download_text(job: Job, progress: Progress | None) -> str:
    """How a download stands, and what can be done where it stopped."""
    tr = QCoreApplication.translate
    match job.state:
        case JobState.WAITING:
            return queued_words()
        case JobState.RUNNING if progress is None:
            return tr("Settings", "Checking what to download …")
        case JobState.RUNNING if progress is not None:
            done = tr("Settings", "{done} of {total}").format(
                done=disk_words(progress.step), total=disk_words(progress.total)
            )
            return done if progress.seconds_left is None else f"{done}, {time_left(progress.seconds_left)}"
        case JobState.FAILED:
            return job.error or tr("Settings", "The download failed; see the log. Press Resume to try again.")
        case _:
            return tr("Settings", "Stopped. The download so far is kept.")
