"""A thread that owns one engine process: hands it requests, passes its events on, and replaces it when it fails."""

from __future__ import annotations

import logging
import multiprocessing
import queue
import threading
import time
import traceback
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from PySide6.QtCore import QObject, QThread, Signal

from facea_desktop.domain.requests import Request
from facea_desktop.workers.engine_process import (
    CancelMessage,
    EndedMessage,
    Engine,
    EngineSettings,
    EventMessage,
    FinishMessage,
    HeartbeatMessage,
    RunMessage,
    serve,
)

log = logging.getLogger(__name__)

GRACE_S = 20.0
"""A cancelled job that has not stopped by then loses its process; one step of a large model takes seconds on a CPU."""
LEAVING_S = 4.0
"""The same when the program ends: the window is gone already, and nobody wants to wait for it."""
SILENCE_S = 120.0
"""A process that has not even beaten its heart for this long hangs."""
_POLL_S = 0.05
_LONGEST_ROUND_S = 1.0
"""A longer round counts as this long: this computer slept, or the whole program was held."""


class DeviceWorker(QThread):
    """One lane of work.

    Signals are emitted in this thread; slots of QObjects receive them in theirs.

    Args:
        lane: names the thread, its process and the log lines.
        engine: what the process runs.
        idle_s: a process that had nothing to do for so long gives its memory back; None keeps it.
    """

    eventReceived = Signal(str, object)
    """Token and Event."""
    ended = Signal(str, object)
    """Token and Ended, once for every request that was given."""

    def __init__(
        self,
        lane: str,
        engine: Engine,
        settings: EngineSettings,
        parent: QObject | None = None,
        *,
        idle_s: float | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(lane)
        self.lane = lane
        self.grace_s, self.silence_s, self.idle_s = GRACE_S, SILENCE_S, idle_s
        self._engine, self._settings = engine, settings
        self._tasks: queue.Queue[RunMessage | None] = queue.Queue()
        self._cancelled: set[str] = set()
        self._finishing: set[str] = set()
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None
        self._running_with: EngineSettings | None = None

    @property
    def pid(self) -> int | None:
        """Process id of the engine process, None while there is none."""
        process = self._process
        return process.pid if process is not None else None

    def give(self, token: str, request: Request) -> None:
        """Put a request behind those that wait here."""
        self._tasks.put(RunMessage(token, request))

    def cancel(self, token: str) -> None:
        """Stop a request at its next step, or before it starts."""
        with self._lock:
            self._cancelled.add(token)

    def finish(self, token: str) -> None:
        """End a tuning that runs at its next step, and keep the best of what was learned."""
        with self._lock:
            self._finishing.add(token)

    def configure(self, settings: EngineSettings) -> None:
        """Run with other settings from the next request on."""
        self._settings = settings

    def close(self) -> None:
        """Cancel everything and end thread and process; returns at once, ``wait()`` waits."""
        self._closing.set()
        self._tasks.put(None)

    def run(self) -> None:
        """The thread."""
        try:
            while (task := self._next()) is not None:
                self.ended.emit(task.token, self._carried_out(task))
        finally:
            self._end_process()

    def _next(self) -> RunMessage | None:
        try:
            return self._tasks.get(timeout=self.idle_s)
        except queue.Empty:
            self._end_process()
            return self._tasks.get()

    def _carried_out(self, task: RunMessage) -> EndedMessage:
        try:
            if self._is_cancelled(task.token):
                return EndedMessage(task.token, cancelled=True)
            connection = self._connected()
            connection.send(task)
            return self._followed(task, connection)
        except (OSError, EOFError):
            return self._lost(task)
        except Exception:  # noqa: BLE001 - the lane has to outlive whatever comes over the connection
            self._end_process()
            return EndedMessage(task.token, bug=traceback.format_exc())
        finally:
            with self._lock:
                self._cancelled.discard(task.token)
                self._finishing.discard(task.token)

    def _followed(self, task: RunMessage, connection: Connection) -> EndedMessage:
        """Pass on what the process tells until it is done, dead, stuck or told to stop in vain."""
        assert self._process is not None
        silent, deaf, asked_to_stop = 0.0, 0.0, False
        before = time.monotonic()
        while True:
            ready = wait([connection, self._process.sentinel], timeout=_POLL_S)
            now = time.monotonic()
            passed, before = min(now - before, _LONGEST_ROUND_S), now
            silent, deaf = silent + passed, deaf + passed if asked_to_stop else 0.0
            if connection in ready:
                message, silent = connection.recv(), 0.0
                if isinstance(message, EventMessage):
                    self.eventReceived.emit(task.token, message.event)
                elif isinstance(message, EndedMessage):
                    return message
                else:
                    assert isinstance(message, HeartbeatMessage)
            elif ready:
                return self._lost(task)
            if self._is_to_finish(task.token):
                connection.send(FinishMessage(task.token))
            if self._is_cancelled(task.token) and not asked_to_stop:
                asked_to_stop = True
                connection.send(CancelMessage(task.token))
            if deaf > (LEAVING_S if self._closing.is_set() else self.grace_s):
                log.info("%s did not stop in time; its engine process is ended", self.lane)
                self._end_process()
                return EndedMessage(task.token, cancelled=True)
            if silent > self.silence_s:
                log.error("the engine process of %s hangs; it is replaced", self.lane)
                self._end_process()
                return EndedMessage(task.token, error="The engine stopped responding and was restarted; try again.")

    def _connected(self) -> Connection:
        settings = self._settings
        if self._process is not None and (not self._process.is_alive() or self._running_with != settings):
            self._end_process()
        if self._connection is None:
            spawning = multiprocessing.get_context("spawn")
            ours, theirs = spawning.Pipe()
            process = spawning.Process(
                target=serve,
                args=(theirs, self._engine, settings),
                name=f"facea {self.lane}",
                daemon=settings.place is None,  # workers are processes of their own, which a daemon may not have
            )
            process.start()
            theirs.close()
            self._process, self._connection, self._running_with = process, ours, settings
        return self._connection

    def _lost(self, task: RunMessage) -> EndedMessage:
        code = None
        if self._process is not None:
            self._process.join(1.0)
            code = self._process.exitcode
        log.error("the engine process of %s ended unexpectedly (exit code %s)", self.lane, code)
        self._end_process()
        if self._is_cancelled(task.token):
            return EndedMessage(task.token, cancelled=True)
        return EndedMessage(
            task.token,
            error="The engine ended unexpectedly, which often means that memory ran out; close other programs and try "
            "again.",
        )

    def _is_cancelled(self, token: str) -> bool:
        with self._lock:
            return token in self._cancelled or self._closing.is_set()

    def _is_to_finish(self, token: str) -> bool:
        """Whether that was asked for since this was last called."""
        with self._lock:
            asked = token in self._finishing
            self._finishing.discard(token)
            return asked

    def _end_process(self) -> None:
        process, connection = self._process, self._connection
        self._process = self._connection = None
        if connection is not None:
            connection.close()
        if process is not None:
            process.join(0.5)  # closing the connection ends it
            if process.is_alive():
                process.kill()
                process.join()
            process.close()
