"""``facea-desktop accelerate``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from facea_desktop import cli
from facea_desktop.acceleration import situation, torch_builds
from facea_desktop.acceleration.graphics_cards import GraphicsCard
from facea_desktop.acceleration.torch_builds import TorchBuild

if TYPE_CHECKING:
    from conftest import FakeUv, LocalIndex

CARD = GraphicsCard("nvidia", "NVIDIA RTX 4090", "8.9", "580.82.07")


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch, build: TorchBuild) -> None:
    """A card, a program with PyTorch for processors, and builds that are small."""
    monkeypatch.setattr(situation, "find_cards", lambda: [CARD])
    monkeypatch.setattr(situation, "own_torch", lambda: ("2.13.0+cpu", "cpu"))
    monkeypatch.setattr(torch_builds, "torch_builds", lambda: (build,))
    monkeypatch.setattr(torch_builds, "this_system", lambda: "linux-x86_64")


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def call(*arguments: str) -> tuple[int, dict[str, Any], str]:
        code = cli.main(["--data-dir", str(tmp_path / "data"), "accelerate", *arguments, "--json"])
        said = capsys.readouterr()
        return code, json.loads(said.out or "{}"), said.err

    return call


def test_status_says_what_would_be_downloaded_and_downloads_nothing(machine: None, uv: FakeUv, run: Any) -> None:
    code, answer, _ = run()
    assert code == 0
    assert answer["cards"][0]["title"] == "NVIDIA RTX 4090"
    assert (answer["to_install"], answer["download_mb"], answer["in_use"]) == ("cu130", 1, None)
    assert "after a download of about" in answer["advice"]
    assert run("--status")[1] == answer
    assert not (uv.path.parent / "calls").exists()


def test_the_card_is_brought_into_use_and_out_again(
    machine: None, index: LocalIndex, uv: FakeUv, run: Any, tmp_path: Path
) -> None:
    code, answer, said = run("--install")
    assert code == 0
    assert said.index("after a download of about") < said.index("Installing")
    assert answer["in_use"] == {"build": "cu130", "torch": "2.9.7+cu130", "device": "Imaginary RTX"}
    assert answer["to_install"] is None
    code, answer, _ = run("--back")
    assert (code, answer["in_use"], answer["to_install"]) == (0, None, "cu130")
    assert list((tmp_path / "data" / "environments").iterdir()) == []


def test_what_does_not_run_is_one_line_and_ends_with_3(machine: None, index: LocalIndex, uv: FakeUv, run: Any) -> None:
    index.add_torch(error="CUDA error: no kernel image is available for execution on the device")
    code, _, said = run("--install")
    assert code == 3
    assert "no kernel image" in said.splitlines()[-1]
    assert run()[1]["in_use"] is None


def test_without_a_card_installing_ends_with_3(monkeypatch: pytest.MonkeyPatch, uv: FakeUv, run: Any) -> None:
    monkeypatch.setattr(situation, "find_cards", list)
    code, _, said = run("--install")
    assert code == 3
    assert "no graphics card" in said


def test_two_wishes_at_once_are_wrong_use(run: Any) -> None:
    with pytest.raises(SystemExit, match="2"):
        run("--install", "--back")
