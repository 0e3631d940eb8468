"""What lies on the canvas: a picture below, perhaps a result above it. Files are decoded beside the window's thread."""

from __future__ import annotations

import asyncio
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from facea_desktop.domain.errors import UserError
from facea_desktop.ui.canvas.canvas import Canvas
from facea_desktop.ui.portrait.pictures import read_picture


class Stage(QObject):
    """Shows files on the canvas, the last one asked for."""

    leaving = Signal()
    """The picture below is about to change: what was painted on it can be kept now."""
    entered = Signal()
    """Another picture lies below."""

    def __init__(self, canvas: Canvas, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.canvas = canvas
        self.base: Path | None = None
        """The picture below."""
        self.result: Path | None = None
        """The one above it."""
        self._asked: tuple[Path, Path | None] | None = None
        self._turn = 0

    @property
    def files(self) -> set[Path]:
        """What lies on the canvas, and what was asked for and is still read."""
        return {path for path in (self.base, self.result, *(self._asked or ())) if path is not None}

    async def show(self, base: Path, result: Path | None = None) -> bool:
        """Show a picture, and a result above it; False where that was asked for last, or something else is since.

        Raises:
            UserError: one of them is no picture that can be read.
        """
        if self._asked == (base, result):
            return False
        self._asked = (base, result)
        self._turn += 1
        turn = self._turn
        try:
            return await self._show(turn, base, result)
        except UserError:
            if turn == self._turn:
                self._asked = None
            raise

    async def _show(self, turn: int, base: Path, result: Path | None) -> bool:
        below = None if base == self.base else await _read(base)
        above = None if result is None else await _read(result)
        if turn != self._turn:
            return False
        if below is not None:
            self.leaving.emit()
            self.base = base
            self.canvas.set_mask(None)
            self.canvas.set_faces([])
            self.canvas.set_masking(False)
            self.canvas.set_picture(below)
        self.canvas.set_preview(None)
        self.canvas.set_result(above)
        self.result = result
        if below is not None:
            self.entered.emit()
        return True

    def clear(self) -> None:
        """Show nothing, whatever was asked for."""
        self._turn += 1
        self._asked = None
        self.leaving.emit()
        self.base = self.result = None
        self.canvas.set_masking(False)
        self.canvas.set_picture(None)

    def preview(self, picture: QImage | None) -> None:
        """Show what is being painted, or no more."""
        self.canvas.set_preview(picture)


async def _read(path: Path) -> QImage:
    image = await asyncio.to_thread(read_picture, path)
    if image is None:
        raise UserError(f"{path.name} cannot be shown: it is missing, damaged, or no JPEG, PNG, WebP, TIFF or HEIC.")
    return image
