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
    QUndoStack,
)
from PySide6.QtWidgets import QWidget

from facea_desktop.domain.faces import Face
from facea_desktop.ui.canvas import canvas_actions
from facea_desktop.ui.canvas.canvas_overlays import CanvasOverlays
from facea_desktop.ui.canvas.canvas_view import CanvasView
from facea_desktop.ui.canvas.mask_editing import PART, POINTER, MaskEditing
from facea_desktop.ui.canvas.mask_look import MaskLook
from facea_desktop.ui.canvas.part_map import PartMap
from facea_desktop.ui.canvas.picture_item import PictureItem, Pyramid
from facea_desktop.ui.canvas.tool_bar import ToolBar
from facea_desktop.ui.drag_and_drop import dropped_person, first_picture
from facea_desktop.ui.widgets import column

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
        self._picture = PictureItem()
        self.view.scene().addItem(self._picture)
        self._overlays = CanvasOverlays(self.view, self._picture, self.editor)
        self._masking = self._offers_parts = False
        self._held_before = False
        self.setAcceptDrops(True)
        layout = column(self.bar, self.view, space=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.setFocusProxy(self.view)
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
            self._overlays.faces.set((), _NOBODY, None)
            self._overlays.parts.show_face(None)
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
        self._overlays.parts.show_parts(parts, message)
        self._overlays.place()

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
        self._overlays.faces.set(faces, labels, chosen)
        lead = chosen if lead is None else lead
        self._overlays.parts.show_face(self._overlays.faces.item.boxes[lead] if lead is not None else None)
        self._overlays.place()

    def show_compare(self, on: bool) -> None:
        """Show a result beside what was before, or alone."""
        self.commands["compare"].setChecked(on)

    def show_mask_as(self, look: MaskLook) -> None:
        """Show the mask in this colour and opacity."""
        self.bar.mask_look.show_look(look)
        self._overlays.mask.show_as(look)

    def copy_picture(self) -> None:
        """Put the picture that is shown on the clipboard: the result where there is one, else what it is made from."""
        shown = self._picture.result or self._picture.base
        if shown is not None:
            QGuiApplication.clipboard().setImage(shown.image)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take pictures, and people where there are faces to put them into."""
        if first_picture(event.mimeData()) is not None:
            event.acceptProposedAction()
            self.view.mark(True)
        elif dropped_person(event.mimeData()) is not None and self._overlays.faces.some:
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Light the face that would take the person."""
        if dropped_person(event.mimeData()) is not None:
            self._overlays.faces.hover(self._face_at(event.position()))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They went elsewhere."""
        self.view.mark(False)
        self._overlays.faces.hover(None)

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell which picture was dropped, of several the first, or who, and onto which face."""
        self.view.mark(False)
        self._overlays.faces.hover(None)
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
            self._overlays.mask.recolour()
            self.view.viewport().update()

    def _connect(self) -> None:
        editor, view, act = self.editor, self.view, self.commands
        editor.edited.connect(self.maskChanged)
        editor.edited.connect(self._refresh)
        editor.layerChanged.connect(self._refresh)
        editor.toolChanged.connect(self._tool_changed)
        editor.busyChanged.connect(self._refresh)
        view.viewChanged.connect(self._show_zoom)
        view.clicked.connect(self._clicked)
        self._overlays.parts.wanted.connect(self.partsWanted)
        self._overlays.parts.chosen.connect(editor.select)
        self._overlays.faces.clicked.connect(self.faceClicked)
        self._overlays.faces.dismissed.connect(self.faceDismissed)
        self.bar.beforeHeld.connect(self._hold_before)
        self.bar.mask_look.chosen.connect(self._overlays.mask.show_as)
        canvas_actions.connect(act, editor, view, self.bar.amount.value)
        act["compare"].toggled.connect(self._refresh)
        act["copy"].triggered.connect(self.copy_picture)
        act["paste"].triggered.connect(self.pasteWanted)

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
        item, act = self._picture, self.commands
        comparable = item.base is not None and item.result is not None
        canvas_actions.enable(
            act, self.editor, masking=self._masking, shown=not item.area.isEmpty(), comparable=comparable
        )
        act[PART].setVisible(self._offers_parts)
        act["paste"].setVisible(self._offers_parts)
        self.bar.show_masking(self._masking)
        self.bar.show_parts(self._offers_parts)
        self.bar.show_comparing(comparable)
        self._overlays.show(
            masking=self._masking,
            comparing=act["compare"].isChecked(),
            before=self._held_before and comparable,
        )
        self._show_zoom()

    def _show_zoom(self) -> None:
        self.bar.show_zoom(None if self._picture.area.isEmpty() else self.view.zoom)

    def _tool_changed(self, tool: str) -> None:
        self.commands[tool].setChecked(True)
        if self.drawing:  # strokes are to be seen
            self._picture.preview = None
            self._picture.update()
        self._refresh()

    def _clicked(self, point: QPointF) -> None:
        face = self._overlays.faces.at(point)
        if face is not None:
            self.faceClicked.emit(face)

    def _face_at(self, point: QPointF) -> int | None:
        """The face, or the chip of one, under a point of this widget."""
        at = self.view.viewport().mapFrom(self, point)
        return self._overlays.faces.under(at, self.view.to_picture(at))

    def _hold_before(self, held: bool) -> None:
        if held != self._held_before:
            self._held_before = held
            self._refresh()
