"""Carries out requests on several workers; whatever they make comes back into this library."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from facea_desktop.cluster.job_worker import Message
from facea_desktop.cluster.lanes import Lane, LanePool
from facea_desktop.cluster.parcels import CheckpointResult, PersonResult, PictureResult, pack
from facea_desktop.domain.atomic_files import disk_trouble, write_atomically
from facea_desktop.domain.errors import CancelledError, OtherSettingsError, UserError, WorkerLostError
from facea_desktop.domain.events import (
    DeviceSelected,
    Event,
    Observer,
    Painted,
    Progress,
    ProgressReporter,
    Started,
    Warned,
)
from facea_desktop.domain.outcomes import Outcome, PersonMade, PortraitsMade
from facea_desktop.domain.requests import BatchItem, BatchRequest, PortraitRequest, Request, TuneRequest
from facea_desktop.engine.assigned_faces import assigned_faces, distinct_pictures, single_requests
from facea_desktop.engine.batch_service import CarryOut, carry_out_again, run_batch
from facea_desktop.engine.batch_turns import Turns
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.engine.portrait_saving import save_finished
from facea_desktop.engine.tuning_service import store_tuning
from facea_desktop.library.own_styles import OwnStyles
from facea_desktop.library.person_files import ADAPTER, BEST_SO_FAR, FEATURES
from facea_desktop.workers.engine_process import EndedMessage, EventMessage

_POLL_S = 1.0
"""How long a worker is left alone until it is asked what happened."""
GRACE_S = 60.0
"""A worker that has not stopped by then is taken for lost."""


class ClusterExecutor:
    """``Executor`` for tunings, portraits and batches, on other workers.

    Args:
        manager: the library that is worked for; its models are not loaded.
        lanes: the workers. They are closed with this.
        place: what they are called in events.
    """

    def __init__(self, manager: ModelManager, lanes: Sequence[Lane], place: str = "") -> None:
        self.manager = manager
        self._pool = LanePool(lanes)
        self._place = place

    @property
    def has_workers(self) -> bool:
        """Whether any lane is left that could bring a worker."""
        return self._pool.alive

    def execute(
        self, request: Request, observer: Observer, *, portraits: Path | None = None, stages: bool = True
    ) -> Outcome:
        """As ``Executor.execute``, for a batch, a tuning or portraits, which are painted as many at a time as there are
        workers.

        Raises:
            UserError: an error the user can fix.
            CancelledError: stopped.
        """
        folder = portraits or self.manager.library.portraits
        carry_out = partial(self._carry_out, folder=folder, stages=stages)
        match request:
            case BatchRequest():
                return run_batch(self.manager, request, observer, carry_out, folder, self._pool.count)
            case PortraitRequest():
                return self._paint(request, observer, carry_out)
            case TuneRequest():
                return carry_out_again(self.manager, request, carry_out, observer, resume=False)
        raise AssertionError(request.kind)

    def close(self) -> None:
        """End all workers; they erase what they hold."""
        self._pool.close()

    def _paint(self, request: PortraitRequest, observer: Observer, carry_out: CarryOut) -> Outcome:
        assigned = assigned_faces(self.manager, request)
        singles = single_requests(self.manager, assigned, distinct_pictures(assigned, request, observer))
        each = self.manager.family(assigned[0].profile.family).denoising_steps(singles[0])
        whole = _Whole(observer, len(singles), each)

        def paint(index: int) -> None:
            part = Observer(partial(whole.hear, index), observer.stop, observer.finish)
            carry_out_again(self.manager, singles[index], carry_out, part)

        Turns(singles, observer).run(paint, self._pool.count)
        return PortraitsMade()

    def _carry_out(self, item: BatchItem, observer: Observer, *, folder: Path, stages: bool) -> Outcome:
        library = self.manager.library
        with self._pool.lent() as lane:
            loras = OwnStyles(self.manager.root).loras
            parcel, contents = pack(item, library, loras, self.manager.models.choices())
            lane.begin(parcel, contents)
            del contents
            placed = _named(observer, self._place)
            receiver = _Receiver(self.manager, item, placed, folder, stages=stages)
            return receiver.outcome(lane)


class _Whole:
    """Tells of pictures that are painted at the same time what one request tells of them one after the other."""

    def __init__(self, observer: Observer, count: int, steps: int) -> None:
        self._observer, self._each = observer, steps
        self._reporter: ProgressReporter | None = None  # from the first worker's start on, as models are loaded before
        self._done = [0] * count
        self._said: set[Event] = set()
        self._lock = threading.Lock()

    def hear(self, index: int, event: Event) -> None:
        """One event of a picture.

        Raises:
            CancelledError: stopped.
        """
        with self._lock:
            match event:
                case Started():
                    self._reporter = self._reporter or ProgressReporter(
                        self._observer, "painting", len(self._done) * self._each
                    )
                    return
                case Progress():
                    assert self._reporter is not None
                    self._done[index] = round(self._each * event.fraction)
                    self._reporter.update(sum(self._done))
                    return
                case DeviceSelected() | Warned():
                    if event in self._said:
                        return
                    self._said.add(event)
            self._observer.emit(event)


def _named(observer: Observer, place: str) -> Observer:
    """Names the place of the devices that are told of."""

    def emit(event: Event) -> None:
        observer.emit(replace(event, place=place) if isinstance(event, DeviceSelected) else event)

    return replace(observer, emit=emit)


class _Receiver:
    """Puts what comes back from a worker into the library."""

    def __init__(
        self, manager: ModelManager, item: BatchItem, observer: Observer, folder: Path, *, stages: bool
    ) -> None:
        self._library, self._item, self._observer = manager.library, item, observer
        self._folder, self._stages = folder, stages
        self._picture: PictureResult | None = None
        self._done: Outcome | None = None
        self._error: Exception | None = None  # of ours: the worker is stopped, and heard to its end

    def outcome(self, lane: Lane) -> Outcome:
        """Follow a job to its end.

        Raises:
            UserError, CancelledError, WorkerLostError: as they are raised there, or the disk here refuses.
        """
        patience = GRACE_S
        while True:
            stopping = self._error is not None or self._observer.stop.is_set()
            try:
                messages = lane.follow(stopping, self._observer.finish.is_set(), _POLL_S)
            except WorkerLostError:
                if self._done is not None:
                    return self._done
                raise
            for message in messages:
                if isinstance(message, EndedMessage):
                    return self._ended(message)
                self._receive(message)
            patience -= _POLL_S if stopping else 0
            if patience <= 0:
                lane.close()
                raise self._error or CancelledError

    def _receive(self, message: Message) -> None:
        if self._error is not None and not isinstance(message, CheckpointResult):
            return
        try:
            match message:
                case EventMessage(event=Painted() as painted):
                    kept = self._kept(painted)
                    self._done = PortraitsMade()  # one is asked for at a time
                    self._observer.emit(kept)
                case EventMessage(event=event):
                    self._observer.emit(event)
                case CheckpointResult():
                    self._keep_checkpoint(message.files)
                case PictureResult():
                    self._picture = message
                case PersonResult():
                    self._done = PersonMade(self._stored(message))
        except (UserError, CancelledError) as error:
            self._error = self._error or error

    def _ended(self, ended: EndedMessage) -> Outcome:
        if self._error is not None:
            raise self._error
        if ended.cancelled:
            raise CancelledError
        if ended.error is not None:
            raise (OtherSettingsError if ended.other_settings else UserError)(ended.error)
        if ended.bug is not None:
            raise RuntimeError(f"on a worker: {ended.bug}")
        assert self._done is not None
        return self._done

    def _kept(self, painted: Painted) -> Painted:
        assert isinstance(self._item, PortraitRequest)
        assert self._picture is not None
        in_gallery = self._folder == self._library.portraits
        with self._library.unchanged():  # nobody is deleted while it is saved
            for person in self._item.people:
                self._library.get(person)  # of somebody who was deleted meanwhile no picture is kept
            return save_finished(
                painted, self._picture.files, self._item, self._folder, stages=self._stages, after_scene=not in_gallery
            )

    def _stored(self, made: PersonResult) -> str:
        if not isinstance(self._item, TuneRequest):
            return self._library.create(made.profile.model_copy(update={"id": self._library.new_id()}), made.files).id
        assert made.profile.tuning is not None
        if made.best is not None:
            self._keep_checkpoint({BEST_SO_FAR: made.best})
        weights = {name: made.files[name] for name in (ADAPTER, FEATURES) if name in made.files}
        return store_tuning(self._library, self._item.person, made.profile.tuning, weights).id

    def _keep_checkpoint(self, files: dict[str, bytes]) -> None:
        assert isinstance(self._item, TuneRequest)
        folder = self._library.folder(self._item.person) / "checkpoints"
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
            for name, data in files.items():
                write_atomically(folder / name, data)
        except FileNotFoundError as error:
            raise UserError("The person was deleted during tuning.") from error
        except OSError:
            with disk_trouble("keep the state of the tuning"):
                raise
