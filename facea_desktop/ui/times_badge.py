"""How larger copies are told from their originals where many pictures are shown."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

tr = QCoreApplication.translate

WIDTH, HEIGHT = 26, 17
_GROUND, _WORDS = QColor(16, 16, 18, 205), QColor("#f4f4f5")  # upon pictures, so the same in both themes


def times_words(times: int) -> str:
    """That a picture was enlarged; empty where it was not."""
    return tr("Enlarge", "enlarged {} times").format(times) if times > 1 else ""


def times_sign(times: int) -> str:
    """The same as a number and a multiplication sign."""
    return f"{times}\N{MULTIPLICATION SIGN}" if times > 1 else ""


def draw_times_badge(painter: QPainter, corner: QPointF, times: int) -> None:
    """Draw "2×" on dark ground; nothing where a picture was not enlarged.

    Args:
        corner: upper left.
    """
    if times <= 1:
        return
    badge = QRectF(corner.x(), corner.y(), WIDTH, HEIGHT)
    painter.save()
    font = painter.font()
    font.setPixelSize(11)
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_GROUND)
    painter.drawRoundedRect(badge, HEIGHT / 2, HEIGHT / 2)
    painter.setPen(_WORDS)
    painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, times_sign(times))
    painter.restore()
