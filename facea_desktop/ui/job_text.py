"""Titles and states of jobs as text."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from facea_desktop.domain.events import DeviceSelected, Progress
from facea_desktop.domain.faces import Attribute
from facea_desktop.domain.mix_requests import AttributeSource, MixRequest
from facea_desktop.domain.requests import (
    AccelerateRequest,
    BatchRequest,
    ComparisonRequest,
    EnlargeRequest,
    FetchRequest,
    GridAxis,
    GridSheet,
    PortraitRequest,
    Request,
    TuneRequest,
)
from facea_desktop.ui.formatting import decimal, duration, joined, time_left
from facea_desktop.workers.job import Job, JobState

tr = QCoreApplication.translate

_TITLE_LENGTH = 40
"""Characters of a prompt that stand in a title."""


def job_title(request: Request, name: str) -> str:
    """The title of a job.

    Args:
        name: of the person, of the new one for a mix; of what is downloaded or enlarged; of the comparison.
    """
    match request:
        case TuneRequest():
            return tr("Jobs", "Tuning {}").format(name)
        case MixRequest():
            return tr("Jobs", "Mixing {}").format(name)
        case FetchRequest() | AccelerateRequest():
            return tr("Jobs", "Downloading {}").format(name)
        case EnlargeRequest():
            return tr("Jobs", "{name}: enlarged {times} times").format(name=name, times=request.times)
        case ComparisonRequest():
            return tr("Jobs", "Comparing methods on {}").format(name)
        case BatchRequest():
            return tr("Jobs", "{name}: {count} pictures").format(name=name, count=len(request.items))
        case PortraitRequest():
            words = " ".join(request.prompt.split()) or tr("Jobs", "portrait")
            return f"{name}: {words if len(words) <= _TITLE_LENGTH else words[: _TITLE_LENGTH - 1].rstrip() + '…'}"
        case _:
            return request.kind


def steps_words(progress: Progress, request: Request | None = None) -> str:
    """ "620/1000", or percent where the steps are bytes of a download, pixels, or units of work."""
    if progress.total > 1_000_000 or isinstance(request, ComparisonRequest | BatchRequest | EnlargeRequest):
        return f"{round(100 * progress.fraction)} %"
    return f"{progress.step}/{progress.total}"


def device_words(selected: DeviceSelected) -> str:
    """ "Processor, fp32"."""
    device = tr("Jobs", "Processor") if selected.device == "Processor" else selected.device
    if selected.place:
        device = tr("Jobs", "{device} · {workers}").format(device=device, workers=place_words(selected.place))
    return tr("Jobs", "{device}, {precision}").format(device=device, precision=selected.precision)


def place_words(place: str) -> str:
    """What workers are called, by their name for ``batch --on``: "workers on this computer", "ray://10.0.0.5:10001"."""
    if place.startswith("local"):
        return tr("Jobs", "workers on this computer")
    return tr("Jobs", "Ray on this computer") if place == "ray" else place


def state_words(job: Job, progress: Progress | None, ahead: Job | None = None) -> str:
    """The state of a job, with its steps and the time left, what it waits for (``ahead``), or why it failed."""
    match job.state:
        case JobState.RUNNING if progress is not None:
            steps = steps_words(progress, job.request)
            if progress.seconds_left is None:
                return tr("Jobs", "running {}").format(steps)
            left = time_left(progress.seconds_left)
            return tr("Jobs", "running {steps} · {left}").format(steps=steps, left=left)
        case JobState.RUNNING:
            return tr("Jobs", "starting")
        case JobState.WAITING if ahead is not None:
            return waits_for_words(ahead)
        case JobState.WAITING:
            return tr("Jobs", "waiting")
        case JobState.DONE:
            took = _took(job)
            return tr("Jobs", "done in {}").format(took) if took else tr("Jobs", "done")
        case JobState.FAILED:
            return tr("Jobs", "failed: {}").format(job.error or tr("Jobs", "see the log"))
        case JobState.CANCELLED:
            return tr("Jobs", "cancelled")
        case JobState.INTERRUPTED:
            return tr("Jobs", "interrupted when the program closed")


def short_state_words(job: Job) -> str:
    """The same where steps, time and reason are shown beside it."""
    match job.state:
        case JobState.RUNNING:
            return tr("Jobs", "running")
        case JobState.FAILED:
            return tr("Jobs", "failed")
        case _:
            return state_words(job, None)


def bar_words(job: Job, progress: Progress | None) -> str:
    """A running job in one line: "Tuning Ben 620/1000, 1:40 left"."""
    if progress is None:
        return tr("Jobs", "{}: starting").format(job.title)
    steps = steps_words(progress, job.request)
    if progress.seconds_left is None:
        return f"{job.title} {steps}"
    return f"{job.title} {steps}, {time_left(progress.seconds_left)}"


def failure_words(job: Job) -> str:
    """Which job failed, and why; empty where it did not or where that is not known."""
    return f"{job.title}: {job.error}" if job.error is not None else ""


def ended_words(job: Job) -> str:
    """That a job is done or has failed, without saying whom it is about."""
    if job.state is JobState.FAILED:
        return tr("Jobs", "A job has failed")
    match job.request:
        case PortraitRequest():
            one = len(job.pictures) == 1
            return tr("Jobs", "Your portrait is ready") if one else tr("Jobs", "Your portraits are ready")
        case EnlargeRequest():
            return tr("Jobs", "The enlarged picture is ready")
        case TuneRequest():
            return tr("Jobs", "Tuning is done")
        case MixRequest():
            return tr("Jobs", "The mix is ready")
        case ComparisonRequest():
            return tr("Jobs", "The comparison is done")
        case FetchRequest() | AccelerateRequest():
            return tr("Jobs", "The download is done")
        case _:
            return tr("Jobs", "A job is done")


def queued_words() -> str:
    """The text shown for a waiting job."""
    return tr("Jobs", "Waiting in the queue")


def waits_for_words(tuning: Job) -> str:
    """The text shown for a portrait that waits for somebody to be tuned."""
    if tuning.state is JobState.INTERRUPTED:
        return tr("Jobs", "Starts once “{}” is resumed and done").format(tuning.title)
    return tr("Jobs", "Starts once “{}” is done").format(tuning.title)


def waiting_words(count: int) -> str:
    """How many jobs wait."""
    return tr("Jobs", "{} waiting").format(count)


def group_words(state: JobState) -> str:
    """The heading that a job stands under."""
    if state is JobState.RUNNING:
        return tr("Jobs", "Running")
    return tr("Jobs", "Waiting") if state is JobState.WAITING else tr("Jobs", "Finished")


def again_words(job: Job) -> str:
    """The label of the button that runs a job again."""
    if job.can_resume or job.state is JobState.INTERRUPTED:
        return tr("Jobs", "Resume")
    return tr("Jobs", "Run again") if job.state is JobState.DONE else tr("Jobs", "Try again")


def attribute_words(attribute: Attribute) -> str:
    """ "left eye", "nose"; left is the viewer's left."""
    return {
        Attribute.LEFT_EYE: tr("Jobs", "left eye"),
        Attribute.RIGHT_EYE: tr("Jobs", "right eye"),
        Attribute.NOSE: tr("Jobs", "nose"),
        Attribute.MOUTH: tr("Jobs", "mouth"),
    }[attribute]


