"""Voting: blind until the end, kept as it goes, counted and drawn."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QColor, QImage
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot
from qasync import QEventLoop

from facea_desktop.comparison.votes import BallotBox, Question
from facea_desktop.ui.comparison.comparison_details import Loaded, load
from facea_desktop.ui.comparison.comparison_text import method_name
from facea_desktop.ui.comparison.vote_tab import VoteTab
from facea_desktop.ui.session import Session
from tests.gui.comparison.conftest import METHODS, Compare
from tests.gui.conftest import visible_text

NAMES = re.compile("|".join([*METHODS, *map(method_name, METHODS)]), re.IGNORECASE)


@pytest.fixture
def loaded(compare: Compare) -> Loaded:
    return load(compare())


@pytest.fixture
def tab(qtbot: QtBot, session: Session, loaded: Loaded) -> VoteTab:
    made = VoteTab(session)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show_ballots(loaded.comparison, loaded.ballots, loaded.box)
    made.show()
    return made


def reopened(loaded: Loaded) -> BallotBox:
    return BallotBox(loaded.comparison.folder / "votes.jsonl")


def asked(loaded: Loaded) -> list[tuple[Question, list[str]]]:
    """Every question, and the methods of its pictures, in their order."""
    return [(one, [each.method for each in ballot.pictures]) for ballot in loaded.ballots for one in Question]


def everything_said(widget: QWidget) -> str:
    said = []
    for one in [widget, *widget.findChildren(QObject)]:
        if isinstance(one, QWidget) and not one.isVisibleTo(widget):
            continue
        said.append(one.objectName())
        for name in (
            "text",
            "toolTip",
            "accessibleName",
            "accessibleDescription",
            "statusTip",
            "whatsThis",
            "windowTitle",
        ):
            if isinstance(one, QWidget | QAction) and hasattr(one, name):
                said.append(str(getattr(one, name)()))
    return "\n".join(said)


def test_no_method_is_named_anywhere_while_voting(tab: VoteTab, loaded: Loaded) -> None:
    assert not NAMES.search(everything_said(tab))
    tab.start()
    for _ in asked(loaded)[1:]:
        said = everything_said(tab)
        assert "Picture 1" in said
        assert not NAMES.search(said)
        tab.ballot.choices[0].click()
    assert not NAMES.search(everything_said(tab))
    tab.ballot.choices[0].click()
    assert NAMES.search(everything_said(tab))


def test_pictures_stand_in_the_order_of_the_ballot_with_photo_and_words(
    tab: VoteTab, loaded: Loaded, qtbot: QtBot
) -> None:
    tab.start()
    ballot = loaded.ballots[0]
    assert tab.ballot.question.text() == "Which is most like Eve?"
    assert tab.ballot.prompt.text() == f"“{ballot.prompt}”"
    qtbot.waitUntil(lambda: all(choice.shown is not None for choice in tab.ballot.choices))
    qtbot.waitUntil(lambda: not tab.ballot._photo.pixmap().isNull())
    for choice, picture in zip(tab.ballot.choices, ballot.pictures, strict=True):
        shown = choice.shown
        assert shown is not None
        wanted = QImage(str(picture.path)).pixelColor(16, 16)
        assert shown.toImage().pixelColor(shown.width() // 2, shown.height() // 2) == wanted


def test_a_click_and_a_key_vote_and_lead_on(tab: VoteTab, loaded: Loaded, qtbot: QtBot) -> None:
    tab.start()
    methods = asked(loaded)[0][1]
    qtbot.mouseClick(tab.ballot.choices[1], Qt.MouseButton.LeftButton)
    assert tab.ballot.question.text() == "Which looks best?"
    qtbot.keyClick(tab.ballot, Qt.Key.Key_3)
    assert tab.ballot.question.text() == "Which fits the prompt best?"
    qtbot.keyClick(tab.ballot, Qt.Key.Key_9)  # there is no such picture
    assert tab.ballot.question.text() == "Which fits the prompt best?"
    assert [vote.choice for vote in reopened(loaded).votes()] == methods[1:]


def test_back_shows_what_was_chosen_and_another_choice_takes_its_place(
    tab: VoteTab, loaded: Loaded, qtbot: QtBot
) -> None:
    tab.start()
    assert not tab.ballot.back.isEnabled()
    tab.ballot.choices[0].click()
    qtbot.keyClick(tab.ballot, Qt.Key.Key_Backspace)
    assert [choice.isChecked() for choice in tab.ballot.choices] == [True, False, False]
    tab.ballot.choices[2].click()
    assert [vote.choice for vote in reopened(loaded).votes()] == [asked(loaded)[0][1][2]]


def test_voting_goes_on_after_a_restart_where_it_stopped(
    tab: VoteTab, loaded: Loaded, qtbot: QtBot, session: Session
) -> None:
    tab.start()
    tab.ballot.choices[0].click()
    qtbot.keyClick(tab.ballot, Qt.Key.Key_S)
    again = VoteTab(session)
    qtbot.addWidget(again)
    anew = load(loaded.comparison)
    again.show_ballots(anew.comparison, anew.ballots, anew.box)
    again.show()
    assert again.open_questions == len(asked(loaded)) - 2
    assert again.start_button.text() == "&Resume"
    again.start()
    assert again.ballot.question.text() == "Which fits the prompt best?"
    assert again.ballot.prompt.text() == f"“{loaded.ballots[0].prompt}”"
    assert anew.ballots == loaded.ballots  # the pictures stand in the same order


def test_the_end_shows_the_counted_votes_and_they_can_be_saved(
    tab: VoteTab, loaded: Loaded, loop: QEventLoop, until: Any, tmp_path: Path
) -> None:
    tab.start()
    for question, methods in asked(loaded):
        tab.ballot.choices[methods.index("untuned" if question is Question.PROMPT else "full")].click()
    said = [one.text() for one in tab.results.findChildren(QLabel) if one.isVisibleTo(tab)]
    assert said.count("100 % (4 of 4)") == 3
    assert said.count("0 % (0 of 4)") == 6
    assert any(text.startswith("12 votes.") for text in said)
    assert "Most like the person: Untuned 0 %" not in tab.results.chart.accessibleDescription()
    assert "FaceA-Net 100 %" in tab.results.chart.accessibleDescription()
    tab._save_chart(str(tmp_path / "figure.png"))
    drawn = QImage(str(tmp_path / "figure.png"))
    assert drawn.width() >= 1200
    assert len({drawn.pixelColor(x, drawn.height() // 2).name() for x in range(drawn.width())}) > 2
    tab._save_votes(str(tmp_path / "votes.csv"))
    loop.run_until_complete(until((tmp_path / "votes.csv").exists))
    with (tmp_path / "votes.csv").open(newline="") as file:
        assert [line["choice"] for line in csv.DictReader(file)].count("full") == 8


def test_a_longer_bar_stands_for_more_votes(tab: VoteTab, loaded: Loaded) -> None:
    tab.start()
    for _, methods in asked(loaded):
        tab.ballot.choices[methods.index("full")].click()
    chart = tab.results.chart
    image = chart.image(1.0)

    def pixels(method: str) -> int:
        shade = QColor(chart._shade(method))
        places = ((x, y) for x in range(image.width()) for y in range(60, image.height()))
        return sum(image.pixelColor(x, y) == shade for x, y in places)

    assert pixels("full") > 1000
    assert pixels("untuned") == 0


def test_a_vote_that_cannot_be_kept_is_said_and_the_question_stays(
    tab: VoteTab, monkeypatch: pytest.MonkeyPatch
) -> None:
    from facea_desktop.domain.errors import UserError

    def refuse(*_: object) -> None:
        raise UserError("Could not keep the vote: the disk is full. Free some space and try again.")

    monkeypatch.setattr(BallotBox, "cast", refuse)
    tab.start()
    tab.ballot.choices[0].click()
    assert tab.notice.text.startswith("Could not keep the vote")
    assert tab.ballot.question.text() == "Which is most like Eve?"


def test_a_comparison_with_pictures_of_one_method_offers_no_vote(
    qtbot: QtBot, session: Session, compare: Compare
) -> None:
    made = VoteTab(session)
    qtbot.addWidget(made)
    loaded = load(compare(methods=("full",)))
    made.show_ballots(loaded.comparison, loaded.ballots, loaded.box)
    made.show()
    assert "Nothing to vote on yet" in visible_text(made)


def test_voting_goes_on_undisturbed_when_another_person_is_measured(tab: VoteTab, loaded: Loaded) -> None:
    tab.show_ballots(loaded.comparison, loaded.ballots[1:], loaded.box)
    tab.start()
    tab.ballot.choices[0].click()
    asked_for = tab.ballot.prompt.text()
    grown = load(loaded.comparison)
    tab.ballot.choices[0].click()  # while the other person's pictures were read
    tab.ballot.back.click()
    tab.show_ballots(grown.comparison, grown.ballots, grown.box)
    assert tab.ballot.isVisible()
    assert tab.ballot.prompt.text() == asked_for
    assert tab.ballot.question.text() == "Which looks best?"
    assert tab.ballot.choices[0].isChecked()
    assert tab.open_questions == len(asked(grown)) - 2


def test_another_comparison_begins_with_the_invitation(tab: VoteTab, compare: Compare) -> None:
    tab.start()
    other = load(compare())  # the same person and words
    tab.show_ballots(other.comparison, other.ballots, other.box)
    assert tab.start_button.isVisible()
    tab.start()
    tab.ballot.choices[0].click()
    assert len(reopened(other).votes()) == 1


def test_a_question_whose_pictures_are_gone_gives_way_to_the_invitation(tab: VoteTab, loaded: Loaded) -> None:
    tab.start()
    tab.show_ballots(loaded.comparison, loaded.ballots[1:], loaded.box)
    assert tab.start_button.isVisible()
