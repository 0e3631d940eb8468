"""A portrait in the grid: the picture, its likeness and stars, and its prompt on hover."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QLinearGradient, QPainter, QPainterPath, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from facea_desktop.library.portrait_notes import REJECTED
from facea_desktop.library.summaries import PortraitSummary
from facea_desktop.ui.gallery.gallery_model import PORTRAIT
from facea_desktop.ui.likeness_scale import BADGE_HEIGHT, LikenessScales, draw_badge
from facea_desktop.ui.theme import RADIUS, SPACE, colours
from facea_desktop.ui.thumbnails import Thumbnails
from facea_desktop.ui.times_badge import draw_times_badge

THUMBNAIL = 224
"""Logical pixels of the thumbnails, whatever size the tiles have: resizing decodes nothing anew."""
GAP = SPACE
_STAR = QPolygonF(
    [
        QPointF(0.0, -1.0),
        QPointF(0.26, -0.36),
        QPointF(0.95, -0.31),
        QPointF(0.43, 0.14),
        QPointF(0.59, 0.81),
        QPointF(0.0, 0.45),
        QPointF(-0.59, 0.81),
        QPointF(-0.43, 0.14),
        QPointF(-0.95, -0.31),
        QPointF(-0.26, -0.36),
    ]
)
_VEIL = QColor(12, 12, 14, 190)  # upon pictures, so the same in both themes
_ON_VEIL = QColor("#f4f4f5")
_GOLD = QColor("#f0b95a")
_FADED = 0.35
"""Opacity of what was rejected."""


class PortraitTileDelegate(QStyledItemDelegate):
    """Paints tiles; only what is painted asks for a thumbnail.

    Attributes:
        side: logical pixels of a tile with its gap.
        awaited: rows whose thumbnails were asked for and are not there yet.
    """

    def __init__(self, thumbnails: Thumbnails, likeness: LikenessScales, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thumbnails, self._likeness = thumbnails, likeness
        self.side = 180
        self.awaited: dict[Path, int] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """All tiles are alike."""
        return QSize(self.side, self.side)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one tile."""
        portrait = index.data(PORTRAIT)
        if not isinstance(portrait, PortraitSummary):
            return
        state = option.state
        tile = QRectF(option.rect).adjusted(0, 0, -GAP, -GAP)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        # Words on every chosen tile would be a wall of text: of many, the current one has them.
        current = isinstance(option.widget, QAbstractItemView) and option.widget.currentIndex() == index
        looked_at = (chosen and current) or bool(state & QStyle.StateFlag.State_MouseOver)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        shape = QPainterPath()
        shape.addRoundedRect(tile, RADIUS, RADIUS)
        painter.setClipPath(shape)
        picture = self._thumbnails.get(portrait.path, THUMBNAIL)
        if picture is None:
            self.awaited[portrait.path] = index.row()
        painter.setOpacity(_FADED if portrait.rating == REJECTED else 1.0)
        _draw_picture(painter, tile, picture)
        painter.setOpacity(1.0)
        if looked_at:
            _draw_words(painter, tile, portrait, QFont(option.font))
        _draw_marks(painter, tile, portrait, self._likeness)
        painter.setClipping(False)
        if chosen or focused:
            pen = QPen(QColor(colours().accent), 3 if chosen else 1)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            inside = pen.widthF() / 2
            painter.drawRoundedRect(tile.adjusted(inside, inside, -inside, -inside), RADIUS, RADIUS)
        painter.restore()


def draw_star(painter: QPainter, centre: QPointF, radius: float, colour: QColor, *, filled: bool) -> None:
    """A star of five points."""
    painter.save()
    painter.translate(centre)
    painter.scale(radius, radius)
    painter.setPen(Qt.PenStyle.NoPen if filled else QPen(colour, 1.2 / radius))
    painter.setBrush(colour if filled else Qt.BrushStyle.NoBrush)
    painter.drawPolygon(_STAR)
    painter.restore()


def _draw_picture(painter: QPainter, tile: QRectF, picture: QPixmap | None) -> None:
    if picture is None:
        painter.fillRect(tile, QColor(colours().raised))
    else:
        painter.drawPixmap(tile, picture, QRectF(picture.rect()))


def _draw_words(painter: QPainter, tile: QRectF, portrait: PortraitSummary, font: QFont) -> None:
    """Name and prompt upon a shade that rises from below."""
    words = tile.adjusted(SPACE, 0, -SPACE, -SPACE)
    shade = QLinearGradient(tile.topLeft(), tile.bottomLeft())
    shade.setColorAt(0.35, QColor(0, 0, 0, 0))
    shade.setColorAt(1, QColor(0, 0, 0, 215))
    painter.fillRect(tile, shade)
    painter.setPen(_ON_VEIL)
    font.setPixelSize(12)
    painter.setFont(font)
    height = painter.fontMetrics().height()
    lines = QRectF(words.left(), words.bottom() - 2 * height, words.width(), 2 * height)
    painter.drawText(
        lines, Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextWordWrap, _two_lines(painter, portrait, lines)
    )
    font.setBold(True)
    painter.setFont(font)
    above = QRectF(words.left(), lines.top() - height - 2, words.width(), height)
    name = painter.fontMetrics().elidedText(portrait.person_name, Qt.TextElideMode.ElideRight, int(above.width()))
    painter.drawText(above, Qt.AlignmentFlag.AlignVCenter, name)


def _two_lines(painter: QPainter, portrait: PortraitSummary, lines: QRectF) -> str:
    """As much of the prompt as two wrapped lines hold."""
    metrics = painter.fontMetrics()
    room = QRect(0, 0, int(lines.width()), 10_000)
    words = portrait.prompt.split()[:40]
    text = " ".join(words)
    while words and metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), text).height() > lines.height() + 1:
        words.pop()
        text = " ".join(words) + "…"
    return text


def _draw_marks(painter: QPainter, tile: QRectF, portrait: PortraitSummary, likeness: LikenessScales) -> None:
    """Likeness, enlarging and stars in the upper corners, where the words do not cover them."""
    top = tile.top() + SPACE * 0.75
    if portrait.likeness is not None:
        place = likeness.place(portrait.person, portrait.likeness)
        draw_badge(painter, QPointF(tile.left() + SPACE * 0.75, top), place)
    below = top + BADGE_HEIGHT + 3 if portrait.likeness is not None else top  # small tiles have no room for it beside
    draw_times_badge(painter, QPointF(tile.left() + SPACE * 0.75, below), portrait.times)
    if portrait.rating == REJECTED:
        pill = QRectF(tile.right() - SPACE * 0.75 - 24, top, 24, 18)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_VEIL)
        painter.drawRoundedRect(pill, 9, 9)
        painter.setPen(_ON_VEIL)
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, "✕")
    elif portrait.rating:
        width = portrait.rating * 12 + 8
        pill = QRectF(tile.right() - SPACE * 0.75 - width, top, width, 18)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_VEIL)
        painter.drawRoundedRect(pill, 9, 9)
        for star in range(portrait.rating):
            draw_star(painter, QPointF(pill.left() + 10 + 12 * star, pill.center().y()), 5, _GOLD, filled=True)
