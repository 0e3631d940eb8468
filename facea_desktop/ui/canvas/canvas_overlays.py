"""What lies over the picture: mask, faces, parts, the brush, the handle that compares, and words on an empty stage."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, Qt
from PySide6.QtGui import QPainterPath

from facea_desktop.ui.canvas.canvas_view import CanvasView
from facea_desktop.ui.canvas.compare_handle import CompareHandle
from facea_desktop.ui.canvas.face_chips import FaceChips
from facea_desktop.ui.canvas.mask_editing import PART, POINTER, MaskEditing
from facea_desktop.ui.canvas.overlay_items import MaskItem, RingItem, ShapeItem
from facea_desktop.ui.canvas.part_picker import PartPicker
from facea_desktop.ui.canvas.picture_item import PictureItem
from facea_desktop.ui.canvas.tool_bar import BrushCard
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import EmptyState


class CanvasOverlays(QObject):
    """Places everything over the picture at every zoom, follows pointer and tool, and shows what is of use.

    Attributes:
        mask: its tint and outline.
        shape: what is being drawn.
        ring: the brush about the pointer.
        faces: their boxes and chips.
        parts: of faces, to be selected.
    """

    def __init__(self, view: CanvasView, picture: PictureItem, editor: MaskEditing) -> None:
        super().__init__(view)
        self._view, self._picture, self._editor = view, picture, editor
        stage = view.viewport()
        self.mask, self.shape, self.ring = MaskItem(), ShapeItem(), RingItem()
        self.faces, self.parts = FaceChips(stage), PartPicker(stage)
        for item in (self.mask, self.faces.item, self.parts.item, self.shape, self.ring):
            view.scene().addItem(item)
        self._handle = CompareHandle(stage)
        self._card = BrushCard(editor.brush, stage)
        self._empty = self._empty_state()
        self.parts.card.tab_after(view)
        editor.painted.connect(self.mask.repaint)
        editor.layerChanged.connect(self._layer_changed)
        editor.toolChanged.connect(self._tool_changed)
        editor.shapeChanged.connect(self._show_shape)
        editor.brush.changed.connect(self._resize_ring)
        view.viewChanged.connect(self.place)
        view.pointed.connect(self._pointed)
        self._handle.moved.connect(self._compared)

    def show(self, *, masking: bool, comparing: bool, before: bool) -> None:
        """Show what is of use now.

        Args:
            masking: the tools that change the mask are offered.
            comparing: what was before and the result are shown side by side.
            before: what was before is shown alone.
        """
        picture, editor = self._picture, self._editor
        picture.show_sides(self._handle.split if comparing else None, before)
        # A finished result is looked at without tints, unless somebody goes on painting the mask
        looking = (picture.result is not None and editor.tool == POINTER) or before or picture.preview is not None
        self.mask.setVisible(not looking)
        self.faces.show(not before)
        self._empty.setVisible(picture.area.isEmpty())
        self._card.setVisible(editor.ring is not None and masking)
        self.parts.activate(masking and editor.tool == PART and editor.layer is not None)
        self._view.show_cursor()
        self.place()

    def place(self) -> None:
        """Put everything where it belongs."""
        view, stage = self._view, self._view.viewport().rect()
        scale = view.transform().m11()
        for item in (self.mask, self.shape, self.ring):
            item.zoomed(scale)
        self._picture.crisp = not view.fitted
        shown = view.viewportTransform().mapRect(self._picture.area)
        self.faces.place(shown.topLeft(), scale, stage)
        self.parts.place(scale, stage)
        self._handle.place(shown if self._picture.compared else None, stage)
        self._empty.setGeometry(stage)
        self._card.fit(stage.width())
        self._card.move((stage.width() - self._card.width()) // 2, stage.height() - self._card.height() - SPACE * 2)
        self._card.raise_()

    def _layer_changed(self) -> None:
        self.mask.show_layer(self._editor.layer)

    def _tool_changed(self, tool: str) -> None:
        if self._editor.ring is None:
            self.ring.show_at(None, None)

    def _show_shape(self, path: QPainterPath | None) -> None:
        self.shape.show_path(path)

    def _resize_ring(self) -> None:
        if self.ring.isVisible():
            self.ring.show_at(self.ring.pos(), self._editor.ring)

    def _pointed(self, point: QPointF | None) -> None:
        drawing = self._editor.drawing
        self.ring.show_at(point if drawing else None, self._editor.ring)
        self.parts.point(point, self._view.viewportTransform().map(point) if point is not None else None)
        face = self.faces.at(point) if point is not None and not drawing else None
        self.faces.hover(face)
        hand, arrow = Qt.CursorShape.PointingHandCursor, Qt.CursorShape.ArrowCursor
        self._view.show_cursor(hand if face is not None else arrow)

    def _compared(self, split: float) -> None:
        self._picture.show_sides(split, self._picture.only_base)
        self.place()

    def _empty_state(self) -> EmptyState:
        text = self.tr("Describe a portrait on the right, or drop a picture here to use it as the scene")
        made = EmptyState("picture", self.tr("Your picture appears here"), text, parent=self._view.viewport())
        made.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        made.lower()
        return made
