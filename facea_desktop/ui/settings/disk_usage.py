"""How much of the disk the data folder takes."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class DiskUsage:
    """Bytes in the data folder by what they are for, and bytes that are free on its disk."""

    people: int
    portraits: int
    evaluations: int
    bin: int
    models: int
    rest: int
    free: int


def measure(root: Path) -> DiskUsage:
    """Add up the data folder; takes as long as the disk does, so not in the window's thread."""
    parts = {name: _size(root / name) for name in ("people", "portraits", "evaluations", "bin", "models")}
    return DiskUsage(**parts, rest=_size(root) - sum(parts.values()), free=shutil.disk_usage(root).free)


def _size(folder: Path) -> int:
    total = 0
    for base, _, files in os.walk(folder):
        for name in files:
            try:
                total += os.lstat(os.path.join(base, name)).st_size  # noqa: PTH118 - thousands of files
            except FileNotFoundError:  # a job just took it away
                continue
    return total
