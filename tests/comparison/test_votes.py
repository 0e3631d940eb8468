"""Blind votes: fair order, kept as they are cast, counted right."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from facea_desktop.comparison.intervals import share_interval
from facea_desktop.comparison.score_table import NOTHING, Row
from facea_desktop.comparison.votes import Ballot, BallotBox, BallotPicture, Question, ballots, tally, write_votes

METHODS = ("dreambooth-lora", "full", "neither", "untuned")


def rows(out: Path, methods: tuple[str, ...] = METHODS, seeds: int = 2) -> list[Row]:
    made = []
    for person in ("adam", "eve"):
        for method in methods:
            for seed in range(seeds):
                path = Path("pictures", method, person, f"{seed}.png")
                (out / path).parent.mkdir(parents=True, exist_ok=True)
                (out / path).write_bytes(b"picture")
                made.append(Row(person, method, "a man, front face", seed, path.as_posix(), NOTHING))
    return made


def ballot(*methods: str, seed: int = 0) -> Ballot:
    return Ballot("eve", "a woman", seed, tuple(BallotPicture(method, Path(f"{method}.png")) for method in methods))


def test_everything_that_two_methods_have_a_picture_of_is_voted_on(tmp_path: Path) -> None:
    all_rows = rows(tmp_path)
    lone = [Row("eve", "full", "only one has this", 0, all_rows[0].path, NOTHING)]
    unmade = [Row("eve", "untuned", "only one has this", 0, "", NOTHING, "no face")]
    found = ballots([*all_rows, *lone, *unmade], tmp_path)
    assert {one.key for one in found} == {(p, "a man, front face", s) for p in ("adam", "eve") for s in (0, 1)}
    assert all({picture.method for picture in one.pictures} == set(METHODS) for one in found)


def test_a_picture_that_is_gone_is_not_shown(tmp_path: Path) -> None:
    all_rows = rows(tmp_path, ("full", "neither"))
    (tmp_path / all_rows[0].path).unlink()
    assert len(ballots(all_rows, tmp_path)) == 3


def test_the_order_is_the_same_every_time_whatever_order_the_rows_have(tmp_path: Path) -> None:
    all_rows = rows(tmp_path)
    assert ballots(all_rows, tmp_path) == ballots(all_rows[::-1], tmp_path)


def test_no_method_has_a_place_of_its_own(tmp_path: Path) -> None:
    found = ballots(rows(tmp_path, seeds=100), tmp_path)
    for place in range(len(METHODS)):
        there = Counter(one.pictures[place].method for one in found)
        assert set(there) == set(METHODS)
        assert max(there.values()) < 2 * min(there.values())


def test_votes_survive_a_restart_and_a_later_one_takes_the_place_of_an_earlier(tmp_path: Path) -> None:
    path = tmp_path / "votes.jsonl"
    box, one = BallotBox(path), ballot("full", "neither")
    box.cast(one, Question.LIKENESS, "neither")
    box.cast(one, Question.LIKENESS, "full")
    box.cast(one, Question.BEAUTY, None)
    again = BallotBox(path)
    assert [(vote.question, vote.choice) for vote in again.votes()] == [("likeness", "full"), ("beauty", None)]
    assert again.votes() == box.votes()
    assert again.answered(one, Question.BEAUTY)
    assert not again.answered(one, Question.PROMPT)
    assert not again.answered(ballot("full", "neither", seed=1), Question.LIKENESS)


def test_a_line_that_a_crash_cut_off_costs_that_vote_alone(tmp_path: Path) -> None:
    path = tmp_path / "votes.jsonl"
    box, one = BallotBox(path), ballot("full", "neither")
    box.cast(one, Question.LIKENESS, "full")
    box.cast(one, Question.BEAUTY, "full")
    path.write_bytes(path.read_bytes()[:-20])
    again = BallotBox(path)
    assert not again.answered(one, Question.BEAUTY)
    again.cast(one, Question.PROMPT, "neither")
    assert [vote.question for vote in BallotBox(path).votes()] == ["likeness", "prompt"]


def test_the_tally_of_a_case_made_by_hand(tmp_path: Path) -> None:
    box = BallotBox(tmp_path / "votes.jsonl")
    for seed, choice in enumerate(["full", "full", "neither", None]):
        box.cast(ballot("full", "neither", seed=seed), Question.LIKENESS, choice)
    box.cast(ballot("neither", "untuned", seed=9), Question.LIKENESS, "neither")
    box.cast(ballot("full", "neither"), Question.PROMPT, "neither")
    counted = tally(box.votes())
    assert {m: (s.votes, s.shown) for m, s in counted[Question.LIKENESS].items()} == {
        "full": (2, 3), "neither": (2, 4), "untuned": (0, 1),
    }  # fmt: skip
    assert counted[Question.LIKENESS]["neither"].share == 0.5
    assert counted[Question.BEAUTY] == {}
    assert {m: s.share for m, s in counted[Question.PROMPT].items()} == {"full": 0.0, "neither": 1.0}


@pytest.mark.parametrize(("count", "of", "low", "high"), [(8, 10, 0.4902, 0.9433), (0, 10, 0.0, 0.2775)])
def test_the_interval_of_a_share_is_wilsons(count: int, of: int, low: float, high: float) -> None:
    assert share_interval(count, of) == pytest.approx((low, high), abs=1e-4)  # as in published tables


def test_exported_votes_can_be_read_as_a_table(tmp_path: Path) -> None:
    box = BallotBox(tmp_path / "votes.jsonl")
    box.cast(ballot("full", "neither"), Question.LIKENESS, "full")
    box.cast(ballot("full", "neither"), Question.BEAUTY, None)
    write_votes(tmp_path / "votes.csv", box.votes())
    with (tmp_path / "votes.csv").open(newline="") as file:
        lines = list(csv.DictReader(file))
    assert [(line["question"], line["choice"]) for line in lines] == [("likeness", "full"), ("beauty", "")]
    assert lines[0]["shown"] == "full neither"
