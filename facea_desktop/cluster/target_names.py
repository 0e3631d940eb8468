"""Where a batch runs: what ``--on`` may say."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from facea_desktop.domain.errors import UserError
from facea_desktop.models.model_store import ModelStore

_TARGET = re.compile(
    r"local(?P<processes>:[1-9][0-9]{0,2})?|ray|(?P<address>ray://([^/\s:]+|\[[0-9a-f:]+\])(?P<port>:\d+)?)/?"
)
_RAY_PORT = 10001
"""Of Ray's client server."""


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


def read_target(on: str, workers: int | None = None) -> Target:
    """The place that ``on`` names.

    Args:
        on: "local" is this process, "local:N" are N processes, "ray" is Ray on this computer, or "ray://HOST:PORT".

    Raises:
        UserError: there is no such place.
    """
    found = _TARGET.fullmatch(on)
    if found is None:
        raise UserError(f"--on {on}: name local, local:N, ray or ray://HOST:PORT.")
    ray = on.startswith("ray")
    if workers is not None and (workers < 1 or not ray):
        raise UserError("--workers is 1 or more, and for Ray; name --on local:N for N processes.")
    address = found["address"] and found["address"] + ("" if found["port"] else f":{_RAY_PORT}")
    return Target(int(found["processes"][1:]) if found["processes"] else None, ray, address, workers)


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
