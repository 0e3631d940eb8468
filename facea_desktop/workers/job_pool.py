"""The queue of jobs and the workers behind it, for the main thread."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from facea_desktop.domain.errors import OUR_FAULT, CancelledError, UserError
from facea_desktop.domain.events import Event, ItemEnded, Painted, Progress
from facea_desktop.domain.outcomes import Outcome, PersonMade
from facea_desktop.domain.requests import BatchRequest, Request, TuneRequest
from facea_desktop.workers.device_worker import DeviceWorker
from facea_desktop.workers.engine_process import EndedMessage, Engine, EngineSettings, start_engine
from facea_desktop.workers.job import Job, JobState, jobs_about
from facea_desktop.workers.job_store import KEPT, JobStore
from facea_desktop.workers.tuning_ahead import tuning_ahead
from facea_desktop.workers.worker_lanes import ASSISTANT, WorkerLanes

log = logging.getLogger(__name__)

PATIENCE_S = 30.0
"""More than a worker's: what does not stop by itself has lost its process by then."""
KEPT_JOBS = 300
"""Ended jobs beyond this many leave the list, the oldest first."""
_POLL_S = 0.02


class JobPool(QObject):
    """Jobs in order, one at a time on each device.

    Args:
        settings: of the engine processes; each device's lane has its own device in it.
        engine: what the processes run.
        make_worker: makes the worker of a lane, with DeviceWorker's arguments.
    """

    jobAdded = Signal(object)
    jobChanged = Signal(object)
    jobRemoved = Signal(str)
    eventReceived = Signal(str, object)
    """Id of a job and an Event of it."""
    notSaved = Signal(str)
    """The disk refuses to keep the queue: a sentence that says what to do."""

    def __init__(
        self,
        settings: EngineSettings,
        engine: Engine = start_engine,
        parent: QObject | None = None,
        *,
        make_worker: Callable[..., DeviceWorker] = DeviceWorker,
    ) -> None:
        super().__init__(parent)
        self._root = settings.root
        self._lanes = WorkerLanes(settings, engine, make_worker, self, self._hear, self._end)
        self._store = JobStore(settings.root, self.notSaved.emit)
        self._busy: dict[str, str] = {}  # lane: job
        self._questions: dict[str, asyncio.Future[Outcome]] = {}
        self._progress: dict[str, Progress] = {}
        self._history: dict[str, list[Event]] = {}
        self._closing = True  # nothing is begun while the queue is read
        self._jobs = {job.id: self._after_restart(job) for job in self._store.load()}
        self.forget_erased()
        self._drop_oldest()
        self._closing = False

    def jobs(self) -> list[Job]:
        """Running, then waiting in their order, then ended, the newest first."""
        ended = sorted((job for job in self._jobs.values() if job.state.ended), key=_ended_at, reverse=True)
        running = [job for job in self._jobs.values() if job.state is JobState.RUNNING]
        return sorted(running, key=lambda job: job.place) + self._waiting() + ended

    def job(self, job: str) -> Job | None:
        """The job with this id."""
        return self._jobs.get(job)

    def progress(self, job: str) -> Progress | None:
        """How far a running job is."""
        return self._progress.get(job)

    def waits_for(self, job: str) -> Job | None:
        """The tuning that a waiting portrait waits for."""
        ahead = self._ahead(self._jobs[job], self._tunings()) if job in self._jobs else None
        return ahead if isinstance(ahead, Job) else None

    def history(self, job: str) -> list[Event]:
        """What the job told so far, without its progress."""
        if job not in self._history:
            self._history[job] = self._store.history(job)
        return list(self._history[job])

    def submit(self, request: Request, title: str, *, first: bool = False) -> Job:
        """Put a job into the queue, or before everything that waits."""
        places = [job.place for job in self._waiting()]
        place = min(places, default=0.0) - 1 if first else max(places, default=0.0) + 1
        job = Job(id=secrets.token_hex(6), request=request, title=title, place=place)
        self._jobs[job.id], self._history[job.id] = job, []
        self._store.save(job)
        self.jobAdded.emit(job)
        self._schedule()
        return job

    def cancel(self, job: str) -> None:
        """Cancel this job and no other: at once if it waits, at its next step if it runs."""
        found = self._jobs[job]
        if found.state is JobState.WAITING:
            self._change(job, state=JobState.CANCELLED, ended=_now())
            self._schedule()  # what waited for it need not any more
        elif found.state is JobState.RUNNING:
            self._worker_of(job).cancel(job)

    def finish(self, job: str) -> None:
        """End a running tuning at its next step and keep its best weights; other jobs are not affected."""
        found = self._jobs[job]
        if found.state is JobState.RUNNING and isinstance(found.request, TuneRequest):
            self._worker_of(job).finish(job)
            self._change(job, finished_early=True)

    def skip(self, job: str) -> None:
        """Leave out the rest of the item that a running batch is at."""
        found = self._jobs[job]
        if found.state is JobState.RUNNING and isinstance(found.request, BatchRequest):
            self._worker_of(job).finish(job)

    def cancel_all(self) -> None:
        """Cancel whatever waits or runs."""
        for job in [*self._waiting(), *self.jobs()]:
            if not self._jobs[job.id].state.ended:
                self.cancel(job.id)

    def retry(self, job: str) -> Job:
        """A new job that resumes or repeats an ended one, and takes its place."""
        old = self._jobs[job]
        if not old.state.ended:
            return old
        request = old.again()
        if isinstance(request, TuneRequest) and request.resume and not self._has_checkpoint(request.person):
            request = request.model_copy(update={"resume": False})  # it stopped before there was anything to keep
        new = self.submit(request, old.title)
        self.remove(job)
        return new

    def move(self, job: str, before: str | None) -> None:
        """Put a waiting job before another one, or to the end."""
        order = [one.id for one in self._waiting() if one.id != job]
        index = order.index(before) if before in order else len(order)
        order.insert(index, job)
        for place, one in enumerate(order):
            if self._jobs[one].place != place:
                self._change(one, place=float(place))

    def remove(self, job: str) -> None:
        """Take an ended job off the list."""
        if self._jobs[job].state.ended:
            gone = self._jobs.pop(job)
            self._store.forget(gone)
            self._history.pop(job, None)
            self.jobRemoved.emit(job)
            if gone.state is JobState.INTERRUPTED:
                self._schedule()  # what waited for it to be resumed

    def clear_ended(self) -> None:
        """Take every ended job off the list."""
        for job in [job.id for job in self._jobs.values() if job.state.ended]:
            self.remove(job)

    def forget_erased(self) -> None:
        """Ended jobs whose portraits were all erased, or that were about somebody who was deleted, go too: their
        prompts would outlive the pictures, and names the people."""
        people = self._root / "people"
        for job in list(self._jobs.values()) if people.is_dir() else []:
            if job.state.ended and not all((people / person).exists() for person in job.people):
                self.remove(job.id)
        portraits = self._root / "portraits"
        if not portraits.is_dir():  # not there, rather than erased
            return
        for job in list(self._jobs.values()):
            own = bool(job.pictures) and all(picture.is_relative_to(portraits) for picture in job.pictures)
            if job.state.ended and own and not any(picture.exists() for picture in job.pictures):
                self.remove(job.id)

    async def forget_people(self, people: Iterable[str], names: Iterable[str] = ()) -> None:
        """Stop every job about these people, by id and name, and leave no word of them in the queue, also on disk.

        Raises:
            UserError: one does not stop; what has ended is gone.
        """
        ids, called = set(people), set(names)
        await self.forget(jobs_about(self._jobs.values(), ids, called))
        await asyncio.wrap_future(self._store.forget_people(ids, called))

    async def forget(self, jobs: Iterable[str]) -> None:
        """Stop these jobs, wait until they have ended, and take them off the list.

        Raises:
            UserError: one does not stop; what has ended is gone.
        """
        about = list(jobs)
        for job in about:
            self.cancel(job)
        for _ in range(round(PATIENCE_S / _POLL_S)):
            if all(job not in self._jobs or self._jobs[job].state.ended for job in about):
                break
            await asyncio.sleep(_POLL_S)
        for job in about:
            if job in self._jobs:
                self.remove(job)
        if any(job in self._jobs for job in about):
            raise UserError("A job does not stop. Restart the program, then delete again.")

    async def ask(self, request: Request) -> Outcome:
        """Have something small done beside the queue.

        Raises:
            UserError: the user can mend it, or the engine failed.
            CancelledError: the pool is closing.
        """
        if self._closing:
            raise CancelledError
        token = f"ask-{secrets.token_hex(6)}"
        answer: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._questions[token] = answer
        worker = self._lanes.worker(ASSISTANT)
        worker.give(token, request)
        try:
            return await answer
        except asyncio.CancelledError:
            worker.cancel(token)
            raise
        finally:
            self._questions.pop(token, None)

    def configure(
        self, settings: EngineSettings, devices: Sequence[str | None] = (), *, place_alone: bool = False
    ) -> None:
        """Run with other settings, and on these devices, from each lane's next job on.

        Args:
            place_alone: what can run at ``settings.place`` waits for it while it is busy.
        """
        self._lanes.configure(settings, devices, place_alone=place_alone)
        self._lanes.retire_idle(self._busy)
        self._schedule()

    def renew_models(self) -> None:
        """Models on disk were changed: each lane reloads them with its next job."""
        self._lanes.renew_models()

    def resume_queue(self) -> None:
        """Start what an earlier run of the program left waiting."""
        self._schedule()

    @property
    def running(self) -> list[Job]:
        """Jobs that run now."""
        return [self._jobs[job] for job in self._busy.values()]

    async def close(self) -> None:
        """Stop everything: what runs becomes interrupted and can be resumed, what waits stays waiting."""
        self._closing = True
        for answer in self._questions.values():
            if not answer.done():
                answer.set_exception(CancelledError())
                answer.exception()  # who asked may be gone, and nobody else is to be told
        self._lanes.close()
        while not self._lanes.closed:
            await asyncio.sleep(_POLL_S)
        QCoreApplication.sendPostedEvents(self)  # what the workers said last
        for job in list(self._busy.values()):  # whose end did not come through the loop any more
            self._change(job, state=JobState.INTERRUPTED, ended=_now())
        self._busy.clear()
        self._store.close()

    def _schedule(self) -> None:
        if self._closing:
            return
        tunings = self._tunings()
        for waiting in self._waiting():
            job = self._jobs.get(waiting.id)  # who hears that one starts may change the others
            ahead = self._ahead(job, tunings) if job is not None else None
            if job is None or job.state is not JobState.WAITING or isinstance(ahead, Job):
                continue
            if ahead is not None:
                self._change(job.id, state=JobState.FAILED, ended=_now(), error=ahead)
                continue
            for lane in self._lanes.lanes_for(job.request, self._busy):
                if lane not in self._busy and not self._is_taken(job):
                    self._busy[lane] = job.id
                    self._lanes.worker(lane).give(job.id, job.request)
                    self._change(job.id, state=JobState.RUNNING, started=_now())
                    break

    def _ahead(self, job: Job, tunings: list[Job]) -> Job | str | None:
        return tuning_ahead(job, tunings, self._root / "people")

    def _tunings(self) -> list[Job]:
        return [job for job in self._jobs.values() if isinstance(job.request, TuneRequest)]

    def _has_checkpoint(self, person: str) -> bool:
        return (self._root / "people" / person / "checkpoints" / "last.safetensors").is_file()

    def _is_taken(self, job: Job) -> bool:
        """Two jobs must not change the same thing at a time."""
        return job.subject is not None and job.subject in [other.subject for other in self.running]

    @Slot(str, object)
    def _hear(self, token: str, event: Event) -> None:
        if token not in self._jobs:
            return
        if isinstance(event, Progress):
            self._progress[token] = event
        elif isinstance(event, KEPT):
            self._history.setdefault(token, []).append(event)
            self._store.add(token, event)
        if isinstance(event, ItemEnded) and event.state == "skipped":
            self._change(token, skipped=(*self._jobs[token].skipped, event.index))
        if isinstance(event, Painted):
            self._change(token, pictures=(*self._jobs[token].pictures, event.path))
        self.eventReceived.emit(token, event)

    @Slot(str, object)
    def _end(self, token: str, ended: EndedMessage) -> None:
        if ended.bug is not None:
            log.error("a job failed: %s", ended.bug)
        if token in self._jobs:
            if self._jobs[token].state is JobState.RUNNING:
                self._end_job(token, ended)
        elif token in self._questions and not self._questions[token].done():
            self._answer(self._questions[token], ended)

    def _end_job(self, job: str, ended: EndedMessage) -> None:
        self._busy.pop(self._lane_with(job), None)
        self._progress.pop(job, None)
        if ended.cancelled:
            state = JobState.INTERRUPTED if self._closing else JobState.CANCELLED
            self._change(job, state=state, ended=_now())
        elif ended.outcome is None:
            self._change(job, state=JobState.FAILED, ended=_now(), error=ended.error or OUR_FAULT)
        else:
            person = ended.outcome.person if isinstance(ended.outcome, PersonMade) else None
            self._change(job, state=JobState.DONE, ended=_now(), person=person)
        self.forget_erased()
        self._drop_oldest()
        self._lanes.retire_idle(self._busy)
        self._schedule()

    def _drop_oldest(self) -> None:
        ended = sorted((job for job in self._jobs.values() if job.state.ended), key=_ended_at, reverse=True)
        for job in ended[KEPT_JOBS:]:
            self.remove(job.id)

    @staticmethod
    def _answer(answer: asyncio.Future[Outcome], ended: EndedMessage) -> None:
        if ended.outcome is not None:
            answer.set_result(ended.outcome)
        elif ended.cancelled:
            answer.set_exception(CancelledError())
        else:
            answer.set_exception(UserError(ended.error or OUR_FAULT))

    def _change(self, job: str, **changes: Any) -> None:
        self._jobs[job] = self._jobs[job].model_copy(update=changes)
        self._store.save(self._jobs[job])
        self.jobChanged.emit(self._jobs[job])

    def _waiting(self) -> list[Job]:
        return sorted((j for j in self._jobs.values() if j.state is JobState.WAITING), key=lambda job: job.place)

    def _worker_of(self, job: str) -> DeviceWorker:
        return self._lanes.workers[self._lane_with(job)]

    def _lane_with(self, job: str) -> str:
        return next((lane for lane, running in self._busy.items() if running == job), "")

    def _after_restart(self, job: Job) -> Job:
        if job.state is not JobState.RUNNING:
            return job
        stopped = job.model_copy(update={"state": JobState.INTERRUPTED, "ended": _now()})
        self._store.save(stopped)
        return stopped


def _now() -> datetime:
    return datetime.now(UTC)


def _ended_at(job: Job) -> datetime:
    return job.ended or job.created
