"""MTCNN on faces where they are hard to find: off-centre, small, tilted, cut by the edge, several, and none."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PIL import Image

from facea_desktop.domain.faces import Attribute, Box, Face
from facea_desktop.engine.crops import Crop
from facea_desktop.engine.detect.mtcnn import LONGEST_SIDE, Mtcnn
from facea_desktop.resources import resource


@pytest.fixture(scope="module")
def detector() -> Mtcnn:
    return Mtcnn(20, 0.9)


def sample(who: str, index: int = 1) -> Image.Image:
    return Image.open(resource("people", who, f"{index}.jpg")).convert("RGB")


@pytest.fixture(scope="module")
def places(detector: Mtcnn) -> dict[str, Box]:
    """Where the face is in each sample photo at its own size."""
    return {who: detector.find(sample(who))[0].box for who in ("adam", "eve")}


def meadow(width: int, height: int) -> Image.Image:
    """A scene without a face: sky above grass, with grain."""
    rng = np.random.default_rng(3)
    sky = np.linspace((120, 170, 230), (210, 225, 240), height // 2)
    grass = np.linspace((110, 150, 70), (50, 90, 30), height - height // 2)
    rows = np.concatenate([sky, grass])[:, None] + rng.normal(0, 6, (height, width, 3))
    return Image.fromarray(rows.clip(0, 255).astype(np.uint8))


def placed(scene: Image.Image, who: str, place: Box, side: int, x: int, y: int) -> Box:
    """Paste a sample photo of ``side`` pixels into the scene; returns where its face is then."""
    scene.paste(sample(who).resize((side, side), Image.Resampling.LANCZOS), (x, y))
    face = place.scaled(side / 512)
    return Box(face.x0 + x, face.y0 + y, face.x1 + x, face.y1 + y)


def assert_parts_in_place(face: Face) -> None:
    assert set(face.parts) == set(Attribute)
    centers = {part: box.center for part, box in face.parts.items()}
    assert centers[Attribute.LEFT_EYE][0] < centers[Attribute.NOSE][0] < centers[Attribute.RIGHT_EYE][0]
    for part, (x, y) in centers.items():
        assert face.box.x0 < x < face.box.x1, part
        assert face.box.y0 < y < face.box.y1, part


@pytest.mark.parametrize("who", ["adam", "eve"])
def test_a_face_in_the_corner_is_found(who: str, detector: Mtcnn, places: dict[str, Box]) -> None:
    scene = meadow(800, 600)
    place = placed(scene, who, places[who], 220, 570, 370)
    (face,) = detector.find(scene)
    assert face.box.overlap(place) >= 0.5
    assert_parts_in_place(face)


@pytest.mark.parametrize("who", ["adam", "eve"])
def test_a_face_of_40_pixels_in_1024_is_found(who: str, detector: Mtcnn, places: dict[str, Box]) -> None:
    scene = meadow(1024, 1024)
    side = round(512 * 40 / places[who].side)
    place = placed(scene, who, places[who], side, 300, 610)
    assert place.side == pytest.approx(40, abs=1)
    (face,) = detector.find(scene)
    assert face.box.overlap(place) >= 0.5
    assert_parts_in_place(face)


@pytest.mark.parametrize("angle", [-25, 25])
@pytest.mark.parametrize("who", ["adam", "eve"])
def test_a_head_tilted_by_25_degrees_is_found_with_its_tilt(
    who: str, angle: int, detector: Mtcnn, places: dict[str, Box]
) -> None:
    x, y = places[who].center
    upright = detector.find(sample(who))[0].tilt
    tilted = sample(who).rotate(-angle, Image.Resampling.BICUBIC, center=(x, y), fillcolor=(128, 128, 128))
    (face,) = detector.find(tilted)
    assert face.box.overlap(places[who]) >= 0.5
    assert face.tilt == pytest.approx(upright + angle, abs=6)


@pytest.mark.parametrize("edge", ["left", "right", "bottom"])
@pytest.mark.parametrize("who", ["adam", "eve"])
def test_a_face_cut_by_the_edge_is_found(who: str, edge: str, detector: Mtcnn, places: dict[str, Box]) -> None:
    """A fifth of the face is outside the picture."""
    box = places[who]
    cuts = {
        "left": (box.x0 + box.width / 5, 0, 512, 512),
        "right": (0, 0, box.x1 - box.width / 5, 512),
        "bottom": (0, 0, 512, box.y1 - box.height / 5),
    }
    area = tuple(map(round, cuts[edge]))
    faces = detector.find(sample(who).crop(area))
    seen = Box(max(box.x0, area[0]), max(box.y0, area[1]), min(box.x1, area[2]), min(box.y1, area[3]))
    assert len(faces) == 1
    moved = faces[0].box
    found = Box(moved.x0 + area[0], moved.y0 + area[1], moved.x1 + area[0], moved.y1 + area[1])
    assert found.overlap(seen) >= 0.5


def test_several_faces_come_the_largest_first(detector: Mtcnn, places: dict[str, Box]) -> None:
    scene = meadow(900, 500)
    known = [
        placed(scene, "adam", places["adam"], 160, 20, 300),
        placed(scene, "eve", places["eve"], 400, 250, 60),
        placed(scene, "adam", places["adam"], 240, 655, 200),
    ]
    faces = detector.find(scene)
    assert len(faces) == 3
    for face, place in zip(faces, (known[1], known[2], known[0])):
        assert face.box.overlap(place) >= 0.5


def test_no_face_is_seen_in_a_meadow(detector: Mtcnn) -> None:
    assert detector.find(meadow(640, 480)) == []


def test_pictures_too_small_to_show_a_face_show_none(detector: Mtcnn) -> None:
    assert detector.find(Image.new("RGB", (11, 400), "gray")) == []
    assert detector.find(Image.new("RGB", (1, 1))) == []


def test_boxes_of_a_picture_searched_smaller_are_in_its_own_pixels(detector: Mtcnn, places: dict[str, Box]) -> None:
    factor = 2 * LONGEST_SIDE / 512
    large = sample("adam").resize((2 * LONGEST_SIDE,) * 2, Image.Resampling.BICUBIC)
    (face,) = detector.find(large)
    assert face.box.overlap(places["adam"].scaled(factor)) >= 0.8
    eyes = face.parts[Attribute.LEFT_EYE].center, face.parts[Attribute.RIGHT_EYE].center
    assert math.dist(*eyes) == pytest.approx(0.45 * face.box.width, rel=0.3)


@pytest.mark.parametrize("lean", range(0, 360, 30))
@pytest.mark.parametrize("who", ["adam", "eve"])
def test_a_head_is_found_however_it_lies(who: str, lean: int, detector: Mtcnn, places: dict[str, Box]) -> None:
    scene = Image.new("RGB", (800, 800), (120, 130, 140))
    placed(scene, who, places[who], 512, 144, 144)
    own = detector.find(scene)[0].tilt
    turned = scene.rotate(-lean, Image.Resampling.BICUBIC, fillcolor=(120, 130, 140))  # clockwise
    (face,) = detector.find(turned)
    assert abs((face.tilt - own - lean + 180) % 360 - 180) < 20
    crop = Crop.of_face(face)
    (upright,) = detector.find(crop.cut(turned, 256))
    assert abs(upright.tilt) < 20
    assert upright.box.overlap(crop.inside(face, 256).box) > 0.5


def test_a_lying_head_beside_an_upright_one_is_found(detector: Mtcnn, places: dict[str, Box]) -> None:
    scene = Image.new("RGB", (1024, 512), (120, 130, 140))
    placed(scene, "adam", places["adam"], 512, 0, 0)
    scene.paste(sample("eve").transpose(Image.Transpose.ROTATE_270), (512, 0))
    faces = sorted(detector.find(scene), key=lambda face: face.box.x0)
    assert [round(face.tilt / 90) for face in faces] == [0, 1]
