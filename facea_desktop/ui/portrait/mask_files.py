"""Masks that were painted on a picture, and pictures that were pasted, as files that a request names."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage

from facea_desktop.domain.atomic_files import disk_trouble, private_folder, write_atomically
from facea_desktop.domain.errors import UserError
from facea_desktop.library import photo_reader
from facea_desktop.library.erasure import erase_at_once
from facea_desktop.ui.qimages import as_qimage

KEPT_SECONDS = 30 * 24 * 3600
"""Older files go; the pictures that were made with them have their own beside them."""


def read_mask(path: Path) -> QImage | None:
    """A mask that lies on disk, as the canvas takes it; None where it cannot be read."""
    try:
        return as_qimage(photo_reader.read_mask(path))
    except UserError:
        return None


def save_picture(picture: QImage, folder: Path) -> Path:
    """Keep a painted mask or a pasted picture as a file; the same one is kept once.

    Raises:
        UserError: the disk refuses.
    """
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs know it only with bytes
    content = bytes(data.data())
    file = folder / f"{hashlib.sha256(content).hexdigest()[:24]}.png"
    with disk_trouble("save the picture"):
        private_folder(folder)
        write_atomically(file, content)
        _sweep(folder)
    return file


def _sweep(folder: Path) -> None:
    for file in folder.glob("*.png"):
        if time.time() - file.stat().st_mtime > KEPT_SECONDS:
            erase_at_once(file)
