"""Where jobs go: one job at a time to each lane, and another lane where a worker is lost."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Protocol

from facea_desktop.cluster.job_worker import Message
from facea_desktop.cluster.parcels import Parcel
from facea_desktop.domain.errors import UserError, WorkerLostError


class Lane(Protocol):
    """A worker, wherever it runs; where it is lost, the next call to ``ready`` brings another.

    All raise WorkerLostError; ``JobWorker`` describes them.
    """

    def ready(self) -> None: ...  # noqa: D102
    def begin(self, parcel: Parcel, contents: Mapping[str, bytes]) -> None: ...  # noqa: D102
    def follow(self, stop: bool, finish: bool, seconds: float) -> list[Message]: ...  # noqa: D102
    def close(self) -> None: ...  # noqa: D102


def _ready(lane: Lane) -> bool:
    """Whether the lane has a worker; one that was lost while it had nothing to do is replaced."""
    for _ in range(2):
        with suppress(WorkerLostError):
            lane.ready()
            return True
    return False


class LanePool:
    """Lends lanes; any thread may ask."""

    def __init__(self, lanes: Sequence[Lane]) -> None:
        self.count = len(lanes)
        self._lanes = list(lanes)
        self._free: queue.LifoQueue[Lane | None] = queue.LifoQueue()  # the one that was used last is warm
        self._alive, self._lock = len(lanes), threading.Lock()
        for lane in reversed(lanes):
            self._free.put(lane)

    @contextmanager
    def lent(self) -> Iterator[Lane]:
        """A lane whose worker is there; one that brings none any more is given up.

        Raises:
            UserError: no lane is left.
        """
        while True:
            lane = self._free.get()
            if lane is None:
                self._free.put(None)  # for the next one who waits
                raise UserError("No worker is left; run the same again to go on with it.")
            if not _ready(lane):
                with self._lock:
                    self._alive -= 1
                    if not self._alive:
                        self._free.put(None)
                continue
            try:
                yield lane
            finally:
                self._free.put(lane)
            return

    @property
    def alive(self) -> bool:
        """Whether a lane is left."""
        with self._lock:
            return self._alive > 0

    def close(self) -> None:
        """End all workers."""
        for lane in self._lanes:
            with suppress(WorkerLostError):
                lane.close()
