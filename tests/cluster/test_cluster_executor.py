"""Workers: what they are given travels, what they make comes back, and nothing stays with them."""

from __future__ import annotations

import hashlib
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from scripted_batch import scripted_batch

from facea_desktop.cluster.cluster_executor import ClusterExecutor
from facea_desktop.cluster.job_worker import JobWorker
from facea_desktop.cluster.lanes import LanePool
from facea_desktop.cluster.parcels import pack
from facea_desktop.cluster.ray_lanes import ContentStore
from facea_desktop.cluster.scratch_folder import erase_abandoned
from facea_desktop.cluster.target_names import check_travel, read_target
from facea_desktop.cluster.targets import batch_executor
from facea_desktop.domain.errors import CancelledError, UserError, WorkerLostError
from facea_desktop.domain.events import Event, ItemEnded, Observer, Progress
from facea_desktop.domain.faces import Attribute
from facea_desktop.domain.generations import generation_of
from facea_desktop.domain.people import Blended, Consent, Recipe, Taken, Tuning
from facea_desktop.domain.photo_requests import EnrolRequest
from facea_desktop.domain.requests import BatchItem, BatchRequest, PortraitRequest, StyleLora, TuneRequest
from facea_desktop.engine.batch_service import run_batch
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.executor import Executor
from facea_desktop.library.own_styles import OwnStyles
from facea_desktop.library.person_files import LAST
from facea_desktop.models.model_store import MODELS_FILE, ModelChoices, ModelStore
from facea_desktop.workers.engine_process import EngineSettings, Execute, start_engine
from tests.cluster.conftest import ANNA, BEN, RECIPE, NewExecutor, everything, worker
from tests.families import of_family

TUNED = Tuning(recipe=RECIPE, seed=0, step=4, generation=generation_of("starter"))


def run(executor: ClusterExecutor, items: Sequence[BatchItem], observer: Observer | None = None) -> list[ItemEnded]:
    ended: list[ItemEnded] = []
    outer = observer or Observer()

    def emit(event: Event) -> None:
        outer.emit(event)
        if isinstance(event, ItemEnded):
            ended.append(event)

    executor.execute(BatchRequest(items=tuple(items)), Observer(emit, outer.stop, outer.finish))
    return ended


def run_here(manager: ModelManager, items: Sequence[BatchItem]) -> list[str]:
    """The same batch by an executor of this process."""
    ended: list[str] = []
    execute = scripted_batch(EngineSettings(manager.root))
    observer = Observer(lambda event: ended.append(event.state) if isinstance(event, ItemEnded) else None)
    run_batch(manager, BatchRequest(items=tuple(items)), observer, execute, manager.library.portraits)
    return ended


def done(said: Path) -> list[str]:
    return (said / "done.log").read_text().splitlines()


def learned(manager: ModelManager) -> dict[str, bytes]:
    library = manager.library
    return {one.name: library.read(one.id)[1]["adapter.safetensors"] for one in library.people() if one.tuning}


def test_everything_comes_back_once_as_one_process_makes_it_and_nothing_stays_on_a_worker(
    new_executor: NewExecutor, manager: ModelManager, said: Path, tmp_path: Path
) -> None:
    executor = new_executor([worker(manager), worker(manager), worker(manager)])
    items = everything(tmp_path)
    ended = run(executor, items)
    assert Counter(one.state for one in ended) == {"done": len(items)}
    pictures = [path for one in ended for path in one.pictures]
    assert len(set(pictures)) == 7
    assert all(path.parent == manager.library.portraits and path.exists() for path in pictures)
    left = [path for path in (tmp_path / "scratch").rglob("*") if path.is_file() and not path.name.startswith(".")]
    assert {path.name for path in left} <= {"models.json"}
    assert run_here(manager, items) == ["there"] * len(items)

    alone = ModelManager(tmp_path / "alone")
    for person in (ANNA, BEN):
        profile, files = manager.library.read(person)
        photos = {name: data for name, data in files.items() if name.startswith("references")}
        alone.library.create(profile.model_copy(update={"tuning": None}), photos)
    run_here(alone, items)
    assert learned(alone) == learned(manager)
    assert len(learned(alone)) == 3


def test_a_worker_erases_its_folder_and_the_next_one_that_of_a_worker_that_died(
    manager: ModelManager, said: Path, tmp_path: Path
) -> None:
    one, scratch = worker(manager), tmp_path / "scratch"
    abandoned = scratch / "facea-worker-dead"
    (abandoned / "people").mkdir(parents=True)
    (abandoned / "people" / "face.png").write_bytes(b"face")
    erase_abandoned(scratch)
    assert abandoned.exists()  # it could be of a worker that just begins, and holds no lock yet
    (abandoned / ".worker").touch()
    erase_abandoned(scratch)
    assert not abandoned.exists()
    assert len(list(scratch.iterdir())) == 1  # of the living one
    one.close()
    assert list(scratch.iterdir()) == []


