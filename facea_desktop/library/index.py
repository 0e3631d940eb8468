"""Quick looking up of people and portraits: ``index.sqlite``, derived from the files and made anew when lost."""

from __future__ import annotations

import logging
import re
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import takewhile
from pathlib import Path
from typing import Literal

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.faces import Subject
from facea_desktop.domain.people import Profile
from facea_desktop.library.index_file import IndexFile
from facea_desktop.library.notes import Note, add_notes, read_notes, write_notes
from facea_desktop.library.person_files import MANIFEST, PERSON_ID, read_manifest
from facea_desktop.library.portraits import (
    PortraitFacts,
    PortraitFile,
    erase_portrait,
    found_portraits,
    read_facts,
    stages_of,
)

log = logging.getLogger(__name__)

_BATCH = 200
"""Pictures a transaction: a rating given meanwhile waits for one batch at most."""
_ORDERS = {
    "newest": "created DESC, id DESC",
    "oldest": "created, id",
    "likeness": "likeness DESC, created DESC, id DESC",  # SQLite puts the unknown ones last
    "rating": "rating DESC, created DESC, id DESC",
}


@dataclass(frozen=True)
class PersonSummary:
    """A person as lists show them.

    Attributes:
        likeness: the best of the curve.
        thumbnail: the crop of the first reference.
        mixed: an attribute came from somebody else.
        until: when the leave to portray ends.
    """

    id: str
    name: str
    subject: Subject
    family: str
    state: Literal["ready", "not tuned"]
    created: datetime
    likeness: float | None
    thumbnail: Path | None
    mixed: bool
    until: date | None
    tuned_step: int | None


@dataclass(frozen=True)
class PortraitSummary:
    """A portrait as the gallery shows it.

    Attributes:
        person: id, empty where the picture carries no request.
        person_name: empty where nobody with that id is in the library.
        rating: stars, 0 being none given.
        context, mask: the stages beside it.
    """

    path: Path
    person: str
    person_name: str
    prompt: str
    style: str
    seed: int | None
    created: datetime
    likeness: float | None
    rating: int
    width: int
    height: int
    context: Path | None
    mask: Path | None


