"""The bin on disk: ``bin/<id>/`` holds something deleted that can still come back, at the paths it had before.

In an entry's folder lie ``entry.json`` and what was deleted, under its path below the data folder. The folder's name
says where a move stands: ``.in-<id>`` goes into the bin, ``.out-<id>`` goes back, each as a whole from the moment when
it got that name; ``.new-<id>`` does not count yet, and ``.gone-<id>`` is being erased. Whoever changes the library next
finishes what a dead process left. All callers hold the library's lock.
"""

from __future__ import annotations

import errno
import logging
import os
import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Annotated

from pydantic import AfterValidator

from facea_desktop.domain.atomic_files import erasing_trouble, private_folder, sync_folder, write_atomically
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.people import Moment, PersonId, Value
from facea_desktop.library.erasure import erase
from facea_desktop.library.portrait_files import is_stage
from facea_desktop.library.portrait_notes import Note, add_notes, keep_notes, read_notes

log = logging.getLogger(__name__)

BIN = "bin"
ENTRY = "entry.json"
PORTRAITS = "portraits/"
_IN, _OUT = ".in-", ".out-"
_ID = re.compile(r"[0-9a-f]{12}")
_LEFT = re.compile(r"\.(?P<kind>new|in|out|gone)-[0-9a-f]{12}")


def _checked_place(place: str) -> str:
    path = PurePosixPath(place)
    if path.is_absolute() or not path.parts or ".." in path.parts or path.parts[0] == BIN:
        raise ValueError(f"{place!r} is no place below a data folder")
    return place


Place = Annotated[str, AfterValidator(_checked_place)]
"""A path below the data folder, with slashes."""


class BinEntry(Value):
    """``entry.json``: something that was deleted.

    Attributes:
        person: who was deleted; None where it is a portrait.
        name: what the person was called; None where that cannot be read.
        places: the files and folders, by the places that they had, with those where they go back: a folder of a
            person first, stages before their portraits.
        notes: what was noted of the portraits.
    """

    id: PersonId
    deleted: Moment
    person: PersonId | None = None
    name: str | None = None
    places: dict[Place, Place]
    notes: tuple[Note, ...] = ()

    @property
    def portraits(self) -> list[str]:
        """Places of the portraits, without their stages."""
        return [one for one in self.places if one.startswith(PORTRAITS) and not is_stage(PurePosixPath(one).stem)]


def entry_folder(root: Path, entry: str) -> Path:
    """Where the entry with this id lies, or would lie."""
    return root / BIN / entry


def entries(root: Path) -> list[BinEntry]:
    """Everything in the bin, what was deleted last first; an entry that cannot be read is left out, with a warning."""
    found = []
    for folder in (root / BIN).iterdir() if (root / BIN).is_dir() else ():
        if _ID.fullmatch(folder.name):
            try:
                found.append(_read(folder))
            except (OSError, ValueError) as error:
                log.warning("%s is left out of the bin: %s", folder.name, str(error).splitlines()[0])
    return sorted(found, key=lambda entry: (entry.deleted, entry.id), reverse=True)


def put(root: Path, entry: BinEntry) -> None:
    """Move everything of an entry into the bin.

    Raises:
        OSError, UserError: the disk refuses; everything is where it was.
    """
    private_folder(root / BIN)
    new = root / BIN / f".new-{entry.id}"
    try:
        _make_folders(new, entry.places)
        write_atomically(new / ENTRY, entry.model_dump_json().encode())
        moving = new.rename(root / BIN / f"{_IN}{entry.id}")
    except BaseException:
        with suppress(OSError):
            if new.exists():
                erase(new)
        raise
    sync_folder(root / BIN)
    _settle(root, moving)


def take_back(root: Path, entry: BinEntry) -> None:
    """Move everything of an entry to its ``places``, where nothing may lie.

    Raises:
        OSError, UserError: the disk refuses; everything is in the bin.
    """
    folder = entry_folder(root, entry.id)
    write_atomically(folder / ENTRY, entry.model_dump_json().encode())
    moving = folder.rename(folder.with_name(f"{_OUT}{entry.id}"))
    sync_folder(folder.parent)
    _settle(root, moving)


