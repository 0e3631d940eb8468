"""What edits the mask: the tool in hand, whole operations, and the way back."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QRect, QSize, Signal, Slot
from PySide6.QtGui import QImage, QUndoStack

from facea_desktop.ui.background_thread import BackgroundThread
from facea_desktop.ui.canvas.brush import Brush
from facea_desktop.ui.canvas.mask_layer import MaskLayer
from facea_desktop.ui.canvas.mask_operations import Operation, apply, region
from facea_desktop.ui.canvas.mask_tools import (
    Combine,
    Ellipse,
    Lasso,
    Rectangle,
    SelectPart,
    Stroke,
    Tool,
    Touch,
    combine,
)
from facea_desktop.ui.canvas.mask_undo import TileChange, TileEdit
from facea_desktop.ui.canvas.part_map import PartChoice, PartMap

POINTER, BRUSH, ERASER, PART = "pointer", "brush", "eraser", "part"
_AT_ONCE = 1_000_000  # pixels that an operation works off without being felt


class MaskEditing(QObject):
    """The mask of a picture and everything that changes it.

    Attributes:
        layer: the mask, None without a picture.
        tool: name of the tool in hand; the pointer changes nothing.
        parts: of the faces of the picture, None while they are not known.
        busy: whether a large operation runs; nothing else changes the mask then.
    """

    edited = Signal()
    """After every finished stroke, operation, undo and redo."""
    painted = Signal(QRect)
    """Pixels of the mask that look different now."""
    layerChanged = Signal()
    toolChanged = Signal(str)
    shapeChanged = Signal(object)
    """A QPainterPath that is being drawn, or None."""
    busyChanged = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.layer: MaskLayer | None = None
        self.parts: PartMap | None = None
        self.undo_stack = QUndoStack(self)
        self.undo_stack.setUndoLimit(200)
        self.undo_stack.indexChanged.connect(self._stepped)
        self._opening = False
        self.brush = Brush(self)
        self.tool = POINTER
        self.busy = False
        self._background = BackgroundThread(self, name="mask")
        self._tools: dict[str, Tool] = {}
        self._stroke: Tool | None = None
        self._names = {
            BRUSH: self.tr("Brush"),
            ERASER: self.tr("Eraser"),
            "lasso": self.tr("Lasso"),
            "rectangle": self.tr("Rectangle"),
            "ellipse": self.tr("Ellipse"),
            PART: self.tr("Select part"),
            Operation.GROW: self.tr("Grow"),
            Operation.SHRINK: self.tr("Shrink"),
            Operation.FEATHER: self.tr("Feather"),
            Operation.INVERT: self.tr("Invert"),
            Operation.CLEAR: self.tr("Clear"),
        }

    def open(self, size: QSize | None, mask: QImage | None = None) -> None:
        """Begin with a mask of this size, empty unless one is given; there is no way back before it."""
        self._stroke = None
        self._opening = True  # forgetting the steps is none
        self.undo_stack.clear()
        self._opening = False
        old, self.layer = self.layer, None
        if old is not None:
            old.painted.disconnect(self.painted)
            old.deleteLater()
        if size is not None:
            self.layer = MaskLayer(size, mask, self)
            self.layer.painted.connect(self.painted)
        self._tools = {
            BRUSH: Stroke(self.brush, erase=False),
            ERASER: Stroke(self.brush, erase=True),
            "lasso": Lasso(),
            "rectangle": Rectangle(),
            "ellipse": Ellipse(),
            PART: SelectPart(lambda: self.parts),
        }
        self.shapeChanged.emit(None)
        self._set_busy(False)
        self.layerChanged.emit()

    def choose(self, tool: str) -> None:
        """Take a tool in hand; a stroke under way ends first."""
        self.cancel()
        self.tool = tool
        self.toolChanged.emit(tool)

    @property
    def drawing(self) -> bool:
        """Whether the tool in hand draws."""
        return self.tool != POINTER and self.layer is not None and not self.busy

    @property
    def ring(self) -> float | None:
        """Diameter of the brush in pixels of the picture, None where the tool has none."""
        return self.brush.size if self.tool in (BRUSH, ERASER) and self.layer is not None else None

    def press(self, touch: Touch, *, erase: bool = False) -> None:
        """The pointer goes down; ``erase`` is the other end of a pen."""
        if not self.drawing or self.layer is None:
            return
        self.cancel()
        self._stroke = self._tools[ERASER if erase and self.tool == BRUSH else self.tool]
        self._stroke.press(touch, self.layer)

    def move(self, touch: Touch) -> None:
        """The pointer moves while it is down."""
        if self._stroke is not None and self.layer is not None:
            self._stroke.move(touch, self.layer)
            self.shapeChanged.emit(self._stroke.shape())

    def release(self, touch: Touch) -> None:
        """The pointer goes up: what was drawn becomes one step of the way back."""
        stroke, self._stroke = self._stroke, None
        if stroke is not None and self.layer is not None:
            stroke.release(touch, self.layer)
            self.shapeChanged.emit(None)
            self._keep(self.layer.take_changes(), self._names[self.tool])

    def cancel(self) -> None:
        """Let go of a stroke under way; what it painted stays and can be undone."""
        if self._stroke is not None and self.layer is not None:
            self._stroke = None
            self.shapeChanged.emit(None)
            self._keep(self.layer.take_changes(), self._names[self.tool])

    @Slot(PartChoice, Combine)
    def select(self, choice: PartChoice, how: Combine) -> None:
        """Make a part the mask, add it or take it away; a part that the picture does not show changes nothing."""
        if self.layer is None or self.parts is None or self.busy:
            return
        self.cancel()
        patch = self.parts.patch(choice)
        if patch is not None:
            combine(patch, self.layer, how)
            self._keep(self.layer.take_changes(), self._names[PART])

    def operate(self, operation: Operation, pixels: int) -> None:
        """Do something to the whole mask; a large one is worked off in the background."""
        if self.layer is None or self.busy:
            return
        self.cancel()
        top, left, bottom, right = region(self.layer.values, operation, pixels)
        area = (bottom - top) * (right - left)
        if not area:
            return
        work = partial(apply, self.layer.values[top:bottom, left:right], operation, pixels, top, left)
        if area <= _AT_ONCE:
            self._keep(work(), self._names[operation])
            return
        self._set_busy(True)
        layer, index, name = self.layer, self.undo_stack.index(), self._names[operation]
        self._background.run(
            work, lambda tiles: self._worked(layer, index, name, tiles), lambda _: self._worked(layer, index, name, [])
        )

    def undo(self) -> None:
        """Take the last step back."""
        if not self.busy:
            self.cancel()
            self.undo_stack.undo()

    def redo(self) -> None:
        """Do the step again that was taken back."""
        if not self.busy:
            self.cancel()
            self.undo_stack.redo()

    @Slot(int)
    def _stepped(self, index: int) -> None:
        if not self._opening:
            self.edited.emit()

    def _worked(self, layer: MaskLayer, index: int, name: str, tiles: list[TileChange]) -> None:
        if layer is not self.layer:  # another picture came meanwhile
            return
        self._set_busy(False)
        if index == self.undo_stack.index():  # else somebody stepped back meanwhile: these tiles belong to another mask
            self._keep(tiles, name)

    def _keep(self, tiles: list[TileChange], name: str) -> None:
        if tiles and self.layer is not None:
            self.undo_stack.push(TileEdit(self.layer, tiles, name))

    def _set_busy(self, busy: bool) -> None:
        self.busy = busy
        self.busyChanged.emit(busy)
