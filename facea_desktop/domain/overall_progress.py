"""Progress of a whole out of the jobs in it, a comparison's or a batch's, which count steps of their own."""

from __future__ import annotations

import threading
import time

from facea_desktop.domain.events import Event, Observer, Progress, Started, Warned, raise_if_stopped

_ENOUGH = 0.03
"""Part of the work after which the time left is told."""


class OverallProgress:
    """How far the whole is.

    A unit is one picture going once through a UNet, forwards: a denoising step with guidance is two of them, a step
    of tuning three for each of its rows. That is what makes the remaining time an estimate. Its clock starts with the
    first units, as what comes before them, loading models above all, is done once.

    Several threads may each work at a part of their own: a part belongs to the thread whose events it gets, until that
    thread adds its units.
    """

    def __init__(self, observer: Observer, what: str, total: int, done: int) -> None:
        self.observer = observer
        self._total = max(total, done, 1)
        self._done = done
        self._under_way: dict[int, int] = {}  # units of the part that a thread is at
        self._lock = threading.RLock()
        self._first: tuple[float, int] | None = None  # when the first units were done, and how many there were then
        observer.emit(Started(what, self._total))

    def add(self, units: int) -> None:
        """Say that so much more is done.

        Raises:
            CancelledError: the job was asked to stop.
        """
        with self._lock:
            self._under_way.pop(threading.get_ident(), None)
            self._done = min(self._done + units, self._total)
            self._reached()

    def part(
        self, units: int, who: str, said: list[str] | None = None, passed_on: tuple[type[Event], ...] = ()
    ) -> Observer:
        """The line to a job that is worth ``units``; ``add`` them when it has ended.

        Args:
            who: named before its warnings.
            said: receives the warnings, without the name.
            passed_on: events that belong to the whole as they are.
        """

        def emit(event: Event) -> None:
            match event:
                case Progress(step=step, total=total):
                    if done := units * step // max(total, 1):  # before that there is nothing to reckon the rest from
                        with self._lock:
                            self._under_way[threading.get_ident()] = done
                            self._reached()
                case Warned(message=message, about=about):
                    if said is not None:
                        said.append(message)
                    self.observer.emit(Warned(f"{who}: {message}", about, who if about is not None else ""))
                case _ if isinstance(event, passed_on):
                    self.observer.emit(event)

        return Observer(emit, self.observer.stop, self.observer.finish)

    def _reached(self) -> None:
        done, now = min(self._done + sum(self._under_way.values()), self._total), time.monotonic()
        began, before = self._first = self._first or (now, done)
        known = done - before >= _ENOUGH * (self._total - before) and done > before
        left = (now - began) / (done - before) * (self._total - done) if known else None
        self.observer.emit(Progress(done, self._total, 0.0 if done == self._total else left))
        raise_if_stopped(self.observer)
