"""Keeps personal data out of the log: names, prompts and paths are removed before a line is written."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from pathlib import Path

_FRAME = re.compile(r'^(  File ")([^"]*)(", line \d+.*)$')
_MENDABLE = re.compile(r"^((?:\w+\.)*UserError: ).*$")
_QUOTED = re.compile(r"""(?P<mark>['"])[^\n]*(?P=mark)|“[^”\n]*”""")
# A path may hold spaces, so everything from its root to the end of the line goes, or to a sign that ends it.
_PATH = re.compile(r"""(?:\b[A-Za-z]:[\\/]|\\\\|(?<![\w.<>/])~?/)[^\n:;,()<>"'|]*""")


class LogFormatter(logging.Formatter):
    """Lines of the log without paths of the user's and without what is quoted, which may be a name or a prompt.

    So that nothing of a person stays in the log, or its older files, when the person is deleted. Code that logs a name
    or a word of the user's puts it in quotes.
    """

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(name)s %(levelname)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """The record's lines."""
        return redact(super().format(record)).removesuffix("\n")


def redact(text: str, root: Path | None = None, names: Iterable[str] = ()) -> str:
    """Take out what is the user's: paths, names of people, and whatever is quoted, which may be a prompt.

    Lines of code in a traceback are the program's own and stay; of the files there only the part below the package.
    What a UserError says goes, as it speaks of people by name.

    Args:
        root: the data folder; paths below it are kept from there on.
        names: of the people in the library.
    """
    people = _any_of(names)
    lines: list[str] = []
    in_code = False
    for line in text.splitlines():
        frame = _FRAME.match(line)
        if frame:
            lines.append(f"{frame[1]}{_below_package(frame[2])}{frame[3]}")
        elif in_code and line.startswith("    "):
            lines.append(line)
        else:
            plain = line.replace(str(root), "<data>").replace(str(Path.home()), "~") if root is not None else line
            plain = _PATH.sub("<path>", _QUOTED.sub("'…'", _MENDABLE.sub(r"\1…", plain)))
            lines.append(people.sub("<person>", plain) if people else plain)
        in_code = frame is not None or (in_code and line.startswith("    "))
    return "".join(f"{line}\n" for line in lines)


def _any_of(names: Iterable[str]) -> re.Pattern[str] | None:
    longest_first = sorted({name.strip() for name in names} - {""}, key=len, reverse=True)
    if not longest_first:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)


def _below_package(file: str) -> str:
    parts = re.split(r"[\\/]", file)
    for anchor in ("facea_desktop", "site-packages"):
        if anchor in parts:
            return "/".join(parts[len(parts) - 1 - parts[::-1].index(anchor) :])
    return parts[-1]
