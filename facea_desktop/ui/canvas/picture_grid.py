"""Pictures side by side, zoomed and moved as one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGraphicsView, QGridLayout, QWidget

from facea_desktop.ui.background_thread import BackgroundThread
from facea_desktop.ui.canvas.canvas_view import CanvasView
from facea_desktop.ui.canvas.mask_tools import Touch
from facea_desktop.ui.canvas.picture_item import PictureItem, Pyramid
from facea_desktop.ui.likeness_scale import BADGE_HEIGHT, draw_badge
from facea_desktop.ui.qimages import read_picture
from facea_desktop.ui.theme import SPACE, colours
from facea_desktop.ui.widgets import plain_tip

_GAP = SPACE // 2
_TEXT_PX = 12
_GROUND, _TEXT = QColor(16, 16, 18, 205), QColor("#ffffff")  # upon pictures, so the same in both themes


@dataclass(frozen=True)
class GridPicture:
    """One of the pictures.

    Attributes:
        path: the file; None while it is painted.
        title: a few words upon it.
        about: what a tooltip and a screen reader say of it.
        place: its likeness as a place on the scale, see ``likeness_scale``; None shows none.
        preview, done: what it looks like while it is painted, and how far it is, 0 to 1.
    """

    path: Path | None
    title: str = ""
    about: str = ""
    place: float | None = None
    preview: QImage | None = None
    done: float | None = None


class PictureGrid(QWidget):
    """A grid of pictures; what one is zoomed to and moved to, all are.

    Args:
        columns: how many there are at most; None makes the grid as square as it gets.
    """

    clicked = Signal(int)
    """Index of a picture that was clicked, or chosen with Enter."""

    def __init__(self, parent: QWidget | None = None, *, columns: int | None = None) -> None:
        super().__init__(parent)
        self._columns = columns
        self.cells: list[GridCell] = []
        self._reading = BackgroundThread(self, name="pictures side by side")
        self._following = False
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(_GAP)

    def show_pictures(self, pictures: Sequence[GridPicture]) -> None:
        """Show these, from left to right and top to bottom; zoom and position stay while their number does."""
        if len(pictures) != len(self.cells):
            self._lay_out(len(pictures))
        for cell, picture in zip(self.cells, pictures, strict=True):
            if cell.show_picture(picture) and picture.path is not None:
                self._reading.run(partial(_read, picture.path), partial(self._take, cell))

    def fit(self) -> None:
        """Show every picture whole."""
        if self.cells:
            self.cells[0].fit()

    def stop(self) -> None:
        """Wait for the picture that is read, and show no further ones."""
        self._reading.close()

    def _take(self, cell: GridCell, read: tuple[Path, QImage | None]) -> None:
        if cell in self.cells:  # others may be shown by now
            cell.take(read)

    def _lay_out(self, count: int) -> None:
        for cell in self.cells:
            self._layout.removeWidget(cell)
            cell.hide()
            cell.deleteLater()
        self.cells = [GridCell(self) for _ in range(count)]
        columns = max(min(self._columns or math.ceil(math.sqrt(count)), count), 1)
        for number, cell in enumerate(self.cells):
            self._layout.addWidget(cell, number // columns, number % columns)
            cell.viewChanged.connect(partial(self._follow, cell))
            cell.clicked.connect(partial(self._clicked, cell))
            cell.entered.connect(partial(self._clicked, cell))
        for line in range(max(self._layout.rowCount(), self._layout.columnCount())):  # those of earlier ones count, too
            self._layout.setRowStretch(line, int(line * columns < count))
            self._layout.setColumnStretch(line, int(line < columns))

    def _clicked(self, cell: GridCell, _at: QPointF | None = None) -> None:
        self.clicked.emit(self.cells.index(cell))

    def _follow(self, moved: GridCell) -> None:
        if self._following:
            return
        self._following = True
        try:
            for cell in self.cells:
                if cell is not moved:
                    cell.look_like(moved)
        finally:
            self._following = False


class GridCell(CanvasView):
    """One picture of the grid, which can be zoomed and moved but not painted on."""

    entered = Signal()
    """Enter was pressed on it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_NoArtist(), parent)
        self.setObjectName("gridCell")
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)  # the marks do not scroll
        self.setMinimumSize(80, 60)
        self._item = PictureItem()
        self.scene().addItem(self._item)
        self._shown = GridPicture(None)

    @property
    def picture(self) -> QImage | None:
        """What is shown, once it was read."""
        return self._item.base.image if self._item.base is not None else None

    def show_picture(self, picture: GridPicture) -> bool:
        """Show another picture, or more of it; whether its file has to be read."""
        before, self._shown = self._shown, picture
        self.setAccessibleName(picture.about or picture.title)
        self.setToolTip(plain_tip(picture.about))
        if picture.path != before.path:
            self._lay(None)
        if self._item.base is None and picture.preview is not None:
            self._item.preview = picture.preview
            self._place(QRectF(picture.preview.rect()))
        self.viewport().update()
        return picture.path is not None and picture.path != before.path

    def take(self, read: tuple[Path, QImage | None]) -> None:
        """A file was read."""
        path, image = read
        if path == self._shown.path and image is not None:
            self._lay(image)

    def look_like(self, other: GridCell) -> None:
        """Zoom and move to the same part of the picture."""
        mine, theirs = self._item.area, other._item.area
        if mine.isEmpty() or theirs.isEmpty():
            return
        if other.fitted:
            self.fit()
            return
        self.zoom_to(other.zoom * theirs.width() / mine.width())
        seen = other.to_picture(QRectF(other.viewport().rect()).center())
        across, down = seen.x() / theirs.width(), seen.y() / theirs.height()
        self.centerOn(QPointF(across * mine.width(), down * mine.height()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses it; plus, minus and 0 zoom; the grid's owner hears the rest."""
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.entered.emit()
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom_by(1)
            case Qt.Key.Key_Minus:
                self.zoom_by(-1)
            case Qt.Key.Key_0 | Qt.Key.Key_F:
                self.fit()
            case Qt.Key.Key_Space:
                super().keyPressEvent(event)
            case _:
                event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture, then what is said upon it."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        corner = QPointF(SPACE, SPACE)
        if self._shown.title:
            corner.setX(_draw_words(painter, corner, self._shown.title, self.viewport().width()).right() + SPACE / 2)
        if self._shown.place is not None:
            draw_badge(painter, corner, self._shown.place)
        if self._shown.done is not None and self._shown.path is None:
            bar = QRectF(0, self.viewport().height() - 4, self.viewport().width() * self._shown.done, 4)
            painter.fillRect(bar, QColor(colours().accent))
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours().accent), 2))
            painter.drawRect(QRectF(self.viewport().rect()).adjusted(1, 1, -1, -1))

    def _lay(self, image: QImage | None) -> None:
        self._item.base = Pyramid(image, self) if image is not None else None
        if self._item.base is not None:
            self._item.base.ready.connect(self.viewport().update)
            self._item.preview = None
            self._place(QRectF(self._item.base.image.rect()))

    def _place(self, area: QRectF) -> None:
        if area != self._item.area:
            self._item.lay(area)
            self.show_area(area, keep=True)
        self._item.update()


class _NoArtist:
    """The pointer moves the picture."""

    drawing = False

    def press(self, touch: Touch, *, erase: bool = False) -> None: ...
    def move(self, touch: Touch) -> None: ...
    def release(self, touch: Touch) -> None: ...
    def cancel(self) -> None: ...


def _read(path: Path) -> tuple[Path, QImage | None]:
    return path, read_picture(path)


def _draw_words(painter: QPainter, corner: QPointF, words: str, width: int) -> QRectF:
    font = painter.font()
    font.setPixelSize(_TEXT_PX)
    font.setBold(True)
    painter.setFont(font)
    metrics = painter.fontMetrics()
    text = metrics.elidedText(words, Qt.TextElideMode.ElideRight, width // 2)
    pill = QRectF(corner.x(), corner.y(), metrics.horizontalAdvance(text) + 12, BADGE_HEIGHT)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_GROUND)
    painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
    painter.setPen(_TEXT)
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)
    return pill
