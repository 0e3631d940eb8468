"""Widgets shared by the settings pages."""

from __future__ import annotations

import html
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QEvent, QRectF, Qt, Slot
from PySide6.QtGui import QColor, QCursor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLayout,
    QProgressBar,
    QScrollArea,
    QSizePolicy,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from facea_desktop.domain.errors import UserError
from facea_desktop.ui.desktop_services import show_address
from facea_desktop.ui.theme import SPACE, colours
from facea_desktop.ui.widgets import column, label, row

PAGE_WIDTH = 860
"""Lines longer than this are tiring to read."""


class SettingsSubpage(QScrollArea):
    """A scrolling page with a title, an introduction and cards below each other."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body: QVBoxLayout = column(space=SPACE * 2)
        inner = QWidget()
        inner.setMaximumWidth(PAGE_WIDTH)
        inner.setLayout(self.body)
        outer = row(inner)
        outer.addStretch()
        outer.setStretch(0, 1000)
        holder = QWidget()
        frame = column(outer)
        frame.setContentsMargins(SPACE * 3, SPACE * 3, SPACE * 3, SPACE * 3)
        frame.addStretch()
        holder.setLayout(frame)
        self.setWidget(holder)

    def set_heading(self, title: str, intro: str) -> None:
        """Put a title and an introduction above everything."""
        self.body.insertLayout(0, column(label(title, "title"), label(intro, "hint", wrap=True), space=4))


class SlimBar(QProgressBar):
    """A bar without words that is seen on a card, whose colour is that of the theme's own track."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextVisible(False)
        self.setFixedHeight(6)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The track, and the part that is done."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours().line))
        painter.drawRoundedRect(self.rect(), 3, 3)
        whole = max(self.maximum() - self.minimum(), 1)
        done = max(self.width() * (self.value() - self.minimum()) / whole, 0)
        painter.setBrush(QColor(colours().accent))
        painter.drawRoundedRect(QRectF(0, 0, done, self.height()), 3, 3)


def card(*rows: QWidget | QLayout) -> QFrame:
    """A framed group of rows."""
    made = QFrame()
    made.setProperty("card", True)
    made.setLayout(column(*rows, margin=SPACE * 2, space=SPACE * 3 // 2))
    return made


def setting(title: str, hint: str, control: QWidget, name: str = "") -> QWidget:
    """A setting: what it is, in smaller words what it does, and at the right what changes it."""
    control.setAccessibleName(title)
    if hint:
        control.setAccessibleDescription(hint)
        control.setToolTip(hint)
    if name:
        control.setObjectName(name)
    words = column(label(title), *([label(hint, "hint", wrap=True)] if hint else []), space=2)
    made = QWidget()
    layout = row(space=SPACE * 3)
    layout.addLayout(words, 1)
    layout.addWidget(control, 0, Qt.AlignmentFlag.AlignTop)
    made.setLayout(layout)
    return made


def path_label(path: Path | str) -> QLabel:
    """A path that can be selected, broken where it is too long."""
    made = label(str(path), wrap=True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return made


def empty(layout: QLayout) -> None:
    """Take every widget out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()


def link(text: str, address: str) -> str:
    """A link for a ``Linked``."""
    return f'<a href="{html.escape(address)}">{html.escape(text)}</a>'


class Linked(QLabel):
    """A text with links, which open in the browser when they are clicked and never before."""

    def __init__(self, text: str, kind: Literal["hint", ""] = "") -> None:
        super().__init__(text)
        if kind:
            self.setProperty(kind, True)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.linkActivated.connect(self._open)

    def changeEvent(self, event: QEvent) -> None:
        """Give the links the colour of another theme, which they take when the text is read."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            text = self.text()
            self.clear()
            self.setText(text)

    @Slot(str)
    def _open(self, address: str) -> None:
        try:
            show_address(address)
        except UserError as error:
            QToolTip.showText(QCursor.pos(), str(error), self)
