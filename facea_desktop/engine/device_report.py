"""The event that reports which device a job runs on."""

from __future__ import annotations

import torch

from facea_desktop.domain.events import DeviceSelected
from facea_desktop.models.devices import PRECISIONS, Placement

_NAMES = {dtype: precision for precision, dtype in PRECISIONS.items()}


def device_event(placement: Placement, *, tuning: bool = False) -> DeviceSelected:
    """Where a job runs and in which precision; tuning multiplies in bf16 where that is faster."""
    precision = "bf16" if tuning and placement.bf16_tuning else _NAMES[placement.dtype]
    if placement.device.startswith("cuda"):
        return DeviceSelected(f"{torch.cuda.get_device_name(placement.device)} ({placement.device})", precision)
    if placement.device == "xpu":
        return DeviceSelected(torch.xpu.get_device_name(0), precision)
    return DeviceSelected({"cpu": "Processor", "mps": "Apple GPU"}[placement.device], precision)
