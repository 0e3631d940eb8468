"""Sizes, and whether a family fits a machine, in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QCoreApplication, QLocale

from facea_desktop.domain.outcomes import Device, Machine
from facea_desktop.models.catalogue import MemoryNeed
from facea_desktop.models.memory_fit import MemoryFit, can_quantise, memory_fit, needed_mb
from facea_desktop.ui.formatting import counted

tr = QCoreApplication.translate

SLOW_ON_CPU_MIB = 4000
"""A family that needs more than this is far too large for a processor to be quick with."""


@dataclass(frozen=True)
class Fit:
    """How well a model or a family fits, as a colour of the theme and a sentence."""

    state: Literal["good", "warn", "bad"]
    text: str


def memory_words(mib: float) -> str:
    """Memory in MiB, as it is sold: "300 MB", "12 GB"."""
    if mib < 1000:
        return tr("Settings", "{} MB").format(round(mib))
    gib = mib / 1024
    return tr("Settings", "{} GB").format(QLocale().toString(gib, "f", 1) if gib < 10 else round(gib))


def device_words(device: Device) -> str:
    """A device with its memory, as a choice of a list."""
    return tr("Settings", "{title}, {memory}").format(title=device_title(device), memory=memory_words(device.memory_mb))


def device_title(device: Device) -> str:
    """What a device is called in the user's language."""
    if not device.threads:
        return device.title
    return counted(device.threads, tr("Settings", "Processor, one thread"), tr("Settings", "Processor, {} threads"))


def fit(need: MemoryNeed, machine: Machine, wanted: str | None, precision: str | None) -> Fit:
    """Whether a model, or all of a family, runs on the device that is set, or on the machine's best one.

    Args:
        need: of the model, or of the family's models together.
        wanted: torch's name of the device that is set, None for the best.
        precision: the precision that is set, None for the device's own.
    """
    device = _meant(machine, wanted)
    if device is None:
        return Fit("bad", tr("Settings", "The device selected under Device is not available. Choose another."))
    full = _in_full(device, precision)
    needs = needed_mb(need, full=full)
    words, has = memory_words(needs), memory_words(device.memory_mb)
    if device.name == "cpu":
        return _fit_on_cpu(needs, words, has, device, has_gpu=len(machine.devices) > 1)
    match memory_fit(need, device.memory_mb, full=full, quantises=can_quantise()):
        case MemoryFit.WHOLE:
            return Fit("good", tr("Settings", "Fits: needs about {}, the {} has {}.").format(words, device.title, has))
        case MemoryFit.QUANTISED:
            text = tr("Settings", "Fits: needs about {}, the {} has {}, so the text encoder is quantised to 8 bits.")
            return Fit("good", text.format(words, device.title, has))
        case MemoryFit.OFFLOAD:
            text = tr("Settings", "Slower: needs about {}, the {} has {}, so models are loaded in turn.")
            return Fit("warn", text.format(words, device.title, has))
        case MemoryFit.NONE:
            text = tr("Settings", "Too large: needs about {}, the {} has {}.")
            return Fit("bad", text.format(words, device.title, has))


def _meant(machine: Machine, wanted: str | None) -> Device | None:
    return next((one for one in machine.devices if is_meant(one, wanted)), None)


def _in_full(device: Device, precision: str | None) -> bool:
    return precision == "fp32" or (device.name == "cpu" and precision is None)


def _fit_on_cpu(needs: int, need: str, has: str, device: Device, *, has_gpu: bool) -> Fit:
    if needs <= min(SLOW_ON_CPU_MIB, device.memory_mb):
        return Fit("good", tr("Settings", "Fits: needs about {}, this computer has {}.").format(need, has))
    if has_gpu:
        slow = tr("Settings", "Slow: needs about {need}, and the processor is selected under Device.")
    else:
        slow = tr("Settings", "Slow: needs about {need}, and without a GPU each picture takes minutes.")
    if needs <= device.memory_mb:
        return Fit("warn", slow.format(need=need))
    return Fit(
        "bad", tr("Settings", "Too large: needs about {}, this computer has {} and no GPU in use.").format(need, has)
    )


def is_meant(device: Device, wanted: str | None) -> bool:
    """Whether a device is the one that the settings name; every device is where they name none."""
    return wanted is None or device.name == (f"{wanted}:0" if wanted == "cuda" else wanted)
