"""The likeness curve of a tuning. Import this only where a curve is shown: pyqtgraph takes its time to load."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from facea_desktop.domain.people import LikenessPoint
from facea_desktop.ui.formatting import decimal
from facea_desktop.ui.likeness_scale import likeness_colour, place_on_scale
from facea_desktop.ui.plot_axes import number_axes
from facea_desktop.ui.theme import colours

_HEIGHT = 190


class LikenessPlot(pg.PlotWidget):  # type: ignore[misc]  # pyqtgraph has no types
    """Likeness by step, with the best step marked; it is looked at, not turned."""

    _curve: tuple[LikenessPoint, ...] = ()  # of the class, as pyqtgraph's own __init__ already sends events
    _best: int | None = None
    _place: Callable[[float], float] = staticmethod(place_on_scale)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, axisItems=number_axes())
        self.setObjectName("likenessPlot")
        self.setFixedHeight(_HEIGHT)
        self.setMenuEnabled(False)
        self.setMouseEnabled(x=False, y=False)
        self.hideButtons()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(self.Shape.NoFrame)
        self.setBackground(None)
        self.getPlotItem().showGrid(x=False, y=True, alpha=0.15)
        for name, text in (("bottom", self.tr("step")), ("left", self.tr("likeness"))):
            axis = self.getPlotItem().getAxis(name)
            axis.enableAutoSIPrefix(False)
            axis.setLabel(text)

    def show_curve(
        self, curve: Sequence[LikenessPoint], best_step: int | None, place: Callable[[float], float] = place_on_scale
    ) -> None:
        """Draw this curve.

        Args:
            place: of a likeness, between strangers and the person's own photos.
        """
        self._curve, self._best, self._place = tuple(curve), best_step, place
        self._draw()
        top = max(curve, key=lambda point: point.likeness, default=None)
        if top is not None:
            words = self.tr("Likeness by step; the best is {score} at step {step}")
            self.setAccessibleName(words.format(score=decimal(top.likeness), step=top.step))

    def sizeHint(self) -> QSize:
        """Wide and low."""
        return QSize(320, _HEIGHT)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._curve:
            self._draw()

    def _draw(self) -> None:
        c = colours()
        plot = self.getPlotItem()
        plot.clear()
        for name in ("bottom", "left"):
            axis = plot.getAxis(name)
            axis.setPen(pg.mkPen(c.line))
            axis.setTextPen(pg.mkPen(c.muted))
        steps = [point.step for point in self._curve]
        scores = [point.likeness for point in self._curve]
        plot.plot(steps, scores, pen=pg.mkPen(c.accent, width=2), antialias=True)
        shades = [pg.mkBrush(likeness_colour(self._place(score))) for score in scores]
        dots = pg.ScatterPlotItem(steps, scores, size=8, pen=None, brush=shades)
        plot.addItem(dots)
        low, high = min(scores), max(scores)
        room = max(high - low, 0.05) * 0.25
        plot.setYRange(low - room, high + room * 1.6, padding=0)
        plot.setXRange(min(0, *steps), max(steps), padding=0.06)
        best = next((point for point in self._curve if point.step == self._best), None)
        if best is not None:
            ring = pg.mkPen(c.text, width=2)
            shade = pg.mkBrush(likeness_colour(self._place(best.likeness)))
            plot.addItem(pg.ScatterPlotItem([best.step], [best.likeness], size=13, pen=ring, brush=shade))
            words = pg.TextItem(self.tr("best {score}").format(score=decimal(best.likeness)), QColor(c.text))
            words.setAnchor((1.0 if best.step > max(steps) / 2 else 0.0, 1.2))
            words.setPos(best.step, best.likeness)
            plot.addItem(words)
