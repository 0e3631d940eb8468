"""The face that is mixed upon: a photo with its regions, and the preview beside it once there is one."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from facea_desktop.domain.faces import Attribute
from facea_desktop.ui.drag_and_drop import dropped_person
from facea_desktop.ui.job_text import attribute_words
from facea_desktop.ui.mixer.region_photo import Photo
from facea_desktop.ui.theme import RADIUS, SPACE, colours

_GRIP_PX = 14
_FIRST_DIVIDER = 0.1
"""Nearly all of a new preview is seen; what is taken lies about the middle."""
_STEP = 0.05
_OUTLINE = "#ffffff"  # upon a photo, whatever the theme


class MixFace(QWidget):
    """Photo, regions and a before/after divider that can be dragged, or moved with the arrow keys."""

    dropped = Signal(object, str)
    """An Attribute, and the id of the person who was dropped on its region."""
    clicked = Signal(object)
    """The Attribute whose region was clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("mixerFace")
        self.setAccessibleName(self.tr("Face with the parts that can come from other people"))
        self.setAcceptDrops(True)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._photo: Photo | None = None
        self._filled: set[Attribute] = set()
        self._linked: dict[Attribute, set[Attribute]] = {}
        self._lit: set[Attribute] = set()
        self._before: QImage | None = None
        self._after: QImage | None = None
        self._divider = _FIRST_DIVIDER
        self._dragging = False
        self._tints: dict[tuple[Attribute, str, str], QImage] = {}

    @property
    def lit(self) -> set[Attribute]:
        """The regions under the pointer."""
        return set(self._lit)

    @property
    def compares(self) -> bool:
        """Whether a preview is shown."""
        return self._after is not None

    @property
    def divider(self) -> float:
        """How far from the left the preview begins, 0 to 1."""
        return self._divider

    def show_photo(self, photo: Photo | None) -> None:
        """Draw this person; the preview goes."""
        self._photo = photo
        self._tints.clear()
        self._lit.clear()
        self.show_preview(None, None)

    def show_taken(self, filled: Iterable[Attribute], linked: Iterable[Attribute]) -> None:
        """Mark the regions that somebody gives; those that are linked light up together."""
        together = set(linked)
        self._filled = set(filled)
        self._linked = dict.fromkeys(together, together)
        self.update()

    def show_preview(self, before: QImage | None, after: QImage | None) -> None:
        """Show what it would look like, right of the divider; None takes it away."""
        if self._after is None:
            self._divider = _FIRST_DIVIDER
        self._before, self._after = before, after
        self.update()

    def light(self, attributes: Iterable[Attribute]) -> None:
        """Highlight regions, as when the pointer is on their slot."""
        lit = set(attributes)
        if lit != self._lit:
            self._lit = lit
            self.update()

    def hasHeightForWidth(self) -> bool:
        """It is square."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as wide."""
        return width

    def sizeHint(self) -> QSize:
        """A face in a side panel."""
        return QSize(300, 300)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        area = self._area()
        rounded = QPainterPath()
        rounded.addRoundedRect(area, RADIUS, RADIUS)
        painter.setClipPath(rounded)
        painter.fillRect(area, QColor(colours().stage))
        if self._photo is None:
            return
        if self._after is None:
            painter.drawImage(area, self._photo.picture)
        else:
            self._draw_comparison(painter, area)
        for attribute in self._photo.regions:
            self._draw_region(painter, area, attribute)
        if self._after is not None:
            self._draw_divider(painter, area)
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours().accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), RADIUS, RADIUS)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the divider, or light the region under the pointer."""
        if self._dragging:
            self._set_divider((event.position().x() - self._area().x()) / self._area().width())
            return
        at = self._at(event.position())
        self.light(self._group(at))
        on_grip = self._on_divider(event.position())
        shape = Qt.CursorShape.SplitHCursor if on_grip else Qt.CursorShape.PointingHandCursor
        self.setCursor(shape if on_grip or at is not None else Qt.CursorShape.ArrowCursor)
        if at is None:
            QToolTip.hideText()
            self.setToolTip("")
        else:
            self.setToolTip(self.tr("Drop a person here for the {}, or click to choose").format(attribute_words(at)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the divider, or choose for a region."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        if self._on_divider(event.position()):
            self._dragging = True
        elif (at := self._at(event.position())) is not None:
            self.clicked.emit(at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let the divider go."""
        self._dragging = False

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer any more."""
        self.light(())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right move the divider."""
        moves = {Qt.Key.Key_Left: -_STEP, Qt.Key.Key_Right: _STEP}
        by = moves.get(Qt.Key(event.key()))
        if by is None or self._after is None:
            super().keyPressEvent(event)
            return
        self._set_divider(self._divider + by)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take people."""
        if self._photo is not None and dropped_person(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Light the region that would take the person."""
        at = self._at(event.position())
        self.light(self._group(at))
        event.setAccepted(at is not None)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """The person was carried away."""
        self.light(())

    def dropEvent(self, event: QDropEvent) -> None:
        """Give the region to the person."""
        person, at = dropped_person(event.mimeData()), self._at(event.position())
        self.light(())
        if person is not None and at is not None:
            event.acceptProposedAction()
            self.dropped.emit(at, person)

    def region_center(self, attribute: Attribute) -> QPointF | None:
        """The middle of a region in the widget's pixels; None where the photo does not show it."""
        if self._photo is None or attribute not in self._photo.regions:
            return None
        area, box = self._area(), self._photo.regions[attribute].box
        scale = area.width() / self._photo.picture.width()
        return QPointF(area.x() + box.center().x() * scale, area.y() + box.center().y() * scale)

    def _area(self) -> QRectF:
        side = min(self.width(), self.height())
        return QRectF((self.width() - side) / 2, 0, side, side)

    def _at(self, point: QPointF) -> Attribute | None:
        """The region at a point; the smallest where they overlap."""
        area = self._area()
        if self._photo is None or area.isEmpty():
            return None
        x, y = (point.x() - area.x()) / area.width(), (point.y() - area.y()) / area.height()
        hits = [(one, region.box) for one, region in self._photo.regions.items() if region.holds(x, y)]
        return min(hits, key=lambda hit: hit[1].width() * hit[1].height())[0] if hits else None

    def _group(self, attribute: Attribute | None) -> set[Attribute]:
        return set() if attribute is None else self._linked.get(attribute, {attribute})

    def _on_divider(self, point: QPointF) -> bool:
        area = self._area()
        at = area.x() + self._divider * area.width()
        return self._after is not None and abs(point.x() - at) < _GRIP_PX / 2

    def _set_divider(self, to: float) -> None:
        self._divider = min(max(to, 0.0), 1.0)
        self.update()

    def _draw_comparison(self, painter: QPainter, area: QRectF) -> None:
        assert self._photo is not None
        assert self._after is not None
        painter.drawImage(area, self._before if self._before is not None else self._photo.picture)
        right = QRectF(area)
        right.setLeft(area.x() + self._divider * area.width())
        painter.save()
        painter.setClipRect(right, Qt.ClipOperation.IntersectClip)
        painter.drawImage(area, self._after)
        painter.restore()

    def _draw_region(self, painter: QPainter, area: QRectF, attribute: Attribute) -> None:
        lit, filled = attribute in self._lit, attribute in self._filled
        if self._after is not None and not lit:  # the preview is to be seen
            return
        shade = colours().accent if filled or lit else _OUTLINE
        if lit and self._after is None:  # a preview keeps its colours while a slider is moved
            painter.setOpacity(0.28)
            painter.drawImage(area, self._tint(attribute, "fill", shade))
        painter.setOpacity(1.0 if filled or lit else 0.75)
        painter.drawImage(area, self._tint(attribute, "edge", shade))
        painter.setOpacity(1.0)

    def _tint(self, attribute: Attribute, part: str, shade: str) -> QImage:
        key = (attribute, part, shade)
        if key not in self._tints:
            assert self._photo is not None
            region = self._photo.regions[attribute]
            self._tints[key] = region.tinted(region.fill if part == "fill" else region.edge, shade)
        return self._tints[key]

    def _draw_divider(self, painter: QPainter, area: QRectF) -> None:
        x = area.x() + self._divider * area.width()
        painter.setPen(QPen(QColor(_OUTLINE), 2))
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        painter.setBrush(QColor(_OUTLINE))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(QPointF(x, area.center().y()), _GRIP_PX / 2, _GRIP_PX / 2)
        for text, right in ((self.tr("before"), False), (self.tr("after"), True)):
            width = painter.fontMetrics().horizontalAdvance(text) + SPACE * 2
            left = area.right() - width - SPACE if right else area.left() + SPACE
            if (right and left < x + SPACE) or (not right and left + width > x - SPACE):
                continue
            tag = QRectF(left, area.top() + SPACE, width, painter.fontMetrics().height() + 4)
            painter.setBrush(QColor(0, 0, 0, 130))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(tag, tag.height() / 2, tag.height() / 2)
            painter.setPen(QColor(_OUTLINE))
            painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, text)
