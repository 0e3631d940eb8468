"""What the engine process does with a request, apart from the process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from facea_desktop import executor
from facea_desktop.acceleration.environments import Environment, Environments, this_python
from facea_desktop.comparison import runner
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Observer
from facea_desktop.domain.outcomes import ComparisonMade, Device, Machine
from facea_desktop.domain.requests import ComparisonRequest, MachineRequest
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.workers.engine_process import EngineSettings, start_engine


def test_a_build_of_pytorch_that_does_not_fit_the_card_is_named_with_its_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def find_devices() -> list[Device]:
        raise RuntimeError("CUDA error: no kernel image is available for execution on the device")

    monkeypatch.setattr(executor, "find_devices", find_devices)
    with pytest.raises(UserError, match=r"no kernel image.*Use my graphics card"):
        start_engine(EngineSettings(tmp_path))(MachineRequest(), Observer())


def test_pytorch_comes_from_the_environment_that_is_in_use(tmp_path: Path) -> None:
    environments = Environments(tmp_path)
    partial = environments.begin("cu130")
    (partial / "torch").mkdir()
    (partial / "torch" / "__init__.py").write_text("raise RuntimeError('the one for the graphics card')")
    environments.complete(
        partial,
        lambda name: Environment(name=name, build="cu130", torch="2.99", python=this_python(), device="RTX"),
    )
    ran = in_new_process(tmp_path)
    assert "the one for the graphics card" in ran
    environments.go_back()
    assert "Processor" in in_new_process(tmp_path)


def test_a_process_that_is_ended_leaves_no_semaphore_that_python_misses(tmp_path: Path) -> None:
    code = (
        "import multiprocessing, os, sys; from pathlib import Path; from facea_desktop.executor import Executor\n"
        "multiprocessing.set_start_method('spawn')\n"
        "Executor(Path(sys.argv[1])).manager\n"
        "from tqdm.auto import tqdm; print(*tqdm(range(3), file=sys.stdout), flush=True); os._exit(0)"
    )
    environment = os.environ | {"PYTHONPATH": str(Path(executor.__file__).parents[1])}
    command = [sys.executable, "-c", code, str(tmp_path)]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (ran.stdout.splitlines()[-1], ran.stderr) == ("0 1 2", "")


def in_new_process(root: Path) -> str:
    """What a process that has not loaded torch yet says of the machine."""
    code = (
        "import sys; from pathlib import Path; from facea_desktop.workers.engine_process import *;"
        "from facea_desktop.domain.requests import MachineRequest;"
        "print(start_engine(EngineSettings(Path(sys.argv[1])))(MachineRequest(), Observer()))"
    )
    environment = os.environ | {"PYTHONPATH": str(Path(executor.__file__).parents[1])}
    command = [sys.executable, "-c", code, str(root)]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    return ran.stdout + ran.stderr


def test_an_evaluation_is_carried_out_by_the_room_above_the_engine_on_the_same_studio(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[ModelManager, ComparisonRequest, Observer]] = []
    made = ComparisonMade(tmp_path, tmp_path, tmp_path, 1, 1, ())

    def evaluate(manager: ModelManager, request: ComparisonRequest, observer: Observer) -> ComparisonMade:
        seen.append((manager, request, observer))
        return made

    monkeypatch.setattr(runner, "evaluate", evaluate)
    carry_out = start_engine(EngineSettings(tmp_path, "cpu", "fp32"))
    request = ComparisonRequest(folder=tmp_path, prompts=tmp_path / "p.txt", methods=("untuned",), out=tmp_path / "out")
    observers = Observer(), Observer()
    assert [carry_out(request, observer) for observer in observers] == [made, made]
    assert [(one[1], one[2].stop) for one in seen] == [(request, observer.stop) for observer in observers]
    assert seen[0][0] is seen[1][0]
    assert isinstance(carry_out(MachineRequest(), Observer()), Machine)
