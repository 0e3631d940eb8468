"""What is known of portraits beyond their files: stars and likeness, in ``portraits/notes.jsonl``.

The index is derived and may be lost; these facts may not. Each is one appended line, so that a crash can tear the last
line alone, and the last line about a picture holds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from pydantic import BaseModel, Field, ValidationError

from facea_desktop.domain.files import appending, disk_trouble, private_folder, write_atomically
from facea_desktop.library.disk import locked

NOTES = "notes.jsonl"
_LOCK = ".notes.lock"
_LIMIT = 64 << 20


class Note(BaseModel):
    """One line; what it does not say stays as it was.

    Attributes:
        picture: path below ``portraits``, with slashes.
        stars: 0 to 5.
        likeness: as measured when the picture was painted.
    """

    picture: str
    stars: int | None = Field(None, ge=0, le=5)
    likeness: float | None = Field(None, ge=-1, le=1)


def read_notes(portraits: Path) -> dict[str, Note]:
    """Everything noted, by picture; lines that are torn or no notes are passed over."""
    try:
        with (portraits / NOTES).open("rb") as file:
            lines = file.read(_LIMIT).splitlines()
    except OSError:
        return {}
    notes: dict[str, Note] = {}
    for line in lines:
        try:
            note = Note.model_validate_json(line)
        except ValidationError:
            continue
        older = notes.get(note.picture)
        if older is not None:
            note = older.model_copy(update=note.model_dump(exclude_none=True))
        notes[note.picture] = note
    return notes


def keep_notes(portraits: Path, wanted: Callable[[str], bool]) -> None:
    """Forget what was noted of the pictures, by path below ``portraits``, that are not wanted.

    Raises:
        UserError: the disk refuses.
    """
    if not (portraits / NOTES).exists():
        return
    with disk_trouble("tidy the ratings"), locked(portraits.parent / _LOCK):
        notes = read_notes(portraits)
        kept = {name: note for name, note in notes.items() if wanted(name)}
        if len(kept) < len(notes):
            write_notes(portraits, kept)


def forget_notes(portraits: Path) -> None:
    """``keep_notes`` of the pictures that are there.

    Raises:
        UserError: the disk refuses.
    """
    keep_notes(portraits, lambda name: (portraits / name).exists())


def add_notes(portraits: Path, *notes: Note) -> None:
    """Append a line for each.

    Raises:
        UserError: the disk refuses.
    """
    with disk_trouble("keep the rating"):
        private_folder(portraits)
        with locked(portraits.parent / _LOCK), appending(portraits / NOTES) as file:
            # The line break comes first: it ends a line that a crash tore.
            file.write(b"".join(b"\n" + note.model_dump_json(exclude_none=True).encode() for note in notes))


def write_notes(portraits: Path, notes: Mapping[str, Note]) -> None:
    """Replace everything noted.

    Raises:
        UserError: the disk refuses.
    """
    with disk_trouble("keep the ratings"):
        lines = [note.model_dump_json(exclude_none=True) for note in notes.values()]
        write_atomically(portraits / NOTES, "\n".join(lines).encode())
