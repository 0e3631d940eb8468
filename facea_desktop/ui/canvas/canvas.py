"""The canvas: a picture with its mask, faces and result, and the tools for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QHideEvent,
    QImage,
    QKeyEvent,
    QPainterPath,
    QUndoStack,
)
from PySide6.QtWidgets import QWidget

from facea_desktop.domain.faces import Face
from facea_desktop.ui.canvas import canvas_actions
from facea_desktop.ui.canvas.canvas_view import CanvasView
from facea_desktop.ui.canvas.compare_handle import CompareHandle
from facea_desktop.ui.canvas.face_chips import FaceChips
from facea_desktop.ui.canvas.mask_editing import BRUSH, ERASER, PART, POINTER, MaskEditing
from facea_desktop.ui.canvas.mask_look import MaskLook
from facea_desktop.ui.canvas.mask_operations import Operation
from facea_desktop.ui.canvas.overlay_items import MaskItem, RingItem, ShapeItem
from facea_desktop.ui.canvas.part_map import PartMap
from facea_desktop.ui.canvas.part_picker import PartPicker
from facea_desktop.ui.canvas.picture_item import PictureItem, Pyramid
from facea_desktop.ui.canvas.tool_bar import BrushCard, ToolBar
from facea_desktop.ui.drag_and_drop import dropped_person, first_picture
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import EmptyState, column

_NOBODY: Mapping[int, str] = MappingProxyType({})


class Canvas(QWidget):
    """The stage with a slim tool bar.

    Attributes:
        commands: its actions by name ("undo", "fit", "brush", ...), for menus.
        editor: the mask's tools.
        view: the stage itself.
        undo_stack: every change of the mask.
    """

    pictureDropped = Signal(object)
    """Path of a picture that was dropped here."""
    personDropped = Signal(object, str)
    """Index into the faces given, None beside all of them, and the id of a person who was dropped there."""
    maskChanged = Signal()
    """After every finished stroke, operation, undo and redo."""
    faceClicked = Signal(int)
    """Index into the faces given."""
    faceDismissed = Signal(int)
    """Its x was clicked: it is not a face."""
    pasteWanted = Signal()
    """The picture on the clipboard is to become the scene."""
    partsWanted = Signal()
    """The parts of the picture's faces are needed, see ``set_parts``; only where they are offered."""
    _built = False  # Qt tells of changes while it is still being built

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = MaskEditing(self)
        self.undo_stack: QUndoStack = self.editor.undo_stack
        self.view = CanvasView(self.editor, self)
        self.commands = canvas_actions.build(self)
        self.bar = ToolBar(self.commands, self)
        stage = self.view.viewport()
        self._picture, self._mask, self._shape, self._ring = PictureItem(), MaskItem(), ShapeItem(), RingItem()
        self._faces, self._parts = FaceChips(stage), PartPicker(stage)
        for item in (self._picture, self._mask, self._faces.item, self._parts.item, self._shape, self._ring):
            self.view.scene().addItem(item)
        self._handle = CompareHandle(stage)
        self._card = BrushCard(self.editor.brush, stage)
        self._empty = self._empty_state()
        self._masking = self._offers_parts = False
        self._held_before = False
        self.setAcceptDrops(True)
        layout = column(self.bar, self.view, space=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.setFocusProxy(self.view)
        self._parts.card.tab_after(self.view)
        self._connect()
        self._built = True
        self._refresh()

    def set_picture(self, picture: QImage | None) -> None:
        """Show a picture, or the empty stage; preview and result of the one before go.

        One of the same size keeps zoom, mask and faces, any other starts anew.
        """
        old = self.picture()
        same = old is not None and picture is not None and old.size() == picture.size()
        self._picture.base = self._pyramid(picture)
        self._picture.result = self._picture.preview = None
        self.set_parts(None)
        if not same:
            self._faces.set((), _NOBODY, None)
            self._parts.show_face(None)
            self.editor.open(picture.size() if self._picture.base is not None and picture is not None else None)
        self._lay(keep=same)

    def picture(self) -> QImage | None:
        """The picture shown, None on an empty stage."""
        return self._picture.base.image if self._picture.base is not None else None

    def set_result(self, result: QImage | None) -> None:
        """Show what became of the picture, with the slider for before and after; the preview goes."""
        self._picture.result = self._pyramid(result)
        if result is not None:
            self._picture.preview = None
        self._lay(keep=True)

    def set_preview(self, preview: QImage | None) -> None:
        """Show a preview, stretched over the picture; it stays until None, a result, a picture or a tool comes."""
        self._picture.preview = preview if preview is not None and not preview.isNull() else None
        self._lay(keep=True)

    def set_mask(self, mask: QImage | None) -> None:
        """Show a mask, None for none; there is no undo back before it.

        Raises:
            ValueError: its size is not the picture's.
        """
        picture = self.picture()
        if mask is not None and (picture is None or mask.size() != picture.size()):
            wanted = "no picture" if picture is None else f"a picture of {picture.width()} x {picture.height()}"
            raise ValueError(f"a mask of {mask.width()} x {mask.height()} pixels does not fit {wanted}")
        self.editor.open(picture.size() if picture is not None else None, mask)

    def mask(self) -> QImage | None:  # type: ignore[override]  # not the shape of a window
        """A copy of the mask, Format_Grayscale8 of the picture's size; None where nothing is masked."""
        layer = self.editor.layer
        return None if layer is None or layer.empty else layer.image()

    @property
    def drawing(self) -> bool:
        """Whether a tool that changes the mask is in hand."""
        return self.editor.tool != POINTER

    def set_masking(self, on: bool) -> None:
        """Offer the tools that change the mask, or only view."""
        self._masking = on
        if not on:
            self.editor.choose(POINTER)
        self._refresh()

    def offer_parts(self) -> None:
        """Offer the tool that selects parts of faces; the caller answers ``partsWanted``."""
        self._offers_parts = True
        self._refresh()

    def set_parts(self, parts: PartMap | None, message: str = "") -> None:
        """Let parts of the picture be selected; without, a message says why there are none.

        Raises:
            ValueError: they are of a picture of another size.
        """
        picture = self.picture()
        if parts is not None and (picture is None or parts.size != picture.size()):
            raise ValueError(f"parts of {parts.size.width()} x {parts.size.height()} pixels do not fit the picture")
        self.editor.parts = parts
        self._parts.show_parts(parts, message)
        self._place()

    def choose_tool(self, name: str) -> None:
        """Take a tool in hand: "pointer", "brush", "eraser", "lasso", "rectangle", "ellipse" or "part"."""
        self.editor.choose(name)

    def set_faces(
        self,
        faces: Sequence[Face],
        labels: Mapping[int, str] = _NOBODY,
        chosen: int | None = None,
        lead: int | None = None,
    ) -> None:
        """Show boxes of faces (picture pixels) with a label each; those without one ask to be chosen.

        Args:
            chosen: the one that is marked.
            lead: the one whose parts are selected by name; the one that is marked unless it is given.
        """
        self._faces.set(faces, labels, chosen)
        lead = chosen if lead is None else lead
        self._parts.show_face(self._faces.item.boxes[lead] if lead is not None else None)
        self._place()

    def show_compare(self, on: bool) -> None:
        """Show a result beside what was before, or alone."""
        self.commands["compare"].setChecked(on)

    def show_mask_as(self, look: MaskLook) -> None:
        """Show the mask in this colour and opacity."""
        self.bar.mask_look.show_look(look)
        self._mask.show_as(look)

    def copy_picture(self) -> None:
        """Put the picture that is shown on the clipboard: the result where there is one, else what it is made from."""
        shown = self._picture.result or self._picture.base
        if shown is not None:
            QGuiApplication.clipboard().setImage(shown.image)

    def fit(self) -> None:
        """Show the whole picture."""
        self.view.fit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take pictures, and people where there are faces to put them into."""
        if first_picture(event.mimeData()) is not None:
            event.acceptProposedAction()
            self.view.mark(True)
        elif dropped_person(event.mimeData()) is not None and self._faces.some:
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Light the face that would take the person."""
        if dropped_person(event.mimeData()) is not None:
            self._faces.hover(self._face_at(event.position()))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They went elsewhere."""
        self.view.mark(False)
        self._faces.hover(None)

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell which picture was dropped, of several the first, or who, and onto which face."""
        self.view.mark(False)
        self._faces.hover(None)
        person = dropped_person(event.mimeData())
        if person is not None:
            event.acceptProposedAction()
            self.personDropped.emit(self._face_at(event.position()), person)
            return
        path = first_picture(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.pictureDropped.emit(path)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Backslash held down shows what was before, Escape ends a stroke or lays the tool down."""
        if event.key() == Qt.Key.Key_Backslash and not event.isAutoRepeat():
            self._hold_before(True)
        elif event.key() == Qt.Key.Key_Escape and self.editor.tool != POINTER:
            self.editor.choose(POINTER)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Let go of backslash."""
        if event.key() == Qt.Key.Key_Backslash and not event.isAutoRepeat():
            self._hold_before(False)
        else:
            super().keyReleaseEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Cancel the stroke in progress, as nobody sees the canvas any more."""
        self.editor.cancel()
        self._hold_before(False)
        super().hideEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._built:
            self._mask.recolour()
            self.view.viewport().update()

    def _connect(self) -> None:
        editor, view, act = self.editor, self.view, self.commands
        editor.edited.connect(self.maskChanged)
        editor.edited.connect(self._refresh)
        editor.painted.connect(self._mask.repaint)
        editor.layerChanged.connect(self._layer_changed)
        editor.toolChanged.connect(self._tool_changed)
        editor.shapeChanged.connect(self._show_shape)
        editor.busyChanged.connect(self._refresh)
        editor.brush.changed.connect(self._resize_ring)
        view.viewChanged.connect(self._place)
        view.pointed.connect(self._pointed)
        view.clicked.connect(self._clicked)
        self._parts.wanted.connect(self.partsWanted)
        self._parts.chosen.connect(editor.select)
        self._faces.clicked.connect(self.faceClicked)
        self._faces.dismissed.connect(self.faceDismissed)
        self._handle.moved.connect(self._compared)
        self.bar.beforeHeld.connect(self._hold_before)
        for name in canvas_actions.TOOLS:
            act[name].triggered.connect(lambda _=False, name=name: editor.choose(name))
        for operation in Operation:
            act[operation].triggered.connect(
                lambda _=False, operation=operation: editor.operate(operation, self.bar.amount.value())
            )
        act["undo"].triggered.connect(editor.undo)
        act["redo"].triggered.connect(editor.redo)
        act["compare"].toggled.connect(self._refresh)
        act["zoom-in"].triggered.connect(lambda: view.zoom_by(1))
        act["zoom-out"].triggered.connect(lambda: view.zoom_by(-1))
        act["actual-size"].triggered.connect(lambda: view.zoom_to(1))
        act["fit"].triggered.connect(view.fit)
        act["copy"].triggered.connect(self.copy_picture)
        act["paste"].triggered.connect(self.pasteWanted)
        self.bar.mask_look.chosen.connect(self._mask.show_as)
        act["smaller"].triggered.connect(lambda: editor.brush.larger(-1))
        act["larger"].triggered.connect(lambda: editor.brush.larger(1))
        act["softer"].triggered.connect(lambda: editor.brush.harder(-1))
        act["harder"].triggered.connect(lambda: editor.brush.harder(1))
        act["swap"].triggered.connect(lambda: editor.choose(ERASER if editor.tool == BRUSH else BRUSH))

    def _pyramid(self, image: QImage | None) -> Pyramid | None:
        if image is None or image.isNull():
            return None
        made = Pyramid(image)
        made.ready.connect(self.view.viewport().update)
        return made

    def _lay(self, *, keep: bool) -> None:
        item = self._picture
        shown = next((part.image for part in (item.base, item.result) if part is not None), item.preview)
        area = QRectF(shown.rect()) if shown is not None else QRectF()
        if area != item.area or not keep:
            item.lay(area)
            self.view.show_area(area, keep=False)
        item.update()
        self._refresh()

    def _refresh(self) -> None:
        """Show what can be done now."""
        item, act, editor = self._picture, self.commands, self.editor
        empty = item.area.isEmpty()
        comparable = item.base is not None and item.result is not None
        can_mask = self._masking and editor.layer is not None and not editor.busy
        masked = can_mask and editor.layer is not None and not editor.layer.empty
        for name in (*canvas_actions.TOOLS, "invert", "swap", "smaller", "larger", "softer", "harder"):
            act[name].setEnabled(can_mask)
        for name in ("grow", "shrink", "feather", "clear"):
            act[name].setEnabled(masked)
        act["undo"].setEnabled(can_mask and self.undo_stack.canUndo())
        act["redo"].setEnabled(can_mask and self.undo_stack.canRedo())
        for name in ("fit", "zoom-in", "zoom-out", "actual-size", "copy"):
            act[name].setEnabled(not empty)
        act["compare"].setEnabled(comparable)
        act[PART].setVisible(self._offers_parts)
        act["paste"].setVisible(self._offers_parts)
        self.bar.show_masking(self._masking)
        self.bar.show_parts(self._offers_parts)
        self.bar.show_comparing(comparable)
        item.show_sides(self._handle.split if act["compare"].isChecked() else None, self._held_before and comparable)
        # A finished result is looked at without tints, unless somebody goes on painting the mask
        looking = (item.result is not None and editor.tool == POINTER) or item.only_base or item.preview is not None
        self._mask.setVisible(not looking)
        self._faces.show(not item.only_base)
        self._empty.setVisible(empty)
        self._card.setVisible(editor.ring is not None and self._masking)
        self._parts.activate(self._masking and editor.tool == PART and editor.layer is not None)
        self.view.show_cursor()
        self._place()

    def _place(self) -> None:
        """Put what floats over the stage where it belongs."""
        view, stage = self.view, self.view.viewport().rect()
        scale = view.transform().m11()
        for item in (self._mask, self._shape, self._ring):
            item.zoomed(scale)
        self._picture.crisp = not view.fitted
        shown = view.viewportTransform().mapRect(self._picture.area)
        self._faces.place(shown.topLeft(), scale, stage)
        self._parts.place(scale, stage)
        self._handle.place(shown if self._picture.compared else None, stage)
        self._empty.setGeometry(stage)
        self._card.fit(stage.width())
        self._card.move((stage.width() - self._card.width()) // 2, stage.height() - self._card.height() - SPACE * 2)
        self._card.raise_()
        self.bar.show_zoom(None if self._picture.area.isEmpty() else view.zoom)

    def _layer_changed(self) -> None:
        self._mask.show_layer(self.editor.layer)
        self._refresh()

    def _tool_changed(self, tool: str) -> None:
        self.commands[tool].setChecked(True)
        if self.drawing:  # strokes are to be seen
            self._picture.preview = None
            self._picture.update()
        self._refresh()
        if self.editor.ring is None:
            self._ring.show_at(None, None)

    def _show_shape(self, path: QPainterPath | None) -> None:
        self._shape.show_path(path)

    def _resize_ring(self) -> None:
        if self._ring.isVisible():
            self._ring.show_at(self._ring.pos(), self.editor.ring)

    def _pointed(self, point: QPointF | None) -> None:
        drawing = self.editor.drawing
        self._ring.show_at(point if drawing else None, self.editor.ring)
        self._parts.point(point, self.view.viewportTransform().map(point) if point is not None else None)
        face = self._faces.at(point) if point is not None and not drawing else None
        self._faces.hover(face)
        hand, arrow = Qt.CursorShape.PointingHandCursor, Qt.CursorShape.ArrowCursor
        self.view.show_cursor(hand if face is not None else arrow)

    def _clicked(self, point: QPointF) -> None:
        face = self._faces.at(point)
        if face is not None:
            self.faceClicked.emit(face)

    def _face_at(self, point: QPointF) -> int | None:
        """The face, or the chip of one, under a point of this widget."""
        at = self.view.viewport().mapFrom(self, point)
        return self._faces.under(at, self.view.to_picture(at))

    def _compared(self, split: float) -> None:
        self._picture.show_sides(split, self._picture.only_base)
        self._place()

    def _hold_before(self, held: bool) -> None:
        if held != self._held_before:
            self._held_before = held
            self._refresh()

    def _empty_state(self) -> EmptyState:
        text = self.tr("Describe a portrait on the right, or drop a picture here to use it as the scene")
        made = EmptyState("picture", self.tr("Your picture appears here"), text, parent=self.view.viewport())
        made.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        made.lower()
        return made
