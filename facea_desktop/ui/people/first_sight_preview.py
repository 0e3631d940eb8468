"""A portrait at first sight beside the step that begins tuning; it is painted while the form is filled in."""

from __future__ import annotations

import asyncio
from typing import Any

from PySide6.QtCore import QRectF, QSize, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.outcomes import FirstSightPainted
from facea_desktop.domain.photo_requests import FirstSightRequest
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import RADIUS, SPACE, colours
from facea_desktop.ui.throttling import Debounce
from facea_desktop.ui.widgets import label, row

PAUSE_MS = 600
"""Answers that come within this time are waited for."""
_SIDE = 128


class _Picture(QWidget):
    """A small square picture, or the ground it is going to stand on."""

    def __init__(self) -> None:
        super().__init__()
        self.image = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_image(self, image: QImage) -> None:
        self.image = image
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_SIDE, _SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        rounded = QPainterPath()
        rounded.addRoundedRect(QRectF(self.rect()), RADIUS, RADIUS)
        painter.setClipPath(rounded)
        painter.fillRect(self.rect(), QColor(colours().stage))
        painter.drawImage(self.rect(), self.image)


class FirstSightPreview(QWidget):
    """Shows what portraits of somebody are like before tuning; hidden where there is nothing to show."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._request: FirstSightRequest | None = None
        self._task: asyncio.Task[Any] | None = None
        self._pause = Debounce(PAUSE_MS, self._begin, self)
        self.setObjectName("firstSightPreview")
        self.picture = _Picture()
        self.picture.setAccessibleName(self.tr("Portrait at first sight"))
        self.line = label("", "hint", wrap=True)
        self.setLayout(row(self.picture, self.line, space=SPACE * 3 // 2))
        self.hide()

    @property
    def request(self) -> FirstSightRequest | None:
        """What is shown, or is being painted."""
        return self._request

    def want(self, request: FirstSightRequest | None) -> None:
        """Paint this after a short pause; None shows nothing. What is under way for another request is given up."""
        if request == self._request:
            return
        self._request = request
        self._pause.stop()
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self.picture.show_image(QImage())
        self.setVisible(request is not None)
        if request is not None:
            self.line.setText(self.tr("Painting a portrait at first sight …"))
            self._pause.schedule()

    @Slot()
    def _begin(self) -> None:
        if self._request is not None:
            self._task = self._session.start(self._paint(self._request))

    async def _paint(self, request: FirstSightRequest) -> None:
        image = QImage()
        try:
            outcome = await self._session.ask(request)
            if isinstance(outcome, FirstSightPainted):
                image = await asyncio.to_thread(QImage.fromData, outcome.picture)
        except UserError:  # the person can be added all the same
            pass
        if request is not self._request:
            return
        self._task = None
        self.setVisible(not image.isNull())
        self.line.setText(self.tr("At first sight; tuning makes it more alike."))
        self.picture.show_image(image)
