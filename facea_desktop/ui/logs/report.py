"""A report to pass on: versions and the log, without names, prompts and paths of the user's."""

from __future__ import annotations

import platform
import re
from collections.abc import Iterable
from pathlib import Path

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import qVersion

from facea_desktop import __version__
from facea_desktop.ui.logs.hooks import log_file
from facea_desktop.ui.logs.records import read_tail

_FRAME = re.compile(r'^(  File ")([^"]*)(", line \d+.*)$')
_QUOTED = re.compile(r"""(?P<mark>['"])[^\n]*(?P=mark)|“[^”\n]*”""")
# A path may hold spaces, so everything from its root to the end of the line goes, or to a sign that ends it.
_PATH = re.compile(r"""(?:\b[A-Za-z]:[\\/]|\\\\|(?<![\w.<>/])~?/)[^\n:;,()<>"'|]*""")


def report_text(root: Path, names: Iterable[str] = ()) -> str:
    """Versions and the end of the log; ``names`` are those of the people in the library."""
    return f"{_versions()}\n{redact(read_tail(log_file(root)), root, names) or 'The log is empty.'}"


def redact(text: str, root: Path, names: Iterable[str] = ()) -> str:
    """Take out what is the user's: paths, names of people, and whatever is quoted, which may be a prompt.

    Lines of code in a traceback are the program's own and stay; of the files there only the part below the package.
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
            plain = line.replace(str(root), "<data>").replace(str(Path.home()), "~")
            plain = _PATH.sub("<path>", _QUOTED.sub("'…'", plain))
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


def _versions() -> str:
    return "\n".join(
        (
            f"FaceA Desktop {__version__}",
            f"Python {platform.python_version()}, PySide6 {pyside_version}, Qt {qVersion()}",
            f"{platform.system()} {platform.release()}, {platform.machine()}",
            "",
        )
    )
