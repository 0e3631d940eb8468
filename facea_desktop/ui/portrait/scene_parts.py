"""The parts of the faces of the scene's picture, for the tool of the canvas that selects them."""

from __future__ import annotations

import asyncio
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Slot
from PySide6.QtGui import QImage

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.outcomes import PartsFound
from facea_desktop.domain.requests import PartsRequest
from facea_desktop.ui.canvas.mask_layer import read_values
from facea_desktop.ui.canvas.part_map import PartMap
from facea_desktop.ui.portrait.canvas_content import CanvasContent
from facea_desktop.ui.session import Session


class SceneParts(QObject):
    """Has the picture below looked at when the canvas wants its parts: it is what the mask is painted on."""

    def __init__(self, session: Session, stage: CanvasContent, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._stage = stage
        stage.canvas.offer_parts()
        stage.canvas.partsWanted.connect(self._look)

    @Slot()
    def _look(self) -> None:
        if self._stage.base is not None:
            self._session.start(self._find(self._stage.base))

    async def _find(self, picture: Path) -> None:
        try:
            found = await self._session.ask(PartsRequest(picture=picture))
        except UserError as error:
            self._show(picture, None, str(error))
            return
        shown = self._stage.canvas.picture()
        if not isinstance(found, PartsFound) or shown is None:
            return
        if not found.faces:
            message = self.tr("No face found in this picture. Paint the mask with the brush or the lasso.")
            self._show(picture, None, message)
            return
        self._show(picture, await asyncio.to_thread(read_parts, found, shown.size()), "")

    def _show(self, picture: Path, parts: PartMap | None, message: str) -> None:
        """Unless something else lies on the canvas by now."""
        canvas = self._stage.canvas
        shown = canvas.picture()
        if picture == self._stage.base and shown is not None and (parts is None or parts.size == shown.size()):
            canvas.set_parts(parts, message)


def read_parts(found: PartsFound, size: QSize) -> PartMap:
    """The parts as the canvas takes them, at the size in which it shows the picture."""
    labels, owners = QImage.fromData(found.labels), QImage.fromData(found.owners)
    faces = [face.scaled(size.width() / labels.width()) for face in found.faces]
    return PartMap(read_values(labels.scaled(size)), read_values(owners.scaled(size)), faces)
