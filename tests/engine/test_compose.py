from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.faces import Attribute, Box, Face
from facea_desktop.engine.compose import Target, paste_back, target_of_face, target_of_mask
from facea_desktop.engine.crops import Crop
from facea_desktop.engine.masks import box_mask

SIDE = 64


def noise(size, seed=0) -> Image.Image:
    width, height = size
    return Image.fromarray(np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8))


def face_at(box: Box, tilt: float) -> Face:
    turn, reach = np.radians(tilt), box.side / 5
    x, y = box.center
    dx, dy = reach * np.cos(turn), reach * np.sin(turn)
    eyes = {Attribute.LEFT_EYE: (x - dx, y - dy), Attribute.RIGHT_EYE: (x + dx, y + dy)}
    return Face(box, {eye: Box(u - 2, v - 2, u + 2, v + 2) for eye, (u, v) in eyes.items()}, 1.0)


def kept(target: Target) -> np.ndarray:
    return np.asarray(target.region) == 0


def equal_outside(context: Image.Image, result: Image.Image, target: Target) -> bool:
    return np.array_equal(np.asarray(result)[kept(target)], np.asarray(context)[kept(target)])


@pytest.mark.parametrize(
    ("size", "box", "tilt"),
    [
        ((400, 300), Box(120, 80, 220, 200), 0),
        ((400, 300), Box(120, 80, 220, 200), 30),
        ((1024, 1024), Box(700, 300, 732, 340), 0),
        ((1024, 1024), Box(700, 300, 732, 340), -20),
        ((400, 300), Box(5, 2, 390, 298), 0),
        ((400, 300), Box(-60, -40, 70, 100), 15),
        ((400, 300), Box(330, 220, 460, 390), 0),
    ],
    ids=["upright", "tilted", "40 px of 1024", "40 px and tilted", "huge", "over the corner", "cut by the edge"],
)
def test_nothing_outside_the_mask_changes_and_the_inside_does(size, box, tilt):
    context, target = noise(size), target_of_face(face_at(box, tilt), size, SIDE)
    result = paste_back(context, noise((SIDE, SIDE), 1), target)
    assert (result.size, result.mode) == (size, "RGB")
    assert equal_outside(context, result, target)
    changed = (np.asarray(result) != np.asarray(context)).any(-1)
    assert changed.sum() > 0.8 * (~kept(target)).sum()
    assert set(np.unique(np.asarray(target.region))) == {0, 255}


@settings(max_examples=25, deadline=None)
@given(
    x=st.floats(-80, 300), y=st.floats(-80, 250), width=st.floats(8, 400), height=st.floats(8, 400),
    tilt=st.floats(-180, 180), side=st.sampled_from([64, 96]),
)  # fmt: skip
def test_nothing_outside_the_mask_ever_changes(x, y, width, height, tilt, side):
    size = (240, 180)
    context = noise(size)
    target = target_of_face(face_at(Box(x, y, x + width, y + height), tilt), size, side)
    assert equal_outside(context, paste_back(context, noise((side, side), 1), target), target)


@settings(max_examples=15, deadline=None)
@given(
    x=st.integers(0, 230), y=st.integers(0, 170), width=st.integers(0, 239), height=st.integers(0, 179),
    shape=st.sampled_from(["rectangle", "ellipse"]),
)  # fmt: skip
def test_nothing_outside_a_drawn_mask_ever_changes(x, y, width, height, shape):
    size = (240, 180)
    mask = Image.new("L", size, 0)
    getattr(ImageDraw.Draw(mask), shape)((x, y, x + width, y + height), fill=255)
    context = noise(size)
    target = target_of_mask(mask, size, SIDE)
    assert np.array_equal(kept(target), np.asarray(mask) == 0)
    assert equal_outside(context, paste_back(context, noise((SIDE, SIDE), 1), target), target)


def test_the_rim_is_soft_where_the_patch_has_another_colour():
    size = (300, 300)
    context = Image.new("RGB", size, (200, 60, 60))
    target = target_of_face(face_at(Box(90, 80, 200, 220), 0), size, SIDE)
    result = np.asarray(paste_back(context, Image.new("RGB", (SIDE, SIDE), (60, 60, 200)), target), int)
    assert result[150, 145, 2] > 120  # it arrived
    steps = [np.abs(np.diff(result, axis=axis)).max() for axis in (0, 1)]
    assert max(steps) < 140 / 4


