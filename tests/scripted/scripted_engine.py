"""An engine for tests that does what the request's model name says; it travels to the engine process by name."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Losses, Observer, ProgressReporter, Warned
from facea_desktop.domain.outcomes import ComparisonMade, ModelFetched, Outcome, PersonMade
from facea_desktop.domain.requests import ComparisonRequest, FetchRequest, LikenessRequest, Request, TuneRequest
from facea_desktop.workers.engine_process import EngineSettings, Execute


def scripted(settings: EngineSettings) -> Execute:
    """The word that a request carries (its person, its model, or its first method) is what is done."""

    def carry_out(request: Request, observer: Observer) -> Outcome:
        assert isinstance(request, TuneRequest | FetchRequest | LikenessRequest | ComparisonRequest)
        if isinstance(request, ComparisonRequest):
            word = request.methods[0]
        else:
            word = request.model if isinstance(request, FetchRequest) else request.person
        (settings.root / "done.log").open("a").write(f"{word} {os.getpid()} {settings.device}\n")
        return DEEDS[word.partition(" ")[0]](word, observer)

    return carry_out


def _good(word: str, observer: Observer) -> Outcome:
    progress = ProgressReporter(observer, word, 3)
    for step in range(3):
        observer.emit(Losses(step, 0.5, 0.25))
        progress.update(step + 1)
    return PersonMade(word)


def _bad(word: str, observer: Observer) -> Outcome:
    raise UserError(f"{word} cannot be done; do something else.")


def _bug(word: str, observer: Observer) -> Outcome:
    raise ZeroDivisionError(word)


def _long(word: str, observer: Observer) -> Outcome:
    progress = ProgressReporter(observer, word, 100_000)
    for step in range(100_000):
        time.sleep(0.01)
        progress.update(step + 1)
    return PersonMade(word)


def _patient(word: str, observer: Observer) -> Outcome:
    """Goes on until it is good enough."""
    progress, step = ProgressReporter(observer, word, 100_000), 0
    while not observer.finish.wait(0.01):
        step += 1
        progress.update(step)
    return PersonMade(word)


def _deaf(word: str, observer: Observer) -> Outcome:
    observer.emit(Warned("deaf"))
    threading.Event().wait()
    raise AssertionError


def _stuck(word: str, observer: Observer) -> Outcome:
    observer.emit(Warned("stuck"))
    os.kill(os.getpid(), signal.SIGSTOP)
    raise AssertionError


def _dies(word: str, observer: Observer) -> Outcome:
    observer.emit(Warned("dying"))
    time.sleep(0.05)
    os._exit(9)


def _many(word: str, observer: Observer) -> Outcome:
    progress = ProgressReporter(observer, word, 5000)
    for step in range(5000):
        progress.update(step + 1)
    return ModelFetched(Path(word))


def _compares(word: str, observer: Observer) -> Outcome:
    ProgressReporter(observer, word, 1).update(1)
    return ComparisonMade(Path("results.csv"), Path("summary.json"), Path("report.html"), 4, 3, ("one was not made",))


DEEDS = {
    "compares": _compares,
    "good": _good,
    "bad": _bad,
    "bug": _bug,
    "long": _long,
    "deaf": _deaf,
    "stuck": _stuck,
    "dies": _dies,
    "many": _many,
    "patient": _patient,
}
