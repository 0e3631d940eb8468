"""Sizes, and whether a family fits a machine, in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QCoreApplication, QLocale

from facea_desktop.domain.outcomes import Device, Machine
from facea_desktop.ui.settings.families import FamilyView

tr = QCoreApplication.translate

SLOW_ON_CPU_MIB = 4000
"""A family that needs more than this is far too large for a processor to be quick with."""


@dataclass(frozen=True)
class Fit:
    """How well a family fits, as a colour of the theme and a sentence."""

    state: Literal["good", "warn", "bad"]
    text: str


def disk_words(size: float) -> str:
    """A size on disk in bytes: "700 MB", "2.1 GB"."""
    digits = 1 if size >= 1e9 else 0
    return QLocale().formattedDataSize(round(size), digits, QLocale.DataSizeFormat.DataSizeSIFormat)


def memory_words(mib: float) -> str:
    """Memory in MiB, as it is sold: "300 MB", "12 GB"."""
    if mib < 1000:
        return tr("Settings", "{} MB").format(round(mib))
    gib = mib / 1024
    return tr("Settings", "{} GB").format(QLocale().toString(gib, "f", 1) if gib < 10 else round(gib))


def device_words(device: Device) -> str:
    """A device with its memory, as a choice of a list."""
    return tr("Settings", "{title}, {memory}").format(title=device.title, memory=memory_words(device.memory_mb))


def fit(family: FamilyView, machine: Machine, wanted: str | None, precision: str | None) -> Fit:
    """Whether the family runs on the device that is set, or on the machine's best one.

    Args:
        wanted: torch's name of the device that is set, None for the best.
        precision: the precision that is set, None for the device's own.
    """
    device = next((one for one in machine.devices if is_meant(one, wanted)), None)
    if device is None:
        return Fit("bad", tr("Settings", "The device that is chosen under Device is not there. Choose another."))
    on_cpu = device.name == "cpu"
    full = precision == "fp32" or (on_cpu and precision is None)
    needs = family.full_mb if full else family.half_mb
    largest = family.largest_full_mb if full else family.largest_half_mb
    need, has = memory_words(needs), memory_words(device.memory_mb)
    if on_cpu:
        return _fit_on_cpu(needs, need, has, device, has_gpu=len(machine.devices) > 1)
    if needs <= device.memory_mb:
        return Fit("good", tr("Settings", "Fits: needs about {}, the {} has {}.").format(need, device.title, has))
    if largest <= device.memory_mb:
        return Fit(
            "warn",
            tr("Settings", "Needs about {}, the {} has {}: its models take turns there, which is slower.").format(
                need, device.title, has
            ),
        )
    return Fit("bad", tr("Settings", "Too large: needs about {}, the {} has {}.").format(need, device.title, has))


def _fit_on_cpu(needs: int, need: str, has: str, device: Device, *, has_gpu: bool) -> Fit:
    if needs <= min(SLOW_ON_CPU_MIB, device.memory_mb):
        return Fit("good", tr("Settings", "Fits: needs about {}, this machine has {}.").format(need, has))
    if has_gpu:
        slow = tr("Settings", "Needs about {need}, and the processor is chosen under Device: slow.")
    else:
        slow = tr("Settings", "Needs about {need}, and this machine has no GPU: slow, minutes for each picture.")
    if needs <= device.memory_mb:
        return Fit("warn", slow.format(need=need))
    return Fit(
        "bad", tr("Settings", "Too large: needs about {}, this machine has {} and no GPU in use.").format(need, has)
    )


def is_meant(device: Device, wanted: str | None) -> bool:
    """Whether a device is the one that the settings name; every device is where they name none."""
    return wanted is None or device.name == (f"{wanted}:0" if wanted == "cuda" else wanted)
