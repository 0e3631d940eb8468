"""What a job says of the device it runs on."""

from __future__ import annotations

import torch

from facea_desktop.domain.events import Placed
from facea_desktop.models.devices import PRECISIONS, Placement

_NAMES = {dtype: precision for precision, dtype in PRECISIONS.items()}


def placed(placement: Placement, *, tuning: bool = False) -> Placed:
    """Where a job runs and in which precision; tuning multiplies in bf16 where that is faster."""
    precision = "bf16" if tuning and placement.bf16_tuning else _NAMES[placement.dtype]
    if placement.device.startswith("cuda"):
        return Placed(f"{torch.cuda.get_device_name(placement.device)} ({placement.device})", precision)
    return Placed({"cpu": "Processor", "mps": "Apple GPU"}[placement.device], precision)
