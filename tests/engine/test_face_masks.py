from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from facea_desktop.domain.faces import PARTS, Attribute, Box, Face
from facea_desktop.engine.face_masks import GROW, box_mask, box_masks, feather

FACE_OF_ALL = Face(
    Box(20, 10, 100, 110),
    {
        Attribute.LEFT_EYE: Box(32, 35, 54, 48),
        Attribute.RIGHT_EYE: Box(66, 35, 88, 48),
        Attribute.NOSE: Box(50, 45, 70, 70),
        Attribute.MOUTH: Box(42, 78, 78, 92),
    },
    1.0,
)


def white(mask: Image.Image) -> np.ndarray:
    return np.asarray(mask) == 255


def test_every_part_has_a_mask_of_black_and_white_alone():
    masks = box_masks((128, 120), FACE_OF_ALL)
    assert list(masks) == list(PARTS)
    for mask in masks.values():
        assert (mask.size, mask.mode) == ((128, 120), "L")
        assert set(np.unique(np.asarray(mask))) == {0, 255}


@pytest.mark.parametrize("part", PARTS)
def test_a_mask_covers_its_box_but_for_the_corners_and_little_more(part):
    box = FACE_OF_ALL.part_box(part)
    covered = white(box_masks((128, 120), FACE_OF_ALL)[part])
    y, x = np.mgrid[:120, :128] + 0.5
    u, v = abs(x - box.center[0]) / (box.width / 2), abs(y - box.center[1]) / (box.height / 2)
    assert covered[u**2 + v**2 < 1].all()  # the ellipse in the box
    assert covered[(u < 1) & (v < 0.4)].all()
    assert covered[(v < 1) & (u < 0.4)].all()
    more = 1 + 2 * GROW
    assert not covered[(u > more + 2 / box.width) | (v > more + 2 / box.height)].any()
    assert not covered[(u > more - 0.04) & (v > more - 0.04)].any()


def test_a_part_that_was_not_found_has_no_mask():
    side_view = Face(FACE_OF_ALL.box, {Attribute.NOSE: FACE_OF_ALL.parts[Attribute.NOSE]}, 1.0)
    assert set(box_masks((128, 120), side_view)) == {"face", "nose"}


def test_masks_end_at_the_edge_of_the_picture():
    face = Face(Box(-30, -20, 50, 90), {Attribute.LEFT_EYE: Box(-20, 10, -8, 18)}, 1.0)
    masks = box_masks((64, 64), face)
    assert set(masks) == {"face"}
    assert white(masks["face"])[30, 0]
    assert white(masks["face"])[63, 20]
    assert not white(masks["face"])[:, 60:].any()


def test_a_box_of_nothing_has_an_empty_mask():
    assert box_mask((20, 20), Box(5, 5, 5, 5)).getbbox() is None


def disc(size: int, radius: int) -> Image.Image:
    mask = Image.new("L", (size, size), 0)
    ImageDraw.Draw(mask).ellipse((size // 2 - radius, size // 2 - radius, size // 2 + radius, size // 2 + radius), 255)
    return mask


@pytest.mark.parametrize("radius", [0, 1, 6, 15])
def test_feathering_is_nothing_outside_and_everything_inside(radius):
    mask = disc(101, 40)
    opacity = feather(mask, radius)
    assert opacity.dtype == np.float32
    assert opacity.shape == (101, 101)
    assert not opacity[~white(mask)].any()
    y, x = np.mgrid[:101, :101] - 50.0
    assert (opacity[np.hypot(x, y) < 40 - radius - 2] == 1).all()
    assert opacity.min() >= 0
    assert opacity.max() == 1


def test_feathering_rises_evenly_from_the_rim():
    line = feather(disc(101, 40), 10)[50, :51]
    rise = np.diff(line)
    assert (rise >= 0).all()
    assert rise.max() < 0.15
    assert 0 < line[np.flatnonzero(line)[0]] < 0.15


def test_there_is_no_rim_where_the_picture_ends():
    mask = Image.new("L", (60, 60), 0)
    mask.paste(255, (0, 0, 30, 60))
    opacity = feather(mask, 8)
    assert (opacity[:, :20] == 1).all()
    assert (opacity[:, 29] < 0.2).all()


@pytest.mark.parametrize("width", [1, 3, 8])
def test_thin_strokes_and_small_spots_do_not_vanish(width):
    mask = Image.new("L", (200, 200), 0)
    draw = ImageDraw.Draw(mask)
    draw.line((20, 20, 180, 180), fill=255, width=width)
    draw.ellipse((150, 20, 150 + width, 20 + width), fill=255)
    opacity = feather(mask, 12)
    assert opacity[100, 100] >= 0.5
    assert opacity[20:40, 140:170].max() >= 0.5
    assert not opacity[~white(mask)].any()


def test_a_white_mask_is_opaque_everywhere():
    assert (feather(Image.new("L", (30, 20), 255), 5) == 1).all()
