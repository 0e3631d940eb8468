"""A gallery page over portraits as the engine leaves them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from facea_desktop.domain.requests import PortraitRequest
from facea_desktop.library.portrait_png import save_portrait
from facea_desktop.ui.gallery.gallery_page import GalleryPage
from facea_desktop.ui.session import Session

ANNA = "0123456789ab"


@pytest.fixture
def paint(session: Session) -> Callable[..., Path]:
    """Put a portrait into the gallery, as a job does, each an hour younger than the one before."""
    hours = iter(range(10_000))

    def make(
        name: str, prompt: str = "a man smiling", *, person: str | None = ANNA, likeness: float | None = None
    ) -> Path:
        path = session.root / "portraits" / f"{name}.png"
        request = PortraitRequest(person=person, prompt=prompt, seed=7) if person is not None else None
        moment = 1_780_000_000 + 3600 * next(hours)
        created = datetime.fromtimestamp(moment, UTC)
        save_portrait(path, Image.new("RGB", (30, 20), "red"), request and request.model_dump_json(), created=created)
        os.utime(path, (moment, moment))
        session.index.add_portrait(path, likeness)
        session.portraitsChanged.emit()
        return path

    return make


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> Iterator[GalleryPage]:
    made = GalleryPage(session)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    yield made
    made.close()
