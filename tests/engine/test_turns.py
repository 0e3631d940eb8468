"""Faces in four turns, with a detector that sees one mark of the picture."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from facea_desktop.domain.faces import Attribute, Box, Face
from facea_desktop.engine.detect.rotated_search import find_any_way_up, is_plausible

SIZE = (200, 120)
FACE_BOX = Box(20, 20, 60, 70)


def face(score: float = 0.9, box: Box = FACE_BOX, **moved: tuple[float, float]) -> Face:
    """A face from the front; ``moved`` puts the middle of a part elsewhere."""
    centers = {"left_eye": (32, 40), "right_eye": (48, 40), "nose": (40, 48), "mouth": (40, 58)} | moved
    parts = {Attribute(part): Box(x - 4, y - 2, x + 4, y + 2) for part, (x, y) in centers.items()}
    return Face(box, parts, score)


@pytest.mark.parametrize(
    "moved",
    [
        {"mouth": (40.0, 30.0)},
        {"nose": (40.0, 30.0)},
        {"mouth": (40.0, 90.0)},
        {"left_eye": (0.0, 40.0)},
        {"left_eye": (48.0, 40.0), "right_eye": (32.0, 40.0)},
        {"left_eye": (39.0, 30.0), "right_eye": (41.0, 46.0)},
    ],
)
def test_points_that_no_face_has_are_refused(moved: dict[str, tuple[float, float]]) -> None:
    assert is_plausible(face())
    assert not is_plausible(face(**moved))


def test_what_was_not_found_is_not_asked_for() -> None:
    whole = face()
    for part in Attribute:
        assert is_plausible(Face(whole.box, {part: whole.parts[part]}, 0.5))
    assert is_plausible(Face(whole.box, {}, 0.5))


def marked() -> Image.Image:
    """One red pixel, where a face's left eye is."""
    picture = Image.new("RGB", SIZE)
    picture.putpixel((32, 40), (255, 0, 0))
    return picture


@pytest.mark.parametrize("quarters", range(4))
def test_a_face_that_is_seen_in_one_turn_lies_where_it_is_in_the_picture(quarters: int) -> None:
    turned = marked()
    for _ in range(quarters):
        turned = turned.transpose(Image.Transpose.ROTATE_270)  # clockwise

    def find(picture: Image.Image) -> list[Face]:
        upright = picture.size == SIZE and picture.getpixel((32, 40)) == (255, 0, 0)
        return [face()] if upright else []

    (found,) = find_any_way_up(find, turned)
    red = np.argwhere(np.asarray(turned)[..., 0] == 255)[0][::-1] + 0.5
    assert found.parts[Attribute.LEFT_EYE].center == pytest.approx(tuple(red), abs=1)
    assert (found.tilt - 90 * quarters) % 360 == pytest.approx(0)
    assert found.box.area == face().box.area


def test_of_a_face_that_is_seen_in_several_turns_the_surest_is_kept() -> None:
    def find(picture: Image.Image) -> list[Face]:
        sure = picture.size == SIZE and picture.getpixel((32, 40)) == (255, 0, 0)
        middle = picture.width / 2, picture.height / 2
        anywhere = Box(middle[0] - 90, middle[1] - 90, middle[0] + 90, middle[1] + 90)
        return [face(0.99)] if sure else [Face(anywhere, {}, 0.95)]

    (found,) = find_any_way_up(find, marked())
    assert found.score == 0.99


def test_faces_that_only_touch_are_both_kept() -> None:
    pair = [
        face(),
        face(0.95, Box(62, 20, 102, 70), left_eye=(74, 40), right_eye=(90, 40), nose=(82, 48), mouth=(82, 58)),
    ]
    found = find_any_way_up(lambda picture: pair if picture.getpixel((32, 40)) == (255, 0, 0) else [], marked())
    assert len(found) == 2
