"""Which build of PyTorch a card gets, and how a machine stands."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

import facea_desktop
from facea_desktop.acceleration import environments as stored
from facea_desktop.acceleration.environments import Environment, own_torch, this_python
from facea_desktop.acceleration.graphics_cards import GraphicsCard
from facea_desktop.acceleration.situation import Situation, describe
from facea_desktop.acceleration.torch_builds import Obstacle, advise, is_older, least_torch, torch_builds
from facea_desktop.acceleration.torch_errors import find_mismatch

LINUX = "linux-x86_64"
ADA = GraphicsCard("nvidia", "NVIDIA RTX 4090", "8.9", "580.82.07")


@pytest.mark.parametrize(
    ("card", "system", "build"),
    [
        (ADA, LINUX, "cu130"),
        (ADA, "linux-aarch64", "cu130"),
        (GraphicsCard("nvidia", "NVIDIA RTX 4090", "8.9", "580.88"), "windows-x86_64", "cu130"),
        (GraphicsCard("nvidia", "NVIDIA RTX 4090", "8.9", "550.54.14"), LINUX, "cu126"),
        (GraphicsCard("nvidia", "NVIDIA GTX 1080", "6.1", "580.82.07"), LINUX, "cu126"),
        (GraphicsCard("nvidia", "NVIDIA RTX 5090", "12.0", "572.16"), "windows-x86_64", "cu128"),
        (GraphicsCard("nvidia", "unknown to an old nvidia-smi", "", "528.33"), "windows-x86_64", "cu126"),
        (GraphicsCard("amd", "AMD", "gfx1100", "amdgpu"), LINUX, "rocm7.2"),
        (GraphicsCard("intel", "Arc", "56a0", "xe"), LINUX, "xpu"),
    ],
)
def test_a_card_gets_the_first_build_with_code_for_it_that_its_driver_runs(
    card: GraphicsCard, system: str, build: str
) -> None:
    advice = advise([card], system)
    assert (advice.build and advice.build.name, advice.obstacle) == (build, None)


@pytest.mark.parametrize(
    ("card", "system", "obstacle"),
    [
        (GraphicsCard("nvidia", "NVIDIA GPU"), LINUX, Obstacle.NO_DRIVER),
        (GraphicsCard("nvidia", "NVIDIA RTX 5090", "12.0", "560.1"), LINUX, Obstacle.OLD_DRIVER),
        (GraphicsCard("nvidia", "NVIDIA GTX 680", "3.0", "470.1"), LINUX, Obstacle.OTHER_CARD),
        (GraphicsCard("amd", "AMD", "gfx803", "amdgpu"), LINUX, Obstacle.OTHER_CARD),
        (GraphicsCard("amd", "AMD", "gfx1100", "amdgpu", locked=True), LINUX, Obstacle.LOCKED),
        (GraphicsCard("amd", "AMD", "", "32.0"), "windows-x86_64", Obstacle.OTHER_SYSTEM),
        (GraphicsCard("intel", "UHD 630", "3e92", "i915"), LINUX, Obstacle.OTHER_CARD),
    ],
)
def test_what_stands_in_the_way_is_named(card: GraphicsCard, system: str, obstacle: Obstacle) -> None:
    advice = advise([card], system)
    assert (advice.build, advice.obstacle) == (None, obstacle)


def test_the_driver_that_would_do_is_named() -> None:
    old = GraphicsCard("nvidia", "NVIDIA RTX 5090", "12.0", "560.1")
    assert advise([old], LINUX).least_driver == "570"
    assert "570 is needed" in describe(Situation((old,), advise([old], LINUX), "2.13.0", "cpu"))


def test_a_card_that_can_be_used_comes_before_one_that_cannot() -> None:
    arc = GraphicsCard("intel", "Arc", "56a0", "xe")
    assert advise([GraphicsCard("nvidia", "NVIDIA GPU"), arc], LINUX).card == arc
    assert advise([], LINUX).obstacle is Obstacle.NO_CARD


def test_what_is_downloaded_is_said_with_its_size_and_address() -> None:
    said = describe(Situation((ADA,), advise([ADA], LINUX), "2.13.0+cpu", "cpu"))
    assert "about 2.7 GB" in said
    assert "https://download.pytorch.org/whl/cu130" in said


@pytest.mark.parametrize(
    ("card", "own", "suffices"),
    [
        (ADA, "cpu", False),
        (ADA, "cu130", True),
        (ADA, "cu132", True),
        (ADA, "rocm7.2", False),
        (GraphicsCard("nvidia", "NVIDIA RTX 4090", "8.9", "550.1"), "cu130", False),
        (GraphicsCard("nvidia", "NVIDIA GTX 1080", "6.1", "580.1"), "cu130", False),
        (GraphicsCard("apple", "Apple GPU"), "cpu", True),
    ],
)
def test_nothing_is_installed_where_the_program_s_own_pytorch_is_one_for_the_card(
    card: GraphicsCard, own: str, suffices: bool
) -> None:
    situation = Situation((card,), advise([card], LINUX), "2.13.0", own)
    assert situation.own_suffices is suffices
    assert (situation.to_install is None) is suffices


def test_an_environment_for_another_python_or_too_old_a_pytorch_is_out_of_use() -> None:
    made = Environment(name="cu130-1a", build="cu130", torch="2.13.0+cu130", python=this_python(), device="RTX")
    assert made.fits
    assert not made.model_copy(update={"python": "cpython-39 linux-x86_64"}).fits
    assert not made.model_copy(update={"torch": "2.8.0+cu130"}).fits
    situation = Situation((ADA,), advise([ADA], LINUX), "2.13.0", "cpu", made)
    assert (situation.in_use, situation.to_install) == (made, None)


def test_versions_compare_by_number_without_what_is_local() -> None:
    assert is_older("2.9.1+cu130", "2.10")
    assert not is_older("2.10.0+cpu", "2.9")


@pytest.mark.parametrize(
    ("said", "build"),
    [
        ("cuda: Optional[str] = None\nhip: Optional[str] = None\nxpu: Optional[str] = None\n", "cpu"),
        ("__version__ = '2.14.1+cu130'\ncuda: Optional[str] = '13.0'\nhip: Optional[str] = None\n", "cu130"),
        ("cuda = None\nhip = '7.2.26015-fc0010cf'\n", "rocm7.2"),
        ("cuda: Optional[str] = None\nxpu: Optional[str] = '20250301'\n", "xpu"),
    ],
)
def test_the_own_build_is_read_without_importing_it(
    said: str, build: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "torch").mkdir()
    (tmp_path / "torch" / "__init__.py").write_text("raise ImportError")
    (tmp_path / "torch" / "version.py").write_text(said)
    spec = type("Spec", (), {"origin": str(tmp_path / "torch" / "__init__.py")})
    monkeypatch.setattr(stored.util, "find_spec", lambda name: spec)
    assert own_torch()[1] == build


def test_the_table_asks_for_the_pytorch_that_the_program_asks_for() -> None:
    project = tomllib.loads((Path(facea_desktop.__file__).parents[1] / "pyproject.toml").read_text("utf-8"))
    assert f"torch>={least_torch()}" in project["project"]["dependencies"]
    assert all(re.fullmatch(r"[\d.]+", number) for build in torch_builds() for number in build.drivers.values())


def test_a_mirror_of_the_index_can_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    build = torch_builds()[0]
    assert build.index == "https://download.pytorch.org/whl/cu130"
    monkeypatch.setenv("FACEA_TORCH_INDEX", "https://mirror.example/pytorch/")
    assert build.index == "https://mirror.example/pytorch/cu130"


@pytest.mark.parametrize(
    ("message", "wrong_build"),
    [
        ("CUDA error: no kernel image is available for execution on the device\nCompile with", True),
        ("HIP error: invalid device function", True),
        ("Torch not compiled with CUDA enabled", True),
        ("CUDA error: CUDA driver version is insufficient for CUDA runtime version", False),
        ("Unexpected error from cudaGetDeviceCount(): driver/library version mismatch", False),
    ],
)
def test_wrong_builds_and_drivers_are_recognised(message: str, wrong_build: bool) -> None:
    found = find_mismatch(message)
    assert found is not None
    assert found.wrong_build is wrong_build


def test_other_errors_are_not_taken_for_them() -> None:
    assert find_mismatch("CUDA out of memory. Tried to allocate 2.00 GiB") is None
    assert find_mismatch("mat1 and mat2 shapes cannot be multiplied") is None
