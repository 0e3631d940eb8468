"""What a new tuning replaced: kept in ``checkpoints/before/`` until the new one is confirmed, or the old one is back.

One is kept; it goes with the person, with the next tuning, or when the new one is confirmed. It is written as
``before-new`` while the old weights are still in use, and takes the place of an earlier one once they are not.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from facea_desktop.domain.atomic_files import private_folder, sync_folder, write_atomically
from facea_desktop.domain.generations import generation_of
from facea_desktop.domain.people import Blended, Profile, Sha256, Taken, Tuning, Value
from facea_desktop.library.erasure import erase, erase_at_once
from facea_desktop.library.person_files import ADAPTER, BEST, FEATURES

CHECKPOINTS = "checkpoints"
BEFORE, _NEW, _MANIFEST = "before", "before-new", "before.json"
WEIGHTS = (ADAPTER, FEATURES)
_MORE = (BEST, f"end-{ADAPTER}", f"end-{FEATURES}")
"""What a tuning keeps beside the weights in use."""


class PreviousTuning(Value):
    """``before.json``: the tuning that the weights beside it are of.

    Attributes:
        taken, blended: of whom they are made, besides the person.
        adapter: SHA-256 of the adapter.
        more: names of what lies there besides the weights.
    """

    tuning: Tuning
    taken: tuple[Taken, ...] = ()
    blended: tuple[Blended, ...] = ()
    adapter: Sha256
    more: tuple[str, ...] = ()


def previous_tuning(place: Path, profile: Profile) -> PreviousTuning | None:
    """The tuning that the one in use replaced, if it is kept in the person's folder ``place``."""
    kept = _read(place / CHECKPOINTS / BEFORE)
    if kept is None or kept.tuning.generation != generation_of(profile.family):
        return None
    return kept if kept.adapter != profile.files.get(ADAPTER) else None


def keep_weights(place: Path, profile: Profile) -> None:
    """Copy the weights in use, as others are about to replace them; the caller holds the library's lock.

    Those for earlier models are not kept, nor what had been kept beside them.

    Raises:
        OSError, UserError: the disk refuses; the copy does not count.
    """
    if profile.tuning is None or ADAPTER not in profile.files:
        return
    folder = place / CHECKPOINTS
    if profile.state == "not tuned":
        for useless in (one for one in (folder / BEFORE, folder / _NEW) if one.exists()):
            erase(useless)
        return
    new = folder / _NEW
    if new.exists():
        erase(new)
    private_folder(folder)
    private_folder(new)
    for name in (one for one in WEIGHTS if one in profile.files):
        write_atomically(new / name, (place / name).read_bytes())
    more = tuple(one for one in _MORE if (folder / one).exists())
    for name in more:
        write_atomically(new / name, (folder / name).read_bytes())
    kept = PreviousTuning(
        tuning=profile.tuning,
        taken=profile.taken,
        blended=profile.blended,
        adapter=profile.files[ADAPTER],
        more=more,
    )
    write_atomically(new / _MANIFEST, kept.model_dump_json().encode())


def settle_previous(place: Path, profile: Profile) -> None:
    """Let the copy count once its weights are not in use any more; finishes what a dead process left, too.

    The caller holds the library's lock.

    Args:
        place: the person's folder.

    Raises:
        OSError: the disk refuses; it may be repeated.
    """
    folder = place / CHECKPOINTS
    in_use = profile.files.get(ADAPTER)
    new, before = folder / _NEW, folder / BEFORE
    if new.exists():
        made = _read(new)
        if made is None or made.adapter == in_use:  # nothing has replaced them
            erase(new)
        else:
            if before.exists():
                erase(before)
            new.rename(before)
            sync_folder(folder)
    kept = _read(before)
    if kept is None and before.exists():  # half erased
        erase(before)
    elif kept is not None and kept.adapter == in_use:  # they are in use again
        for name in _MORE:
            if name not in kept.more:
                if (folder / name).exists():
                    erase_at_once(folder / name)
            elif (before / name).exists():
                (before / name).replace(folder / name)
        sync_folder(folder)
        erase(before)


def forget_giver_in_previous(place: Path, giver: str) -> None:
    """What is kept of a mix forgets, too, whose attributes it has.

    Raises:
        UserError: the disk refuses.
    """
    for folder in (place / CHECKPOINTS / one for one in (BEFORE, _NEW)):
        kept = _read(folder)
        if kept is not None and giver in {each.person for each in kept.taken} | {each.person for each in kept.blended}:
            change = called_otherwise(kept, giver, {"person": None, "name": None})
            write_atomically(folder / _MANIFEST, kept.model_copy(update=change).model_dump_json().encode())


def called_otherwise(made: Profile | PreviousTuning, giver: str, change: Mapping[str, str | None]) -> dict[str, object]:
    """Of whom somebody is made, as fields to update, where one of these is called otherwise.

    Args:
        change: the giver's ``person`` and ``name`` from now on; None where nobody is to know.
    """
    taken = tuple(one.model_copy(update=change) if one.person == giver else one for one in made.taken)
    blended = tuple(one.model_copy(update=change) if one.person == giver else one for one in made.blended)
    return {"taken": taken, "blended": blended}


def _read(folder: Path) -> PreviousTuning | None:
    try:
        return PreviousTuning.model_validate_json((folder / _MANIFEST).read_bytes())
    except (OSError, ValidationError):
        return None
