"""The figures of a comparison as a table, as in the paper's Table 1."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QWidget

from facea_desktop.comparison.scores import FACE_SIM_DLIB
from facea_desktop.ui.comparison.comparison_text import method_words, verdict
from facea_desktop.ui.formatting import decimal
from facea_desktop.ui.theme import SPACE, colours
from facea_desktop.ui.widgets import button, column, label, plain_tip

tr = QCoreApplication.translate
_COLUMNS = ("face_sim", "clip_t", "clip_i", "dino", FACE_SIM_DLIB)
_BAR_PX = 120


class ScoreFigures(QWidget):
    """What the figures say, the table, and what one has to know (objectName comparisonFigures)."""

    def __init__(self, models_wanted: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("comparisonFigures")
        self.verdict = label("", "heading", wrap=True)
        self._place = column()
        self._note = label("", "hint", wrap=True)
        self._get = button(
            self.tr("Download them on the Models page"), models_wanted, tip=self.tr("Optional models for measuring")
        )
        whole = column(self.verdict, self._place, self._note, space=SPACE * 3 // 2)
        whole.addWidget(self._get, 0, Qt.AlignmentFlag.AlignLeft)
        self.setLayout(whole)
        self._table: QWidget | None = None

    def show_summary(self, summary: dict[str, Any]) -> None:
        """Show what ``summary.json`` holds."""
        if self._table is not None:
            self._place.removeWidget(self._table)
            self._table.hide()
            self._table.deleteLater()
        self._table = _table(summary)
        self._place.addWidget(self._table)
        self.verdict.setText(verdict(summary))
        self.verdict.setVisible(bool(self.verdict.text()))
        missing = [one["title"] for one in summary["metrics"].values() if not one["installed"]]
        lines = [
            self.tr(
                "Hundredths: means over people with 95 % intervals. All but CLIP-T compare with held-out photos; "
                "Face Sim. counts only pictures that show a face."
            )
        ]
        if missing:
            lines.append(self.tr("{} are not installed.").format(", ".join(missing)))
        self._note.setText("\n".join([*lines, *summary["notes"]]))
        self._get.setVisible(bool(missing))


def _table(summary: dict[str, Any]) -> QWidget:
    made = QFrame()
    made.setProperty("card", True)
    grid = QGridLayout(made)
    grid.setContentsMargins(SPACE * 2, SPACE * 3 // 2, SPACE * 2, SPACE * 3 // 2)
    grid.setHorizontalSpacing(SPACE * 3)
    grid.setVerticalSpacing(SPACE)
    columns = [name for name in _COLUMNS if name in summary["metrics"]]  # the last one is optional
    titles = [summary["metrics"][name]["title"] for name in columns]
    heads = [tr("Comparison", "Method"), titles[0], "", tr("Comparison", "With a face"), *titles[1:]]
    for place, head in enumerate(heads):
        grid.addWidget(label(head, "hint"), 0, place)
    methods = summary["methods"]
    best = {name: max((one[name]["mean"] for one in methods.values() if name in one), default=None) for name in columns}
    most = max((one["face_sim"]["most"] for one in methods.values() if "face_sim" in one), default=1.0)
    for line, (method, one) in enumerate(methods.items(), 1):
        name, text = method_words(method)
        who = label(name, "heading")
        who.setToolTip(plain_tip(f"{text} ({method})" if text else method))
        grid.addWidget(who, line, 0)
        if "face_sim" in one:
            grid.addWidget(_Bar(one["face_sim"], max(most, 0.01), one["face_sim"]["mean"] == best["face_sim"]), line, 1)
        pictures = one["pictures"]
        grid.addWidget(
            label(tr("Comparison", "{0} of {1}").format(pictures["with_a_face"], pictures["wanted"])), line, 3
        )
        for place, metric in zip((2, 4, 5, 6, 7), columns):
            cell = _cell(
                one.get(metric), summary["metrics"][metric]["installed"], best[metric] if len(methods) > 1 else None
            )
            grid.addWidget(cell, line, place)
    grid.setColumnStretch(1, 1)
    return made


def _cell(figure: dict[str, Any] | None, installed: bool, best: float | None) -> QWidget:
    if figure is None:
        return label(tr("Comparison", "none") if installed else tr("Comparison", "not installed"), "hint")
    shown = label(decimal(100 * figure["mean"], 1), "heading" if figure["mean"] == best else "")
    low, high = figure["ci95"]
    if low is None:
        return shown
    made = QWidget()
    made.setLayout(
        column(
            shown,
            label(tr("Comparison", "{0} to {1}").format(decimal(100 * low, 1), decimal(100 * high, 1)), "hint"),
            space=0,
        )
    )
    return made


class _Bar(QWidget):
    """A mean as a bar, its interval as a line upon it."""

    def __init__(self, figure: dict[str, Any], most: float, best: bool) -> None:
        super().__init__()
        self._figure, self._most, self._best = figure, most, best
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        return QSize(_BAR_PX, 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        shades = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, wide = self.height() / 2, self.width() / self._most
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(shades.line))
        painter.drawRoundedRect(QRectF(0, middle - 4, self.width(), 8), 4, 4)
        painter.setBrush(QColor(shades.accent if self._best else shades.muted))
        painter.drawRoundedRect(QRectF(0, middle - 4, max(self._figure["mean"], 0) * wide, 8), 4, 4)
        low, high = self._figure["ci95"]
        if low is not None:
            painter.setPen(QPen(QColor(shades.text), 1.5))
            ends = QRectF(max(low, 0) * wide, middle - 6, (high - max(low, 0)) * wide, 12)
            painter.drawLine(QPointF(ends.left(), middle), QPointF(ends.right(), middle))
            for x in (ends.left(), ends.right()):
                painter.drawLine(QPointF(x, ends.top()), QPointF(x, ends.bottom()))
