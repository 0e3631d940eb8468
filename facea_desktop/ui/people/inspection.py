"""Having photos checked as they come, again with every change, and only the newest answer counts."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.outcomes import PhotosInspected
from facea_desktop.domain.requests import InspectRequest
from facea_desktop.ui.session import Session

PAUSE_MS = 250
"""Photos that come within this time are checked together."""


class Inspection(QObject):
    """Checks the newest set of photos."""

    began = Signal()
    answered = Signal(object)
    """PhotosInspected."""
    failed = Signal(str)
    """A sentence: the photos could not be checked at all."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._photos: tuple[Path, ...] = ()
        self._turn = 0
        self._task: asyncio.Task[Any] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._begin)

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._timer.isActive() or self._task is not None

    def check(self, photos: Sequence[Path]) -> None:
        """Check these after a short pause; none stops checking. What is under way is given up."""
        self._photos = tuple(photos)
        self._turn += 1
        if self._task is not None:
            self._task.cancel()
            self._task = None
        if photos:
            self._timer.start()
            self.began.emit()
        else:
            self._timer.stop()

    @Slot()
    def _begin(self) -> None:
        self._task = self._session.start(self._ask(self._turn, self._photos))

    async def _ask(self, turn: int, photos: tuple[Path, ...]) -> None:
        sentence, outcome = "", None
        try:
            outcome = await self._session.ask(InspectRequest(photos=photos))
        except UserError as error:
            sentence = str(error)
        if turn != self._turn:
            return
        self._task = None
        if isinstance(outcome, PhotosInspected):
            self.answered.emit(outcome)
        else:
            self.failed.emit(sentence)
