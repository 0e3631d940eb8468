"""Painting where the device's memory does not suffice: models that move piece by piece, then pictures in tiles.

Tuning cannot offload; ``engine/training_memory.py`` cuts its steps into smaller pieces instead.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

import torch

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Observer, Warned
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.engine.out_of_memory import raising_out_of_memory

Made = TypeVar("Made")


def with_memory_stepdown(manager: ModelManager, run: Callable[[], Made], observer: Observer) -> Made:
    """The result of ``run()``, which gets its models from ``manager``, tried again with less in memory until it fits.

    What was given up stays so for the rest of the process.

    Raises:
        UserError: it does not fit, with nothing left to give up.
    """
    with suppress(torch.OutOfMemoryError), raising_out_of_memory():
        return run()
    # Behind the error, which holds on to the memory that ran out.
    if manager.enable_offload():
        observer.emit(Warned("Memory is low: the model is now loaded in parts, which is slower.", "loaded in parts"))
        with suppress(torch.OutOfMemoryError), raising_out_of_memory():
            return run()
    if manager.enable_tiling():
        observer.emit(Warned("Memory is very low: pictures are now decoded in tiles, which may leave faint seams."))
        with suppress(torch.OutOfMemoryError), raising_out_of_memory():
            return run()
    raise UserError(
        "The device has too little memory for this model; close other programs, "
        "or choose the CPU in the settings (or with FACEA_DEVICE=cpu)."
    )
