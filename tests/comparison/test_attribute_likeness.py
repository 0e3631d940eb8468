"""Single attributes, compared without any network."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from PIL import Image, ImageEnhance

from facea_desktop.comparison.attribute_likeness import (
    Described,
    attribute_likeness,
    describe_attributes,
    mean_likeness,
)
from facea_desktop.domain.faces import Attribute, Box, Face
from facea_desktop.engine.detect.mtcnn import Mtcnn
from facea_desktop.library.photo_reader import read_photo
from facea_desktop.resources import resource

Photo = tuple[Image.Image, Face]


@pytest.fixture(scope="module")
def photos() -> dict[str, list[Photo]]:
    """Four photos of Adam and Eve with their faces."""
    finder = Mtcnn(20, 0.9)

    def read(who: str, index: int) -> Photo:
        picture = read_photo(resource("people", who, f"{index}.jpg"))
        return picture, finder.find(picture)[0]

    return {who: [read(who, index) for index in range(4)] for who in ("adam", "eve")}


def described(photos: list[Photo]) -> list[Described]:
    return [describe_attributes(*photo) for photo in photos]


def test_an_attribute_is_more_like_the_same_persons_than_like_anothers(photos: dict[str, list[Photo]]) -> None:
    adam, eve = described(photos["adam"]), described(photos["eve"])
    for attribute in Attribute:
        own = np.mean([one[attribute] @ other[attribute] for one, other in pairwise(adam)])
        others = np.mean([one[attribute] @ other[attribute] for one, other in product(adam, eve)])
        assert own > others + 0.1, attribute


def test_light_and_sharpness_hardly_count(photos: dict[str, list[Photo]]) -> None:
    picture, face = photos["eve"][0]
    sharp = describe_attributes(picture, face)
    soft = picture.resize((128, 128), Image.Resampling.BILINEAR).resize(picture.size, Image.Resampling.BILINEAR)
    dark = ImageEnhance.Brightness(picture).enhance(0.6)
    for changed in (soft, dark):
        alike = attribute_likeness(describe_attributes(changed, face), [sharp])
        assert set(alike) == set(Attribute)
        assert min(alike.values()) > 0.9


def test_a_face_that_leans_is_compared_upright(photos: dict[str, list[Photo]]) -> None:
    picture, face = photos["adam"][0]
    turned = picture.rotate(-30, Image.Resampling.BICUBIC, center=face.box.center)

    def moved(box: Box) -> Box:
        (x, y), (cx, cy), turn = box.center, face.box.center, np.deg2rad(30)
        dx, dy = x - cx, y - cy
        x, y = cx + dx * np.cos(turn) - dy * np.sin(turn), cy + dx * np.sin(turn) + dy * np.cos(turn)
        return Box(x - box.width / 2, y - box.height / 2, x + box.width / 2, y + box.height / 2)

    parts = {attribute: moved(box) for attribute, box in face.parts.items()}
    leaning = Face(face.box, parts, face.score)
    alike = attribute_likeness(describe_attributes(turned, leaning), [describe_attributes(picture, face)])
    assert min(alike.values()) > 0.8


def test_only_what_both_show_is_compared() -> None:
    one, other = np.array([1.0, 0.0]), np.array([0.6, 0.8])
    shown = [{Attribute.NOSE: one}, {Attribute.NOSE: other, Attribute.MOUTH: other}]
    alike = attribute_likeness({Attribute.NOSE: one, Attribute.LEFT_EYE: one}, shown)
    assert alike == {Attribute.NOSE: pytest.approx(0.8)}
    assert mean_likeness(alike) == pytest.approx(0.8)
    assert mean_likeness({}) is None


def test_an_attribute_without_any_edge_is_like_nothing() -> None:
    face = Face(Box(10, 10, 50, 50), {Attribute.NOSE: Box(25, 25, 35, 35)}, 1.0)
    flat = describe_attributes(Image.new("RGB", (64, 64), "gray"), face)
    assert attribute_likeness(flat, [flat]) == {Attribute.NOSE: 0.0}