def test_a_worker_uses_the_models_and_the_pytorch_of_its_machine_where_they_lie(tmp_path: Path, said: Path) -> None:
    given: list[EngineSettings] = []

    def engine(settings: EngineSettings) -> Execute:
        given.append(settings)
        return scripted_batch(settings)

    one = JobWorker(engine, tmp_path / "home")
    try:
        (settings,) = given
        assert settings.root != settings.home == tmp_path / "home"
        executor = start_engine(settings).__self__  # type: ignore[attr-defined]
        fetched = next(one for one in ModelStore(tmp_path).catalogue.models.values() if one.repo is not None)
        assert executor.manager.models.folder(fetched) == tmp_path / "home" / "models" / fetched.name
        assert not (settings.root / "models").exists()
    finally:
        one.close()


def test_a_worker_that_is_closed_amid_a_job_leaves_nothing(manager: ModelManager, said: Path, tmp_path: Path) -> None:
    one, loras = worker(manager), OwnStyles(manager.root).loras
    tuning = TuneRequest(person=ANNA, recipe=Recipe(steps=20_000, checkpoint_every=1))
    one.begin(*pack(tuning, manager.library, loras, manager.models.choices()))
    while not (said / "done.log").exists() or len(done(said)) < 3:
        one.follow(False, False, 0.01)
    one.close()
    assert list((tmp_path / "scratch").iterdir()) == []


def test_the_photos_of_whoever_gave_a_mixed_person_an_attribute_travel_with_a_portrait_and_nothing_else_of_them(
    new_executor: NewExecutor, manager: ModelManager, said: Path, tmp_path: Path
) -> None:
    library, loras, choices = manager.library, OwnStyles(manager.root).loras, manager.models.choices()
    ben = library.get(BEN)
    library.update(ben.model_copy(update={"tuning": TUNED}), {"adapter.safetensors": b"weights"})
    taken = Taken(attribute=Attribute.NOSE, person=BEN, name="Ben", steps=10)
    library.update(library.get(ANNA).model_copy(update={"taken": (taken,), "tuning": TUNED}))
    portrait = PortraitRequest(person=ANNA, prompt="a woman")
    parcel, contents = pack(portrait, library, loras, choices)
    assert [one.id for one in parcel.people] == [ANNA, BEN]
    assert [place for place in parcel.files if BEN in place] == [f"people/{BEN}/references/0.png"]
    assert b"weights" not in contents.values()
    for other in (
        portrait.model_copy(update={"identity": False}),
        TuneRequest(person=ANNA, recipe=RECIPE),
        portrait.model_copy(update={"person": BEN}),
    ):
        assert len(pack(other, library, loras, choices)[0].people) == 1

    seen: list[set[str]] = []

    def engine(settings: EngineSettings) -> Execute:
        execute = scripted_batch(settings)

        def carry_out(item: BatchItem, observer: Observer, **options: object) -> object:
            photos = settings.root.glob("people/*/references/0.png")
            seen.append({photo.parts[-3] for photo in photos})
            return execute(item, observer, **options)

        return carry_out  # type: ignore[return-value]

    assert [one.state for one in run(new_executor([JobWorker(engine, manager.root)]), [portrait])] == ["done"]
    assert seen == [{ANNA, BEN}]
    assert not list((tmp_path / "scratch").rglob("*.png"))  # nobody's files stay

    library.update(library.get(BEN).model_copy(update={"consent": Consent(until=date(2020, 1, 1))}))
    assert len(pack(portrait, library, loras, choices)[0].people) == 1
    library.update(of_family(library.get(ANNA), "sdxl-sd15"))  # takes no detail from photos
    assert len(pack(portrait, library, loras, choices)[0].people) == 1


def test_the_photos_of_those_between_whom_somebody_is_travel_also_through_other_blends(manager: ModelManager) -> None:
    library, loras, choices = manager.library, OwnStyles(manager.root).loras, manager.models.choices()
    cleo, dora = (library.duplicate(ANNA, name).id for name in ("Cleo", "Dora"))

    def blend(person: str, *parents: str) -> None:
        parts = tuple(Blended(person=one, name=one, part=1 / len(parents)) for one in parents)
        library.update(library.get(person).model_copy(update={"blended": parts, "tuning": TUNED}))

    blend(cleo, BEN, dora)
    blend(ANNA, cleo, BEN)
    portrait = PortraitRequest(person=ANNA, prompt="a woman")
    parcel = pack(portrait, library, loras, choices)[0]
    assert [one.id for one in parcel.people] == [ANNA, cleo, BEN, dora]
    assert [one.tuning is not None for one in parcel.people] == [True, False, False, False]
    assert {place for place in parcel.files if dora in place} == {f"people/{dora}/references/0.png"}
    library.update(library.get(cleo).model_copy(update={"consent": Consent(until=date(2020, 1, 1))}))
    assert [one.id for one in pack(portrait, library, loras, choices)[0].people] == [ANNA, BEN]
    assert len(pack(portrait.model_copy(update={"identity": False}), library, loras, choices)[0].people) == 1


