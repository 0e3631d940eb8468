"""``facea-desktop batch`` and ``grid``: what scripts rely on."""

from __future__ import annotations

import contextlib
import io
import json
import signal
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from facea_desktop import cli
from facea_desktop.domain.events import Observer, ProgressReporter
from facea_desktop.domain.faces import Box, Face, Subject
from facea_desktop.domain.generations import generation_of
from facea_desktop.domain.outcomes import Outcome, PeopleRecognised, PortraitsMade
from facea_desktop.domain.people import Consent, Profile, Recipe, Reference, Tuning
from facea_desktop.domain.requests import PortraitRequest, RecogniseRequest, Request
from facea_desktop.engine.portrait_saving import Portrait, save
from facea_desktop.executor import Executor
from facea_desktop.library.id_library import Library
from facea_desktop.library.portrait_png import read_request

ANNA, BEN = "a" * 12, "b" * 12


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library with Anna and Ben, and an engine that paints plain squares and knows who stands where."""
    root, carry_out = tmp_path / "data", Executor._carry_out
    tuning = Tuning(generation=generation_of("starter"), recipe=Recipe(steps=3), seed=0, step=3)
    for person, name in ((ANNA, "Anna"), (BEN, "Ben")):
        profile = Profile(
            id=person, name=name, subject=Subject.WOMAN, family="starter", tuning=tuning,
            consent=Consent(kind="self"), references=(Reference(index=0, parts=("face",)),),
        )  # fmt: skip
        Library(root).create(profile, {})

    def carried_out(
        self: Executor, request: Request, observer: Observer, portraits: Path | None, stages: bool
    ) -> Outcome:
        if isinstance(request, RecogniseRequest):
            order = [ANNA, BEN] if "left" in request.picture.stem else [BEN, ANNA]
            faces = (Face(Box(0, 0, 10, 10), {}, 1.0),) * 2
            likeness = tuple({one: 0.9 if one == who else 0.2 for one in (ANNA, BEN)} for who in order)
            return PeopleRecognised(64, 64, *((faces, likeness) if "empty" not in request.picture.stem else ((), ())))
        if isinstance(request, PortraitRequest):
            made = Image.new("RGB", (16, 16), "red")
            portrait = Portrait(made, made, Image.new("L", (16, 16)), request.seed, None)
            out, progress = portraits or root / "portraits", ProgressReporter(observer, "painting", 2)
            for step in (1, 2):
                progress.update(step)
            observer.emit(save(portrait, request, out, stages=stages, after_scene=portraits is not None))
            return PortraitsMade()
        return carry_out(self, request, observer, portraits, stages)

    monkeypatch.setattr(Executor, "_carry_out", carried_out)
    return root


def facea(root: Path, *arguments: object) -> tuple[int, Any, str]:
    """Exit code, answer and what was said."""
    out, err, before = io.StringIO(), io.StringIO(), signal.getsignal(signal.SIGINT)
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = cli.main([*map(str, arguments), "--json", "--data-dir", str(root)])
        finally:
            signal.signal(signal.SIGINT, before)
    return code, json.loads(out.getvalue() or "{}"), err.getvalue()


def test_a_file_is_carried_out_once_and_its_bad_lines_are_said(data: Path, tmp_path: Path) -> None:
    file, report = tmp_path / "b.toml", tmp_path / "report.json"
    file.write_text('[defaults]\nperson = "Anna"\n[[portraits]]\nprompt = "a {red|blue} hat"\nseed = [1, 2]\n'
                    '[[portraits]]\nprompt = "a"\nperson = "Zoe"\n')  # fmt: skip
    code, answer, said = facea(data, "batch", file, "--dry-run")
    assert (code, answer["to_do"], answer["pictures"]) == (3, 2, 2)
    assert answer["takes"].startswith("not known")
    assert not list(data.glob("portraits/*.png"))
    code, answer, said = facea(data, "batch", file, "--report", report)
    assert code == 3
    assert (answer["done"], answer["there"], answer["pictures"]) == (2, 0, 2)
    assert [problem["line"] for problem in answer["problems"]] == [6]
    assert "1 entry could not be used" in said
    assert json.loads(report.read_text()) == answer
    code, answer, said = facea(data, "batch", file)
    assert (answer["done"], answer["there"]) == (0, 2)
    file.write_text('[[portraits]]\nperson = "Anna"\nprompt = "a {red|blue} hat"\nseed = [1, 2, 3]\n')
    code, answer, _ = facea(data, "batch", file, "--dry-run")
    assert (code, answer["there"], answer["to_do"]) == (0, 2, 1)
    assert answer["takes"].startswith("about")  # as measured by the run before


def test_a_place_to_run_that_is_none_is_said_before_anything_is_done(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "b.toml"
    file.write_text('[[portraits]]\nperson = "Anna"\nprompt = "a"\n')
    code, _, said = facea(data, "batch", file, "--on", "cloud")
    assert code == 3
    assert "ray://HOST:PORT" in said
    assert not list(data.glob("portraits/*.png"))


def test_a_person_goes_into_the_pictures_that_show_them_and_the_others_are_named(data: Path, tmp_path: Path) -> None:
    folder, out = tmp_path / "folder", tmp_path / "out"
    folder.mkdir()
    for name in ("left.png", "right.png", "empty.png"):
        Image.new("RGB", (64, 64)).save(folder / name)
    code, answer, _ = facea(data, "batch", "--folder", folder, "--person", "Anna", "--out", out)
    assert code == 3
    assert ["empty.png" in problem["problem"] for problem in answer["problems"]] == [True]
    made = [PortraitRequest.model_validate_json(read_request(path) or "") for path in sorted(out.glob("*.png"))]
    assert [(one.person, one.picture and one.picture.name, one.face) for one in made] == [
        (ANNA, "left.png", 0),
        (ANNA, "right.png", 1),
    ]
    *_, answer = facea(data, "batch", "--folder", folder, "--person", "Anna", "--in-place-of", "Ben", "--dry-run")[:2]
    assert answer["to_do"] == 2
    again = facea(data, "batch", "--folder", folder, "--person", "Anna", "--out", out)[1]
    assert (again["done"], again["there"]) == (0, 2)
    Library(data).update(Library(data).get(ANNA).model_copy(update={"tuning": None}))
    seen = facea(data, "batch", "--folder", folder, "--person", "Anna", "--dry-run")[1]
    assert seen["to_do"] == 2  # at first sight
    assert facea(data, "batch", "--folder", folder)[0] == 3
    assert facea(data, "batch")[0] == 3


def test_a_grid_becomes_portraits_of_the_gallery_and_a_sheet(data: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.jpg"
    axes = ("--x", "expression=none,smiling", "--y", "person=Anna,Ben", "--sheet", sheet)
    code, answer, said = facea(data, "grid", "Anna", "--prompt", "a woman", *axes)
    assert code == 0, said
    assert len(answer["pictures"]) == 4
    made = [PortraitRequest.model_validate_json(read_request(Path(path)) or "") for path in answer["pictures"]]
    assert [(one.person, one.prompt) for one in made] == [
        (ANNA, "a woman"), (ANNA, "a woman, smiling"), (BEN, "a woman"), (BEN, "a woman, smiling"),
    ]  # fmt: skip
    assert {Path(path).parent for path in answer["pictures"]} == {data / "portraits"}
    assert '"kind":"grid"' in (read_request(sheet) or "")
    assert facea(data, "grid", "Anna", "--prompt", "a", *axes[:4], "--sheet", tmp_path / "sheet.gif")[0] == 3
