from __future__ import annotations

import math

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

from facea_desktop.domain.faces import FACE_PART, Attribute, Box, Face
from facea_desktop.engine.crops import Crop

SIZE = (1024, 768)
CROPS = {
    "upright": (Crop((500, 400), 300), 256),
    "tilted": (Crop((500, 400), 300, 30), 256),
    "tilted the other way": (Crop((500.5, 399.3), 301.7, -30), 256),
    "tiny": (Crop((700, 300), 40), 256),
    "tiny and tilted": (Crop((700.2, 300.8), 40.4, 25), 256),
    "huge": (Crop((512, 384), 760), 256),
    "huge and tilted": (Crop((512, 384), 700, -20), 256),
    "over the corner": (Crop((30, 20), 300), 256),
    "over the edge and tilted": (Crop((1000, 500), 300, 40), 256),
}


def smooth_picture(size=SIZE) -> Image.Image:
    """Waves far wider than a pixel, so that resampling loses next to nothing."""
    y, x = np.mgrid[: size[1], : size[0]]
    waves = [np.sin(x / 70 + k) + np.cos(y / 90 - k) for k in range(3)]
    return Image.fromarray(np.uint8(np.stack([127 + 50 * wave for wave in waves], -1)))


def square_of(crop: Crop, size, margin: float) -> np.ndarray:
    """Pixels of a picture that lie in the crop, at least ``margin`` pixels from its border."""
    y, x = np.mgrid[: size[1], : size[0]] + 0.5
    turn = math.radians(crop.angle)
    dx, dy = x - crop.center[0], y - crop.center[1]
    u, v = math.cos(turn) * dx + math.sin(turn) * dy, -math.sin(turn) * dx + math.cos(turn) * dy
    return np.maximum(np.abs(u), np.abs(v)) < crop.side / 2 - margin


def dots(face: Face, size=SIZE) -> Image.Image:
    """Red where the left eye is, green where the right one is."""
    picture = Image.new("RGB", size)
    draw = ImageDraw.Draw(picture)
    radius = face.box.side / 25
    for eye, colour in ((Attribute.LEFT_EYE, "red"), (Attribute.RIGHT_EYE, "lime")):
        x, y = face.parts[eye].center
        draw.ellipse((x - radius - 0.5, y - radius - 0.5, x + radius - 0.5, y + radius - 0.5), fill=colour)
    return picture


def middle_of_dot(picture: Image.Image, channel: int) -> tuple[float, float]:
    weights = np.asarray(picture, float)[..., channel]
    y, x = np.mgrid[: weights.shape[0], : weights.shape[1]] + 0.5
    return float((x * weights).sum() / weights.sum()), float((y * weights).sum() / weights.sum())


def leaning_face(tilt: float, center=(500.0, 400.0), side=300.0) -> Face:
    turn = math.radians(tilt)
    cos, sin = math.cos(turn), math.sin(turn)

    def at(u: float, v: float) -> Box:
        x, y = center[0] + side * (cos * u - sin * v), center[1] + side * (sin * u + cos * v)
        return Box(x - side / 10, y - side / 14, x + side / 10, y + side / 14)

    box = Box(center[0] - side * 0.4, center[1] - side / 2, center[0] + side * 0.4, center[1] + side / 2)
    return Face(box, {Attribute.LEFT_EYE: at(-0.2, -0.1), Attribute.RIGHT_EYE: at(0.2, -0.1)}, 1.0)


@pytest.mark.parametrize("name", CROPS)
def test_cutting_and_putting_back_changes_nothing(name):
    crop, size = CROPS[name]
    picture = smooth_picture()
    back = np.asarray(crop.put_back(crop.cut(picture, size), SIZE), int)
    inside = square_of(crop, SIZE, 2 * max(1, crop.side / size))
    assert inside.sum() > 1000
    assert np.abs(back - np.asarray(picture, int))[inside].max() <= 4


@pytest.mark.parametrize("name", CROPS)
def test_what_is_put_back_is_black_away_from_the_square(name):
    crop, size = CROPS[name]
    back = np.asarray(crop.put_back(Image.new("L", (size, size), 255), SIZE))
    assert (back[square_of(crop, SIZE, 1)] == 255).all()
    assert not back[~square_of(crop, SIZE, -3 * max(1, crop.side / size))].any()


@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_a_cut_is_square_and_keeps_the_mode(mode):
    cut = Crop((10, 10), 333.3, 12).cut(smooth_picture().convert(mode), 64)
    assert (cut.size, cut.mode) == ((64, 64), mode)


def test_a_cut_at_its_own_size_is_the_picture_bit_for_bit():
    noise = Image.fromarray(np.random.default_rng(0).integers(0, 256, (200, 300, 3), dtype=np.uint8))
    cut = Crop((150, 100), 64).cut(noise, 64)
    assert np.array_equal(np.asarray(cut), np.asarray(noise)[68:132, 118:182])


def test_beyond_the_edge_the_last_pixels_go_on():
    cut = np.asarray(Crop((0, 50), 60).cut(Image.new("RGB", (100, 100), (10, 200, 30)), 32))
    assert (cut == (10, 200, 30)).all()