def test_a_portrait_takes_along_the_lora_of_its_style_and_the_weights_that_it_asks_for(
    new_executor: NewExecutor, manager: ModelManager, said: Path
) -> None:
    lora = StyleLora(name="Ink", sha256=hashlib.sha256(b"ink").hexdigest())
    loras = OwnStyles(manager.root).loras
    item = PortraitRequest(person=ANNA, prompt="a", style_lora=lora, checkpoint="before")
    with pytest.raises(UserError, match="LoRA Ink is not here"):
        pack(item, manager.library, loras, manager.models.choices())
    kept = manager.library.folder(ANNA) / "checkpoints"
    (kept / "before").mkdir(parents=True)
    loras.path(lora.sha256).parent.mkdir()
    loras.path(lora.sha256).write_bytes(b"ink")
    for name in ("best.safetensors", "end-adapter.safetensors", "before/adapter.safetensors", LAST):
        (kept / name).write_bytes(name.encode())
    parcel, contents = pack(item, manager.library, loras, manager.models.choices())
    there = {place: contents[digest] for place, digest in parcel.files.items() if "references" not in place}
    place = f"people/{ANNA}/checkpoints"
    assert there == {
        f"styles/{lora.sha256}.safetensors": b"ink",
        f"{place}/best.safetensors": b"best.safetensors",
        f"{place}/end-adapter.safetensors": b"end-adapter.safetensors",
        f"{place}/before/adapter.safetensors": b"before/adapter.safetensors",
    }
    executor = new_executor([worker(manager)])
    run(executor, [TuneRequest(person=BEN, recipe=RECIPE)])
    (manager.library.folder(BEN) / "checkpoints" / "best.safetensors").write_bytes(b"best")
    (painted,) = run(executor, [item.model_copy(update={"person": BEN, "checkpoint": "best"})])
    assert painted.state == "done"
    assert [line for line in done(said) if line.startswith("kept ")] == [
        f"kept people/{BEN}/checkpoints/best.safetensors",
        f"kept styles/{lora.sha256}.safetensors",
    ]


def test_a_stopped_tuning_goes_on_in_another_executor_from_its_last_step(
    new_executor: NewExecutor, manager: ModelManager, said: Path
) -> None:
    observer = Observer()
    observer.emit = lambda event: observer.stop.set() if isinstance(event, Progress) else None
    tuning = TuneRequest(person=ANNA, recipe=Recipe(steps=20_000, checkpoint_every=1))
    with pytest.raises(CancelledError):
        run(new_executor([worker(manager)]), [tuning], observer)
    steps = int((manager.library.folder(ANNA) / "checkpoints" / LAST).read_text())
    assert 0 < steps < 20_000
    # The scripted engine keeps its checkpoint under any settings.
    shorter = TuneRequest(person=ANNA, recipe=Recipe(steps=steps + 2, checkpoint_every=1))
    (said / "done.log").unlink()
    assert run_here(manager, [shorter]) == ["done"]
    assert [line for line in done(said) if line.startswith("step")] == [
        f"step {ANNA} {steps + 1}", f"step {ANNA} {steps + 2}",
    ]  # fmt: skip


def test_of_somebody_who_is_deleted_meanwhile_nothing_comes_back(
    new_executor: NewExecutor, manager: ModelManager, said: Path
) -> None:
    def delete(event: Event) -> None:
        if isinstance(event, Progress) and manager.library.folder(ANNA).exists():
            manager.library.delete(ANNA)

    tuning = TuneRequest(person=ANNA, recipe=Recipe(steps=2000, checkpoint_every=1))
    ended = run(new_executor([worker(manager)]), [tuning], Observer(delete))
    assert [one.state for one in ended] == ["failed"]
    assert [one.name for one in manager.library.people()] == ["Ben"]


class LosingLane(JobWorker):
    """Is lost once, right after the job has told that it has ended."""

    lost = False

    def follow(self, stop: bool, finish: bool, seconds: float) -> list[object]:  # type: ignore[override]
        told = super().follow(stop, finish, seconds)
        if not self.lost and told:
            self.lost = True
            self._messages = []
            self._rest = told[-1:]
            return told[:-1]
        if self.lost and hasattr(self, "_rest"):
            del self._rest
            raise WorkerLostError("A worker was lost.")
        return told


