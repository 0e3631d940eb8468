"""Choosing between a new tuning and the one that it replaced."""

from __future__ import annotations

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.people import Profile
from facea_desktop.library.erasure import erase
from facea_desktop.library.id_library import Library
from facea_desktop.library.person_files import FEATURES
from facea_desktop.library.previous_tuning import BEFORE, CHECKPOINTS, WEIGHTS, previous_tuning, settle_previous


def settle(library: Library, person: str) -> None:
    """Let what a new tuning replaced count as the one before.

    Raises:
        UserError: the disk refuses; the next start repeats it.
    """
    with library.changing("keep the tuning before"):
        settle_previous(library.folder(person), library.get(person))


def confirm_tuning(library: Library, person: str) -> None:
    """Erase what the tuning in use replaced, if that is kept.

    Raises:
        UserError: the disk refuses, or there is no such person.
    """
    with library.changing("erase the tuning before"):
        settle_previous(library.folder(person), library.get(person))
        before = library.folder(person) / CHECKPOINTS / BEFORE
        if before.exists():
            erase(before)


def go_back(library: Library, person: str) -> Profile:
    """Put the weights in use that the present ones replaced; the present ones are given up.

    Raises:
        UserError: none are kept, or the disk refuses; the person is as before.
    """
    settle(library, person)
    profile = library.get(person)
    kept = previous_tuning(library.folder(person), profile)
    if kept is None:
        raise UserError(f"There is no earlier tuning of {profile.name} to go back to.")
    before = library.folder(person) / CHECKPOINTS / BEFORE
    try:
        files = {name: (before / name).read_bytes() for name in WEIGHTS if (before / name).exists()}
    except OSError as error:
        raise UserError(f"The earlier tuning of {profile.name} cannot be read. Tune again.") from error

    def as_before(now: Profile) -> Profile:
        return now.model_copy(update={"tuning": kept.tuning, "taken": kept.taken, "blended": kept.blended})

    profile = library.change(person, as_before, files, {FEATURES} - files.keys())
    settle(library, person)
    return profile
