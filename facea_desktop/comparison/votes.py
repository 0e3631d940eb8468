"""The blind comparison: pictures side by side without names, votes kept as they are cast, the paper's Figure 5."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from pydantic import ValidationError

from facea_desktop.comparison.intervals import share_interval
from facea_desktop.comparison.score_table import Row
from facea_desktop.domain.atomic_files import appending, disk_trouble, write_atomically
from facea_desktop.domain.people import Moment, Value

COLUMNS = ("person", "prompt", "seed", "question", "choice", "shown", "when")


class Question(StrEnum):
    """What is asked about the pictures of one ballot (paper, user study)."""

    LIKENESS = "likeness"
    BEAUTY = "beauty"
    PROMPT = "prompt"


@dataclass(frozen=True)
class BallotPicture:
    """One picture of a ballot, and the method that made it, which nobody is to see."""

    method: str
    path: Path


@dataclass(frozen=True)
class Ballot:
    """What is shown at once: one person, prompt and seed by several methods, in the order of the places."""

    person: str
    prompt: str
    seed: int
    pictures: tuple[BallotPicture, ...]

    @property
    def key(self) -> tuple[str, str, int]:
        """What tells it from others."""
        return self.person, self.prompt, self.seed


class Vote(Value):
    """A line of ``votes.jsonl``.

    Attributes:
        choice: the method whose picture was chosen, None where the question was passed over.
        shown: the methods in the order of their places.
    """

    person: str
    prompt: str
    seed: int
    question: Question
    choice: str | None
    shown: tuple[str, ...]
    when: Moment


@dataclass(frozen=True)
class Share:
    """How often a method was chosen when it was among the pictures, with the 95 % interval for independent votes."""

    votes: int
    shown: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """``votes`` of ``shown``."""
        return self.votes / self.shown


def ballots(rows: Iterable[Row], out: Path) -> list[Ballot]:
    """Everything that two methods or more have a picture of, in an order that is random but always the same.

    Args:
        out: what the paths of ``rows`` are relative to.
    """
    found: dict[tuple[str, str, int], list[BallotPicture]] = {}
    for row in rows:
        if row.path and (out / row.path).is_file():
            found.setdefault((row.person, row.prompt, row.seed), []).append(BallotPicture(row.method, out / row.path))
    several = [
        Ballot(*key, tuple(sorted(pictures, key=lambda one: _draw(*key, one.method))))
        for key, pictures in found.items()
        if len(pictures) > 1
    ]
    return sorted(several, key=lambda ballot: _draw(*ballot.key))


class BallotBox:
    """The votes on one comparison; a file that only grows, so that a crash loses at most the line being written.

    Args:
        path: of the file; lines that cannot be read are passed over.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._votes: dict[tuple[str, str, int, Question], Vote] = {}
        with disk_trouble(f"read {path}"):
            data = path.read_bytes() if path.exists() else b""
        for line in data.splitlines():
            try:
                self._keep(Vote.model_validate_json(line))
            except ValidationError:
                continue
        self._torn = bool(data) and not data.endswith(b"\n")

    def cast(self, ballot: Ballot, question: Question, choice: str | None) -> None:
        """Keep an answer at once; a later one to the same question takes its place.

        Raises:
            UserError: it cannot be written.
        """
        vote = Vote(
            person=ballot.person,
            prompt=ballot.prompt,
            seed=ballot.seed,
            question=question,
            choice=choice,
            shown=tuple(picture.method for picture in ballot.pictures),
            when=datetime.now(UTC),
        )
        with disk_trouble("keep the vote"), appending(self._path) as file:
            file.write((b"\n" if self._torn else b"") + vote.model_dump_json().encode() + b"\n")
        self._torn = False
        self._keep(vote)

    def answered(self, ballot: Ballot, question: Question) -> bool:
        """Whether the question was answered, or passed over."""
        return (*ballot.key, question) in self._votes

    def choice(self, ballot: Ballot, question: Question) -> str | None:
        """The method that was chosen, None where none was."""
        vote = self._votes.get((*ballot.key, question))
        return None if vote is None else vote.choice

    def votes(self) -> list[Vote]:
        """The answer that holds of every question, in the order in which they were asked first."""
        return list(self._votes.values())

    def _keep(self, vote: Vote) -> None:
        self._votes[vote.person, vote.prompt, vote.seed, vote.question] = vote


def tally(votes: Iterable[Vote]) -> dict[Question, dict[str, Share]]:
    """For every question how often each method was chosen, the methods by name; questions passed over do not count."""
    cast = [vote for vote in votes if vote.choice is not None]
    counted: dict[Question, dict[str, Share]] = {}
    for question in Question:
        of_question = [vote for vote in cast if vote.question is question]
        methods = sorted({method for vote in of_question for method in vote.shown})
        counted[question] = {method: _share(of_question, method) for method in methods}
    return counted


def write_votes(path: Path, votes: Sequence[Vote]) -> None:
    """Write a CSV: a line a vote; ``choice`` is empty where the question was passed over.

    Raises:
        UserError: the disk refuses.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for vote in votes:
        cells = (vote.person, vote.prompt, vote.seed, vote.question, vote.choice or "", " ".join(vote.shown))
        writer.writerow([*cells, vote.when.isoformat(timespec="seconds")])
    with disk_trouble(f"save {path}"):
        write_atomically(path, text.getvalue().encode("utf-8"))


def _share(votes: Sequence[Vote], method: str) -> Share:
    shown = sum(method in vote.shown for vote in votes)
    chosen = sum(vote.choice == method for vote in votes)
    return Share(chosen, shown, *share_interval(chosen, shown))


def _draw(*what: object) -> str:
    """A lot that falls in the same way every time."""
    return hashlib.sha256(json.dumps(what).encode()).hexdigest()
