"""Progress of a whole evaluation out of the jobs in it, which count steps of their own."""

from __future__ import annotations

from facea_desktop.domain.events import Event, Meter, Observer, Progress, Warned


class Effort:
    """How far an evaluation is.

    A unit is one picture going once through a UNet, forwards: a denoising step with guidance is two of them, a step
    of tuning three for each of its rows. That is what makes the remaining time an estimate.
    """

    def __init__(self, observer: Observer, total: int, done: int) -> None:
        self.observer = observer
        self._total = max(total, done, 1)
        self._done = done
        self._meter = Meter(observer, "evaluating", self._total, done)

    def add(self, units: int) -> None:
        """Say that so much more is done.

        Raises:
            CancelledError: the job was asked to stop.
        """
        self._done = min(self._done + units, self._total)
        self._meter.reached(self._done)

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
                        self._meter.reached(done)
                case Warned(message=message):
                    if said is not None:
                        said.append(message)
                    self.observer.tell(Warned(f"{who}: {message}"))

        return Observer(tell, self.observer.stop)
