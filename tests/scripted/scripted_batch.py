"""An engine for tests of batches on workers: it needs no models, counts its steps and dies where it is told to.

``SCRIPTED_BATCH`` names a folder: what is done goes into ``done.log`` there, and a file ``die-PHASE`` in it ends the
next process that comes to that phase.
"""

from __future__ import annotations

import os
from pathlib import Path

from PIL import Image

from facea_desktop.cluster import job_worker
from facea_desktop.cluster.place_engine import PlaceEngine
from facea_desktop.domain.errors import OtherSettingsError
from facea_desktop.domain.events import DeviceSelected, Observer, ProgressReporter, Warned
from facea_desktop.domain.generations import generation_of
from facea_desktop.domain.outcomes import Outcome, PersonMade, PortraitsMade
from facea_desktop.domain.people import Profile, Tuning
from facea_desktop.domain.photo_requests import EnrolRequest
from facea_desktop.domain.requests import PortraitRequest, Request, TuneRequest
from facea_desktop.engine.portrait_saving import Portrait, save
from facea_desktop.library.id_library import Library
from facea_desktop.library.person_files import LAST
from facea_desktop.workers.engine_process import EngineSettings, Execute


def scripted_batch(settings: EngineSettings) -> Execute:
    """Enrols, tunes and paints without a model."""
    library = Library(settings.root)
    job_worker.CHECKPOINTS_S = 0  # a tuning takes less than a second

    def carry_out(request: Request, observer: Observer) -> Outcome:
        phase("begin")
        match request:
            case EnrolRequest():
                return PersonMade(_enrol(library, request))
            case TuneRequest():
                return PersonMade(_tune(library, request, observer))
            case PortraitRequest():
                return _paint(library, request, observer)
            case _:
                raise AssertionError

    return carry_out


def phase(name: str, more: str = "") -> None:
    """Say that this is reached, and die where that is wanted."""
    folder = Path(os.environ["SCRIPTED_BATCH"])
    with (folder / "done.log").open("a") as log:
        log.write(f"{name} {more}\n")
    if (folder / f"die-{name}").exists():
        (folder / f"die-{name}").unlink()
        os._exit(9)


def _enrol(library: Library, request: EnrolRequest) -> str:
    files = {f"references/{index}.png": photo.read_bytes() for index, photo in enumerate(request.photos)}
    person = library.new_id()
    library.create(Profile(id=person, name=request.name, subject=request.subject, family="starter"), files)
    return person


def _tune(library: Library, request: TuneRequest, observer: Observer) -> str:
    folder = library.folder(request.person) / "checkpoints"
    folder.mkdir(exist_ok=True)
    if request.resume and (Path(os.environ["SCRIPTED_BATCH"]) / "other-settings").exists():
        raise OtherSettingsError("The interrupted tuning had other settings.")
    before = int((folder / LAST).read_text()) if request.resume else 0
    progress = ProgressReporter(observer, "tuning", request.recipe.steps, before)
    for step in range(before + 1, request.recipe.steps + 1):
        phase("step", f"{request.person} {step}")
        (folder / LAST).write_text(str(step))
        progress.update(step)
        if observer.finish.is_set():
            break
    recipe = request.recipe.model_copy(update={"steps": step})
    tuning = Tuning(recipe=recipe, seed=request.seed, step=step, generation=generation_of("starter"))
    learned = library.read(request.person)[1]["references/0.png"] + bytes([request.seed, step % 256])
    library.change(
        request.person, lambda now: now.model_copy(update={"tuning": tuning}), {"adapter.safetensors": learned}
    )
    (folder / LAST).unlink()
    phase("end")
    return request.person


def _paint(library: Library, request: PortraitRequest, observer: Observer) -> Outcome:
    assert library.get(request.person).tuning is not None
    root = library.portraits.parent
    for path in sorted(path for part in ("styles", "people/*/checkpoints") for path in root.glob(f"{part}/*.*")):
        phase("kept", path.relative_to(root).as_posix())
    observer.emit(DeviceSelected("Processor", "fp32"))
    observer.emit(Warned("The scene is rough."))
    progress = ProgressReporter(observer, "painting", 2)
    progress.update(1)
    picture = Image.open(request.picture).convert("RGB") if request.picture else Image.new("RGB", (8, 8), "red")
    made = Portrait(picture, picture, Image.new("L", picture.size), request.seed, None)
    observer.emit(save(made, request, library.portraits, stages=True))
    progress.update(2)
    phase("painted")
    return PortraitsMade()


def scripted_place(settings: EngineSettings) -> Execute:
    """The engine of a process of the window, whose workers are scripted."""
    return PlaceEngine(settings, scripted_batch).execute
