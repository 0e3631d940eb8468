"""The grid of tiles: it fills its width, and its keys do what can be done with portraits."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QItemSelectionRange, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from facea_desktop.library.portrait_notes import REJECTED
from facea_desktop.library.summaries import PortraitSummary
from facea_desktop.ui.gallery.gallery_model import PORTRAIT, GalleryModel
from facea_desktop.ui.gallery.portrait_tile import GAP, THUMBNAIL, PortraitTileDelegate
from facea_desktop.ui.likeness_scale import LikenessScales
from facea_desktop.ui.throttling import Debounce
from facea_desktop.ui.thumbnails import Thumbnails

SIDES = (112, 144, 184, 232, 288)
"""Least sides that Ctrl+wheel and the keys + and - walk through."""
FIRST_SIZE = 2
_SCROLLED_MS = 60


class GalleryGrid(QListView):
    """Portraits as tiles; many can be chosen."""

    useWanted = Signal()
    lookWanted = Signal()
    rateWanted = Signal(int)
    deleteWanted = Signal()
    eraseWanted = Signal()
    exportWanted = Signal()
    compareWanted = Signal()
    labelsWanted = Signal()
    sizeChanged = Signal(int)
    """Which of the sizes the tiles have now."""
    chosenChanged = Signal()

    def __init__(
        self, model: GalleryModel, thumbnails: Thumbnails, likeness: LikenessScales, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("galleryView")
        self.setAccessibleName(self.tr("Portraits"))
        self._thumbnails = thumbnails
        self._tiles = PortraitTileDelegate(thumbnails, likeness, self)
        self._size = FIRST_SIZE
        self.setItemDelegate(self._tiles)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionRectVisible(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always there, as the tiles' size depends on the width that it leaves.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setAcceptDrops(False)  # the page takes them
        self.viewport().setAcceptDrops(False)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setModel(model)
        self._settled = Debounce(_SCROLLED_MS, self._drop_unseen, self)
        self.verticalScrollBar().valueChanged.connect(self._settled.schedule)
        thumbnails.ready.connect(self._show_ready)
        likeness.learned.connect(lambda _person: self.viewport().update())
        self.doubleClicked.connect(self._use)

    def rows(self) -> list[int]:
        """The rows that are chosen, ascending."""
        return sorted({row for part in self._parts() for row in range(part.top(), part.bottom() + 1)})

    def chosen_count(self) -> int:
        """How many rows are chosen."""
        return sum(part.height() for part in self._parts())

    def choose(self, row: int) -> None:
        """Choose this row alone and show it."""
        index = self.model().index(row, 0)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    def selectionChanged(self, selected: object, deselected: object) -> None:
        """Tell the page."""
        super().selectionChanged(selected, deselected)  # type: ignore[arg-type]
        self.chosenChanged.emit()

    def keyboardSearch(self, search: str) -> None:
        """Letters choose nothing: finding a row by its text would read every portrait."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the keys do; the rest moves about as in every list."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        key = event.key()
        if plain and Qt.Key.Key_0 <= key <= Qt.Key.Key_5:
            self.rateWanted.emit(key - Qt.Key.Key_0)
        elif plain and key == Qt.Key.Key_X:
            self.rateWanted.emit(REJECTED)
        elif plain and key == Qt.Key.Key_K:
            self.labelsWanted.emit()
        elif plain and key == Qt.Key.Key_Space:
            self.lookWanted.emit()
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._use()
        elif key == Qt.Key.Key_Delete and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.eraseWanted.emit()
        elif plain and key == Qt.Key.Key_C:
            self.compareWanted.emit()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.deleteWanted.emit()
        elif control and key == Qt.Key.Key_E:
            self.exportWanted.emit()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus):
            self._zoom(1 if key == Qt.Key.Key_Plus else -1)
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll, or with Ctrl change the size of the tiles."""
        if event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self._zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fill the width."""
        self._fit()
        super().resizeEvent(event)

    def _parts(self) -> list[QItemSelectionRange]:
        return self.selectionModel().selection().toList()

    def show_size(self, size: int) -> None:
        """Make the tiles as large as the entry ``size`` of SIDES says."""
        self._zoom(size - self._size)

    def _zoom(self, step: int) -> None:
        self._size = min(max(self._size + step, 0), len(SIDES) - 1)
        self.sizeChanged.emit(self._size)
        self._fit()
        self.scrollTo(self.currentIndex())

    def _fit(self) -> None:
        width = self.viewport().width() - 1
        columns = max(width // (SIDES[self._size] + GAP), 1)
        side = max(width // columns, 48)
        if side != self._tiles.side or self.gridSize().width() != side:
            self._tiles.side = side
            self.setGridSize(QSize(side, side))
            self.verticalScrollBar().setSingleStep(side // 3)

    def _visible_rows(self) -> range:
        side, count = self.gridSize().width(), self.model().rowCount()
        columns = max(self.viewport().width() // max(side, 1), 1)
        first = max(self.verticalOffset() // max(side, 1), 0) * columns
        last = ((self.verticalOffset() + self.viewport().height()) // max(side, 1) + 1) * columns
        return range(min(first, count), min(last, count))

    @Slot()
    def _drop_unseen(self) -> None:
        """What was scrolled past need not be decoded."""
        rows = self._visible_rows()
        unseen = [path for path, row in self._tiles.awaited.items() if row not in rows]
        self._thumbnails.drop(unseen, THUMBNAIL)
        for path in unseen:
            del self._tiles.awaited[path]

    @Slot(object)
    def _show_ready(self, path: Path) -> None:
        row = self._tiles.awaited.pop(path, None)
        if row is None:
            return
        model = self.model()
        portrait = model.kept(row) if isinstance(model, GalleryModel) else None
        if portrait is not None and portrait.path == path:
            self.update(model.index(row, 0))
        else:  # rows have moved since
            self.viewport().update()

    @Slot()
    def _use(self) -> None:
        if isinstance(self.currentIndex().data(PORTRAIT), PortraitSummary):
            self.useWanted.emit()
