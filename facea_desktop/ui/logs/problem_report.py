"""A report to pass on: versions and the log, without names, prompts and paths of the user's."""

from __future__ import annotations

import platform
from collections.abc import Iterable
from pathlib import Path

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import qVersion

from facea_desktop import __version__
from facea_desktop.domain.redaction import redact
from facea_desktop.ui.logs.log_hooks import log_file
from facea_desktop.ui.logs.log_records import read_tail


def report_text(root: Path, names: Iterable[str] = ()) -> str:
    """Versions and the end of the log; ``names`` are those of the people in the library."""
    return f"{_versions()}\n{redact(read_tail(log_file(root)), root, names) or 'The log is empty.'}"


def _versions() -> str:
    return "\n".join(
        (
            f"FaceA Desktop {__version__}",
            f"Python {platform.python_version()}, PySide6 {pyside_version}, Qt {qVersion()}",
            f"{platform.system()} {platform.release()}, {platform.machine()}",
            "",
        )
    )
