"""The text files that wildcards are drawn from: "__hair__" stands for the lines of ``hair.txt``."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from facea_desktop.domain.atomic_files import open_file
from facea_desktop.domain.plain_text import without_controls

log = logging.getLogger(__name__)

FOLDER = "wildcards"
"""Folder of the data folder with the user's files, and of others inside: "__clothes/summer__"."""
_LARGEST = 4 << 20
"""Bytes that are read of a file."""
_MOST_FILES = 2000


class WildcardFiles:
    """The files of some folders, those of the first ones before those of the same name in others; each is read once.

    Args:
        folders: those that are missing hold nothing.
        own: lines that come before those of files.
    """

    def __init__(self, *folders: Path, own: dict[str, Sequence[str]] | None = None) -> None:
        self._folders = folders
        self._read: dict[str, Sequence[str] | None] = dict(own or {})

    def lines(self, name: str) -> Sequence[str] | None:
        """The options of a name, without empty lines and those that begin with "#"; None where there is no file."""
        if name not in self._read:
            files = (folder / f"{name}.txt" for folder in self._folders)
            self._read[name] = next((_lines(file) for file in files if file.is_file()), None)
        return self._read[name]

    def names(self) -> list[str]:
        """Everything that can be drawn from, in order."""
        found = set(self._read)
        for folder in self._folders:
            files = sorted(folder.rglob("*.txt"))[:_MOST_FILES] if folder.is_dir() else []
            found |= {file.relative_to(folder).with_suffix("").as_posix() for file in files}
        return sorted(name for name in found if self.lines(name) is not None)


def _lines(file: Path) -> list[str]:
    try:
        with open_file(file) as opened:
            text = opened.read(_LARGEST).decode("utf-8-sig", "replace")
    except OSError as error:
        log.warning("a file of wildcards cannot be read: %s", error)
        return []
    lines = (without_controls(line).strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]
