"""Selecting parts of faces: what lies under the pointer is outlined and named, and a card offers the parts by name."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QPointF, QRect, QRectF, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from facea_desktop.ui.canvas.floating_labels import FloatingLabel
from facea_desktop.ui.canvas.mask_tools import Combine
from facea_desktop.ui.canvas.overlay_items import PartItem
from facea_desktop.ui.canvas.part_card import PartCard
from facea_desktop.ui.canvas.part_map import PartChoice, PartMap, part_title
from facea_desktop.ui.theme import SPACE

_AWAY = QPoint(14, 16)  # of the name from the pointer


class PartPicker(QObject):
    """The outline in the scene, the name at the pointer and the card, kept together.

    Attributes:
        parts: of the picture, None while they are not known.
    """

    wanted = Signal()
    """The parts of the picture are needed; they come by ``show_parts``."""
    chosen = Signal(PartChoice, Combine)
    """A part of the card."""

    def __init__(self, stage: QWidget) -> None:
        super().__init__(stage)
        self.parts: PartMap | None = None
        self.item = PartItem()
        self.card = PartCard(stage)
        self._stage = stage
        self._tag = FloatingLabel("", stage)
        self._tag.setObjectName("partTag")
        self._scale = 1.0
        self._active = False
        self._asked = False
        self._message = ""
        self._face: QRectF | None = None
        self._shown: tuple[PartChoice, float] | None = None
        self.card.chosen.connect(self._named)
        self.card.meant.connect(self._meant)

    def activate(self, on: bool) -> None:
        """The tool is taken in hand, or laid down."""
        fresh = on and not self._active
        self._active = on
        if fresh and self.parts is None and not self._asked:
            self._asked = True
            self._message = self.tr("Detecting the parts of the face…")
            self.wanted.emit()
        if not on:
            self.point(None, None)
            focus = QApplication.focusWidget()
            if focus is not None and self.card.isAncestorOf(focus):
                self._stage.setFocus()
        self._refresh()

    def show_parts(self, parts: PartMap | None, message: str = "") -> None:
        """These are the picture's parts; without, a message says why there are none."""
        self.parts, self._message, self._asked = parts, message, False
        self.point(None, None)
        self._refresh()

    def show_face(self, box: QRectF | None) -> None:
        """The face that the card's names are about."""
        self._face = box

    def place(self, scale: float, stage: QRect) -> None:
        """Put the card at the foot of the stage; ``scale`` is screen pixels per picture pixel."""
        self._scale = scale
        self.item.zoomed(scale)
        card = self.card
        card.fit(stage.width() - SPACE * 2)
        card.move((stage.width() - card.width()) // 2, stage.height() - card.height() - SPACE * 2)
        card.raise_()

    def point(self, point: QPointF | None, at: QPointF | None) -> None:
        """The pointer is over a point of the picture, ``at`` on the stage; None when it left or draws otherwise."""
        known = self.parts if self._active else None
        choice = known.at(point) if known is not None and point is not None else None
        self._outline(choice)
        if choice is None or at is None:
            self._tag.hide()
            return
        self._tag.set_message(part_title(choice.part))
        room = self._stage.rect().adjusted(4, 4, -4 - self._tag.width(), -4 - self._tag.height())
        corner = at.toPoint() + _AWAY
        self._tag.show_at(QPoint(min(corner.x(), room.right()), min(corner.y(), room.bottom())))

    @Slot(str, Combine)
    def _named(self, part: str, how: Combine) -> None:
        if self.parts is not None:
            self.chosen.emit(self.parts.named(part, self._face), how)

    @Slot(object)
    def _meant(self, part: str | None) -> None:
        self._tag.hide()
        known = self.parts if self._active else None
        self._outline(known.named(part, self._face) if known is not None and part is not None else None)

    def _outline(self, choice: PartChoice | None) -> None:
        wanted = (choice, self._scale) if choice is not None else None
        if wanted != self._shown:
            self._shown = wanted
            known = self.parts if choice is not None else None
            self.item.show_path(known.outline(choice, self._scale) if known and choice else None)

    def _refresh(self) -> None:
        self.card.set_message(self._message if self.parts is None else "")
        self.card.setVisible(self._active and (self.parts is not None or bool(self._message)))
