"""Every style as a filter of a picture, tried on the sample people."""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np
import pytest
from PIL import Image

from facea_desktop.domain.styles import Style, styles
from facea_desktop.engine.style_filters import FILTERS, stylised
from facea_desktop.resources import resource

every_style = pytest.mark.parametrize("style", styles(), ids=lambda style: style.name)
PHOTO_SIDE = 192


@cache
def photo(width: int = PHOTO_SIDE, height: int = PHOTO_SIDE) -> Image.Image:
    with Image.open(resource("people", "eve", "2.jpg")) as file:
        return file.convert("RGB").resize((width, height), Image.Resampling.BOX)


@cache
def made(style: Style) -> np.ndarray:
    return pixels(stylised(photo(), style))


def pixels(picture: Image.Image) -> np.ndarray:
    return np.asarray(picture, np.float32)


def test_every_style_of_the_window_has_a_filter_and_no_filter_is_left_over() -> None:
    assert set(FILTERS) == {style.name for style in styles()}


@every_style
def test_the_picture_is_another_one_of_the_same_size(style: Style) -> None:
    before = photo()
    after = stylised(before, style)

    assert (after.size, after.mode) == (before.size, "RGB")
    assert np.abs(pixels(after) - pixels(before)).mean() > 8


@every_style
def test_the_same_picture_gives_the_same_result(style: Style) -> None:
    assert np.array_equal(made(style), pixels(stylised(photo(), style)))


@every_style
@pytest.mark.parametrize("size", [(64, 64), (101, 67), (63, 80), (410, 387)], ids=lambda size: "x".join(map(str, size)))
def test_small_odd_and_oblong_pictures_keep_their_size(style: Style, size: tuple[int, int]) -> None:
    after = stylised(photo(*size), style)

    assert after.size == size
    assert pixels(after).std() > 10  # something is to be seen


@every_style
def test_plain_pictures_are_no_trouble(style: Style) -> None:
    for value in (0, 255):
        assert stylised(Image.new("RGB", (64, 64), (value,) * 3), style).size == (64, 64)


@every_style
def test_another_face_changes_nothing_far_from_it(style: Style) -> None:
    side = PHOTO_SIDE
    with Image.open(resource("people", "adam", "1.jpg")) as file:
        other = pixels(file.convert("RGB").resize((side, side), Image.Resampling.BOX))
    face = np.zeros((side, side), np.float32)
    cv2.ellipse(face, (side // 2, side * 11 // 20), (side // 5, side // 4), 0, 0, 360, 1, -1)
    face = cv2.GaussianBlur(face, (0, 0), 2)
    changed = pixels(photo()) * (1 - face[..., None]) + other * face[..., None]
    difference = np.abs(pixels(stylised(Image.fromarray(changed.round().astype(np.uint8)), style)) - made(style)).mean(
        -1
    )
    away = cv2.distanceTransform((face < 0.01).astype(np.uint8), cv2.DIST_L2, 5) / side

    assert difference[face > 0.5].mean() > 4
    assert difference[away > 0.1].mean() < 2.5
    assert difference[away > 0.25].mean() < 1.2


@every_style
def test_a_small_picture_looks_like_a_large_one(style: Style) -> None:
    large = stylised(photo(512, 512), style).resize((128, 128), Image.Resampling.BOX)
    small = stylised(photo(512, 512).resize((128, 128), Image.Resampling.BOX), style)
    soft = [cv2.GaussianBlur(pixels(picture), (0, 0), 2) for picture in (large, small)]

    assert np.abs(soft[0] - soft[1]).mean() < 4


def test_no_two_styles_look_alike() -> None:
    for at, one in enumerate(styles()):
        for two in styles()[at + 1 :]:
            assert np.abs(made(one) - made(two)).mean() > 6, (one.name, two.name)


def test_what_is_drawn_or_printed_in_black_has_no_colours_of_the_photograph() -> None:
    for style in styles():
        if style.name in ("black-and-white", "pencil-sketch", "charcoal", "pen-and-ink", "woodcut"):
            red, blue = made(style)[..., 0], made(style)[..., 2]
            assert np.corrcoef(red.ravel(), blue.ravel())[0, 1] > 0.999, style.name


def test_a_frame_and_bars_leave_the_middle_where_it_was() -> None:
    for style in styles():
        if style.name in ("polaroid", "cinematic"):
            middle = np.s_[48:144, 48:144]
            before = cv2.cvtColor(pixels(photo())[middle], cv2.COLOR_RGB2GRAY)
            after = cv2.cvtColor(made(style)[middle], cv2.COLOR_RGB2GRAY)
            shift, response = cv2.phaseCorrelate(before, after)
            assert np.hypot(*shift) < 0.3, style.name
            assert response > 0.3
