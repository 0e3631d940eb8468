"""What came of the votes: the chart, and its numbers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from facea_desktop.comparison.votes import BallotBox, Question, tally
from facea_desktop.ui.comparison.comparison_text import method_name, question_heading
from facea_desktop.ui.comparison.vote_chart import Tally, VoteChart, methods_in
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import button, column, label, row


class VoteResults(QWidget):
    """The chart, and its numbers."""

    goOnWanted = Signal()
    chartWanted = Signal()
    votesWanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("voteResultsView")
        self.chart = VoteChart()
        self.said = label("", "hint", wrap=True)
        self.go_on = button(self.tr("&Continue voting"), self.goOnWanted.emit, name="voteGoOn")
        save_chart = button(self.tr("Export &chart…"), self.chartWanted.emit, tip=self.tr("Save the chart as PNG"))
        save_votes = button(self.tr("Export &votes…"), self.votesWanted.emit, tip=self.tr("Save the votes as CSV"))
        buttons = row(self.go_on, save_chart, save_votes)
        buttons.addStretch()
        self._place = column()
        self._table: QWidget | None = None
        self._whole = column(self.chart, self._place, self.said, buttons, space=SPACE * 2)
        self._whole.setStretch(0, 1)
        self.setLayout(self._whole)

    def show_votes(self, box: BallotBox, methods: Sequence[str], left: int) -> None:
        """Count these; ``methods`` says in which order they stand."""
        counted, votes = tally(box.votes()), [vote for vote in box.votes() if vote.choice is not None]
        self.chart.show_tally(counted, methods)
        if self._table is not None:
            self._place.removeWidget(self._table)
            self._table.hide()
            self._table.deleteLater()
        self._table = self._numbers(counted, methods)
        self._place.addWidget(self._table)
        count = self.tr("1 vote") if len(votes) == 1 else self.tr("{} votes").format(len(votes))
        self.said.setText(
            self.tr(
                "{votes}. Each bar shows how often a method was chosen when it was shown; the line is the 95 % "
                "interval, assuming independent votes."
            ).format(votes=count)
        )
        self.go_on.setVisible(left > 0)

    def _numbers(self, counted: Tally, methods: Sequence[str]) -> QWidget:
        made = QFrame()
        made.setProperty("card", True)
        grid = QGridLayout(made)
        grid.setContentsMargins(SPACE * 2, SPACE, SPACE * 2, SPACE)
        grid.setHorizontalSpacing(SPACE * 3)
        words = self.tr("{share} % ({votes} of {shown})")
        for place, question in enumerate(Question, 1):
            grid.addWidget(label(question_heading(question), "hint"), 0, place)
        for line, method in enumerate(methods_in(counted, methods), 1):
            grid.addWidget(label(method_name(method), "heading"), line, 0)
            for place, question in enumerate(Question, 1):
                share = counted[question].get(method)
                if share is not None:
                    text = words.format(share=f"{100 * share.share:.0f}", votes=share.votes, shown=share.shown)
                    grid.addWidget(label(text), line, place)
        grid.setColumnStretch(len(Question) + 1, 1)
        return made
