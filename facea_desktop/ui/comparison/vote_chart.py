"""The paper's Figure 5 from the votes: for every question how often each method was chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from facea_desktop.comparison.votes import Question, Share
from facea_desktop.ui.comparison.comparison_text import method_name, question_heading
from facea_desktop.ui.theme import SPACE, Colours, colours

Tally = Mapping[Question, Mapping[str, Share]]

_OWN = "full"
_OTHERS_DARK = ("#7aa6d8", "#8fbf8a", "#d6b35e", "#b291c9", "#6fbfb8", "#d98aa6", "#9aa0ad")
_OTHERS_LIGHT = ("#3d6fa8", "#4d8a4c", "#a67a12", "#7d5799", "#2d827b", "#a84c6e", "#6b7080")
_LEFT_PX, _HEAD_PX, _FOOT_PX = 44, 40, 30
_WIDEST_BAR_PX = 46
_EXPORTED = QSize(900, 460)


def methods_in(tally: Tally, order: Sequence[str]) -> list[str]:
    """The methods that votes were cast about, in this order, others behind them."""
    found = {method for shares in tally.values() for method in shares}
    return [*(method for method in order if method in found), *sorted(found.difference(order))]


class VoteChart(QWidget):
    """Bars in a group for each question, with 95 % intervals."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("voteChart")
        self._tally: Tally = {}
        self._methods: list[str] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(360, 240)

    def show_tally(self, tally: Tally, methods: Sequence[str]) -> None:
        """Draw these; ``methods`` says in which order they stand."""
        self._tally = tally
        self._methods = methods_in(tally, methods)
        said = [
            f"{question_heading(question)}: "
            + ", ".join(f"{method_name(method)} {100 * share.share:.0f} %" for method, share in shares.items())
            for question, shares in tally.items()
        ]
        self.setAccessibleName(self.tr("Share of votes"))
        self.setAccessibleDescription("; ".join(said))
        self.update()

    def image(self, scale: float = 2.0) -> QImage:
        """The chart as a picture to be saved, on the theme's background."""
        made = QImage(_EXPORTED * scale, QImage.Format.Format_RGB32)
        made.setDevicePixelRatio(scale)
        made.fill(QColor(colours().window))
        painter = QPainter(made)
        painter.setFont(self.font())
        self._draw(painter, QRectF(QPointF(), _EXPORTED).adjusted(SPACE * 2, SPACE * 2, -SPACE * 2, -SPACE * 2))
        painter.end()
        return made

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the chart."""
        painter = QPainter(self)
        self._draw(painter, QRectF(self.rect()))

    def _draw(self, painter: QPainter, area: QRectF) -> None:
        shades = colours()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = self._most()
        plot = area.adjusted(_LEFT_PX, _HEAD_PX, 0, -_FOOT_PX)
        self._draw_legend(painter, QRectF(area.left() + _LEFT_PX, area.top(), area.width(), _HEAD_PX), shades)
        metrics = QFontMetricsF(painter.font())
        step = 0.25 if top > 0.5 else 0.1
        for number in range(round(top / step) + 1):
            y = plot.bottom() - plot.height() * number * step / top
            painter.setPen(QPen(QColor(shades.line), 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(QColor(shades.muted))
            words = QRectF(area.left(), y - metrics.height() / 2, _LEFT_PX - SPACE, metrics.height())
            painter.drawText(
                words, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{100 * number * step:.0f} %"
            )
        wide = plot.width() / max(len(self._tally), 1)
        for place, (question, shares) in enumerate(self._tally.items()):
            group = QRectF(plot.left() + place * wide, plot.top(), wide, plot.height())
            painter.setPen(QColor(shades.text))
            foot = QRectF(group.left(), plot.bottom() + SPACE, wide, metrics.height())
            painter.drawText(foot, Qt.AlignmentFlag.AlignHCenter, question_heading(question))
            self._draw_bars(painter, group, shares, top, shades)

    def _draw_bars(
        self, painter: QPainter, group: QRectF, shares: Mapping[str, Share], top: float, shades: Colours
    ) -> None:
        bar = min(group.width() * 0.84 / max(len(self._methods), 1), _WIDEST_BAR_PX)
        left = group.center().x() - bar * len(self._methods) / 2
        small = QFont(painter.font())
        for place, method in enumerate(self._methods):
            share = shares.get(method)
            if share is None:
                continue

            def height(value: float) -> float:
                return group.bottom() - group.height() * min(value, top) / top

            shape = QRectF(left + place * bar + 2, height(share.share), bar - 4, 0)
            shape.setBottom(group.bottom())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._shade(method))
            painter.drawRoundedRect(shape, 2, 2)
            painter.setPen(QPen(QColor(shades.text), 1.2))
            middle, low, high = shape.center().x(), height(share.low), height(share.high)
            painter.drawLine(QPointF(middle, low), QPointF(middle, high))
            for end in (low, high):
                painter.drawLine(QPointF(middle - 4, end), QPointF(middle + 4, end))
            painter.setFont(small)
            words = QRectF(shape.left() - 10, high - 18, shape.width() + 20, 16)
            painter.drawText(
                words, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, f"{100 * share.share:.0f}"
            )

    def _draw_legend(self, painter: QPainter, area: QRectF, shades: Colours) -> None:
        metrics = QFontMetricsF(painter.font())
        x = area.left()
        for method in self._methods:
            name = method_name(method)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._shade(method))
            painter.drawRoundedRect(QRectF(x, area.top() + 4, 10, 10), 2, 2)
            painter.setPen(QColor(shades.text))
            painter.drawText(QPointF(x + 16, area.top() + 4 + metrics.ascent() - 1), name)
            x += 16 + metrics.horizontalAdvance(name) + SPACE * 2

    def _shade(self, method: str) -> QColor:
        """This program's method in the theme's accent, the others in colours of their own."""
        shades = colours()
        if method == _OWN:
            return QColor(shades.accent)
        others = [one for one in self._methods if one != _OWN]
        palette = _OTHERS_DARK if QColor(shades.window).lightness() < 128 else _OTHERS_LIGHT
        return QColor(palette[others.index(method) % len(palette)])

    def _most(self) -> float:
        highest = max((share.high for shares in self._tally.values() for share in shares.values()), default=1.0)
        return next(end for end in (0.3, 0.5, 0.75, 1.0) if end >= highest - 1e-9 or end == 1.0)
