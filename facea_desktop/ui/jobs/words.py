"""What jobs are called and how they stand, in plain words."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QCoreApplication

from facea_desktop.domain.events import Placed, Progress
from facea_desktop.domain.faces import Attribute
from facea_desktop.domain.requests import (
    EvaluateRequest,
    FetchRequest,
    MixRequest,
    PortraitRequest,
    Request,
    Take,
    TuneRequest,
)
from facea_desktop.workers.jobs import Job, JobState

tr = QCoreApplication.translate

_HOUR_S = 3600
_DAY_S = 86_400


def duration(seconds: float) -> str:
    """A time span as people say it: "0:08", "1:40", "about 3 h", "about 2 days"; exact only where that is honest."""
    whole = max(round(seconds), 0)
    if whole < _HOUR_S:
        return f"{whole // 60}:{whole % 60:02}"
    if whole < _DAY_S:
        return tr("Jobs", "about {} h").format(round(whole / _HOUR_S))
    return tr("Jobs", "about {} days").format(round(whole / _DAY_S)) if whole >= 1.5 * _DAY_S else tr("Jobs", "a day")


def steps_words(progress: Progress, request: Request | None = None) -> str:
    """ "620/1000", or percent where the steps are bytes of a download, or an evaluation's units of work."""
    if progress.total > 1_000_000 or isinstance(request, EvaluateRequest):
        return f"{round(100 * progress.step / progress.total)} %"
    return f"{progress.step}/{progress.total}"


def placed_words(placed: Placed) -> str:
    """ "Processor, fp32"."""
    return tr("Jobs", "{device}, {precision}").format(device=placed.device, precision=placed.precision)


def state_words(job: Job, progress: Progress | None) -> str:
    """Where a job stands, with its steps and the time left, or why it failed."""
    match job.state:
        case JobState.RUNNING if progress is not None:
            steps = steps_words(progress, job.request)
            if progress.seconds_left is None:
                return tr("Jobs", "running {}").format(steps)
            left = tr("Jobs", "{} left").format(duration(progress.seconds_left))
            return tr("Jobs", "running {steps} · {left}").format(steps=steps, left=left)
        case JobState.RUNNING:
            return tr("Jobs", "getting ready")
        case JobState.WAITING:
            return tr("Jobs", "waiting")
        case JobState.DONE:
            took = _took(job)
            return tr("Jobs", "done in {}").format(took) if took else tr("Jobs", "done")
        case JobState.FAILED:
            return tr("Jobs", "failed: {}").format(job.error or tr("Jobs", "the log says why"))
        case JobState.CANCELLED:
            return tr("Jobs", "cancelled")
        case JobState.INTERRUPTED:
            return tr("Jobs", "interrupted: stopped by a restart")


def bar_words(job: Job, progress: Progress | None) -> str:
    """A running job in one line: "Tuning Ben 620/1000, 1:40 left"."""
    if progress is None:
        return tr("Jobs", "{}: getting ready").format(job.title)
    steps = steps_words(progress, job.request)
    if progress.seconds_left is None:
        return f"{job.title} {steps}"
    left = duration(progress.seconds_left)
    return tr("Jobs", "{title} {steps}, {left} left").format(title=job.title, steps=steps, left=left)


def group_words(state: JobState) -> str:
    """The heading that a job stands under."""
    if state is JobState.RUNNING:
        return tr("Jobs", "Running")
    return tr("Jobs", "Waiting") if state is JobState.WAITING else tr("Jobs", "Ended")


def again_words(job: Job) -> str:
    """What the button that starts a job once more says."""
    if job.can_resume or job.state is JobState.INTERRUPTED:
        return tr("Jobs", "Resume")
    return tr("Jobs", "Do it again") if job.state is JobState.DONE else tr("Jobs", "Try again")


def attribute_words(attribute: Attribute) -> str:
    """ "left eye", "nose"; left is the viewer's left."""
    return {
        Attribute.LEFT_EYE: tr("Jobs", "left eye"),
        Attribute.RIGHT_EYE: tr("Jobs", "right eye"),
        Attribute.NOSE: tr("Jobs", "nose"),
        Attribute.MOUTH: tr("Jobs", "mouth"),
    }[attribute]


