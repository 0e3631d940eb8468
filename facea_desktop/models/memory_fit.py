"""Whether a device's memory holds models: said before they are downloaded, and decided by when they are loaded."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable
from enum import StrEnum

from facea_desktop.models.catalogue import MemoryNeed

QUANTISER = "torchao"
"""The package that quantises text encoders; an optional extra of the program."""
QUANTISED = 0.55
"""What a text encoder takes with matrices of 8 bits, of its size in half precision; embeddings stay as they are."""


class MemoryFit(StrEnum):
    """How models run in a device's memory."""

    WHOLE = "yes"
    QUANTISED = "with a quantised text encoder"
    OFFLOAD = "with offload"
    NONE = "no"


def together(needs: Iterable[MemoryNeed]) -> MemoryNeed:
    """What models need side by side; with offload one part of one of them visits the device at a time."""
    all_ = list(needs)
    return MemoryNeed(
        half=sum(need.half for need in all_),
        full=sum(need.full for need in all_),
        offload=max((need.moving for need in all_), default=0),
        text=sum(need.text for need in all_),
    )


def needed_mb(need: MemoryNeed, *, full: bool = False, quantised: bool = False) -> int:
    """MiB with everything on the device.

    Args:
        full: in full precision, which is not quantised.
        quantised: with text encoders of 8 bits.
    """
    if full:
        return need.full
    return need.half - round((1 - QUANTISED) * need.text) if quantised else need.half


def moving_mb(need: MemoryNeed, *, full: bool = False) -> int:
    """MiB with models that visit the device part by part."""
    return 2 * need.moving if full else need.moving


def memory_fit(need: MemoryNeed, memory_mb: int, *, full: bool = False, quantises: bool = False) -> MemoryFit:
    """How models run in so much memory, the fastest way that it holds.

    Args:
        full: in full precision.
        quantises: text encoders can be quantised.
    """
    if needed_mb(need, full=full) <= memory_mb:
        return MemoryFit.WHOLE
    if quantises and not full and needed_mb(need, quantised=True) <= memory_mb:
        return MemoryFit.QUANTISED
    return MemoryFit.OFFLOAD if moving_mb(need, full=full) <= memory_mb else MemoryFit.NONE


def can_quantise() -> bool:
    """Whether the package for it is installed."""
    return importlib.util.find_spec(QUANTISER) is not None
