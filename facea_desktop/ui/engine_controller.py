"""Keeps the engine as the settings want it."""

from __future__ import annotations

import asyncio
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from facea_desktop.acceleration.environments import Environments
from facea_desktop.domain.outcomes import Machine
from facea_desktop.domain.requests import MachineRequest
from facea_desktop.ui.session import Session
from facea_desktop.ui.settings_file import Settings
from facea_desktop.workers.engine_process import EngineSettings


def engine_settings(root: Path, settings: Settings) -> EngineSettings:
    """How engine processes are to run, by what the user has set and installed."""
    environment = Environments(root).active()
    return EngineSettings(
        root,
        settings.device,
        settings.precision,
        offload=settings.memory == "saving",
        environment=environment.name if environment is not None else None,
        place=settings.place,
    )


class EngineController(QObject):
    """Tells the pool which devices to use and how, and when models or PyTorch were changed."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._devices: tuple[str, ...] = ()
        session.settingsChanged.connect(self._configure)
        session.modelsChanged.connect(self._renew_models)
        session.environmentChanged.connect(self._renew_environment)

    def begin(self) -> None:
        """Go on with what waits in the queue, and find out which devices there are."""
        self._configure(self._session.settings)
        self._session.start(self._begin())

    async def _begin(self) -> None:
        """Ask the first question, which also has the engine warm for the others."""
        await asyncio.to_thread(Environments(self._session.root).sweep)  # no engine runs yet
        await asyncio.sleep(1.0)  # the window first
        await self._look_at_machine()

    async def _look_at_machine(self) -> None:
        machine = await self._session.ask(MachineRequest())
        assert isinstance(machine, Machine)
        self._devices = tuple(device.name for device in machine.devices if device.name.startswith("cuda"))
        self._configure(self._session.settings)

    @Slot(object)
    def _configure(self, settings: Settings) -> None:
        wanted = engine_settings(self._session.root, settings)
        devices = self._devices if settings.device is None else ()
        self._session.pool.configure(wanted, devices, place_alone=settings.place_alone)

    @Slot()
    def _renew_environment(self) -> None:
        """Each lane starts a new process with its next job; other devices may be there then."""
        self._devices = ()
        self._configure(self._session.settings)
        self._session.start(self._look_at_machine())

    @Slot()
    def _renew_models(self) -> None:
        self._session.pool.renew_models()
