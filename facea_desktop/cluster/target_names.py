"""Where jobs run: what ``batch --on``, and the window's settings, may say. Neither Ray nor an engine is loaded here."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from urllib.parse import urlsplit

from facea_desktop.domain.errors import UserError
from facea_desktop.models.model_store import ModelStore

_TARGET = re.compile(
    r"local(?P<processes>:[1-9][0-9]{0,2})?|ray|(?P<address>ray://([^/\s:]+|\[[0-9a-f:]+\])(?P<port>:\d+)?)/?"
)
_RAY_PORT = 10001
"""Of Ray's client server."""
_CONNECTING_S = 10.0
NO_RAY = "Ray is not installed; run: pip install 'facea-desktop[cluster]'"


@dataclass(frozen=True)
class Target:
    """A place to run.

    Attributes:
        processes: how many of this computer; None where it is this process, or Ray.
        ray: whether Ray runs it.
        address: of Ray on other computers; None where it is started on this one.
        workers: how many of Ray's; None for as many as fit.
    """

    processes: int | None = None
    ray: bool = False
    address: str | None = None
    workers: int | None = None

    @property
    def has_workers(self) -> bool:
        """Whether it is not this process."""
        return self.ray or self.processes is not None

    @property
    def name(self) -> str:
        """As ``read_target`` takes it."""
        if self.ray:
            return self.address or "ray"
        return "local" if self.processes is None else f"local:{self.processes}"


def read_target(on: str, workers: int | None = None) -> Target:
    """The place that ``on`` names.

    Args:
        on: "local" is this process, "local:N" are N processes, "ray" is Ray on this computer, or "ray://HOST:PORT".

    Raises:
        UserError: there is no such place.
    """
    found = _TARGET.fullmatch(on)
    if found is None:
        raise UserError(f"{on!r} is no place to run; name local, local:N, ray or ray://HOST:PORT.")
    ray = on.startswith("ray")
    if workers is not None and (workers < 1 or not ray):
        raise UserError("--workers is 1 or more, and for Ray; name --on local:N for N processes.")
    address = found["address"] and found["address"] + ("" if found["port"] else f":{_RAY_PORT}")
    return Target(int(found["processes"][1:]) if found["processes"] else None, ray, address, workers)


def check_reachable(target: Target) -> None:
    """See that Ray is installed where it is asked for, and that something answers at its address.

    Raises:
        UserError: it is not, or nothing does.
    """
    if target.ray and find_spec("ray") is None:
        raise UserError(NO_RAY)
    if target.address is None:
        return
    place = urlsplit(target.address)
    try:
        socket.create_connection((place.hostname or "", place.port or _RAY_PORT), _CONNECTING_S).close()
    except OSError as error:
        reason = error.strerror or str(error)
        raise UserError(
            f"Ray at {target.address} cannot be reached: {reason}. Check the address, and that the cluster runs."
        ) from error


def check_travel(target: Target, models: ModelStore, families: Iterable[str]) -> None:
    """See that other computers have what a batch needs: they use the models of their own.

    Args:
        families: names of those whose models it takes.

    Raises:
        UserError: something is on this computer alone.
    """
    if target.address is None:
        return
    if "://" in models.splitter:  # there, it would be another computer's own address
        raise UserError(
            "A server of this computer splits prompts, which workers on others do not reach. "
            "Choose another way with facea-desktop splitter, such as rules, first."
        )
    for family in map(models.family, families):
        for name in models.needed(family):
            if (own := models.own(family, name)) is not None:
                raise UserError(
                    f"Your own weights {own.name} are on this computer alone, and do not travel to workers on others. "
                    f"Use the original ones first (facea-desktop models use {name}), or run it here with --on local."
                )
