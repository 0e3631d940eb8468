"""Which build of PyTorch a graphics card needs: ``resources/torch_builds.toml``."""

from __future__ import annotations

import os
import platform
import re
import sys
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from pydantic import Field

from facea_desktop.acceleration.graphics_cards import GraphicsCard, Vendor
from facea_desktop.domain.people import Value
from facea_desktop.resources import resource

INDEX = "https://download.pytorch.org/whl"


class TorchBuild(Value):
    """One build; its fields are told in ``torch_builds.toml``."""

    name: str = Field(pattern=r"^[a-z0-9.]+$")
    title: str
    vendor: Vendor
    systems: tuple[str, ...]
    drivers: dict[str, str] = Field(default_factory=dict)
    capabilities: tuple[str, str] | None = None
    architectures: tuple[str, ...] = ()
    download_mb: int
    disk_mb: int

    @property
    def index(self) -> str:
        """Address of its package index; FACEA_TORCH_INDEX names a mirror."""
        return f"{(os.environ.get('FACEA_TORCH_INDEX') or INDEX).rstrip('/')}/{self.name}"

    def has_code_for(self, card: GraphicsCard) -> bool:
        """Whether the card's architecture is one that it was compiled for; an unknown one may be."""
        if not card.architecture:
            return True
        if self.capabilities is not None:
            least, most = self.capabilities
            return _number(least) <= _number(card.architecture) <= _number(most)
        if self.vendor == "intel":
            return card.architecture.startswith(self.architectures)
        return card.architecture in self.architectures

    def runs_with(self, card: GraphicsCard, system: str) -> bool:
        """Whether the card's driver is new enough."""
        least = self.drivers.get(system.partition("-")[0])
        return least is None or _number(card.driver) >= _number(least)


class _Builds(Value):
    least_torch: str
    build: tuple[TorchBuild, ...]


class Obstacle(StrEnum):
    """Why no build can be used."""

    NO_CARD = "no card"
    NO_DRIVER = "no driver"
    OLD_DRIVER = "driver too old"
    LOCKED = "card not accessible"
    OTHER_CARD = "card not supported"
    OTHER_SYSTEM = "system not supported"


@dataclass(frozen=True)
class Advice:
    """What to do for the cards of a machine.

    Attributes:
        card: the one that counts, None where there is none.
        build: what it needs; None where nothing can be done, or nothing is needed (Apple).
        obstacle: what stands in the way.
        least_driver: the driver that would do, where the one that is there is too old.
    """

    card: GraphicsCard | None
    build: TorchBuild | None = None
    obstacle: Obstacle | None = None
    least_driver: str = ""


def torch_builds() -> tuple[TorchBuild, ...]:
    """All builds, the preferred ones first."""
    return _table().build


def least_torch() -> str:
    """The oldest PyTorch that the program runs with."""
    return _table().least_torch


def torch_build(name: str) -> TorchBuild | None:
    """The build of that name; None where this version of the program knows none."""
    return next((build for build in torch_builds() if build.name == name), None)


def this_system() -> str:
    """As the table calls it: "linux-x86_64"."""
    system = {"win32": "windows", "darwin": "macos"}.get(sys.platform, "linux")
    machine = platform.machine().lower()
    return f"{system}-{ {'amd64': 'x86_64', 'arm64': 'aarch64'}.get(machine, machine) }"


def advise(cards: Sequence[GraphicsCard], system: str | None = None) -> Advice:
    """What to do for these cards: for the first that a build fits, or else what stands in the first one's way."""
    system = system or this_system()
    advices = [_advise_for(card, system) for card in cards]
    usable = next((advice for advice in advices if advice.obstacle is None), None)
    return usable or (advices[0] if advices else Advice(None, obstacle=Obstacle.NO_CARD))


def _advise_for(card: GraphicsCard, system: str) -> Advice:
    if card.vendor == "apple":
        return Advice(card)
    builds = [build for build in torch_builds() if build.vendor == card.vendor and system in build.systems]
    if not builds:
        return Advice(card, obstacle=Obstacle.OTHER_SYSTEM)
    fitting = [build for build in builds if build.has_code_for(card)]
    if not fitting:
        return Advice(card, obstacle=Obstacle.OTHER_CARD)
    if not card.driver:
        return Advice(card, obstacle=Obstacle.NO_DRIVER)
    running = [build for build in fitting if build.runs_with(card, system)]
    if not running:
        needed = [build.drivers[system.partition("-")[0]] for build in fitting]
        return Advice(card, obstacle=Obstacle.OLD_DRIVER, least_driver=min(needed, key=_number))
    if card.locked:
        return Advice(card, obstacle=Obstacle.LOCKED)
    return Advice(card, build=running[0])


def is_older(version: str, than: str) -> bool:
    """Whether one version, local labels aside, comes before another."""
    return _number(version.partition("+")[0]) < _number(than)


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version))


@cache
def _table() -> _Builds:
    return _Builds.model_validate(tomllib.loads(resource("torch_builds.toml").read_text("utf-8")))
