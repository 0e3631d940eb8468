"""How long work takes here, from what this machine has done."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from facea_desktop.domain.errors import UserError
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
        return self._seconds(family, request, self._at_first_sight)

    def _seconds(self, family: Family, request: PortraitRequest, at_first_sight: Callable[[str], bool]) -> float | None:
        seen = sum(request.identity and at_first_sight(person) for person in request.people)
        name = painting_step(family.name, request, seen)
        if name not in self._steps:
            self._steps[name] = seconds_per_step(self._session.root, name)
        step = self._steps[name]
        return None if step is None else step * family.denoising_steps(request)

    def _at_first_sight(self, person: str) -> bool:
        selected = self._session.selected
        try:
            profile = selected if selected is not None and selected.id == person else self._session.library.get(person)
        except UserError:  # deleted meanwhile
            return False
        return self._session.at_first_sight(profile)

    def words(self, batch: BatchRequest) -> str:
        """How long the portraits of a batch take; empty where nothing like one of them was made before."""
        requests = [one for one in batch.items if isinstance(one, PortraitRequest)]
        painted = {one.person for one in requests}
        families = {person.id: person.family for person in self._session.people() if person.id in painted}
        models = {name: self._session.models.family(name) for name in {*families.values()}}
        at_first_sight = cache(self._at_first_sight)
        there = [one for one in requests if one.person in families]
        known = [self._seconds(models[families[one.person]], one, at_first_sight) for one in there]
        seconds = [one for one in known if one is not None]
        return short_duration(sum(seconds)) if seconds and len(seconds) == len(requests) else ""
