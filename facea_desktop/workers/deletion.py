"""Deleting a person with all traces: what is to go is written down first, so that a kill only delays it.

The library erases the person and, if asked, the portraits; the queue, the comparisons and the index follow.
"""

from __future__ import annotations

import logging
from pathlib import Path

from pydantic import ValidationError

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.files import disk_trouble, write_atomically
from facea_desktop.domain.people import PersonId, Value
from facea_desktop.evaluation.shelf import Shelf
from facea_desktop.library.disk import erase_at_once
from facea_desktop.library.index import Index
from facea_desktop.library.notes import forget_notes
from facea_desktop.library.store import Library
from facea_desktop.workers.store import JobStore

log = logging.getLogger(__name__)

_BEGUN = ".deleting-"


class _Deletion(Value):
    """``people/.deleting-<id>``: a deletion that was begun.

    Attributes:
        name: None where the manifest is damaged, or somebody else bears it too.
    """

    person: PersonId
    name: str | None
    portraits: bool


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
    people = library.people()
    name = next((one.name for one in people if one.id == person), None)
    if any(one.name == name and one.id != person for one in people):
        name = None
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


def finish_deletions(root: Path) -> None:
    """Go on with deletions during which the program ended; what the disk refuses is logged and left for next time."""
    for path in (root / "people").glob(f"{_BEGUN}*"):
        try:
            try:
                begun = _Deletion.model_validate_json(path.read_bytes())
            except ValidationError:
                erase_at_once(path)
                continue
            if Library(root).folder(begun.person).exists():
                Library(root).delete(begun.person, portraits=begun.portraits)
            _finish(root, begun)
        except (OSError, UserError) as error:
            log.warning("a deletion is left for the next start: %s", error)


def _finish(root: Path, begun: _Deletion) -> None:
    """Erase the traces; may be repeated from any point."""
    Library(root).sweep()
    if begun.portraits:
        forget_notes(root / "portraits")
    if begun.name is not None:
        Shelf(root).forget_person(begun.name)
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
