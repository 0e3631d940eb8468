"""Carries out requests: the single place, called by the command line and the engine process alike.

A request goes in, events come up while it runs, an outcome is returned at the end (``domain/``). Importing this module
loads neither torch nor an HTTP client; they come with the first request that needs them.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from facea_desktop.acceleration.environments import Environments, use_packages
from facea_desktop.acceleration.torch_errors import find_mismatch
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Event, Observer, Progress
from facea_desktop.domain.mix_requests import BlendPreviewRequest, BlendRequest, MixPreviewRequest, MixRequest
from facea_desktop.domain.outcomes import (
    Accelerated,
    AppearanceRead,
    Machine,
    ModelFetched,
    Outcome,
    PersonMade,
    PortraitsMade,
)
from facea_desktop.domain.photo_requests import (
    AddPhotosRequest,
    AppearanceRequest,
    EnrolRequest,
    FirstSightRequest,
    InspectRequest,
    MaskRequest,
)
from facea_desktop.domain.requests import (
    AccelerateRequest,
    BatchItem,
    BatchRequest,
    CheckpointRequest,
    ComparisonRequest,
    EnlargeRequest,
    FacesRequest,
    FetchRequest,
    ImportRequest,
    LikenessRequest,
    MachineRequest,
    PartsRequest,
    PortraitRequest,
    RecogniseRequest,
    Request,
    TuneRequest,
)
from facea_desktop.library.step_times import note_step_time, painting_step, tuning_step
from facea_desktop.models.devices import find_devices
from facea_desktop.models.model_store import ModelStore

if TYPE_CHECKING:
    from facea_desktop.engine.model_manager import ModelManager


def _first_progress(observer: Observer) -> tuple[Observer, list[tuple[float, Progress]]]:
    """An observer that passes everything on, and the list that gets the first progress and its time."""
    first: list[tuple[float, Progress]] = []

    def emit(event: Event) -> None:
        if isinstance(event, Progress) and not first:
            first.append((time.monotonic(), event))
        observer.emit(event)

    return replace(observer, emit=emit), first


class Executor:
    """Carries out requests on one data folder; models stay warm from one to the next.

    Args:
        root: the data folder.
        device, precision, offload: as ``ModelManager`` takes them.
        home: the data folder whose models and PyTorch are used, where that is another one.
    """

    def __init__(
        self,
        root: Path,
        device: str | None = None,
        precision: str | None = None,
        *,
        offload: bool = False,
        home: Path | None = None,
    ) -> None:
        self._root, self._home = root, home
        self._device, self._precision, self._offload = device, precision, offload

    @cached_property
    def manager(self) -> ModelManager:
        """The library and the models, made when they are first needed."""
        use_packages(Environments(self._home or self._root).packages())
        from facea_desktop.engine.model_manager import ModelManager

        _lock_progress_bars_among_threads()
        return ModelManager(self._root, self._device, self._precision, offload=self._offload, home=self._home)

    def execute(
        self, request: Request, observer: Observer, *, portraits: Path | None = None, stages: bool = True
    ) -> Outcome:
        """Carry out one request.

        Args:
            portraits: where portraits are saved; None saves them in the gallery of the data folder.
            stages: keep the context picture and the mask beside each portrait.

        Raises:
            UserError: an error the user can fix.
            CancelledError: stopped.
        """
        watched, first = _first_progress(observer)
        try:
            outcome = self._carry_out(request, watched, portraits, stages)
        except RuntimeError as error:
            mismatch = find_mismatch(str(error))
            if mismatch is None:
                raise
            raise UserError(str(mismatch)) from error
        with suppress(UserError):  # somebody who was renamed or deleted meanwhile: the work is done
            self._note_step_time(request, observer, first)
        return outcome

    def _note_step_time(self, request: Request, observer: Observer, first: Sequence[tuple[float, Progress]]) -> None:
        """Remember how long a step took, for estimates; what was done in part tells nothing.

        Args:
            first: when the first step was done, and which it was. Until then models were loaded, which is not asked
                of the next job.
        """
        if not first or not isinstance(request, TuneRequest | PortraitRequest):
            return
        (at, progress), person = first[0], self.manager.library.get(request.person)
        steps, family = progress.total - progress.step, person.family
        if steps <= 0:
            return
        if isinstance(request, PortraitRequest):
            seen = sum(self.manager.library.get(one).state == "not tuned" for one in request.people if request.identity)
            note_step_time(self._root, painting_step(family, request, seen), (time.monotonic() - at) / steps)
        elif not request.resume and not observer.finish.is_set():
            note_step_time(self._root, tuning_step(family, request.recipe.batch), (time.monotonic() - at) / steps)

    def _carry_out(self, request: Request, observer: Observer, portraits: Path | None, stages: bool) -> Outcome:
        if isinstance(request, FetchRequest):  # a download needs no torch, and does not wait for it
            from facea_desktop.models.download import fetch

            store = ModelStore(self._root)
            return ModelFetched(fetch(store.catalogue.model(request.model), store, observer))
        if isinstance(request, AccelerateRequest):
            return _accelerate(self._root, request, observer)
        manager = self.manager  # before anything else loads torch: with it comes the PyTorch to use
        if isinstance(request, ComparisonRequest):  # rarely wanted: nothing else loads its methods
            from facea_desktop.comparison.runner import evaluate

            return evaluate(manager, request, observer)

        from facea_desktop.engine import (
            appearance_reader,
            batch_service,
            blending,
            enlargement,
            enrolment,
            first_sight,
            mix_preview,
            person_import,
            picture_analysis,
            portrait_service,
            tuning_service,
        )

        match request:
            case InspectRequest():
                return enrolment.inspect(manager, request, observer)
            case EnrolRequest():
                return PersonMade(enrolment.enrol(manager, request, observer).id)
            case FirstSightRequest():
                return first_sight.preview_first_sight(manager, request, observer)
            case AddPhotosRequest():
                return PersonMade(enrolment.add_photos(manager, request, observer).id)
            case MaskRequest():
                return PersonMade(enrolment.draw_mask(manager, request).id)
            case AppearanceRequest():
                return AppearanceRead(appearance_reader.read_appearance(manager, manager.library.get(request.person)))
            case TuneRequest():
                return PersonMade(tuning_service.tune_person(manager, request, observer).id)
            case CheckpointRequest():
                return PersonMade(tuning_service.use_checkpoint(manager, request).id)
            case MixRequest():
                return PersonMade(tuning_service.mix_people(manager, request, observer).id)
            case MixPreviewRequest():
                return mix_preview.preview_mix(manager, request, observer)
            case BatchRequest():

                def carry_out(item: BatchItem, observer: Observer) -> Outcome:
                    return self.execute(item, observer, portraits=portraits, stages=stages)

                folder = portraits or manager.library.portraits
                return batch_service.run_batch(manager, request, observer, carry_out, folder)
            case BlendPreviewRequest():
                return blending.preview_blend(manager, request, observer)
            case BlendRequest():
                return PersonMade(blending.blend_people(manager, request, observer).id)
            case PortraitRequest():
                folder = portraits or manager.library.portraits
                portrait_service.make_portraits(manager, request, observer, folder, stages=stages)
                return PortraitsMade()
            case FacesRequest():
                return picture_analysis.find_faces(manager, request.picture)
            case RecogniseRequest():
                return picture_analysis.recognise_people(manager, request)
            case PartsRequest():
                return picture_analysis.find_parts(manager, request.picture)
            case LikenessRequest():
                return picture_analysis.measure_likeness(manager, request)
            case EnlargeRequest():
                return enlargement.enlarge(manager, request, observer)
            case ImportRequest():
                return PersonMade(person_import.import_file(manager, request).id)
            case MachineRequest():
                return Machine(tuple(find_devices()))


def _lock_progress_bars_among_threads() -> None:
    """Give the progress bars of libraries a lock of this process alone.

    By default it is one among processes, a semaphore of the system, which Python misses, and says so, when the process
    is ended from outside.
    """
    from tqdm import tqdm

    tqdm.set_lock(threading.RLock())


def _accelerate(root: Path, request: AccelerateRequest, observer: Observer) -> Accelerated:
    from facea_desktop.acceleration.installation import install
    from facea_desktop.acceleration.torch_builds import torch_build

    build = torch_build(request.build)
    if build is None:
        raise UserError(f"This version of the program knows no build {request.build!r} of PyTorch; look under Device.")
    made = install(build, Environments(root), observer)
    return Accelerated(device=made.device, torch=made.torch)