def request_words(request: Request, name_of: Callable[[str], str]) -> list[tuple[str, str]]:
    """The request's settings as (label, value) pairs; ``name_of`` maps a person's id to a name."""
    if isinstance(request, TuneRequest):
        return _tune_words(request, name_of)
    if isinstance(request, PortraitRequest):
        return _portrait_words(request, name_of)
    if isinstance(request, MixRequest):
        takes = joined(_take_words(take, name_of) for take in request.takes)
        return [
            (tr("Jobs", "New person"), request.name),
            (tr("Jobs", "Based on"), name_of(request.person)),
            (tr("Jobs", "Attributes"), takes),
            (tr("Jobs", "Steps"), tr("Jobs", "{} per attribute").format(request.steps)),
            (tr("Jobs", "Seed"), str(request.seed)),
        ]
    if isinstance(request, EnlargeRequest):
        return [
            (tr("Jobs", "Picture"), request.picture.name),
            (tr("Jobs", "Enlarged"), tr("Jobs", "{} times").format(request.times)),
        ]
    if isinstance(request, FetchRequest):
        return [(tr("Jobs", "Model"), request.model)]
    if isinstance(request, AccelerateRequest):
        return [(tr("Jobs", "Build of PyTorch"), request.build)]
    if isinstance(request, ComparisonRequest):
        return [
            (tr("Jobs", "Methods"), joined(request.methods)),
            (tr("Jobs", "Seeds"), joined(map(str, request.seeds))),
            (tr("Jobs", "Photos"), str(request.folder)),
            (tr("Jobs", "Saved to"), str(request.out)),
        ]
    if isinstance(request, BatchRequest):
        pictures = (tr("Jobs", "Pictures"), str(len(request.items)))
        return [pictures] if request.grid is None else [*_grid_words(request.grid, name_of), pictures]
    return [(tr("Jobs", "Task"), request.kind)]


