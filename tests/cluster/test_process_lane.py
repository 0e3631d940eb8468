"""Workers in processes of their own, which are killed in every phase of a job."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import psutil
import pytest
from scripted_batch import scripted_batch

from facea_desktop.cluster.parcels import pack
from facea_desktop.cluster.process_lane import ProcessLane
from facea_desktop.domain.errors import WorkerLostError
from facea_desktop.domain.events import Event, ItemEnded, Observer, Warned
from facea_desktop.domain.people import Recipe
from facea_desktop.domain.requests import BatchRequest, PortraitRequest, TuneRequest
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.library.own_styles import OwnStyles
from tests.cluster.conftest import ANNA, BEN, RECIPE, NewExecutor


def test_whoever_dies_in_whatever_phase_everything_is_made_once_and_a_tuning_goes_on(
    new_executor: NewExecutor, manager: ModelManager, said: Path
) -> None:
    """One worker at a time: the first dies as it begins, others amid the steps, at the end, and after a picture."""
    executor = new_executor([ProcessLane(scripted_batch, manager.root, None, 1)])
    seen: list[Event] = []

    def emit(event: Event) -> None:
        seen.append(event)
        ended = sum(isinstance(one, ItemEnded) for one in seen)
        if isinstance(event, ItemEnded) and ended == 1:
            (said / "die-end").touch()
        elif isinstance(event, ItemEnded) and ended == 2:
            (said / "die-painted").touch()

    (said / "die-begin").touch()
    items = (
        TuneRequest(person=ANNA, recipe=RECIPE, seed=1),
        TuneRequest(person=BEN, recipe=RECIPE, seed=2),
        PortraitRequest(person=ANNA, prompt="a"),
    )
    executor.execute(BatchRequest(items=items), Observer(emit))
    assert Counter(one.state for one in seen if isinstance(one, ItemEnded)) == {"done": 3}
    assert sum("begun again" in one.message for one in seen if isinstance(one, Warned)) == 3
    assert len(list(manager.library.portraits.glob("*[0-9].png"))) == 1
    assert {one.name for one in manager.library.people() if one.tuning} == {"Anna", "Ben"}
    assert list((said.parent / "scratch").glob("facea-worker-*/people/*/adapter.safetensors")) == []


def test_a_worker_that_is_killed_while_it_has_nothing_to_do_is_replaced(
    new_executor: NewExecutor, manager: ModelManager, said: Path
) -> None:
    executor = new_executor([ProcessLane(scripted_batch, manager.root, None, 1)])
    executor.execute(TuneRequest(person=ANNA, recipe=RECIPE), Observer())
    (process,) = multiprocessing.active_children()
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    executor.execute(TuneRequest(person=BEN, recipe=RECIPE), Observer())
    assert all(one.tuning for one in manager.library.people())


def test_of_a_worker_that_is_killed_nothing_stays_on_its_machine(manager: ModelManager, said: Path) -> None:
    lane, scratch = ProcessLane(scripted_batch, manager.root, None, 1), said.parent / "scratch"
    lane.ready()
    tuning = TuneRequest(person=ANNA, recipe=Recipe(steps=20_000, checkpoint_every=1))
    lane.begin(*pack(tuning, manager.library, OwnStyles(manager.root).loras, manager.models.choices()))
    while not list(scratch.glob("*/people/*/references/0.png")):
        lane.follow(False, False, 0.01)
    (process,) = multiprocessing.active_children()
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    with pytest.raises(WorkerLostError):
        lane.follow(False, False, 60)
    deadline = time.monotonic() + 60
    while list(scratch.iterdir()) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert list(scratch.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no sessions")
def test_what_ends_a_worker_with_its_children_does_not_end_what_erases_its_folder(said: Path) -> None:
    code = (
        "import os, time\n"
        "from facea_desktop.cluster.scratch_folder import ScratchFolder\n"
        "folder = ScratchFolder().path\n"
        "(folder / 'face.png').write_bytes(b'face')\n"
        "print(folder, flush=True)\n"
        "time.sleep(600)\n"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, start_new_session=True) as worker:
        assert worker.stdout is not None
        folder = Path(worker.stdout.readline().decode().strip())
        assert (folder / "face.png").exists()
        assert psutil.Process(worker.pid).children(recursive=True) == []
        os.killpg(worker.pid, signal.SIGKILL)
    deadline = time.monotonic() + 60
    while folder.exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not folder.exists()
