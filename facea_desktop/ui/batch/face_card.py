"""A picture in which the face to be redrawn is chosen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from facea_desktop.domain.face_proposals import propose
from facea_desktop.domain.outcomes import PeopleRecognised
from facea_desktop.ui.theme import SPACE, colours

PICTURE = QSize(208, 156)
"""Logical pixels that the picture has at most."""


class FaceCard(QWidget):
    """A small picture with a frame about each face; a click chooses one, and another click leaves the picture out.

    Space goes from one choice to the next.
    """

    changed = Signal()
    """Another face is chosen, or none."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.face: int | None = None
        self._found: PeopleRecognised | None = None
        self._image: QImage | None = None
        self._recognised = False
        self._error = ""
        self._state = self.tr("waiting")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(self.tr("Click the face to redraw. Click it again to leave this picture out."))
        self._tell()

    @property
    def to_check(self) -> bool:
        """Whether somebody should look: a face is chosen that was not recognised, or there was a choice and none."""
        return self._found is not None and bool(self._found.faces) and not self._recognised

    @property
    def state(self) -> str:
        """What is said of it below the picture."""
        return self._state

    def show_faces(self, image: QImage, found: PeopleRecognised, person: str) -> None:
        """Show the picture and its faces, and choose the one that is proposed for ``person``."""
        self._image, self._found = image, found
        self.propose(person)

    def show_error(self, why: str) -> None:
        """Say why nothing can be done with the picture."""
        self._error = why
        self.setToolTip(why)
        self._tell()

    def propose(self, person: str) -> None:
        """Choose the face that is proposed for a person."""
        if self._found is not None:
            proposal = propose(self._found.likeness, person)
            self.face, self._recognised = proposal.face, proposal.recognised
            self._tell()

    def choose(self, face: int | None) -> None:
        """Choose a face by hand, or leave the picture out."""
        self.face, self._recognised = face, True
        self._tell()
        self.changed.emit()

    def face_place(self, face: int) -> QRectF:
        """Where a face is drawn."""
        assert self._found is not None
        area = self._area()
        scale = area.width() / self._found.width
        box = self._found.faces[face].box
        place = QRectF(box.x0 * scale, box.y0 * scale, (box.x1 - box.x0) * scale, (box.y1 - box.y0) * scale)
        return place.translated(area.topLeft())

    def sizeHint(self) -> QSize:
        """The picture, and two lines below."""
        return PICTURE + QSize(2 * SPACE, 2 * SPACE + 2 * self.fontMetrics().lineSpacing() + 4)

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the face below the pointer, or leave it."""
        if event.button() == Qt.MouseButton.LeftButton and self._found is not None:
            hit = [face for face in range(len(self._found.faces)) if self.face_place(face).contains(event.position())]
            if hit:
                self.choose(None if hit[-1] == self.face else hit[-1])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the next choice."""
        if event.key() == Qt.Key.Key_Space and self._found is not None and self._found.faces:
            following = 0 if self.face is None else self.face + 1
            self.choose(following if following < len(self._found.faces) else None)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keys go."""
        super().focusInEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture, a frame about each face, and what is said below."""
        theme = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        area = self._area()
        if self._image is None:
            painter.fillRect(area, QColor(theme.line))
        else:
            painter.setOpacity(1.0 if self.face is not None else 0.45)
            painter.drawImage(area, self._image)
            painter.setOpacity(1.0)
        for face in range(len(self._found.faces) if self._found is not None else 0):
            chosen = face == self.face
            colour = QColor(theme.accent if chosen else "white")
            painter.setPen(QPen(colour, 3 if chosen else 1, Qt.PenStyle.SolidLine if chosen else Qt.PenStyle.DashLine))
            painter.drawRect(self.face_place(face))
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.accent), 1))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        self._paint_words(painter)

    def _paint_words(self, painter: QPainter) -> None:
        theme, line = colours(), self.fontMetrics().lineSpacing()
        left, top = SPACE, SPACE + PICTURE.height() + 4
        for number, (words, colour) in enumerate(
            ((self.path.name, theme.text), (self._state, theme.warn if self.to_check or self._error else theme.muted))
        ):
            short = self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideMiddle, PICTURE.width())
            painter.setPen(QColor(colour))
            place = QRectF(left, top + number * line, PICTURE.width(), line)
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft, short)

    def _area(self) -> QRectF:
        """Where the picture is drawn."""
        size = QSize(PICTURE) if self._image is None else self._image.size().scaled(
            PICTURE, Qt.AspectRatioMode.KeepAspectRatio
        )  # fmt: skip
        left, top = SPACE + (PICTURE.width() - size.width()) / 2, SPACE + PICTURE.height() - size.height()
        return QRectF(left, top, size.width(), size.height())  # upon the words

    def _tell(self) -> None:
        if self._error:
            self._state = self._error
        elif self._found is None:
            self._state = self.tr("waiting")
        elif not self._found.faces:
            self._state = self.tr("no face found")
        elif self.to_check:
            self._state = self.tr("not recognised: click a face")
        else:
            self._state = self.tr("left out") if self.face is None else self.tr("to be redrawn")
        self.setAccessibleName(f"{self.path.name}: {self._state}")
        self.update()
