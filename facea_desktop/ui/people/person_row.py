"""How a person looks in the list: a face, the name, and the one thing to know now."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from facea_desktop.domain.people import NAME_CHARACTERS
from facea_desktop.library.summaries import PersonSummary
from facea_desktop.ui.icons import paint_icon
from facea_desktop.ui.likeness_scale import BADGE_HEIGHT, BADGE_WIDTH, LikenessScales, draw_badge
from facea_desktop.ui.people.people_model import PERSON_ROLE, STATE_ROLE
from facea_desktop.ui.person_text import StateLine
from facea_desktop.ui.theme import RADIUS, SPACE, colours
from facea_desktop.ui.thumbnails import Thumbnails

ROW_HEIGHT = 64
FACE_SIDE = 48

_Index = QModelIndex | QPersistentModelIndex


class PersonDelegate(QStyledItemDelegate):
    """Paints a row of the PeopleModel; thumbnails are asked for when a row is painted, and not before."""

    editing = Signal(bool)
    """Whether a name is being typed."""

    def __init__(self, thumbnails: Thumbnails, likeness: LikenessScales, parent: QWidget) -> None:
        super().__init__(parent)
        self._thumbnails, self._likeness = thumbnails, likeness

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """All rows are of one height."""
        return QSize(200, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one person."""
        person: PersonSummary = index.data(PERSON_ROLE)
        state: StateLine = index.data(STATE_ROLE)
        c = colours()
        rect: QRect = option.rect.adjusted(0, 2, 0, -2)
        flags: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._background(painter, rect, flags)
        face = QRect(rect.left() + SPACE, rect.center().y() - FACE_SIDE // 2 + 1, FACE_SIDE, FACE_SIDE)
        draw_rounded(painter, face, self._face(person))
        name_box, state_box = text_boxes(rect)
        painter.setFont(name_font(painter.font()))
        painter.setPen(QColor(c.text))
        _write(painter, name_box, str(index.data(Qt.ItemDataRole.DisplayRole)))
        painter.setFont(state_font(painter.font()))
        painter.setPen(QColor({"": c.muted, "good": c.good, "warn": c.warn, "bad": c.bad}[state.tone]))
        _write(painter, state_box, state.text)
        beside = painter.fontMetrics().horizontalAdvance(state.text) + SPACE
        if state.likeness is not None and beside + BADGE_WIDTH <= state_box.width():
            top = state_box.center().y() - BADGE_HEIGHT / 2 + 1
            place = self._likeness.place(person.id, state.likeness)
            draw_badge(painter, QPointF(state_box.left() + beside, top), place)
        if state.part is not None:
            bar = QRectF(state_box.left(), rect.bottom() - 6, state_box.width(), 3)
            _bar(painter, bar, state.part)
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        """A field over the name."""
        editor = QLineEdit(parent)
        editor.setObjectName("personNameEdit")
        editor.setMaxLength(NAME_CHARACTERS)
        editor.setAccessibleName(self.tr("New name"))
        self.editing.emit(True)
        return editor

    def destroyEditor(self, editor: QWidget, index: _Index) -> None:
        """The name is typed, or given up."""
        super().destroyEditor(editor, index)
        self.editing.emit(False)

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        """Begin with the present name, once: a row that changes meanwhile does not take away what was typed."""
        assert isinstance(editor, QLineEdit)
        if not editor.isModified() and not editor.text():
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        """Rename."""
        assert isinstance(editor, QLineEdit)
        model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: _Index) -> None:
        """Over the name and the line below it."""
        name_box, state_box = text_boxes(option.rect)
        over = name_box.united(state_box).adjusted(-SPACE, 0, 0, 2)
        editor.setGeometry(over)

    def _background(self, painter: QPainter, rect: QRect, flags: Any) -> None:
        c = colours()
        selected = bool(flags & QStyle.StateFlag.State_Selected)
        hovered = bool(flags & QStyle.StateFlag.State_MouseOver)
        if selected or hovered:
            fill = QColor(c.hover)
            fill.setAlphaF(1.0 if selected else 0.5)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(fill)
            painter.drawRoundedRect(rect, RADIUS, RADIUS)
        if selected:
            painter.setBrush(QColor(c.accent))
            painter.drawRoundedRect(QRectF(rect.left(), rect.top() + 14, 3, rect.height() - 28), 1.5, 1.5)
        if flags & QStyle.StateFlag.State_HasFocus and flags & QStyle.StateFlag.State_KeyboardFocusChange:
            painter.setPen(QColor(c.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)

    def _face(self, person: PersonSummary) -> QPixmap | None:
        if person.thumbnail is None:
            return None
        return self._thumbnails.get(person.thumbnail, FACE_SIDE) or QPixmap()


def draw_rounded(painter: QPainter, box: QRect, picture: QPixmap | None) -> None:
    """A picture with round corners; None draws the outline of a person, an empty one only the ground."""
    path = QPainterPath()
    path.addRoundedRect(QRectF(box), RADIUS, RADIUS)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.fillPath(path, QColor(colours().line))
    if picture is None:
        side = box.width() // 2
        area = QRectF(box.center().x() - side // 2 + 1, box.center().y() - side // 2 + 1, side, side)
        paint_icon(painter, area, "person", "muted")
    elif not picture.isNull():
        painter.setClipPath(path)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(box, picture)
        painter.setClipping(False)


def text_boxes(rect: QRect) -> tuple[QRect, QRect]:
    """Where name and state stand in a row."""
    left = rect.left() + 2 * SPACE + FACE_SIDE + 4
    width = rect.right() - left - SPACE
    middle = rect.center().y() - 2
    return QRect(left, middle - 20, width, 20), QRect(left, middle + 1, width, 18)


def name_font(font: QFont) -> QFont:
    """Of a person's name."""
    made = QFont(font)
    made.setPixelSize(13)
    made.setWeight(QFont.Weight.DemiBold)
    return made


def state_font(font: QFont) -> QFont:
    """Of the line below it."""
    made = QFont(font)
    made.setPixelSize(12)
    made.setWeight(QFont.Weight.Normal)
    return made


def _write(painter: QPainter, box: QRect, text: str) -> None:
    elided = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, elided)


def _bar(painter: QPainter, box: QRectF, part: float) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours().line))
    painter.drawRoundedRect(box, 1.5, 1.5)
    painter.setBrush(QColor(colours().accent))
    painter.drawRoundedRect(
        QRectF(box.left(), box.top(), max(3.0, box.width() * min(part, 1.0)), box.height()), 1.5, 1.5
    )
