"""A canvas on the screen with a grey picture, and a hand that draws on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from facea_desktop.ui.canvas.canvas import Canvas
from facea_desktop.ui.canvas.mask_layer import read_values

WIDTH, HEIGHT = 400, 300


def plain(colour: str, width: int = WIDTH, height: int = HEIGHT) -> QImage:
    """A picture of one colour."""
    made = QImage(width, height, QImage.Format.Format_RGB32)
    made.fill(QColor(colour))
    return made


@pytest.fixture
def canvas(qtbot: QtBot) -> Canvas:
    """Shown and in front; one screen pixel per picture pixel, its corner at (100, 80) of the stage."""
    made = Canvas()
    qtbot.addWidget(made)
    made.resize(720, 560)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.set_picture(plain("#808080"))
    made.set_masking(True)
    made.view.setFocus()
    made.view.zoom_to(1)
    corner = made.view.viewportTransform().map(QPointF(0, 0)).toPoint()
    made.view._scroll(corner.x() - 100, corner.y() - 80)
    return made


def on_stage(canvas: Canvas, x: float, y: float) -> QPointF:
    """A point of the picture in pixels of the stage."""
    return canvas.view.viewportTransform().map(QPointF(x, y))


Hand = Callable[..., None]


@pytest.fixture
def hand(canvas: Canvas) -> Hand:
    """Drag the mouse through points of the picture."""

    def drag(
        *points: tuple[float, float],
        button: Qt.MouseButton = Qt.MouseButton.LeftButton,
        held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        steps: Sequence[tuple[QEvent.Type, tuple[float, float], Qt.MouseButton, Qt.MouseButton]] = [
            (QEvent.Type.MouseButtonPress, points[0], button, button),
            *((QEvent.Type.MouseMove, point, Qt.MouseButton.NoButton, button) for point in points[1:]),
            (QEvent.Type.MouseButtonRelease, points[-1], button, Qt.MouseButton.NoButton),
        ]
        stage = canvas.view.viewport()
        for kind, point, which, down in steps:
            at = on_stage(canvas, *point)
            event = QMouseEvent(kind, at, stage.mapToGlobal(at), which, down, held)
            QApplication.sendEvent(stage, event)

    return drag


def values(canvas: Canvas) -> np.ndarray:
    """The mask as numbers, zeros where there is none."""
    mask = canvas.mask()
    picture = canvas.picture()
    assert picture is not None
    return read_values(mask) if mask is not None else np.zeros((picture.height(), picture.width()), np.uint8)


def colour_at(canvas: Canvas, x: float, y: float) -> QColor:
    """What is seen at a point of the picture."""
    at: QPoint = on_stage(canvas, x, y).toPoint()
    return canvas.view.viewport().grab().toImage().pixelColor(at)
