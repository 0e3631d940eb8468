"""Recognises out-of-memory errors, whatever the device."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import torch

# Apple's backend and the CPU's allocator say so in a plain RuntimeError.
_SAID = re.compile(r"out of memory|can't allocate memory|not enough memory|Invalid buffer size", re.IGNORECASE)


@contextmanager
def raising_out_of_memory() -> Iterator[None]:
    """Raise torch.OutOfMemoryError for whatever says that memory does not suffice.

    Raises:
        torch.OutOfMemoryError: in place of a RuntimeError that says so.
    """
    try:
        yield
    except torch.OutOfMemoryError:
        raise
    except RuntimeError as error:
        if _SAID.search(str(error)):
            raise torch.OutOfMemoryError(str(error)) from error
        raise
