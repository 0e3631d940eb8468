"""Deletes a person with all traces; the deletion is recorded first, so that a kill only delays it.

The library erases the person and, if asked, the portraits; the queue, the comparisons and the index follow.
"""

from __future__ import annotations

import logging
from pathlib import Path

from pydantic import ValidationError

from facea_desktop.comparison.comparison_store import ComparisonStore
from facea_desktop.domain.atomic_files import disk_trouble, write_atomically
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.people import PersonId, Value
from facea_desktop.library.bin import Bin
from facea_desktop.library.bin_files import BinEntry, entry_folder
from facea_desktop.library.erasure import erase_at_once
from facea_desktop.library.id_library import Library
from facea_desktop.library.own_styles import OwnStyles
from facea_desktop.library.portrait_files import erase_pasted
from facea_desktop.library.portrait_notes import forget_notes
from facea_desktop.library.search_index import Index
from facea_desktop.workers.job_store import JobStore

log = logging.getLogger(__name__)

_BEGUN = ".deleting-"


class _Deletion(Value):
    """``people/.deleting-<id>``: a deletion that was begun.

    Attributes:
        name: None where the manifest is damaged, or somebody else bears it too.
        binned: the entry of the bin in which they lie; None where they are in the library.
    """

    person: PersonId
    name: str | None
    portraits: bool
    binned: PersonId | None = None


def delete_person(root: Path, person: str, *, portraits: bool = False) -> None:
    """Delete the person with this id from the data folder, and whatever speaks of them; see ``Library.delete``.

    With them go the jobs about them, those that failed with their name or photos, and the comparisons made on their
    photos. What still uses these has to be stopped before.

    Raises:
        UserError: there is no such person, or the disk refuses: whoever is still in the library can be deleted again,
            and what is left of who is not goes at the next start.
    """
    library = Library(root)
    folder = library.folder(person)
    name = name_of_nobody_else(root, person)
    begun = _Deletion(person=person, name=name, portraits=portraits)
    if folder.exists():
        with disk_trouble(f"delete {name or person}"):
            write_atomically(_place(root, person), begun.model_dump_json().encode())
    try:
        library.delete(person, portraits=portraits)
    except UserError:
        if folder.exists():
            _place(root, person).unlink(missing_ok=True)
        raise
    _finish(root, begun)


def erase_binned(root: Path, entry: BinEntry) -> None:
    """Erase something in the bin for good; of a person nothing is left, as after ``delete_person``.

    Raises:
        UserError: the disk refuses: what is still in the bin can be erased again, and the rest goes at the next start.
    """
    if entry.person is None:
        Bin(root).erase(entry)
        return
    name = name_of_nobody_else(root, entry.person)
    begun = _Deletion(person=entry.person, name=name, portraits=True, binned=entry.id)
    with disk_trouble(f"erase {entry.name or entry.person}"):
        write_atomically(_place(root, entry.person), begun.model_dump_json().encode())
    try:
        Bin(root).erase(entry)
    except UserError:
        if entry_folder(root, entry.id).exists():
            _place(root, entry.person).unlink(missing_ok=True)
        raise
    _finish(root, begun)


def name_of_nobody_else(root: Path, person: str) -> str | None:
    """The name of somebody in the library or the bin; None where it cannot be read, or somebody else bears it too."""
    everyone = {one.id: one.name for one in Library(root).people()}
    everyone |= {one.person: one.name for one in Bin(root).entries() if one.person is not None and one.name is not None}
    name = everyone.get(person)
    return name if list(everyone.values()).count(name or "") == 1 else None


def finish_deletions(root: Path) -> None:
    """Go on with deletions during which the program ended; what the disk refuses is logged and left for next time."""
    for path in (root / "people").glob(f"{_BEGUN}*"):
        try:
            try:
                begun = _Deletion.model_validate_json(path.read_bytes())
            except ValidationError:
                erase_at_once(path)
                continue
            if begun.binned is not None:
                for entry in Bin(root).entries():
                    if entry.id == begun.binned:
                        Bin(root).erase(entry)
            elif Library(root).folder(begun.person).exists():
                Library(root).delete(begun.person, portraits=begun.portraits)
            _finish(root, begun)
        except (OSError, UserError) as error:
            log.warning("a deletion is left for the next start: %s", error)


def _finish(root: Path, begun: _Deletion) -> None:
    """Erase the traces; may be repeated from any point."""
    library = Library(root)
    library.sweep()
    again = library.folder(begun.person).exists() or any(one.person == begun.person for one in Bin(root).entries())
    if begun.binned is not None and again:  # imported since: the traces are of a person who is there
        with disk_trouble("tidy the library"):
            erase_at_once(_place(root, begun.person))
        return
    library.forget_giver(begun.person)
    Bin(root).forget_person(begun.person, begun.name)
    if begun.portraits:
        forget_notes(root / "portraits")
    OwnStyles(root).forget(person=begun.person)
    with disk_trouble("tidy the library"):
        erase_pasted(root / "portraits")  # whose face is on them nobody knows
    if begun.name is not None:
        ComparisonStore(root).forget_person(begun.name)
    if (root / "jobs").is_dir():
        jobs = JobStore(root)
        jobs.forget_people([begun.person], [begun.name] if begun.name is not None else [])
        jobs.close()
    if (root / "index.sqlite").exists():
        Index(root).close()  # it looks who is there when it is opened
    with disk_trouble("tidy the library"):
        erase_at_once(_place(root, begun.person))


def _place(root: Path, person: str) -> Path:
    return root / "people" / f"{_BEGUN}{person}"
