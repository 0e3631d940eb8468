"""What PyTorch says when its build, the driver and the card do not fit together, in words that say what to do."""

from __future__ import annotations

import re
from dataclasses import dataclass

_INSTALL = 'Choose "Use my graphics card" under Settings, Device (or run: facea-desktop accelerate --install).'


@dataclass(frozen=True)
class Mismatch:
    """What does not fit, and what to do about it, a sentence each.

    Attributes:
        wrong_build: another build of PyTorch is what helps.
    """

    fault: str
    remedy: str
    wrong_build: bool = False

    def __str__(self) -> str:
        return f"{self.fault} {self.remedy}"


_KNOWN = (
    (
        r"no kernel image is available|invalid device function|named symbol not found|no code object",
        Mismatch("This build of PyTorch has no code for the graphics card (no kernel image).", _INSTALL, True),
    ),
    (
        r"driver (on your system )?is too old|driver version is insufficient|forward compatibility was attempted|"
        r"unsupported (toolchain|PTX version)|compiled with an unsupported toolchain",
        Mismatch(
            "The driver of the graphics card is too old for this build of PyTorch.",
            "Install a newer driver and restart the computer.",
        ),
    ),
    (
        r"driver/library version mismatch|"
        r"(CUDA|HIP) error: (unknown error|initialization error|system not yet initialized)",
        Mismatch("The driver of the graphics card does not answer, as after its update.", "Restart the computer."),
    ),
    (
        r"found no NVIDIA driver|no (CUDA|HIP) GPUs are available|no (CUDA|ROCm)-capable device|"
        r"No XPU devices are available",
        Mismatch(
            "PyTorch finds no graphics card.",
            "See that its driver is installed, and that CUDA_VISIBLE_DEVICES, HIP_VISIBLE_DEVICES or "
            "ONEAPI_DEVICE_SELECTOR do not hide it.",
        ),
    ),
    (
        r"not compiled with (CUDA|XPU) (enabled|support)",
        Mismatch("This build of PyTorch knows no graphics cards.", _INSTALL, True),
    ),
)


def find_mismatch(message: str) -> Mismatch | None:
    """What an error of PyTorch's means; None for errors of any other kind."""
    return next((known for pattern, known in _KNOWN if re.search(pattern, message, re.IGNORECASE)), None)
