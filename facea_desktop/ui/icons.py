"""Icons: SVG files of one stroke, drawn in the theme's colours."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from facea_desktop.resources import resource
from facea_desktop.ui.theme import colours

_SIDES = (16, 24, 32, 48)


def icon(name: str, colour: str | None = None) -> QIcon:
    """The icon ``resources/icons/<name>.svg`` in ``colour``, by default that of text.

    Raises:
        FileNotFoundError: there is no such icon.
    """
    return _drawn(name, colour or colours().text, colours().muted)


@cache
def _drawn(name: str, colour: str, disabled: str) -> QIcon:
    made = QIcon()
    for side in _SIDES:
        made.addPixmap(pixmap(name, side, colour))
        made.addPixmap(pixmap(name, side, disabled), QIcon.Mode.Disabled)
    return made


def pixmap(name: str, side: int, colour: str | None = None) -> QPixmap:
    """One icon as a picture of ``side`` pixels."""
    source = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(source.replace("currentColor", colour or colours().text).encode()))
    drawn = QPixmap(side, side)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    return drawn
