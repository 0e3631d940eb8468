"""Photos of one person: those that are learned from first, then those that are held out."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFileDialog, QFrame, QLabel, QStackedLayout, QWidget

from facea_desktop.comparison.comparison_store import REFERENCES
from facea_desktop.ui.drag_and_drop import is_photo, paint_drop_frame
from facea_desktop.ui.file_dialogs import photos_dialog
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import RADIUS, SPACE, colours
from facea_desktop.ui.widgets import EmptyState, Flow, button, column, label, plain_tip, row, scrolling, tool

_SIDE_PX, _REMOVE_PX = 76, 24


class PhotoTile(QWidget):
    """One photo, what it is used for, and a button that takes it away."""

    removeWanted = Signal()
    firstWanted = Signal()
    """It is to stand first, where photos are learned from."""

    def __init__(self, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path = path
        self.picture = QLabel()
        self.picture.setFixedSize(_SIDE_PX, _SIDE_PX)
        self.setToolTip(plain_tip(self.tr("{}: click to use as reference; Delete removes it").format(path.name)))
        self.setAccessibleName(path.name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._use = label("", "hint")
        self._use.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.remove_button = tool("close", self.tr("Remove {}").format(path.name), self.removeWanted.emit)
        self.remove_button.setProperty("flat", False)  # readable on every photo
        self.remove_button.setIconSize(QSize(12, 12))
        self.remove_button.setParent(self.picture)
        self.remove_button.resize(_REMOVE_PX, _REMOVE_PX)
        self.remove_button.move(_SIDE_PX - _REMOVE_PX - 4, 4)
        self._use.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setLayout(column(self.picture, self._use, margin=3, space=2))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click puts it first."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.firstWanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Enter put it first, Delete takes it away."""
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.firstWanted.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.removeWanted.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A frame where the keyboard is."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(colours().accent), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS, RADIUS)

    @property
    def use(self) -> str:
        """What the photo is used for, as it is shown."""
        return self._use.text()

    def set_message(self, learned: bool) -> None:
        """Show what the photo is used for."""
        self._use.setText(self.tr("reference") if learned else self.tr("held out"))
        self._use.setProperty("state", "good" if learned else "")
        self._use.setProperty("hint", not learned)
        self._use.style().unpolish(self._use)
        self._use.style().polish(self._use)


class PhotoDrop(QFrame):
    """Photos that are dropped or chosen, in their order (objectName comparisonPhotos)."""

    changed = Signal()
    refused = Signal(str)
    """A sentence about what could not be taken."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("comparisonPhotos")
        self._root = session.root
        self._thumbnails = session.thumbnails
        self._tiles: dict[Path, PhotoTile] = {}
        self._over = False
        self.dialog: QFileDialog | None = None
        self._flow = Flow(SPACE)
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self._empty())
        self._stack.addWidget(self._filled())
        session.thumbnails.ready.connect(self._show_thumbnail)

    def paths(self) -> list[Path]:
        """The photos in their order."""
        return list(self._tiles)

    def tiles(self) -> list[PhotoTile]:
        """What is shown of them."""
        return list(self._tiles.values())

    def add(self, photos: Iterable[Path]) -> None:
        """Put photos behind those that are there."""
        wanted = list(dict.fromkeys(photos))
        fresh = [path for path in wanted if is_photo(path) and path not in self._tiles]
        if wanted and not fresh:
            self.refused.emit(self.tr("Not a photo, or already added. Drop JPEG, PNG, WebP, TIFF or HEIC files."))
        for path in fresh:
            tile = PhotoTile(path)
            tile.removeWanted.connect(partial(self.remove, path))
            tile.firstWanted.connect(partial(self.put_first, path))
            self._tiles[path] = tile
            self._flow.addWidget(tile)
            self._show_thumbnail(path)
        if fresh:
            self._arrange()

    def remove(self, path: Path) -> None:
        """Take a photo away."""
        tile = self._tiles.pop(path)
        self._flow.removeWidget(tile)
        tile.hide()
        tile.deleteLater()
        self._arrange()

    def put_first(self, path: Path) -> None:
        """Put a photo before all others, so that it is learned from."""
        self._tiles = {path: self._tiles[path]} | self._tiles
        for tile in self._tiles.values():
            self._flow.removeWidget(tile)
            self._flow.addWidget(tile)
        self._arrange()

    def clear(self) -> None:
        """Take all away."""
        for path in self.paths():
            self.remove(path)

    def choose(self) -> None:
        """Ask for photos."""
        title, kinds = self.tr("Choose photos of one person"), self.tr("Photos ({endings})")
        dialog = photos_dialog(self, title, kinds, self._root)
        dialog.filesSelected.connect(self._chosen)
        self.dialog = dialog
        dialog.open()

    def show_over(self, over: bool) -> None:
        """Show whether something that is dragged would be dropped here."""
        self._over = over
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A dashed frame: photos may be dropped here."""
        super().paintEvent(event)
        paint_drop_frame(self, self._over)

    def _empty(self) -> QWidget:
        choose = button(self.tr("Choose &photos…"), self.choose, name="comparisonChoose", icon_name="picture")
        self.setFocusProxy(choose)
        text = self.tr("Four or more of one person: three reference photos, the others held out for measuring.")
        return EmptyState("drop", self.tr("Drop photos here"), text, choose)

    def _filled(self) -> QWidget:
        more = button(self.tr("Add &photos…"), self.choose, name="comparisonAddPhotos", icon_name="add")
        self._clear_button = button(self.tr("Clear"), self.clear, kind="flat", tip=self.tr("Remove all photos"))
        self._count = label("", "hint", wrap=True)
        head = row(self._count, more, self._clear_button)
        head.setStretch(0, 1)
        inner = QWidget()
        inner.setLayout(self._flow)
        scroll = scrolling(inner)
        holder = QWidget()
        whole = column(head, scroll, margin=SPACE * 3 // 2)
        whole.setStretch(1, 1)
        holder.setLayout(whole)
        return holder

    def _arrange(self) -> None:
        before: QWidget = self._clear_button
        for place, tile in enumerate(self._tiles.values()):
            tile.set_message(place < REFERENCES)
            QWidget.setTabOrder(before, tile)
            QWidget.setTabOrder(tile, tile.remove_button)
            before = tile.remove_button
        held = len(self._tiles) - REFERENCES
        if held < 1:
            self._count.setText(
                self.tr("{} more needed: three reference photos, at least one held out.").format(1 - held)
            )
        else:
            self._count.setText(self.tr("3 reference photos, {} held out for measuring.").format(held))
        self._stack.setCurrentIndex(1 if self._tiles else 0)
        self.update()
        self.changed.emit()

    @Slot(list)
    def _chosen(self, names: list[str]) -> None:
        self.add(Path(name) for name in names)

    @Slot(object)
    def _show_thumbnail(self, path: Path) -> None:
        tile = self._tiles.get(path)
        drawn = self._thumbnails.get(path, _SIDE_PX) if tile is not None else None
        if tile is not None and drawn is not None:
            tile.picture.setPixmap(drawn)
