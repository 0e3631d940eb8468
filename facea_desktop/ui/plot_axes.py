"""Axes of plots in the language of the window. Import this only with a plot: pyqtgraph takes its time to load."""

from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QLocale


class _NumberAxis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph has no types
    """Numbers with the decimal point of the language."""

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        point = QLocale().decimalPoint()
        return [text.replace(".", point) for text in super().tickStrings(values, scale, spacing)]


def number_axes() -> dict[str, pg.AxisItem]:
    """Axes for the left and the bottom of a new plot."""
    return {side: _NumberAxis(side) for side in ("left", "bottom")}
