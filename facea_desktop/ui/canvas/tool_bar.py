"""The slim tool bar above the stage, and the brush's sliders that float on it."""

from __future__ import annotations

import math
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QBoxLayout, QFrame, QMenu, QSizePolicy, QSlider, QToolButton, QWidget

from facea_desktop.ui.canvas.brush import LARGEST, Brush
from facea_desktop.ui.canvas.canvas_actions import ICON, OPERATIONS, TOOLS
from facea_desktop.ui.canvas.mask_look import MaskLookMenu
from facea_desktop.ui.formatting import decimal
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import Flow, label, row, tool

_SIDE = 30  # of a button: the icon, and as little about it as looks good
_STEPS = 200  # of the size's slider, which is finer for small sizes


class ToolBar(QWidget):
    """Tools, operations, the way back, comparing and zoom; groups wrap where it is narrow.

    Attributes:
        mask_look: the menu that chooses how the mask is shown.
    """

    beforeHeld = Signal(bool)
    """The button that shows the picture before is held down, or let go."""

    def __init__(self, actions: dict[str, QAction], parent: QWidget) -> None:
        super().__init__(parent)
        self.amount = Amount(self.tr("Radius of Grow, Shrink and Feather"))
        self._before = tool("picture", self.tr("Hold to see the original picture (\\)"), name="beforeButton")
        self._before.setFixedSize(_SIDE, _SIDE)
        self._before.pressed.connect(lambda: self.beforeHeld.emit(True))
        self._before.released.connect(lambda: self.beforeHeld.emit(False))
        operations = [_button(actions[name]) for name in OPERATIONS]
        tools = {name: _button(actions[name]) for name in TOOLS}
        self._part = tools["part"]
        self._masking = [
            _group(*(tools[name] for name in TOOLS[:4])),
            _group(*(tools[name] for name in TOOLS[4:])),
            _group(*operations[:3], self.amount),
            _group(*operations[3:]),
            _group(_button(actions["undo"]), _button(actions["redo"])),
        ]
        self._comparing = _group(_button(actions["compare"]), self._before)
        self._percent = _button(actions["actual-size"])
        self._percent.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self._percent.setMinimumWidth(self._percent.fontMetrics().horizontalAdvance("0000 %") + SPACE)
        zoom = [_button(actions["zoom-out"]), self._percent, _button(actions["zoom-in"]), _button(actions["fit"])]
        self.mask_look = MaskLookMenu(self)
        self.more = tool("more", self.tr("More"), self._show_more, name="canvasMore")
        self.more.setFixedSize(_SIDE, _SIDE)
        self._more_actions = [actions["copy"], actions["paste"]]
        left = QWidget()
        flow = Flow(SPACE)
        for group in (*self._masking, self._comparing):
            flow.addWidget(group)
        left.setLayout(flow)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        left.setSizePolicy(policy)
        layout = row(space=SPACE)
        layout.setContentsMargins(SPACE, SPACE // 2, SPACE, SPACE // 2)
        layout.addWidget(left, 1)
        layout.addWidget(_group(*zoom, self.more), 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(layout)
        self.show_masking(False)
        self.show_parts(False)
        self.show_comparing(False)

    def show_masking(self, shown: bool) -> None:
        """Show or hide what changes the mask."""
        for group in self._masking:
            group.setVisible(shown)

    def show_parts(self, shown: bool) -> None:
        """Show or hide the tool that selects parts of faces."""
        self._part.setVisible(shown)

    def show_comparing(self, shown: bool) -> None:
        """Show or hide what compares before and after."""
        self._comparing.setVisible(shown)

    def _show_more(self) -> None:
        menu = QMenu(self)
        menu.addActions([action for action in self._more_actions if action.isVisible()])
        menu.addSeparator()
        menu.addMenu(self.mask_look)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def show_zoom(self, zoom: float | None) -> None:
        """Tell the zoom, screen pixels per picture pixel."""
        percent = 100 * (zoom or 1)
        self._percent.setText(f"{percent:.0f} %" if percent >= 1 else f"{decimal(percent, 1)} %")


class Amount(QToolButton):
    """How many pixels operations reach, chosen from a menu."""

    def __init__(self, tip: str) -> None:
        super().__init__()
        self.setObjectName("maskAmount")
        self.setProperty("flat", True)
        self.setToolTip(tip)
        self.setAccessibleName(tip)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("128 px") + SPACE * 2)
        menu = QMenu(self)
        for pixels in (1, 2, 4, 8, 16, 32, 64, 128):
            menu.addAction(self._said(pixels), partial(self.set_value, pixels))
        self.setMenu(menu)
        self.set_value(8)

    def value(self) -> int:
        """In pixels of the picture."""
        return self._value

    def set_value(self, pixels: int) -> None:
        """Reach this far from now on."""
        self._value = pixels
        self.setText(self._said(pixels))

    def _said(self, pixels: int) -> str:
        return self.tr("{pixels} px").format(pixels=pixels)


class BrushCard(QFrame):
    """Size and hardness, shown while brush or eraser is in hand."""

    def __init__(self, brush: Brush, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.setObjectName("brushCard")
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)  # nobody wants to paint through it
        self._brush = brush
        self._fitted = 0
        self._size = _slider("brushSize", self.tr("Brush size in pixels ([ and ])"), _STEPS)
        self._hardness = _slider("brushHardness", self.tr("Edge hardness of the brush (Shift with [ and ])"), 100)
        self._size_text, self._hardness_text = label(""), label("")
        for text in (self._size_text, self._hardness_text):
            text.setMinimumWidth(text.fontMetrics().horizontalAdvance("1000 px") + 2)
        self._halves = row(
            row(label(self.tr("Size"), "hint"), self._size, self._size_text),
            row(label(self.tr("Hardness"), "hint"), self._hardness, self._hardness_text),
        )
        self._halves.setContentsMargins(SPACE * 3 // 2, SPACE // 2, SPACE, SPACE // 2)
        self.setLayout(self._halves)
        self._size.valueChanged.connect(self._size_moved)
        self._hardness.valueChanged.connect(lambda value: brush.set_hardness(value / 100))
        brush.changed.connect(self._follow)
        self._follow()
        self.adjustSize()

    def fit(self, width: int) -> None:
        """Put size and hardness below each other where they have less than ``width`` pixels side by side."""
        if width == self._fitted:
            return
        self._fitted = width
        directions = QBoxLayout.Direction
        self._halves.setDirection(directions.LeftToRight)
        if self._halves.sizeHint().width() > width:
            self._halves.setDirection(directions.TopToBottom)
        self.adjustSize()

    def _size_moved(self, value: int) -> None:
        self._brush.set_size(round(LARGEST ** (value / _STEPS)))

    def _follow(self) -> None:
        brush = self._brush
        places = (
            (self._size, round(_STEPS * math.log(brush.size, LARGEST))),
            (self._hardness, round(100 * brush.hardness)),
        )
        for slider, value in places:
            slider.blockSignals(True)  # the slider is coarser than the brush and would round it
            slider.setValue(value)
            slider.blockSignals(False)
        self._size_text.setText(self.tr("{size} px").format(size=round(brush.size)))
        self._hardness_text.setText(f"{round(100 * brush.hardness)} %")


def _slider(name: str, tip: str, steps: int) -> QSlider:
    made = QSlider(Qt.Orientation.Horizontal)
    made.setObjectName(name)
    made.setRange(0, steps)
    made.setFixedWidth(104)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # the keys go on working on the stage
    made.setToolTip(tip)
    made.setAccessibleName(tip)
    return made


def _button(action: QAction) -> QToolButton:
    made = QToolButton()
    made.setProperty("flat", True)
    made.setIconSize(ICON)
    made.setDefaultAction(action)
    if not action.icon().isNull():
        made.setFixedSize(_SIDE, _SIDE)
    made.setAccessibleName(action.text())
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setObjectName(f"{action.objectName()}Button")
    return made


def _group(*parts: QWidget) -> QWidget:
    made = QWidget()
    made.setLayout(row(*parts, space=0))
    return made
