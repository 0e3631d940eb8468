"""Where a batch runs: what ``--on`` says, as an executor."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from facea_desktop.cluster.cluster_executor import ClusterExecutor
from facea_desktop.cluster.process_lane import ProcessLane
from facea_desktop.cluster.ray_lanes import ray_lanes
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Observer
from facea_desktop.domain.outcomes import Outcome
from facea_desktop.domain.requests import Request
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.executor import Executor
from facea_desktop.models.devices import find_devices
from facea_desktop.workers.engine_process import Engine, start_engine

_TARGET = re.compile(
    r"local(?P<processes>:[1-9][0-9]{0,2})?|ray|(?P<address>ray://([^/\s:]+|\[[0-9a-f:]+\])(?P<port>:\d+)?)/?"
)
_RAY_PORT = 10001
"""Of Ray's client server."""


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
    on: str, executor: Executor, root: Path, count: int | None = None, engine: Engine = start_engine
) -> Iterator[BatchExecutor]:
    """The executor that ``on`` names; its workers are ended afterwards.

    Args:
        on: "local" is this process, "local:N" are N processes, "ray" is Ray on this computer, or "ray://HOST:PORT".
        executor: of this process.
        count: of Ray's workers.

    Raises:
        UserError: there is no such place, or it cannot be reached.
    """
    found = _TARGET.fullmatch(on)
    if found is None:
        raise UserError(f"--on {on}: name local, local:N, ray or ray://HOST:PORT.")
    if count is not None and (count < 1 or not on.startswith("ray")):
        raise UserError("--workers is 1 or more, and for Ray; name --on local:N for N processes.")
    manager = executor.manager
    if on == "local":
        yield executor
    elif found["processes"]:
        lanes = _process_lanes(int(found["processes"][1:]), root, engine)
        yield from _closing(ClusterExecutor(manager, lanes))
    else:
        address = found["address"] and found["address"] + ("" if found["port"] else f":{_RAY_PORT}")
        if address and "://" in manager.models.splitter:  # there, it would be another computer's own address
            raise UserError(
                "A server of this computer splits prompts, which workers on others do not reach. "
                "Choose another way with facea-desktop splitter, such as rules, first."
            )
        with ray_lanes(address, engine, root, manager.models.active_family(), count) as actors:
            yield from _closing(ClusterExecutor(manager, actors))


def _closing(executor: ClusterExecutor) -> Iterator[ClusterExecutor]:
    try:
        yield executor
    finally:
        executor.close()


def _process_lanes(count: int, root: Path, engine: Engine) -> list[ProcessLane]:
    cards = [device.name for device in find_devices() if device.name.startswith("cuda")]
    threads = max(1, (os.cpu_count() or 1) // count)
    devices = [cards[number % len(cards)] if cards else None for number in range(count)]
    return [ProcessLane(engine, root, device, threads) for device in devices]
