"""The executors of the places where a batch may run."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Protocol

from facea_desktop.cluster.cluster_executor import ClusterExecutor
from facea_desktop.cluster.lanes import Lane
from facea_desktop.cluster.process_lane import ProcessLane
from facea_desktop.cluster.ray_lanes import ray_lanes
from facea_desktop.cluster.target_names import Target, check_reachable
from facea_desktop.domain.events import Observer
from facea_desktop.domain.outcomes import Outcome
from facea_desktop.domain.requests import Request
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.executor import Executor
from facea_desktop.models.devices import find_devices
from facea_desktop.workers.engine_process import Engine, start_engine


class BatchExecutor(Protocol):
    """Carries out a BatchRequest, in this process or on workers."""

    @property
    def manager(self) -> ModelManager:
        """The library that is worked for."""

    def execute(
        self, request: Request, observer: Observer, *, portraits: Path | None = None, stages: bool = True
    ) -> Outcome:
        """As ``Executor.execute``."""


@contextmanager
def batch_executor(
    target: Target, executor: Executor, root: Path, engine: Engine = start_engine
) -> Iterator[BatchExecutor]:
    """The executor of a place; its workers are ended afterwards.

    Args:
        executor: of this process.

    Raises:
        UserError: the place cannot be reached, or has no room.
    """
    if target.has_workers:
        with cluster_executor(target, executor.manager, root, engine) as workers:
            yield workers
    else:
        yield executor


@contextmanager
def cluster_executor(
    target: Target, manager: ModelManager, root: Path, engine: Engine = start_engine
) -> Iterator[ClusterExecutor]:
    """The executor of a place that has workers, which are ended afterwards.

    Args:
        manager: the library that is worked for.
        root: data folder, whose models are used on this computer.
        engine: of each worker.

    Raises:
        UserError: the place cannot be reached, or has no room.
    """
    with ExitStack() as stack:
        if target.processes is not None:
            lanes: Sequence[Lane] = _process_lanes(target.processes, root, engine)
        else:
            check_reachable(target)
            family = manager.models.active_family()
            lanes = stack.enter_context(ray_lanes(target.address, engine, root, family, target.workers))
        executor = ClusterExecutor(manager, lanes, target.name)
        stack.callback(executor.close)
        yield executor


def _process_lanes(count: int, root: Path, engine: Engine) -> list[ProcessLane]:
    cards = [device.name for device in find_devices() if device.name.startswith("cuda")]
    threads = max(1, (os.cpu_count() or 1) // count)
    devices = [cards[number % len(cards)] if cards else None for number in range(count)]
    return [ProcessLane(engine, root, device, threads) for device in devices]
