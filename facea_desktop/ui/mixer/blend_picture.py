"""The face of a blend, large; between two pictures that were drawn, one fades into the other."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from facea_desktop.ui.theme import RADIUS, colours

_LEAST, _MOST = 160, 420


class BlendPicture(QWidget):
    """A square with round corners, as wide as there is room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._below, self._above, self._share = QImage(), QImage(), 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(_LEAST)
        self.setMaximumWidth(_MOST)
        self.setAccessibleName(self.tr("Face of the blend"))

    def show_pictures(self, below: QImage, above: QImage | None = None, share: float = 0.0) -> None:
        """Show a picture, with ``share`` of another one over it."""
        self._below, self._above, self._share = below, above or QImage(), share
        self.update()

    def sizeHint(self) -> QSize:
        """A square."""
        side = min(max(self.width(), _LEAST), _MOST)
        return QSize(side, side)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As high as wide."""
        super().resizeEvent(event)
        self.setFixedHeight(min(max(event.size().width(), _LEAST), _MOST))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw one picture into the other."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        box, path = QRectF(self.rect()), QPainterPath()
        path.addRoundedRect(box, RADIUS, RADIUS)
        painter.setClipPath(path)
        painter.fillRect(box, QColor(colours().stage))
        for picture, opacity in ((self._below, 1.0), (self._above, self._share)):
            if not picture.isNull() and opacity > 0:
                painter.setOpacity(opacity)
                size = picture.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
                area = QRectF((self.width() - size.width()) / 2, (self.height() - size.height()) / 2, 0, 0)
                area.setSize(size)
                painter.drawImage(area, picture)
