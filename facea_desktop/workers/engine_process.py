"""The engine process: carries out one request after another, reports events, and exits with its parent."""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import signal
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from facea_desktop.domain.errors import CancelledError, OtherSettingsError, UserError
from facea_desktop.domain.events import Event, Observer
from facea_desktop.domain.outcomes import Outcome
from facea_desktop.domain.requests import Request
from facea_desktop.executor import Executor

HEARTBEAT_S = 2.0
NICENESS = 10
"""The window comes first: everything in this process gives way to it."""


@dataclass(frozen=True)
class EngineSettings:
    """How an engine process runs: the data folder, and ``ModelManager``'s arguments.

    Attributes:
        models: counts how often the models on disk were changed; what a process has loaded may be out of date then.
        environment: name of the one whose PyTorch is in use; a process that loaded another has to be replaced.
        home: the data folder whose models and PyTorch are used, where that is another one.
        place: workers that carry out the requests instead of this process, as ``batch --on`` names them.
    """

    root: Path
    device: str | None = None
    precision: str | None = None
    offload: bool = False
    models: int = 0
    environment: str | None = None
    home: Path | None = None
    place: str | None = None


Execute = Callable[[Request, Observer], Outcome]
Engine = Callable[[EngineSettings], Execute]
"""Called once in the new process; a plain function of a module, since it travels by name."""


@dataclass(frozen=True)
class RunMessage:
    """Carry this out."""

    token: str
    request: Request


@dataclass(frozen=True)
class CancelMessage:
    """Stop it at the next step."""

    token: str


@dataclass(frozen=True)
class FinishMessage:
    """End the tuning at the next step, and keep the best of what was learned."""

    token: str


@dataclass(frozen=True)
class EventMessage:
    """Something happened on the way."""

    token: str
    event: Event


@dataclass(frozen=True)
class EndedMessage:
    """It is over; exactly one of the first four fields says how.

    Attributes:
        error: one line for the user that says what is wrong and what to do.
        other_settings: whether the error is that a checkpoint belongs to another run.
        bug: traceback of an error of ours.
    """

    token: str
    outcome: Outcome | None = None
    error: str | None = None
    bug: str | None = None
    cancelled: bool = False
    other_settings: bool = False


class HeartbeatMessage:
    """The process is not stuck."""


def start_engine(settings: EngineSettings) -> Execute:
    """The real engine."""
    logging.getLogger("facea_desktop").setLevel(logging.INFO)
    executor = Executor(
        settings.root, settings.device, settings.precision, offload=settings.offload, home=settings.home
    )
    return executor.execute


def serve(connection: Connection, engine: Engine, settings: EngineSettings) -> None:
    """Main function of the process, which leaves when the owner closes the connection or is gone, whatever it is at."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the owner ends this process
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    sending = threading.Lock()

    def send(message: object) -> None:
        with sending, contextlib.suppress(OSError):  # the owner is gone: the reader ends the process
            connection.send(message)

    tasks: queue.Queue[RunMessage] = queue.Queue()
    wishes: dict[str, Wishes] = {}
    threading.Thread(target=_read, args=(connection, tasks, wishes), daemon=True).start()
    threading.Thread(target=_beat, args=(send,), daemon=True).start()
    execute = engine(settings)
    while True:
        task = tasks.get()
        send(carry_out(execute, task, wishes[task.token], send))
        del wishes[task.token]


@dataclass(frozen=True)
class Wishes:
    """What the owner may ask for while a request is carried out."""

    stop: threading.Event = field(default_factory=threading.Event)
    finish: threading.Event = field(default_factory=threading.Event)


def carry_out(execute: Execute, task: RunMessage, wishes: Wishes, send: Callable[[object], None]) -> EndedMessage:
    """Carry out a request; how it ended, whatever comes of it.

    Args:
        send: receives an EventMessage for every event.
    """
    token = task.token
    observer = Observer(lambda event: send(EventMessage(token, event)), wishes.stop, wishes.finish)
    try:
        return EndedMessage(token, execute(task.request, observer))
    except UserError as error:
        other_settings = isinstance(error, OtherSettingsError)
        return EndedMessage(token, error=" ".join(str(error).split()), other_settings=other_settings)
    except CancelledError:
        return EndedMessage(token, cancelled=True)
    except MemoryError:
        return EndedMessage(token, error="The memory of this computer is full; close other programs and try again.")
    except Exception:  # noqa: BLE001 - the job's edge: whatever is left is a bug of ours
        return EndedMessage(token, bug=traceback.format_exc())


def _read(connection: Connection, tasks: queue.Queue[RunMessage], wishes: dict[str, Wishes]) -> None:
    try:
        while True:
            message = connection.recv()
            if isinstance(message, RunMessage):
                wishes[message.token] = Wishes()
                tasks.put(message)
            elif isinstance(message, CancelMessage | FinishMessage):
                asked = wishes.get(message.token)  # it may be over by now
                if asked is not None:
                    (asked.stop if isinstance(message, CancelMessage) else asked.finish).set()
    finally:
        os._exit(0)  # no owner, or none that is understood: no reason to go on, whatever is running


def _beat(send: Callable[[object], None]) -> None:
    while True:
        send(HeartbeatMessage())
        threading.Event().wait(HEARTBEAT_S)
