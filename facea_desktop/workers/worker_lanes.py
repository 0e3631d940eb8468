"""The lanes that jobs go through and the worker of each: one per device, one for workers elsewhere, one for small
questions, one for downloads."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject

from facea_desktop.domain.requests import Request
from facea_desktop.workers.device_worker import DeviceWorker
from facea_desktop.workers.engine_process import Engine, EngineSettings

BEST = "best device"
"""The lane while nobody has said which devices there are."""
ASSISTANT, FETCHING = "assistant", "fetching"
"""Lanes beside the devices': small questions of the window, and downloads; neither waits for a tuning."""
IDLE_S = 600.0
"""The assistant's models, and workers elsewhere, give their memory back when nobody asked for so long."""
TRAVELLING = ("tune", "portrait", "batch")
"""Kinds of requests that workers elsewhere carry out."""


class WorkerLanes:
    """Workers, each started with the first request of its lane.

    Args:
        settings: of the engine processes; each device's lane has its own device in it.
        engine: what the processes run.
        make_worker: makes the worker of a lane, with DeviceWorker's arguments.
        parent: of the workers.
        heard, ended: slots of an object of the main thread, for the signals of every worker.

    Attributes:
        workers: those that were started, by lane.
    """

    def __init__(
        self,
        settings: EngineSettings,
        engine: Engine,
        make_worker: Callable[..., DeviceWorker],
        parent: QObject,
        heard: Callable[..., Any],
        ended: Callable[..., Any],
    ) -> None:
        self.settings = settings
        self.workers: dict[str, DeviceWorker] = {}
        self._engine, self._make_worker, self._parent = engine, make_worker, parent
        self._heard, self._ended = heard, ended
        self._devices: tuple[str | None, ...] = (settings.device,)
        self._place_alone = False
        self._retired: list[DeviceWorker] = []  # of devices that are not used any more; their threads are ending

    def lanes_for(self, request: Request, busy: Collection[str]) -> list[str]:
        """Lanes that could take a request, in the order in which they are tried; some may be busy."""
        if request.kind in ("fetch", "accelerate"):
            return [FETCHING]
        lanes = [_lane(device) for device in self._devices]
        if BEST in busy and BEST not in lanes:
            del lanes[0]  # what the best device was called before it had a name
        if (place := self.settings.place) is not None and request.kind in TRAVELLING:
            return [place] if self._place_alone else [place, *lanes]
        return lanes

    def worker(self, lane: str) -> DeviceWorker:
        """The worker of a lane, started where it is not yet."""
        if lane not in self.workers:
            idle_s = IDLE_S if lane in (ASSISTANT, self.settings.place) else None
            worker = self._make_worker(lane, self._engine, self._settings_of(lane), self._parent, idle_s=idle_s)
            worker.eventReceived.connect(self._heard)
            worker.ended.connect(self._ended)
            worker.start()
            self.workers[lane] = worker
        return self.workers[lane]

    def configure(self, settings: EngineSettings, devices: Sequence[str | None], *, place_alone: bool = False) -> None:
        """Run with other settings, and on these devices, from each lane's next request on.

        Args:
            place_alone: what can run at ``settings.place`` waits for it while it is busy.
        """
        self.settings, self._place_alone = replace(settings, models=self.settings.models), place_alone
        self._devices = tuple(devices) or (settings.device,)
        self._configure_workers()

    def renew_models(self) -> None:
        """Have each lane reload its models with its next request."""
        self.settings = replace(self.settings, models=self.settings.models + 1)
        self._configure_workers()

    def retire_idle(self, busy: Collection[str]) -> None:
        """A device that is not used any more gives its memory back."""
        wanted = {*map(_lane, self._devices), self.settings.place, ASSISTANT, FETCHING}
        for lane in self.workers.keys() - wanted - set(busy):
            worker = self.workers.pop(lane)
            worker.close()
            self._retired.append(worker)

    def close(self) -> None:
        """Cancel everything; ``closed`` tells when the threads have ended."""
        for worker in self.workers.values():
            worker.close()

    @property
    def closed(self) -> bool:
        """Whether every thread has ended."""
        return all(worker.isFinished() for worker in (*self.workers.values(), *self._retired))

    def _settings_of(self, lane: str) -> EngineSettings:
        if lane == self.settings.place:
            return replace(self.settings, device=None)
        devices = {_lane(device): device for device in self._devices}
        return replace(self.settings, device=devices.get(lane, self.settings.device), place=None)

    def _configure_workers(self) -> None:
        for lane, worker in self.workers.items():
            worker.configure(self._settings_of(lane))


def _lane(device: str | None) -> str:
    return device or BEST
