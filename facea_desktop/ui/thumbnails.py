"""Small pictures of files: decoded in the background, kept in memory, never more than is wanted."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QObject, QPointF, QRectF, Qt, QThreadPool, Signal, Slot
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QPen, QPixmap

from facea_desktop.domain.errors import UserError
from facea_desktop.library.photo_reader import read_photo
from facea_desktop.ui.qimages import as_qimage
from facea_desktop.ui.theme import colours

_THREADS = 2
_MEMORY_BYTES = 128 << 20
_WAITING = 1024
"""Requests beyond this many are dropped, oldest first; more than any screen shows at once."""
_Key = tuple[Path, int]


class Thumbnails(QObject):
    """Square thumbnails, cropped about the middle, for all panels of the window."""

    ready = Signal(object)
    """Path whose thumbnail is there now."""
    _decoded = Signal(object, int, int, object)

    def __init__(self, parent: QObject | None = None, *, memory_bytes: int = _MEMORY_BYTES) -> None:
        super().__init__(parent)
        self._memory_bytes = memory_bytes
        self._bytes = 0
        self._kept: OrderedDict[_Key, QPixmap | None] = OrderedDict()  # None: it cannot be read
        self._lock = threading.Lock()  # guards what the workers share
        self._wanted: OrderedDict[_Key, None] = OrderedDict()
        self._decoding: set[_Key] = set()
        self._workers = 0
        self._turn = 0  # counts what was forgotten: what was begun before may show the old content
        self._closed = False
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(_THREADS)
        self._decoded.connect(self._keep, Qt.ConnectionType.QueuedConnection)

    def get(self, path: Path, side: int) -> QPixmap | None:
        """The thumbnail of ``side`` logical pixels from memory; None while it is being made, newest request first.

        A file that is missing or no picture gives a quiet placeholder.
        """
        ratio = self._ratio()
        key = (path, round(side * ratio))
        if key in self._kept:
            self._kept.move_to_end(key)
            kept = self._kept[key]
            return kept if kept is not None else _placeholder(side, ratio)
        self._want(key)
        return None

    def drop(self, paths: Iterable[Path], side: int) -> None:
        """These are out of sight: what is not made yet need not be, until it is asked for again."""
        pixels = round(side * self._ratio())
        with self._lock:
            for path in paths:
                self._wanted.pop((path, pixels), None)

    def forget(self, path: Path) -> None:
        """The file changed or is gone: remake the thumbnail when it is next requested."""
        for key in [key for key in self._kept if key[0] == path]:
            self._release(key)
        with self._lock:
            self._turn += 1
            for key in [key for key in self._wanted if key[0] == path]:
                del self._wanted[key]

    def close(self) -> None:
        """Stop, and wait for the picture that is being decoded."""
        with self._lock:
            self._closed = True
            self._wanted.clear()
        self._pool.waitForDone()
        self._kept.clear()
        self._bytes = 0

    def _ratio(self) -> float:
        app = QGuiApplication.instance()
        return app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0

    def _want(self, key: _Key) -> None:
        with self._lock:
            if self._closed or key in self._decoding:
                return
            self._wanted[key] = None
            self._wanted.move_to_end(key)
            if len(self._wanted) > _WAITING:
                self._wanted.popitem(last=False)
            start = self._workers < _THREADS
            self._workers += start
        if start:
            self._pool.start(self._work)

    def _work(self) -> None:
        """In a thread of the pool: decode until nothing is wanted."""
        while True:
            with self._lock:
                if not self._wanted:
                    self._workers -= 1
                    return
                key, _ = self._wanted.popitem()
                self._decoding.add(key)
                turn = self._turn
            self._decoded.emit(*key, turn, _square(*key))

    @Slot(object, int, int, object)
    def _keep(self, path: Path, pixels: int, turn: int, image: QImage | None) -> None:
        key = (path, pixels)
        with self._lock:
            self._decoding.discard(key)
            current = turn == self._turn
            if self._closed:
                return
        if not current:
            self._want(key)
            return
        self._release(key)
        if image is None:
            self._kept[key] = None
        else:
            pixmap = QPixmap.fromImage(image)
            pixmap.setDevicePixelRatio(self._ratio())
            self._kept[key] = pixmap
            self._bytes += _bytes(pixmap)
        while self._bytes > self._memory_bytes and len(self._kept) > 1:
            self._release(next(iter(self._kept)))
        self.ready.emit(path)

    def _release(self, key: _Key) -> None:
        pixmap = self._kept.pop(key, None)
        if pixmap is not None:
            self._bytes -= _bytes(pixmap)


def _bytes(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * 4


def _square(path: Path, side: int) -> QImage | None:
    """The middle of the picture, ``side`` device pixels wide and high; None where it cannot be read."""
    try:
        photo = read_photo(path, draft=side)
    except UserError:
        return None
    edge = min(photo.size)
    left, top = (photo.width - edge) / 2, (photo.height - edge) / 2
    box = (left, top, left + edge, top + edge)
    return as_qimage(photo.resize((side, side), Image.Resampling.BICUBIC, box=box, reducing_gap=2))


def _placeholder(side: int, ratio: float) -> QPixmap:
    """A quiet picture frame, drawn in the theme of the moment."""
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(QColor(colours().raised))
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colours().line), max(side / 48, 1.5), c=Qt.PenCapStyle.RoundCap))
    u = side / 8
    painter.drawRoundedRect(QRectF(2.5 * u, 2.5 * u, 3 * u, 3 * u), u / 4, u / 4)
    painter.drawLine(QPointF(2.5 * u, 5.5 * u), QPointF(5.5 * u, 2.5 * u))
    painter.end()
    return pixmap
