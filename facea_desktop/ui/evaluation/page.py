"""The page "Likeness": which method is most like a person, in figures and by eye."""

from __future__ import annotations

import asyncio
from datetime import date
from functools import partial
from pathlib import Path
from shutil import copyfile

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QHideEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QFileDialog, QFrame, QScrollArea, QWidget

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Progress
from facea_desktop.domain.files import disk_trouble
from facea_desktop.evaluation.results import REPORT, RESULTS
from facea_desktop.evaluation.shelf import Comparison, Shelf
from facea_desktop.ui.evaluation.details import Details, Loaded, load, measured
from facea_desktop.ui.evaluation.form import NewComparison
from facea_desktop.ui.evaluation.listing import ComparisonList
from facea_desktop.ui.evaluation.more_methods import MoreMethods
from facea_desktop.ui.evaluation.words import job_of, standing
from facea_desktop.ui.file_dialogs import remember
from facea_desktop.ui.outside import show_path
from facea_desktop.ui.people.drops import dropped_files, is_person_file
from facea_desktop.ui.people.words import day_words
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import Pages, ask_to_delete, button, column, label, row
from facea_desktop.workers.jobs import Job

REFRESH_MS = 250
_LIST_PX = 224


class EvaluationPage(QWidget):
    """Page "evaluation" of the window; ``show_what`` takes the name of a comparison's folder."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("evaluationPage")
        self.setAcceptDrops(True)
        self._session = session
        self.shelf = Shelf(session.root)
        self._loaded: Loaded | None = None
        self._swept = False
        self.dialog: QFileDialog | None = None
        self._moved: set[str] = set()
        self._finished: set[str] = set()  # names of comparisons; the end of a job is followed by a look
        self._tick = QTimer(self)
        self._tick.setSingleShot(True)
        self._tick.setInterval(REFRESH_MS)
        self._tick.timeout.connect(self._catch_up)
        self._build()
        pool = session.pool
        pool.jobAdded.connect(self._job_moved)
        pool.jobChanged.connect(self._job_moved)
        pool.jobRemoved.connect(self._job_gone)
        pool.told.connect(self._told)

    @property
    def chosen(self) -> Comparison | None:
        """The comparison that is shown."""
        return self.list.current()

    def show_what(self, what: object) -> None:
        """Show a comparison by its name, or come back to what was shown."""
        if isinstance(what, str) and what:
            self._session.start(self._look(what))

    def showEvent(self, event: QShowEvent) -> None:
        """Look what is there."""
        super().showEvent(event)
        self._session.start(self._look())

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest."""
        super().hideEvent(event)
        self._tick.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the form stands in one column."""
        super().resizeEvent(event)
        self.form.fit_into(event.size().width() - _LIST_PX - 2 * SPACE)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop looking."""
        self._tick.stop()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders; people's files are the window's."""
        files = dropped_files(event.mimeData())
        if event.mimeData().hasUrls() and not any(map(is_person_file, files)):
            event.acceptProposedAction()
            self.form.photos.show_over(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Nothing will be dropped."""
        self.form.photos.show_over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Begin a comparison on what is dropped."""
        event.acceptProposedAction()
        self.form.photos.show_over(False)
        self.begin()
        self.form.take(event.mimeData())

    @Slot()
    def begin(self) -> None:
        """Ask for a new comparison."""
        self.list.choose(None)
        self.new_button.setChecked(True)
        self._right.setCurrentWidget(self.form)

    # What is on the shelf

    async def _look(self, name: str | None = None) -> None:
        """Read the shelf again, and choose a comparison."""
        if not self._swept:
            self._swept = True
            await asyncio.to_thread(self.shelf.sweep)
        comparisons = await asyncio.to_thread(self.shelf.comparisons)
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
        """It is on the shelf: put it into the queue and show it."""
        self._run(comparison)
        self._session.start(self._look(comparison.name))

    def _run(self, comparison: Comparison) -> None:
        if comparison.plan.consent.ended:
            ended = self.tr("Until {day} these faces could be portrayed; make a new comparison once they may be again.")
            assert comparison.plan.consent.until is not None
            self._session.failed.emit(ended.format(day=day_words(comparison.plan.consent.until, date.today())))
            return
        pool, job = self._session.pool, job_of(self._session.pool, comparison)
        if job is not None and job.request == comparison.request:
            pool.retry(job.id)
            return
        self._session.submit(comparison.request, self.tr("Comparing methods on {}").format(comparison.plan.title))
        if job is not None:
            pool.remove(job.id)

    # What the queue tells

    @Slot(object)
    def _job_moved(self, job: Job) -> None:
        if job.request.kind == "evaluate":
            self._moved.add("whole" if job.state.ended else "step")
            self._soon()

    @Slot(str)
    def _job_gone(self, job: str) -> None:
        self._moved.add("step")
        self._soon()

    @Slot(str, object)
    def _told(self, job: str, event: object) -> None:
        found = self._session.pool.job(job)
        if isinstance(event, Progress) and found is not None and found.request.kind == "evaluate":
            self._moved.add("step")
            self._soon()

    def _soon(self) -> None:
        if self.isVisible() and not self._tick.isActive():  # showEvent catches up otherwise
            self._tick.start()

    @Slot()
    def _catch_up(self) -> None:
        moved, self._moved = self._moved, set()
        if "whole" in moved:
            self._session.start(self._look())
            return
        for comparison in self.list.comparisons():
            self.list.say(comparison, self._standing(comparison))
        self._show_standing()
        loaded = self._loaded
        if loaded is not None and loaded.comparison == self.chosen and measured(loaded.comparison) != loaded.measured:
            self._session.start(self._load(loaded.comparison))  # somebody's pictures are made

    def _standing(self, comparison: Comparison) -> str:
        return standing(self._session.pool, comparison, comparison.name in self._finished)

    def _show_standing(self) -> None:
        comparison, pool = self.chosen, self._session.pool
        if comparison is not None and self._loaded is not None and self._loaded.comparison.name == comparison.name:
            job = job_of(pool, comparison)
            progress = pool.progress(job.id) if job is not None and not job.state.ended else None
            self.details.show_standing(job, progress, self._standing(comparison))

    # What can be done with a comparison

    @Slot()
    def _stop(self) -> None:
        job = job_of(self._session.pool, self.chosen) if self.chosen is not None else None
        if job is not None and not job.state.ended:
            self._session.pool.cancel(job.id)

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
            asking = MoreMethods(self._session.models, comparison, self)
            asking.chosen.connect(self._compare_more)
            asking.open()

        self._session.attempt(ask)

    @Slot(object, list)
    def _compare_more(self, comparison: Comparison, methods: list[str]) -> None:
        self._session.attempt(lambda: self._made(self.shelf.add_methods(comparison, methods)))

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
        self._session.noticed.emit(self.tr("The results are saved."))

    @Slot()
    def _ask_to_delete(self) -> None:
        comparison = self.chosen
        if comparison is None:
            return
        ask_to_delete(
            self,
            "evaluationDelete",
            self.tr("Delete “{}” for good?").format(comparison.plan.title),
            self.tr("The copied photos, what was learned from them, all pictures and votes are overwritten."),
            lambda: self._session.start(self._delete(comparison)),
        )

    async def _delete(self, comparison: Comparison) -> None:
        """Stop the job, forget it, and erase the folder."""
        pool = self._session.pool
        await pool.forget([job.id for job in pool.jobs() if job.subject == str(comparison.folder)])
        self._loaded = None
        self.begin()
        try:
            await asyncio.to_thread(self.shelf.delete, comparison)
        finally:
            await self._look()
        self._session.noticed.emit(self.tr("The comparison is deleted."))

    # How it is put together

    def _build(self) -> None:
        self.list = ComparisonList()
        self.list.chosen.connect(self._choose)
        self.form = NewComparison(self._session, self.shelf)
        self.form.made.connect(self._made)
        details = self.details = Details(self._session)
        for signal, act in (
            (details.reportWanted, self._open_report),
            (details.folderWanted, self._show_folder),
            (details.exportWanted, self._export),
            (details.deleteWanted, self._ask_to_delete),
            (details.stopWanted, self._stop),
            (details.goOnWanted, self._go_on),
            (details.moreWanted, self._ask_for_more),
            (details.modelsWanted, lambda: self._session.go("models")),
        ):
            signal.connect(act)
        self.new_button = button(
            self.tr("&New comparison"),
            self.begin,
            name="newEvaluationButton",
            icon_name="add",
            tip=self.tr("Compare methods"),
        )
        self.new_button.setCheckable(True)
        self._shelf_words = label(self.tr("What you compare is kept here."), "hint", wrap=True)
        left = QFrame()
        left.setProperty("panel", True)
        left.setFixedWidth(_LIST_PX)
        parts = column(
            label(self.tr("Likeness"), "title"), self.new_button, self._shelf_words, self.list, margin=SPACE * 3 // 2
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
