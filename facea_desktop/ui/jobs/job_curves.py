"""The two terms of Eq. (2) and the likeness over the steps of a job."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from itertools import accumulate
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QShowEvent
from PySide6.QtWidgets import QFrame, QGraphicsItem, QWidget

from facea_desktop.domain.events import Event, Losses, Measured, Started
from facea_desktop.ui.likeness_scale import likeness_colour, place_on_scale
from facea_desktop.ui.plot_axes import number_axes
from facea_desktop.ui.theme import SPACE, colours
from facea_desktop.ui.throttling import Throttle
from facea_desktop.ui.widgets import column

_SMOOTHING = 0.85
"""Share of the past in every point of a smoothed curve; the noise of single steps hides the trend."""
_HEIGHT_PX = 170
REDRAW_MS = 1000
"""Curves change slowly; a second between two drawings costs nothing."""


def smoothed(values: Iterable[float], share: float = _SMOOTHING) -> list[float]:
    """The running average of a curve that begins at its first value."""
    return list(accumulate(values, lambda past, value: share * past + (1 - share) * value))


def round_up(value: float) -> float:
    """The next of 1, 2, 5, 10, ... times a power of ten that is no less."""
    if value <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return power * next(nice for nice in (1, 2, 5, 10) if nice * power >= value * (1 - 1e-9))


class JobCurves(QWidget):
    """A loss plot and a likeness plot, each hidden until it has a point."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._losses: list[Losses] = []
        self._measured: list[Measured] = []
        self._drawn = 0, 0  # how many of each are to be seen
        self._total = 1
        self._tick = Throttle(REDRAW_MS, self._draw_new, self)
        self.loss_plot = self._plot(self.tr("loss"), self.tr("Loss by step, face and attribute"))
        self.likeness_plot = self._plot(self.tr("likeness"), self.tr("Likeness by step"))
        self.loss_plot.addLegend(offset=(-SPACE, SPACE), labelTextSize="12px")
        self._raw = [self.loss_plot.plot() for _ in range(2)]
        self.face_line = self.loss_plot.plot(name=self.tr("face"))
        self.attribute_line = self.loss_plot.plot(name=self.tr("attribute"))
        self.likeness_line = self.likeness_plot.plot()
        self.setLayout(column(self.loss_plot, self.likeness_plot, space=SPACE * 2))
        self._dress()
        self.show_events(())

    def show_events(self, events: Iterable[Event], place: Callable[[float], float] = place_on_scale) -> None:
        """Start over with these.

        Args:
            place: of a likeness, between strangers and the person's own photos.
        """
        self._place = place
        self._losses, self._measured, self._total = [], [], 1
        for event in events:
            self._keep(event)
        self._draw_losses()
        self._draw_likeness()

    def add(self, event: Event) -> None:
        """Show one more, within a second."""
        self._keep(event)
        self._tick.schedule()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up."""
        super().showEvent(event)
        self._draw_new()

    def _keep(self, event: Event) -> None:
        if isinstance(event, Started):
            self._total = max(event.total, self._total)
        elif isinstance(event, Losses):
            self._losses.append(event)
        elif isinstance(event, Measured):
            self._measured.append(event)

    def _draw_new(self) -> None:
        """Draw what has changed: painting a plot takes a while, and the window must not wait for both at once."""
        if not self.isVisible():
            return
        if len(self._losses) != self._drawn[0]:
            self._draw_losses()
        if len(self._measured) != self._drawn[1]:
            self._draw_likeness()

    def _draw_losses(self) -> None:
        steps = [loss.step for loss in self._losses]
        terms = [loss.face for loss in self._losses], [loss.attribute for loss in self._losses]
        for raw, line, term in zip(self._raw, (self.face_line, self.attribute_line), terms):
            raw.setData(steps, term)
            line.setData(steps, smoothed(term))
        highest = max((value for term in terms for value in term if math.isfinite(value)), default=1.0)
        self._frame(self.loss_plot, steps, 0, round_up(highest))
        self._drawn = len(self._losses), self._drawn[1]

    def _draw_likeness(self) -> None:
        steps, values = [one.step for one in self._measured], [one.likeness for one in self._measured]
        shades = [likeness_colour(self._place(value)) for value in values]
        self.likeness_line.setData(steps, values, symbolBrush=shades)
        lowest, highest = min(values, default=0.0), max(values, default=1.0)
        self._frame(self.likeness_plot, steps, math.floor(lowest * 10) / 10, math.ceil(highest * 10 + 0.1) / 10)
        self._drawn = self._drawn[0], len(self._measured)

    def _frame(self, plot: pg.PlotWidget, steps: list[int], low: float, high: float) -> None:
        """Set the axes by hand, in round numbers: axes that move with every point are the dearest thing to paint."""
        plot.setVisible(bool(steps))
        plot.setXRange(0, max([self._total, *steps[-1:]]), padding=0.01)
        plot.setYRange(low, high, padding=0.02)

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def _plot(self, unit: str, name: str) -> pg.PlotWidget:
        plot = pg.PlotWidget(self, axisItems=number_axes())
        plot.setFixedHeight(_HEIGHT_PX)
        plot.setAccessibleName(name)
        plot.setMenuEnabled(False)
        plot.hideButtons()
        plot.setMouseEnabled(x=False, y=False)
        plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        plot.setFrameShape(QFrame.Shape.NoFrame)
        plot.viewport().installEventFilter(self)
        item = plot.getPlotItem()
        item.setLabel("left", unit)
        item.setLabel("bottom", self.tr("step"))
        for side in ("left", "bottom"):
            item.getAxis(side).enableAutoSIPrefix(False)
            item.getAxis(side).setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
        item.getAxis("left").setWidth(56)
        item.setContentsMargins(0, 0, SPACE, 0)
        return plot

    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        """Leave the wheel to the page: the plots do not zoom, and would stop its scrolling."""
        if event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _dress(self) -> None:
        shades = colours()
        face, attribute = QColor(shades.accent), QColor(shades.good)
        for plot in (self.loss_plot, self.likeness_plot):
            plot.setBackground(None)
            item = plot.getPlotItem()
            item.showGrid(x=False, y=True, alpha=0.12)
            for side in ("left", "bottom"):
                item.getAxis(side).setPen(pg.mkPen(shades.line))
                item.getAxis(side).setTextPen(pg.mkPen(shades.muted))
        for raw, line, shade in zip(self._raw, (self.face_line, self.attribute_line), (face, attribute)):
            faint = QColor(shade)
            faint.setAlpha(60)
            raw.setPen(pg.mkPen(faint, width=1))
            line.setPen(pg.mkPen(shade, width=2))
        self.likeness_line.setPen(pg.mkPen(face, width=2))
        self.likeness_line.setSymbol("o")
        self.likeness_line.setSymbolSize(8)
        self.likeness_line.setSymbolPen(None)
        for _, words in self.loss_plot.getPlotItem().legend.items:
            words.setText(words.text, color=shades.text)
