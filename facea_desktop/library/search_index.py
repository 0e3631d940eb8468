"""Quick looking up of people and portraits: ``index.sqlite``, derived from the files and rebuilt when lost."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice, takewhile
from pathlib import Path
from typing import Literal, TypeVar

from facea_desktop.domain.errors import UserError
from facea_desktop.library.person_files import MANIFEST, PERSON_ID, read_manifest
from facea_desktop.library.portrait_files import (
    PortraitFile,
    erase_portrait,
    found_portraits,
    modified_ns,
    read_facts,
    stages_of,
)
from facea_desktop.library.portrait_notes import Note, add_notes, keep_notes, read_notes
from facea_desktop.library.search_index_file import IndexFile
from facea_desktop.library.search_index_rows import (
    ORDERS,
    SELECT,
    condition_of,
    person_of,
    person_row,
    portrait_of,
    put_portrait,
    qualified,
    remove_portraits,
    write_labels,
    write_names,
)
from facea_desktop.library.summaries import PersonSummary, PortraitQuery, PortraitSummary

log = logging.getLogger(__name__)

T = TypeVar("T")
_BATCH = 200
"""Files a transaction: a rating given meanwhile waits for one batch at most."""
_ROWS = 5000
"""Rows that are read at a time where all are asked for."""


class Index:
    """What lies below ``root``, as of the last refreshing. Any thread may use it.

    Raises:
        UserError: the disk refuses.
    """

    def __init__(self, root: Path) -> None:
        self._people = root / "people"
        self._portraits = root / "portraits"
        self._closed = threading.Event()
        self._file = IndexFile(root / "index.sqlite", when_lost=self._refresh)
        self.refresh_people()

    def people(self) -> list[PersonSummary]:
        """Everyone, oldest first."""
        found, last = list[PersonSummary](), ""
        while rows := self._file.ask("SELECT * FROM people WHERE id > ? ORDER BY id LIMIT ?", [last, _ROWS]):
            last = rows[-1]["id"]
            found += _readable(rows, lambda row: person_of(row, self._people))
        return sorted(found, key=lambda person: (person.created, person.id))

    def count(self, query: PortraitQuery) -> int:
        """How many portraits match."""
        where, values = condition_of(query)
        return int(self._file.ask(f"SELECT count(*) FROM portraits {where}", values)[0][0])  # noqa: S608 - our own words

    def page(self, query: PortraitQuery, offset: int, limit: int) -> list[PortraitSummary]:
        """``limit`` of the portraits that match, from the one at ``offset`` on."""
        where, values = condition_of(query)
        order = ORDERS[query.order]
        # Rows before the offset are passed over in the index of the order, without reading them.
        chosen = f"SELECT id FROM portraits {where} ORDER BY {order} LIMIT ? OFFSET ?"  # noqa: S608
        found = self._file.ask(
            f"{SELECT} WHERE portraits.id IN ({chosen}) ORDER BY {qualified(order)}", [*values, limit, offset]
        )
        return _readable(found, lambda row: portrait_of(row, self._portraits))

    def portrait(self, path: Path) -> PortraitSummary | None:
        """What is known of a portrait; None where it is not indexed."""
        found = self._file.ask(f"{SELECT} WHERE path = ?", [self._name(path)])
        return portrait_of(found[0], self._portraits) if found else None

    def styles(self) -> list[str]:
        """The styles of all portraits, the most used first."""
        sql = (
            "SELECT min(style) FROM portraits WHERE style != '' GROUP BY style COLLATE NOCASE ORDER BY count(*) DESC, 1"
        )
        return [row[0] for row in self._file.ask(sql)]

    def prompts(self, limit: int) -> list[str]:
        """The prompts of all portraits, each once, the one used last first."""
        sql = "SELECT prompt FROM portraits WHERE prompt != '' GROUP BY prompt ORDER BY max(created) DESC LIMIT ?"
        return [row[0] for row in self._file.ask(sql, [limit])]

    def refresh_people(self) -> bool:
        """Read the manifests that changed; whether any did."""
        manifests, there, gone, any_changed = self._manifests(), 0, list[str](), False
        while some := list(islice(manifests, _BATCH)):
            marks = ", ".join("?" * len(some))
            sql = f"SELECT id, name, modified, size FROM people WHERE id IN ({marks})"  # noqa: S608
            known = {row["id"]: row for row in self._file.ask(sql, [person for person, *_ in some])}
            changed: list[tuple[object, ...]] = []
            renamed = []
            for person, modified, size in some:
                row = known.get(person)
                there += row is not None
                if row is not None and (row["modified"], row["size"]) == (modified, size):
                    continue
                try:
                    profile = read_manifest(self._people / person)
                    values = person_row(profile)
                except (OSError, ValueError, OverflowError) as error:
                    reason = str(error).splitlines()[0]
                    log.warning("%s is left out of the library: its %s cannot be used (%s)", person, MANIFEST, reason)
                    gone += [person] if row is not None else []
                    continue
                there += row is None
                changed.append((*values, modified, size))
                if row is None or row["name"] != profile.name:
                    renamed.append(person)
            if changed:
                self._file.change(partial(_put_people, changed, renamed))
                any_changed = True
        if self._file.ask("SELECT count(*) FROM people")[0][0] > there:
            gone += self._people_without_manifest()
        if gone:
            self._file.change(partial(_remove_people, gone))
            if not self._forget_erased(gone):  # which purges
                self._file.purge()
        return any_changed or bool(gone)

    def refresh_portraits(self, stop: Callable[[], bool] = lambda: False) -> bool:
        """Read the pictures that are new or changed and forget those that are gone; whether there were any.

        ``stop`` is asked before each, as is whether the index was closed; what was read until then stays.
        """
        newest = self._newest()  # before the folder is read: what is painted meanwhile does not count as gone
        there = bytearray(newest // 8 + 1)  # a bit for each row: of a million they take little memory
        notes: dict[str, Note] | None = None

        def goes_on(_: object = None) -> bool:
            return not self._closed.is_set() and not stop()

        found = takewhile(goes_on, found_portraits(self._portraits))
        try:
            while files := list(islice(found, _BATCH)):
                fresh = self._fresh(files, there)
                if fresh and goes_on():
                    notes = read_notes(self._portraits) if notes is None else notes
                    self._store(takewhile(goes_on, fresh), notes)
        except OSError as error:
            log.warning("the portraits cannot be listed: %s", error)
            return notes is not None
        gone = [self._portraits / name for name in self._not_among(there, newest)] if goes_on() else []
        self.forget(*gone)
        return notes is not None or bool(gone)

    def add_portrait(self, path: Path, likeness: float | None) -> None:
        """A picture was painted; one that lies elsewhere is passed over.

        What the disk refuses is logged: the picture itself is safe.
        """
        name = self._name(path)
        if name is None:
            return
        before = self.portrait(path)
        note = Note(picture=name, likeness=likeness)
        if before is not None:
            note = note.model_copy(
                update={"stars": before.rating, "keywords": before.keywords, "albums": before.albums}
            )
        try:
            if likeness is not None:
                add_notes(self._portraits, note)
            stat = path.stat()
        except (OSError, UserError) as error:
            log.warning("a portrait could not be indexed: %s", error)
            return
        context, mask = (stage.exists() for stage in stages_of(path))
        self._store([PortraitFile(name, modified_ns(stat), stat.st_size, (context, mask))], {name: note})

    def rate(self, path: Path, stars: int) -> None:
        """Give a portrait 0 to 5 stars, or reject it with -1.

        Raises:
            UserError: the disk refuses, or it is no portrait of the gallery; the rating is as before.
        """
        self.rate_all([path], stars)

    def rate_all(self, paths: Iterable[Path], stars: int) -> None:
        """``rate`` for many, whole or not at all."""
        notes = []
        for path in paths:
            name = self._name(path)
            if name is None:
                raise UserError(f"{path.name} is not in the gallery and cannot be rated.")
            notes.append(Note(picture=name, stars=stars))
        add_notes(self._portraits, *notes)
        values = [[stars, note.picture] for note in notes]
        self._file.change(lambda db: db.executemany("UPDATE portraits SET rating = ? WHERE path = ?", values))

    def label_all(self, labels: Mapping[Path, tuple[tuple[str, ...], tuple[str, ...]]]) -> None:
        """Give portraits these keywords and albums, in the place of those that they had; whole or not at all.

        Raises:
            UserError: the disk refuses, or one is no portrait of the gallery.
        """
        notes = []
        for path, (keywords, albums) in labels.items():
            name = self._name(path)
            if name is None:
                raise UserError(f"{path.name} is not in the gallery and cannot have keywords.")
            notes.append(Note(picture=name, keywords=keywords, albums=albums))
        add_notes(self._portraits, *notes)

        def change(db: sqlite3.Connection) -> None:
            for note in notes:
                for row in db.execute("SELECT id FROM portraits WHERE path = ?", [note.picture]).fetchall():
                    write_labels(db, row[0], note)

        self._file.change(change)

    def labels(self, kind: Literal["keyword", "album"]) -> list[str]:
        """The keywords, or the albums, of all portraits, the most used first."""
        sql = "SELECT min(name) FROM labels WHERE kind = ? GROUP BY name ORDER BY count(*) DESC, 1"
        return [row[0] for row in self._file.ask(sql, [kind])]

    def forget(self, *paths: Path) -> None:
        """These are gone: neither what was read of them nor what was noted stays.

        Raises:
            UserError: the disk refuses.
        """
        names = [name for path in paths if (name := self._name(path)) is not None]
        if not names:
            return
        self._file.change(lambda db: remove_portraits(db, names))
        self._file.purge()
        gone = set(names)
        keep_notes(self._portraits, lambda name: name not in gone)

    def delete(self, *paths: Path) -> None:
        """Erase portraits and their stages for good, and forget them.

        Raises:
            UserError: the disk refuses; those that were erased until then are forgotten.
        """
        erased = []
        try:
            for path in paths:
                erase_portrait(path)
                erased.append(path)
        finally:
            self.forget(*erased)

    def close(self) -> None:
        """Stop what refreshes in other threads, and let go of the file."""
        self._closed.set()
        self._file.close()

    def _refresh(self) -> None:
        self.refresh_people()
        self.refresh_portraits()

    def _newest(self) -> int:
        """The highest id of a portrait, 0 where there is none."""
        return int(self._file.ask("SELECT coalesce(max(id), 0) FROM portraits")[0][0])

    def _fresh(self, files: Sequence[PortraitFile], there: bytearray) -> list[PortraitFile]:
        """Those of some files that are not known as they are; the bits of the rows of all of them are set."""
        marks = ", ".join("?" * len(files))
        sql = f"SELECT id, path, modified, size, context, mask FROM portraits WHERE path IN ({marks})"  # noqa: S608
        known = {}
        for row in self._file.ask(sql, [one.name for one in files]):
            known[row["path"]] = tuple(row)[2:]
            if row["id"] // 8 < len(there):
                there[row["id"] // 8] |= 1 << row["id"] % 8
        return [one for one in files if known.get(one.name) != (one.modified, one.size, *one.stages)]

    def _not_among(self, there: bytearray, newest: int) -> Iterator[str]:
        """Paths of the rows up to ``newest`` whose bits are not set, and whose files are gone."""
        last = 0
        sql = "SELECT id, path FROM portraits WHERE id > ? AND id <= ? ORDER BY id LIMIT ?"
        while rows := self._file.ask(sql, [last, newest, _ROWS]):
            last = rows[-1]["id"]
            for number, path in rows:
                if not there[number // 8] >> number % 8 & 1 and not (self._portraits / path).exists():
                    yield path

    def _people_without_manifest(self) -> Iterator[str]:
        """Ids of rows of people who were deleted."""
        last = ""
        while rows := self._file.ask("SELECT id FROM people WHERE id > ? ORDER BY id LIMIT ?", [last, _ROWS]):
            last = rows[-1]["id"]
            yield from (row["id"] for row in rows if not (self._people / row["id"] / MANIFEST).exists())

    def _manifests(self) -> Iterator[tuple[str, int, int]]:
        """Id of every person, with time (ns) and size (bytes) of the manifest."""
        folders = self._people.iterdir() if self._people.exists() else ()
        for folder in folders:
            if PERSON_ID.fullmatch(folder.name):
                try:
                    stat = (folder / MANIFEST).stat()
                except OSError:
                    continue
                yield folder.name, modified_ns(stat), stat.st_size

    def _forget_erased(self, people: Iterable[str]) -> bool:
        """Forget the portraits that went with these people; whether there were any."""
        sql = "SELECT path FROM portraits JOIN shows ON shows.portrait = portraits.id WHERE shows.person = ?"
        shown = {self._portraits / row[0] for person in people for row in self._file.ask(sql, [person])}
        erased = [path for path in shown if not path.exists()]
        self.forget(*erased)
        return bool(erased)

    def _store(self, portraits: Iterable[PortraitFile], notes: dict[str, Note]) -> None:
        read = [(one, read_facts(self._portraits / one.name), notes.get(one.name)) for one in portraits]

        def change(db: sqlite3.Connection) -> None:
            for one, facts, note in read:
                put_portrait(db, one, facts, note)

        self._file.change(change)

    def _name(self, path: Path) -> str | None:
        """Its path below the portraits, with slashes; None where it lies elsewhere."""
        for base, inner in ((self._portraits, path), (self._portraits.resolve(), path.resolve())):
            if inner.is_relative_to(base):
                return inner.relative_to(base).as_posix()
        return None


def _put_people(people: Sequence[tuple[object, ...]], renamed: Iterable[str], db: sqlite3.Connection) -> None:
    db.executemany("INSERT OR REPLACE INTO people VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", people)
    for person in renamed:
        _write_names_with(person, db)


def _remove_people(people: Iterable[str], db: sqlite3.Connection) -> None:
    for person in people:
        db.execute("DELETE FROM people WHERE id = ?", [person])
        _write_names_with(person, db)


def _write_names_with(person: str, db: sqlite3.Connection) -> None:
    shown = db.execute("SELECT portrait FROM shows WHERE person = ?", [person]).fetchall()
    write_names(db, [row[0] for row in shown])


def _readable(rows: Iterable[sqlite3.Row], read: Callable[[sqlite3.Row], T]) -> list[T]:
    """What can be read of the rows: a bad one hides no other."""
    found = []
    for row in rows:
        try:
            found.append(read(row))
        except (ValueError, TypeError, OverflowError, OSError) as error:  # OSError: times that a system cannot show
            log.warning("a row of the index is passed over: %s", error)
    return found
