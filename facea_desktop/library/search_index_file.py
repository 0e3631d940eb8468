"""The SQLite file behind the index: several threads, and a new file where the old one is damaged or of another version.

The thread that opened it keeps one connection; every other thread opens one for each call. Readers never wait for a
writer (WAL), writers take turns.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar

from facea_desktop.domain.errors import UserError
from facea_desktop.library.search_text import searchable

log = logging.getLogger(__name__)

T = TypeVar("T")
VERSION = 6
"""Another version of the tables is never migrated: the index is rebuilt from the files."""
_WAIT_S = 10
_FORGETS_WORDS = sqlite3.sqlite_version_info >= (3, 42)
"""Whether full-text tables can delete words at once; else they stay until everything is merged."""


_SCHEMA = f"""
CREATE TABLE people (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, subject TEXT NOT NULL, family TEXT NOT NULL, state TEXT NOT NULL,
    created REAL NOT NULL, likeness REAL, thumbnail TEXT, mixed INTEGER NOT NULL, until TEXT, tuned_step INTEGER,
    over INTEGER NOT NULL,
    modified INTEGER NOT NULL, size INTEGER NOT NULL  -- of the manifest, in nanoseconds and bytes
) WITHOUT ROWID;
CREATE TABLE portraits (
    id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, person TEXT NOT NULL, prompt TEXT NOT NULL, style TEXT NOT NULL,
    seed INTEGER, created REAL NOT NULL, likeness REAL, rating INTEGER NOT NULL, width INTEGER NOT NULL,
    height INTEGER NOT NULL, times INTEGER NOT NULL, first_sight TEXT NOT NULL,  -- ids between spaces
    context INTEGER NOT NULL, mask INTEGER NOT NULL, modified INTEGER NOT NULL, size INTEGER NOT NULL
);
CREATE INDEX portraits_created ON portraits (created, id);
CREATE INDEX portraits_likeness ON portraits (likeness, created, id);
CREATE INDEX portraits_rating ON portraits (rating, created, id);
CREATE INDEX portraits_style ON portraits (style COLLATE NOCASE, created, id);
CREATE TABLE shows (
    person TEXT NOT NULL, portrait INTEGER NOT NULL REFERENCES portraits (id) ON DELETE CASCADE,
    PRIMARY KEY (person, portrait)
) WITHOUT ROWID;
CREATE INDEX shows_portrait ON shows (portrait);
CREATE TABLE labels (
    kind TEXT NOT NULL, name TEXT NOT NULL COLLATE NOCASE,
    portrait INTEGER NOT NULL REFERENCES portraits (id) ON DELETE CASCADE,
    PRIMARY KEY (kind, name, portrait)
) WITHOUT ROWID;
CREATE INDEX labels_portrait ON labels (portrait, kind);
CREATE VIRTUAL TABLE words USING fts5 (
    prompt, people, style, labels, tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co So'", prefix = '2 3'
);
PRAGMA user_version = {VERSION};
"""


class IndexFile:
    """An open index.

    Args:
        path: the file; it is made, for its owner alone to read, where it is missing, damaged or of another version.
        when_lost: fills a new file that takes the place of one that turned out to be damaged in use.

    Raises:
        UserError: the disk refuses.
    """

    def __init__(self, path: Path, when_lost: Callable[[], None]) -> None:
        self._path = path
        self._when_lost = when_lost
        self._thread = threading.get_ident()
        self._writing = threading.RLock()
        self._files = 1  # that were opened or made so far
        try:
            self._own = self._opened() or self._made()
            self._own_file = self._files
        except (OSError, sqlite3.Error) as error:
            raise UserError(
                f"Could not open {path}: {error}. Check that its folder is writable and the disk is not full."
            ) from error

    def ask(self, sql: str, values: Iterable[object] = ()) -> list[sqlite3.Row]:
        """All rows of a query."""
        return self._mending(lambda db: db.execute(sql, tuple(values)).fetchall())

    def change(self, change: Callable[[sqlite3.Connection], object]) -> None:
        """Change something, whole or not at all; what the disk refuses is logged, as other files hold the truth."""

        def whole(db: sqlite3.Connection) -> None:
            try:
                db.execute("BEGIN IMMEDIATE")
                change(db)
                db.execute("COMMIT")
            finally:
                if db.in_transaction:
                    db.execute("ROLLBACK")

        with self._writing:
            try:
                self._mending(whole)
            except sqlite3.OperationalError as error:
                log.warning("the index could not be written: %s", error)

    def purge(self) -> None:
        """See that what was deleted cannot be read in the file or its write-ahead log."""

        def purge(db: sqlite3.Connection) -> None:
            if not _FORGETS_WORDS:
                db.execute("INSERT INTO words (words) VALUES ('optimize')")
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

        with self._writing:
            try:
                self._mending(purge)
            except sqlite3.OperationalError as error:
                log.warning("the index could not be tidied: %s", error)

    def close(self) -> None:
        """Let go of the file."""
        with self._writing:
            self._own.close()

    def _opened(self) -> sqlite3.Connection | None:
        """The file as it is, None where it is of no use."""
        if not self._path.exists():
            return None
        try:
            db = self._connected()
            if _is_good(db):
                return db
            db.close()
            log.warning("the index is damaged or of another version")
        except sqlite3.DatabaseError as error:
            log.warning("the index is damaged: %s", error)
        return None

    def _made(self) -> sqlite3.Connection:
        log.info("the index is rebuilt")
        for ending in ("", "-wal", "-shm"):
            self._path.with_name(self._path.name + ending).unlink(missing_ok=True)
        os.close(os.open(self._path, os.O_CREAT | os.O_WRONLY, 0o600))  # prompts are nobody else's business
        db = self._connected()
        db.execute("PRAGMA journal_mode = WAL")  # stays with the file
        db.executescript(_SCHEMA)
        if _FORGETS_WORDS:
            db.execute("INSERT INTO words (words, rank) VALUES ('secure-delete', 1)")
        return db

    def _connected(self) -> sqlite3.Connection:
        db = sqlite3.connect(self._path, timeout=_WAIT_S, isolation_level=None, check_same_thread=False)
        db.row_factory = sqlite3.Row
        db.create_function("searchable", 1, searchable, deterministic=True)
        try:
            for pragma in ("synchronous = NORMAL", "secure_delete = ON", "foreign_keys = ON"):
                db.execute(f"PRAGMA {pragma}")
        except sqlite3.Error:
            db.close()
            raise
        return db

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        if threading.get_ident() == self._thread:
            if self._own_file != self._files:  # another thread found the file damaged
                self._own.close()
                self._own, self._own_file = self._connected(), self._files
            yield self._own
            return
        with closing(self._connected()) as db:
            yield db

    def _mending(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do ``work``; where the file turns out to be damaged, once more on a new one."""
        try:
            with self._connection() as db:
                return work(db)
        except sqlite3.DatabaseError as error:
            if type(error) is not sqlite3.DatabaseError:  # its subclasses tell of other troubles
                raise
            log.warning("the index is damaged: %s", error)
        with self._writing:
            self._made().close()
            self._files += 1
            self._when_lost()
        with self._connection() as db:
            return work(db)


def _is_good(db: sqlite3.Connection) -> bool:
    version = db.execute("PRAGMA user_version").fetchone()[0]
    return bool(version == VERSION and db.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
