"""The table, the summary and the page that are made of rows."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from facea_desktop.comparison.dataset import DatasetPerson
from facea_desktop.comparison.html_report import write_report
from facea_desktop.comparison.score_cache import ScoreCache
from facea_desktop.comparison.score_table import (
    COLUMNS,
    NOTHING,
    WITH_ZEROS,
    Row,
    best_and_worst,
    figure_of,
    people_means,
    read_results,
    summarise,
    write_results,
)
from facea_desktop.comparison.scores import FACE_SIM_DLIB, Scores
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.faces import Subject

FACE_ONLY = ("face_sim",)


def row(person: str, method: str, seed: int, face_sim: float | None, **more: Any) -> Row:
    scores = Scores(int(face_sim is not None), face_sim, None, None, None)
    return Row(
        person, method, "a man, front face", seed, more.pop("path", f"{person}-{method}-{seed}.png"), scores, **more
    )


ROWS = [
    row("adam", "full", 0, 0.8), row("adam", "full", 1, 0.6), row("eve", "full", 0, 0.5), row("eve", "full", 1, None),
    row("adam", "neither", 0, 0.4), row("adam", "neither", 1, 0.2), row("eve", "neither", 0, 0.3),
    Row("eve", "neither", "a man, front face", 1, "", NOTHING, "No face came out."),
]  # fmt: skip


def test_the_table_has_exactly_the_promised_columns_and_says_what_is_not_installed(tmp_path: Path) -> None:
    write_results(tmp_path / "results.csv", ROWS, FACE_ONLY)
    with (tmp_path / "results.csv").open(newline="", encoding="utf-8") as file:
        lines = list(csv.DictReader(file))
    assert tuple(lines[0]) == COLUMNS
    assert (
        ",".join(COLUMNS)
        == "person,method,prompt,seed,path,face_sim,clip_t,clip_i,dino,attribute_sim,face_sim_dlib,faces"
    )
    assert (lines[0]["face_sim"], lines[0]["clip_t"], lines[0]["faces"]) == ("0.800000", "not installed", "1")
    assert lines[0]["prompt"] == "a man, front face"
    assert (lines[3]["face_sim"], lines[3]["faces"]) == ("", "0")
    assert (lines[7]["path"], lines[7]["face_sim"], lines[7]["faces"]) == ("", "", "0")
    assert len(lines) == len(ROWS)


def test_means_are_over_people_and_pictures_without_a_face_are_counted() -> None:
    found = summarise(ROWS, ["full", "neither"], FACE_ONLY)["methods"]
    assert found["full"]["face_sim"]["mean"] == pytest.approx((0.7 + 0.5) / 2)
    assert found["full"][WITH_ZEROS]["mean"] == pytest.approx((0.7 + 0.25) / 2)
    assert found["full"]["pictures"] == {"wanted": 4, "made": 4, "with_a_face": 3, "with_several_faces": 0}
    assert found["neither"]["pictures"] == {"wanted": 4, "made": 3, "with_a_face": 3, "with_several_faces": 0}
    assert "clip_t" not in found["full"]


def test_a_face_without_a_held_out_face_to_compare_with_is_not_counted_as_zero() -> None:
    one = Row("adam", "full", "p", 0, "a.png", Scores(1, None, None, None, None))
    assert figure_of(one, WITH_ZEROS) is None
    assert people_means([one], WITH_ZEROS) == {}


def test_methods_are_compared_on_the_same_people() -> None:
    rows = [*ROWS, row("cain", "full", 0, 0.9)]
    comparisons = summarise(rows, ["full", "neither"], FACE_ONLY)["comparisons"]
    face = next(one for one in comparisons if one["metric"] == "face_sim")
    assert (face["first"], face["second"], face["people"]) == ("full", "neither", 2)
    assert face["difference"] == pytest.approx(((0.7 - 0.3) + (0.5 - 0.3)) / 2)
    assert face["p"] == pytest.approx(0.5)


def test_what_is_not_installed_says_how_to_get_it() -> None:
    metrics = summarise(ROWS, ["full"], FACE_ONLY)["metrics"]
    assert metrics["face_sim"] == {"title": "Face Sim.", "installed": True}
    assert metrics["dino"] == {"title": "DINO", "installed": False, "get": "facea-desktop models fetch dino-vits16"}


def test_a_figure_that_is_optional_is_in_the_summary_only_where_it_was_measured() -> None:
    assert FACE_SIM_DLIB not in summarise(ROWS, ["full"], FACE_ONLY)["metrics"]
    measured = [Row("adam", "full", "p", 0, "a.png", Scores(1, 0.5, None, None, None, None, 0.6))]
    found = summarise(measured, ["full"], (*FACE_ONLY, FACE_SIM_DLIB))
    assert found["metrics"][FACE_SIM_DLIB] == {"title": "Face Sim. (dlib)", "installed": True}
    assert found["methods"]["full"][FACE_SIM_DLIB]["mean"] == pytest.approx(0.6)


def test_a_table_from_before_a_column_came_in_is_read(tmp_path: Path) -> None:
    write_results(tmp_path / "results.csv", ROWS, FACE_ONLY)
    text = (tmp_path / "results.csv").read_text(encoding="utf-8")
    old = text.replace(",face_sim_dlib,", ",").replace(
        "not installed,not installed,not installed,not installed", "not installed,not installed,not installed"
    )
    (tmp_path / "results.csv").write_text(old, encoding="utf-8")
    assert read_results(tmp_path / "results.csv") == [Row(**vars(row) | {"reason": None}) for row in ROWS]


def test_best_and_worst_never_share_a_picture() -> None:
    best, worst = best_and_worst(ROWS[:4], 6)
    assert [one.scores.face_sim for one in best] == [0.8]
    assert [one.scores.face_sim for one in worst] == [0.5]


def page_of(tmp_path: Path, rows: list[Row], methods: list[str], **more: Any) -> str:
    for one in rows:
        if one.path:
            Image.new("RGB", (40, 40), "red").save(tmp_path / one.path)
    photo = tmp_path / "photo.png"
    Image.new("RGB", (60, 30), "blue").save(photo)
    people = list(dict.fromkeys(one.person for one in rows))
    summary = {
        "program": "facea-desktop", "machine": "cpu", "family": "starter", "recipe": {"steps": 2, "batch": 1},
        "people": people, "references": 1, "prompts": ["a man"], "seeds": [0, 1], "notes": [],
    } | summarise(rows, methods, FACE_ONLY) | more  # fmt: skip
    dataset = [DatasetPerson(person, Subject.MAN, (photo,), (photo,)) for person in people]
    write_report(tmp_path / "report.html", tmp_path, json.loads(json.dumps(summary)), rows, dataset)
    return (tmp_path / "report.html").read_text(encoding="utf-8")


def test_the_page_needs_nothing_beside_it(tmp_path: Path) -> None:
    page = page_of(tmp_path, ROWS, ["full", "neither"])
    sources = re.findall(r'(?:src|href|action)\s*=\s*"([^"]*)"', page)
    assert sources
    assert all(source.startswith("data:image/jpeg;base64,") for source in sources)
    assert "<script" not in page
    assert "url(" not in page
    assert "default-src 'none'" in page


def test_the_page_has_the_papers_two_tables_with_the_figures(tmp_path: Path) -> None:
    page = page_of(tmp_path, ROWS, ["full", "neither"])
    assert re.search(r"<td>full</td>.*?not installed.*?60\.0.*?47\.5.*?3 of 4", page)
    assert re.search(r"<td>neither</td><td>✗</td><td>✗</td>", page)
    assert re.search(r"<td>full</td><td>✓</td><td>✓</td>", page)
    assert "facea-desktop models fetch clip-vit-large-patch14" in page


def test_the_greatest_mean_is_marked_also_where_it_is_zero(tmp_path: Path) -> None:
    page = page_of(tmp_path, [row("adam", "full", 0, -0.1), row("adam", "untuned", 0, 0.0)], ["full", "untuned"])
    assert re.search(r"<td>untuned</td>.*?<span class=\"best\">0\.0</span>", page)
    assert '<span class="best">-10.0' not in page


def test_what_users_wrote_is_escaped(tmp_path: Path) -> None:
    evil = "<img src=x onerror=alert(1)>"
    rows = [
        Row("adam", f"folder:{evil}", f"{evil} & co", seed, f"{seed}.png", Scores(1, 0.5, None, None, None))
        for seed in (0, 1)
    ]
    page = page_of(tmp_path, rows, [f"folder:{evil}"], notes=[evil])
    assert "<img src=x" not in page
    assert page.count("&lt;img src=x onerror=alert(1)&gt;") >= 4


def test_scores_survive_a_line_that_was_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "scores.jsonl"
    versions = {"face_sim": "facenet"}
    scores = Scores(1, 1 / 3, None, None, None)
    ScoreCache(path).add("one", versions, scores)
    with path.open("a") as file:
        file.write('{"of": "two", "vers')

    again = ScoreCache(path)
    assert again.find("one", versions) == scores
    assert again.find("two", versions) is None
    again.add("two", versions, scores)
    assert ScoreCache(path).find("two", versions) == scores


def test_scores_of_other_weights_are_measured_anew(tmp_path: Path) -> None:
    cache = ScoreCache(tmp_path / "scores.jsonl")
    cache.add("one", {"face_sim": "facenet"}, Scores(1, 0.5, None, None, None))
    assert cache.find("one", {"face_sim": "facenet", "dino": "abc"}) is None


def test_the_table_is_read_as_it_was_written(tmp_path: Path) -> None:
    write_results(tmp_path / "results.csv", ROWS, FACE_ONLY)
    read = read_results(tmp_path / "results.csv")
    assert [Row(**vars(row) | {"reason": None}) for row in ROWS] == read


@pytest.mark.parametrize("text", ["person,method\na,b\n", None], ids=["another table", "none"])
def test_a_table_that_cannot_be_read_says_what_to_do(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / "results.csv").write_text(text)
    with pytest.raises(UserError, match="run the comparison again"):
        read_results(tmp_path / "results.csv")
