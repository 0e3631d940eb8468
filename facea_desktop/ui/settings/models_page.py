"""The Models page: families, downloads, and the user's own weights."""

from __future__ import annotations

import asyncio
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.outcomes import Machine
from facea_desktop.domain.requests import FetchRequest
from facea_desktop.models.catalogue import MemoryNeed
from facea_desktop.models.model_store import Use
from facea_desktop.ui.catalogue_text import title_of
from facea_desktop.ui.file_dialogs import remember
from facea_desktop.ui.formatting import disk_words
from facea_desktop.ui.job_text import job_title
from facea_desktop.ui.session import Session
from facea_desktop.ui.settings.family_card import FamilyCard
from facea_desktop.ui.settings.machine_text import Fit, fit
from facea_desktop.ui.settings.machine_watch import MachineWatch
from facea_desktop.ui.settings.model_download import DownloadDialog, download_jobs
from facea_desktop.ui.settings.model_overview import FamilyView, look
from facea_desktop.ui.settings.setting_widgets import SettingsSubpage
from facea_desktop.ui.settings.splitter_card import SplitterCard
from facea_desktop.ui.settings.upscaler_card import UpscalerCard
from facea_desktop.ui.widgets import Notice
from facea_desktop.workers.job import Job, JobState


class ModelsPage(SettingsSubpage):
    """Families as cards; everything is read anew when the page is shown and when models change."""

    def __init__(self, session: Session, machine: MachineWatch) -> None:
        super().__init__()
        self._session = session
        self._machine = machine
        self._cards: dict[str, FamilyCard] = {}
        self._dialog: DownloadDialog | QFileDialog | None = None
        self.setObjectName("modelsPage")
        self.set_heading(
            self.tr("Models"),
            self.tr("A family is a set of models that work together. New people use the active family."),
        )
        self._notice = Notice()
        self.body.addWidget(self._notice)
        self._splitter: SplitterCard | None = None
        machine.changed.connect(self._show_fits)
        session.modelsChanged.connect(self._models_changed)
        session.settingsChanged.connect(self._show_fits)
        session.jobs.queueChanged.connect(self._show_jobs)
        session.jobs.changed.connect(self._show_jobs)

    def showEvent(self, event: QShowEvent) -> None:
        """Look at what is there."""
        super().showEvent(event)
        self._session.start(self._look())
        self._machine.look()

    async def _look(self) -> None:
        try:
            views = await asyncio.to_thread(look, self._session.models)
        except UserError as error:
            self._notice.set_message(str(error))
            return
        self._notice.set_message("")
        self._show(views)

    def _show(self, views: list[FamilyView]) -> None:
        jobs = download_jobs(self._session.jobs)
        for view in views:
            if view.name not in self._cards:
                self._cards[view.name] = self._new_card(view)
                self.body.addWidget(self._cards[view.name])
            self._cards[view.name].show_view(view, jobs)
        if self._splitter is None:  # below the cards, and behind them for Tab
            self.body.addWidget(UpscalerCard(self._session))
            self._splitter = SplitterCard(self._session)
            self.body.addWidget(self._splitter)
        self._show_jobs()
        self._show_fits()

    def _new_card(self, view: FamilyView) -> FamilyCard:
        card = FamilyCard(view)
        card.useWanted.connect(self._use)
        card.fetchWanted.connect(self._ask_to_fetch)
        card.fileWanted.connect(self._ask_for_file)
        card.giveBackWanted.connect(self._choose_model)
        card.scenesWanted.connect(self._choose_model)
        card.cancelled.connect(self._session.jobs.cancel)
        card.resumed.connect(self._session.pool.retry)
        card.forgotten.connect(self._session.pool.remove)
        return card

    @Slot()
    def _models_changed(self) -> None:
        if self.isVisible():
            self._session.start(self._look())

    @Slot()
    def _show_jobs(self) -> None:
        jobs = download_jobs(self._session.jobs)
        for card in self._cards.values():
            for model in card.view.models:
                job = None if model.installed and not _at_work(jobs.get(model.name)) else jobs.get(model.name)
                card.show_job(model.name, job, self._session.jobs.progress(job.id) if job else None)
            card.show_fetching(jobs)

    @Slot()
    def _show_fits(self) -> None:
        for card in self._cards.values():
            card.show_fits(self._fit)

    def _fit(self, need: MemoryNeed) -> Fit | None:
        """How well what needs so much memory fits this machine; None while that is not known."""
        machine: Machine | None = self._machine.machine
        settings = self._session.settings
        if machine is not None:
            return fit(need, machine, settings.device, settings.precision)
        return Fit("warn", self._machine.problem) if self._machine.problem else None

    @Slot(str)
    def _ask_to_fetch(self, family: str) -> None:
        models = self._cards[family].to_fetch(download_jobs(self._session.jobs))
        view = self._cards[family].view
        dialog = DownloadDialog(models, self._session.root, self._fit(view.need) if view.paints else None, self)
        names = [(model.name, model.title) for model in models]
        dialog.agreed.connect(lambda: self._fetch(names))
        self._open(dialog)

    def _fetch(self, models: list[tuple[str, str]]) -> None:
        jobs = download_jobs(self._session.jobs)
        for name, title in models:
            job = jobs.get(name)
            if job is None or job.state is JobState.DONE:
                request = FetchRequest(model=name)
                self._session.submit(request, job_title(request, title))
            elif job.state.ended:
                self._session.pool.retry(job.id)

    @Slot(str)
    def _use(self, family: str) -> None:
        self._session.start(self._choose(family, family))

    @Slot(str, str)
    def _choose_model(self, family: str, model: str) -> None:
        self._session.start(self._choose(family, model))

    @Slot(str, bool)
    def _ask_for_file(self, family: str, folder: bool) -> None:
        title = self.tr("Use a diffusers folder") if folder else self.tr("Use a .safetensors file")
        dialog = QFileDialog(self, title, "", self.tr("Weights (*.safetensors)"))
        remember(dialog, self._session.root, "weights")
        dialog.setFileMode(QFileDialog.FileMode.Directory if folder else QFileDialog.FileMode.ExistingFile)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly, folder)
        dialog.fileSelected.connect(lambda path: self.use_weights(family, Path(path)))
        self._open(dialog)

    def use_weights(self, family: str, path: Path) -> None:
        """Use a file or folder of the user's own in the family."""
        self._session.start(self._choose(family, str(path)))

    async def _choose(self, family: str, what: str) -> None:
        card = self._cards[family]
        card.notice.set_message("")
        try:
            used: Use = await asyncio.to_thread(self._session.models.use, what, family)
        except UserError as error:
            self._show([card.view])  # what was chosen is not in use
            card.notice.set_message(str(error))
            return
        self._session.modelsChanged.emit()
        await self._look()
        self._say_what_was_done(card, used)

    def _say_what_was_done(self, card: FamilyCard, used: Use) -> None:
        if used.missing:
            size = sum(model.size_mb for model in card.view.missing) * 1e6
            card.notice.set_message(
                self.tr("Your choice is saved. Download the missing models ({}) to use it.").format(disk_words(size)),
                "warn",
            )
        else:
            self._session.noticed.emit(self.tr("{} is now in use.").format(title_of(used.family)))

    def _open(self, dialog: DownloadDialog | QFileDialog) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
        self._dialog = dialog
        dialog.open()


def _at_work(job: Job | None) -> bool:
    return job is not None and not job.state.ended
