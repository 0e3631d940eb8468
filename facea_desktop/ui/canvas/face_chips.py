"""Faces found in the picture: boxes, and a chip on each that says who goes there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from facea_desktop.domain.faces import Face
from facea_desktop.ui.canvas.floating_labels import LIGHT, PILL, SHADE, draw_pill, screen_pen
from facea_desktop.ui.icons import Tone, colour_of, paint_icon
from facea_desktop.ui.theme import colours
from facea_desktop.ui.widgets import plain_tip

_PAD, _CROSS = 11, 20
_LONGEST = 180  # pixels of a name before it is cut short


class DismissButton(QAbstractButton):
    """The small x on a chip."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.tone: Tone = "muted"

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the x, in a ring while it is meant."""
        painter = QPainter(self)
        if self.underMouse() or self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(colour_of(self.tone)), 1))
            painter.drawEllipse(QRectF(self.rect()).adjusted(2.5, 2.5, -2.5, -2.5))
        side = 12
        target = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        paint_icon(painter, target, "close", self.tone)


class FaceChip(QAbstractButton):
    """Who goes into a face; a click chooses the face, its x says that it is none."""

    dismissed = Signal()
    hovered = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._cross = DismissButton(self)
        self._cross.clicked.connect(self.dismissed)

    def set_message(self, number: int, text: str, *, chosen: bool, tip: str, cross_tip: str) -> None:
        """Show a label; ``chosen`` in the accent."""
        self.setText(text)
        self.setCheckable(True)
        self.setChecked(chosen)
        self.setObjectName(f"faceChip{number}")
        self.setToolTip(plain_tip(tip))
        self._cross.setObjectName(f"faceCross{number}")
        self._cross.setToolTip(plain_tip(cross_tip))
        self._cross.setAccessibleName(cross_tip)
        self._cross.tone = "on_accent" if chosen else "muted"
        self.resize(self.sizeHint())
        self.update()

    def nextCheckState(self) -> None:
        """The owner decides who is chosen, not the click."""

    def sizeHint(self) -> QSize:
        """As wide as the label."""
        return QSize(self.fontMetrics().horizontalAdvance(self._shown()) + _PAD + _CROSS + 6, PILL)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the x at the end."""
        self._cross.setGeometry(self.width() - _CROSS - 3, (self.height() - _CROSS) // 2, _CROSS, _CROSS)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Tell the box."""
        self.hovered.emit(True)
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Tell the box."""
        self.hovered.emit(False)
        self.update()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses like Space does, Delete dismisses."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.dismissed.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the label on a pill."""
        c, painter = colours(), QPainter(self)
        ground = c.accent if self.isChecked() else c.hover if self.underMouse() else c.raised
        line = c.text if self.hasFocus() else c.accent if self.isChecked() or self.underMouse() else c.line
        draw_pill(painter, QRectF(self.rect()), ground, line, 1.5 if self.hasFocus() else 1.0)
        painter.setPen(QColor(c.on_accent if self.isChecked() else c.text))
        where = self.rect().adjusted(_PAD, 0, -_CROSS, 0)
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._shown())

    def _shown(self) -> str:
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, _LONGEST)


class BoxesItem(QGraphicsItem):
    """The boxes of all faces."""

    def __init__(self) -> None:
        super().__init__()
        self.boxes: list[QRectF] = []
        self.chosen: int | None = None
        self.hovered: int | None = None
        self._scale = 1.0

    def zoomed(self, scale: float) -> None:
        """Take the zoom, logical screen pixels per picture pixel."""
        if scale != self._scale:
            self.prepareGeometryChange()
            self._scale = scale

    def boundingRect(self) -> QRectF:
        """All boxes and their pens."""
        whole, room = QRectF(), 4 / self._scale
        for box in self.boxes:
            whole |= box
        return whole.adjusted(-room, -room, room, room) if self.boxes else whole

    def show_boxes(self, boxes: list[QRectF], chosen: int | None) -> None:
        """Show these instead."""
        self.prepareGeometryChange()
        self.boxes, self.chosen, self.hovered = boxes, chosen, None
        self.update()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Draw each box with a shade about it, so that it shows on light and dark."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index, box in enumerate(self.boxes):
            meant = index in (self.chosen, self.hovered)
            colour = QColor(colours().accent) if meant else LIGHT
            for ink, width in ((SHADE, 4.0 if meant else 3.0), (colour, 2.25 if meant else 1.5)):
                painter.setPen(screen_pen(painter, ink, width))
                radius = min(6 / self._scale, box.width() / 4)
                painter.drawRoundedRect(box, radius, radius)


