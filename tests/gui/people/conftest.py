"""People for the library's tests: photos that are checked, portraits that are there, and drops."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from facea_desktop.domain.faces import PARTS, Box, Face
from facea_desktop.domain.outcomes import InspectedPhoto, PhotosInspected
from facea_desktop.domain.photo_requests import InspectRequest
from facea_desktop.domain.requests import PortraitRequest
from facea_desktop.library.portrait_png import save_portrait
from facea_desktop.resources import resource
from facea_desktop.ui.session import Session


@pytest.fixture
def photos() -> list[Path]:
    """Three photos of one person."""
    return [resource("people", "eve", f"{index}.jpg") for index in range(3)]


@pytest.fixture
def group(tmp_path: Path) -> Path:
    """A photo that ``inspected`` takes for one of two people."""
    path = tmp_path / "group.png"
    Image.new("RGB", (200, 100), "gray").save(path)
    return path


def png(mode: str = "RGB", colour: object = "gray", side: int = 64) -> bytes:
    buffer = io.BytesIO()
    Image.new(mode, (side, side), colour).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.fixture
def inspected() -> Callable[..., PhotosInspected]:
    """What the engine says of photos; problems by file name."""

    def set_message(  # group.png shows two people until the request says who is meant
        request: InspectRequest, problems: dict[str, str] | None = None, problem: str | None = None, *warnings: str
    ) -> PhotosInspected:
        found = []
        for path in request.photos:
            bad = (problems or {}).get(path.name)
            crop = next((crop for crop in request.crops if request.photos[crop.photo] == path), None)
            if path.name == "group.png":
                faces = (Face(Box(20, 20, 60, 60), {}, 1), Face(Box(120, 20, 150, 50), {}, 1))
                look = InspectedPhoto(path, None, {}, None, width=200, height=100, faces=faces)
                if crop is None:
                    found.append(replace(look, problem="group.png: 2 faces were found"))
                else:
                    masks = {part: png("L", 255) for part in PARTS}
                    found.append(replace(look, crop=png(), masks=masks, face=crop.face, frame=crop.frame))
            elif bad is not None:
                found.append(InspectedPhoto(path, None, {}, f"{path.name}: {bad}"))
            else:
                masks = {part: png("L", 255) for part in PARTS}
                found.append(InspectedPhoto(path, png(), masks, None, 200.0, 0.81))
        return PhotosInspected(tuple(found), problem, warnings)

    return set_message


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
