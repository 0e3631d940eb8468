"""Moves people to the bin with what belongs to them, brings things back, and empties it."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from facea_desktop.comparison.comparison_store import ComparisonStore, folder_name
from facea_desktop.domain.errors import UserError
from facea_desktop.library.bin import Bin
from facea_desktop.library.bin_files import BinEntry
from facea_desktop.library.search_index import Index
from facea_desktop.workers.job_store import JobStore
from facea_desktop.workers.person_deletion import erase_binned, name_of_nobody_else

log = logging.getLogger(__name__)


def move_person_to_bin(root: Path, person: str) -> BinEntry:
    """Move the person with this id to the bin: portraits and the comparisons of them alone go along.

    Jobs about them do not come back, and are forgotten. What still uses the person has to be stopped before.

    Raises:
        UserError: there is no such person, or the disk refuses; everything is as before.
    """
    name = name_of_nobody_else(root, person)
    compared = ComparisonStore(root).of(name) if name is not None else []
    alone = [one.folder for one in compared if one.people() == [folder_name(name or "")]]
    entry = Bin(root).put_person(person, alone)
    if (root / "jobs").is_dir():
        jobs = JobStore(root)
        jobs.forget_people([person], [name] if name is not None else [])
        jobs.close()
    refresh_index(root)
    return entry


def find_in_bin(root: Path, key: str) -> list[BinEntry]:
    """The entries with this id, or of the person with this id or name, or of the portrait with this file name.

    Upper and lower case are the same, as everywhere that people are meant by name.
    """
    found, wanted = [], key.casefold()
    for entry in Bin(root).entries():
        names = [Path(place).name for place in entry.portraits] if entry.person is None else [entry.person, entry.name]
        if wanted == entry.id or wanted in [name.casefold() for name in names if name is not None]:
            found.append(entry)
    return found


def restore_from_bin(root: Path, ids: Iterable[str]) -> list[BinEntry]:
    """``Bin.restore``, and the index knows of it.

    Raises:
        UserError: as there.
    """
    try:
        return Bin(root).restore(ids)
    finally:
        refresh_index(root)


def empty_bin(root: Path, older_than: timedelta | None = None) -> list[BinEntry]:
    """Erase everything in the bin for good, or what has been there for longer than ``older_than``.

    Returns:
        what was erased.

    Raises:
        UserError: the disk refuses; those before are erased.
    """
    now = datetime.now(UTC)
    chosen = [one for one in Bin(root).entries() if older_than is None or now - one.deleted > older_than]
    for entry in chosen:
        erase_binned(root, entry)
    return chosen


def empty_old_from_bin(root: Path, days: int | None) -> None:
    """What a start does: erase what has been in the bin for ``days``; what the disk refuses is left for next time."""
    if days is None:
        return
    try:
        empty_bin(root, timedelta(days=days))
    except (OSError, UserError) as error:
        log.warning("the bin could not be emptied of what is old: %s", error)


def refresh_index(root: Path) -> None:
    """Let the index know what came and went, if there is one."""
    if (root / "index.sqlite").exists():
        index = Index(root)  # it looks who is there when it is opened
        index.refresh_portraits()
        index.close()