def rewrite(root: Path, entry: BinEntry) -> None:
    """Keep other words about an entry.

    Raises:
        UserError: the disk refuses.
    """
    write_atomically(entry_folder(root, entry.id) / ENTRY, entry.model_dump_json().encode())


def erase_entry(root: Path, entry: BinEntry) -> None:
    """Overwrite and unlink everything of an entry.

    Raises:
        OSError: it is not there, or the disk refuses.
        UserError: it is out of the bin, but the disk refused to erase all of it; the next change goes on with it.
    """
    folder = entry_folder(root, entry.id)
    gone = folder.rename(folder.with_name(f".gone-{entry.id}"))
    sync_folder(gone.parent)
    with erasing_trouble(entry.name or "It"):
        erase(gone)


def has_left(root: Path) -> bool:
    """Whether something is on its way into the bin, or out of it."""
    folder = root / BIN
    return folder.is_dir() and any(_LEFT.fullmatch(path.name) for path in folder.iterdir())


def finish_left(root: Path) -> None:
    """Finish what a dead process left; what the disk refuses is logged and stays for the next time."""
    for path in list((root / BIN).iterdir()) if (root / BIN).is_dir() else ():
        left = _LEFT.fullmatch(path.name)
        if left is None:
            continue
        try:
            if left["kind"] in ("new", "gone"):
                erase(path)
            else:
                _settle(root, path)
        except (OSError, ValueError, UserError) as error:
            log.warning("%s is left for the next start: %s", path.name, error)


def _settle(root: Path, folder: Path) -> None:
    """Finish a move that counts; where that fails, take it back and raise why."""
    entry = _read(folder)
    move = _move_in if folder.name.startswith(_IN) else _move_out
    try:
        move(root, folder, entry)
    except (OSError, UserError):
        back = _OUT if folder.name.startswith(_IN) else _IN
        try:
            turned = folder.rename(folder.with_name(f"{back}{entry.id}"))
            (_move_out if move is _move_in else _move_in)(root, turned, entry)
            _conclude(root, turned, entry)
        except (OSError, UserError) as error:
            log.warning("a move will be taken back by the next change: %s", error)
        raise
    try:
        _conclude(root, folder, entry)
    except (OSError, UserError) as error:  # everything is in its place
        log.warning("a move is concluded by the next change: %s", error)


def _move_in(root: Path, folder: Path, entry: BinEntry) -> None:
    for place, back in entry.places.items():
        _move(root / back, folder / place)


def _move_out(root: Path, folder: Path, entry: BinEntry) -> None:
    known = read_notes(root / "portraits") if entry.notes else {}
    missing = [note for note in entry.notes if known.get(note.picture) != note]
    if missing:  # before the portraits, so that whoever indexes these finds them
        add_notes(root / "portraits", *missing)
    for place, back in reversed(entry.places.items()):
        _move(folder / place, root / back)


def _move(source: Path, target: Path) -> None:
    """Rename, unless that is done, or there was nothing."""
    if not os.path.lexists(source):
        return
    if os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    if not target.parent.is_dir():
        private_folder(target.parent)
    source.rename(target)
    sync_folder(target.parent)


def _conclude(root: Path, folder: Path, entry: BinEntry) -> None:
    if folder.name.startswith(_IN):
        gone = {note.picture for note in entry.notes}
        if gone:
            keep_notes(root / "portraits", lambda name: name not in gone)
        folder.rename(folder.with_name(entry.id))
        sync_folder(folder.parent)
    else:
        erase(folder.rename(folder.with_name(f".gone-{entry.id}")))


def _read(folder: Path) -> BinEntry:
    entry = BinEntry.model_validate_json((folder / ENTRY).read_bytes())
    if not folder.name.endswith(entry.id):
        raise ValueError(f"it is of {entry.id}")
    return entry


def _make_folders(folder: Path, places: Iterable[str]) -> None:
    """What the places lie in, for the owner alone; made before the move counts, so that only names change then."""
    for place in places:
        for inner in reversed(PurePosixPath(place).parents):
            private_folder(folder / inner)
