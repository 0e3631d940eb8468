"""The photos of a new person: dropped, chosen, reordered, removed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPaintEvent,
)
from PySide6.QtWidgets import QCheckBox, QFileDialog, QFrame, QScrollArea, QStackedLayout, QWidget

from facea_desktop.ui.drag_and_drop import PHOTO_CARD_MIME, dropped_files, is_photo, paint_drop_frame
from facea_desktop.ui.file_dialogs import photos_dialog
from facea_desktop.ui.people.face_picture import PART_COLOURS
from facea_desktop.ui.people.photo_card import PICTURE_SIDE, PhotoCard
from facea_desktop.ui.person_text import part_words
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import EmptyState, Flow, button, column, label


class PhotoBoard(QFrame):
    """Cards of photos in their order; the first one is the face that the library shows.

    Attributes:
        dialog: the file dialog that was opened last.
    """

    changed = Signal()
    """Other photos than before, or another order."""
    masksWanted = Signal(object)
    """Path of a photo whose masks are to be corrected."""
    cropWanted = Signal(object)
    """Path of a photo whose crop is to be adjusted."""
    faceChosen = Signal(object, int)
    """Path of a photo of several people, and the index of the one who is meant."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._cards: dict[Path, PhotoCard] = {}
        self._over = False
        self.dialog: QFileDialog | None = None
        self.setObjectName("photoBoard")
        self.setAcceptDrops(True)
        self._flow = Flow(SPACE)
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self._make_empty())
        self._stack.addWidget(self._make_filled())
        session.thumbnails.ready.connect(self._thumbnail_ready)

    def paths(self) -> list[Path]:
        """The photos in their order."""
        return list(self._cards)

    def card(self, path: Path) -> PhotoCard | None:
        """The card of a photo, None where it was taken away."""
        return self._cards.get(path)

    def add(self, photos: Iterable[Path]) -> None:
        """Put photos behind those that are there; the same photo is not taken twice."""
        fresh = [path for path in dict.fromkeys(photos) if path not in self._cards]
        for path in fresh:
            card = PhotoCard(path.name, loose=True)
            card.removeWanted.connect(lambda path=path: self.remove(path))
            card.moveWanted.connect(lambda by, path=path: self.put(path, self.paths().index(path) + by))
            card.masksWanted.connect(lambda path=path: self.masksWanted.emit(path))
            card.cropWanted.connect(lambda path=path: self.cropWanted.emit(path))
            card.faceChosen.connect(lambda face, path=path: self.faceChosen.emit(path, face))
            card.picture.show_masks(self._outlines.isChecked())
            self._cards[path] = card
            self._show_photo(path)
        if fresh:
            self._arrange()
            self.changed.emit()

    def remove(self, path: Path) -> None:
        """Remove a photo; the keyboard focus moves to the next one."""
        place = self.paths().index(path)
        card = self._cards.pop(path)
        had_focus = card.isAncestorOf(self.focusWidget()) if self.focusWidget() is not None else card.hasFocus()
        self._flow.removeWidget(card)
        card.hide()
        card.deleteLater()
        self._arrange()
        rest = list(self._cards.values())
        if had_focus and rest:
            rest[min(place, len(rest) - 1)].setFocus()
        self.changed.emit()

    def put(self, path: Path, place: int) -> None:
        """Put a photo to another place; 0 is the first."""
        order = self.paths()
        before = order.index(path)
        place = max(0, min(place, len(order) - 1))
        if place == before:
            return
        order.insert(place, order.pop(before))
        self._cards = {path: self._cards[path] for path in order}
        self._arrange()
        self.changed.emit()

    def clear(self) -> None:
        """Remove all photos."""
        for path in self.paths():
            self.remove(path)

    def choose(self) -> None:
        """Ask for photos."""
        dialog = photos_dialog(self, self.tr("Choose photos"), self.tr("Photos ({endings})"), self._session.root)
        dialog.filesSelected.connect(self._chosen)
        self.dialog = dialog
        dialog.open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take photos from outside and cards from here."""
        mime = event.mimeData()
        if mime.hasFormat(PHOTO_CARD_MIME) or any(is_photo(file) for file in dropped_files(mime)):
            event.acceptProposedAction()
            self._show_over(True)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Anywhere on the board is right."""
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Nothing will be dropped."""
        self._show_over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Add photos, or put a card to where it was dropped."""
        self._show_over(False)
        event.acceptProposedAction()
        mime = event.mimeData()
        if mime.hasFormat(PHOTO_CARD_MIME):
            place = int(bytes(mime.data(PHOTO_CARD_MIME).data()))
            self.put(self.paths()[place], self._place_at(event))
            return
        self.add(file for file in dropped_files(mime) if is_photo(file))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A dashed frame where photos may be dropped."""
        super().paintEvent(event)
        if self._cards and not self._over:
            return
        paint_drop_frame(self, self._over)

    def _make_empty(self) -> QWidget:
        choose = button(self.tr("Choose photos…"), self.choose, name="choosePhotosButton", icon_name="picture")
        text = self.tr("Three or more photos of one person, from the front and slightly from the side, in good light.")
        self.setFocusProxy(choose)
        return EmptyState("drop", self.tr("Drop photos here"), text, choose)

    def _make_filled(self) -> QWidget:
        more = button(self.tr("Add photos…"), self.choose, name="addPhotosButton", icon_name="add")
        self._outlines = QCheckBox(self.tr("Show masks"))
        self._outlines.setObjectName("showMasksCheck")
        self._outlines.setToolTip(self.tr("Outline the face and its four parts in each photo"))
        self._outlines.setChecked(True)
        self._outlines.toggled.connect(self._outline)
        head = Flow(SPACE * 2)
        head.addWidget(more)
        head.addWidget(self._outlines)
        inner = QWidget()
        inner.setLayout(self._flow)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inner)
        self._legend = legend()
        holder = QWidget()
        whole = column(head, self._legend)
        whole.addWidget(self._scroll, 1)
        holder.setLayout(whole)
        return holder

    def _arrange(self) -> None:
        previous: PhotoCard | None = None
        for place, card in enumerate(self._cards.values()):
            card.place = place
            self._flow.removeWidget(card)
            self._flow.addWidget(card)
            if previous is not None:
                QWidget.setTabOrder(previous, card)
            previous = card
        self._stack.setCurrentIndex(1 if self._cards else 0)
        self.update()

    def _place_at(self, event: QDropEvent) -> int:
        """The place of the card that is nearest to where something is dropped."""
        at = event.position().toPoint()
        middles = [card.mapTo(self, card.rect().center()) for card in self._cards.values()]
        return min(range(len(middles)), key=lambda place: (middles[place] - at).manhattanLength())

    def _show_over(self, over: bool) -> None:
        self._over = over
        self.update()

    def _show_photo(self, path: Path) -> None:
        drawn = self._session.thumbnails.get(path, PICTURE_SIDE)
        if drawn is not None and path in self._cards:
            self._cards[path].show_photo(drawn.toImage())

    @Slot(list)
    def _chosen(self, names: list[str]) -> None:
        self.add(Path(name) for name in names)

    @Slot(bool)
    def _outline(self, shown: bool) -> None:
        self._legend.setVisible(shown)
        for card in self._cards.values():
            card.picture.show_masks(shown)

    @Slot(object)
    def _thumbnail_ready(self, path: Path) -> None:
        card = self._cards.get(path)
        if card is not None and card.masks.isHidden() and card.crop.isHidden():
            self._show_photo(path)


def legend() -> QWidget:
    """Which outline is which part."""
    words = [f'<span style="color:{PART_COLOURS[part]}">●</span>&nbsp;{part_words(part)}' for part in PART_COLOURS]
    legend = label(" &nbsp; ".join(words), "hint", wrap=True)
    legend.setTextFormat(Qt.TextFormat.RichText)
    return legend
