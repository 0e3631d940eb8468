"""Rows of the index: made from manifests and pictures, chosen by queries, read as summaries."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from pathlib import Path
from sys import intern

from facea_desktop.domain.faces import Subject
from facea_desktop.domain.people import Profile
from facea_desktop.library.portrait_files import PortraitFacts, PortraitFile, stages_of
from facea_desktop.library.portrait_notes import REJECTED, Note
from facea_desktop.library.search_text import matching
from facea_desktop.library.summaries import PersonSummary, PortraitQuery, PortraitSummary

_SEPARATOR = "\x1f"
SELECT = """SELECT portraits.*, people.name AS person_name,
    (SELECT group_concat(name, char(31)) FROM labels WHERE portrait = portraits.id AND kind = 'keyword') AS keywords,
    (SELECT group_concat(name, char(31)) FROM labels WHERE portrait = portraits.id AND kind = 'album') AS albums
    FROM portraits LEFT JOIN people ON people.id = portraits.person"""
ORDERS = {
    "newest": "created DESC, id DESC",
    "oldest": "created, id",
    "likeness": "likeness DESC, created DESC, id DESC",  # SQLite puts the unknown ones last
    "rating": "rating DESC, created DESC, id DESC",
}


def person_of(row: sqlite3.Row, people: Path) -> PersonSummary:
    """A row of the table of people, whose folders lie below ``people``."""
    return PersonSummary(
        id=row["id"],
        name=row["name"],
        subject=Subject(row["subject"]),
        family=intern(row["family"]),  # one of a few words, for each of maybe a hundred thousand people
        state=intern(row["state"]),  # type: ignore[arg-type]
        created=datetime.fromtimestamp(row["created"], UTC),
        likeness=row["likeness"],
        thumbnail=people / row["id"] / row["thumbnail"] if row["thumbnail"] else None,
        mixed=bool(row["mixed"]),
        consent_until=date.fromisoformat(row["until"]) if row["until"] else None,
        tuned_step=row["tuned_step"],
        consent_over=bool(row["over"]),
    )


def portrait_of(row: sqlite3.Row, portraits: Path) -> PortraitSummary:
    """A row that ``SELECT`` chose, of a file below ``portraits``."""
    path = portraits / row["path"]
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
        keywords=_split(row["keywords"]),
        albums=_split(row["albums"]),
        times=row["times"],
        first_sight=tuple(row["first_sight"].split()),
    )


def _split(names: str | None) -> tuple[str, ...]:
    return tuple(sorted(names.split(_SEPARATOR), key=str.casefold)) if names else ()


def condition_of(query: PortraitQuery) -> tuple[str, list[object]]:
    """The condition of a query and its values."""
    wanted: list[tuple[str, object]] = []
    if words := matching(query.text):
        wanted.append(("id IN (SELECT rowid FROM words WHERE words MATCH ?)", words))
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
    for kind, name in (("keyword", query.keyword), ("album", query.album)):
        if name is not None:
            condition = f"id IN (SELECT portrait FROM labels WHERE kind = '{kind}' AND name = ?)"  # noqa: S608
            wanted.append((condition, name))
    if query.least_rating is not None:
        wanted.append(("rating = ?" if query.least_rating == REJECTED else "rating >= ?", query.least_rating))
    conditions = " AND ".join(condition for condition, _ in wanted)
    return f"WHERE {conditions}" if wanted else "", [value for _, value in wanted]


def qualified(order: str) -> str:
    """The order of a query that joins tables."""
    return ", ".join(f"portraits.{term}" for term in order.split(", "))


def person_row(profile: Profile) -> tuple[object, ...]:
    """What is kept of a person, but for time and size of the manifest."""
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
        bool(profile.taken or profile.blended),
        profile.consent.until.isoformat() if profile.consent.until else None,
        tuning.step if tuning else None,
        profile.consent.over,
    )


def put_portrait(db: sqlite3.Connection, file: PortraitFile, facts: PortraitFacts, note: Note | None) -> None:
    """Put a portrait in the place of what was known of it."""
    remove_portraits(db, [file.name])
    row = {
        "path": file.name,
        "person": facts.people[0] if facts.people else "",
        "prompt": facts.prompt,
        "style": facts.style,
        "seed": facts.seed,
        "created": facts.created if facts.created is not None else file.modified / 1e9,
        "likeness": note.likeness if note else None,
        "rating": (note.stars if note else None) or 0,
        "width": facts.width,
        "height": facts.height,
        "times": facts.times,
        "first_sight": " ".join(facts.first_sight),
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
        "INSERT INTO words (rowid, prompt, people, style, labels) VALUES (?, searchable(?), '', searchable(?), '')",
        (portrait, facts.prompt, facts.style),
    )
    if portrait is not None and note is not None and (note.keywords or note.albums):
        write_labels(db, portrait, note)
    if facts.people and portrait is not None:
        write_names(db, [portrait])


def write_labels(db: sqlite3.Connection, portrait: int, note: Note) -> None:
    """Let a portrait be found by what was noted as its keywords and albums; what the note does not say stays."""
    for kind, names in (("keyword", note.keywords), ("album", note.albums)):
        if names is not None:
            db.execute("DELETE FROM labels WHERE portrait = ? AND kind = ?", [portrait, kind])
            db.executemany("INSERT OR IGNORE INTO labels VALUES (?, ?, ?)", [(kind, name, portrait) for name in names])
    sql = """UPDATE words SET labels = searchable(coalesce((SELECT group_concat(name, ' ') FROM labels
             WHERE labels.portrait = words.rowid), '')) WHERE rowid = ?"""
    db.execute(sql, [portrait])


def write_names(db: sqlite3.Connection, portraits: Iterable[int]) -> None:
    """Let these portraits be found by the names that the people in them bear now."""
    sql = """UPDATE words SET people = searchable(coalesce((SELECT group_concat(name, ' ') FROM shows JOIN people
             ON people.id = shows.person WHERE shows.portrait = words.rowid), '')) WHERE rowid = ?"""
    db.executemany(sql, [[portrait] for portrait in portraits])


def remove_portraits(db: sqlite3.Connection, names: Iterable[str]) -> None:
    """Take portraits out, by their paths below the portraits' folder."""
    for name in names:
        db.execute("DELETE FROM words WHERE rowid = (SELECT id FROM portraits WHERE path = ?)", [name])
        db.execute("DELETE FROM portraits WHERE path = ?", [name])
