"""Icons that stay readable when the theme changes."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QWidget

from facea_desktop.ui.icons import icon
from facea_desktop.ui.theme import colours


class IconKeeper(QObject):
    """Draws the icons of these buttons and actions, and draws them anew when ``host`` is dressed in another theme."""

    def __init__(self, host: QWidget, icons: Mapping[QAbstractButton | QAction, str]) -> None:
        super().__init__(host)
        self._icons = dict(icons)
        self._draw()
        host.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The theme changed."""
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()
        return False

    def _draw(self) -> None:
        for shown, name in self._icons.items():
            colour = None
            if shown.property("primary"):
                colour = colours().on_accent
            elif shown.property("danger"):
                colour = colours().bad
            shown.setIcon(icon(name, colour))
