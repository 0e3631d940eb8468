"""The blind vote on one comparison: an invitation, the ballots, and what came of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from facea_desktop.comparison.comparison_store import Comparison
from facea_desktop.comparison.votes import Ballot, BallotBox, Question, write_votes
from facea_desktop.domain.errors import UserError
from facea_desktop.ui.comparison.ballot_view import BallotView
from facea_desktop.ui.comparison.vote_results import VoteResults
from facea_desktop.ui.file_dialogs import remember
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import EmptyState, Notice, button, column, label, row


class VoteTab(QWidget):
    """Asks for votes and counts them; no name of a method is shown before the results are asked for."""

    voted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("voteTab")
        self._session = session
        self._comparison: Comparison | None = None
        self._ballots: list[Ballot] = []
        self._box: BallotBox | None = None
        self._place = 0
        self._photos: dict[str, Path | None] = {}
        self.dialog: QFileDialog | None = None
        self.notice = Notice()
        self.ballot = BallotView(session.thumbnails)
        self.ballot.answered.connect(self._answer)
        self.ballot.backWanted.connect(self._back)
        self.ballot.left.connect(self._invite)
        self.results = VoteResults()
        self.results.goOnWanted.connect(self.start)
        self.results.chartWanted.connect(lambda: self._save(self.tr("Figure.png"), self._save_chart))
        self.results.votesWanted.connect(lambda: self._save(self.tr("votes.csv"), self._save_votes))
        self._stack = QStackedWidget()
        self._none = EmptyState(
            "likeness",
            self.tr("Nothing to vote on yet"),
            self.tr("You can vote here once two methods have made a picture of the same prompt."),
        )
        for part in (self._none, self._invitation(), self.ballot, self.results):
            self._stack.addWidget(part)
        whole = column(self.notice, self._stack)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def show_ballots(self, comparison: Comparison, ballots: list[Ballot], box: BallotBox) -> None:
        """Offer these; a vote in progress is not interrupted."""
        if comparison == self._comparison and ballots == self._ballots:
            return
        same = self._comparison is not None and comparison.folder == self._comparison.folder
        voting = same and self._stack.currentWidget() is self.ballot
        shown = self._at(self._place) if voting else None
        if not same:  # else a vote may have been cast while ``box`` was read
            self._box = box
        self._comparison, self._ballots = comparison, ballots
        people = {ballot.person for ballot in ballots}
        self._photos = {person: next(iter(comparison.photos(person)), None) for person in people}
        self.notice.set_message("")
        keys = [ballot.key for ballot in ballots]
        if shown is not None and shown[0].key in keys:
            ballot, question = shown
            self._place = keys.index(ballot.key) * len(Question) + list(Question).index(question)
            self._ask()
        else:
            self._invite()

    @property
    def open_questions(self) -> int:
        """How many are neither answered nor passed over."""
        return sum(not self._answered(place) for place in range(self._total))

    @Slot()
    def start(self) -> None:
        """Go on with the first question that is open."""
        for place in range(self._total):
            if not self._answered(place):
                self._place = place
                self._ask()
                return
        self.show_results()

    @Slot()
    def show_results(self) -> None:
        """Count the votes and say who is who."""
        if self._box is not None and self._comparison is not None:
            self.results.show_votes(self._box, self._comparison.plan.methods, self.open_questions)
            self._stack.setCurrentWidget(self.results)

    @property
    def _total(self) -> int:
        return len(self._ballots) * len(Question)

    def _at(self, place: int) -> tuple[Ballot, Question]:
        ballot, question = divmod(place, len(Question))
        return self._ballots[ballot], list(Question)[question]

    def _answered(self, place: int) -> bool:
        assert self._box is not None
        return self._box.answered(*self._at(place))

    def _ask(self) -> None:
        assert self._box is not None
        ballot, question = self._at(self._place)
        choice = self._box.choice(ballot, question)
        shown = [picture.method for picture in ballot.pictures]
        chosen = shown.index(choice) if choice in shown else None
        self.ballot.show_ballot(ballot, question, self._photos[ballot.person], chosen, self._place, self._total)
        self._stack.setCurrentWidget(self.ballot)
        self.ballot.setFocus()
        self._fetch_ahead()

    def _fetch_ahead(self) -> None:
        """Have the next ballot's pictures decoded before they are wanted."""
        following = self._place // len(Question) + 1
        if following < len(self._ballots):
            self.ballot.fetch(self._ballots[following])

    @Slot(object)
    def _answer(self, index: int | None) -> None:
        assert self._box is not None
        ballot, question = self._at(self._place)
        try:
            self._box.cast(ballot, question, None if index is None else ballot.pictures[index].method)
        except UserError as error:
            self.notice.set_message(str(error))
            return
        self.voted.emit()
        if self._place + 1 < self._total:
            self._place += 1
            self._ask()
        else:
            self.start()  # what was left open before, else the results

    @Slot()
    def _back(self) -> None:
        if self._place > 0:
            self._place -= 1
            self._ask()

    @Slot()
    def _invite(self) -> None:
        if not self._ballots:
            self._stack.setCurrentWidget(self._none)
            return
        left, begun = self.open_questions, self.open_questions < self._total
        sets = len(self._ballots)
        words = self.tr("1 set of pictures") if sets == 1 else self.tr("{} sets of pictures").format(sets)
        self._size.setText(
            self.tr("{sets}, three questions each; {left} of {total} unanswered.").format(
                sets=words, left=left, total=self._total
            )
        )
        self.start_button.setText(self.tr("&Resume") if begun else self.tr("&Start"))
        self.start_button.setVisible(left > 0)
        self.results_button.setVisible(begun)
        self._stack.setCurrentWidget(self._invited)

    def _invitation(self) -> QWidget:
        self._size = label("", wrap=True)
        self.start_button = button(
            self.tr("&Start"), self.start, name="voteStart", kind="primary", tip=self.tr("Show the first pictures")
        )
        self.results_button = button(
            self.tr("&Results"),
            self.show_results,
            name="voteResults",
            tip=self.tr("Count the votes and show the names"),
        )
        text = self.tr(
            "Pictures are shown side by side, in random order and without names. Click the one that fits "
            "best, or press its number. Each vote is saved at once, so you can stop at any time."
        )
        for one in (
            heading := label(self.tr("Blind vote"), "title"),
            hint := label(text, "hint", wrap=True),
        ):
            one.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._size.setAlignment(Qt.AlignmentFlag.AlignCenter)
        buttons = row(self.results_button, self.start_button)
        buttons.insertStretch(0)
        buttons.addStretch()
        inner = QWidget()
        inner.setMaximumWidth(520)
        inner.setLayout(column(heading, hint, self._size, buttons, space=SPACE * 2))
        self._invited = QWidget()
        whole = column()
        whole.addStretch()
        middle = row()
        middle.addStretch()
        middle.addWidget(inner, 1)
        middle.addStretch()
        whole.addLayout(middle)
        whole.addStretch()
        self._invited.setLayout(whole)
        return self._invited

    def _save(self, name: str, chosen: Callable[[str], None]) -> None:
        dialog = QFileDialog(self, self.tr("Save as"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(Path(name).suffix[1:])
        remember(dialog, self._session.root, "results")
        dialog.selectFile(name)
        dialog.fileSelected.connect(chosen)
        self.dialog = dialog
        dialog.open()

    @Slot(str)
    def _save_chart(self, name: str) -> None:
        if not self.results.chart.image().save(name):
            self.notice.set_message(self.tr("{} could not be saved; choose another folder.").format(name))
            return
        self._session.noticed.emit(self.tr("Chart saved."))

    @Slot(str)
    def _save_votes(self, name: str) -> None:
        self._session.start(self._export_votes(Path(name)))

    async def _export_votes(self, path: Path) -> None:
        assert self._box is not None
        try:
            await asyncio.to_thread(write_votes, path, self._box.votes())
        except UserError as error:
            self.notice.set_message(str(error))
            return
        self._session.noticed.emit(self.tr("Votes saved."))
