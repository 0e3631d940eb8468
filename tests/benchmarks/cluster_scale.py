"""What several workers do with many small jobs: the machinery is measured, as the models are tiny.

    python tests/benchmarks/cluster_scale.py [--on ray] [--workers 1 2 4] [--people 24] [--portraits 0] [--kill 2]

The same batch runs in this process first, then on 1, 2, 4 ... workers. Every adapter has to come out with the same
bytes, whoever was killed on the way. With ``--on ray://127.0.0.1:10001``, Ray has to have been started with a
PYTHONPATH of this repository and its tests/scripted, and workers of any batch there may be killed.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parents[1] / "scripted"))
os.environ["PYTHONPATH"] = os.pathsep.join(sys.path[:2])  # for Ray's workers

import psutil
from tiny_engine import tiny_executor, unmeasured_engine

from facea_desktop.cluster import cluster_executor, ray_lanes
from facea_desktop.cluster.parcels import pack
from facea_desktop.cluster.ray_lanes import ContentStore
from facea_desktop.cluster.target_names import read_target
from facea_desktop.cluster.targets import batch_executor
from facea_desktop.domain.events import Event, ItemEnded, Observer, Progress, Warned
from facea_desktop.domain.faces import Subject
from facea_desktop.domain.people import Recipe
from facea_desktop.domain.photo_requests import EnrolRequest
from facea_desktop.domain.requests import BatchItem, BatchRequest, PortraitRequest, TuneRequest
from facea_desktop.library.id_library import Library
from facea_desktop.library.person_files import ADAPTER
from facea_desktop.resources import resource
from facea_desktop.workers.engine_process import EngineSettings

RECIPE = Recipe(steps=4, batch=1, rank=2, lora_rate=0.05, feature_rate=0.05, checkpoint_every=1)


@dataclass
class Run:
    """What one run of the batch was like; ``sent`` bytes were packed, and ``stored`` put into Ray's object store."""

    seconds: float = 0.0
    states: Counter[str] = field(default_factory=Counter)
    retried: int = 0
    sent: int = 0
    stored: int = 0
    errors: list[str] = field(default_factory=list)


def make_people(root: Path, count: int) -> list[str]:
    """So many people of the same photos, with the same ids in every folder."""
    unmeasured_engine(EngineSettings(root))  # from here on everybody is much alike
    executor = tiny_executor(root)
    photos = tuple(resource("people", "adam", f"{number}.jpg") for number in range(3))
    made = executor.execute(EnrolRequest(name="First", subject=Subject.MAN, photos=photos), Observer())
    library = Library(root)
    profile, files = library.read(made.person)  # type: ignore[union-attr]
    ids = [f"{number:012x}" for number in range(1, count + 1)]
    for number, person in enumerate(ids):
        library.create(profile.model_copy(update={"id": person, "name": f"Person {number}"}), files)
    library.delete(profile.id)
    return ids


def items_for(ids: list[str], portraits: int) -> tuple[BatchItem, ...]:
    """A tuning for everybody, each with a seed of its own, and then portraits in turn."""
    tunings = [TuneRequest(person=person, recipe=RECIPE, seed=number) for number, person in enumerate(ids)]
    painted = [
        PortraitRequest(person=ids[number % len(ids)], prompt="a man", seed=number) for number in range(portraits)
    ]
    return (*tunings, *painted)


def adapters(root: Path, ids: list[str]) -> dict[str, str]:
    """SHA-256 of everybody's adapter."""
    return {
        person: hashlib.sha256((root / "people" / person / ADAPTER).read_bytes()).hexdigest()
        for person in ids
        if (root / "people" / person / ADAPTER).exists()
    }


def workers_here(on: str) -> list[psutil.Process]:
    """Processes of this computer that carry out jobs: below this one, or below the Ray that ``on`` names."""
    found = []
    for process in psutil.process_iter() if "://" in on else psutil.Process().children(recursive=True):
        try:
            words = " ".join(process.cmdline())
        except psutil.Error:
            continue
        if "ray::RayWorker" in words or "multiprocessing.spawn" in words:
            found.append(process)
    return found


def run(root: Path, on: str, items: tuple[BatchItem, ...], workers: int, kills: int) -> Run:
    """Carry out the batch and kill so many workers on the way, each in the middle of a tuning's steps."""
    made, draw = Run(), random.Random(0)
    killed = [0]
    ended = [0]

    def emit(event: Event) -> None:
        match event:
            case ItemEnded():
                ended[0] += 1
                made.states[event.state] += 1
                made.errors += [event.error] if event.error else []
            case Warned(message=message) if "begun again" in message:
                made.retried += 1
            case Progress() if killed[0] < kills and ended[0] >= (killed[0] + 1) * len(items) // (kills + 2):
                victims = workers_here(on)
                if victims:
                    killed[0] += 1
                    os.kill(draw.choice(victims).pid, signal.SIGKILL)

    def counted(*args: object) -> object:
        parcel, contents = pack(*args)  # type: ignore[arg-type]
        made.sent += sum(map(len, contents.values()))
        return parcel, contents

    class CountedStore(ContentStore):
        def __init__(self, put: Callable[[bytes], object]) -> None:
            def counted_put(data: bytes) -> object:
                made.stored += len(data)
                return put(data)

            super().__init__(counted_put)

    cluster_executor.pack = counted  # type: ignore[assignment]
    ray_lanes.ContentStore = CountedStore  # type: ignore[misc]
    try:
        target = read_target(on, workers if on.startswith("ray") else None)
        with batch_executor(target, tiny_executor(root), root, unmeasured_engine) as executor:
            executor.execute(BatchRequest(items=items[:1]), Observer())  # workers start, models load
            made.sent = made.stored = 0
            began = time.perf_counter()
            executor.execute(BatchRequest(items=items), Observer(emit=emit))
            made.seconds = time.perf_counter() - began
    finally:
        cluster_executor.pack, ray_lanes.ContentStore = pack, ContentStore  # type: ignore[misc]
    return made


def main() -> None:
    """Print one line for every number of workers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--on", default="local", help="local for processes, ray or ray://127.0.0.1:PORT for Ray here")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--people", type=int, default=24)
    parser.add_argument("--portraits", type=int, default=0)
    parser.add_argument("--kill", type=int, default=0)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        first = Path(folder) / "data"
        ids = make_people(first, args.people)
        items = items_for(ids, args.portraits)
        shutil.copytree(first, Path(folder) / "alone")
        alone = run(Path(folder) / "alone", "local", items, 1, 0)
        expected = adapters(Path(folder) / "alone", ids)
        report("this process", alone, len(items), same=len(expected) == len(ids))
        for workers in args.workers:
            root = Path(folder) / f"{workers}"
            shutil.copytree(first, root)
            on = f"local:{workers}" if args.on == "local" else args.on
            made = run(root, on, items, workers, args.kill)
            report(f"{args.on}, {workers} workers", made, len(items), same=adapters(root, ids) == expected)


def report(name: str, made: Run, jobs: int, *, same: bool) -> None:
    """One line."""
    each = made.seconds / jobs
    states = ", ".join(f"{count} {state}" for state, count in sorted(made.states.items()))
    print(
        f"{name:20} {made.seconds:7.1f} s  {each * 1000:7.1f} ms a job  {made.sent / jobs / 1e6:6.2f} MB packed a job  "
        f"{made.stored / jobs / 1e6:6.2f} MB to the object store a job  "
        f"{made.retried} begun again  {states}  {'same bytes' if same else 'OTHER BYTES'}",
        flush=True,
    )
    for error in sorted(set(made.errors)):
        print(f"    {error}")


if __name__ == "__main__":
    main()
