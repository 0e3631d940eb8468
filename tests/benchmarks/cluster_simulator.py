"""What so many workers would take for so many people and portraits: a model of the batch, fed with measured times.

    python tests/benchmarks/cluster_simulator.py [--people 1000] [--portraits 10000] [--workers 1 8 64 512]

Workers take jobs in order, as ``engine/batch_turns.py`` hands them out. Everything that leaves or reaches the sender
goes through one line, first come, first served: reading and hashing, and then the network. Times are seconds, sizes
megabytes.
"""

from __future__ import annotations

import argparse
import heapq
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from PIL import Image

from facea_desktop.cluster.cluster_executor import ClusterExecutor
from facea_desktop.cluster.job_worker import JobWorker
from facea_desktop.domain.events import Observer
from facea_desktop.domain.faces import Subject
from facea_desktop.domain.generations import generation_of
from facea_desktop.domain.outcomes import Outcome, PortraitsMade
from facea_desktop.domain.people import Profile, Recipe, Tuning
from facea_desktop.domain.requests import BatchRequest, PortraitRequest, Request
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.engine.portrait_saving import Portrait, save
from facea_desktop.library.id_library import Library
from facea_desktop.workers.engine_process import EngineSettings, Execute


@dataclass(frozen=True)
class Job:
    """One job.

    Attributes:
        work: seconds on a worker.
        sent, returned: megabytes; of a tuning with its checkpoints.
        after: index of the job that has to be over before, None where there is none.
    """

    work: float
    sent: float
    returned: float
    after: int | None = None


@dataclass(frozen=True)
class Machinery:
    """What is around the work.

    Attributes:
        load: seconds until a worker has its models.
        fixed: seconds of the sender for each job, half of it before, half after.
        rate: megabytes a second that the sender reads, hashes and sends, or receives and stores.
    """

    load: float
    fixed: float
    rate: float


@dataclass(frozen=True)
class Result:
    """How it went.

    Attributes:
        seconds: until everything is stored.
        busy: part of the workers' time that was work.
        line: part of the time that the sender's line was taken.
    """

    seconds: float
    busy: float
    line: float


def simulate(jobs: Sequence[Job], workers: int, machinery: Machinery) -> Result:
    """The course of a batch."""
    line = _Line(machinery)
    waiting: dict[int, list[int]] = defaultdict(list)
    for index, job in enumerate(jobs):
        if job.after is not None:
            waiting[job.after].append(index)
    ready = [index for index, job in enumerate(jobs) if job.after is None]
    events: list[tuple[float, int, int | None]] = [(0.0, worker, None) for worker in range(workers)]
    storing: list[tuple[float, int, int]] = []  # results that are on the line: when stored, whose, which job
    idle: list[int] = []
    warm: set[int] = set()
    end = 0.0
    while events or storing:
        if storing and (not events or storing[0][0] <= events[0][0]):
            now, worker, index = heapq.heappop(storing)
            end = max(end, now)
            for freed in waiting.pop(index, ()):
                heapq.heappush(ready, freed)
            for one in [worker, *idle]:
                heapq.heappush(events, (now, one, None))
            idle.clear()
            continue
        now, worker, done = heapq.heappop(events)
        if done is not None:
            heapq.heappush(storing, (line.taken(now, jobs[done].returned), worker, done))
        elif not ready:
            idle.append(worker)
        else:
            index = heapq.heappop(ready)
            there = line.taken(now, jobs[index].sent) + (0.0 if worker in warm else machinery.load)
            warm.add(worker)
            heapq.heappush(events, (there + jobs[index].work, worker, index))
    work = sum(job.work for job in jobs)
    return Result(end, work / (end * workers), line.total / end)


class _Line:
    """The sender, who does one thing at a time."""

    def __init__(self, machinery: Machinery) -> None:
        self._machinery = machinery
        self._free = 0.0
        self.total = 0.0

    def taken(self, now: float, megabytes: float) -> float:
        """When something is through that comes now."""
        takes = self._machinery.fixed / 2 + megabytes / self._machinery.rate
        self._free = max(now, self._free) + takes
        self.total += takes
        return self._free


def studio(people: int, portraits: int, tuning: Job, portrait: Job) -> list[Job]:
    """Everybody is tuned, then painted in turn."""
    return [tuning] * people + [replace(portrait, after=number % people) for number in range(portraits)]


