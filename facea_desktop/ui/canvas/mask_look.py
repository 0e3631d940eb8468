"""How the mask is shown over the picture: its colour and how much of the picture it covers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Literal, get_args

from PySide6.QtCore import Signal
from PySide6.QtGui import QActionGroup, QColor
from PySide6.QtWidgets import QMenu, QWidget

from facea_desktop.ui.theme import colours

MaskColour = Literal["accent", "red", "green", "blue", "yellow"]
OPACITIES = (0, 25, 50, 75, 100)
"""In percent; 0 leaves the outline alone."""
_COLOURS = {"red": "#e5484d", "green": "#30a46c", "blue": "#3b82f6", "yellow": "#f5d90a"}


@dataclass(frozen=True)
class MaskLook:
    """A colour, and the opacity in percent where the mask is whole."""

    colour: MaskColour = "accent"
    opacity: int = 50

    def shade(self) -> QColor:
        """The colour in the theme in use."""
        return QColor(_COLOURS.get(self.colour, colours().accent))


class MaskLookMenu(QMenu):
    """Chooses a colour and an opacity."""

    chosen = Signal(object)
    """A MaskLook."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("Mask colour and opacity"))
        self.look = MaskLook()
        names = {
            "accent": self.tr("Colour of the theme"),
            "red": self.tr("Red"),
            "green": self.tr("Green"),
            "blue": self.tr("Blue"),
            "yellow": self.tr("Yellow"),
        }
        by_colour, by_opacity = QActionGroup(self), QActionGroup(self)
        for colour in get_args(MaskColour):
            self._add(by_colour, names[colour], "colour", colour)
        self.addSeparator()
        for opacity in OPACITIES:
            text = self.tr("{percent} %").format(percent=opacity) if opacity else self.tr("Outline only")
            self._add(by_opacity, text, "opacity", opacity)
        self.show_look(self.look)

    def show_look(self, look: MaskLook) -> None:
        """Mark what is in use."""
        self.look = look
        for action in self.actions():
            if isinstance(said := action.data(), str):
                part, _, value = said.partition("=")
                action.setChecked(str(getattr(look, part)) == value)

    def _add(self, group: QActionGroup, text: str, part: str, value: str | int) -> None:
        action = self.addAction(text)
        action.setCheckable(True)
        action.setData(f"{part}={value}")
        group.addAction(action)
        action.triggered.connect(partial(self._choose, part, value))

    def _choose(self, part: str, value: str | int) -> None:
        self.show_look(replace(self.look, **{part: value}))  # type: ignore[arg-type]  # one of its own fields
        self.chosen.emit(self.look)
