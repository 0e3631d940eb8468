"""Workers without processes, threads or models: under the real queue, a test says what becomes of each job."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Event
from facea_desktop.domain.outcomes import Device, Machine, ModelFetched, Outcome, PersonMade
from facea_desktop.domain.requests import FetchRequest, Request, TuneRequest
from facea_desktop.workers.device_worker import DeviceWorker
from facea_desktop.workers.engine_process import EndedMessage, EngineSettings
from facea_desktop.workers.job import Job
from facea_desktop.workers.worker_lanes import ASSISTANT

Answer = Outcome | Exception | Callable[[Any], Outcome | Exception]


class ScriptedWorkers:
    """The workers of a JobPool. A job that was given to one runs until the test ends it, or the pool cancels it.

    Attributes:
        answers: what ``JobPool.ask`` gets for a request of that kind: an outcome, an error to raise, or a function of
            the request that returns one.
        asked: the requests of ``ask``, in order.
        deaf: a job that is cancelled goes on until ``stop``, as while the engine is in the middle of a step.
    """

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {
            "machine": Machine((Device("cpu", "Processor of a long name", 16_000, 8_000),)),  # each window asks for it
            "first sight": UserError("No photo suits."),  # for whoever fills in the page of a new person slowly
        }
        self.asked: list[Request] = []
        self.deaf = False
        self._running: dict[str, ScriptedWorker] = {}

    def make(self, *args: Any, **options: Any) -> ScriptedWorker:
        """JobPool's ``make_worker``."""
        return ScriptedWorker(self, *args, **options)

    def emit(self, job: Job, event: Event) -> None:
        """Something happens while a job runs."""
        self._running[job.id].eventReceived.emit(job.id, event)

    def finish(self, job: Job, outcome: Outcome | None = None) -> None:
        """A job that runs is done; the window reads nothing of the outcome but a person that was made."""
        self._end(EndedMessage(job.id, outcome or _outcome(job.request)))

    def fail(self, job: Job, error: str = "The disk is full. Free some space.") -> None:
        """A job that runs fails, and tells the user why."""
        self._end(EndedMessage(job.id, error=error))

    def stop(self, job: Job) -> None:
        """A job that was cancelled stops."""
        self._end(EndedMessage(job.id, cancelled=True))

    def settings(self, job: Job) -> EngineSettings:
        """What the next job on a running one's device runs with."""
        return self._running[job.id].settings

    def give(self, worker: ScriptedWorker, token: str, request: Request) -> None:
        """A worker gets something to do; what is asked beside the queue is answered as soon as the caller waits."""
        self._running[token] = worker
        if worker.lane == ASSISTANT:
            self.asked.append(request)
            answer = self.answers[request.kind]
            QTimer.singleShot(0, worker, lambda: self._answer(token, request, answer))

    def cancel(self, worker: ScriptedWorker, token: str) -> None:
        """A worker is asked to stop, which takes it a moment."""
        if not self.deaf:
            QTimer.singleShot(
                0, worker, lambda: token in self._running and self._end(EndedMessage(token, cancelled=True))
            )

    def _answer(self, token: str, request: Request, answer: Answer) -> None:
        if token not in self._running:
            return
        made = answer(request) if callable(answer) else answer
        error = str(made) if isinstance(made, Exception) else None
        self._end(EndedMessage(token, error=error) if error is not None else EndedMessage(token, made))

    def _end(self, ended: EndedMessage) -> None:
        self._running.pop(ended.token).ended.emit(ended.token, ended)


class ScriptedWorker(DeviceWorker):
    """One lane; its thread is never started."""

    def __init__(self, script: ScriptedWorkers, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._script = script

    @property
    def settings(self) -> EngineSettings:
        """What the next request runs with."""
        return self._settings

    def start(self) -> None: ...

    def isFinished(self) -> bool:
        return True

    def give(self, token: str, request: Request) -> None:
        self._script.give(self, token, request)

    def cancel(self, token: str) -> None:
        self._script.cancel(self, token)


def _outcome(request: Request) -> Outcome:
    if isinstance(request, TuneRequest):
        return PersonMade(request.person)
    return ModelFetched(Path(request.model)) if isinstance(request, FetchRequest) else _NOTHING_READ


_NOTHING_READ: Any = object()
