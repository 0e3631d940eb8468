"""How long work takes here, from what this machine has done."""

from __future__ import annotations

from facea_desktop.domain.people import Recipe
from facea_desktop.domain.requests import PortraitRequest
from facea_desktop.library.step_times import painting_step, seconds_per_step, tuning_step
from facea_desktop.models.catalogue import Family
from facea_desktop.ui.session import Session


def tuning_seconds(session: Session, family: str, recipe: Recipe) -> float | None:
    """How long tuning somebody takes here; None where nothing like it was tuned before."""
    step = seconds_per_step(session.root, tuning_step(family, recipe.batch))
    return None if step is None else step * recipe.steps


class PortraitTimes:
    """How long portraits take here; it is asked with every key, and looks at the disk once after each job."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._steps: dict[str, float | None] = {}

    def forget(self) -> None:
        """A job ended, so that it may be known better."""
        self._steps.clear()

    def seconds(self, family: Family, request: PortraitRequest) -> float | None:
        """How long a request takes once it is begun; None where nothing like it was made before."""
        name = painting_step(family.name, request)
        if name not in self._steps:
            self._steps[name] = seconds_per_step(self._session.root, name)
        step = self._steps[name]
        return None if step is None else step * family.denoising_steps(request)
