"""Changes of people on disk that count as a whole, and how those that a dead process left are finished or undone.

Whoever calls these functions holds the library's lock, so that whatever is half-done belongs to a dead process.
"""

from __future__ import annotations

import logging
import re
import secrets
import shutil
from pathlib import Path

from facea_desktop.domain.atomic_files import erasing_trouble, private_folder, sync_folder
from facea_desktop.domain.people import Profile
from facea_desktop.library.erasure import erase, erase_at_once
from facea_desktop.library.person_files import MANIFEST, PERSON_FILE, read_manifest

log = logging.getLogger(__name__)

_LEFT = re.compile(r"\.(?P<kind>new|update|gone)-(?P<person>[0-9a-f]{12})(?:-[0-9a-f]{8})?")


def staging_of_new(people: Path, person: str) -> Path:
    """Where the files of a new person are written before it is renamed to its place."""
    return people / f".new-{person}"


def staging_of_update(people: Path, person: str) -> Path:
    """Where the files of an update are written before ``settle_update``."""
    return people / f".update-{person}"


def erase_person(folder: Path) -> None:
    """Take a person's folder out of the library in one rename, then erase it.

    Raises:
        UserError: a file is held open; ``finish_updates`` goes on with it.
    """
    gone = folder.with_name(f".gone-{folder.name}-{secrets.token_hex(4)}")
    folder.rename(gone)
    sync_folder(gone.parent)
    with erasing_trouble(folder.name):
        erase(gone)


def settle_update(staging: Path, place: Path) -> None:
    """Move a complete update to its place, or drop one that is not; may be repeated from any point."""
    stored = _manifest_or_none(staging)
    if stored is not None and place.exists():
        for name in stored.files:
            if (staging / name).exists():
                private_folder((place / name).parent)
                (staging / name).replace(place / name)
                sync_folder((place / name).parent)
        for path in list(place.rglob("*.*")):
            name = path.relative_to(place).as_posix()
            if PERSON_FILE.fullmatch(name) and name not in stored.files:
                erase_at_once(path)
        (staging / MANIFEST).replace(place / MANIFEST)
        sync_folder(place)
    shutil.rmtree(staging)


def has_unfinished(people: Path) -> bool:
    """Whether something is half-done, by a dead process or by one that is at it."""
    return any(_LEFT.fullmatch(path.name) for path in people.iterdir())


def finish_updates(people: Path) -> None:
    """Undo half-made people, finish updates that count, and go on with erasing."""
    for path in list(people.iterdir()):
        left = _LEFT.fullmatch(path.name)
        if left is None:
            continue
        try:
            if left["kind"] == "new":
                shutil.rmtree(path)
            elif left["kind"] == "update":
                settle_update(path, people / left["person"])
            else:
                erase(path)
        except OSError as error:  # a file held open must not stand in the way of other people
            log.warning("%s is left for the next start: %s", path.name, error)


def _manifest_or_none(staging: Path) -> Profile | None:
    try:
        return read_manifest(staging)
    except FileNotFoundError:  # it is written last
        return None
    except ValueError as error:  # it would stand in the way of every later update
        log.warning("%s is dropped: its %s cannot be used (%s)", staging.name, MANIFEST, str(error).splitlines()[0])
        return None