def _grid_words(grid: GridSheet, name_of: Callable[[str], str]) -> list[tuple[str, str]]:
    def values(axis: GridAxis) -> str:
        return joined(name_of(value) if axis.setting == "person" else value for value in axis.values)

    return [
        (tr("Jobs", "Prompt"), grid.request.prompt),
        (tr("Jobs", "Columns"), values(grid.x)),
        (tr("Jobs", "Rows"), values(grid.y)),
    ]


def _tune_words(request: TuneRequest, name_of: Callable[[str], str]) -> list[tuple[str, str]]:
    recipe = request.recipe
    pairs = [
        (tr("Jobs", "Person"), name_of(request.person)),
        (
            tr("Jobs", "Steps"),
            tr("Jobs", "{steps}, {batch} pictures each").format(steps=recipe.steps, batch=recipe.batch),
        ),
        (
            tr("Jobs", "LoRA"),
            tr("Jobs", "rank {rank}, learning rate {rate}").format(
                rank=recipe.rank, rate=decimal(recipe.lora_rate, None)
            ),
        ),
        (tr("Jobs", "Seed"), str(request.seed)),
    ]
    if request.resume:
        pairs.append((tr("Jobs", "Starts at"), tr("Jobs", "last checkpoint")))
    return pairs


def _portrait_words(request: PortraitRequest, name_of: Callable[[str], str]) -> list[tuple[str, str]]:
    assigned = [(request.person, request.face_words), *((other.person, other.words) for other in request.others)]
    people = [f"{name_of(person)} ({words})" if words else name_of(person) for person, words in assigned]
    last = (request.seed + request.count - 1) % 2**32
    pairs = [
        (tr("Jobs", "People") if request.others else tr("Jobs", "Person"), joined(people)),
        (tr("Jobs", "Prompt"), request.prompt),
        (tr("Jobs", "Scene"), request.context_prompt or ""),
        (tr("Jobs", "Face"), request.face_prompt or ""),
        (tr("Jobs", "Avoid"), request.negative_prompt),
        (tr("Jobs", "Scene photo"), request.picture.name if request.picture else ""),
        (tr("Jobs", "Shape"), request.shape or ""),
        (tr("Jobs", "Pictures"), str(request.count)),
        (
            tr("Jobs", "Seed"),
            str(request.seed)
            if request.count == 1
            else tr("Jobs", "{first} to {last}").format(first=request.seed, last=last),
        ),
        (tr("Jobs", "Scene seed"), "" if request.scene_seed is None else str(request.scene_seed)),
        (tr("Jobs", "Steps"), str(request.steps or "")),
    ]
    return [(word, value) for word, value in pairs if value]


def _take_words(take: AttributeSource, name_of: Callable[[str], str]) -> str:
    words = tr("Jobs", "{}'s {}").format(name_of(take.person), attribute_words(take.attribute))
    return words if take.strength == 1 else f"{words} ({round(100 * take.strength)} %)"


def _took(job: Job) -> str:
    return duration((job.ended - job.started).total_seconds()) if job.started and job.ended else ""
