"""What methods, figures and questions are called in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import QCoreApplication

from facea_desktop.evaluation.methods import NEEDS, is_tuned
from facea_desktop.evaluation.shelf import Comparison
from facea_desktop.evaluation.votes import Question
from facea_desktop.models.store import ModelStore
from facea_desktop.ui.jobs.words import joined, state_words
from facea_desktop.ui.people.words import day_words
from facea_desktop.workers.jobs import Job, JobState
from facea_desktop.workers.pool import JobPool

tr = QCoreApplication.translate

USUAL = ("untuned", "neither", "no-embeddings", "full", "dreambooth-lora")
MORE = (
    *("face-only", "ip-adapter", "ip-adapter-face"),
    *("photomaker", "ip-adapter-faceid", "instantid", "celeb-basis"),
)


def method_words(method: str) -> tuple[str, str]:
    """What a method is called, and what it is."""
    known = {
        "untuned": (tr("Likeness", "Untuned"), tr("Likeness", "Nobody is learned: the models alone")),
        "neither": (tr("Likeness", "Face alone"), tr("Likeness", "Learns the face as a whole")),
        "no-embeddings": (tr("Likeness", "Face and parts"), tr("Likeness", "Also learns eyes, nose and mouth by name")),
        "full": (tr("Likeness", "FaceA-Net"), tr("Likeness", "And words for each: what Tune does")),
        "dreambooth-lora": (
            tr("Likeness", "DreamBooth LoRA"),
            tr("Likeness", "The usual way: a rare word for a person"),
        ),
        "face-only": (tr("Likeness", "Face and words"), tr("Likeness", "The face as a whole, with words for it")),
        "ip-adapter": (tr("Likeness", "IP-Adapter"), tr("Likeness", "Learns nobody; the photos guide the large model")),
        "ip-adapter-face": (tr("Likeness", "IP-Adapter, face"), tr("Likeness", "The same in the second stage alone")),
        "photomaker": ("PhotoMaker", ""),
        "ip-adapter-faceid": ("IP-Adapter-FaceID", ""),
        "instantid": ("InstantID", ""),
        "celeb-basis": ("Celeb Basis", ""),
    }
    return known.get(method, (method, ""))


def method_name(method: str) -> str:
    """What a method is called."""
    return method_words(method)[0]


def why_not(method: str, models: ModelStore) -> str:
    """Why a method cannot be used here, "" where it can."""
    if not method_words(method)[1]:
        return tr("Likeness", "A program of its own: see facea-desktop evaluate --help")
    needed = NEEDS.get(method)
    if needed is not None and not models.installed(needed):
        return tr("Likeness", "Not installed; fetch it on the page Models")
    return ""


def question_words(question: Question, person: str) -> str:
    """A question about the pictures that are shown."""
    return {
        Question.LIKENESS: tr("Likeness", "Which is most like {}?").format(person),
        Question.BEAUTY: tr("Likeness", "Which looks best?"),
        Question.PROMPT: tr("Likeness", "Which fits the words best?"),
    }[question]


def question_heading(question: Question) -> str:
    """A question as the heading of its answers."""
    return {
        Question.LIKENESS: tr("Likeness", "Most like the person"),
        Question.BEAUTY: tr("Likeness", "Best looking"),
        Question.PROMPT: tr("Likeness", "Fits the words"),
    }[question]


def count_words(people: int, methods: Sequence[str], prompts: int, seeds: int) -> str:
    """How much will be made."""
    pictures = people * len(methods) * prompts * seeds
    tunings = people * sum(map(is_tuned, methods))
    made = tr("Likeness", "1 picture") if pictures == 1 else tr("Likeness", "{} pictures").format(pictures)
    if not tunings:
        return tr("Likeness", "{}, no tuning").format(made)
    learned = tr("Likeness", "1 tuning") if tunings == 1 else tr("Likeness", "{} tunings").format(tunings)
    return tr("Likeness", "{pictures} and {tunings}").format(pictures=made, tunings=learned)


def job_of(pool: JobPool, comparison: Comparison) -> Job | None:
    """The job that makes a comparison: the one at work, else the last."""
    jobs = [job for job in pool.jobs() if job.subject == str(comparison.folder)]
    return jobs[0] if jobs else None


def standing(pool: JobPool, comparison: Comparison, finished: bool) -> str:
    """How far a comparison is; ``finished`` is the comparison's, which is read beside the window."""
    job = job_of(pool, comparison)
    if job is not None and not job.state.ended:
        return state_words(job, pool.progress(job.id))
    if finished:
        count = _counted(len(comparison.plan.methods), tr("Likeness", "1 method"), tr("Likeness", "{} methods"))
        created = comparison.plan.created.astimezone().date()
        return f"{count} · {day_words(created, datetime.now(UTC).astimezone().date())}"
    if job is not None and job.state is JobState.FAILED:
        return tr("Likeness", "could not be finished")
    return tr("Likeness", "not finished")


def verdict(summary: dict[str, Any]) -> str:
    """What the figures say, and how far they can be trusted."""
    means = {name: one["face_sim"]["mean"] for name, one in summary["methods"].items() if "face_sim" in one}
    if len(means) < 2:
        return ""
    best, second = sorted(means, key=lambda name: -means[name])[:2]
    names = {"best": method_name(best), "second": method_name(second)}
    if len(summary["people"]) == 1:
        text = tr("Likeness", "{best} is most like {person}, then {second}. One person says little about others.")
        return text.format(**names, person=summary["people"][0])
    pair = {best, second}
    tests = [one for one in summary["comparisons"] if {one["first"], one["second"]} == pair]
    sure = any(one["metric"] == "face_sim" and one["p_holm"] is not None and one["p_holm"] < 0.05 for one in tests)
    if sure:
        text = tr("Likeness", "{best} is most like these people, and more than chance explains before {second}.")
    else:
        text = tr("Likeness", "{best} is most like these people, but chance alone could put it before {second}.")
    return text.format(**names)


def about_words(comparison: Comparison, summary: dict[str, Any] | None) -> str:
    """Of what a comparison was made."""
    day = f"{comparison.plan.created.astimezone():%Y-%m-%d}"
    if summary is None:
        return day
    many = [
        _counted(len(summary["people"]), tr("Likeness", "1 person"), tr("Likeness", "{} people")),
        _counted(len(summary["prompts"]), tr("Likeness", "1 prompt"), tr("Likeness", "{} prompts")),
        _counted(len(summary["seeds"]), tr("Likeness", "1 picture of each"), tr("Likeness", "{} pictures of each")),
    ]
    return f"{joined(many)} · {summary['machine']} · {day}"


def _counted(count: int, one: str, many: str) -> str:
    return one if count == 1 else many.format(count)
