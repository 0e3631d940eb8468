"""Icons of buttons in the colours of the theme that is on."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QAbstractButton

from facea_desktop.ui.icons import icon
from facea_desktop.ui.theme import colours


def redraw_icons(icons: Mapping[QAbstractButton, str]) -> None:
    """Draw the icons of these buttons again: another theme has other colours."""
    for button, name in icons.items():
        button.setIcon(icon(name, colours().on_accent if button.property("primary") else None))
