"""One comparison: how far it is, its figures, its pictures, and the vote."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QScrollArea, QStackedWidget, QTabWidget, QWidget

from facea_desktop.comparison.comparison_store import VOTES, Comparison
from facea_desktop.comparison.score_table import REPORT, RESULTS, SUMMARY, Row, read_results
from facea_desktop.comparison.votes import Ballot, BallotBox, ballots
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Progress
from facea_desktop.ui.comparison.comparison_text import about_words
from facea_desktop.ui.comparison.picture_sheet import PictureSheet
from facea_desktop.ui.comparison.score_figures import ScoreFigures
from facea_desktop.ui.comparison.vote_tab import VoteTab
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import EmptyState, Flow, Notice, button, column, label, row
from facea_desktop.workers.job import Job, JobState


@dataclass(frozen=True)
class Loaded:
    """What the folder of a comparison holds now.

    Attributes:
        summary: None before it is finished.
        measured: when the last results were written, 0 before there are any.
    """

    comparison: Comparison
    rows: list[Row]
    summary: dict[str, Any] | None
    ballots: list[Ballot]
    box: BallotBox
    measured: int


def measured(comparison: Comparison) -> int:
    """When the results were written, in nanoseconds; they are, after each person. 0 before."""
    try:
        return (comparison.folder / RESULTS).stat().st_mtime_ns
    except OSError:
        return 0


def load(comparison: Comparison) -> Loaded:
    """Read a comparison; to be called beside the window.

    Raises:
        UserError: a file of it cannot be read.
    """
    folder, when = comparison.folder, measured(comparison)
    rows = read_results(folder / RESULTS) if (folder / RESULTS).exists() else []
    summary = None
    if (folder / SUMMARY).exists():
        try:
            summary = json.loads((folder / SUMMARY).read_bytes())
        except (OSError, ValueError) as error:
            raise UserError(f"{folder / SUMMARY} cannot be read; run the comparison again.") from error
    return Loaded(comparison, rows, summary, ballots(rows, folder), BallotBox(folder / VOTES), when)


class ComparisonDetails(QWidget):
    """The right half of the page."""

    reportWanted = Signal()
    folderWanted = Signal()
    exportWanted = Signal()
    deleteWanted = Signal()
    stopWanted = Signal()
    goOnWanted = Signal()
    moreWanted = Signal()
    modelsWanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("comparisonDetails")
        self.title = label("", "title", wrap=True)
        self.about = label("", "hint", wrap=True)
        self.notice = Notice()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        self.bar.setRange(0, 1000)
        self.bar.setAccessibleName(self.tr("Progress of the comparison"))
        self.standing = label("", "hint", wrap=True)
        self.figures = ScoreFigures(self.modelsWanted.emit)
        self.sheet = PictureSheet(session.thumbnails)
        self.vote = VoteTab(session)
        self.tabs, self._figures_place = QTabWidget(), QStackedWidget()
        self.finished = False
        self._make_buttons()
        self._lay_out()

    def show_comparison(self, loaded: Loaded, *, anew: bool) -> None:
        """Show what a folder holds; ``anew`` begins with the first tab."""
        comparison, summary = loaded.comparison, loaded.summary
        self.title.setText(comparison.plan.title)
        self.about.setText(about_words(comparison, summary))
        self.report_button.setEnabled((comparison.folder / REPORT).exists())
        self.export_button.setEnabled(bool(loaded.rows))
        if summary is not None:
            self.figures.show_summary(summary)
        self._figures_place.setCurrentIndex(1 if summary is not None else 0)
        self.sheet.show_rows(comparison, loaded.rows)
        self.vote.show_ballots(comparison, loaded.ballots, loaded.box)
        self.finished = summary is not None and comparison.answered_by(summary)
        if anew:
            self.tabs.setCurrentIndex(0)

    def show_standing(self, job: Job | None, progress: Progress | None, words: str) -> None:
        """Show how far the comparison is, and what can be done about that."""
        active = job is not None and not job.state.ended
        self.bar.setVisible(job is not None and job.state is JobState.RUNNING)
        self.bar.setValue(round(1000 * progress.fraction) if progress is not None else 0)
        failed = job is not None and job.state is JobState.FAILED and not self.finished
        self.notice.set_message(job.error or "" if job is not None and failed else "")
        self.standing.setText(words)
        self.standing.setVisible(active or not self.finished)
        self.stop_button.setVisible(active)
        self.go_on_button.setVisible(not active and not self.finished)
        self.more_button.setEnabled(not active)

    def _make_buttons(self) -> None:
        self.more_button = button(
            self.tr("Add &methods…"),
            self.moreWanted.emit,
            name="comparisonMore",
            tip=self.tr("Compare more methods on the same photos and prompts"),
        )
        self.report_button = button(
            self.tr("Open &report"),
            self.reportWanted.emit,
            name="comparisonReport",
            tip=self.tr("Open the full report, with contact sheets and tests, in your browser"),
        )
        self.folder_button = button(
            self.tr("Show &folder"),
            self.folderWanted.emit,
            name="comparisonFolder",
            tip=self.tr("Open the comparison's folder of pictures and tables"),
        )
        self.export_button = button(
            self.tr("&Export results…"),
            self.exportWanted.emit,
            name="comparisonExport",
            tip=self.tr("Save results.csv, one line per picture"),
        )
        self.delete_button = button(
            self.tr("&Delete…"),
            self.deleteWanted.emit,
            name="comparisonDelete",
            kind="danger",
            tip=self.tr("Delete the comparison and all its files"),
        )
        self.stop_button = button(
            self.tr("&Stop"), self.stopWanted.emit, name="comparisonStop", tip=self.tr("Continues where it stopped")
        )
        self.go_on_button = button(
            self.tr("&Resume"), self.goOnWanted.emit, name="comparisonGoOn", icon_name="play", kind="primary"
        )

    def _lay_out(self) -> None:
        buttons = Flow(SPACE)
        for one in (self.more_button, self.report_button, self.folder_button, self.export_button, self.delete_button):
            buttons.addWidget(one)
        head = column(column(self.title, self.about, space=2), buttons)
        state = row(self.standing, self.stop_button, self.go_on_button)
        state.setStretch(0, 1)
        waiting = EmptyState(
            "likeness",
            self.tr("No scores yet"),
            self.tr("The table appears once all pictures are made and measured."),
        )
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        holder = QWidget()
        inner = column(self.figures)
        inner.setContentsMargins(0, SPACE * 2, SPACE, 0)
        inner.addStretch()
        holder.setLayout(inner)
        scroll.setWidget(holder)
        self._figures_place.addWidget(waiting)
        self._figures_place.addWidget(scroll)
        self.tabs.setObjectName("comparisonTabs")
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        for page, title in (
            (self._figures_place, self.tr("Scores")),
            (_padded(self.sheet), self.tr("Pictures")),
            (_padded(self.vote), self.tr("Vote")),
        ):
            self.tabs.addTab(page, title)
        whole = column(head, self.notice, self.bar, state, self.tabs, margin=SPACE * 2, space=SPACE * 3 // 2)
        whole.setStretch(4, 1)
        self.setLayout(whole)


def _padded(inner: QWidget) -> QWidget:
    made = QWidget()
    layout = column(inner)
    layout.setContentsMargins(0, SPACE * 2, 0, 0)
    made.setLayout(layout)
    return made
