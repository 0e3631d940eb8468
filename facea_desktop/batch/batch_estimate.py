"""How long a batch is going to take, from what this machine measured before."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from functools import cache, partial
from pathlib import Path

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.requests import BatchItem, PortraitRequest, TuneRequest
from facea_desktop.library.id_library import Library
from facea_desktop.library.step_times import painting_step, seconds_per_step, tuning_step
from facea_desktop.models.model_store import ModelStore


def estimated_seconds(root: Path, left: Sequence[BatchItem]) -> float | None:
    """Seconds for tuning and painting what is left; None if nothing like a part of it was measured here yet."""
    library, models, total = Library(root), ModelStore(root), 0.0
    time_of = cache(partial(seconds_per_step, root))

    @cache
    def family_of(person: str) -> str:
        with suppress(UserError):  # somebody who is still to be made
            return library.get(person).family
        return models.active_family().name

    to_tune = {item.person.casefold() for item in left if isinstance(item, TuneRequest)}

    @cache
    def at_first_sight(person: str) -> bool:
        with suppress(UserError):  # somebody who is still to be made
            found = library.get(person)
            return found.state == "not tuned" and to_tune.isdisjoint({found.id, found.name.casefold()})
        return False

    for item in left:
        if not isinstance(item, TuneRequest | PortraitRequest):
            continue  # photos are read in seconds
        name = family_of(item.person)
        if isinstance(item, TuneRequest):
            kind, steps = tuning_step(name, item.recipe.batch), item.recipe.steps
        else:
            seen = sum(item.identity and at_first_sight(one) for one in item.people)
            kind, steps = painting_step(name, item, seen), models.family(name).denoising_steps(item)
        step = time_of(kind)
        if step is None:
            return None
        total += step * steps
    return total