@pytest.mark.parametrize("angle", [0, 30])
def test_softened_there_are_no_streaks_beyond_the_edge_and_the_inside_is_untouched(angle):
    hair = np.repeat(np.random.default_rng(0).integers(0, 256, (1, 800, 3), dtype=np.uint8), 800, 0)
    crop = Crop((400, 0), 512, angle)
    cut = crop.cut(Image.fromarray(hair), 256)

    soft = crop.soften(cut, (800, 800))

    was, now = np.asarray(cut, float), np.asarray(soft, float)
    streaks = [np.abs(np.diff(pixels[:32, 96:160], axis=1)).mean() for pixels in (was, now)]
    assert streaks[1] < 0.1 * streaks[0]
    assert np.array_equal(now[208:, 96:160], was[208:, 96:160])


def test_a_cut_that_lies_in_its_picture_is_not_softened():
    cut = Crop((50, 50), 40, 20).cut(dots(leaning_face(0, (500, 400), 300)), 64)
    assert Crop((50, 50), 40, 20).soften(cut, SIZE) is cut


def test_a_large_square_is_averaged_and_not_sampled():
    stripes = np.zeros((800, 800), np.uint8)
    stripes[:, ::2] = 255
    cut = np.asarray(Crop((400, 400), 640).cut(Image.fromarray(stripes), 64), int)
    assert np.abs(cut - 127).max() < 12


@pytest.mark.parametrize("tilt", [0, 5, 25, -25, 60])
@pytest.mark.parametrize(("center", "side"), [((500, 400), 300), ((700, 300), 40), ((80, 60), 200), ((512, 384), 700)])
def test_inside_says_where_the_eyes_are_in_the_cut(tilt, center, side):
    face = leaning_face(tilt, center, side)
    crop = Crop.of_face(face)
    cut, inside = crop.cut(dots(face), 256), crop.inside(face, 256)
    for channel, eye in enumerate((Attribute.LEFT_EYE, Attribute.RIGHT_EYE)):
        if all(5 < value < limit - 5 for value, limit in zip(face.parts[eye].center, SIZE)):
            assert middle_of_dot(cut, channel) == pytest.approx(inside.parts[eye].center, abs=256 / side)


@pytest.mark.parametrize("tilt", [25, -25, 60])
def test_a_tilted_face_has_its_eyes_level_in_the_cut(tilt):
    face = leaning_face(tilt)
    cut = Crop.of_face(face).cut(dots(face), 256)
    left, right = middle_of_dot(cut, 0), middle_of_dot(cut, 1)
    assert left[1] == pytest.approx(right[1], abs=1)
    assert right[0] - left[0] == pytest.approx(0.4 * 300 * 256 * FACE_PART / 300, abs=2)


def test_a_slightly_tilted_face_is_cut_without_turning():
    assert Crop.of_face(leaning_face(5)).angle == 0
    assert Crop.of_face(leaning_face(25)).angle == pytest.approx(25)


@pytest.mark.parametrize("tilt", [0, 25, -40])
def test_there_is_more_room_above_the_face_than_below(tilt):
    face = leaning_face(tilt)
    box = Crop.of_face(face).inside(face, 100).box
    assert box.side == pytest.approx(72)
    assert box.center == pytest.approx((50, 50 + 5.5))


def test_a_dot_comes_back_to_where_it_was():
    face = leaning_face(30)
    crop = Crop.of_face(face)
    picture = dots(face)
    back = crop.put_back(crop.cut(picture, 512), SIZE)
    for channel in (0, 1):
        assert middle_of_dot(back, channel) == pytest.approx(middle_of_dot(picture, channel), abs=0.1)


def test_a_cut_agrees_with_opencv():
    crop, picture = Crop((400.3, 310.8), 256, 20), smooth_picture()
    ours = np.asarray(crop.cut(picture, 256), int)
    x, y = crop.center
    turn = cv2.getRotationMatrix2D((x - 0.5, y - 0.5), crop.angle, 1)  # OpenCV counts from the middle of a pixel
    turn[:, 2] += 127.5 - np.array([x - 0.5, y - 0.5])
    theirs = cv2.warpAffine(np.asarray(picture), turn, (256, 256), flags=cv2.INTER_CUBIC).astype(int)
    assert np.abs(ours - theirs).max() <= 2


@pytest.mark.parametrize("name", CROPS)
def test_values_of_a_cut_are_spread_where_they_were_cut(name: str) -> None:
    crop, size = CROPS[name]
    picture = smooth_picture()
    values = np.asarray(crop.cut(picture, size), np.float32)[..., 0]
    box = crop.bounds(picture.size)
    left, top, right, bottom = box
    spread = crop.spread(values, box)
    assert spread.shape == (bottom - top, right - left)
    inside = square_of(crop, SIZE, 2 * max(1.0, crop.side / size))
    truth = np.asarray(picture, np.float32)[..., 0]
    assert np.abs(spread - truth[top:bottom, left:right])[inside[top:bottom, left:right]].max() < 4
    beyond = ~square_of(crop, SIZE, -2 * max(1.0, crop.side / size))
    assert not spread[beyond[top:bottom, left:right]].any()
    inside[top:bottom, left:right] = False
    assert not inside.any()  # the bounds leave nothing of the crop out
