"""An engine for tests of batches on workers: it needs no models, counts its steps and dies where it is told to.

``SCRIPTED_BATCH`` names a folder: what is done goes into ``done.log`` there, and a file ``die-PHASE`` in it ends the
next process that comes to that phase.
"""

from __future__ import annotations

import os
from pathlib import Path

from PIL import Image

from facea_desktop.cluster import job_worker
from facea_desktop.domain.events import Observer, ProgressReporter
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
    before = int((folder / LAST).read_text()) if request.resume else 0
    progress = ProgressReporter(observer, "tuning", request.recipe.steps, before)
    for step in range(before + 1, request.recipe.steps + 1):
        phase("step", f"{request.person} {step}")
        (folder / LAST).write_text(str(step))
        progress.update(step)
    tuning = Tuning(recipe=request.recipe, seed=request.seed, step=request.recipe.steps)
    learned = library.read(request.person)[1]["references/0.png"] + bytes([request.seed, request.recipe.steps % 256])
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
    picture = Image.open(request.picture).convert("RGB") if request.picture else Image.new("RGB", (8, 8), "red")
    made = Portrait(picture, picture, Image.new("L", picture.size), request.seed, None)
    observer.emit(save(made, request, library.portraits, stages=True))
    phase("painted")
    return PortraitsMade()
