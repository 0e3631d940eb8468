"""Small things that float over the stage, drawn so that they can be read on any picture."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from facea_desktop.ui.theme import colours

PILL = 24
"""Height of a pill."""


SHADE, LIGHT = QColor(0, 0, 0, 125), QColor(255, 255, 255)
"""A dark line under a light one shows on every picture."""


def screen_pen(painter: QPainter, colour: QColor, width: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    """A pen whose width, in logical screen pixels, is the same at every zoom."""
    pen = QPen(colour, width * painter.device().devicePixelRatioF(), style)  # cosmetic pens count device pixels
    pen.setCosmetic(True)
    return pen


def draw_pill(painter: QPainter, rect: QRectF, fill: str, line: str | None = None, width: float = 1.0) -> None:
    """A rounded shape with a hairline about it."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ground = QColor(fill)
    ground.setAlpha(235)
    painter.setBrush(ground)
    painter.setPen(QPen(QColor(line or fill), width))
    inner = rect.adjusted(width, width, -width, -width)
    painter.drawRoundedRect(inner, inner.height() / 2, inner.height() / 2)


class FloatingLabel(QWidget):
    """A word that lies over the picture and lets the pointer through."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = text
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.resize(self.sizeHint())
        self.hide()

    def set_message(self, text: str) -> None:
        """Show another word."""
        if text != self._text:
            self._text = text
            self.resize(self.sizeHint())
            self.update()

    def sizeHint(self) -> QSize:
        """As wide as the word."""
        return QSize(self.fontMetrics().horizontalAdvance(self._text) + 22, PILL)

    def show_at(self, corner: QPoint) -> None:
        """Show it with its upper left corner there."""
        self.resize(self.sizeHint())
        self.move(corner)
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the word on a pill."""
        painter = QPainter(self)
        draw_pill(painter, QRectF(self.rect()), colours().panel, colours().line)
        painter.setPen(QColor(colours().text))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)
