"""People for the library's tests: photos that are checked, portraits that are there, and drops."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from facea_desktop.domain.faces import PARTS
from facea_desktop.domain.outcomes import InspectedPhoto, PhotosInspected
from facea_desktop.domain.requests import InspectRequest, PortraitRequest
from facea_desktop.library.pictures import save_portrait
from facea_desktop.resources import resource
from facea_desktop.ui.session import Session


@pytest.fixture
def photos() -> list[Path]:
    """Three photos of one person."""
    return [resource("people", "eve", f"{index}.jpg") for index in range(3)]


def png(mode: str = "RGB", colour: object = "gray", side: int = 64) -> bytes:
    buffer = io.BytesIO()
    Image.new(mode, (side, side), colour).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.fixture
def inspected() -> Callable[..., PhotosInspected]:
    """What the engine says of photos; problems by file name."""

    def say(
        request: InspectRequest, problems: dict[str, str] | None = None, problem: str | None = None, *warnings: str
    ) -> PhotosInspected:
        found = []
        for path in request.photos:
            bad = (problems or {}).get(path.name)
            if bad is not None:
                found.append(InspectedPhoto(path, None, {}, f"{path.name}: {bad}"))
            else:
                masks = {part: png("L", 255) for part in PARTS}
                found.append(InspectedPhoto(path, png(), masks, None, 200.0, 0.81))
        return PhotosInspected(tuple(found), problem, warnings)

    return say


@pytest.fixture
def add_portraits(session: Session) -> Callable[[str, int], list[Path]]:
    """Put portraits of a person into the gallery."""

    def add(person: str, count: int) -> list[Path]:
        paths = [session.library.portraits / f"{person}-{seed}.png" for seed in range(count)]
        for path in paths:
            save_portrait(path, Image.new("RGB", (16, 16)), PortraitRequest(person=person).model_dump_json())
        session.index.refresh_portraits()
        return paths

    return add


@pytest.fixture
def drop() -> Callable[[QWidget, Iterable[Path]], bool]:
    """Drop files on a widget; whether it takes them."""

    def let_go(widget: QWidget, files: Iterable[Path]) -> bool:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
        actions, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(QPoint(40, 40), actions, data, left, none)
        enter.setAccepted(False)
        QApplication.sendEvent(widget, enter)
        if not enter.isAccepted():
            return False
        QApplication.sendEvent(widget, QDropEvent(QPointF(40, 40), actions, data, left, none))
        return True

    return let_go
