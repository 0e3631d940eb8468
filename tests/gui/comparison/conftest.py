"""Comparisons stored in a data folder, with pictures as an evaluation leaves them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from facea_desktop.comparison.comparison_store import Comparison, ComparisonStore
from facea_desktop.comparison.dataset import prompt_for, read_dataset, read_prompts
from facea_desktop.comparison.html_report import write_report
from facea_desktop.comparison.score_table import REPORT, RESULTS, SUMMARY, Row, summarise, write_results
from facea_desktop.comparison.scores import Scores
from facea_desktop.domain.faces import Subject
from facea_desktop.resources import resource
from facea_desktop.ui.comparison.comparison_page import ComparisonPage
from facea_desktop.ui.session import Session

METHODS = ("untuned", "full", "dreambooth-lora")
LIKENESS = {"untuned": 0.3, "neither": 0.4, "full": 0.7, "dreambooth-lora": 0.5}
PHOTOS = [resource("people", "eve", f"{index}.jpg") for index in range(5)]
Compare = Callable[..., Comparison]


@pytest.fixture
def compare(session: Session) -> Compare:
    """Store a comparison; ``finished`` with all that an evaluation makes."""

    def add(name: str = "Eve", *, finished: bool = True, methods: tuple[str, ...] = METHODS) -> Comparison:
        store = ComparisonStore(session.root)
        made = store.add_person(name, Subject.WOMAN, PHOTOS, "a {subject} smiling\na {subject} in a park\n", methods, 2)
        if finished:
            finish(made)
        return made

    return add


def finish(comparison: Comparison) -> None:
    """Make pictures, tables and report, without any model."""
    request = comparison.request
    dataset, _ = read_dataset(request.folder, request.references, None, None)
    prompts, _ = read_prompts(request.prompts)
    rows = []
    for method in request.methods:
        for person in dataset:
            for number, template in enumerate(prompts):
                for seed in request.seeds:
                    path = Path("pictures", method, person.name, f"{number}-{seed}.png")
                    (comparison.folder / path).parent.mkdir(parents=True, exist_ok=True)
                    Image.new("RGB", (32, 32), (80 * number, 90 * seed, 120)).save(comparison.folder / path)
                    scores = Scores(1, LIKENESS[method] + seed / 100, None, None, None)
                    prompt = prompt_for(template, person.subject)
                    rows.append(Row(person.name, method, prompt, seed, path.as_posix(), scores))
    about = {
        "program": "facea-desktop", "machine": "a computer", "family": "starter", "recipe": {"steps": 2, "batch": 1},
        "people": [person.name for person in dataset], "references": 3, "prompts": prompts,
        "asked": list(request.methods), "seeds": list(request.seeds), "notes": ["Eve, full: something to know."],
    }  # fmt: skip
    summary = about | summarise(rows, request.methods, ("face_sim",))
    write_results(comparison.folder / RESULTS, rows, ("face_sim",))
    (comparison.folder / SUMMARY).write_text(json.dumps(summary))
    write_report(comparison.folder / REPORT, comparison.folder, summary, rows, dataset)


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> Iterator[ComparisonPage]:
    """The page, not shown yet."""
    made = ComparisonPage(session)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    yield made
    made.close()
