"""Carries out batches on several workers; whatever they make comes back into this library."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from facea_desktop.cluster.job_worker import Message
from facea_desktop.cluster.lanes import Lane, LanePool
from facea_desktop.cluster.parcels import CheckpointResult, PersonResult, PictureResult, pack
from facea_desktop.domain.atomic_files import disk_trouble, write_atomically
from facea_desktop.domain.errors import CancelledError, UserError, WorkerLostError
from facea_desktop.domain.events import Observer, Painted
from facea_desktop.domain.outcomes import Outcome, PersonMade, PortraitsMade
from facea_desktop.domain.requests import BatchItem, BatchRequest, PortraitRequest, Request, TuneRequest
from facea_desktop.engine.batch_service import run_batch
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
    """``Executor`` for batches, on other workers.

    Args:
        manager: the library that is worked for; its models are not loaded.
        lanes: the workers. They are closed with this.
    """

    def __init__(self, manager: ModelManager, lanes: Sequence[Lane]) -> None:
        self.manager = manager
        self._pool = LanePool(lanes)

    def execute(
        self, request: Request, observer: Observer, *, portraits: Path | None = None, stages: bool = True
    ) -> Outcome:
        """As ``Executor.execute``, for a BatchRequest.

        Raises:
            UserError: an error the user can fix.
            CancelledError: stopped.
        """
        assert isinstance(request, BatchRequest)
        folder = portraits or self.manager.library.portraits
        carry_out = partial(self._carry_out, folder=folder, stages=stages)
        return run_batch(self.manager, request, observer, carry_out, folder, self._pool.count)

    def close(self) -> None:
        """End all workers; they erase what they hold."""
        self._pool.close()

    def _carry_out(self, item: BatchItem, observer: Observer, *, folder: Path, stages: bool) -> Outcome:
        library = self.manager.library
        with self._pool.lent() as lane:
            loras = OwnStyles(self.manager.root).loras
            parcel, contents = pack(item, library, loras, self.manager.models.choices())
            lane.begin(parcel, contents)
            del contents
            receiver = _Receiver(self.manager, item, observer, folder, stages=stages)
            return receiver.outcome(lane)


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
                messages = lane.follow(stopping, _POLL_S)
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
                    self._done = PortraitsMade()  # a batch asks for one at a time
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
            raise UserError(ended.error)
        if ended.bug is not None:
            raise RuntimeError(f"on a worker: {ended.bug}")
        assert self._done is not None
        return self._done

    def _kept(self, painted: Painted) -> Painted:
        assert isinstance(self._item, PortraitRequest)
        assert self._picture is not None
        in_gallery = self._folder == self._library.portraits
        with self._library.unchanged():  # nobody is deleted while it is saved
            for person in (self._item.person, *(other.person for other in self._item.others)):
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
