"""A worker in a process of this computer, at the other end of a pipe."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
from collections.abc import Mapping
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from facea_desktop.cluster.job_worker import JobWorker, Message, silence_log
from facea_desktop.cluster.parcels import Parcel
from facea_desktop.domain.errors import WorkerLostError
from facea_desktop.workers.engine_process import Engine

_LEAVING_S = 10.0
"""A process that was told to end may take so long to erase what it holds."""


class ProcessLane:
    """Starts its process when it is first needed, and another where that dies.

    Args:
        engine, home, device: as ``JobWorker`` takes them.
        threads: of the processor, for each calculation.
    """

    def __init__(self, engine: Engine, home: Path, device: str | None, threads: int) -> None:
        self._settings = (engine, home, device, threads)
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None

    def ready(self) -> None:
        """Start the process where there is none."""
        if self._process is None:
            spawning = multiprocessing.get_context("spawn")
            self._connection, theirs = spawning.Pipe()
            self._process = spawning.Process(target=serve, args=(theirs, *self._settings), name="facea worker")
            self._process.start()
            theirs.close()
        self._ask("ready")

    def begin(self, parcel: Parcel, contents: Mapping[str, bytes]) -> None:
        """As ``JobWorker.begin``."""
        self._ask("begin", parcel, contents)

    def follow(self, stop: bool, finish: bool, seconds: float) -> list[Message]:
        """As ``JobWorker.follow``."""
        found: list[Message] = self._ask("follow", stop, finish, seconds)
        return found

    def close(self) -> None:
        """End the process."""
        self._end(_LEAVING_S)

    def _end(self, leaving_s: float) -> None:
        process, connection = self._process, self._connection
        self._process = self._connection = None
        if connection is not None:
            connection.close()
        if process is not None:
            process.join(leaving_s)  # closing the connection ends it
            if process.is_alive():
                process.kill()
                process.join()
            process.close()

    def _ask(self, what: str, *values: Any) -> Any:
        if self._connection is None:
            raise WorkerLostError("A worker was closed.")
        try:
            self._connection.send((what, values))
            return self._connection.recv()
        except (OSError, EOFError) as error:
            self._end(0)
            raise WorkerLostError("A worker ended unexpectedly, often because memory ran out.") from error


def serve(connection: Connection, engine: Engine, home: Path, device: str | None, threads: int) -> None:
    """Main function of the process, which erases what it holds and leaves when the other end is closed or gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the owner ends this process
    os.umask(0o077)
    os.environ.setdefault("OMP_NUM_THREADS", str(threads))  # read when torch is first imported
    silence_log()
    worker = JobWorker(engine, home, device)
    with contextlib.suppress(EOFError, OSError):
        while True:
            what, values = connection.recv()
            connection.send(getattr(worker, what)(*values))
    worker.close()
    os._exit(0)  # whatever is running
