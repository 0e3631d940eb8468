"""What can be done with the bin: people and portraits go in, come back, or are erased for good.

A person in the bin is in no folder that anything else reads, so nobody can paint, list, mix or measure them; on the
disk they are as before.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.people import Profile
from facea_desktop.library.bin_files import (
    PORTRAITS,
    BinEntry,
    entries,
    entry_folder,
    erase_entry,
    put,
    rewrite,
    take_back,
)
from facea_desktop.library.id_library import Library
from facea_desktop.library.own_styles import OwnStyles
from facea_desktop.library.person_files import PERSON_ID, read_manifest
from facea_desktop.library.portrait_files import (
    erase_beside,
    erase_portrait,
    portraits_showing,
    read_facts,
    stages_of,
)
from facea_desktop.library.portrait_notes import read_notes

_AT_ONCE = 20
"""Portraits that move under one lock; painting waits for it."""


class Bin:
    """The bin of the data folder ``root``; several processes may use it at once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._library = Library(root)

    def entries(self) -> list[BinEntry]:
        """Everything in it, what was deleted last first."""
        self._library.finish_left()
        return entries(self._root)

    def profile(self, entry: BinEntry) -> Profile | None:
        """The person of an entry; None where it is a portrait, or the manifest cannot be read."""
        if entry.person is None:
            return None
        try:
            return read_manifest(entry_folder(self._root, entry.id) / "people" / entry.person)
        except (OSError, ValueError):
            return None

    def picture(self, entry: BinEntry) -> Path | None:
        """What stands for an entry in lists: the person's first photo, or the portrait."""
        folder = entry_folder(self._root, entry.id)
        if entry.person is None:
            return next((folder / place for place in entry.portraits), None)
        profile = self.profile(entry)
        first = profile.references[0].index if profile is not None and profile.references else None
        return folder / "people" / entry.person / "references" / f"{first}.png" if first is not None else None

    def put_person(self, person: str, also: Sequence[Path] = ()) -> BinEntry:
        """Move the person with this id there, with the portraits that show them, be it among others.

        Args:
            also: folders below the data folder that go and come back with them.

        Raises:
            UserError: there is no such person, or the disk refuses; everything is as before.
        """
        with self._library.changing(f"move {person} to the bin"):
            folder = self._library.folder(person) if PERSON_ID.fullmatch(person) else None
            if folder is None or not folder.exists():
                raise UserError(f"No one in the library has the id {person!r}. List the people to see the ids.")
            try:
                name = read_manifest(folder).name
            except (OSError, ValueError):
                name = None
            return self._put([folder, *also], self._library.portraits_of(person), person, name)

    def put_portraits(self, portraits: Sequence[Path]) -> list[BinEntry]:
        """Move portraits of the data folder there with their stages, each as an entry of its own.

        Raises:
            UserError: one is not there, or the disk refuses; those before are in the bin.
        """
        made = []
        for begin in range(0, len(portraits), _AT_ONCE):
            with self._library.changing("move portraits to the bin"):
                for path in portraits[begin : begin + _AT_ONCE]:
                    if not path.is_file():
                        raise UserError(f"{path.name} is no longer there.")
                    made.append(self._put([], [path]))
        return made

    def restore(self, ids: Iterable[str]) -> list[BinEntry]:
        """Move entries back to where they were; a portrait whose place was taken gets another name.

        Returns:
            them, with the places where they are now; one that is no longer in the bin is passed over.

        Raises:
            UserError: the disk refuses, a person's place is taken, or a portrait is of somebody in the bin: it stays
                there; those before are back.
        """
        wanted, back = list(ids), []
        known = {entry.id: entry for entry in self.entries()}
        chosen = [known[one] for one in wanted if one in known]
        for entry in sorted(chosen, key=lambda one: one.person is None):  # people before portraits of theirs
            with self._library.changing(f"restore {entry.name or 'it'} from the bin"):
                if not entry_folder(self._root, entry.id).exists():
                    continue  # another process was faster
                moved = self._with_free_places(entry)
                take_back(self._root, moved)
                for old, now in moved.places.items():
                    if Path(old).name != Path(now).name:
                        OwnStyles(self._root).follow(Path(old).name, Path(now).name)
                back.append(moved)
        return back

    def erase(self, entry: BinEntry) -> None:
        """Overwrite and unlink an entry, with whatever else shows its portraits; one that is gone is no trouble.

        Raises:
            UserError: the disk refuses.
        """
        with self._library.changing(f"erase {entry.name or 'it'}"):
            folder = entry_folder(self._root, entry.id)
            if folder.exists():
                for portrait in entry.portraits:
                    erase_beside(folder / portrait, self._root / portrait)
                erase_entry(self._root, entry)

    def forget_person(self, person: str, name: str | None) -> None:
        """Somebody was erased: portraits, and earlier copies, of them in the bin go too; mixes there forget them.

        Args:
            name: None where somebody else bears it too.

        Raises:
            UserError: the disk refuses; it may be repeated.
        """
        for entry in self.entries():
            folder = entry_folder(self._root, entry.id)
            shown = portraits_showing(folder / PORTRAITS, lambda called: called in (person, name))
            if entry.person == person or (entry.person is None and shown):
                self.erase(entry)
                continue
            for path in shown:
                erase_portrait(path, self._root / path.relative_to(folder))
            changed = self._without(entry, [path.relative_to(folder).as_posix() for path in shown])
            if entry.person is not None:
                Library(folder).forget_giver(person)
                profile = self.profile(entry)
                changed = changed.model_copy(update={"name": profile.name if profile is not None else entry.name})
            if changed != entry:
                rewrite(self._root, changed)

    def _put(
        self, folders: Sequence[Path], portraits: Sequence[Path], person: str | None = None, name: str | None = None
    ) -> BinEntry:
        pictures = [path for portrait in portraits for path in (*stages_of(portrait), portrait) if path.exists()]
        places = [self._place_of(path) for path in (*folders, *pictures)]
        noted = read_notes(self._root / "portraits") if portraits else {}
        names = [place.removeprefix(PORTRAITS) for place in places]
        entry = BinEntry(
            id=secrets.token_hex(6),
            deleted=datetime.now(UTC),
            person=person,
            name=name,
            places={place: place for place in places},
            notes=tuple(noted[one] for one in names if one in noted),
        )
        put(self._root, entry)
        return entry

    def _place_of(self, path: Path) -> str:
        bases = (self._root, self._root.absolute(), self._root.resolve())
        for base, inner in zip(bases, (path, path.absolute(), path.resolve()), strict=True):
            if inner.is_relative_to(base):
                return inner.relative_to(base).as_posix()
        raise UserError(f"{path.name} is not in the data folder and cannot go to the bin.")

    def _with_free_places(self, entry: BinEntry) -> BinEntry:
        """The entry with places where nothing lies."""
        if entry.person is not None and self._library.folder(entry.person).exists():
            raise UserError(f"{entry.name or entry.person} is in the library already. Delete that person first.")
        binned = {one.person: one.name for one in entries(self._root) if one.person is not None}
        folder = entry_folder(self._root, entry.id)
        places, names = {place: place for place in entry.places}, {}
        for portrait in entry.portraits:
            if entry.person is None:
                gone = [one for one in read_facts(folder / portrait).people if one in binned]
                if gone:
                    raise UserError(f"The portrait shows {binned[gone[0]] or gone[0]}, who is in the bin too. "
                                    "Restore that person first.")  # fmt: skip
            free = _free(self._root / portrait)
            names[portrait.removeprefix(PORTRAITS)] = free.relative_to(self._root / "portraits").as_posix()
            old = [self._root / portrait, *stages_of(self._root / portrait)]
            for before, now in zip(old, [free, *stages_of(free)], strict=True):
                place = before.relative_to(self._root).as_posix()
                if place in places:
                    places[place] = now.relative_to(self._root).as_posix()
        notes = tuple(note.model_copy(update={"picture": names[note.picture]}) for note in entry.notes)
        return entry.model_copy(update={"places": places, "notes": notes})

    @staticmethod
    def _without(entry: BinEntry, portraits: Sequence[str]) -> BinEntry:
        gone = {path.as_posix() for one in portraits for path in (Path(one), *stages_of(Path(one)))}
        names = {one.removeprefix(PORTRAITS) for one in gone}
        places = {place: back for place, back in entry.places.items() if place not in gone}
        notes = tuple(note for note in entry.notes if note.picture not in names)
        return entry.model_copy(update={"places": places, "notes": notes})


def _free(portrait: Path) -> Path:
    """The place of a portrait, or one beside it where that was taken meanwhile."""
    number, free = 1, portrait
    while any(path.exists() for path in (free, *stages_of(free))):
        number += 1
        free = portrait.with_name(f"{portrait.stem}-{number}.png")
    return free
