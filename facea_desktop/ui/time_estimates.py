"""How long work takes here, from what this machine has done."""

from __future__ import annotations

from facea_desktop.domain.people import Recipe
from facea_desktop.domain.requests import BatchRequest, PortraitRequest
from facea_desktop.library.step_times import painting_step, seconds_per_step, tuning_step
from facea_desktop.models.catalogue import Family
from facea_desktop.ui.formatting import short_duration
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

    def words(self, batch: BatchRequest) -> str:
        """How long the portraits of a batch take; empty where nothing like one of them was made before."""
        requests = [one for one in batch.items if isinstance(one, PortraitRequest)]
        painted = {one.person for one in requests}
        families = {person.id: person.family for person in self._session.people() if person.id in painted}
        models = {name: self._session.models.family(name) for name in {*families.values()}}
        known = [self.seconds(models[families[one.person]], one) for one in requests if one.person in families]
        seconds = [one for one in known if one is not None]
        return short_duration(sum(seconds)) if seconds and len(seconds) == len(requests) else ""