@pytest.mark.parametrize("tilt", [0, 25])
def test_a_patch_that_is_darker_all_over_is_matched_at_the_rim(tilt):
    size = (300, 300)
    y, x = np.mgrid[:300, :300]
    scene = np.uint8(np.stack([120 + x / 5, 110 + y / 5, 130 + (x + y) / 10], -1))
    context = Image.fromarray(scene)
    target = target_of_face(face_at(Box(90, 80, 200, 220), tilt), size, SIDE)
    darker = np.uint8(np.asarray(target.crop.cut(context, SIDE), int) - 25)
    result = np.asarray(paste_back(context, Image.fromarray(darker), target), int)
    assert np.abs(result - scene.astype(int)).max() <= 6


def test_a_patch_of_the_picture_itself_changes_nothing():
    size = (300, 300)
    context = Image.fromarray(np.uint8(np.mgrid[:300, :300][1][..., None] / 2 + [20, 60, 90]))
    target = target_of_face(face_at(Box(90, 80, 200, 220), 20), size, SIDE)
    result = paste_back(context, target.crop.cut(context, SIDE), target)
    assert np.abs(np.asarray(result, int) - np.asarray(context, int)).max() <= 2


def test_a_face_that_is_quite_another_keeps_its_own_colours_inside():
    size = (300, 300)
    context = Image.new("RGB", size, (120, 120, 120))
    target = target_of_face(face_at(Box(40, 30, 250, 270), 0), size, SIDE)
    patch = Image.new("RGB", (SIDE, SIDE), (120, 120, 120))
    patch.paste((20, 200, 20), (24, 24, 40, 40))
    result = np.asarray(paste_back(context, patch, target), int)
    x, y = (int(value) for value in target.crop.center)
    assert np.abs(result[y, x] - [20, 200, 20]).max() <= 3


@pytest.mark.parametrize("tilt", [0, 35])
def test_the_region_is_the_face_mask_turned_back_onto_the_picture(tilt):
    size, face = (400, 300), face_at(Box(120, 80, 220, 200), tilt)
    target = target_of_face(face, size, SIDE)
    assert target.mask.size == (SIDE, SIDE)
    again = np.asarray(target.crop.cut(target.region, SIDE)) >= 128
    assert (again != (np.asarray(target.mask) >= 128)).mean() < 0.02
    assert np.asarray(target.region)[140, 170] == 255


def test_a_face_outside_the_picture_changes_nothing():
    context = noise((100, 100))
    target = target_of_face(face_at(Box(300, 300, 340, 350), 0), (100, 100), SIDE)
    assert np.array_equal(np.asarray(paste_back(context, noise((SIDE, SIDE), 1), target)), np.asarray(context))


def test_two_far_spots_of_a_drawn_mask_are_both_redrawn():
    size = (400, 400)
    mask = Image.new("L", size, 0)
    draw = ImageDraw.Draw(mask)
    draw.ellipse((20, 20, 40, 40), fill=255)
    draw.ellipse((350, 350, 380, 380), fill=255)
    target = target_of_mask(mask, size, 256)
    context = Image.new("RGB", size, (200, 200, 200))
    result = np.asarray(paste_back(context, Image.new("RGB", (256, 256), (0, 0, 0)), target), int)
    assert result[30, 30].max() <= 60
    assert result[365, 365].max() <= 60


def test_the_square_of_a_drawn_mask_holds_all_of_it():
    mask = box_mask((400, 300), Box(200, 30, 340, 120))
    target = target_of_mask(mask, (400, 300), SIDE)
    rim = np.asarray(target.mask).copy()
    rim[2:-2, 2:-2] = 0
    assert not rim.any()
    assert target.crop == Crop(Box(*target.region.getbbox()).center, target.crop.side)


@pytest.mark.parametrize("size", [(99, 100), (200, 200)])
def test_a_mask_of_another_size_than_the_picture_is_refused(size):
    with pytest.raises(UserError, match="same size"):
        target_of_mask(Image.new("L", size, 255), (100, 100), SIDE)


@pytest.mark.parametrize("grey", [0, 127])
def test_a_mask_without_white_is_refused(grey):
    with pytest.raises(UserError, match="black everywhere"):
        target_of_mask(Image.new("L", (100, 100), grey), (100, 100), SIDE)


def test_a_coloured_mask_counts_by_its_brightness():
    mask = Image.new("RGB", (100, 100))
    mask.paste((255, 255, 255), (20, 20, 60, 60))
    mask.paste((0, 0, 255), (60, 60, 90, 90))
    assert target_of_mask(mask, (100, 100), SIDE).region.getbbox() == (20, 20, 60, 60)
