"""What attributes look like on the people who give them, loaded when it is first asked for."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from facea_desktop.domain.faces import Attribute
from facea_desktop.domain.people import Profile
from facea_desktop.ui.mixer.mix import Mix
from facea_desktop.ui.mixer.region_photo import load_crop
from facea_desktop.ui.session import Session


class AttributeCrops(QObject):
    """A cut-out of each attribute that a mix takes.

    Attributes:
        loaded: by the giver's id and the attribute; None while it is on its way, and where no photo shows it.
    """

    came = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.loaded: dict[tuple[str, Attribute], QImage | None] = {}

    def load(self, mix: Mix) -> None:
        """Load those of a mix that are neither here nor on their way."""
        for attribute, sources in mix.sources.items():
            for giver in (source.giver for source in sources):
                if (giver.id, attribute) not in self.loaded:
                    self.loaded[giver.id, attribute] = None
                    self._session.start(self._load(giver, attribute))

    def forget(self) -> None:
        """People may have other photos now."""
        self.loaded = {}  # what is on its way comes too late

    async def _load(self, giver: Profile, attribute: Attribute) -> None:
        folder, loaded = self._session.library.folder(giver.id), self.loaded
        loaded[giver.id, attribute] = await asyncio.to_thread(load_crop, folder, giver, attribute)
        self.came.emit()