@dataclass(frozen=True)
class PortraitQuery:
    """Which portraits, and in which order.

    Attributes:
        text: every word has to begin a word of the prompt, of a name or of the style.
        person: id of somebody in the picture.
        since, until: days of the local time zone, both included.
    """

    text: str = ""
    person: str | None = None
    style: str | None = None
    seed: int | None = None
    since: date | None = None
    until: date | None = None
    least_rating: int = 0
    order: Literal["newest", "oldest", "likeness", "rating"] = "newest"


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
        return [self._person(row) for row in self._file.ask("SELECT * FROM people ORDER BY created, id")]

    def count(self, query: PortraitQuery) -> int:
        """How many portraits match."""
        where, values = _where(query)
        return int(self._file.ask(f"SELECT count(*) FROM portraits {where}", values)[0][0])  # noqa: S608 - our own words

    def page(self, query: PortraitQuery, offset: int, limit: int) -> list[PortraitSummary]:
        """``limit`` of the portraits that match, from the one at ``offset`` on."""
        where, values = _where(query)
        order = _ORDERS[query.order]
        # Rows before the offset are passed over in the index of the order, without reading them.
        chosen = f"SELECT id FROM portraits {where} ORDER BY {order} LIMIT ? OFFSET ?"  # noqa: S608
        found = self._file.ask(
            f"{_SELECT} WHERE portraits.id IN ({chosen}) ORDER BY {_qualified(order)}", [*values, limit, offset]
        )
        return [self._portrait(row) for row in found]

    def portrait(self, path: Path) -> PortraitSummary | None:
        """What is known of a portrait; None where it is not indexed."""
        found = self._file.ask(f"{_SELECT} WHERE path = ?", [self._name(path)])
        return self._portrait(found[0]) if found else None

    def styles(self) -> list[str]:
        """The styles of all portraits, the most used first."""
        sql = (
            "SELECT min(style) FROM portraits WHERE style != '' GROUP BY style COLLATE NOCASE ORDER BY count(*) DESC, 1"
        )
        return [row[0] for row in self._file.ask(sql)]

    def refresh_people(self) -> bool:
        """Read the manifests that changed; whether any did."""
        known = {row["id"]: row for row in self._file.ask("SELECT id, name, modified, size FROM people")}
        changed: list[tuple[object, ...]] = []
        gone = set(known)
        renamed = set()
        for person, modified, size in self._manifests():
            row = known.get(person)
            if row is not None and (row["modified"], row["size"]) == (modified, size):
                gone.discard(person)
                continue
            try:
                profile = read_manifest(self._people / person)
            except (OSError, ValueError) as error:
                reason = str(error).splitlines()[0]
                log.warning("%s is left out of the library: its %s cannot be used (%s)", person, MANIFEST, reason)
                continue
            gone.discard(person)
            changed.append((*_person_row(profile), modified, size))
            if row is None or row["name"] != profile.name:
                renamed.add(person)
        if not changed and not gone:
            return False

        def change(db: sqlite3.Connection) -> None:
            db.executemany("INSERT OR REPLACE INTO people VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", changed)
            db.executemany("DELETE FROM people WHERE id = ?", [[person] for person in gone])
            for person in renamed | gone:
                shown = db.execute("SELECT portrait FROM shows WHERE person = ?", [person]).fetchall()
                _write_names(db, [row[0] for row in shown])

        self._file.change(change)
        if gone:
            self._forget_erased(gone)
            self._file.purge()
        return True

    def refresh_portraits(self, stop: Callable[[], bool] = lambda: False) -> bool:
        """Read the pictures that are new or changed and forget those that are gone; whether there were any.

        ``stop`` is asked before each, as is whether the index was closed; what was read until then stays.
        """
        found: dict[str, PortraitFile] = {}

        def goes_on(_: object = None) -> bool:
            return not self._closed.is_set() and not stop()

        try:
            for one in takewhile(goes_on, found_portraits(self._portraits)):
                found[one.name] = one
        except OSError as error:
            log.warning("the portraits cannot be listed: %s", error)
            return False
        if not goes_on():
            return False
        rows = self._file.ask("SELECT path, modified, size, context, mask FROM portraits")
        known = {row["path"]: tuple(row)[1:] for row in rows}
        fresh = [one for name, one in found.items() if known.get(name) != (one.modified, one.size, *one.stages)]
        gone = known.keys() - found.keys()
        if gone:
            self.forget(*(self._portraits / name for name in gone))
        notes = read_notes(self._portraits) if fresh else {}
        for begin in range(0, len(fresh), _BATCH):
            if not goes_on():
                break
            self._store(takewhile(goes_on, fresh[begin : begin + _BATCH]), notes)
        return bool(fresh or gone)

    def add_portrait(self, path: Path, likeness: float | None) -> None:
        """A picture was painted; one that lies elsewhere is passed over.

        What the disk refuses is logged: the picture itself is safe.
        """
        name = self._name(path)
        if name is None:
            return
        before = self.portrait(path)
        note = Note(picture=name, stars=before.rating if before else None, likeness=likeness)
        try:
            if likeness is not None:
                add_notes(self._portraits, note)
            stat = path.stat()
        except (OSError, UserError) as error:
            log.warning("a portrait could not be indexed: %s", error)
            return
        context, mask = (stage.exists() for stage in stages_of(path))
        self._store([PortraitFile(name, stat.st_mtime_ns, stat.st_size, (context, mask))], {name: note})

    def rate(self, path: Path, stars: int) -> None:
        """Give a portrait 0 to 5 stars.

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

    def forget(self, *paths: Path) -> None:
        """These are gone: neither what was read of them nor what was noted stays.

        Raises:
            UserError: the disk refuses.
        """
        names = [name for path in paths if (name := self._name(path)) is not None]
        if not names:
            return
        self._file.change(lambda db: _remove(db, names))
        self._file.purge()
        notes = read_notes(self._portraits)
        if not notes.keys().isdisjoint(names):
            write_notes(self._portraits, {name: note for name, note in notes.items() if name not in set(names)})

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

    def _manifests(self) -> Iterator[tuple[str, int, int]]:
        """Id of every person, with time (ns) and size (bytes) of the manifest."""
        folders = self._people.iterdir() if self._people.exists() else ()
        for folder in folders:
            if PERSON_ID.fullmatch(folder.name):
                try:
                    stat = (folder / MANIFEST).stat()
                except OSError:
                    continue
                yield folder.name, stat.st_mtime_ns, stat.st_size

    def _forget_erased(self, people: Iterable[str]) -> None:
        """Forget the portraits that went with these people."""
        sql = "SELECT path FROM portraits JOIN shows ON shows.portrait = portraits.id WHERE shows.person = ?"
        shown = {self._portraits / row[0] for person in people for row in self._file.ask(sql, [person])}
        self.forget(*(path for path in shown if not path.exists()))

    def _store(self, portraits: Iterable[PortraitFile], notes: dict[str, Note]) -> None:
        read = [(one, read_facts(self._portraits / one.name), notes.get(one.name)) for one in portraits]

        def change(db: sqlite3.Connection) -> None:
            for one, facts, note in read:
                _store(db, one, facts, note)

        self._file.change(change)

    def _name(self, path: Path) -> str | None:
        """Its path below the portraits, with slashes; None where it lies elsewhere."""
        for base, inner in ((self._portraits, path), (self._portraits.resolve(), path.resolve())):
            if inner.is_relative_to(base):
                return inner.relative_to(base).as_posix()
        return None

    def _person(self, row: sqlite3.Row) -> PersonSummary:
        return PersonSummary(
            id=row["id"],
            name=row["name"],
            subject=Subject(row["subject"]),
            family=row["family"],
            state=row["state"],
            created=datetime.fromtimestamp(row["created"], UTC),
            likeness=row["likeness"],
            thumbnail=self._people / row["id"] / row["thumbnail"] if row["thumbnail"] else None,
            mixed=bool(row["mixed"]),
            until=date.fromisoformat(row["until"]) if row["until"] else None,
            tuned_step=row["tuned_step"],
        )

    def _portrait(self, row: sqlite3.Row) -> PortraitSummary:
        path = self._portraits / row["path"]
        context, mask = stages_of(path)
        return PortraitSummary(
            path=path,
            person=row["person"],
            person_name=row["person_name"] or "",
            prompt=row["prompt"],
            style=row["style"],
            seed=row["seed"],
            created=datetime.fromtimestamp(row["created"], UTC),
            likeness=row["likeness"],
            rating=row["rating"],
            width=row["width"],
            height=row["height"],
            context=context if row["context"] else None,
            mask=mask if row["mask"] else None,
        )


_SELECT = (
    "SELECT portraits.*, people.name AS person_name FROM portraits LEFT JOIN people ON people.id = portraits.person"
)


def _where(query: PortraitQuery) -> tuple[str, list[object]]:
    """The condition of a query and its values."""
    wanted: list[tuple[str, object]] = []
    words = re.findall(r"\w+", query.text)
    if words:
        matching = " ".join(f'"{word}"*' for word in words)
        wanted.append(("id IN (SELECT rowid FROM words WHERE words MATCH ?)", matching))
    if query.person is not None:
        wanted.append(("id IN (SELECT portrait FROM shows WHERE person = ?)", query.person))
    if query.style is not None:
        wanted.append(("style = ? COLLATE NOCASE", query.style))
    if query.seed is not None:
        wanted.append(("seed = ?", query.seed))
    if query.since is not None:
        wanted.append(("created >= ?", datetime.combine(query.since, time.min).timestamp()))
    if query.until is not None:
        wanted.append(("created <= ?", datetime.combine(query.until, time.max).timestamp()))
    if query.least_rating > 0:
        wanted.append(("rating >= ?", query.least_rating))
    conditions = " AND ".join(condition for condition, _ in wanted)
    return f"WHERE {conditions}" if wanted else "", [value for _, value in wanted]


def _qualified(order: str) -> str:
    return ", ".join(f"portraits.{term}" for term in order.split(", "))


def _person_row(profile: Profile) -> tuple[object, ...]:
    tuning = profile.tuning
    first = f"references/{profile.references[0].index}.png" if profile.references else None
    return (
        profile.id,
        profile.name,
        str(profile.subject),
        profile.family,
        profile.state,
        profile.created.timestamp(),
        max((point.likeness for point in tuning.curve), default=None) if tuning else None,
        first if first in profile.files else None,
        bool(profile.taken),
        profile.consent.until.isoformat() if profile.consent.until else None,
        tuning.step if tuning else None,
    )


def _store(db: sqlite3.Connection, file: PortraitFile, facts: PortraitFacts, note: Note | None) -> None:
    """Put a portrait in the place of what was known of it."""
    _remove(db, [file.name])
    row = {
        "path": file.name,
        "person": facts.people[0] if facts.people else "",
        "prompt": facts.prompt,
        "style": facts.style,
        "seed": facts.seed,
        "created": file.modified / 1e9,
        "likeness": note.likeness if note else None,
        "rating": (note.stars if note else None) or 0,
        "width": facts.width,
        "height": facts.height,
        "context": file.stages[0],
        "mask": file.stages[1],
        "modified": file.modified,
        "size": file.size,
    }
    names = ", ".join(row)
    marks = ", ".join(f":{name}" for name in row)
    portrait = db.execute(f"INSERT INTO portraits ({names}) VALUES ({marks})", row).lastrowid  # noqa: S608
    db.executemany("INSERT INTO shows VALUES (?, ?)", [(person, portrait) for person in facts.people])
    db.execute(
        "INSERT INTO words (rowid, prompt, people, style) VALUES (?, ?, '', ?)", (portrait, facts.prompt, facts.style)
    )
    if facts.people and portrait is not None:
        _write_names(db, [portrait])


def _write_names(db: sqlite3.Connection, portraits: Iterable[int]) -> None:
    """Let these portraits be found by the names that the people in them bear now."""
    sql = """UPDATE words SET people = coalesce((SELECT group_concat(name, ' ') FROM shows JOIN people
             ON people.id = shows.person WHERE shows.portrait = words.rowid), '') WHERE rowid = ?"""
    db.executemany(sql, [[portrait] for portrait in portraits])


def _remove(db: sqlite3.Connection, names: Iterable[str]) -> None:
    for name in names:
        db.execute("DELETE FROM words WHERE rowid = (SELECT id FROM portraits WHERE path = ?)", [name])
        db.execute("DELETE FROM portraits WHERE path = ?", [name])
