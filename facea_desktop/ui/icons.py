"""Icons: SVG files of one stroke, drawn in the colours of the theme in use whenever they are painted."""

from __future__ import annotations

from functools import cache
from typing import ClassVar, Literal, TypeAlias

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPaintEvent, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QLabel
from shiboken6 import isValid

from facea_desktop.resources import resource
from facea_desktop.ui.theme import colours

Tone: TypeAlias = Literal["text", "muted", "accent", "on_accent", "good", "warn", "bad"]
"""A colour of ``Colours`` by its name."""


def icon(name: str, tone: Tone = "text", *, on: Tone | None = None) -> QIcon:
    """The icon ``resources/icons/<name>.svg``, which follows the theme.

    Args:
        tone: its colour; one that is disabled is muted.
        on: its colour while what it stands for is switched on; None changes nothing.

    Raises:
        FileNotFoundError: there is no such icon.
    """
    return QIcon(_ThemedIconEngine(name, tone, on or tone))


def paint_icon(painter: QPainter, area: QRectF, name: str, tone: Tone = "text") -> None:
    """Draw an icon, as large as ``area``.

    Raises:
        FileNotFoundError: there is no such icon.
    """
    _drawing(name, colour_of(tone)).render(painter, area)


def colour_of(tone: Tone) -> str:
    """What a tone is in the theme in use, as "#rrggbb"."""
    colour: str = getattr(colours(), tone)
    return colour


class IconLabel(QLabel):
    """A label with an icon of ``side`` pixels in its middle, or without one while there is no name."""

    def __init__(self, side: int, name: str = "", tone: Tone = "text") -> None:
        super().__init__()
        self._side, self._name, self._tone = side, name, tone
        self.setMinimumSize(side, side)

    def show_icon(self, name: str, tone: Tone = "text") -> None:
        """Show another icon, or another colour of it."""
        self._name, self._tone = name, tone
        self.update()

    def sizeHint(self) -> QSize:
        """The icon alone."""
        return QSize(self._side, self._side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The label's picture and frame, and the icon."""
        super().paintEvent(event)
        if self._name:
            area = QRectF(0, 0, self._side, self._side)
            area.moveCenter(QRectF(self.rect()).center())
            paint_icon(QPainter(self), area, self._name, self._tone)


class _ThemedIconEngine(QIconEngine):
    """Draws one SVG at whatever size and scale is asked for, so that nothing is kept that another theme makes wrong."""

    _clones: ClassVar[list[QIconEngine]] = []

    def __init__(self, name: str, tone: Tone, on: Tone) -> None:
        super().__init__()
        _source(name)  # fail at the call for a missing icon, not while painting
        self._name, self._tone, self._on = name, tone, on

    def clone(self) -> QIconEngine:
        made = _ThemedIconEngine(self._name, self._tone, self._on)
        # Qt owns it from here on, but PySide would free it with its last reference; it knows what Qt has deleted.
        self._clones[:] = [one for one in self._clones if isValid(one)] + [made]
        return made

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        tone = self._on if state is QIcon.State.On else self._tone
        paint_icon(painter, QRectF(rect), self._name, "muted" if mode is QIcon.Mode.Disabled else tone)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        drawn = QPixmap(size)
        if drawn.isNull():  # what shows it has no room
            return drawn
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        self.paint(painter, drawn.rect(), mode, state)
        painter.end()
        return drawn


@cache
def _source(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")


@cache
def _drawing(name: str, colour: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))
