"""People of other families than they were made of."""

from __future__ import annotations

from facea_desktop.domain.generations import generation_of
from facea_desktop.domain.people import Profile


def of_family(person: Profile, family: str) -> Profile:
    """The person with models of another family, and a tuning, if there is one, that is for these."""
    tuning = person.tuning and person.tuning.model_copy(update={"generation": generation_of(family)})
    return person.model_copy(update={"family": family, "tuning": tuning})
