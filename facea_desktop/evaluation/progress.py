"""Progress of a whole evaluation out of the jobs in it, which count steps of their own."""

from __future__ import annotations

import time

from facea_desktop.domain.events import Event, Observer, Progress, Started, Warned, raise_if_stopped

_ENOUGH = 0.03
"""Part of the work after which the time left is told."""


class Effort:
    """How far an evaluation is.

    A unit is one picture going once through a UNet, forwards: a denoising step with guidance is two of them, a step
    of tuning three for each of its rows. That is what makes the remaining time an estimate. Its clock starts with the
    first units, as what comes before them, loading models above all, is done once.
    """

    def __init__(self, observer: Observer, total: int, done: int) -> None:
        self.observer = observer
        self._total = max(total, done, 1)
        self._done = done
        self._first: tuple[float, int] | None = None  # when the first units were done, and how many there were then
        observer.tell(Started("evaluating", self._total))

    def add(self, units: int) -> None:
        """Say that so much more is done.

        Raises:
            CancelledError: the job was asked to stop.
        """
        self._done = min(self._done + units, self._total)
        self._reached(self._done)

    def part(self, units: int, who: str, said: list[str] | None = None) -> Observer:
        """The line to a job that is worth ``units``; ``add`` them when it has ended.

        Args:
            who: named before its warnings.
            said: receives the warnings, without the name.
        """
        base = self._done

        def tell(event: Event) -> None:
            match event:
                case Progress(step=step, total=total):
                    done = min(base + units * step // max(total, 1), self._total)
                    if done > self._done:  # before that there is nothing to reckon the rest from
                        self._reached(done)
                case Warned(message=message):
                    if said is not None:
                        said.append(message)
                    self.observer.tell(Warned(f"{who}: {message}"))

        return Observer(tell, self.observer.stop)

    def _reached(self, done: int) -> None:
        now = time.monotonic()
        began, before = self._first = self._first or (now, done)
        known = done - before >= _ENOUGH * (self._total - before) and done > before
        left = (now - began) / (done - before) * (self._total - done) if known else None
        self.observer.tell(Progress(done, self._total, 0.0 if done == self._total else left))
        raise_if_stopped(self.observer)
