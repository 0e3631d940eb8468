"""One portrait as large as there is room, decoded beside the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from facea_desktop.domain.errors import UserError
from facea_desktop.library.photo_reader import read_photo
from facea_desktop.ui.background_thread import BackgroundThread
from facea_desktop.ui.qimages import as_qimage
from facea_desktop.ui.theme import RADIUS, colours

_SHARP_SIDE = 2048
"""Pictures are decoded at this size at most."""


class PortraitView(QWidget):
    """Shows a picture file, whole and in proportion."""

    def __init__(self, background: BackgroundThread, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._path: Path | None = None
        self._image: QImage | None = None
        self._broken = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(64, 64)

    def show_file(self, path: Path | None) -> None:
        """Show this file; the one before stays until it is decoded."""
        if path == self._path:
            return
        self._path = path
        if path is None:
            self._image = None
            self.update()
            return
        # What was stepped over meanwhile is not decoded.
        self._background.run(lambda: (path, _decoded(path) if path == self._path else None), self._keep)

    @property
    def shown(self) -> QImage | None:
        """The picture that is on view."""
        return self._image

    def sizeHint(self) -> QSize:
        """As wide as a side panel."""
        return QSize(280, 280)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw at the new size."""
        super().resizeEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture in the middle of a neutral stage."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours().stage))
        painter.drawRoundedRect(self.rect(), RADIUS, RADIUS)
        if self._image is None:
            if self._broken:
                painter.setPen(QColor(colours().muted))
                words = self.tr("The picture cannot be read.")
                painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, words)
            return
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(
            (self.width() - size.width()) / 2, (self.height() - size.height()) / 2, size.width(), size.height()
        )
        painter.drawImage(place, self._image)

    def _keep(self, decoded: tuple[Path, QImage | None]) -> None:
        path, image = decoded
        if path == self._path:
            self._image, self._broken = image, image is None
            self.update()


def _decoded(path: Path) -> QImage | None:
    """In the background: the picture, upright and no larger than is of use; None where it cannot be read."""
    try:
        photo = read_photo(path, draft=_SHARP_SIDE)
    except UserError:
        return None
    photo.thumbnail((_SHARP_SIDE, _SHARP_SIDE))
    return as_qimage(photo)
