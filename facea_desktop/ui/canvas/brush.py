"""The round brush: its size and hardness, and the dabs that a stroke is made of."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QObject, QPointF, Signal

from facea_desktop.ui.canvas.mask_undo import Values

SMALLEST, LARGEST = 1.0, 1000.0


class Brush(QObject):
    """What brush and eraser share.

    Attributes:
        size: diameter in pixels of the picture.
        hardness: 0 fades from the middle on, 1 has a sharp edge.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.size = 48.0
        self.hardness = 0.8

    def set_size(self, size: float) -> None:
        """Set the diameter, within what is possible."""
        self.size = min(max(size, SMALLEST), LARGEST)
        self.changed.emit()

    def set_hardness(self, hardness: float) -> None:
        """Set the hardness, 0 to 1."""
        self.hardness = min(max(hardness, 0.0), 1.0)
        self.changed.emit()

    def larger(self, steps: int) -> None:
        """Grow or, with negative steps, shrink by about a sixth each, by one pixel at least."""
        wanted = self.size * (7 / 6) ** steps
        self.set_size(round(max(wanted, self.size + 1) if steps > 0 else min(wanted, self.size - 1)))

    def harder(self, steps: int) -> None:
        """Change the hardness by tenths."""
        self.set_hardness(round(self.hardness * 10 + steps) / 10)


def dab(center: QPointF, radius: float, hardness: float) -> tuple[Values, int, int]:
    """The values that one touch leaves, and the left and top of where they belong."""
    radius = _rounded(radius)
    # Small dabs are placed by quarters of a pixel; for large ones nobody sees the difference
    grain = 4 if radius < 16 else 1
    x, y = round(center.x() * grain) / grain, round(center.y() * grain) / grain
    left, top = math.floor(x), math.floor(y)
    half = math.ceil(radius + 1)
    return _disc(radius, hardness, x - left, y - top), left - half, top - half


def gap(radius: float) -> float:
    """Pixels between the dabs of a stroke: an eighth of the radius keeps its edge smooth."""
    return max(0.5, radius / 8)


def _rounded(radius: float) -> float:
    """Radii in steps of about two percent, so that pressure does not ask for a new disc with every touch."""
    step = 2.0 ** math.floor(math.log2(max(radius, 0.5)) - 5)
    return max(0.5, round(radius / step) * step)


@lru_cache(maxsize=128)
def _disc(radius: float, hardness: float, x: float, y: float) -> Values:
    """A disc in a square with a pixel to spare; its middle lies ``x`` and ``y`` past the middle pixel's corner."""
    half = math.ceil(radius + 1)
    steps = np.arange(-half, half + 1, dtype=np.float32) + 0.5
    away = np.hypot(steps[None, :] - x, steps[:, None] - y)
    edge = max(radius * (1 - hardness), 1.0)  # a pixel at least: nothing is jagged
    fade = np.clip((radius + 0.5 - away) / edge, 0, 1)
    values: Values = np.rint(255 * fade * fade * (3 - 2 * fade)).astype(np.uint8)
    values.setflags(write=False)
    return values