def test_what_came_back_before_its_worker_was_lost_is_not_made_again(
    new_executor: NewExecutor, manager: ModelManager, said: Path, tmp_path: Path
) -> None:
    cleo = everything(tmp_path)[0]
    assert isinstance(cleo, EnrolRequest)
    ended = run(new_executor([LosingLane(scripted_batch, manager.root)]), [cleo])
    assert [one.state for one in ended] == ["done"]
    assert [one.name for one in manager.library.people()].count("Cleo") == 1
    assert done(said).count("begin ") == 1


class DeadLane:
    """Brings no worker."""

    def ready(self) -> None:
        raise WorkerLostError("A worker was lost.")

    def close(self) -> None:
        """There is nothing to end."""


def test_lanes_without_a_worker_are_given_up_and_the_rest_is_said_when_none_is_left(
    new_executor: NewExecutor, manager: ModelManager, said: Path
) -> None:
    items = [TuneRequest(person=who, recipe=RECIPE) for who in (ANNA, BEN)]
    assert [one.state for one in run(new_executor([DeadLane(), worker(manager)]), items)] == ["done", "done"]  # type: ignore[list-item]
    pool = LanePool([DeadLane(), DeadLane()])  # type: ignore[list-item]
    for _ in range(2):
        with pytest.raises(UserError, match="No worker is left"), pool.lent():
            pass


def test_contents_go_into_the_object_store_once_and_leave_when_there_are_too_many() -> None:
    put: list[bytes] = []

    def keep(data: bytes) -> int:
        put.append(data)
        return len(put)

    store = ContentStore(keep, limit=6)
    assert store.references({"a": b"aaa", "b": b"bbb"}) == {"a": 1, "b": 2}
    assert store.references({"a": b"aaa"}) == {"a": 1}
    assert store.references({"c": b"ccc"}) == {"c": 3}  # b was not asked for longest
    assert store.references({"a": b"aaa", "b": b"bbb"}) == {"a": 1, "b": 4}
    assert store.put_bytes == 12


@pytest.mark.parametrize(("place", "count"), [("local:2", 2), ("local", 1), ("ray", 0), ("ray", -1)])
def test_a_number_of_workers_that_means_nothing_is_said(place: str, count: int) -> None:
    with pytest.raises(UserError, match="--workers"):
        read_target(place, count)


@pytest.mark.parametrize("place", ["cloud", "local:0", "ray://", "ray://host:port", "http://host"])
def test_a_place_that_is_none_is_said(place: str) -> None:
    with pytest.raises(UserError, match="is no place to run; name local"):
        read_target(place)


def test_prompts_that_a_server_here_splits_do_not_go_to_other_computers(tmp_path: Path) -> None:
    models = ModelStore(tmp_path)
    models.use_splitter("http://127.0.0.1:11434/v1")
    check_travel(read_target("ray"), models, ["starter"])
    with pytest.raises(UserError, match="splitter"):
        check_travel(read_target("ray://10.0.0.2"), models, ["starter"])


def test_weights_of_ones_own_are_named_before_a_batch_goes_to_other_computers_without_them(tmp_path: Path) -> None:
    models = ModelStore(tmp_path)
    family = models.family("sdxl-sd15")
    choices = ModelChoices(own={family.identity: tmp_path / "mine.safetensors"})
    (tmp_path / MODELS_FILE).write_text(choices.model_dump_json())
    check_travel(read_target("local:2"), models, [family.name])
    check_travel(read_target("ray://10.0.0.2"), models, ["starter"])
    with pytest.raises(UserError, match=rf"mine.safetensors .* models use {family.identity}\)"):
        check_travel(read_target("ray://10.0.0.2"), models, ["starter", family.name])


def test_a_ray_that_does_not_start_in_time_is_said_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def init(**_: object) -> None:
        raise Exception("The node timed out.\nMore of it.")  # noqa: TRY002 - as Ray does

    monkeypatch.setitem(sys.modules, "ray", SimpleNamespace(init=init, __spec__=object()))
    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "1")
    monkeypatch.setenv("RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER", "1")
    place = batch_executor(read_target("ray"), Executor(tmp_path), tmp_path)
    with pytest.raises(UserError, match=r"this computer cannot be reached: The node timed out\.$"), place:
        pass


def test_without_ray_it_is_said_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "1")
    with (
        pytest.raises(UserError, match=r"pip install 'facea-desktop\[cluster\]'"),
        batch_executor(read_target("ray://127.0.0.1"), Executor(tmp_path), tmp_path),
    ):
        pass