class FaceChips(QObject):
    """Boxes in the scene and chips over the stage, kept together."""

    clicked = Signal(int)
    dismissed = Signal(int)

    def __init__(self, stage: QWidget) -> None:
        super().__init__(stage)
        self._stage = stage
        self.item = BoxesItem()
        self._chips: list[FaceChip] = []
        self._shown = True

    @property
    def some(self) -> bool:
        """Whether there are faces."""
        return bool(self._chips)

    def set(self, faces: Sequence[Face], labels: Mapping[int, str], chosen: int | None) -> None:
        """Show these faces; who has no label is still to be chosen. Chips are kept, and with them the focus."""
        while len(self._chips) > len(faces):
            gone = self._chips.pop()
            gone.hide()
            gone.deleteLater()
        while len(self._chips) < len(faces):
            self._add_chip(len(self._chips))
        boxes = [QRectF(QPointF(f.box.x0, f.box.y0), QPointF(f.box.x1, f.box.y1)) for f in faces]
        self.item.show_boxes(boxes, chosen)
        for index, chip in enumerate(self._chips):
            text = labels.get(index) or self.tr("choose…")
            tip = self.tr("Choose a person for this face (Delete: not a face)")
            chip.set_message(index, text, chosen=index == chosen, tip=tip, cross_tip=self.tr("Not a face"))
            name = self.tr("Face {number}: {who}").format(number=index + 1, who=text)
            chip.setAccessibleName(name)

    def place(self, offset: QPointF, scale: float, stage: QRect) -> None:
        """Put the chips on their boxes; ``offset`` and ``scale`` lead from the picture to the stage."""
        self.item.zoomed(scale)
        for chip, box in zip(self._chips, self.item.boxes):
            top_left = box.topLeft() * scale + offset
            seen = QRectF(top_left, box.size() * scale).intersects(QRectF(stage))
            chip.setVisible(seen and self._shown)
            if seen:
                above = top_left.y() - PILL - 5
                x = min(max(top_left.x() - 1, stage.left() + 4), stage.right() - chip.width() - 4)
                y = above if above >= stage.top() + 4 else max(top_left.y() + 5, stage.top() + 4)
                chip.move(QPoint(round(x), round(min(y, stage.bottom() - PILL - 4))))

    def show(self, shown: bool) -> None:
        """Show or hide all of it."""
        self._shown = shown
        self.item.setVisible(shown)
        for chip in self._chips:
            chip.setVisible(shown)

    def at(self, point: QPointF) -> int | None:
        """The face under a point of the picture, the smallest where they overlap."""
        found = [(box.width() * box.height(), i) for i, box in enumerate(self.item.boxes) if box.contains(point)]
        return min(found)[1] if found and self._shown else None

    def under(self, at: QPointF, point: QPointF) -> int | None:
        """The face whose chip lies at a point of the stage, else the one under the same point of the picture."""
        chips = enumerate(self._chips)
        found = (index for index, chip in chips if chip.isVisible() and chip.geometry().contains(at.toPoint()))
        return next(found, self.at(point))

    def hover(self, index: int | None) -> None:
        """Light up a face, or none."""
        if index != self.item.hovered:
            self.item.hovered = index
            self.item.update()

    def _add_chip(self, index: int) -> None:
        chip = FaceChip(self._stage)
        chip.clicked.connect(lambda: self.clicked.emit(index))
        chip.dismissed.connect(lambda: self.dismissed.emit(index))
        chip.hovered.connect(lambda over: self.hover(index if over else None))
        self._chips.append(chip)
