"""One portrait over the whole page, with the keys of the grid."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from facea_desktop.library.portrait_notes import REJECTED
from facea_desktop.library.summaries import PortraitSummary
from facea_desktop.ui.background_thread import BackgroundThread
from facea_desktop.ui.gallery.portrait_details import PortraitDetails
from facea_desktop.ui.gallery.portrait_view import PortraitView
from facea_desktop.ui.likeness_scale import LikenessScales
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import column, label, row, tool


class QuickLook(QWidget):
    """A portrait as large as it fits."""

    left = Signal()
    stepWanted = Signal(int)
    """To the next (1) or the previous (-1) portrait."""

    def __init__(self, background: BackgroundThread, likeness: LikenessScales, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("galleryQuickLook")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.picture = PortraitView(background)
        self.details = PortraitDetails(background, likeness, with_picture=False)
        self._place = label("", "hint")
        tools = {
            "gallery": tool("gallery", self.tr("Back to all portraits (Esc)"), self.left.emit, name="galleryBack"),
            "left": tool("left", self.tr("Previous (Left)"), lambda: self.stepWanted.emit(-1), name="galleryPrevious"),
            "right": tool("right", self.tr("Next (Right)"), lambda: self.stepWanted.emit(1), name="galleryNext"),
        }
        bar = row(tools["gallery"], self._place, tools["left"], tools["right"])
        bar.setStretch(1, 1)
        stage = column(bar, self.picture)
        stage.setStretch(1, 1)
        whole = row(space=SPACE * 2)
        whole.addLayout(stage, 1)
        whole.addWidget(self.details)
        self.setLayout(whole)

    def show_portrait(self, portrait: PortraitSummary, place: str) -> None:
        """Show this one; ``place`` says where it stands ("3 of 20")."""
        self.picture.show_file(portrait.path)
        self.picture.setAccessibleName(portrait.prompt)
        self.details.show_portrait(portrait)
        self._place.setText(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move about, rate, and leave."""
        key, text = event.key(), event.text()
        if key in (Qt.Key.Key_Escape, Qt.Key.Key_Space):
            self.left.emit()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_PageUp):
            self.stepWanted.emit(-1)
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_PageDown):
            self.stepWanted.emit(1)
        elif text and text in "012345":
            self.details.rateWanted.emit(int(text))
        elif key == Qt.Key.Key_X:
            self.details.rateWanted.emit(REJECTED)
        elif key == Qt.Key.Key_K:
            self.details.labelsWanted.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.details.useWanted.emit()
        elif key == Qt.Key.Key_Delete and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.details.eraseWanted.emit()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.details.deleteWanted.emit()
        elif key == Qt.Key.Key_E and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.details.exportWanted.emit()
        else:
            super().keyPressEvent(event)
