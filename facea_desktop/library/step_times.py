"""How long a step of work takes on this machine, as it measured itself: ``paces.json``. It names nobody."""

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
_TIMES = TypeAdapter(dict[str, list[float]])


def tuning_step(family: str, batch: int) -> str:
    """What a step of tuning is called: only batches of one size are comparable."""
    return f"tuning {family}, {batch} pictures"


def painting_step(family: str, request: PortraitRequest, first_sight: int = 0) -> str:
    """What a denoising step of a portrait is called: those of scenes take another time than those of faces.

    Args:
        first_sight: so many of the people are not tuned; in scenes painted for them their faces are not redrawn.
    """
    name = f"painting {family}" if request.picture is None else f"painting {family} in pictures"
    return f"{name}, {first_sight} of {1 + len(request.others)} at first sight" if first_sight else name


def seconds_per_step(root: Path, step: str) -> float | None:
    """How long a step took lately, None where it was never measured."""
    found = _read(root).get(step)
    return median(found) if found else None


def note_step_time(root: Path, step: str, seconds: float) -> None:
    """Keep what a step took; if the disk refuses, it is not known next time."""
    times = _read(root)
    times[step] = [*times.get(step, []), seconds][-LATEST:]
    try:
        write_atomically(root / FILE, _TIMES.dump_json(times))
    except (OSError, UserError) as error:
        log.warning("how long it took is not kept: %s", error)


def _read(root: Path) -> dict[str, list[float]]:
    with suppress(OSError, ValidationError):
        return _TIMES.validate_json((root / FILE).read_bytes())
    return {}
