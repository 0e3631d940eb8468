"""What may be loaded, and when: the command line answers at once, without torch, OpenCV, Qt or a display."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import facea_desktop

ROOT = Path(facea_desktop.__file__).parent
HEAVY = ("torch", "diffusers", "peft", "transformers", "cv2", "PySide6")


def modules_of(room: str) -> list[str]:
    return [f"facea_desktop.{room}.{path.stem}" for path in sorted((ROOT / room).glob("*.py")) if path.stem[0] != "_"]


def run_fresh(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A new interpreter on this source tree, without a display."""
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    environment["PYTHONPATH"] = str(ROOT.parent)
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize("room", ["domain", "library", "models"])
def test_a_room_below_the_engine_loads_nothing_heavy(room: str) -> None:
    modules = modules_of(room)
    assert len(modules) > 3
    loaded = run_fresh(f"import sys, {', '.join(modules)}; print(*sorted({{*{HEAVY}}} & sys.modules.keys()))")
    assert (loaded.returncode, loaded.stdout.strip()) == (0, ""), loaded.stderr


def test_what_the_window_reads_of_an_evaluation_loads_nothing_heavy() -> None:
    modules = [f"facea_desktop.evaluation.{name}" for name in ("results", "report", "methods", "shelf", "votes")]
    loaded = run_fresh(f"import sys, {', '.join(modules)}; print(*sorted({{*{HEAVY}}} & sys.modules.keys()))")
    assert (loaded.returncode, loaded.stdout.strip()) == (0, ""), loaded.stderr


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
    code = (
        "import sys; from facea_desktop.cli import main; code = main(sys.argv[1:]);"
        f"print(*sorted({{*{HEAVY}}} & sys.modules.keys())); sys.exit(code)"
    )
    ran = run_fresh(code, *arguments, "--json", "--data-dir", str(tmp_path))
    assert (ran.returncode, ran.stderr) == (0, "")
    answer, heavy = ran.stdout.split("\n")[:2]
    assert isinstance(json.loads(answer), dict)
    assert heavy == ""


def test_the_engine_loads_no_qt() -> None:
    modules = modules_of("engine")
    loaded = run_fresh(f"import sys, {', '.join(modules)}; print(*sorted({{'PySide6', 'PyQt6'}} & sys.modules.keys()))")
    assert (loaded.returncode, loaded.stdout.strip()) == (0, ""), loaded.stderr
