"""Having photos checked as they come, again with every change, and only the newest answer counts."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.outcomes import PhotosInspected
from facea_desktop.domain.photo_requests import InspectRequest, PhotoCrop
from facea_desktop.ui.session import Session
from facea_desktop.ui.throttling import Debounce

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
        self._request: InspectRequest | None = None
        self._turn = 0
        self._task: asyncio.Task[Any] | None = None
        self._pause = Debounce(PAUSE_MS, self._begin, self)

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._pause.isActive() or self._task is not None

    def check(self, photos: Sequence[Path], crops: Sequence[PhotoCrop] = (), person: str | None = None) -> None:
        """Check these after a short pause; none stops checking. What is under way is given up.

        Args:
            crops: what the user said of who is meant, and of what is cut out.
            person: whom they are to be added to.
        """
        self._request = InspectRequest(photos=tuple(photos), crops=tuple(crops), person=person) if photos else None
        self._turn += 1
        if self._task is not None:
            self._task.cancel()
            self._task = None
        if photos:
            self._pause.schedule()
            self.began.emit()
        else:
            self._pause.stop()

    @Slot()
    def _begin(self) -> None:
        if self._request is not None:
            self._task = self._session.start(self._ask(self._turn, self._request))

    async def _ask(self, turn: int, request: InspectRequest) -> None:
        sentence, outcome = "", None
        try:
            outcome = await self._session.ask(request)
        except UserError as error:
            sentence = str(error)
        if turn != self._turn:
            return
        self._task = None
        if isinstance(outcome, PhotosInspected):
            self.answered.emit(outcome)
        else:
            self.failed.emit(sentence)
