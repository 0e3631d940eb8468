"""Workers of Ray on this computer; skipped where Ray is not installed."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

import pytest
from scripted_batch import scripted_batch

from facea_desktop.cluster.target_names import read_target
from facea_desktop.cluster.targets import batch_executor
from facea_desktop.domain.events import Event, ItemEnded, Observer, Warned
from facea_desktop.domain.requests import BatchRequest
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.executor import Executor
from tests.cluster.conftest import everything

# Not imported here: Ray reads its switches when it is first imported.
pytestmark = pytest.mark.skipif(
    find_spec("ray") is None, reason="Ray is not installed (the extra facea-desktop[cluster])"
)
ROOT = Path(__file__).parents[2]


@pytest.mark.filterwarnings("ignore")  # Ray's own
def test_a_batch_is_done_by_actors_of_which_one_dies_and_their_files_are_erased(
    manager: ModelManager, said: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TMPDIR")  # Ray's sockets need short names
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), str(ROOT / "tests" / "scripted")]))
    executor = Executor(manager.root)
    executor.__dict__["manager"] = manager
    (said / "die-step").touch()
    items, seen = everything(tmp_path), list[Event]()
    with batch_executor(read_target("ray", 2), executor, manager.root, scripted_batch) as place:
        place.execute(BatchRequest(items=items), Observer(seen.append))
    assert Counter(one.state for one in seen if isinstance(one, ItemEnded)) == {"done": len(items)}
    assert sum("begun again" in one.message for one in seen if isinstance(one, Warned)) == 1
    assert all(one.tuning for one in manager.library.people())
    assert not list(Path(tempfile.gettempdir()).glob("facea-worker-*/people/*/*"))
