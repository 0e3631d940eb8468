"""The card of the Device page that brings the graphics card into use, and takes it out again."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame

from facea_desktop.acceleration.environments import Environments
from facea_desktop.acceleration.situation import Situation, read_situation
from facea_desktop.acceleration.torch_builds import TorchBuild
from facea_desktop.domain.atomic_files import disk_trouble
from facea_desktop.domain.requests import AccelerateRequest
from facea_desktop.ui.acceleration_text import situation_words
from facea_desktop.ui.job_text import job_title
from facea_desktop.ui.session import Session
from facea_desktop.ui.settings.acceleration_dialog import AccelerationDialog
from facea_desktop.ui.settings.model_download import DownloadLine
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import button, column, label, row
from facea_desktop.workers.job import Job, JobState


class AccelerationCard(QFrame):
    """Says how the graphics card stands; nothing is downloaded before the user has agreed to how much."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._situation: Situation | None = None
        self._dialog: AccelerationDialog | None = None
        self.setProperty("card", True)
        self.setObjectName("accelerationCard")
        self._words = label(self.tr("Looking for a graphics card …"), "hint", wrap=True)
        self._words.setObjectName("accelerationWords")
        self._use = button(
            self.tr("Use my &graphics card…"),
            self._ask,
            name="useGraphicsCard",
            kind="primary",
            tip=self.tr("Says first what is downloaded, and how much"),
        )
        self._back = button(
            self.tr("Go &back to the processor"),
            self._go_back,
            name="leaveGraphicsCard",
            tip=self.tr("Use the PyTorch that the program came with, and remove the one for the graphics card"),
        )
        self._line = DownloadLine("PyTorch")
        self._line.cancelled.connect(session.jobs.cancel)
        self._line.resumed.connect(session.pool.retry)
        self._line.forgotten.connect(session.pool.remove)
        buttons = row(self._use, self._back)
        buttons.addStretch()
        heading = label(self.tr("Graphics card"), "heading")
        self.setLayout(column(heading, self._words, self._line, buttons, margin=SPACE * 2, space=SPACE * 3 // 2))
        self._update_actions()
        session.jobs.queueChanged.connect(self._show_job)
        session.jobs.changed.connect(self._show_job)
        session.environmentChanged.connect(self.look)

    @Slot()
    def look(self) -> None:
        """Look at the machine, which takes up to seconds; what was seen before is shown until then."""
        self._session.start(self._look())

    async def _look(self) -> None:
        self._situation = await asyncio.to_thread(read_situation, self._session.root)
        self._words.setText(situation_words(self._situation))
        self._show_job()

    @Slot()
    def _show_job(self) -> None:
        job = self._job()
        self._line.show_job(job, self._session.jobs.progress(job.id) if job is not None else None)
        self._update_actions()

    def _update_actions(self) -> None:
        situation, job = self._situation, self._job()
        at_work = job is not None and not job.state.ended
        self._use.setVisible(situation is not None and situation.to_install is not None and not at_work)
        self._back.setVisible(situation is not None and situation.chosen is not None and not at_work)

    def _job(self) -> Job | None:
        """The job that installs: the one at work or waiting, or else the newest that ended."""
        jobs = self._session.jobs.of_kind(AccelerateRequest)
        return max(jobs, key=lambda job: (not job.state.ended, job.created), default=None)

    def _ask(self) -> None:
        assert self._situation is not None
        build = self._situation.to_install
        if build is None:
            return
        if self._dialog is not None:
            self._dialog.deleteLater()
        self._dialog = AccelerationDialog(self._situation, build, self._session.root, self)
        self._dialog.accepted.connect(lambda: self._install(build))
        self._dialog.open()

    def _install(self, build: TorchBuild) -> None:
        if self._session.settings.device == "cpu":  # or what is installed would not be used
            self._session.change_settings(device=None)
        job = self._job()
        if job is not None and job.state.ended and job.state is not JobState.DONE:
            self._session.pool.remove(job.id)
        request = AccelerateRequest(build=build.name)
        self._session.submit(request, job_title(request, f"PyTorch ({build.title})"))

    def _go_back(self) -> None:
        self._session.start(self._leave())

    async def _leave(self) -> None:
        environments = Environments(self._session.root)
        with disk_trouble("go back to the program's own PyTorch"):
            environments.go_back()
        self._session.environmentChanged.emit()
        if not self._session.jobs.running():  # else the next start of the program does it
            await asyncio.to_thread(environments.sweep)
        self._session.noticed.emit(self.tr("The PyTorch that came with the program is used from the next job on."))
