"""How long work takes on this machine, as it measured itself: ``paces.json``. It names nobody."""

from __future__ import annotations

import logging
from contextlib import suppress
from pathlib import Path
from statistics import median

from pydantic import TypeAdapter, ValidationError

from facea_desktop.domain.atomic_files import write_atomically
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.requests import PortraitRequest

log = logging.getLogger(__name__)

FILE = "paces.json"
LATEST = 3
"""Measurements that count; older ones may come from another device, or have run beside other work."""
_PACES = TypeAdapter(dict[str, list[float]])


def tuning_pace(family: str, batch: int) -> str:
    """What a step of tuning is called: only batches of one size are comparable."""
    return f"tuning {family}, {batch} pictures"


def painting_pace(family: str, request: PortraitRequest) -> str:
    """What a denoising step of a portrait is called: those of scenes take another time than those of faces."""
    return f"painting {family}" if request.picture is None else f"painting {family} in pictures"


def seconds_per_step(root: Path, pace: str) -> float | None:
    """How long a step took lately, None where it was never measured."""
    found = _read(root).get(pace)
    return median(found) if found else None


def note_pace(root: Path, pace: str, seconds: float) -> None:
    """Keep what a step took; if the disk refuses, it is not known next time."""
    paces = _read(root)
    paces[pace] = [*paces.get(pace, []), seconds][-LATEST:]
    try:
        write_atomically(root / FILE, _PACES.dump_json(paces))
    except (OSError, UserError) as error:
        log.warning("how long it took is not kept: %s", error)


def _read(root: Path) -> dict[str, list[float]]:
    with suppress(OSError, ValidationError):
        return _PACES.validate_json((root / FILE).read_bytes())
    return {}
