"""Before and after: the handle that is drawn across the picture."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from facea_desktop.ui.canvas.floating_labels import FloatingLabel
from facea_desktop.ui.theme import SPACE, colours

MIDDLE = 0.5
_WIDTH, _GRIP = 32, 28


class CompareHandle(QWidget):
    """A vertical line with a grip; what lies left of it is before, what lies right of it is after.

    Attributes:
        split: where it stands, 0 at the picture's left edge, 1 at its right one.
    """

    moved = Signal(float)
    """The new split."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("compareHandle")
        self.split = MIDDLE
        self._picture = QRectF()
        self._held = 0.0
        self._before, self._after = FloatingLabel(self.tr("Before"), parent), FloatingLabel(self.tr("After"), parent)
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(self.tr("Drag or use the left and right keys to compare; double-click to centre it"))
        self._say()
        self.hide()

    def place(self, picture: QRectF | None, stage: QRect) -> None:
        """Stand across the picture (pixels of the stage), always within reach; None hides it."""
        tags = (self._before, self._after)
        if picture is None:
            for part in (self, *tags):
                part.hide()
            return
        self._picture = picture
        x = picture.left() + picture.width() * self.split
        seen = picture.toAlignedRect() & stage
        x = min(max(x, stage.left() + _GRIP / 2), stage.right() - _GRIP / 2)
        self.setGeometry(QRect(round(x) - _WIDTH // 2, seen.top(), _WIDTH, max(seen.height(), _GRIP)))
        self.show()
        top = seen.top() + SPACE
        for tag, left in (
            (tags[0], round(x) - SPACE * 2 - tags[0].sizeHint().width()),
            (tags[1], round(x) + SPACE * 2),
        ):
            if seen.left() <= left and left + tag.sizeHint().width() <= seen.right():
                tag.show_at(QPoint(left, top))
            else:
                tag.hide()
        self.raise_()

    def set_split(self, split: float) -> None:
        """Move it, 0 to 1."""
        self.split = min(max(split, 0.0), 1.0)
        self._say()
        self.moved.emit(self.split)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of it where it is."""
        self._held = event.position().x() - self.width() / 2

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer."""
        if event.buttons() & Qt.MouseButton.LeftButton and self._picture.width() > 0:
            x = self.mapToParent(event.position()).x() - self._held
            self.set_split((x - self._picture.left()) / self._picture.width())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Back to the middle."""
        self.set_split(MIDDLE)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right move it, with Shift in larger steps; Home puts it in the middle."""
        step = 0.1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 0.02
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.set_split(self.split + (step if event.key() == Qt.Key.Key_Right else -step))
        elif event.key() == Qt.Key.Key_Home:
            self.set_split(MIDDLE)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line and its grip."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x, height = self.width() / 2, self.height()
        for colour, width in ((QColor(0, 0, 0, 90), 4.0), (QColor("#ffffff"), 2.0)):
            painter.setPen(QPen(colour, width))
            painter.drawLine(QPointF(x, 0), QPointF(x, height))
        grip = QRectF(x - _GRIP / 2 + 1, height / 2 - _GRIP / 2 + 1, _GRIP - 2, _GRIP - 2)
        painter.setPen(QPen(QColor(0, 0, 0, 90), 1))
        painter.setBrush(QColor(colours().accent if self.hasFocus() else "#ffffff"))
        painter.drawEllipse(grip)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours().on_accent if self.hasFocus() else "#3a3a3e"))
        for side in (-1, 1):
            tip = grip.center() + QPointF(side * 8, 0)
            painter.drawPolygon(QPolygonF([tip, tip + QPointF(-side * 5, -4.5), tip + QPointF(-side * 5, 4.5)]))

    def _say(self) -> None:
        percent = round(100 * self.split)
        self.setAccessibleName(self.tr("Before and after, {percent} % before").format(percent=percent))
