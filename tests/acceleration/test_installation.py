"""Installing PyTorch for the card: all of it and verified, or nothing changes."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from facea_desktop.acceleration import installation
from facea_desktop.acceleration.environments import Environment, Environments
from facea_desktop.acceleration.installation import install, requirements, without_own
from facea_desktop.acceleration.package_tools import PackageTool, find_tool
from facea_desktop.acceleration.torch_builds import TorchBuild
from facea_desktop.domain.errors import CancelledError, UserError
from facea_desktop.domain.events import Event, Observer, Progress, Started

if TYPE_CHECKING:
    from conftest import FakeUv, LocalIndex


def folders(environments: Environments) -> set[str]:
    """What lies in the folder of environments, apart from downloads."""
    return {path.name for path in environments.folder.iterdir()} - {"downloads"}


def test_what_is_installed_is_verified_on_the_card_and_used(
    index: LocalIndex, uv: FakeUv, build: TorchBuild, environments: Environments
) -> None:
    events: list[Event] = []
    made = install(build, environments, Observer(emit=events.append))
    assert environments.active() == made
    assert (made.build, made.torch, made.device) == ("cu130", "2.9.7+cu130", "Imaginary RTX")
    assert environments.packages() == environments.folder / made.name
    assert folders(environments) == {made.name, "active.json"}
    packages = {path.name for path in (environments.folder / made.name).iterdir() if "." not in path.name}
    assert packages == {"torch", "torchvision", "nvidia"}  # numpy is the program's own
    assert not environments.downloads.exists()
    assert [event.what for event in events if isinstance(event, Started)] == [
        "Looking up CUDA 13.0",
        "Installing CUDA 13.0",
        "Checking CUDA 13.0 on the card",
    ]
    last = [event for event in events if isinstance(event, Progress)][-1]
    assert last.step == last.total


def test_packages_come_from_the_build_s_index_alone(
    index: LocalIndex, uv: FakeUv, build: TorchBuild, environments: Environments, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UV_EXTRA_INDEX_URL", "https://elsewhere.example/simple")
    install(build, environments, Observer())
    for call in uv.calls:
        assert f"--default-index {index.address}/cu130 " in call
        assert "--no-config" in call
        assert "elsewhere" not in call


def test_pip_does_where_there_is_no_uv(
    index: LocalIndex, build: TorchBuild, environments: Environments, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        installation,
        "find_tool",
        lambda downloads: PackageTool("pip", (sys.executable, "-I", "-m", "pip"), downloads),
    )
    made = install(build, environments, Observer())
    assert made.torch == "2.9.7+cu130"
    assert not (environments.folder / made.name / "numpy").exists()


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ("CUDA error: no kernel image is available for execution on the device", "has no code for the graphics card"),
        ("The NVIDIA driver on your system is too old (found version 11040)", "driver of the graphics card is too old"),
        ("No CUDA GPUs are available", "finds no graphics card"),
        ("CUDA error: something new", "CUDA error: something new"),
    ],
)
def test_a_build_that_does_not_run_is_named_and_not_used(
    error: str, said: str, index: LocalIndex, uv: FakeUv, build: TorchBuild, environments: Environments
) -> None:
    index.add_torch(error=error)
    with pytest.raises(UserError, match=said) as raised:
        install(build, environments, Observer())
    assert "\n" not in str(raised.value)
    assert environments.active() is None
    assert folders(environments) == set()


def test_an_old_driver_that_is_only_warned_of_is_named(
    index: LocalIndex, uv: FakeUv, build: TorchBuild, environments: Environments
) -> None:
    index.add_torch(warning="CUDA initialization: The NVIDIA driver on your system is too old", error="no device")
    with pytest.raises(UserError, match="too old"):
        install(build, environments, Observer())


def test_a_card_that_multiplies_wrongly_is_not_used(
    index: LocalIndex, uv: FakeUv, build: TorchBuild, environments: Environments
) -> None:
    index.add_torch(factor=2)
    with pytest.raises(UserError, match="multiplies wrongly"):
        install(build, environments, Observer())
    assert environments.active() is None


@pytest.mark.parametrize(
    ("trouble", "said"), [("fail at compile", "cannot be reached"), ("fail at install", "disk became full")]
)
def test_a_failed_install_leaves_the_working_one(
    trouble: str, said: str, index: LocalIndex, uv: FakeUv, build: TorchBuild, environments: Environments
) -> None:
    before = install(build, environments, Observer())
    uv.trouble(trouble)
    with pytest.raises(UserError, match=said):
        install(build, environments, Observer())
    assert environments.active() == before
    assert folders(environments) == {before.name, "active.json"}


@pytest.mark.parametrize("step", ["compile", "install"])
def test_cancelling_ends_the_installing_program_and_leaves_the_working_one(
    step: str, index: LocalIndex, uv: FakeUv, build: TorchBuild, environments: Environments
) -> None:
    before = install(build, environments, Observer())
    uv.trouble(f"hang at {step}")
    observer = Observer()
    watcher = threading.Thread(target=lambda: (wait_until(lambda: uv.hangs), observer.stop.set()))
    watcher.start()
    with pytest.raises(CancelledError):
        install(build, environments, observer)
    watcher.join()
    assert environments.active() == before
    assert folders(environments) == {before.name, "active.json"}
    assert not programs(uv)


@pytest.mark.parametrize("step", ["compile", "install"])
def test_an_install_that_is_killed_leaves_the_working_one_and_is_swept(
    step: str, index: LocalIndex, uv: FakeUv, build: TorchBuild, environments: Environments
) -> None:
    before = install(build, environments, Observer())
    uv.trouble(f"hang at {step}")
    code = (
        "import sys; from pathlib import Path; from facea_desktop.acceleration import installation as i;"
        "from facea_desktop.acceleration.environments import Environments;"
        "from facea_desktop.acceleration.package_tools import PackageTool;"
        "from facea_desktop.acceleration.torch_builds import TorchBuild;"
        "from facea_desktop.domain.events import Observer;"
        "i.find_tool = lambda d: PackageTool('uv', (sys.argv[1],), d);"
        "i.install(TorchBuild.model_validate_json(sys.argv[2]), Environments(Path(sys.argv[3])), Observer())"
    )
    data = environments.folder.parent
    killed = subprocess.Popen(
        [sys.executable, "-c", code, str(uv.path), build.model_dump_json(), str(data)],
        env=os.environ | {"PYTHONPATH": str(Path(installation.__file__).parents[2])},
    )
    wait_until(lambda: uv.hangs)
    partial = folders(environments) - {before.name, "active.json"}
    assert len(partial) == 1
    environments.sweep()  # of a process that lives it is left alone
    assert partial < folders(environments)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    for program in programs(uv):
        program.kill()
        program.wait()
    assert Environments(data).active() == before
    environments.sweep()
    assert folders(environments) == {before.name, "active.json"}


def test_one_that_was_renamed_but_not_yet_chosen_is_not_used_and_is_swept(environments: Environments) -> None:
    def describe(name: str) -> Environment:
        return Environment(name=name, build="cu130", torch="2.9.7", python="none", device="RTX")

    first = environments.complete(environments.begin("cu130"), describe)
    second = environments.complete(environments.begin("cu130"), describe)
    choice = environments.folder / "active.json"
    choice.write_text(choice.read_text().replace(second.name, first.name))  # as if it had ended before
    assert environments.chosen() == first
    environments.sweep()
    assert folders(environments) == {first.name, "active.json"}


def test_a_new_install_takes_the_place_of_the_old_one_which_stays_until_nothing_runs_from_it(
    index: LocalIndex, uv: FakeUv, build: TorchBuild, environments: Environments
) -> None:
    before = install(build, environments, Observer())
    index.add_torch("2.9.8+cu130")
    index.add("torchvision", "0.24.8+cu130", {"torchvision/__init__.py": "__version__ = '0.24.8'"})
    after = install(build, environments, Observer())
    assert environments.active() == after
    assert folders(environments) == {before.name, after.name, "active.json"}
    environments.sweep()
    assert folders(environments) == {after.name, "active.json"}


def test_going_back_uses_the_own_pytorch_and_frees_the_disk(
    index: LocalIndex, uv: FakeUv, build: TorchBuild, environments: Environments
) -> None:
    install(build, environments, Observer())
    environments.go_back()
    assert environments.active() is None
    environments.sweep()
    assert folders(environments) == set()
    environments.go_back()  # twice is no mishap


def test_a_disk_without_room_is_said_before_anything_is_downloaded(
    index: LocalIndex, uv: FakeUv, build: TorchBuild, environments: Environments
) -> None:
    with pytest.raises(UserError, match="Free some space"):
        install(build.model_copy(update={"disk_mb": 10**9}), environments, Observer())
    assert not (uv.path.parent / "calls").exists()


def test_pytorch_is_asked_for_as_new_as_the_program_s_own(monkeypatch: pytest.MonkeyPatch, build: TorchBuild) -> None:
    monkeypatch.setattr(installation, "own_torch", lambda: ("2.13.0+cpu", "cpu"))
    assert requirements(build) == ["torch>=2.9,<=2.13.0", "torchvision"]


def test_only_what_differs_between_builds_is_installed() -> None:
    asked = ["torch==2.9.7", "nvidia-cublas==13.1", "pytorch-triton-rocm==3.8", "numpy==99", "unheard-of-thing==1"]
    assert without_own(asked) == [asked[0], asked[1], asked[2], asked[4]]


def test_the_uv_beside_python_is_found_first_then_pip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python3"))
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert find_tool(tmp_path).kind == "pip"
    (tmp_path / "uv").touch(0o700)
    assert find_tool(tmp_path).command == (str(tmp_path / "uv"),)


def programs(uv: FakeUv) -> list[psutil.Process]:
    """Processes of the fake uv that run."""
    return [one for one in psutil.process_iter(["cmdline"]) if str(uv.path) in (one.info["cmdline"] or [])[:4]]


def wait_until(is_true: Callable[[], bool]) -> None:
    for _ in range(6000):
        if is_true():
            return
        time.sleep(0.01)
    pytest.fail("it never came true")
