"""One photo of a person: the face found in it, its masks, and what stands against it."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QEvent, QMimeData, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QDrag, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QMenu, QSizePolicy, QWidget

from facea_desktop.ui.icons import icon, pixmap
from facea_desktop.ui.people.face_picture import FacePicture, FaceView
from facea_desktop.ui.people.words import Tone
from facea_desktop.ui.theme import RADIUS, SPACE, colours
from facea_desktop.ui.widgets import button, column, label, row, tool

PICTURE_SIDE = 168
CARD_MIME = "application/x-facea-photo-card"
"""A card that is dragged to another place; the data is its place."""


class PhotoCard(QFrame):
    """A card; what it offers goes out as signals and what it shows is told to it.

    Args:
        name: what people call the photo.
        loose: it can be moved and removed.
    """

    removeWanted = Signal()
    moveWanted = Signal(int)
    """By so many places."""
    masksWanted = Signal()

    _tone: Tone = ""  # of the class, as Qt tells of changes while a card is still being built

    def __init__(self, name: str, *, loose: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place = 0
        self._name = name
        self._loose = loose
        self._pressed: QPoint | None = None
        self.setProperty("card", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedWidth(PICTURE_SIDE + 2 * SPACE + 2)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum)
        self.picture = FacePicture(PICTURE_SIDE)
        self._title = label("", "heading")
        self._title.setText(self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, PICTURE_SIDE - 28))
        self._mark = QLabel()
        self._mark.hide()
        self._text = label("", "hint", wrap=True)
        self.masks = button(self.tr("Correct the masks…"), self.masksWanted.emit, kind="flat")
        self.masks.setToolTip(self.tr("Paint where the face, the eyes, the nose and the mouth are"))
        self.masks.setAccessibleName(self.tr("Correct the masks of {photo}").format(photo=name))
        self.masks.setVisible(False)
        head = row(self._mark, self._title, space=4)
        head.addStretch()
        if loose:
            remove = tool("close", self.tr("Take {photo} away").format(photo=name), self.removeWanted.emit)
            remove.setFixedSize(24, 24)
            head.addWidget(remove)
            self.setToolTip(self.tr("Drag to move. Alt with an arrow key moves it too, Delete takes it away."))
        whole = column(self.picture, head, self._text, self.masks, margin=SPACE, space=4)
        whole.addStretch()
        self.setLayout(whole)
        self._describe("")

    @property
    def text(self) -> str:
        """What stands below the picture."""
        return self._text.text()

    def sizeHint(self) -> QSize:
        """As high as its text needs."""
        layout = self.layout()
        assert layout is not None
        width = self.maximumWidth()
        high = layout.heightForWidth(width) if layout.hasHeightForWidth() else layout.sizeHint().height()
        return QSize(width, high)

    def minimumSizeHint(self) -> QSize:
        """Never less."""
        return self.sizeHint()

    def show_face(self, view: FaceView) -> None:
        """The face that was found."""
        self.picture.show_face(view)
        self.masks.setVisible(True)

    def show_photo(self, image: QImage, *, dimmed: bool = False) -> None:
        """The photo itself, where no face is known."""
        self.picture.show_picture(image, dimmed=dimmed)
        self.masks.setVisible(False)

    def say(self, text: str, tone: Tone = "") -> None:
        """What is known of the photo; good ones get a tick, bad ones a warning sign."""
        self._text.setText(text)
        self._text.setProperty("hint", tone in ("", "good"))
        self._text.setProperty("state", tone if tone in ("warn", "bad") else "")
        self._text.style().unpolish(self._text)
        self._text.style().polish(self._text)
        self._text.setVisible(bool(text))
        self._tone = tone
        self._draw_mark()
        self._describe(text)

    def changeEvent(self, event: QEvent) -> None:
        """The mark follows the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._tone:
            self._draw_mark()

    def _draw_mark(self) -> None:
        tone = self._tone
        mark = {"good": "check", "warn": "warning", "bad": "warning"}.get(tone)
        if mark is not None:
            colour = {"good": colours().good, "warn": colours().warn}.get(tone, colours().bad)
            ratio = self.devicePixelRatioF()
            drawn = pixmap(mark, round(16 * ratio), colour)
            drawn.setDevicePixelRatio(ratio)
            self._mark.setPixmap(drawn)
        self._mark.setVisible(mark is not None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, remove, or correct the masks without a mouse."""
        key, alt = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if self._loose and alt and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.moveWanted.emit(-1 if key == Qt.Key.Key_Left else 1)
        elif self._loose and key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removeWanted.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.masks.isHidden():
            self.masksWanted.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The same by a menu."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if not self.masks.isHidden():
            menu.addAction(icon("eye"), self.tr("Correct the masks…"), self.masksWanted.emit)
        if self._loose:
            menu.addAction(icon("left"), self.tr("Move to the left"), lambda: self.moveWanted.emit(-1))
            menu.addAction(icon("right"), self.tr("Move to the right"), lambda: self.moveWanted.emit(1))
            menu.addSeparator()
            menu.addAction(icon("close"), self.tr("Take away"), self.removeWanted.emit)
        if menu.isEmpty():
            menu.deleteLater()
        else:
            menu.popup(event.globalPos())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Where a drag may begin."""
        self._pressed = event.position().toPoint() if event.button() == Qt.MouseButton.LeftButton else None
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the card to another place."""
        if not self._loose or self._pressed is None:
            return
        if (event.position().toPoint() - self._pressed).manhattanLength() < QApplication.startDragDistance():
            return
        self._pressed = None
        data = QMimeData()
        data.setData(CARD_MIME, QByteArray(str(self.place).encode()))
        drag = QDrag(self)
        drag.setMimeData(data)
        drag.setPixmap(self.picture.grab().scaledToWidth(PICTURE_SIDE // 2, Qt.TransformationMode.SmoothTransformation))
        drag.exec(Qt.DropAction.MoveAction)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Correct the masks."""
        if not self.masks.isHidden():
            self.masksWanted.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show where the keyboard is."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QColor(colours().accent))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)

    def _describe(self, text: str) -> None:
        self.setAccessibleName(f"{self._name}: {text}" if text else self._name)
