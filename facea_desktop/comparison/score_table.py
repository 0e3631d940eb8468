"""What came out: the rows of ``results.csv`` and what ``summary.json`` makes of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from facea_desktop.comparison.intervals import TEST, Spread, compare, corrected, spread
from facea_desktop.comparison.scores import METRICS, NOT_INSTALLED, Scores
from facea_desktop.domain.atomic_files import write_atomically
from facea_desktop.domain.errors import UserError

COLUMNS = ("person", "method", "prompt", "seed", "path", *(metric.name for metric in METRICS), "faces")
WITH_ZEROS = "face_sim_zero"
"""Face Sim. in which a picture without a face, or one that was not made, counts as zero: leaving it out would reward
a method that hides what it cannot do."""
RESULTS, SUMMARY, REPORT = "results.csv", "summary.json", "report.html"
NOTHING = Scores(0, None, None, None, None)


@dataclass(frozen=True)
class Row:
    """One picture that was asked for.

    Attributes:
        path: relative to the evaluation's folder, "" where there is no picture.
        reason: why there is none.
    """

    person: str
    method: str
    prompt: str
    seed: int
    path: str
    scores: Scores
    reason: str | None = None


def write_results(path: Path, rows: Sequence[Row], installed: Sequence[str]) -> None:
    """Write the table; cells are empty where a figure cannot be had of a picture."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        figures = [_cell(getattr(row.scores, metric.name), metric.name in installed) for metric in METRICS]
        writer.writerow([row.person, row.method, row.prompt, row.seed, row.path, *figures, row.scores.faces])
    write_atomically(path, text.getvalue().encode("utf-8"))


def read_results(path: Path) -> list[Row]:
    """The rows of a table that ``write_results`` wrote; why a picture is missing is not in it.

    Raises:
        UserError: it cannot be read, or it is another table.
    """
    try:
        with path.open(newline="", encoding="utf-8") as file:
            return [_read_row(cells) for cells in csv.DictReader(file)]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UserError(f"{path} cannot be read; run the comparison again to rewrite it.") from error


def figure_of(row: Row, name: str) -> float | None:
    """A metric of a row, or ``WITH_ZEROS``."""
    if name == WITH_ZEROS:
        return row.scores.face_sim if row.scores.face_sim is not None else None if row.scores.faces else 0.0
    value: float | None = getattr(row.scores, name)
    return value


def summarise(rows: Sequence[Row], methods: Sequence[str], installed: Sequence[str]) -> dict[str, Any]:
    """Means over people with intervals, counts, and the comparisons of every two methods."""
    names = [metric.name for metric in METRICS if metric.name in installed] + [WITH_ZEROS]
    of_method = {method: [row for row in rows if row.method == method] for method in methods}
    people = {
        method: {name: people_means(of_method[method], name) for name in names}
        for method in methods
        if of_method[method]
    }
    return {
        "metrics": {
            metric.name: {"title": metric.title, "installed": metric.name in installed}
            | ({} if metric.name in installed else {"get": metric.how_to_get})
            for metric in METRICS
            if metric.name in installed or not metric.optional
        },
        "methods": {method: _method(of_method[method], people[method]) for method in people},
        "test": TEST,
        "comparisons": [row for name in names for row in _comparisons(people, name)],
    }


def people_means(rows: Sequence[Row], name: str) -> dict[str, float]:
    """The mean of each person's pictures that have the figure; people without any are not in it."""
    values: dict[str, list[float]] = {}
    for row in rows:
        value = figure_of(row, name)
        if value is not None:
            values.setdefault(row.person, []).append(value)
    return {person: sum(found) / len(found) for person, found in values.items()}


def best_and_worst(rows: Sequence[Row], count: int) -> tuple[list[Row], list[Row]]:
    """Pictures by Face Sim., the most alike and the least; of few pictures none is in both."""
    ranked = sorted((row for row in rows if row.scores.face_sim is not None), key=_by_face_sim, reverse=True)
    count = min(count, len(ranked) // 2)
    return ranked[:count], ranked[len(ranked) - count :][::-1]


def _by_face_sim(row: Row) -> float:
    return row.scores.face_sim or 0.0


def _method(rows: Sequence[Row], people: dict[str, dict[str, float]]) -> dict[str, Any]:
    spreads = {name: _plain(spread(list(means.values()))) for name, means in people.items() if means}
    return {
        "pictures": {
            "wanted": len(rows),
            "made": sum(bool(row.path) for row in rows),
            "with_a_face": sum(row.scores.faces > 0 for row in rows),
            "with_several_faces": sum(row.scores.faces > 1 for row in rows),
        },
        **spreads,
    }


def _comparisons(people: dict[str, dict[str, dict[str, float]]], name: str) -> list[dict[str, Any]]:
    found = []
    for first, second in combinations(people, 2):
        a, b = people[first][name], people[second][name]
        both = [person for person in a if person in b]
        if both:
            found.append((first, second, compare([a[p] for p in both], [b[p] for p in both])))
    tested = [one.p for _, _, one in found if one.p is not None]
    holm = iter(corrected(tested))
    return [
        {
            "metric": name,
            "first": first,
            "second": second,
            "difference": round(one.difference, 6),
            "ci95": [_rounded(one.low), _rounded(one.high)],
            "p": _rounded(one.p),
            "p_holm": _rounded(next(holm)) if one.p is not None else None,
            "people": one.people,
        }
        for first, second, one in found
    ]


def _plain(one: Spread) -> dict[str, Any]:
    values = {name: _rounded(value) for name, value in asdict(one).items()}
    low, high = values.pop("low"), values.pop("high")
    return values | {"ci95": [low, high]}


def _rounded(value: float | None) -> float | None:
    return value if value is None or isinstance(value, int) else round(value, 6)


def _read_row(cells: dict[str, str]) -> Row:
    figures = {metric.name: _read_cell(cells.get(metric.name) or "") for metric in METRICS}  # of older tables too
    scores = Scores(faces=int(cells["faces"]), **figures)
    return Row(cells["person"], cells["method"], cells["prompt"], int(cells["seed"]), cells["path"], scores)


def _read_cell(text: str) -> float | None:
    return None if text in ("", NOT_INSTALLED) else float(text)


def _cell(value: float | None, installed: bool) -> str:
    if not installed:
        return NOT_INSTALLED
    return "" if value is None else f"{value:.6f}"
