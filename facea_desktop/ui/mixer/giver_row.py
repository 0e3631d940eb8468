"""One of those who give an attribute: what theirs looks like, their name, and how much of it they give."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSlider, QToolButton, QWidget

from facea_desktop.domain.faces import Attribute
from facea_desktop.ui.icons import paint_icon
from facea_desktop.ui.mixer.mix import LEAST, MixSource
from facea_desktop.ui.theme import RADIUS, SPACE, colours
from facea_desktop.ui.widgets import button, column, label, plain_tip, row, set_words, tool

_ICONS = {
    Attribute.LEFT_EYE: "eye",
    Attribute.RIGHT_EYE: "eye",
    Attribute.NOSE: "nose",
    Attribute.MOUTH: "mouth",
}
_CROP_PX = 40
TOOL_PX = 22
"""Side of a ``small_tool``."""


def small_tool(icon_name: str, tip: str, on_click: Callable[[], object], *, name: str) -> QToolButton:
    """A ``tool`` for a place that has little room."""
    made = tool(icon_name, tip, on_click, name=name)
    made.setIconSize(QSize(12, 12))
    made.setFixedSize(TOOL_PX, TOOL_PX)
    return made


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


class GiverRow(QWidget):
    """Who gives an attribute, or a place for somebody who will; ``show_source`` says which.

    Attributes:
        giver: the id of who gives it, empty while nobody does.
        name: what they are called.
    """

    chooseWanted = Signal(str)
    """The id of who is to be replaced, empty where nobody gives it yet."""
    strengthChanged = Signal(str, float)
    """Who, and LEAST to 1."""
    cleared = Signal(str)

    def __init__(self, attribute: Attribute, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.giver = self.name = ""
        self._title = ""
        place = f"{attribute}" if number == 0 else f"{attribute}_{number + 1}"
        self._crop = _Crop(_ICONS[attribute])
        self.choose_button = button(
            "", self._want, name=f"choose_{place}", kind="flat", tip=self.tr("Choose whose to use")
        )
        self.clear_button = small_tool("close", "", self._clear, name=f"clear_{place}")
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setObjectName(f"strength_{place}")
        self.slider.setRange(round(100 * LEAST), 100)
        self.slider.setSingleStep(5)
        self.slider.setPageStep(10)
        self.slider.setToolTip(self.tr("How strongly it is applied"))
        self.slider.valueChanged.connect(self._strength_moved)
        self._percent = label("", "hint")
        self._percent.setMinimumWidth(self.fontMetrics().horizontalAdvance("100 %"))
        self._percent.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._strength = QWidget()
        self._strength.setLayout(row(self.slider, row(self._percent, self.clear_button, space=0)))
        who = row(self._crop, self.choose_button, space=SPACE // 2)
        who.addStretch(1)
        self.setLayout(column(who, self._strength, space=SPACE // 2))

    def show_source(self, source: MixSource | None, title: str, most: float = 1.0) -> None:
        """Fill the place, or empty it.

        Args:
            title: what is given, as the place is called.
            most: how much this person can give beside the others.
        """
        self._title = title
        self.giver = "" if source is None else source.giver.id
        self.name = "" if source is None else source.giver.name
        self._crop.filled = source is not None
        if source is not None:
            self.slider.blockSignals(True)
            self.slider.setMaximum(round(100 * most))
            self.slider.setValue(round(100 * source.strength))
            self.slider.blockSignals(False)
        self._show()

    def show_crop(self, image: QImage | None) -> None:
        """What it looks like on the giver."""
        self._crop.image = image
        self._crop.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the name to what fits."""
        super().resizeEvent(event)
        self._show()

    def _show(self) -> None:
        filled = bool(self.giver)
        room = max(self.width() - _CROP_PX - 3 * SPACE - 8, 40)
        set_words(self.choose_button, self.name if filled else self.tr("choose…"), room)
        says = self.tr("{what}: from {name}").format(what=self._title, name=self.name)
        self.choose_button.setAccessibleName(says if filled else self.tr("{}: choose whose to use").format(self._title))
        self.choose_button.setToolTip(
            plain_tip(says) if filled else self.tr("Choose whose to use, or drop a person here")
        )
        self.slider.setAccessibleName(self.tr("Strength: {}").format(says))
        without = self.tr("Remove {}").format(self.name)
        self.clear_button.setToolTip(plain_tip(without))
        self.clear_button.setAccessibleName(without)
        self._percent.setText(f"{self.slider.value()} %")
        self._strength.setVisible(filled)
        self._crop.update()

    def _want(self) -> None:
        self.chooseWanted.emit(self.giver)

    def _clear(self) -> None:
        self.cleared.emit(self.giver)

    @Slot(int)
    def _strength_moved(self, value: int) -> None:
        self._percent.setText(f"{value} %")
        self.strengthChanged.emit(self.giver, value / 100)
