"""A ring around whatever the keyboard is at, drawn over the window so that it is seen on every kind of widget."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget
from shiboken6 import isValid

from facea_desktop.ui.theme import RADIUS, colours

_GAP_PX, _PEN_PX = 3, 2
_MOVES = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide)


class FocusRing(QObject):
    """Shows the ring in every window of the program once Tab or a shortcut moved the focus; a click hides it."""

    def __init__(self, app: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        self._shown: _Ring | None = None
        app.focusChanged.connect(self._follow)

    @Slot()
    def _follow(self) -> None:
        """The signal's own values are not taken: what had the focus may be half destroyed by now."""
        if self._shown is not None and isValid(self._shown):
            self._shown.surround(None)
        self._shown = None
        now = QApplication.focusWidget()
        if now is None or not now.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange):
            return
        if now.window().windowType() is not Qt.WindowType.Popup:
            self._shown = _ring_in(now.window()) or _Ring(now.window())
            self._shown.surround(now)


class _Ring(QWidget):
    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._around: QWidget | None = None
        self._watched: list[QWidget] = []
        self.hide()

    def surround(self, widget: QWidget | None) -> None:
        """Stand around this widget wherever it moves; around nothing for None."""
        for one in self._watched:
            if isValid(one):
                one.removeEventFilter(self)
        self._around, self._watched = widget, []
        while widget is not None and widget is not self._window:
            widget.installEventFilter(self)
            self._watched.append(widget)
            widget = widget.parentWidget()
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go along with what it stands around."""
        if event.type() in _MOVES:
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours().accent), _PEN_PX))
        inner = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(inner, RADIUS + 2, RADIUS + 2)

    def _place(self) -> None:
        widget, window = self._around, self._window
        if widget is None or not isValid(widget) or not widget.isVisible():
            self.hide()
            return
        box = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
        box.adjust(-_GAP_PX, -_GAP_PX, _GAP_PX, _GAP_PX)
        holder = widget.parentWidget()
        while holder is not None and holder is not window:
            area = holder.parentWidget()
            if isinstance(area, QAbstractScrollArea) and area.viewport() is holder:  # what is scrolled away has no ring
                box &= QRect(holder.mapTo(window, QPoint(0, 0)), holder.size())
            holder = area
        box &= window.rect()
        self.setGeometry(box)
        self.setVisible(not box.isEmpty())
        self.raise_()


def _ring_in(window: QWidget) -> _Ring | None:
    return window.findChild(_Ring, options=Qt.FindChildOption.FindDirectChildrenOnly)
