"""One photo of a person: the face found in it, its masks, and why it cannot be used."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QMimeData, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QDrag, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QMenu, QSizePolicy, QWidget

from facea_desktop.ui.drag_and_drop import PHOTO_CARD_MIME
from facea_desktop.ui.icons import IconLabel, icon
from facea_desktop.ui.people.face_picture import FacePicture, FaceView
from facea_desktop.ui.person_text import Tone
from facea_desktop.ui.theme import RADIUS, SPACE, colours
from facea_desktop.ui.widgets import button, column, label, row, tool

PICTURE_SIDE = 168
"""A card that is dragged to another place; the data is its place."""
_TOOLS = 76
"""Pixels beside the name: the mark, and the buttons for the crop and for removing."""


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
    cropWanted = Signal()
    faceChosen = Signal(int)
    """Index of the person who is meant, of a photo of several."""

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
        self._title.setText(self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, PICTURE_SIDE - _TOOLS))
        self._mark = IconLabel(16)
        self._mark.hide()
        self._text = label("", "hint", wrap=True)
        self.masks = button(self.tr("Correct masks…"), self.masksWanted.emit, kind="flat")
        self.masks.setToolTip(self.tr("Mark where the face, eyes, nose and mouth are"))
        self.masks.setAccessibleName(self.tr("Correct the masks of {photo}").format(photo=name))
        self.masks.setVisible(False)
        self.crop = tool("crop", self.tr("Adjust the crop of {photo}").format(photo=name), self.cropWanted.emit)
        self.crop.setFixedSize(24, 24)
        self.crop.setVisible(False)
        self._faces = 0  # that can be clicked
        self.picture.faceClicked.connect(self.faceChosen)
        head = row(self._mark, self._title, space=4)
        head.addStretch()
        head.addWidget(self.crop)
        if loose:
            remove = tool("close", self.tr("Remove {photo}").format(photo=name), self.removeWanted.emit)
            remove.setFixedSize(24, 24)
            head.addWidget(remove)
            self.setToolTip(self.tr("Drag to reorder, or press Alt and an arrow key. Delete removes it."))
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
        self._faces = 0
        self.picture.show_face(view)
        self.masks.setVisible(True)
        self.crop.setVisible(self._loose)

    def show_group(self, photo: QImage, faces: Sequence[QRectF], marked: int | None) -> None:
        """A photo of several people, one of whom can be clicked, or chosen with the keys 1 to 9 from the left."""
        self._faces = len(faces)
        self._from_left = sorted(range(len(faces)), key=lambda index: faces[index].center().x())
        self.picture.show_group(photo, faces, marked)
        self.masks.setVisible(False)
        self.crop.setVisible(True)

    def show_photo(self, image: QImage, *, dimmed: bool = False) -> None:
        """The photo itself, where no face is known."""
        self._faces = 0
        self.picture.show_picture(image, dimmed=dimmed)
        self.masks.setVisible(False)
        self.crop.setVisible(False)

    def set_message(self, text: str, tone: Tone = "", tip: str = "") -> None:
        """What is known of the photo, and more of it in ``tip``; good ones get a tick, bad ones a warning sign."""
        self._text.setText(text)
        self._text.setToolTip(tip)
        self._text.setProperty("hint", tone in ("", "good"))
        self._text.setProperty("state", tone if tone in ("warn", "bad") else "")
        self._text.style().unpolish(self._text)
        self._text.style().polish(self._text)
        self._text.setVisible(bool(text))
        if tone:
            self._mark.show_icon("check" if tone == "good" else "warning", tone)
        self._mark.setVisible(bool(tone))
        self._describe(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, remove, or correct the masks without a mouse."""
        key, alt = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if self._loose and alt and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.moveWanted.emit(-1 if key == Qt.Key.Key_Left else 1)
        elif self._loose and key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removeWanted.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.masks.isHidden():
            self.masksWanted.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.crop.isHidden():
            self.cropWanted.emit()
        elif 0 <= (place := key - Qt.Key.Key_1) < min(self._faces, 9):
            self.faceChosen.emit(self._from_left[place])
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The same by a menu."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if not self.masks.isHidden():
            menu.addAction(icon("eye"), self.tr("Correct masks…"), self.masksWanted.emit)
        if not self.crop.isHidden():
            menu.addAction(icon("crop"), self.tr("Adjust the crop…"), self.cropWanted.emit)
        if self._loose:
            menu.addAction(icon("left"), self.tr("Move left"), lambda: self.moveWanted.emit(-1))
            menu.addAction(icon("right"), self.tr("Move right"), lambda: self.moveWanted.emit(1))
            menu.addSeparator()
            menu.addAction(icon("close"), self.tr("Remove"), self.removeWanted.emit)
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
        data.setData(PHOTO_CARD_MIME, QByteArray(str(self.place).encode()))
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
