"""Contact sheets of grids."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.requests import GridAxis, GridSheet, PortraitRequest
from facea_desktop.library.contact_sheet import draw_sheet, save_sheet
from facea_desktop.library.portrait_png import read_request, read_source, save_portrait
from facea_desktop.library.xmp_metadata import AI_SOURCE_WHOLE
from facea_desktop.ui.portrait.restored_settings import open_portrait_file

PERSON = "a" * 12
SHEET = GridSheet(
    request=PortraitRequest(person=PERSON, prompt="a woman"),
    x=GridAxis(setting="person", values=(PERSON, "b" * 12)),
    y=GridAxis(setting="style", values=("none", "oil painting", "a very long style that has to be broken " * 9)),
)
COLOURS = ["red", "lime", "blue", "yellow", "cyan"]


@pytest.fixture
def pictures(tmp_path: Path) -> list[Path | None]:
    """Five portraits; the sixth could not be made."""
    made: list[Path | None] = []
    for colour in COLOURS:
        made.append(tmp_path / f"{colour}.png")
        save_portrait(tmp_path / f"{colour}.png", Image.new("RGB", (120, 160), colour), "{}", source=AI_SOURCE_WHOLE)
    return [*made, None]


def test_pictures_stand_row_by_row_below_and_beside_their_labels(pictures: list[Path | None]) -> None:
    sheet = draw_sheet(SHEET, pictures, {PERSON: "Anna"})
    places = []
    for colour in [*COLOURS, "#d0d0d0"]:
        wanted = np.array(Image.new("RGB", (1, 1), colour))[0, 0]
        y, x = (np.asarray(sheet) == wanted).all(-1).nonzero()
        solid = (np.bincount(y)[y] > 50) & (np.bincount(x)[x] > 50)  # a picture, not the edge of a letter
        places.append((x[solid].min(), y[solid].min()))
    assert places[0][1] == places[1][1] < places[2][1] == places[3][1] < places[4][1] == places[5][1]
    assert places[0][0] == places[2][0] == places[4][0] < places[1][0] == places[3][0] == places[5][0]
    heading = sheet.crop((0, 0, sheet.width, places[0][1] - 1)).convert("L")
    beside = sheet.crop((0, places[0][1], places[0][0] - 1, sheet.height)).convert("L")
    assert heading.getextrema()[0] < 100
    assert beside.getextrema()[0] < 100


@pytest.mark.parametrize("name", ["sheet.png", "sheet.JPG"])
def test_a_sheet_says_what_it_shows_and_that_a_machine_made_it(
    tmp_path: Path, pictures: list[Path | None], name: str
) -> None:
    save_sheet(tmp_path / name, SHEET, pictures, {})
    assert GridSheet.model_validate_json(read_request(tmp_path / name) or "") == SHEET
    assert read_source(tmp_path / name) == AI_SOURCE_WHOLE
    with pytest.raises(UserError, match="shows many portraits"):
        open_portrait_file(tmp_path / name)


def test_a_picture_that_was_deleted_is_grey_and_another_ending_is_refused(
    tmp_path: Path, pictures: list[Path | None]
) -> None:
    (tmp_path / "red.png").unlink()
    save_sheet(tmp_path / "sheet.png", SHEET, pictures, {})
    with pytest.raises(UserError, match=r"must end in \.png or \.jpg"):
        save_sheet(tmp_path / "sheet.gif", SHEET, pictures, {})
