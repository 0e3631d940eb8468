"""A place for one attribute: who gives it, and how strongly."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDropEvent,
    QEnterEvent,
    QImage,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QSlider, QWidget

from facea_desktop.domain.faces import Attribute
from facea_desktop.ui.drag_and_drop import dropped_person
from facea_desktop.ui.icons import paint_icon
from facea_desktop.ui.theme import RADIUS, SPACE, colours
from facea_desktop.ui.widgets import button, column, label, plain_tip, row, tool

ICONS = {
    Attribute.LEFT_EYE: "eye",
    Attribute.RIGHT_EYE: "eye",
    Attribute.NOSE: "nose",
    Attribute.MOUTH: "mouth",
}
_CROP_PX = 40
_LEAST, _MOST = 10, 100
"""Percent."""


class _Crop(QWidget):
    """The giver's attribute, or a dashed place for it."""

    def __init__(self, icon_name: str) -> None:
        super().__init__()
        self._icon = icon_name
        self.image: QImage | None = None
        self.filled = False
        self.setFixedSize(_CROP_PX, _CROP_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self.image is not None:
            rounded = QPainterPath()
            rounded.addRoundedRect(area, RADIUS, RADIUS)
            painter.setClipPath(rounded)
            painter.drawImage(area, self.image)
            return
        style = Qt.PenStyle.SolidLine if self.filled else Qt.PenStyle.DashLine
        painter.setPen(QPen(QColor(colours().muted), 1, style))
        painter.drawRoundedRect(area, RADIUS, RADIUS)
        paint_icon(painter, QRectF(self.rect()).adjusted(10, 10, -10, -10), self._icon, "muted")


class AttributeSlot(QFrame):
    """One attribute; ``show_source`` fills it and ``show_own`` empties it."""

    dropped = Signal(object, str)
    """The Attribute, and the id of the person who was dropped here."""
    chooseWanted = Signal(object)
    strengthChanged = Signal(object, float)
    """The Attribute, and 0.1 to 1."""
    cleared = Signal(object)
    hovered = Signal(object, bool)

    def __init__(self, attribute: Attribute, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.attribute = attribute
        self._name = ""
        self.setObjectName(f"slot_{attribute}")
        self.setProperty("card", True)
        self.setAcceptDrops(True)
        self.setAccessibleName(title)
        self._title = label(title, "hint")
        self._crop = _Crop(ICONS[attribute])
        self.choose_button = button(
            "", self._want, name=f"choose_{attribute}", kind="flat", tip=self.tr("Choose whose to use")
        )
        self.clear_button = tool("close", self.tr("Keep the person's own"), self._clear, name=f"clear_{attribute}")
        self.clear_button.setIconSize(QSize(12, 12))
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setObjectName(f"strength_{attribute}")
        self.slider.setRange(_LEAST, _MOST)
        self.slider.setSingleStep(5)
        self.slider.setPageStep(10)
        self.slider.setToolTip(self.tr("How strongly it is applied"))
        self.slider.valueChanged.connect(self._strength_moved)
        self._percent = label("", "hint")
        self._percent.setMinimumWidth(self.fontMetrics().horizontalAdvance("100 %"))
        self._percent.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._strength = QWidget()
        self._strength.setLayout(row(self.slider, self._percent))
        self._lay_out()
        self.show_own()

    @property
    def giver(self) -> str:
        """Name of the person who gives, empty while nobody does."""
        return self._name

    def show_own(self) -> None:
        """Nobody gives it."""
        self._name = ""
        self._crop.image, self._crop.filled = None, False
        self._show()

    def show_source(self, name: str, strength: float) -> None:
        """This person gives it."""
        self._name = name
        self._crop.filled = True
        self.slider.blockSignals(True)
        self.slider.setValue(round(100 * strength))
        self.slider.blockSignals(False)
        self._show()

    def show_crop(self, image: QImage | None) -> None:
        """What it looks like on the giver."""
        self._crop.image = image
        self._crop.update()

    def set_title(self, title: str) -> None:
        """Call it something else: the left eye's place may stand for both."""
        self._title.setText(title)
        self.setAccessibleName(title)
        self._show()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take people."""
        if dropped_person(event.mimeData()) is not None and self.isEnabled():
            event.acceptProposedAction()
            self.hovered.emit(self.attribute, True)

    def dragLeaveEvent(self, event: QEvent) -> None:
        """The person was carried away."""
        self.hovered.emit(self.attribute, False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Fill it."""
        self.hovered.emit(self.attribute, False)
        person = dropped_person(event.mimeData())
        if person is not None:
            event.acceptProposedAction()
            self.dropped.emit(self.attribute, person)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Light the region on the face."""
        self.hovered.emit(self.attribute, True)

    def leaveEvent(self, event: QEvent) -> None:
        """And let it be."""
        self.hovered.emit(self.attribute, False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the name to what fits."""
        super().resizeEvent(event)
        self._show()

    def _show(self) -> None:
        filled = bool(self._name)
        room = max(self.width() - _CROP_PX - 5 * SPACE - 8, 40)
        words = self.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideRight, room)
        self.choose_button.setText(words.replace("&", "&&") if filled else self.tr("choose…"))
        title = self._title.text()
        says = self.tr("{what}: from {name}").format(what=title, name=self._name)
        self.choose_button.setAccessibleName(says if filled else self.tr("{}: choose whose to use").format(title))
        self.choose_button.setToolTip(
            plain_tip(says) if filled else self.tr("Choose whose to use, or drop a person here")
        )
        self.slider.setAccessibleName(self.tr("Strength: {}").format(title))
        self._percent.setText(f"{self.slider.value()} %")
        self._strength.setVisible(filled)
        self.clear_button.setVisible(filled)
        self._crop.update()

    def _lay_out(self) -> None:
        top = row(self._title, self.clear_button, space=0)
        top.setStretch(0, 1)
        top.setContentsMargins(2, 0, 0, 0)
        self.clear_button.setFixedSize(22, 22)
        middle = row(self._crop, self.choose_button, space=SPACE // 2)
        middle.addStretch(1)
        layout = column(top, middle, self._strength, margin=SPACE, space=SPACE // 2)
        layout.addStretch(1)
        self.setLayout(layout)
        self._title.setMinimumHeight(22)
        policy = self.clear_button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.clear_button.setSizePolicy(policy)

    def _want(self) -> None:
        self.chooseWanted.emit(self.attribute)

    def _clear(self) -> None:
        self.cleared.emit(self.attribute)

    @Slot(int)
    def _strength_moved(self, value: int) -> None:
        self._percent.setText(f"{value} %")
        self.strengthChanged.emit(self.attribute, value / 100)
