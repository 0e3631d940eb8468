"""How a picture of the strip is drawn."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from facea_desktop.ui.icons import paint_icon
from facea_desktop.ui.likeness_scale import BADGE_HEIGHT, LikenessScales, draw_badge
from facea_desktop.ui.portrait.results_model import RESULT_ROLE, Result
from facea_desktop.ui.theme import RADIUS, colours
from facea_desktop.ui.thumbnails import Thumbnails
from facea_desktop.ui.times_badge import WIDTH, draw_times_badge

SIDE = 88
CELL = QSize(SIDE + 8, SIDE + 8)
_Index = QModelIndex | QPersistentModelIndex


class ResultTileDelegate(QStyledItemDelegate):
    """A thumbnail with its likeness, or a preview with its progress."""

    def __init__(self, thumbnails: Thumbnails, likeness: LikenessScales, parent: QObject) -> None:
        super().__init__(parent)
        self._thumbnails, self._likeness = thumbnails, likeness

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
            place = self._likeness.place(result.person, result.likeness)
            draw_badge(painter, QPointF(frame.x() + 4, frame.bottom() - BADGE_HEIGHT - 4), place)
        draw_times_badge(painter, QPointF(frame.right() - WIDTH - 4, frame.y() + 4), result.times)


def _paint_place(painter: QPainter, frame: QRectF, result: Result) -> None:
    theme = colours()
    if result.preview is not None:
        painter.drawImage(frame, result.preview)
    else:
        area = QRectF(round(frame.center().x()) - 12, round(frame.center().y()) - 12, 24, 24)
        paint_icon(painter, area, "sparkle" if result.done is not None else "jobs", "muted")
    if result.done is not None:
        bar = QRectF(frame.x(), frame.bottom() - 4, frame.width(), 4)
        painter.fillRect(bar, QColor(theme.line))
        bar.setWidth(frame.width() * result.done)
        painter.fillRect(bar, QColor(theme.accent))
