"""``facea-desktop evaluate`` as scripts rely on it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from facea_desktop import cli
from facea_desktop.executor import Executor
from tests.comparison.conftest import TinyModels

pytestmark = pytest.mark.usefixtures("cheap_likeness")


@pytest.fixture(autouse=True)
def tiny(monkeypatch: pytest.MonkeyPatch, manager: TinyModels) -> None:
    monkeypatch.setattr(Executor, "manager", manager)


def test_the_command_answers_with_its_files_and_what_to_know(
    people: Path, prompts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    arguments = [str(people), "--prompts", str(prompts), "--methods", "untuned", "neither", "--seeds", "0", "1"]
    assert cli.main(["evaluate", *arguments, "--people", "1", "--out", str(out), "--steps", "1", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert set(answer) == {"results", "summary", "report", "rows", "pictures", "notes"}
    assert (answer["rows"], answer["pictures"]) == (8, 8)
    assert Path(answer["results"]) == out / "results.csv"
    assert all(Path(answer[name]).is_file() for name in ("results", "summary", "report"))
    assert answer["notes"] == ["prompts.txt: 1 empty line was skipped."]
    assert json.loads((out / "summary.json").read_text())["recipe"]["steps"] == 1


@pytest.mark.parametrize(
    ("more", "code", "said"),
    [
        (["--methods", "best"], cli.FIXABLE, "There is no method 'best'"),
        (["--methods", "celeb-basis"], cli.FIXABLE, "--program celeb-basis=PATH"),
        (["--methods", "untuned", "--steps", "0"], cli.FIXABLE, "choose 1 to 20000"),
        (["--methods", "untuned", "--people", "0"], cli.WRONG_USE, "people"),
        (["--methods", "untuned", "--seeds", "-1"], cli.WRONG_USE, "seeds"),
        (["--methods", "untuned", "--references", "9"], cli.FIXABLE, "No one in"),
    ],
)
def test_a_mishap_is_one_line_and_an_exit_code(
    people: Path, prompts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    more: list[str], code: int, said: str,
) -> None:  # fmt: skip
    arguments = [str(people), "--prompts", str(prompts), "--out", str(tmp_path / "out"), *more]
    assert cli.main(["evaluate", *arguments]) == code
    errors = capsys.readouterr().err
    assert said in errors
    assert errors.count("\n") == 1


@pytest.mark.parametrize("text", ["photomaker", "=file", "photomaker="])
def test_a_program_is_a_method_and_a_file(people: Path, prompts: Path, tmp_path: Path, text: str) -> None:
    arguments = [str(people), "--prompts", str(prompts), "--out", str(tmp_path), "--methods", "untuned"]
    with pytest.raises(SystemExit) as left:
        cli.main(["evaluate", *arguments, "--program", text])
    assert left.value.code == cli.WRONG_USE
