"""What is loaded, and when: the command line answers at once, without torch, OpenCV, Qt or a display."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Collection
from pathlib import Path

import pytest

import facea_desktop
from facea_desktop.domain.faces import Subject
from facea_desktop.domain.generations import generation_of
from facea_desktop.domain.people import Profile, Recipe, Reference, Tuning
from facea_desktop.library.id_library import Library

ROOT = Path(facea_desktop.__file__).parent
HEAVY = ("torch", "diffusers", "peft", "transformers", "spandrel", "cv2", "PySide6")
RUN = (
    "import sys; from facea_desktop.cli import main; code = main(sys.argv[1:]);"
    f"print(*sorted({{*{HEAVY}}} & sys.modules.keys())); sys.exit(code)"
)
"""Carries out a command, then names the libraries that it loaded."""


def modules_of(package: str) -> list[str]:
    """Every module of a package, those of the packages inside it too."""
    paths = sorted(path.relative_to(ROOT) for path in (ROOT / package).rglob("*.py") if path.stem != "__init__")
    return [".".join(("facea_desktop", *path.with_suffix("").parts)) for path in paths]


def imported(path: Path, package: str) -> set[str]:
    """The modules of a package that a file imports anything from."""
    froms = [node.module for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.ImportFrom)]
    return {name for name in froms if name is not None and name.startswith(f"facea_desktop.{package}.")}


def heavy_after_importing(modules: Collection[str], heavy: Collection[str] = HEAVY) -> str:
    """Which of these libraries are loaded once a new interpreter has imported the modules."""
    assert len(modules) > 3
    code = f"import sys, {', '.join(sorted(modules))}; print(*sorted({set(heavy)!r} & sys.modules.keys()))"
    ran = run_fresh(code)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


def run_fresh(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A new interpreter on this source tree, without a display."""
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    environment["PYTHONPATH"] = str(ROOT.parent)
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize("package", ["domain", "library", "models", "acceleration"])
def test_a_package_below_the_engine_loads_nothing_heavy(package: str) -> None:
    assert heavy_after_importing(modules_of(package)) == ""


def test_the_engine_and_the_comparison_load_no_qt() -> None:
    modules = modules_of("engine") + modules_of("comparison")
    assert "facea_desktop.engine.detect.mtcnn" in modules
    assert heavy_after_importing(modules, ("PySide6",)) == ""


def test_the_windows_process_loads_neither_torch_nor_opencv() -> None:
    modules = modules_of("ui") + modules_of("workers")
    assert heavy_after_importing(modules, set(HEAVY) - {"PySide6"}) == ""


def test_what_the_window_reads_of_a_comparison_loads_nothing_heavy() -> None:
    modules = set().union(*(imported(path, "comparison") for path in (ROOT / "ui").rglob("*.py")))
    assert heavy_after_importing(modules) == ""


def test_a_file_name_leads_to_one_file() -> None:
    names = Counter(path.name for path in ROOT.rglob("*.py") if path.name != "__init__.py")
    assert [name for name, count in names.items() if count > 1] == []


def test_the_command_line_loads_nothing_heavy_before_it_knows_the_command() -> None:
    loaded = run_fresh(f"import sys, facea_desktop.cli; print(*sorted({{*{HEAVY}}} & sys.modules.keys()))")
    assert (loaded.returncode, loaded.stdout.strip()) == (0, ""), loaded.stderr


@pytest.mark.parametrize(
    "arguments",
    [["list"], ["split-prompt", "a man with glasses outdoors"], ["words"], ["models", "list"]],
    ids=["list", "split-prompt", "words", "models list"],
)
def test_commands_that_paint_nothing_work_without_torch_and_without_a_display(
    arguments: list[str], tmp_path: Path
) -> None:
    ran = run_fresh(RUN, *arguments, "--json", "--data-dir", str(tmp_path))
    assert (ran.returncode, ran.stderr) == (0, "")
    answer, heavy = ran.stdout.split("\n")[:2]
    assert isinstance(json.loads(answer), dict)
    assert heavy == ""


def test_workers_load_no_torch_before_they_know_which() -> None:
    assert heavy_after_importing(["facea_desktop.cluster.job_worker", *_LANES]) == ""


_LANES = [f"facea_desktop.cluster.{name}" for name in ("process_lane", "ray_lanes", "scratch_watcher")]
BATCH = """
[[people]]
name = "Anna"
preset = "best"
[[portraits]]
person = "Anna"
shape = "16:9"
prompt = "a"
"""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["batch", "b.toml", "--on", "banana"], "'banana' is no place to run"),
        (["batch", "b.toml", "--on", "ray://10.0.0.2"], "line 2: There is no preset 'best'"),
        (["generate", "Anna", "--prompt", "a", "--shape", "16:9"], "cannot make 16:9 scenes"),
        (["grid", "Anna", "--prompt", "a", "--x", "shape=1:1,16:9", "--y", "seed=1", "--sheet", "s.png"], "16:9"),
    ],
    ids=["place", "batch", "generate", "grid"],
)
def test_what_is_impossible_is_refused_before_anything_is_loaded(
    arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "b.toml").write_text(BATCH)
    tuning = Tuning(generation=generation_of("starter"), recipe=Recipe(steps=3), seed=0, step=3)
    profile = Profile(
        id="a" * 12, name="Anna", subject=Subject.WOMAN, family="starter",
        references=(Reference(index=0, parts=("face",)),), tuning=tuning,
    )  # fmt: skip
    Library(tmp_path / "data").create(profile, {})
    ran = run_fresh(RUN, *arguments, "--json", "--data-dir", "data")
    assert ran.returncode == 3
    assert said in ran.stderr
    assert len(ran.stderr.splitlines()) == 1
    assert ran.stdout.splitlines()[-1] == ""


def test_a_download_does_not_wait_for_torch(tmp_path: Path) -> None:
    ran = run_fresh(RUN, "models", "fetch", "nothing-like-it", "--data-dir", str(tmp_path))
    assert (ran.returncode, ran.stdout.strip()) == (3, "")
    assert "nothing-like-it" in ran.stderr
