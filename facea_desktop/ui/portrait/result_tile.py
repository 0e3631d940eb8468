"""How a picture of the strip is drawn."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from facea_desktop.ui.icons import pixmap
from facea_desktop.ui.portrait.results_model import RESULT_ROLE, Result
from facea_desktop.ui.theme import RADIUS, colours
from facea_desktop.ui.thumbnails import Thumbnails

SIDE = 88
CELL = QSize(SIDE + 8, SIDE + 8)
_Index = QModelIndex | QPersistentModelIndex
_GOOD, _BAD = 0.6, 0.3  # of the way from strangers to the person's own photos


def meaning(score: float, own: float | None, strangers: float | None) -> Literal["good", "warn", "bad", ""]:
    """Near what the own photos score, between, or near strangers; empty where neither is known."""
    if own is None or strangers is None or own <= strangers:
        return ""
    way = (score - strangers) / (own - strangers)
    return "good" if way >= _GOOD else "bad" if way <= _BAD else "warn"


class ResultTile(QStyledItemDelegate):
    """A thumbnail with its likeness, or a preview with its progress."""

    def __init__(self, thumbnails: Thumbnails, parent: QObject) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """All are alike."""
        return CELL

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one."""
        result: Result = index.data(RESULT_ROLE)
        rect = option.rect
        state = option.state
        theme = colours()
        frame = QRectF(rect.x() + 4, rect.y() + 4, SIDE, SIDE)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        shape = QPainterPath()
        shape.addRoundedRect(frame, RADIUS, RADIUS)
        painter.fillPath(shape, QColor(theme.raised))
        painter.save()
        painter.setClipPath(shape)
        if result.path is not None:
            self._paint_picture(painter, frame, result)
        else:
            _paint_place(painter, frame, result)
        painter.restore()
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(QPen(QColor(theme.accent if chosen else theme.muted), 2.5 if chosen else 1.5))
            painter.drawRoundedRect(frame.adjusted(-1.5, -1.5, 1.5, 1.5), RADIUS + 1, RADIUS + 1)
        painter.restore()

    def _paint_picture(self, painter: QPainter, frame: QRectF, result: Result) -> None:
        assert result.path is not None
        square = self._thumbnails.get(result.path, SIDE)
        if square is not None:
            painter.drawPixmap(frame, square, QRectF(square.rect()))
        elif result.preview is not None:
            painter.drawImage(frame, result.preview)
        if result.likeness is not None:
            _paint_badge(painter, frame, result.likeness, meaning(result.likeness, result.own_photos, result.strangers))


def _paint_place(painter: QPainter, frame: QRectF, result: Result) -> None:
    theme = colours()
    if result.preview is not None:
        painter.drawImage(frame, result.preview)
    else:
        drawn: QPixmap = pixmap("sparkle" if result.done is not None else "jobs", 24, theme.muted)
        painter.drawPixmap(round(frame.center().x()) - 12, round(frame.center().y()) - 12, drawn)
    if result.done is not None:
        bar = QRectF(frame.x(), frame.bottom() - 4, frame.width(), 4)
        painter.fillRect(bar, QColor(theme.line))
        bar.setWidth(frame.width() * result.done)
        painter.fillRect(bar, QColor(theme.accent))


def _paint_badge(painter: QPainter, frame: QRectF, score: float, kind: str) -> None:
    """The likeness on dark ground, so that it can be read on any picture; a dot says what it means."""
    text = f"{score:.2f}"
    font = painter.font()
    font.setPixelSize(11)
    font.setBold(True)
    painter.setFont(font)
    width = painter.fontMetrics().horizontalAdvance(text) + (21 if kind else 10)
    badge = QRectF(frame.x() + 4, frame.bottom() - 21, width, 17)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(16, 16, 18, 205))
    painter.drawRoundedRect(badge, 8, 8)
    if kind:
        painter.setBrush(QColor(_DOTS[kind]))
        painter.drawEllipse(QRectF(badge.x() + 6, badge.center().y() - 3.5, 7, 7))
    painter.setPen(QColor("#ffffff"))
    left = badge.adjusted(16 if kind else 0, 0, -4 if kind else 0, 0)
    painter.drawText(left, Qt.AlignmentFlag.AlignCenter, text)


# Upon a picture, not upon the theme: the same in light and dark.
_DOTS = {"good": "#7fbf8e", "warn": "#e2b458", "bad": "#ea7a75"}
