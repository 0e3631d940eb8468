"""Which device and precision a family runs with on this machine."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.outcomes import Device
from facea_desktop.models.catalogue import Family, load_catalogue

PRECISIONS = {"bf16": "bfloat16", "fp16": "float16", "fp32": "float32"}


@dataclass(frozen=True)
class Placement:
    """Where and how models run.

    Attributes:
        device: "cpu", "mps", "cuda" or "cuda:1".
        dtype: torch's name of the weights' type: "bfloat16", "float16" or "float32".
        offload: models wait in main memory and visit the device in turn.
        bf16_tuning: tuning multiplies in bfloat16 (torch.autocast), whatever type the weights have.
    """

    device: str
    dtype: str
    offload: bool
    bf16_tuning: bool = False


def choose_placement(family: Family, device: str | None = None, precision: str | None = None) -> Placement:
    """The best device that is there, its fastest safe precision, and offload where its memory is short.

    Args:
        device: "cpu", "mps", "cuda", "cuda:N"; None asks FACEA_DEVICE, then the machine.
        precision: "bf16", "fp16" or "fp32"; None asks FACEA_PRECISION, then the device.

    Raises:
        UserError: the device is not there, or cannot do the precision.
    """
    device = device or os.environ.get("FACEA_DEVICE") or _best_device()
    _check_device(device)
    chosen = precision or os.environ.get("FACEA_PRECISION")
    precision = chosen or _best_precision(device)
    _check_precision(device, precision)
    return Placement(
        device,
        PRECISIONS[precision],
        offload=_is_short_of_memory(family, device, precision),
        bf16_tuning=precision == "bf16" or (not chosen and device == "cpu" and _cpu_has_bf16()),
    )


def find_devices() -> list[Device]:
    """Every device of this machine, the best one first."""
    import psutil
    import torch

    found = []
    for index in range(torch.cuda.device_count()):
        free, total = torch.cuda.mem_get_info(index)
        found.append(Device(f"cuda:{index}", torch.cuda.get_device_name(index), total >> 20, free >> 20))
    memory = psutil.virtual_memory()
    if torch.backends.mps.is_available():
        found.append(Device("mps", "Apple GPU", memory.total >> 20, memory.available >> 20))
    cores = torch.get_num_threads()
    return [*found, Device("cpu", f"Processor, {cores} threads", memory.total >> 20, memory.available >> 20)]


def needed_mb(family: Family, precision: str) -> int:
    """MiB that the family's models take together."""
    models = load_catalogue().models
    needs = [models[name].needs_mb for name in family.models]
    return sum(need.full if precision == "fp32" else need.half for need in needs)


def _best_device() -> str:
    import torch

    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def _best_precision(device: str) -> str:
    import torch

    if device.startswith("cuda"):
        return "bf16" if torch.cuda.is_bf16_supported() else "fp16"
    return "fp16" if device == "mps" else "fp32"


def _cpu_has_bf16() -> bool:
    """Only a unit that multiplies tiles (AMX) makes it faster: with AVX-512's instructions a step of the starter's
    tuning took a third longer than in float32, and emulated it takes many times as long."""
    import torch

    found: dict[str, object] = getattr(torch.cpu, "get_capabilities", dict)()  # torch 2.9 does not tell
    return bool(found.get("amx_bf16"))


def _check_device(device: str) -> None:
    import torch

    if not re.fullmatch(r"cpu|mps|cuda(:\d{1,2})?", device):
        raise UserError(
            f"There is no device {device!r}; choose cpu, mps, cuda or cuda:N (in the settings, or with FACEA_DEVICE)."
        )
    if device == "mps" and not torch.backends.mps.is_available():
        raise UserError("This machine has no MPS device; choose another in the settings (or with FACEA_DEVICE).")
    if device.startswith("cuda"):
        count = torch.cuda.device_count()
        if int(device.partition(":")[2] or 0) >= count:
            raise UserError(
                f"{device} is not there, torch sees {count} CUDA devices; "
                "choose another in the settings (or with FACEA_DEVICE)."
            )


def _check_precision(device: str, precision: str) -> None:
    import torch

    if precision not in PRECISIONS:
        raise UserError(
            f"There is no precision {precision!r}; choose {', '.join(PRECISIONS)} "
            "(in the settings, or with FACEA_PRECISION)."
        )
    if device == "cpu" and precision == "fp16":
        raise UserError("The CPU cannot run fp16; choose bf16 or fp32 (in the settings, or with FACEA_PRECISION).")
    if device.startswith("cuda") and precision == "bf16" and not torch.cuda.is_bf16_supported():
        raise UserError(f"{device} cannot run bf16; choose fp16 or fp32 (in the settings, or with FACEA_PRECISION).")


def _is_short_of_memory(family: Family, device: str, precision: str) -> bool:
    """Only CUDA has memory of its own to be short of; on the others offloading would copy memory onto itself."""
    import torch

    if not device.startswith("cuda"):
        return False
    free_bytes, _ = torch.cuda.mem_get_info(device)
    return free_bytes < needed_mb(family, precision) * 2**20
