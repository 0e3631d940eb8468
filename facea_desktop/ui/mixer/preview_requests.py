"""Previews of a mix: the latest wish is asked for, answers to older ones are dropped."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.mix_requests import MixPreviewRequest
from facea_desktop.domain.outcomes import MixPreviewed
from facea_desktop.ui.session import Session


class PreviewRequests(QObject):
    """Asks for one preview at a time: while the engine is busy, only the latest wish is kept for it."""

    came = Signal(object, object, object)
    """The request, and the QImages before and after."""
    failed = Signal(str)
    """A sentence that says why there is no preview, and what to do."""
    busyChanged = Signal(bool)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._wanted: MixPreviewRequest | None = None
        self._asking = False

    @property
    def busy(self) -> bool:
        """Whether an answer is awaited that will be shown."""
        return self._wanted is not None

    def want(self, request: MixPreviewRequest) -> None:
        """Wish for this one, and for no earlier one any more."""
        self._wanted = request
        self.busyChanged.emit(True)
        if not self._asking:
            self._asking = True
            self._session.start(self._ask())

    def drop(self) -> None:
        """Wish for none; what is still on its way will not be shown."""
        self._wanted = None
        self.busyChanged.emit(False)

    async def _ask(self) -> None:
        try:
            while (request := self._wanted) is not None:
                try:
                    answer = await self._session.ask(request)
                    assert isinstance(answer, MixPreviewed)
                    before, after = await asyncio.to_thread(_decoded, answer)
                except UserError as error:
                    if self._wanted is request:
                        self.drop()
                        self.failed.emit(str(error))
                    continue
                if self._wanted is request:
                    self.drop()
                    self.came.emit(request, before, after)
        finally:
            self._asking = False
            if self._wanted is not None:
                self.drop()


def _decoded(answer: MixPreviewed) -> tuple[QImage, QImage]:
    return QImage.fromData(answer.before), QImage.fromData(answer.after)
