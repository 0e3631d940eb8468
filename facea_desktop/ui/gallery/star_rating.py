"""Five stars that can be given with the mouse and the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from facea_desktop.library.portrait_notes import REJECTED
from facea_desktop.ui.gallery.portrait_tile import draw_star
from facea_desktop.ui.theme import colours

_STEP = 24
_MOST = 5


class StarRating(QWidget):
    """A rating; the star that is given already takes all stars back."""

    rated = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stars = 0
        self._hovered = 0
        self.setObjectName("galleryStarRow")
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedSize(self.sizeHint())
        self.setToolTip(self.tr("Click to rate, or press 0 to 5; X rejects"))
        self.show_stars(0)

    def show_stars(self, stars: int) -> None:
        """Show a rating of 0 to 5, or that the portrait was rejected."""
        self._stars = max(stars, 0)
        said = self.tr("Rejected") if stars == REJECTED else self.tr("Rating: {} of 5 stars").format(stars)
        self.setAccessibleName(said)
        self.update()

    def sizeHint(self) -> QSize:
        """Five stars."""
        return QSize(_STEP * _MOST, _STEP)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what a click would give."""
        self._hovered = self._at(event)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Give the stars up to the one that was clicked."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            stars = self._at(event)
            self._give(0 if stars == self._stars else stars)

    def leaveEvent(self, event: object) -> None:
        """Show the rating again."""
        self._hovered = 0
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits give, arrows change by one."""
        text = event.text()
        if text and text in "012345":
            self._give(int(text))
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = 1 if event.key() == Qt.Key.Key_Right else -1
            self._give(min(max(self._stars + step, 0), _MOST))
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the stars."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = self._hovered or self._stars
        for star in range(_MOST):
            filled = star < shown
            colour = QColor(colours().accent if filled or self.hasFocus() else colours().muted)
            draw_star(painter, QPointF(_STEP * (star + 0.5), _STEP / 2), 8, colour, filled=filled)

    def _at(self, event: QMouseEvent) -> int:
        return min(max(int(event.position().x() // _STEP) + 1, 1), _MOST)

    def _give(self, stars: int) -> None:
        self.show_stars(stars)
        self.rated.emit(stars)
