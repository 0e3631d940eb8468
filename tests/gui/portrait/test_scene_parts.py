"""The tool that selects parts of faces, on the scene's picture: a photo, a scene that is kept, and pictures without."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QPushButton

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.faces import Box, Face, FacePart
from facea_desktop.domain.outcomes import PartsFound
from facea_desktop.domain.requests import PartsRequest
from facea_desktop.library.portrait_files import stages_of

from .conftest import faces_found, leave_portrait

LIPS, SKIN = (1 + tuple(FacePart).index(part) for part in (FacePart.LIPS, FacePart.SKIN))


def png(values: np.ndarray) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(values).save(buffer, "PNG")
    return buffer.getvalue()


def parts_found(width: int, height: int) -> PartsFound:
    """Skin on the left half, lips in the quarter at its upper left."""
    labels = np.zeros((height, width), np.uint8)
    labels[:, : width // 2] = SKIN
    labels[: height // 2, : width // 4] = LIPS
    face = Face(Box(0, 0, width / 2, height), {}, 0.9)
    return PartsFound((face,), png(labels), png(np.where(labels, 1, 0).astype(np.uint8)))


@pytest.fixture
def shown(panel, anna, workers, photo: Path, do):
    """The panel with a photo of one face as its scene; its parts can be found."""
    workers.answers["faces"] = faces_found(1)
    workers.answers["parts"] = parts_found(320, 160)
    do(lambda: panel.use_picture(photo), lambda: panel.form.scene.faces.cast.faces)
    return panel


def message(panel) -> str:
    return panel.stage.canvas.findChild(QLabel, "partMessage").text()


def select(panel, part: str) -> QImage | None:
    panel.stage.canvas.findChild(QPushButton, f"select-{part}").click()
    return panel.stage.canvas.mask()


def test_a_part_that_is_selected_is_the_mask_that_is_made_anew(shown, pool, photo: Path, do, workers) -> None:
    canvas = shown.stage.canvas
    do(lambda: canvas.choose_tool("part"), lambda: canvas.editor.parts)
    assert workers.asked[-1] == PartsRequest(picture=photo)

    mask = select(shown, "lips")
    assert mask is not None
    assert [mask.pixelColor(*at).red() for at in ((79, 79), (80, 79), (79, 80))] == [255, 0, 0]

    do(shown.make_pictures, pool.jobs)
    with Image.open(pool.jobs()[0].request.mask) as sent:
        assert [sent.getpixel(at) for at in ((79, 79), (80, 79), (79, 80))] == [255, 0, 0]


def test_parts_are_looked_for_only_when_the_tool_is_wanted_and_once_a_picture(shown, workers, do) -> None:
    canvas = shown.stage.canvas
    assert not any(isinstance(request, PartsRequest) for request in workers.asked)
    do(lambda: canvas.choose_tool("part"), lambda: canvas.editor.parts)
    do(lambda: (canvas.choose_tool("brush"), canvas.choose_tool("part")))
    assert sum(isinstance(request, PartsRequest) for request in workers.asked) == 1


def test_parts_of_a_picture_that_is_shown_smaller_fit_it(panel, anna, workers, tmp_path: Path, do) -> None:
    workers.answers["faces"] = faces_found(0)
    workers.answers["parts"] = parts_found(8192, 16)
    wide = tmp_path / "wide.png"
    Image.new("RGB", (8192, 16)).save(wide)
    do(lambda: panel.use_picture(wide), lambda: panel.stage.canvas.picture())
    do(lambda: panel.stage.canvas.choose_tool("part"), lambda: panel.stage.canvas.editor.parts)

    mask = select(panel, "lips")
    assert mask is not None
    assert (mask.width(), mask.height()) == (4096, 8)
    assert [mask.pixelColor(x, 1).red() for x in (1022, 1025)] == [255, 0]


def test_of_a_result_whose_scene_is_kept_the_scene_is_looked_at(panel, anna, workers, session, do) -> None:
    workers.answers["faces"] = faces_found(1, 32, 32)
    workers.answers["parts"] = parts_found(32, 32)
    request = panel.request.model_copy(update={"prompt": "a woman", "seed": 3})
    path = leave_portrait(session.library.portraits, request)
    context, _ = stages_of(path)
    do(lambda: panel.open_portrait(path), lambda: panel.stage.result == path)
    do(lambda: panel.keep_scene(path), lambda: panel.stage.canvas.commands["part"].isEnabled())
    assert (panel.stage.base, panel.stage.result) == (context, path)
    do(lambda: panel.stage.canvas.choose_tool("part"), lambda: panel.stage.canvas.editor.parts)

    assert workers.asked[-1] == PartsRequest(picture=context)
    assert select(panel, "skin") is not None


def test_a_picture_without_a_face_says_so_in_a_line(shown, workers, do) -> None:
    empty = png(np.zeros((160, 320), np.uint8))
    workers.answers["parts"] = PartsFound((), empty, empty)
    do(lambda: shown.stage.canvas.choose_tool("part"), lambda: message(shown).startswith("No face found"))
    assert select(shown, "face") is None


def test_why_the_parts_could_not_be_found_is_said_and_they_can_be_asked_for_again(shown, workers, do) -> None:
    canvas = shown.stage.canvas
    workers.answers["parts"] = UserError("party.jpg does not exist: check the name.")
    do(lambda: canvas.choose_tool("part"), lambda: message(shown) == "party.jpg does not exist: check the name.")
    workers.answers["parts"] = parts_found(320, 160)
    do(lambda: (canvas.choose_tool("brush"), canvas.choose_tool("part")), lambda: canvas.editor.parts)
    assert select(shown, "face") is not None


def test_parts_that_come_when_another_picture_lies_there_are_not_shown(shown, workers, do, tmp_path: Path) -> None:
    other = tmp_path / "other.png"
    Image.new("RGB", (320, 160), "red").save(other)
    canvas = shown.stage.canvas

    def late(request: PartsRequest) -> PartsFound:
        shown.stage.base = other  # as the stage does while the engine looks
        return parts_found(320, 160)

    workers.answers["parts"] = late
    do(lambda: canvas.choose_tool("part"), lambda: shown.stage.base == other)
    assert canvas.editor.parts is None
