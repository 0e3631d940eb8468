"""The four places of a mix, and the choice of who gives."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from facea_desktop.domain.faces import Attribute
from facea_desktop.ui.mixer.attribute_slot import AttributeSlot
from facea_desktop.ui.mixer.mix import EYES, Mix
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import column


class SlotTable(QWidget):
    """Left eye, right eye, nose and mouth; both eyes are one place while they are linked.

    Attributes:
        slots_of: the place of each attribute.
        link_box: whether both eyes are one.
    """

    dropped = Signal(object, str, str)
    """As an ``AttributeSlot`` says it, and what follows."""
    chooseWanted = Signal(object, str)
    addWanted = Signal(object)
    strengthChanged = Signal(object, str, float)
    cleared = Signal(object, str)
    hovered = Signal(object, bool)
    linkChanged = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        titles = {
            Attribute.LEFT_EYE: self.tr("Left eye"),
            Attribute.RIGHT_EYE: self.tr("Right eye"),
            Attribute.NOSE: self.tr("Nose"),
            Attribute.MOUTH: self.tr("Mouth"),
        }
        self.slots_of = {one: AttributeSlot(one, title, self) for one, title in titles.items()}
        for slot in self.slots_of.values():
            slot.dropped.connect(self.dropped)
            slot.chooseWanted.connect(self.chooseWanted)
            slot.addWanted.connect(self.addWanted)
            slot.strengthChanged.connect(self.strengthChanged)
            slot.cleared.connect(self.cleared)
            slot.hovered.connect(self.hovered)
        self.link_box = QCheckBox(self.tr("&Both eyes from the same person"))
        self.link_box.setObjectName("linkEyes")
        self.link_box.setToolTip(self.tr("Changes to one eye also apply to the other"))
        self.link_box.toggled.connect(self._linked)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(SPACE)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self._place(linked=False)
        self.setLayout(column(self._grid, self.link_box))

    def show_mix(self, mix: Mix, crops: Mapping[tuple[str, Attribute], QImage | None]) -> None:
        """Show who gives what; a crop that is not loaded yet is left open."""
        for attribute, slot in self.slots_of.items():
            sources = mix.sources.get(attribute, ())
            slot.show_sources(sources, {one.giver.id: crops.get((one.giver.id, attribute)) for one in sources})

    @Slot(bool)
    def _linked(self, linked: bool) -> None:
        self._place(linked=linked)
        self.linkChanged.emit(linked)

    def _place(self, *, linked: bool) -> None:
        left, right = (self.slots_of[eye] for eye in EYES)
        self._grid.addWidget(left, 0, 0, 1, 2 if linked else 1, Qt.AlignmentFlag(0))
        left.set_title(self.tr("Both eyes") if linked else self.tr("Left eye"))
        right.setVisible(not linked)
        if linked:
            self._grid.removeWidget(right)
        else:
            self._grid.addWidget(right, 0, 1)
        self._grid.addWidget(self.slots_of[Attribute.NOSE], 1, 0)
        self._grid.addWidget(self.slots_of[Attribute.MOUTH], 1, 1)
