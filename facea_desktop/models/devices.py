"""Which device and precision a family runs with on this machine."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.outcomes import Device
from facea_desktop.models.catalogue import Family, load_catalogue
from facea_desktop.models.memory_fit import MemoryFit, can_quantise, memory_fit, together

PRECISIONS = {"bf16": "bfloat16", "fp16": "float16", "fp32": "float32"}


@dataclass(frozen=True)
class Placement:
    """Where and how models run.

    Attributes:
        device: "cpu", "mps", "xpu", "cuda" or "cuda:1".
        dtype: torch's name of the weights' type: "bfloat16", "float16" or "float32".
        offload: models wait in main memory and visit the device in turn.
        bf16_tuning: tuning multiplies in bfloat16 (torch.autocast), whatever type the weights have.
        quantised_text: language models that read prompts have matrices of 8 bits.
    """

    device: str
    dtype: str
    offload: bool
    bf16_tuning: bool = False
    quantised_text: bool = False


def choose_placement(family: Family, device: str | None = None, precision: str | None = None) -> Placement:
    """The best device that is there, its fastest safe precision, and what its memory asks for.

    Args:
        device: "cpu", "mps", "xpu", "cuda", "cuda:N"; None asks FACEA_DEVICE, then the machine.
        precision: "bf16", "fp16" or "fp32"; None asks FACEA_PRECISION, then the device.

    Raises:
        UserError: the device is not there, or cannot do the precision.
    """
    device = device or os.environ.get("FACEA_DEVICE") or _best_device()
    _check_device(device)
    chosen = precision or os.environ.get("FACEA_PRECISION")
    precision = chosen or _best_precision(device)
    _check_precision(device, precision)
    fit = _fit_of(family, device, precision)
    return Placement(
        device,
        PRECISIONS[precision],
        offload=fit in (MemoryFit.OFFLOAD, MemoryFit.NONE),
        bf16_tuning=precision == "bf16" or (not chosen and device == "cpu" and _cpu_has_bf16()),
        quantised_text=fit is MemoryFit.QUANTISED,
    )


def find_devices() -> list[Device]:
    """Every device of this machine, the best one first."""
    import psutil
    import torch

    found = []
    for index in range(torch.cuda.device_count()):
        free, total = torch.cuda.mem_get_info(index)
        found.append(Device(f"cuda:{index}", torch.cuda.get_device_name(index), total >> 20, free >> 20))
    if torch.xpu.is_available():
        free, total = torch.xpu.mem_get_info(0)
        found.append(Device("xpu", torch.xpu.get_device_name(0), total >> 20, free >> 20))
    memory = psutil.virtual_memory()
    if torch.backends.mps.is_available():
        found.append(Device("mps", "Apple GPU", memory.total >> 20, memory.available >> 20))
    cores = torch.get_num_threads()
    title = f"Processor, {cores} {'thread' if cores == 1 else 'threads'}"
    return [*found, Device("cpu", title, memory.total >> 20, memory.available >> 20, cores)]


def _best_device() -> str:
    import torch

    if torch.cuda.is_available():
        return "cuda"
    if torch.xpu.is_available():
        return "xpu"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def _best_precision(device: str) -> str:
    import torch

    if device.startswith("cuda"):
        return "bf16" if torch.cuda.is_bf16_supported() else "fp16"
    return {"mps": "fp16", "xpu": "bf16"}.get(device, "fp32")


def _cpu_has_bf16() -> bool:
    """Only a unit that multiplies tiles (AMX) makes it faster: with AVX-512's instructions a step of the starter's
    tuning took a third longer than in float32, and emulated it takes many times as long."""
    import torch

    found: dict[str, object] = getattr(torch.cpu, "get_capabilities", dict)()  # torch 2.9 does not tell
    return bool(found.get("amx_bf16"))


def _check_device(device: str) -> None:
    import torch

    if not re.fullmatch(r"cpu|mps|xpu|cuda(:\d{1,2})?", device):
        raise UserError(
            f"There is no device {device!r}; choose cpu, mps, xpu, cuda or cuda:N "
            "(in the settings, or with FACEA_DEVICE)."
        )
    if device == "mps" and not torch.backends.mps.is_available():
        raise UserError("This machine has no MPS device; choose another in the settings (or with FACEA_DEVICE).")
    if device == "xpu" and not torch.xpu.is_available():
        raise UserError("This machine has no XPU device; choose another in the settings (or with FACEA_DEVICE).")
    if device.startswith("cuda"):
        count = torch.cuda.device_count()
        if int(device.partition(":")[2] or 0) >= count:
            raise UserError(
                f"{device} is not available, torch sees {count} CUDA devices; "
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


def _fit_of(family: Family, device: str, precision: str) -> MemoryFit:
    """How the family's models run in the memory that is free now.

    Cards of NVIDIA, AMD and Intel have memory of their own to be short of; Apple's share the computer's.
    """
    import torch

    if device in ("cpu", "mps"):
        return MemoryFit.WHOLE
    free_bytes, _ = torch.xpu.mem_get_info(0) if device == "xpu" else torch.cuda.mem_get_info(device)
    models = load_catalogue().models
    need = together(models[name].needs_mb for name in family.models)
    return memory_fit(need, free_bytes >> 20, full=precision == "fp32", quantises=can_quantise())
