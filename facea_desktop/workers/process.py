"""The engine process: carries out one request after another, tells what happens, and ends with its owner."""

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

from facea_desktop.domain.errors import CancelledError, UserError
from facea_desktop.domain.events import Event, Observer
from facea_desktop.domain.outcomes import Outcome
from facea_desktop.domain.requests import EvaluateRequest, Request

HEARTBEAT_S = 2.0
NICENESS = 10
"""The window comes first: everything in this process gives way to it."""


@dataclass(frozen=True)
class EngineSettings:
    """How an engine process runs: the data folder, and ``Studio``'s arguments.

    Attributes:
        models: counts how often the models on disk were changed; what a process has loaded may be out of date then.
    """

    root: Path
    device: str | None = None
    precision: str | None = None
    saving: bool = False
    models: int = 0


Executor = Callable[[Request, Observer], Outcome]
Engine = Callable[[EngineSettings], Executor]
"""Called once in the new process; a plain function of a module, since it travels by name."""


@dataclass(frozen=True)
class Run:
    """Carry this out."""

    token: str
    request: Request


@dataclass(frozen=True)
class Cancel:
    """Stop it at the next step."""

    token: str


@dataclass(frozen=True)
class Finish:
    """End the tuning at the next step, and keep the best of what was learned."""

    token: str


@dataclass(frozen=True)
class Told:
    """Something happened on the way."""

    token: str
    event: Event


@dataclass(frozen=True)
class Ended:
    """It is over; exactly one of the four fields says how.

    Attributes:
        error: one line for the user that says what is wrong and what to do.
        bug: traceback of an error of ours.
    """

    token: str
    outcome: Outcome | None = None
    error: str | None = None
    bug: str | None = None
    cancelled: bool = False


class Alive:
    """The process is not stuck."""


def studio_engine(settings: EngineSettings) -> Executor:
    """The real engine; torch is imported with the first request that needs it."""
    executor: list[Executor] = []

    def carry_out(request: Request, observer: Observer) -> Outcome:
        if request.kind == "fetch":
            return _fetch(settings, request.model, observer)
        if not executor:
            executor.append(_studio(settings))
        return executor[0](request, observer)

    return carry_out


def serve(connection: Connection, engine: Engine, settings: EngineSettings) -> None:
    """Main function of the process, which leaves when the owner closes the connection or is gone, whatever it is at."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the owner ends this process
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    sending = threading.Lock()

    def send(message: object) -> None:
        with sending, contextlib.suppress(OSError):  # the owner is gone: the reader ends the process
            connection.send(message)

    tasks: queue.Queue[Run] = queue.Queue()
    wishes: dict[str, _Wishes] = {}
    threading.Thread(target=_read, args=(connection, tasks, wishes), daemon=True).start()
    threading.Thread(target=_beat, args=(send,), daemon=True).start()
    executor = engine(settings)
    while True:
        task = tasks.get()
        send(_carried_out(executor, task, wishes[task.token], send))
        del wishes[task.token]


@dataclass(frozen=True)
class _Wishes:
    """What the owner may ask for while a request is carried out."""

    stop: threading.Event = field(default_factory=threading.Event)
    finish: threading.Event = field(default_factory=threading.Event)


def _carried_out(executor: Executor, task: Run, wishes: _Wishes, send: Callable[[object], None]) -> Ended:
    token = task.token
    observer = Observer(lambda event: send(Told(token, event)), wishes.stop, wishes.finish)
    try:
        return Ended(token, executor(task.request, observer))
    except UserError as error:
        return Ended(token, error=" ".join(str(error).split()))
    except CancelledError:
        return Ended(token, cancelled=True)
    except MemoryError:
        return Ended(token, error="The memory of this computer is full; close other programs and try again.")
    except Exception:  # noqa: BLE001 - the job's edge: whatever is left is a bug of ours
        return Ended(token, bug=traceback.format_exc())


def _read(connection: Connection, tasks: queue.Queue[Run], wishes: dict[str, _Wishes]) -> None:
    try:
        while True:
            message = connection.recv()
            if isinstance(message, Run):
                wishes[message.token] = _Wishes()
                tasks.put(message)
            elif isinstance(message, Cancel | Finish):
                asked = wishes.get(message.token)  # it may be over by now
                if asked is not None:
                    (asked.stop if isinstance(message, Cancel) else asked.finish).set()
    finally:
        os._exit(0)  # no owner, or none that is understood: no reason to go on, whatever is running


def _beat(send: Callable[[object], None]) -> None:
    while True:
        send(Alive())
        threading.Event().wait(HEARTBEAT_S)


def _studio(settings: EngineSettings) -> Executor:
    logging.getLogger("facea_desktop").setLevel(logging.INFO)
    from facea_desktop.engine.run import run
    from facea_desktop.engine.studio import Studio

    studio = Studio(settings.root, settings.device, settings.precision, saving=settings.saving)

    def carry_out(request: Request, observer: Observer) -> Outcome:
        if isinstance(request, EvaluateRequest):  # it stands above the engine, and is rarely wanted
            from facea_desktop.evaluation.run import evaluate

            return evaluate(studio, request, observer)
        return run(studio, request, observer)

    return carry_out


def _fetch(settings: EngineSettings, model: str, observer: Observer) -> Outcome:
    """Downloads need no torch, and are not to wait for it."""
    from facea_desktop.domain.outcomes import ModelFetched
    from facea_desktop.models.fetch import fetch
    from facea_desktop.models.store import ModelStore

    store = ModelStore(settings.root)
    return ModelFetched(fetch(store.catalogue.model(model), store, observer))
