"""Tunings and portraits that belong to no batch, on workers: as the window asks for them."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path

import pytest
from qasync import QEventLoop
from scripted_batch import scripted_batch, scripted_place

from facea_desktop.cluster import cluster_executor
from facea_desktop.cluster.cluster_executor import ClusterExecutor
from facea_desktop.cluster.job_worker import JobWorker
from facea_desktop.cluster.place_engine import PlaceEngine
from facea_desktop.cluster.process_lane import ProcessLane
from facea_desktop.cluster.target_names import check_reachable, read_target
from facea_desktop.domain.errors import CancelledError, UserError
from facea_desktop.domain.events import DeviceSelected, Event, ItemEnded, Observer, Painted, Progress, Started, Warned
from facea_desktop.domain.outcomes import PersonMade, PortraitsMade
from facea_desktop.domain.people import Recipe, Reference
from facea_desktop.domain.requests import BatchRequest, PortraitRequest, TuneRequest
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.library.person_files import LAST
from facea_desktop.models.model_store import ModelStore
from facea_desktop.workers.engine_process import EngineSettings
from facea_desktop.workers.job import JobState
from facea_desktop.workers.job_pool import JobPool
from tests.cluster.conftest import ANNA, BEN, RECIPE, NewExecutor, worker
from tests.jobs import ended

LONG = Recipe(steps=1_500, checkpoint_every=1)
ENDLESS = Recipe(steps=20_000, checkpoint_every=1)
"""Of what is stopped on the way, however slow the machine that has to say so."""


def test_pictures_of_one_request_are_painted_at_once_and_told_as_one_job(manager: ModelManager, said: Path) -> None:
    executor = ClusterExecutor(manager, [worker(manager), worker(manager)], "local:2")
    seen: list[Event] = []
    try:
        executor.execute(TuneRequest(person=ANNA, recipe=RECIPE), Observer())
        request = PortraitRequest(person=ANNA, prompt="a", seed=5, count=3)
        assert executor.execute(request, Observer(seen.append)) == PortraitsMade()
    finally:
        executor.close()
    painted = [one.path for one in seen if isinstance(one, Painted)]
    assert {path.stem.rpartition("-")[2] for path in painted} == {"5", "6", "7"}
    assert all(path.parent == manager.library.portraits and path.exists() for path in painted)
    assert [one for one in seen if isinstance(one, DeviceSelected)] == [DeviceSelected("Processor", "fp32", "local:2")]
    assert [one.message for one in seen if isinstance(one, Warned)] == ["The scene is rough."]
    assert len([one for one in seen if isinstance(one, Started)]) == 1
    done = [one.fraction for one in seen if isinstance(one, Progress)]
    assert done == sorted(done)
    assert done[-1] == 1


def test_pictures_of_somebody_who_is_not_tuned_get_a_scene_each(
    new_executor: NewExecutor, manager: ModelManager, said: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = Reference(index=0, parts=("face",))
    manager.library.update(manager.library.get(ANNA).model_copy(update={"references": (photo,)}))
    begun: list[PortraitRequest] = []
    monkeypatch.setattr(cluster_executor, "carry_out_again", lambda manager, one, *_: begun.append(one))
    seen: list[Event] = []
    request = PortraitRequest(person=ANNA, prompt="a", count=2, seed=5, scene_seed=9)
    new_executor([worker(manager)]).execute(request, Observer(seen.append))
    assert [(one.seed, one.scene_seed) for one in begun] == [(5, None), (6, None)]
    (warned,) = [one.message for one in seen if isinstance(one, Warned)]
    assert warned.endswith("each picture gets a scene of its own.")


def test_a_tuning_whose_worker_dies_goes_on_from_its_checkpoint_on_the_next(
    new_executor: NewExecutor, manager: ModelManager, said: Path
) -> None:
    executor = new_executor([ProcessLane(scripted_batch, manager.root, None, 1)])
    seen: list[Event] = []
    kept = manager.library.folder(ANNA) / "checkpoints" / LAST

    def emit(event: Event) -> None:
        if isinstance(event, Progress) and kept.exists() and not any(isinstance(one, Progress) for one in seen):
            (said / "die-step").touch()
            seen.append(event)
        elif isinstance(event, Warned):
            seen.append(event)

    tuning = TuneRequest(person=ANNA, recipe=LONG.model_copy(update={"steps": 6_000}))
    assert executor.execute(tuning, Observer(emit)) == PersonMade(ANNA)
    assert [one.message for one in seen if isinstance(one, Warned)] == [
        "A worker ended unexpectedly, often because memory ran out. It is begun again."
    ]
    steps = [line.split()[2] for line in (said / "done.log").read_text().splitlines() if line.startswith("step ")]
    assert steps.count("1") == 1
    assert manager.library.get(ANNA).tuning is not None


def test_a_tuning_that_is_ended_early_counts_as_one_of_so_many_steps(
    new_executor: NewExecutor, manager: ModelManager, said: Path
) -> None:
    observer = Observer()
    observer.emit = lambda event: observer.finish.set() if isinstance(event, Progress) else None
    executor = new_executor([worker(manager)])
    assert executor.execute(TuneRequest(person=ANNA, recipe=ENDLESS), observer) == PersonMade(ANNA)
    tuning = manager.library.get(ANNA).tuning
    assert tuning is not None
    assert 0 < tuning.step < ENDLESS.steps


def test_a_checkpoint_of_other_settings_has_a_batch_tune_from_the_start(
    new_executor: NewExecutor, manager: ModelManager, said: Path
) -> None:
    (manager.library.folder(ANNA) / "checkpoints").mkdir()
    (manager.library.folder(ANNA) / "checkpoints" / LAST).write_text("2")
    (said / "other-settings").touch()
    seen: list[Event] = []
    batch = BatchRequest(items=(TuneRequest(person=ANNA, recipe=RECIPE),))
    new_executor([worker(manager)]).execute(batch, Observer(seen.append))
    assert [one.state for one in seen if isinstance(one, ItemEnded)] == ["done"]


def test_a_job_of_the_window_runs_on_workers_and_is_cancelled_there(
    loop: QEventLoop, manager: ModelManager, said: Path
) -> None:
    pool = JobPool(EngineSettings(manager.root, place="local:1"), scripted_place)

    async def use() -> None:
        tuning = pool.submit(TuneRequest(person=ANNA, recipe=RECIPE), "Anna")
        assert await ended(pool, tuning) == [JobState.DONE]
        painting = pool.submit(PortraitRequest(person=ANNA, prompt="a", count=2), "two")
        assert await ended(pool, painting) == [JobState.DONE]
        painted = pool.job(painting.id)
        assert painted is not None
        assert len(painted.pictures) == 2
        device = next(one for one in pool.history(painting.id) if isinstance(one, DeviceSelected))
        assert device.place == "local:1"
        long = pool.submit(TuneRequest(person=BEN, recipe=ENDLESS), "Ben")
        while pool.progress(long.id) is None:
            await asyncio.sleep(0.01)
        pool.cancel(long.id)
        assert await ended(pool, long) == [JobState.CANCELLED]
        assert int((manager.library.folder(BEN) / "checkpoints" / LAST).read_text()) > 0

    try:
        loop.run_until_complete(use())
    finally:
        loop.run_until_complete(pool.close())


def test_workers_that_cannot_be_reached_are_said_and_looked_for_again_with_the_next_job(
    manager: ModelManager, said: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = PlaceEngine(EngineSettings(manager.root, place="ray"), scripted_batch)
    tuning = TuneRequest(person=ANNA, recipe=RECIPE)
    monkeypatch.setattr("facea_desktop.cluster.target_names.find_spec", lambda _: None)
    with pytest.raises(UserError, match=r"Ray is not installed; run: pip install 'facea-desktop\[cluster\]'"):
        engine.execute(tuning, Observer())
    there = PlaceEngine(EngineSettings(manager.root, place="local:1"), scripted_batch)
    try:
        assert there.execute(tuning, Observer()) == PersonMade(ANNA)
        stopped = Observer()
        stopped.stop.set()
        with pytest.raises(CancelledError):
            there.execute(TuneRequest(person=BEN, recipe=ENDLESS), stopped)
    finally:
        there.close()


def test_prompts_that_a_server_here_splits_do_not_go_to_a_cluster(manager: ModelManager) -> None:
    ModelStore(manager.root).use_splitter("http://127.0.0.1:11434/v1")
    engine = PlaceEngine(EngineSettings(manager.root, place="ray://127.0.0.1:1"), scripted_batch)
    with pytest.raises(UserError, match="splits prompts"):
        engine.execute(PortraitRequest(person=ANNA, prompt="a"), Observer())


def test_an_address_at_which_nothing_answers_is_said_before_ray_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("facea_desktop.cluster.target_names.find_spec", lambda _: object())
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        check_reachable(read_target(f"ray://127.0.0.1:{port}"))
    with pytest.raises(
        UserError, match=rf"Ray at ray://127.0.0.1:{port} cannot be reached: .*refused.*Check the address"
    ):
        check_reachable(read_target(f"ray://127.0.0.1:{port}"))


def test_a_lost_cluster_is_a_lost_worker(manager: ModelManager) -> None:
    from facea_desktop.cluster.ray_lanes import ContentStore, RayLane
    from facea_desktop.domain.errors import WorkerLostError

    def gone() -> JobWorker:
        raise ConnectionError("Ray Client is not connected.")

    with pytest.raises(WorkerLostError, match="The cluster was lost"):
        RayLane(gone, ContentStore(len)).ready()
