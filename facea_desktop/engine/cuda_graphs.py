"""Capturing calculations as CUDA graphs: a card is too fast to wait for Python between its kernels."""

from __future__ import annotations

from collections.abc import Callable

import torch

SPARE = 0.25
"""The part of a card's memory that is free besides, for a graph to be kept from one picture to the next."""


def captured(calculate: Callable[[], object], device: torch.device, *, warm_up: int) -> torch.cuda.CUDAGraph:
    """The graph of a calculation that reads and writes the same tensors each time; it has not run yet.

    Args:
        warm_up: calculations before the capture, in which the libraries choose their kernels.

    Raises:
        torch.OutOfMemoryError: the device does not hold what lies between the kernels.
        RuntimeError: something cannot be captured.
    """
    # A capture that fails leaves its own stream current; the outer context brings the one before back.
    with torch.cuda.device(device), torch.cuda.stream(torch.cuda.current_stream(device)):
        beside = torch.cuda.Stream()
        beside.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(beside):
            for _ in range(warm_up):
                calculate()
        torch.cuda.current_stream().wait_stream(beside)
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph):
            calculate()
    return graph


def has_spare_memory(device: torch.device) -> bool:
    """Whether ``SPARE`` of the card is free, what torch holds without need not counted as taken."""
    free_bytes, total_bytes = torch.cuda.mem_get_info(device)
    if free_bytes < SPARE * total_bytes:
        torch.cuda.empty_cache()
        free_bytes, _ = torch.cuda.mem_get_info(device)
    return free_bytes >= SPARE * total_bytes
