"""Masks of parsed faces, on faces that are drawn label by label."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from facea_desktop.domain.faces import FACE, PARTS, Attribute, Box, Face, FacePart
from facea_desktop.engine.face_parser import ORDER, ParsedFace
from facea_desktop.engine.parsed_masks import HAIR_MARGIN, MARGINS, parsed_masks

SIDE = 256
FOUND = Face(
    Box(64, 50, 192, 220),
    {
        Attribute.LEFT_EYE: Box(82, 104, 122, 132),
        Attribute.RIGHT_EYE: Box(134, 104, 174, 132),
        Attribute.NOSE: Box(108, 115, 148, 165),
        Attribute.MOUTH: Box(98, 165, 158, 200),
    },
    1.0,
)
SHAPES: dict[FacePart, tuple[tuple[int, int], tuple[int, int]]] = {
    FacePart.SKIN: ((128, 135), (62, 84)),
    FacePart.LEFT_EYE: ((102, 118), (13, 5)),
    FacePart.RIGHT_EYE: ((154, 118), (13, 5)),
    FacePart.NOSE: ((128, 142), (14, 20)),
    FacePart.LIPS: ((128, 182), (22, 8)),
}
"""Middle and half axes of the ellipses that make the face."""


def ellipse(middle: tuple[int, int], axes: tuple[int, int]) -> np.ndarray:
    drawn = np.zeros((SIDE, SIDE), np.uint8)
    cv2.ellipse(drawn, middle, axes, 0, 0, 360, 1, -1)
    return drawn > 0


def drawn_labels() -> np.ndarray:
    labels = np.full((SIDE, SIDE), ORDER.index(FacePart.BACKGROUND), np.uint8)
    labels[200:, 90:166] = ORDER.index(FacePart.NECK)
    for part, shape in SHAPES.items():
        labels[ellipse(*shape)] = ORDER.index(part)
    return labels


def parsed(labels: np.ndarray, certainty: float = 0.95) -> ParsedFace:
    return ParsedFace(labels, np.full(labels.shape, certainty, np.float32))


SKIN = ellipse(*SHAPES[FacePart.SKIN])


def test_every_part_follows_what_was_parsed_with_a_little_margin() -> None:
    masks = parsed_masks(parsed(drawn_labels()), FOUND)
    assert set(masks) == set(PARTS)
    shapes = {
        FACE: FacePart.SKIN,
        "left_eye": FacePart.LEFT_EYE,
        "right_eye": FacePart.RIGHT_EYE,
        "nose": FacePart.NOSE,
        "mouth": FacePart.LIPS,
    }
    for part, shape in shapes.items():
        (x, y), (a, b) = SHAPES[shape]
        assert masks[part][ellipse((x, y), (a, b))].all(), part
        assert masks[part][y, x - a - 3], part
        reach = round(MARGINS[part] * FOUND.box.side) + 3
        assert not masks[part][~ellipse((x, y), (a + reach, b + reach))].any(), part


def test_long_hair_over_a_cheek_stays_out_of_the_face() -> None:
    labels = drawn_labels()
    lock = np.zeros_like(SKIN)
    lock[40:230, 60:88] = True
    labels[lock] = ORDER.index(FacePart.HAIR)
    masks = parsed_masks(parsed(labels), FOUND)
    assert not masks[FACE][60:225, :79].any()
    assert masks[FACE][SKIN & ~lock].all()
    bare = parsed_masks(parsed(drawn_labels()), FOUND)[FACE]
    assert bare[60:225, :79].sum() > 1000


def test_the_margin_is_wider_towards_the_neck_than_towards_hair() -> None:
    labels = drawn_labels()
    labels[(labels == ORDER.index(FacePart.BACKGROUND)) & (np.arange(SIDE)[:, None] < 135)] = ORDER.index(FacePart.HAIR)
    column = np.flatnonzero(parsed_masks(parsed(labels), FOUND)[FACE][:, 128])
    above, below = (135 - 84) - column[0], column[-1] - (135 + 84)
    assert above == pytest.approx(HAIR_MARGIN * FOUND.box.side, abs=3)
    assert below == pytest.approx(MARGINS[FACE] * FOUND.box.side, abs=3)
    assert above < 0.5 * below


def test_ears_neck_hair_and_clothes_are_no_face() -> None:
    labels = drawn_labels()
    for part, (y, x) in {
        FacePart.EARS: (slice(110, 150), slice(192, 215)),
        FacePart.HAIR: (slice(0, 60), slice(60, 196)),
        FacePart.CLOTHES: (slice(235, 256), slice(0, 256)),
    }.items():
        free = np.zeros_like(SKIN)
        free[y, x] = True
        labels[free & ~SKIN] = ORDER.index(part)
    face = parsed_masks(parsed(labels), FOUND)[FACE]
    away = cv2.distanceTransform(1 - SKIN.astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    assert away[face].max() <= MARGINS[FACE] * FOUND.box.side + 3


def test_frames_of_glasses_and_strands_leave_no_holes() -> None:
    labels = drawn_labels()
    labels[126:129, 85:170] = ORDER.index(FacePart.BACKGROUND)
    labels[55:130, 140:142] = ORDER.index(FacePart.HAIR)
    face = parsed_masks(parsed(labels), FOUND)[FACE]
    assert face[126:129, 90:165].all()
    assert face[80:120, 140:142].all()


def test_the_face_of_a_bystander_is_not_redrawn() -> None:
    labels = drawn_labels()
    labels[100:180, 225:256] = ORDER.index(FacePart.SKIN)
    labels[120:126, 230:250] = ORDER.index(FacePart.LEFT_EYE)
    masks = parsed_masks(parsed(labels), FOUND)
    assert not masks[FACE][:, 215:].any()
    assert not masks["left_eye"][:, 130:].any()


def test_an_unsure_parser_says_nothing() -> None:
    assert parsed_masks(parsed(drawn_labels(), 0.5), FOUND) == {}


def test_an_unsure_part_alone_is_left_out() -> None:
    whole = parsed(drawn_labels())
    whole.certainty[whole.mask(FacePart.NOSE)] = 0.4
    assert set(parsed_masks(whole, FOUND)) == set(PARTS) - {"nose"}


@pytest.mark.parametrize(
    ("box", "why"),
    [
        (Box(10, 10, 70, 90), "another place"),
        (Box(0, 0, 256, 256), "much larger"),
        (Box(110, 110, 150, 160), "much smaller"),
        (Box(100, 100, 100, 100), "empty"),
    ],
)
def test_a_face_that_the_detector_sees_elsewhere_is_not_believed(box: Box, why: str) -> None:
    assert parsed_masks(parsed(drawn_labels()), Face(box, FOUND.parts, 1.0)) == {}, why


def test_a_part_that_the_detector_sees_elsewhere_is_left_out() -> None:
    parts = {**FOUND.parts, Attribute.MOUTH: Box(98, 200, 158, 214)}
    masks = parsed_masks(parsed(drawn_labels()), Face(FOUND.box, parts, 1.0))
    assert set(masks) == {FACE, "left_eye", "right_eye", "nose"}


def test_what_the_detector_did_not_find_has_no_mask() -> None:
    parts = {Attribute.NOSE: FOUND.parts[Attribute.NOSE]}
    assert set(parsed_masks(parsed(drawn_labels()), Face(FOUND.box, parts, 1.0))) == {FACE, "nose"}


def test_nothing_parsed_is_no_face() -> None:
    assert parsed_masks(parsed(np.zeros((SIDE, SIDE), np.uint8)), FOUND) == {}
