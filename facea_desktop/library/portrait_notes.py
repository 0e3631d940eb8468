"""What is known of portraits beyond their files: stars, likeness, keywords and albums, in ``portraits/notes.jsonl``.

The index is derived and may be lost; these facts may not. Each is one appended line, so that a crash can tear the last
line alone, and the last line about a picture holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field, ValidationError

from facea_desktop.domain.atomic_files import appending, disk_trouble, private_folder, write_atomically
from facea_desktop.domain.plain_text import one_line
from facea_desktop.library.file_locks import locked

NOTES = "notes.jsonl"
_LOCK = ".notes.lock"
_LIMIT = 64 << 20


REJECTED = -1
"""The stars of a picture that was sorted out, as xmp:Rating has it."""
LABEL_CHARACTERS, MOST_LABELS = 60, 50
Label = Annotated[str, AfterValidator(lambda text: one_line(text).strip()[:LABEL_CHARACTERS])]
"""A keyword, or the name of an album."""


class Note(BaseModel):
    """One line; what it does not say stays as it was.

    Attributes:
        picture: path below ``portraits``, with slashes.
        stars: 0 to 5; REJECTED for a picture that was sorted out.
        likeness: as measured when the picture was painted.
        keywords: what the user calls what is in it.
        albums: the collections that it belongs to.
    """

    picture: str
    stars: int | None = Field(None, ge=REJECTED, le=5)
    keywords: tuple[Label, ...] | None = Field(None, max_length=MOST_LABELS)
    albums: tuple[Label, ...] | None = Field(None, max_length=MOST_LABELS)
    likeness: float | None = Field(None, ge=-1, le=1)


def labels_of(text: str) -> tuple[str, ...]:
    """Keywords or albums as people write them, between commas or semicolons; each once, in whatever case."""
    found: dict[str, str] = {}
    for word in re.split("[,;\n]", text):
        label = one_line(word).strip()[:LABEL_CHARACTERS].strip()
        if label:
            found.setdefault(label.casefold(), label)
    return tuple(found.values())[:MOST_LABELS]


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
