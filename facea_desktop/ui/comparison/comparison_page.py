"""The page of comparisons: which method is most like a person, in figures and by eye."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from shutil import copyfile

from PySide6.QtCore import Slot
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QFileDialog, QFrame, QScrollArea, QWidget

from facea_desktop.comparison.comparison_store import Comparison, ComparisonStore
from facea_desktop.comparison.score_table import REPORT, RESULTS
from facea_desktop.domain.atomic_files import disk_trouble
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.requests import ComparisonRequest
from facea_desktop.ui.comparison.comparison_details import ComparisonDetails, Loaded, load, measured
from facea_desktop.ui.comparison.comparison_list import ComparisonList
from facea_desktop.ui.comparison.comparison_text import job_of, standing
from facea_desktop.ui.comparison.more_methods_dialog import MoreMethodsDialog
from facea_desktop.ui.comparison.new_comparison_form import NewComparisonForm
from facea_desktop.ui.desktop_services import show_path
from facea_desktop.ui.destinations import ShowSettings
from facea_desktop.ui.dialogs import ask_to_delete
from facea_desktop.ui.drag_and_drop import dropped_files, is_person_file
from facea_desktop.ui.file_dialogs import remember
from facea_desktop.ui.formatting import day_words
from facea_desktop.ui.job_text import job_title
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import Pages, button, column, label, row

_LIST_PX = 224


class ComparisonPage(QWidget):
    """The page of comparisons: those there are at the left, and one of them, or the form for a new one."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("comparisonPage")
        self.setAcceptDrops(True)
        self._session = session
        self.store = ComparisonStore(session.root)
        self._loaded: Loaded | None = None
        self._swept = False
        self._looking = asyncio.Lock()  # one look after the other: what was read first must not be shown last
        self.dialog: QFileDialog | None = None
        self._finished: set[str] = set()  # names of comparisons; the end of a job is followed by a look
        self._build()
        session.jobs.changed.connect(self._follow)

    @property
    def chosen(self) -> Comparison | None:
        """The comparison that is shown."""
        return self.list.current()

    def show_comparison(self, name: str) -> None:
        """Show the comparison whose folder has this name."""
        self._session.start(self._look(name))

    def showEvent(self, event: QShowEvent) -> None:
        """Look what is there."""
        super().showEvent(event)
        self._session.start(self._look())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the form stands in one column."""
        super().resizeEvent(event)
        self.form.fit_into(event.size().width() - _LIST_PX - 2 * SPACE)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders; people's files are the window's."""
        files = dropped_files(event.mimeData())
        if event.mimeData().hasUrls() and not any(map(is_person_file, files)):
            event.acceptProposedAction()
            self.form.people.photos.show_over(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Nothing will be dropped."""
        self.form.people.photos.show_over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Begin a comparison on what is dropped."""
        event.acceptProposedAction()
        self.form.people.photos.show_over(False)
        self.begin()
        self.form.people.take(event.mimeData())

    @Slot()
    def begin(self) -> None:
        """Ask for a new comparison."""
        self.list.choose(None)
        self.new_button.setChecked(True)
        self._right.setCurrentWidget(self.form)

    # The stored comparisons

    async def _look(self, name: str | None = None) -> None:
        """Read the comparisons again, and choose a comparison."""
        async with self._looking:
            if not self._swept:
                self._swept = True
                await asyncio.to_thread(self.store.sweep)
            comparisons = await asyncio.to_thread(self.store.comparisons)
            self._finished = await asyncio.to_thread(lambda: {one.name for one in comparisons if one.finished})
            self.list.show_comparisons(comparisons, [self._standing(one) for one in comparisons])
        self._shelf_words.setVisible(not comparisons)
        if name is not None:
            self.list.choose(name)
        elif self.chosen is None:
            self.begin()
        else:
            await self._load(self.chosen)

    async def _load(self, comparison: Comparison) -> None:
        try:
            loaded = await asyncio.to_thread(load, comparison)
        except UserError as error:
            self._session.failed.emit(str(error))
            return
        if self.chosen is None or self.chosen.name != comparison.name:
            return
        anew = self._loaded is None or self._loaded.comparison.name != comparison.name
        self._loaded = loaded
        self.details.show_comparison(loaded, anew=anew)
        self._show_standing()
        self.new_button.setChecked(False)
        self._right.setCurrentWidget(self.details)

    @Slot(object)
    def _choose(self, comparison: Comparison) -> None:
        self._session.start(self._load(comparison))

    @Slot(object)
    def _made(self, comparison: Comparison) -> None:
        """It is stored: put it into the queue and show it."""
        self._run(comparison)
        self._session.start(self._look(comparison.name))

    def _run(self, comparison: Comparison) -> None:
        if comparison.plan.consent.ended:
            ended = self.tr("The consent for these faces ended on {day}. Create a new comparison once it is renewed.")
            assert comparison.plan.consent.until is not None
            self._session.failed.emit(ended.format(day=day_words(comparison.plan.consent.until)))
            return
        pool, job = self._session.pool, job_of(self._session.jobs, comparison)
        if job is not None and job.request == comparison.request:
            pool.retry(job.id)
            return
        self._session.submit(comparison.request, job_title(comparison.request, comparison.plan.title))
        if job is not None:
            pool.remove(job.id)

    # What the queue tells

    @Slot(object)
    def _follow(self, changed: frozenset[str]) -> None:
        if not self.isVisible():  # showEvent catches up
            return
        jobs = [self._session.jobs.job(job) for job in changed]
        about = [job for job in jobs if job is None or isinstance(job.request, ComparisonRequest)]
        if any(job is not None and job.state.ended for job in about):
            self._session.start(self._look())
        elif about:
            self._show_progress()

    def _show_progress(self) -> None:
        for comparison in self.list.comparisons():
            self.list.set_message(comparison, self._standing(comparison))
        self._show_standing()
        loaded = self._loaded
        if loaded is not None and loaded.comparison == self.chosen and measured(loaded.comparison) != loaded.measured:
            self._session.start(self._load(loaded.comparison))  # somebody's pictures are made

    def _standing(self, comparison: Comparison) -> str:
        return standing(self._session.jobs, comparison, comparison.name in self._finished)

    def _show_standing(self) -> None:
        comparison, jobs = self.chosen, self._session.jobs
        if comparison is not None and self._loaded is not None and self._loaded.comparison.name == comparison.name:
            job = job_of(jobs, comparison)
            progress = jobs.progress(job.id) if job is not None and not job.state.ended else None
            self.details.show_standing(job, progress, self._standing(comparison))

    # What can be done with a comparison

    @Slot()
    def _stop(self) -> None:
        job = job_of(self._session.jobs, self.chosen) if self.chosen is not None else None
        if job is not None:
            self._session.jobs.cancel(job.id)

    @Slot()
    def _go_on(self) -> None:
        if self.chosen is not None:
            self._run(self.chosen)

    @Slot()
    def _ask_for_more(self) -> None:
        comparison = self.chosen
        if comparison is None:
            return

        def ask() -> None:
            asking = MoreMethodsDialog(self._session.models, comparison, self)
            asking.chosen.connect(self._compare_more)
            asking.open()

        self._session.attempt(ask)

    @Slot(object, list)
    def _compare_more(self, comparison: Comparison, methods: list[str]) -> None:
        self._session.attempt(lambda: self._made(self.store.add_methods(comparison, methods)))

    @Slot()
    def _open_report(self) -> None:
        if self.chosen is not None:
            report = self.chosen.folder / REPORT
            self._session.attempt(lambda: show_path(report))

    @Slot()
    def _show_folder(self) -> None:
        if self.chosen is not None:
            folder = self.chosen.folder
            self._session.attempt(lambda: show_path(folder))

    @Slot()
    def _export(self) -> None:
        if self.chosen is None:
            return
        dialog = QFileDialog(self, self.tr("Export results"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        remember(dialog, self._session.root, "results")
        dialog.selectFile(RESULTS)
        dialog.fileSelected.connect(partial(self._export_to, self.chosen))
        self.dialog = dialog
        dialog.open()

    def _export_to(self, comparison: Comparison, name: str) -> None:
        self._session.start(self._copy(comparison.folder / RESULTS, Path(name)))

    async def _copy(self, source: Path, target: Path) -> None:
        with disk_trouble(f"save {target}"):
            await asyncio.to_thread(copyfile, source, target)
        self._session.noticed.emit(self.tr("Results saved."))

    @Slot()
    def _ask_to_delete(self) -> None:
        comparison = self.chosen
        if comparison is None:
            return
        ask_to_delete(
            self,
            "comparisonDelete",
            self.tr("Permanently delete “{}”?").format(comparison.plan.title),
            self.tr("The copied photos, the tuned weights, all pictures and votes are overwritten."),
            lambda: self._session.start(self._delete(comparison)),
        )

    async def _delete(self, comparison: Comparison) -> None:
        """Stop the job, forget it, and erase the folder."""
        jobs = self._session.jobs.of_subject(str(comparison.folder))
        await self._session.pool.forget([job.id for job in jobs])
        self._loaded = None
        self.begin()
        try:
            await asyncio.to_thread(self.store.delete, comparison)
        finally:
            await self._look()
        self._session.noticed.emit(self.tr("Comparison deleted."))

    # How it is put together

    def _build(self) -> None:
        self.list = ComparisonList()
        self.list.chosen.connect(self._choose)
        self.form = NewComparisonForm(self._session, self.store)
        self.form.made.connect(self._made)
        details = self.details = ComparisonDetails(self._session)
        for signal, act in (
            (details.reportWanted, self._open_report),
            (details.folderWanted, self._show_folder),
            (details.exportWanted, self._export),
            (details.deleteWanted, self._ask_to_delete),
            (details.stopWanted, self._stop),
            (details.goOnWanted, self._go_on),
            (details.moreWanted, self._ask_for_more),
            (details.modelsWanted, lambda: self._session.go(ShowSettings("models"))),
        ):
            signal.connect(act)
        self.new_button = button(
            self.tr("&New comparison"),
            self.begin,
            name="newComparisonButton",
            icon_name="add",
            tip=self.tr("Compare methods"),
        )
        self.new_button.setCheckable(True)
        self._shelf_words = label(self.tr("Your comparisons appear here."), "hint", wrap=True)
        left = QFrame()
        left.setProperty("panel", True)
        left.setFixedWidth(_LIST_PX)
        parts = column(
            label(self.tr("Comparisons"), "title"), self.new_button, self._shelf_words, self.list, margin=SPACE * 3 // 2
        )
        left.setLayout(parts)
        self._right = Pages()
        self._right.addWidget(self.form)
        self._right.addWidget(self.details)
        scroll = QScrollArea()  # so that a small window stays small
        scroll.setWidgetResizable(True)
        scroll.setWidget(self._right)
        body = row(left, scroll, space=2)
        body.setStretch(1, 1)
        self.setLayout(body)
