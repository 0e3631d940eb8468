"""A place for one attribute: who gives it, and how much of it each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QEnterEvent, QImage
from PySide6.QtWidgets import QFrame, QWidget

from facea_desktop.domain.faces import Attribute
from facea_desktop.domain.mix_requests import MOST_GIVERS
from facea_desktop.ui.drag_and_drop import dropped_person
from facea_desktop.ui.mixer.giver_row import TOOL_PX, GiverRow, small_tool
from facea_desktop.ui.mixer.mix import LEAST, MixSource
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import column, label, row


class AttributeSlot(QFrame):
    """One attribute; ``show_sources`` says who gives it.

    Attributes:
        rows: of those who give it; while nobody does, the first is the place for somebody who will.
    """

    dropped = Signal(object, str, str)
    """The Attribute, the id of the person who was dropped here, and of whom they were dropped on, if anybody."""
    chooseWanted = Signal(object, str)
    """The Attribute, and the id of who is to be replaced; empty for all who give it, and where nobody does yet."""
    addWanted = Signal(object)
    strengthChanged = Signal(object, str, float)
    """The Attribute, whose, and LEAST to 1."""
    cleared = Signal(object, str)
    hovered = Signal(object, bool)

    def __init__(self, attribute: Attribute, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.attribute = attribute
        self._sources: Sequence[MixSource] = ()
        self._crops: Mapping[str, QImage | None] = {}
        self.setObjectName(f"slot_{attribute}")
        self.setProperty("card", True)
        self.setAcceptDrops(True)
        self.setAccessibleName(title)
        self._title = label(title, "hint")
        self._title.setMinimumHeight(TOOL_PX)
        self.add_button = small_tool("add", self.tr("Blend in someone else's"), self._add, name=f"add_{attribute}")
        self.rows: list[GiverRow] = []
        top = row(self._title, self.add_button, space=0)
        top.setStretch(0, 1)
        top.setContentsMargins(2, 0, 0, 0)
        self._givers = column(space=SPACE // 2)
        layout = column(top, self._givers, margin=SPACE, space=SPACE // 2)
        layout.addStretch(1)
        self.setLayout(layout)
        self._show()

    def show_sources(self, sources: Sequence[MixSource], crops: Mapping[str, QImage | None]) -> None:
        """Show who gives it.

        Args:
            crops: what it looks like on them, by their ids; one that is not loaded yet is left open.
        """
        self._sources, self._crops = sources, crops
        self._show()

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
            spot = event.position().toPoint()
            under = (each for each in self.rows if each.isVisible() and each.geometry().contains(spot))
            self.dropped.emit(self.attribute, person, next((each.giver for each in under), ""))

    def enterEvent(self, event: QEnterEvent) -> None:
        """Light the region on the face."""
        self.hovered.emit(self.attribute, True)

    def leaveEvent(self, event: QEvent) -> None:
        """And let it be."""
        self.hovered.emit(self.attribute, False)

    def _show(self) -> None:
        sources = self._sources
        places = max(1, len(sources))
        while len(self.rows) < places:
            self.rows.append(self._new_row(len(self.rows)))
        for number, each in enumerate(self.rows):
            each.setVisible(number < places)
            source = sources[number] if number < len(sources) else None
            each.show_crop(None if source is None else self._crops.get(source.giver.id))
            each.show_source(source, self._title.text(), 1 - LEAST * (len(sources) - 1))
        self.add_button.setVisible(0 < len(sources) < MOST_GIVERS)

    def _new_row(self, number: int) -> GiverRow:
        made = GiverRow(self.attribute, number, self)
        made.chooseWanted.connect(self._want)
        made.strengthChanged.connect(self._strength_moved)
        made.cleared.connect(self._clear)
        self._givers.addWidget(made)
        if self.rows:  # Tab goes from row to row
            QWidget.setTabOrder(self.rows[-1].clear_button, made.choose_button)
            QWidget.setTabOrder(made.choose_button, made.slider)
            QWidget.setTabOrder(made.slider, made.clear_button)
        return made

    def _add(self) -> None:
        self.addWanted.emit(self.attribute)

    def _want(self, giver: str) -> None:
        self.chooseWanted.emit(self.attribute, giver)

    def _strength_moved(self, giver: str, strength: float) -> None:
        self.strengthChanged.emit(self.attribute, giver, strength)

    def _clear(self, giver: str) -> None:
        self.cleared.emit(self.attribute, giver)
