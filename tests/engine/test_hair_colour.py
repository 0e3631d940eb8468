"""Hair is given another colour, and nothing else is."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from PIL import Image

from facea_desktop.domain.faces import FacePart
from facea_desktop.domain.scene_reading import scene_words
from facea_desktop.engine.colour_match import to_lab
from facea_desktop.engine.face_parser import face_parser
from facea_desktop.engine.hair_colour import HAIR_COLOUR, SHADES, with_hair
from facea_desktop.resources import resource


@pytest.fixture(scope="module")
def eve() -> Image.Image:
    return Image.open(resource("people", "eve", "0.jpg")).convert("RGB").resize((512, 512))


def part(photo: Image.Image, which: FacePart) -> np.ndarray:
    mask = Image.fromarray(face_parser().parse(photo).mask(which))
    return np.asarray(mask.resize(photo.size, Image.Resampling.NEAREST))


def test_every_colour_that_can_be_asked_for_has_a_shade() -> None:
    assert {value.name for value in scene_words().group(HAIR_COLOUR).values} == SHADES.keys()


@pytest.mark.parametrize("colour", sorted(SHADES.keys() - {"brown"}))
def test_hair_gets_its_colour_and_keeps_its_strands_and_the_face_stays(eve: Image.Image, colour: str) -> None:
    dyed = with_hair(eve, colour, face_parser())
    hair, old, new = part(eve, FacePart.HAIR), np.asarray(eve, np.float32), np.asarray(dyed, np.float32)
    assert np.abs(np.median(to_lab(new)[hair], 0) - SHADES[colour])[1:].max() < 8
    for which in (FacePart.LEFT_EYE, FacePart.RIGHT_EYE, FacePart.LIPS, FacePart.NOSE):
        assert np.abs(new - old)[part(eve, which)].mean() < 0.5
    strands = [np.diff(picture.mean(2), axis=1)[hair[:, 1:]] for picture in (old, new)]
    assert np.corrcoef(*strands)[0, 1] > 0.7
    skin = [np.median(picture[part(eve, FacePart.SKIN)], 0) for picture in (old, new)]
    assert np.abs(skin[1] - skin[0]).max() <= 2


@pytest.mark.parametrize("exposure", [0.5, 1.0, 1.4])
def test_hair_that_is_called_so_already_stays_in_any_light(eve: Image.Image, exposure: float) -> None:
    lit = eve.point(lambda level: min(255, round(exposure * level)))
    assert with_hair(lit, "brown", face_parser()) is lit


def test_the_lightest_and_the_reddest_hair_are_so(eve: Image.Image) -> None:
    hair = part(eve, FacePart.HAIR)
    labs = {
        name: np.median(to_lab(np.asarray(with_hair(eve, name, face_parser()), np.float32))[hair], 0) for name in SHADES
    }
    assert all(labs[dark][0] < labs[light][0] for dark, light in pairwise(("black", "brown", "red", "blond")))
    assert max(labs, key=lambda name: labs[name][1]) == "red"
    assert max(labs, key=lambda name: labs[name][2]) in ("red", "blond")
    assert np.abs(labs["grey"][1:]).max() < 6


def test_a_picture_without_hair_stays_as_it_is() -> None:
    wall = Image.new("RGB", (256, 256), "beige")
    assert with_hair(wall, "red", face_parser()) is wall


def test_thin_strands_beside_the_hair_get_its_colour_too(eve: Image.Image) -> None:
    hair, levels = part(eve, FacePart.HAIR), np.asarray(eve).copy()
    levels[part(eve, FacePart.BACKGROUND)] = 225
    column = eve.width // 2
    top = int(np.argmax(hair[:, column]))
    strand = np.s_[top - 16 : top - 8, column - 1 : column + 1]
    levels[top - 16 : top + 8, column - 1 : column + 1] = np.median(levels[hair], 0)
    dyed = np.asarray(with_hair(Image.fromarray(levels), "blond", face_parser()), np.float32)
    wall = np.s_[top - 16 : top - 8, column + 20 : column + 30]
    lighter = to_lab(dyed)[strand][..., 0].mean() - to_lab(levels.astype(np.float32))[strand][..., 0].mean()
    assert lighter > 8
    assert np.abs(dyed[wall] - levels[wall]).max() <= 2
