"""The stage: zooms and pans over pictures, and passes the pointer to the drawing tool."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QCursor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPen,
    QPointingDevice,
    QResizeEvent,
    QTabletEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGestureEvent,
    QGraphicsScene,
    QGraphicsView,
    QPinchGesture,
    QWidget,
)

from facea_desktop.ui.canvas.mask_tools import Touch
from facea_desktop.ui.theme import SPACE, colours

LEAST, MOST = 1 / 256, 1024.0
"""Zoom in screen pixels per picture pixel; beyond these nothing is left to see."""
_STEP = 1.2
_KEPT = 48  # screen pixels of the picture that cannot be pushed off the stage
_MARGIN = SPACE * 3


class Artist(Protocol):
    """Who draws where the pointer goes."""

    @property
    def drawing(self) -> bool:
        """Whether a tool is in hand; else the pointer moves the picture."""

    def press(self, touch: Touch, *, erase: bool = False) -> None:
        """The pointer goes down."""

    def move(self, touch: Touch) -> None:
        """The pointer moves while it is down."""

    def release(self, touch: Touch) -> None:
        """The pointer goes up."""

    def cancel(self) -> None:
        """The stroke ends here."""


class CanvasView(QGraphicsView):
    """Shows a scene whose unit is a pixel of the picture."""

    viewChanged = Signal()
    """Zoom, position or size of the stage are different now."""
    pointed = Signal(object)
    """Where the pointer hovers, in pixels of the picture; None when it left."""
    clicked = Signal(QPointF)
    """A click that neither drew nor moved anything."""

    def __init__(self, artist: Artist, parent: QWidget | None = None) -> None:
        super().__init__(QGraphicsScene(parent), parent)
        self.setObjectName("canvasView")
        self.setAccessibleName(self.tr("Canvas"))
        self._artist = artist
        self._area = QRectF()
        self._fitted = True
        self._space = False
        self._grabbed: QPoint | None = None  # where panning was last
        self._pressed: QPoint | None = None  # where a click began
        self._drawn_with: Qt.MouseButton | None = None
        self._marked = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.AnchorViewCenter)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(False)
        self.viewport().setAcceptDrops(False)  # the canvas takes them
        self.viewport().setMouseTracking(True)
        self.viewport().grabGesture(Qt.GestureType.PinchGesture)
        self.setMinimumSize(160, 120)

    @property
    def zoom(self) -> float:
        """Screen pixels per picture pixel: 1 is 100 %, also where the screen is a HiDPI one."""
        return self.transform().m11() * self.devicePixelRatioF()

    @property
    def fitted(self) -> bool:
        """Whether the whole picture is shown and follows the size of the stage."""
        return self._fitted

    def show_area(self, area: QRectF, *, keep: bool) -> None:
        """Lay out a picture of this size; ``keep`` leaves zoom and position as they are."""
        self._area = area
        if keep and not self._fitted:
            self._set_room()
        else:
            self.fit()

    def fit(self) -> None:
        """Show the whole picture, as large as it goes."""
        self._fitted = True
        if self._area.isEmpty():
            self.resetTransform()
            self.setSceneRect(QRectF())
        else:
            width = max(self.viewport().width() - 2 * _MARGIN, 16)
            height = max(self.viewport().height() - 2 * _MARGIN, 16)
            self._scale(min(width / self._area.width(), height / self._area.height()))
            self.centerOn(self._area.center())
        self.viewChanged.emit()

    def zoom_to(self, zoom: float, about: QPointF | None = None) -> None:
        """Zoom so that what lies under ``about`` stays there (pixels of the stage, by default its middle)."""
        if self._area.isEmpty():
            return
        fixed = about if about is not None else QRectF(self.viewport().rect()).center()
        under = self.to_picture(fixed)
        self._fitted = False
        self._scale(min(max(zoom, LEAST), MOST) / self.devicePixelRatioF())
        away = self.viewportTransform().map(under) - fixed
        self._scroll(away.x(), away.y())
        self.viewChanged.emit()

    def zoom_by(self, steps: float, about: QPointF | None = None) -> None:
        """Zoom in or, with negative steps, out."""
        self.zoom_to(self.zoom * _STEP**steps, about)

    def to_picture(self, point: QPointF) -> QPointF:
        """A point of the stage in pixels of the picture, with fractions."""
        return self.viewportTransform().inverted()[0].map(point)

    def mark(self, marked: bool) -> None:
        """Show that what is dragged may be dropped here."""
        self._marked = marked
        self.viewport().update()

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """Paint the neutral stage."""
        painter.fillRect(rect, QColor(colours().stage))

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """Paint the frame that invites a drop."""
        if self._marked:
            painter.save()
            painter.resetTransform()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(colours().accent), 2))
            painter.drawRoundedRect(QRectF(self.viewport().rect()).adjusted(4, 4, -4, -4), 8, 8)
            painter.restore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the picture fitted, or its middle in the middle."""
        super().resizeEvent(event)
        if self._fitted:
            self.fit()
        else:
            self._set_room()
            self.viewChanged.emit()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Tell what lies over the stage that it moved."""
        super().scrollContentsBy(dx, dy)
        self.viewChanged.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom about the pointer with a wheel; two fingers on a touch pad move the picture, with Ctrl they zoom."""
        event.accept()
        turned = event.angleDelta()
        held = event.modifiers()
        fingers = event.device().type() == QPointingDevice.DeviceType.TouchPad or not event.pixelDelta().isNull()
        if held & Qt.KeyboardModifier.ControlModifier or not (fingers or held & Qt.KeyboardModifier.ShiftModifier):
            self.zoom_by((turned.y() or turned.x()) / 120, event.position())
        elif fingers:
            moved = event.pixelDelta() if not event.pixelDelta().isNull() else turned / 2
            self._scroll(-moved.x(), -moved.y())
        else:
            self._scroll(-(turned.y() or turned.x()) / 2, 0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to pan, to draw or to click."""
        event.accept()
        at, which = event.position().toPoint(), event.button()
        left, right = which == Qt.MouseButton.LeftButton, which == Qt.MouseButton.RightButton
        if which == Qt.MouseButton.MiddleButton or (left and self._space):
            self._grab(at)
        elif self._artist.drawing and (left or right) and self._drawn_with is None:
            self._drawn_with = which
            self._artist.press(self._touch(event))
        elif left:
            self._pressed = at

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pan, draw, or tell where the pointer hovers."""
        event.accept()
        at = event.position().toPoint()
        if self._pressed is not None and (at - self._pressed).manhattanLength() >= QApplication.startDragDistance():
            self._grab(self._pressed)
            self._pressed = None
        if self._grabbed is not None:
            moved, self._grabbed = self._grabbed - at, at
            self._scroll(moved.x(), moved.y())
        elif self._drawn_with is not None:
            self._artist.move(self._touch(event))
        self.pointed.emit(self.to_picture(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End what the press began."""
        event.accept()
        if self._drawn_with is not None and event.button() == self._drawn_with:
            self._drawn_with = None
            self._artist.release(self._touch(event))
        elif self._grabbed is not None:
            self._grabbed = None
            self.show_cursor()
        elif self._pressed is not None and event.button() == Qt.MouseButton.LeftButton:
            self._pressed = None
            self.clicked.emit(self.to_picture(event.position()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two quick presses are two presses: dabs may follow each other fast."""
        self.mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space held down makes the pointer pan."""
        if event.key() == Qt.Key.Key_Space:
            event.accept()
            if not event.isAutoRepeat():
                self._space = True
                self.show_cursor()
            return
        super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Let go of Space."""
        if event.key() == Qt.Key.Key_Space:
            event.accept()
            if not event.isAutoRepeat():
                self._space = False
                self.show_cursor()
            return
        super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A key that goes up elsewhere is not heard here: let go of it now."""
        self._space = False
        self.show_cursor()
        super().focusOutEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Take pens and pinches; everything else goes the usual way."""
        if isinstance(event, QTabletEvent) and self._pen(event):
            return True
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self.zoom_to(self.zoom * (1 + event.value()), event.position())
            return True
        if isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                about = self.viewport().mapFromGlobal(pinch.centerPoint())
                self.zoom_to(self.zoom * pinch.scaleFactor(), about)
            return True
        if event.type() == QEvent.Type.Leave:
            self.pointed.emit(None)
        return super().viewportEvent(event)

    def show_cursor(self, over: Qt.CursorShape | None = None) -> None:
        """Show what a press would do; ``over`` is the cursor of what lies under the pointer."""
        shape = over or Qt.CursorShape.ArrowCursor
        if self._grabbed is not None:
            shape = Qt.CursorShape.ClosedHandCursor
        elif self._space:
            shape = Qt.CursorShape.OpenHandCursor
        elif self._artist.drawing:
            shape = Qt.CursorShape.CrossCursor
        self.viewport().setCursor(QCursor(shape))

    def _pen(self, event: QTabletEvent) -> bool:
        """Draw with a pen; False where it shall act as a mouse."""
        if self._space or self._grabbed is not None or not (self._artist.drawing or self._drawn_with is not None):
            return False
        touch = self._touch(event, event.pressure())
        if event.type() == QEvent.Type.TabletPress and self._drawn_with is None:
            self._drawn_with = event.button()
            other_end = event.pointerType() == QPointingDevice.PointerType.Eraser
            self._artist.press(touch, erase=other_end)
        elif event.type() == QEvent.Type.TabletMove and self._drawn_with is not None:
            self._artist.move(touch)
        elif event.type() == QEvent.Type.TabletRelease and self._drawn_with is not None:
            self._drawn_with = None
            self._artist.release(touch)
        self.pointed.emit(touch.point)
        event.accept()  # else Qt makes up a mouse that draws it once more
        return True

    def _touch(self, event: QMouseEvent | QTabletEvent, pressure: float = 1.0) -> Touch:
        held = event.modifiers()
        right = Qt.MouseButton.RightButton
        return Touch(
            self.to_picture(event.position()),
            pressure,
            subtract=bool(held & Qt.KeyboardModifier.AltModifier) or right in (event.button(), self._drawn_with),
            straight=bool(held & Qt.KeyboardModifier.ShiftModifier),
        )

    def _grab(self, at: QPoint) -> None:
        self._grabbed = at
        self.show_cursor()

    def _scale(self, scale: float) -> None:
        self.setTransform(QTransform.fromScale(scale, scale))
        self._set_room()

    def _set_room(self) -> None:
        """The picture can be pushed nearly off the stage, so that every point of it can be anywhere."""
        scale = self.transform().m11()
        across, down = ((side - _KEPT) / scale for side in self.viewport().size().toTuple())
        self.setSceneRect(self._area.adjusted(-max(across, 0), -max(down, 0), max(across, 0), max(down, 0)))

    def _scroll(self, right: float, down: float) -> None:
        for bar, way in ((self.horizontalScrollBar(), right), (self.verticalScrollBar(), down)):
            bar.setValue(bar.value() + round(way))
        self._fitted = self._fitted and not (round(right) or round(down))