TUNING_STEP, SCENE, FACE = 0.080, 5.8, 4.7
"""Seconds, as measured on an H100 (``ARCHITECTURE.md``, Speed on a card): a step, 30 steps at 1024 px, 50 at 512 px."""
CHECKPOINTS_S = 30.0
"""``job_worker.CHECKPOINTS_S``."""


def run_sleeping(root: Path, workers: int, jobs: int, seconds: float) -> float:
    """Seconds of a real batch whose jobs sleep instead of painting, on workers in threads of this process."""
    person = "a" * 12
    generation = generation_of("starter")
    tuning = Tuning(recipe=Recipe(steps=1), seed=0, step=1, generation=generation)
    Library(root).create(Profile(id=person, name="Anna", subject=Subject.WOMAN, family="starter", tuning=tuning), {})

    def sleeping(settings: EngineSettings) -> Execute:
        def carry_out(request: Request, observer: Observer) -> Outcome:
            assert isinstance(request, PortraitRequest)
            time.sleep(seconds)
            made = Image.new("RGB", (8, 8))
            portrait = Portrait(made, made, Image.new("L", (8, 8)), request.seed, None)
            observer.emit(save(portrait, request, settings.root / "portraits", stages=True))
            return PortraitsMade()

        return carry_out

    items = tuple(PortraitRequest(person=person, prompt="a", seed=number) for number in range(jobs))
    executor = ClusterExecutor(ModelManager(root), [JobWorker(sleeping, root) for _ in range(workers)])
    began = time.perf_counter()
    executor.execute(BatchRequest(items=items), Observer())
    taken = time.perf_counter() - began
    executor.close()
    return taken


def check(jobs: int, seconds: float) -> None:
    """Compare the model with real batches; what is around a job comes from the run of one worker."""
    fixed = 0.0
    for workers in (1, 2, 4):
        with tempfile.TemporaryDirectory() as folder:
            real = run_sleeping(Path(folder), workers, jobs, seconds)
        fixed = fixed or real / jobs - seconds
        modelled = simulate([Job(seconds, 0, 0)] * jobs, workers, Machinery(0, fixed, 1e9)).seconds
        print(f"{workers} workers, {jobs} jobs of {seconds:g} s: {real:.2f} s, by the model {modelled:.2f} s")


def main() -> None:
    """Print a row for every number of workers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1_000)
    parser.add_argument("--portraits", type=int, default=10_000)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 8, 64, 512])
    parser.add_argument("--steps", type=int, default=250, help="of a tuning: quick takes 250, portrait 1000")
    parser.add_argument("--adapter", type=float, default=40.0, help="megabytes; a checkpoint has three times as many")
    parser.add_argument("--person", type=float, default=3.0, help="megabytes of photos and masks")
    parser.add_argument("--picture", type=float, default=3.5, help="megabytes of a portrait with its stages")
    parser.add_argument("--load", type=float, default=30.0, help="seconds until a worker has its models")
    parser.add_argument("--fixed", type=float, default=0.05, help="seconds of the sender a job")
    parser.add_argument("--rate", type=float, default=300.0, help="megabytes a second through the sender")
    parser.add_argument("--check", action="store_true", help="compare the model with batches here that only sleep")
    args = parser.parse_args()
    if args.check:
        check(16, 2.0)
        return
    seconds = args.steps * TUNING_STEP
    checkpoints = int(seconds // CHECKPOINTS_S)
    tuning = Job(seconds, args.person, args.adapter * (1 + 3 * checkpoints))
    portrait = Job(SCENE + FACE, args.person + args.adapter, args.picture)
    jobs = studio(args.people, args.portraits, tuning, portrait)
    machinery = Machinery(args.load, args.fixed, args.rate)
    print(f"{'workers':>8}{'hours':>9}{'speed-up':>10}{'workers busy':>14}{'sender busy':>13}")
    alone = simulate(jobs, 1, machinery).seconds
    for workers in args.workers:
        made = simulate(jobs, workers, machinery)
        print(f"{workers:8}{made.seconds / 3600:9.2f}{alone / made.seconds:10.1f}{made.busy:14.0%}{made.line:13.0%}")


if __name__ == "__main__":
    main()
