"""Timers for things that come more often than they have to be acted upon."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot


class Debounce(QTimer):
    """Calls ``then`` once nothing new has come for so many milliseconds: a pause in typing, a hand at rest."""

    def __init__(self, pause_ms: int, then: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self.setSingleShot(True)
        self.setInterval(pause_ms)
        self.timeout.connect(then)

    @Slot()
    def schedule(self) -> None:
        """Restart the wait."""
        self.start()

    def flush(self) -> None:
        """Call now, if a call is due."""
        if self.isActive():
            self.stop()
            self.timeout.emit()


class Throttle(Debounce):
    """Calls ``then`` at most once in so many milliseconds, at the end of them, however much comes meanwhile."""

    @Slot()
    def schedule(self) -> None:
        """Something new came: it is called within the interval."""
        if not self.isActive():
            self.start()
