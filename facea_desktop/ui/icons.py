"""Icons: SVG files of one stroke, drawn in the theme's colours."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QAction, QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from facea_desktop.resources import resource
from facea_desktop.ui.theme import colours

_SIDES = (16, 24, 32, 48)
_KEPT = "themedIcon"
"""Property of what has an icon that follows the theme: its name, tone, the drawing's key, and of a label its side."""


def icon(name: str, colour: str | None = None) -> QIcon:
    """The icon ``resources/icons/<name>.svg`` in ``colour``, by default that of text.

    Raises:
        FileNotFoundError: there is no such icon.
    """
    return _drawn(name, colour or colours().text, colours().muted)


@cache
def _drawn(name: str, colour: str, disabled: str) -> QIcon:
    made = QIcon()
    drawing = _read(name, colour)
    for side in _SIDES:
        drawn = _draw(drawing, side)
        made.addPixmap(drawn)
        made.addPixmap(_tinted(drawn, disabled), QIcon.Mode.Disabled)
    return made


def pixmap(name: str, side: int, colour: str | None = None) -> QPixmap:
    """One icon as a picture of ``side`` pixels."""
    return _draw(_read(name, colour or colours().text), side)


def set_icon(shown: QAbstractButton | QAction, name: str, tone: str = "text") -> None:
    """Give a button or an action an icon that follows the theme; ``tone`` is a colour of ``Colours``."""
    drawn = icon(name, getattr(colours(), tone))
    shown.setIcon(drawn)
    shown.setProperty(_KEPT, [name, tone, drawn.cacheKey()])


def set_picture(shown: QLabel, name: str, side: int, tone: str = "text") -> None:
    """Show an icon of ``side`` pixels of the window in a label, in a tone that follows the theme."""
    drawn = sharp(name, side, getattr(colours(), tone))
    shown.setPixmap(drawn)
    shown.setProperty(_KEPT, [name, tone, drawn.cacheKey(), side])


def redraw(app: QApplication) -> None:
    """Draw what ``set_icon`` and ``set_picture`` gave in the colours of now; what was changed since is left alone."""
    for window in app.topLevelWidgets():
        if window.parentWidget() is not None:
            continue  # its window's children are looked at with it
        shows: list[QAbstractButton | QAction] = [
            *window.findChildren(QAbstractButton),
            *window.findChildren(QAction),
        ]
        for shown in shows:
            if (kept := shown.property(_KEPT)) is not None and shown.icon().cacheKey() == kept[2]:
                set_icon(shown, kept[0], kept[1])
        for picture in window.findChildren(QLabel):
            if (kept := picture.property(_KEPT)) is not None and picture.pixmap().cacheKey() == kept[2]:
                set_picture(picture, kept[0], kept[3], kept[1])


def sharp(name: str, side: int, colour: str | None = None) -> QPixmap:
    """One icon to show in a label at ``side`` pixels of the window's, as fine as the densest screen can."""
    ratio = max(screen.devicePixelRatio() for screen in QGuiApplication.screens())
    drawn = pixmap(name, round(side * ratio), colour)
    drawn.setDevicePixelRatio(ratio)
    return drawn


def _read(name: str, colour: str) -> QSvgRenderer:
    source = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(source.replace("currentColor", colour).encode()))


def _draw(drawing: QSvgRenderer, side: int) -> QPixmap:
    drawn = QPixmap(side, side)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    drawing.render(painter, QRectF(0, 0, side, side))
    painter.end()
    return drawn


def _tinted(drawn: QPixmap, colour: str) -> QPixmap:
    tinted = QPixmap(drawn)
    painter = QPainter(tinted)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(tinted.rect(), QColor(colour))
    painter.end()
    return tinted
