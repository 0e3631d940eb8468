"""Files that the desktop has the program open: from its command line, from later starts, and by macOS' events."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtGui import QFileOpenEvent


class OpenedFiles(QObject):
    """Keeps files until there is a window to open them in (``deliver``), and passes on those that come later.

    As the application's event filter it takes macOS' open events, which come at any time; elsewhere there are none, and
    a filter would cost every event a call into Python.
    """

    came = Signal(object)
    """A list of paths, never empty."""

    def __init__(self, files: Iterable[Path] = (), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: list[Path] | None = list(files)

    def deliver(self) -> None:
        """From now on whoever listens to ``came`` can open files."""
        waiting, self._waiting = self._waiting, None
        if waiting:
            self.came.emit(waiting)

    @Slot(object)
    def add(self, files: list[Path]) -> None:
        """Some are to be opened."""
        if self._waiting is not None:
            self._waiting += files
        elif files:
            self.came.emit(files)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take files that macOS sends, and nothing else."""
        if isinstance(event, QFileOpenEvent) and event.file():
            self.add([Path(event.file())])
            return True
        return False