def joined(words: Iterable[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    parts = list(words)
    if len(parts) < 2:
        return "".join(parts)
    return tr("Jobs", "{} and {}").format(", ".join(parts[:-1]), parts[-1])


def request_words(request: Request, name_of: Callable[[str], str]) -> list[tuple[str, str]]:
    """What was asked for, as pairs of a word and what it is; ``name_of`` gives the name of a person's id."""
    if isinstance(request, TuneRequest):
        return _tune_words(request, name_of)
    if isinstance(request, PortraitRequest):
        return _portrait_words(request, name_of)
    if isinstance(request, MixRequest):
        takes = joined(_take_words(take, name_of) for take in request.takes)
        return [
            (tr("Jobs", "New person"), request.name),
            (tr("Jobs", "Made of"), name_of(request.person)),
            (tr("Jobs", "Takes"), takes),
            (tr("Jobs", "Steps"), tr("Jobs", "{} for each attribute").format(request.steps)),
            (tr("Jobs", "Seed"), str(request.seed)),
        ]
    if isinstance(request, FetchRequest):
        return [(tr("Jobs", "Model"), request.model)]
    if isinstance(request, EvaluateRequest):
        return [
            (tr("Jobs", "Methods"), joined(request.methods)),
            (tr("Jobs", "Seeds"), joined(map(str, request.seeds))),
            (tr("Jobs", "Photos"), str(request.folder)),
            (tr("Jobs", "Goes to"), str(request.out)),
        ]
    return [(tr("Jobs", "Task"), request.kind)]


def _tune_words(request: TuneRequest, name_of: Callable[[str], str]) -> list[tuple[str, str]]:
    recipe = request.recipe
    pairs = [
        (tr("Jobs", "Person"), name_of(request.person)),
        (
            tr("Jobs", "Steps"),
            tr("Jobs", "{steps}, {batch} pictures each").format(steps=recipe.steps, batch=recipe.batch),
        ),
        (tr("Jobs", "LoRA"), tr("Jobs", "rank {rank}, rate {rate:g}").format(rank=recipe.rank, rate=recipe.lora_rate)),
        (tr("Jobs", "Seed"), str(request.seed)),
    ]
    if request.resume:
        pairs.append((tr("Jobs", "Begins"), tr("Jobs", "where the last run stopped")))
    return pairs


def _portrait_words(request: PortraitRequest, name_of: Callable[[str], str]) -> list[tuple[str, str]]:
    people = [name_of(request.person), *(name_of(other.person) for other in request.others)]
    last = (request.seed + request.count - 1) % 2**32
    pairs = [
        (tr("Jobs", "People") if request.others else tr("Jobs", "Person"), joined(people)),
        (tr("Jobs", "Prompt"), request.prompt),
        (tr("Jobs", "Scene"), request.context_prompt or ""),
        (tr("Jobs", "Face"), request.face_prompt or ""),
        (tr("Jobs", "Not"), request.negative_prompt),
        (tr("Jobs", "Into"), request.picture.name if request.picture else ""),
        (tr("Jobs", "Pictures"), str(request.count)),
        (
            tr("Jobs", "Seed"),
            str(request.seed)
            if request.count == 1
            else tr("Jobs", "{first} to {last}").format(first=request.seed, last=last),
        ),
        (tr("Jobs", "Steps"), str(request.steps or "")),
    ]
    return [(word, value) for word, value in pairs if value]


def _take_words(take: Take, name_of: Callable[[str], str]) -> str:
    words = tr("Jobs", "{}'s {}").format(name_of(take.person), attribute_words(take.attribute))
    return words if take.strength == 1 else f"{words} ({round(100 * take.strength)} %)"


def _took(job: Job) -> str:
    return duration((job.ended - job.started).total_seconds()) if job.started and job.ended else ""
