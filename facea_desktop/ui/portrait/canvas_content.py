"""What lies on the canvas: a picture below, perhaps a result above it. Files are decoded beside the window's thread."""

from __future__ import annotations

import asyncio
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.requests import PortraitRequest
from facea_desktop.ui.canvas.canvas import Canvas
from facea_desktop.ui.qimages import read_picture
from facea_desktop.workers.job import Job


class CanvasContent(QObject):
    """Shows files on the canvas, the last one asked for.

    The canvas belongs to the user: what a job makes is shown there only while ``takes`` allows it.
    """

    leaving = Signal()
    """The picture below is about to change: what was painted on it can be kept now."""
    entered = Signal()
    """Another picture lies below."""
    changed = Signal()
    """Another picture lies below or above."""

    def __init__(self, canvas: Canvas, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.canvas = canvas
        self.base: Path | None = None
        """The picture below."""
        self.result: Path | None = None
        """The one above it."""
        self._asked: tuple[Path, Path | None] | None = None
        self._turn = 0
        self._followed: set[str] = set()
        self._opening = False  # something that was asked for by hand is still read
        self._previewed: str | None = None

    @property
    def files(self) -> set[Path]:
        """What lies on the canvas, and what was asked for and is still read."""
        return {path for path in (self.base, self.result, *(self._asked or ())) if path is not None}

    @property
    def wanted(self) -> Path | None:
        """The picture below, or the one that is still read and will lie there."""
        return self._asked[0] if self._asked is not None else None

    @property
    def followed(self) -> frozenset[str]:
        """The jobs that are followed."""
        return frozenset(self._followed)

    def follow(self, job: str) -> None:
        """Let what this job makes take the canvas, until something else is shown by hand."""
        self._followed.add(job)

    def takes(self, job: Job, *, always: bool = False) -> bool:
        """Whether what a job makes may take the canvas.

        It may while it is followed, and while the canvas is empty or shows the picture that is the job's scene; with
        ``always`` whatever is shown. It never does while a tool of the mask is in hand or another picture is opened.
        """
        if self._opening or self.canvas.drawing:
            return False
        if always or job.id in self._followed or not self.files:
            return True
        request = job.request
        picture = request.picture if isinstance(request, PortraitRequest) else None
        return picture is not None and self._asked == (picture, None)

    async def show(self, base: Path, result: Path | None = None, *, by_hand: bool = True) -> bool:
        """Show a picture, and a result above it; False where something else was asked for since.

        Args:
            by_hand: no job is followed any more; else a job brought it.

        Raises:
            UserError: one of them is no picture that can be read; what was shown stays.
        """
        if self._asked != (base, result):
            self._asked = (base, result)
            self._turn += 1
            turn = self._turn
            self._opening = by_hand
            try:
                shown = await self._show(turn, base, result, by_hand)
            finally:
                if turn == self._turn:
                    self._opening = False
                    self._asked = None if self.base is None else (self.base, self.result)
            if not shown:
                return False
        if by_hand:
            self._followed.clear()
            self._end_preview()
        return True

    async def _show(self, turn: int, base: Path, result: Path | None, by_hand: bool) -> bool:
        below = None if base == self.base else await _read(base)
        above = None if result is None else await _read(result)
        if turn != self._turn or (self.canvas.drawing and not by_hand):
            return False
        if below is not None:
            self.leaving.emit()
            self.base = base
            self.canvas.set_mask(None)
            self.canvas.set_faces([])
            self.canvas.set_masking(False)
            self.canvas.set_picture(below)
        self._end_preview()
        self.canvas.set_result(above)
        self.result = result
        if below is not None:
            self.entered.emit()
        self.changed.emit()
        return True

    def clear(self) -> None:
        """Show nothing, whatever was asked for."""
        self._turn += 1
        self._asked = None
        self._opening = False
        self.leaving.emit()
        self.base = self.result = None
        self.canvas.set_masking(False)
        self.canvas.set_picture(None)
        self.changed.emit()

    def preview(self, job: str, picture: QImage) -> None:
        """Show what a job is painting."""
        self._previewed = job
        self.canvas.set_preview(picture)

    def end_preview(self, job: str) -> None:
        """A job paints no more."""
        self._followed.discard(job)
        if job == self._previewed:
            self._end_preview()

    def _end_preview(self) -> None:
        self._previewed = None
        self.canvas.set_preview(None)


async def _read(path: Path) -> QImage:
    image = await asyncio.to_thread(read_picture, path)
    if image is None:
        raise UserError(
            f"{path.name} cannot be shown: it is missing, damaged, or not a JPEG, PNG, WebP, TIFF or HEIC file."
        )
    return image
