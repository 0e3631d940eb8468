"""The log file as records: a line that begins with a time, and the lines of its traceback."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

TAIL_BYTES = 100_000
"""How much of the end of the log is shown."""
_HEAD = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} \S+ (DEBUG|INFO|WARNING|ERROR|CRITICAL) ")


@dataclass(frozen=True)
class Record:
    """One message with all its lines; ``level`` is logging's number."""

    level: int
    text: str


def read_tail(path: Path, limit: int = TAIL_BYTES) -> str:
    """The last ``limit`` bytes of a log in whole records, empty where there is no log yet."""
    return read_from(path, max(size_of(path) - limit, 0))


def read_from(path: Path, start: int) -> str:
    """A log from the first record that begins at byte ``start`` or later, empty where there is no log yet."""
    try:
        with path.open("rb") as file:
            file.seek(start)
            text = file.read().decode("utf-8", "replace")
    except FileNotFoundError:
        return ""
    return text if start == 0 else "".join(_from_first_record(text.splitlines(keepends=True)))


def size_of(path: Path) -> int:
    """Bytes of a file, 0 where there is none."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def parse(text: str) -> list[Record]:
    """The records of a piece of log, the oldest first."""
    levels: list[int] = []
    texts: list[list[str]] = []
    for line in text.splitlines():
        head = _HEAD.match(line)
        if head or not texts:
            levels.append(getattr(logging, head[1]) if head else logging.INFO)
            texts.append([])
        texts[-1].append(line)
    return [Record(level, "\n".join(lines)) for level, lines in zip(levels, texts)]


def choose(records: Iterable[Record], least: int, words: str) -> list[Record]:
    """The records of at least this level that hold all ``words``, in whatever case."""
    wanted = words.casefold().split()
    return [one for one in records if one.level >= least and all(word in one.text.casefold() for word in wanted)]


def _from_first_record(lines: list[str]) -> list[str]:
    for index, line in enumerate(lines):
        if _HEAD.match(line):
            return lines[index:]
    return lines[1:]
