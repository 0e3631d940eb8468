"""Saying who is meant in a photo, and what is cut out of it: the square is moved and drawn larger or smaller."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from facea_desktop.domain.faces import LEAST_FACE_PART, MOST_FACE_PART, Face, PortraitSquare
from facea_desktop.domain.photo_requests import Frame
from facea_desktop.ui.theme import SPACE, colours
from facea_desktop.ui.widgets import button, column, label, row

_HANDLE = 12
"""Pixels about a corner within which it is grasped."""
_STEP, _LARGER = 0.02, 1.05
"""How far an arrow key moves the square, in parts of it, and how much a turn of the wheel enlarges it."""


class CropView(QWidget):
    """A photo with its faces and the square that is cut out.

    Attributes:
        face: index of the one who is meant, None while nobody was clicked.
        frame: what is cut out of the photo, in its pixels; None until somebody is meant.
    """

    changed = Signal()

    def __init__(self, photo: QImage, size: QSize, faces: Sequence[Face], parent: QWidget | None = None) -> None:
        """
        Args:
            photo: at any size.
            size: of the photo in the pixels that the faces are in.
        """
        super().__init__(parent)
        self._photo, self._size, self._faces = photo, QSizeF(size), list(faces)
        self.face: int | None = None
        self.frame: Frame | None = None
        self._grasped: int | None = None  # the corner that is dragged
        self._moved_from: QPointF | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(240, 180)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Photo with the square that is cut out"))

    def choose(self, face: int, frame: Frame | None = None) -> None:
        """Mean this face, and cut out ``frame``, or what is usual."""
        usual = PortraitSquare.of_face(self._faces[face])
        self.face, self.frame = face, frame or Frame(x=usual.x, y=usual.y, side=usual.side)
        self.changed.emit()
        self.update()

    def corners(self) -> QPolygonF:
        """The corners of the square in this widget, clockwise from the upper left of the person."""
        if self.frame is None:
            return QPolygonF()
        half = self.frame.side / 2
        turn = QTransform().translate(self.frame.x, self.frame.y).rotate(self._angle())
        square = [QPointF(-half, -half), QPointF(half, -half), QPointF(half, half), QPointF(-half, half)]
        return self._onto().map(QPolygonF([turn.map(corner) for corner in square]))

    def place_of(self, face: int) -> QRectF:
        """Where a face lies in this widget."""
        box = self._faces[face].box
        return self._onto().mapRect(QRectF(box.x0, box.y0, box.width, box.height))

    def move_by(self, x: float, y: float) -> None:
        """Move the square by so many pixels of the photo; the face's middle stays inside."""
        if self.frame is not None:
            self._set(self.frame.x + x, self.frame.y + y, self.frame.side)

    def enlarge(self, factor: float) -> None:
        """Make the square larger about its middle, or smaller with a factor below 1."""
        if self.frame is not None:
            self._set(self.frame.x, self.frame.y, self.frame.side * factor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Grasp a corner or the square, or choose another face."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        at = event.position()
        self._grasped = self._corner_at(at)
        if self._grasped is not None:
            return
        other = self._face_at(at)
        if other is not None and other != self.face:
            self.choose(other)
        elif self.corners().containsPoint(at, Qt.FillRule.OddEvenFill):
            self._moved_from = at

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag what was grasped."""
        at = event.position()
        if self._grasped is not None:
            self._drag_corner(self._grasped, at)
        elif self._moved_from is not None:
            by = (at - self._moved_from) / self._scale()
            self._moved_from = at
            self.move_by(by.x(), by.y())
        else:
            self._show_cursor(at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._grasped = self._moved_from = None
        self._show_cursor(event.position())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A larger or smaller square."""
        if event.angleDelta().y():
            self.enlarge(_LARGER if event.angleDelta().y() < 0 else 1 / _LARGER)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys move the square, plus and minus change its size."""
        step = _STEP * (self.frame.side if self.frame is not None else 0)
        moves = {
            Qt.Key.Key_Left: (-step, 0.0),
            Qt.Key.Key_Right: (step, 0.0),
            Qt.Key.Key_Up: (0.0, -step),
            Qt.Key.Key_Down: (0.0, step),
        }
        key = Qt.Key(event.key())
        if key in moves:
            self.move_by(*moves[key])
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.enlarge(_LARGER)
        elif key == Qt.Key.Key_Minus:
            self.enlarge(1 / _LARGER)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the photo, darker where it is not cut out."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), QColor(colours().stage))
        whole = self._onto().mapRect(QRectF(QPointF(0, 0), self._size))
        painter.drawImage(whole, self._photo)
        accent, white = QColor(colours().accent), QColor("white")
        corners = self.corners()
        if not corners.isEmpty():
            outside, square = QPainterPath(), QPainterPath()
            outside.addRect(whole)
            square.addPolygon(corners)
            square.closeSubpath()
            painter.fillPath(outside.subtracted(square), QColor(0, 0, 0, 120))
        for index in range(len(self._faces)):
            if index != self.face:
                _ring(painter, self.place_of(index), white, 1.5)
        if not corners.isEmpty():
            for ink, width in ((QColor(0, 0, 0, 140), 4.0), (accent, 2.0)):
                painter.setPen(QPen(ink, width))
                painter.drawPolygon(corners)
            painter.setPen(QPen(white, 1.5))
            painter.setBrush(accent)
            for corner in corners.toList():
                painter.drawEllipse(corner, 5, 5)

    def _set(self, x: float, y: float, side: float) -> None:
        assert self.face is not None
        box = self._faces[self.face].box
        side = min(max(side, box.side / MOST_FACE_PART), box.side / LEAST_FACE_PART)
        room = 0.45 * side * (abs(math.cos(turn := math.radians(self._angle()))) - abs(math.sin(turn)))
        room = max(room, 0.1 * side)  # a leaning square reaches less far to all sides
        face_x, face_y = box.center
        self.frame = Frame(
            x=min(max(x, face_x - room), face_x + room), y=min(max(y, face_y - room), face_y + room), side=side
        )
        self.changed.emit()
        self.update()

    def _drag_corner(self, corner: int, at: QPointF) -> None:
        """The corner follows along the diagonal, and the one across stays."""
        corners = self.corners().toList()
        across = corners[(corner + 2) % 4]
        along = corners[corner] - across
        length = math.hypot(along.x(), along.y())
        way = QPointF.dotProduct(at - across, along) / length  # in pixels of the widget
        assert self.frame is not None
        side = max(way, 1.0) / math.sqrt(2) / self._scale()
        assert self.face is not None
        box = self._faces[self.face].box
        side = min(max(side, box.side / MOST_FACE_PART), box.side / LEAST_FACE_PART)
        middle = across + along / length * (side * self._scale() * math.sqrt(2) / 2)
        onto, _ = self._onto().inverted()
        centre = onto.map(middle)
        self._set(centre.x(), centre.y(), side)

    def _angle(self) -> float:
        return PortraitSquare.of_face(self._faces[self.face]).angle if self.face is not None else 0.0

    def _scale(self) -> float:
        """Pixels of the widget for one of the photo."""
        return min(self.width() / self._size.width(), self.height() / self._size.height())

    def _onto(self) -> QTransform:
        """Leads from the photo to the widget."""
        scale = self._scale()
        left = (self.width() - scale * self._size.width()) / 2
        top = (self.height() - scale * self._size.height()) / 2
        return QTransform(scale, 0, 0, scale, left, top)

    def _corner_at(self, at: QPointF) -> int | None:
        far = [math.hypot(at.x() - corner.x(), at.y() - corner.y()) for corner in self.corners().toList()]
        return far.index(min(far)) if far and min(far) <= _HANDLE else None

    def _face_at(self, at: QPointF) -> int | None:
        found = [(self.place_of(i).width(), i) for i in range(len(self._faces)) if self.place_of(i).contains(at)]
        return min(found)[1] if found else None

    def _show_cursor(self, at: QPointF) -> None:
        corner, face = self._corner_at(at), self._face_at(at)
        if corner is not None:
            self.setCursor(Qt.CursorShape.SizeFDiagCursor if corner % 2 == 0 else Qt.CursorShape.SizeBDiagCursor)
        elif face is not None and face != self.face:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        elif self.corners().containsPoint(at, Qt.FillRule.OddEvenFill):
            self.setCursor(Qt.CursorShape.SizeAllCursor)
        else:
            self.unsetCursor()


class CropEditor(QWidget):
    """A large view of one photo; nothing is changed before Done."""

    done = Signal(int, object)
    """Index of the face that is meant, and the Frame that is cut out."""
    finished = Signal()
    """Done or cancelled."""

    def __init__(
        self,
        name: str,
        photo: QImage,
        size: QSize,
        faces: Sequence[Face],
        face: int | None = None,
        frame: Frame | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """
        Args:
            name: what the photo is called.
            photo, size, faces: as ``CropView`` takes them.
            face, frame: what is meant and cut out so far.
        """
        super().__init__(parent)
        self.setObjectName("cropEditor")
        self.view = CropView(photo, size, faces)
        cancel = button(self.tr("Cancel"), self.finished.emit, name="cancelCropButton")
        self._reset = button(self.tr("Reset"), self._use_usual, name="resetCropButton", icon_name="reset")
        self._accept = button(self.tr("Done"), self.accept, name="acceptCropButton", kind="primary")
        head = row(label(self.tr("Crop of {photo}").format(photo=name), "title"), space=SPACE)
        head.addStretch()
        for one in (self._reset, cancel, self._accept):
            head.addWidget(one)
        hint = self.tr("Drag the square, or a corner to resize it, until it holds the whole head.")
        if len(faces) > 1:
            hint = self.tr("Click the face of the person who is meant.") + " " + hint
        whole = column(head, label(hint, "hint", wrap=True), margin=SPACE * 2)
        whole.addWidget(self.view, 1)
        self.setLayout(whole)
        self.setFocusProxy(self.view)
        self.view.changed.connect(self._update)
        if face is not None:
            self.view.choose(face, frame)
        self._update()

    def accept(self) -> None:
        """Hand over what was chosen."""
        if self.view.face is not None:
            self.done.emit(self.view.face, self.view.frame)
            self.finished.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves, Enter is Done."""
        if event.key() == Qt.Key.Key_Escape:
            self.finished.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accept()
        else:
            super().keyPressEvent(event)

    def _use_usual(self) -> None:
        if self.view.face is not None:
            self.view.choose(self.view.face)

    def _update(self) -> None:
        for one in (self._reset, self._accept):
            one.setEnabled(self.view.face is not None)


def _ring(painter: QPainter, place: QRectF, colour: QColor, width: float) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for ink, wide in ((QColor(0, 0, 0, 140), width + 2), (colour, width)):
        painter.setPen(QPen(ink, wide))
        painter.drawRoundedRect(place, 5, 5)
