"""What methods, figures and questions are called in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication

from facea_desktop.comparison.comparison_store import Comparison
from facea_desktop.comparison.method import NEEDS, is_tuned
from facea_desktop.comparison.votes import Question
from facea_desktop.models.model_store import ModelStore
from facea_desktop.ui.formatting import counted, day_words, joined
from facea_desktop.ui.job_monitor import JobMonitor
from facea_desktop.ui.job_text import state_words
from facea_desktop.workers.job import Job, JobState

tr = QCoreApplication.translate

USUAL = ("untuned", "neither", "no-embeddings", "full", "dreambooth-lora")
MORE = (
    *("face-only", "custom-diffusion", "textual-inversion", "ip-adapter", "ip-adapter-face"),
    *("ip-adapter-faceid", "instantid", "photomaker", "celeb-basis"),
)


def method_words(method: str) -> tuple[str, str]:
    """What a method is called, and what it is."""
    known = {
        "untuned": (tr("Comparison", "Untuned"), tr("Comparison", "The models without any tuning")),
        "neither": (tr("Comparison", "Face only"), tr("Comparison", "Tunes the face as a whole")),
        "no-embeddings": (
            tr("Comparison", "Face and parts"),
            tr("Comparison", "Also tunes eyes, nose and mouth by name"),
        ),
        "full": (
            tr("Comparison", "FaceA-Net"),
            tr("Comparison", "Face and parts, each with its own embeddings: what Tune does"),
        ),
        "dreambooth-lora": (
            tr("Comparison", "DreamBooth LoRA"),
            tr("Comparison", "The usual method: a rare word stands for the person"),
        ),
        "custom-diffusion": (
            tr("Comparison", "Custom Diffusion"),
            tr("Comparison", "A rare word, tuned only where words enter the model"),
        ),
        "textual-inversion": (
            tr("Comparison", "Textual Inversion"),
            tr("Comparison", "Only embeddings are tuned; the model stays as it is"),
        ),
        "face-only": (
            tr("Comparison", "Face and embeddings"),
            tr("Comparison", "The face as a whole, with its own embeddings"),
        ),
        "ip-adapter": (
            tr("Comparison", "IP-Adapter"),
            tr("Comparison", "No tuning; the photos guide the large model"),
        ),
        "ip-adapter-face": (
            tr("Comparison", "IP-Adapter, face"),
            tr("Comparison", "The same, in the second stage only"),
        ),
        "photomaker": ("PhotoMaker", tr("Comparison", "No tuning; the photos become a word of the prompt")),
        "ip-adapter-faceid": (
            "IP-Adapter-FaceID",
            tr("Comparison", "No tuning; a face recogniser's figures guide the large model"),
        ),
        "instantid": ("InstantID", tr("Comparison", "The same, posed like the scene of the other methods")),
        "celeb-basis": ("Celeb Basis", ""),
    }
    return known.get(method, (method, ""))


def method_name(method: str) -> str:
    """What a method is called."""
    return method_words(method)[0]


def why_not(method: str, models: ModelStore) -> str:
    """Why a method cannot be used here, "" where it can."""
    if not method_words(method)[1]:
        return tr("Comparison", "Runs as an external program: see facea-desktop evaluate --help")
    if not all(map(models.installed, NEEDS.get(method, ()))):
        return tr("Comparison", "Not installed; download it on the Models page")
    return ""


def question_words(question: Question, person: str) -> str:
    """A question about the pictures that are shown."""
    return {
        Question.LIKENESS: tr("Comparison", "Which is most like {}?").format(person),
        Question.BEAUTY: tr("Comparison", "Which looks best?"),
        Question.PROMPT: tr("Comparison", "Which fits the prompt best?"),
    }[question]


def question_heading(question: Question) -> str:
    """A question as the heading of its answers."""
    return {
        Question.LIKENESS: tr("Comparison", "Most like the person"),
        Question.BEAUTY: tr("Comparison", "Looks best"),
        Question.PROMPT: tr("Comparison", "Fits the prompt best"),
    }[question]


def count_words(people: int, methods: Sequence[str], prompts: int, seeds: int) -> str:
    """How much will be made."""
    pictures = people * len(methods) * prompts * seeds
    tunings = people * sum(map(is_tuned, methods))
    made = counted(pictures, tr("Comparison", "1 picture"), tr("Comparison", "{} pictures"))
    if not tunings:
        return tr("Comparison", "{}, no tuning").format(made)
    learned = counted(tunings, tr("Comparison", "1 tuning"), tr("Comparison", "{} tunings"))
    return tr("Comparison", "{pictures} and {tunings}").format(pictures=made, tunings=learned)


def job_of(jobs: JobMonitor, comparison: Comparison) -> Job | None:
    """The job that makes a comparison: the one at work, else the last."""
    return next(iter(jobs.of_subject(str(comparison.folder))), None)


def standing(jobs: JobMonitor, comparison: Comparison, finished: bool) -> str:
    """How far a comparison is; ``finished`` is the comparison's, which is read beside the window."""
    job = job_of(jobs, comparison)
    if job is not None and not job.state.ended:
        return state_words(job, jobs.progress(job.id))
    if finished:
        count = counted(len(comparison.plan.methods), tr("Comparison", "1 method"), tr("Comparison", "{} methods"))
        return f"{count} · {day_words(comparison.plan.created.astimezone().date())}"
    if job is not None and job.state is JobState.FAILED:
        return tr("Comparison", "failed")
    return tr("Comparison", "not finished")


def verdict(summary: dict[str, Any]) -> str:
    """What the figures say, and how far they can be trusted."""
    means = {name: one["face_sim"]["mean"] for name, one in summary["methods"].items() if "face_sim" in one}
    if len(means) < 2:
        return ""
    best, second = sorted(means, key=lambda name: -means[name])[:2]
    names = {"best": method_name(best), "second": method_name(second)}
    if len(summary["people"]) == 1:
        text = tr(
            "Comparison", "{best} is most like {person}, then {second}. Results for one person say little about others."
        )
        return text.format(**names, person=summary["people"][0])
    pair = {best, second}
    tests = [one for one in summary["comparisons"] if {one["first"], one["second"]} == pair]
    sure = any(one["metric"] == "face_sim" and one["p_holm"] is not None and one["p_holm"] < 0.05 for one in tests)
    if sure:
        text = tr(
            "Comparison", "{best} is most like these people; its lead over {second} is statistically significant."
        )
    else:
        text = tr("Comparison", "{best} is most like these people, but its lead over {second} could be chance.")
    return text.format(**names)


def about_words(comparison: Comparison, summary: dict[str, Any] | None) -> str:
    """Of what a comparison was made."""
    day = day_words(comparison.plan.created.astimezone().date())
    if summary is None:
        return day
    many = [
        counted(len(summary["people"]), tr("Comparison", "1 person"), tr("Comparison", "{} people")),
        counted(len(summary["prompts"]), tr("Comparison", "1 prompt"), tr("Comparison", "{} prompts")),
        counted(len(summary["seeds"]), tr("Comparison", "1 picture of each"), tr("Comparison", "{} pictures of each")),
    ]
    return f"{joined(many)} · {summary['machine']} · {day}"
