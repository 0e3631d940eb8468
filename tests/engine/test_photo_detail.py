"""Detail comes from photos of the person that fit, the mouth from one that has the right expression."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image, ImageFilter, ImageOps
from torch import Tensor

from facea_desktop.domain.faces import INNER_PARTS, Attribute, Box, Face, FacePart
from facea_desktop.engine import parsed_crop, photo_detail
from facea_desktop.engine.attribute_network import attribute_reader
from facea_desktop.engine.crops import Crop
from facea_desktop.engine.detect.mtcnn import Mtcnn
from facea_desktop.engine.face_alignment import aligned
from facea_desktop.engine.face_parser import ORDER, face_parser
from facea_desktop.engine.likeness import facenet
from facea_desktop.engine.parsed_crop import forget_photos
from facea_desktop.engine.photo_detail import (
    ALIKE,
    DOUBT,
    PhotoShare,
    can_give,
    set_into,
    shows,
    with_photo_detail,
)
from facea_desktop.resources import resource

SIDE = 256


@pytest.fixture(scope="module")
def detector() -> Mtcnn:
    return Mtcnn(20, 0.9)


@pytest.fixture(scope="module")
def adam(detector: Mtcnn) -> list[Image.Image]:
    """Crops of his six photos."""
    return [crop(detector, f"adam/{number}.jpg") for number in range(6)]


def crop(detector: Mtcnn, name: str) -> Image.Image:
    photo = Image.open(resource("people", *name.split("/"))).convert("RGB")
    return Crop.of_face(detector.find(photo)[0]).cut(photo, SIDE)


def softened(face: Image.Image) -> Image.Image:
    """As a small model leaves it."""
    return face.filter(ImageFilter.GaussianBlur(4))


def difference(a: Image.Image, b: Image.Image) -> np.ndarray:
    return np.abs(np.asarray(a, np.float32) - np.asarray(b, np.float32)).mean(2)


def likeness(a: Image.Image, b: Image.Image) -> float:
    whole = Face(Box(48, 40, 208, 232), {}, 1.0).box
    return float(facenet().embed(a, whole) @ facenet().embed(b, whole))


def test_a_soft_face_becomes_more_like_the_person_by_other_photos(adam: list[Image.Image]) -> None:
    soft = softened(adam[0])
    made = with_photo_detail(soft, [PhotoShare(adam[1:])], {})
    assert made is not None
    assert likeness(made, adam[0]) > likeness(soft, adam[0]) + 0.1
    assert abs(np.asarray(made, float).mean() - np.asarray(soft, float).mean()) < 3  # light stays


def test_what_surrounds_the_face_and_what_is_coarse_stay_as_they_were(adam: list[Image.Image]) -> None:
    soft = softened(adam[0])
    made = with_photo_detail(soft, [PhotoShare(adam[1:])], {})
    assert made is not None
    changed = difference(made, soft)
    assert changed[:20].max() == changed[-20:].max() == changed[:, :20].max() == 0
    assert changed[100:180, 90:166].mean() > 2
    coarse = [picture.resize((8, 8), Image.Resampling.BOX) for picture in (made, soft)]
    assert difference(*coarse).max() < 20


def test_the_mouth_has_the_expression_that_is_asked_for_where_a_photo_has_it(detector: Mtcnn) -> None:
    eve = [crop(detector, f"eve/{number}.jpg") for number in range(6)]
    read = [attribute_reader().read(photo)["expression"] for photo in eve]
    smiling = max(range(6), key=lambda k: read[k]["smiling"])
    neutral = min(range(6), key=lambda k: read[k]["smiling"])
    soft = softened(eve[0])
    both = [eve[smiling], eve[neutral]]
    made = [with_photo_detail(soft, [PhotoShare(both)], {"expression": value}) for value in ("smiling", "neutral")]
    scores = [attribute_reader().read(picture)["expression"]["smiling"] for picture in made if picture is not None]
    assert scores[0] > scores[1]


def test_nothing_is_made_of_a_face_that_no_photo_suits(adam: list[Image.Image]) -> None:
    soft, wall = softened(adam[0]), Image.new("RGB", (SIDE, SIDE), "grey")
    assert with_photo_detail(soft, [], {}) is None
    assert with_photo_detail(soft, [PhotoShare([wall])], {}) is None
    assert with_photo_detail(wall, [PhotoShare(adam)], {}) is None


def test_photos_with_glasses_are_for_faces_with_glasses(
    adam: list[Image.Image], monkeypatch: pytest.MonkeyPatch
) -> None:
    soft, seen = softened(adam[0]), iter(["none", "glasses", "glasses", "none"])

    def read(crop: Image.Image) -> Mapping[str, Mapping[str, float]]:
        return {"expression": {"smiling": 1.0}, "eyewear": {next(seen): 1.0}}

    monkeypatch.setattr(attribute_reader(), "read", read)
    for _ in range(2):  # nor the other way round
        forget_photos()
        assert with_photo_detail(soft, [PhotoShare([adam[1]])], {}) is None
    forget_photos()


def test_a_photo_that_shows_eyes_less_plainly_bare_than_another_may_show_thin_rims(
    adam: list[Image.Image], monkeypatch: pytest.MonkeyPatch
) -> None:
    bare, doubtful = {"none": 0.95}, {"none": 0.95 - 1.5 * DOUBT}

    def eyes(*photos: tuple[Image.Image, Mapping[str, float]]) -> np.ndarray:
        seen = iter([bare, *(eyewear for _, eyewear in photos)])
        monkeypatch.setattr(
            attribute_reader(), "read", lambda _: {"expression": {"smiling": 1.0}, "eyewear": next(seen)}
        )
        forget_photos()
        made = with_photo_detail(softened(adam[0]), [PhotoShare([photo for photo, _ in photos])], {})
        assert made is not None
        return np.asarray(made, np.int16)[80:130, 60:196]

    alone = eyes((adam[1], bare))
    assert np.abs(eyes((adam[0], doubtful), (adam[1], bare)) - alone).max() <= 1
    assert np.abs(eyes((adam[0], bare), (adam[1], bare)) - alone).max() > 10  # the very photo of the face
    assert np.abs(eyes((adam[0], doubtful)) - alone).max() > 10  # better than none
    forget_photos()


def test_at_first_sight_somebody_elses_face_becomes_like_the_person(adam: list[Image.Image], detector: Mtcnn) -> None:
    stranger = crop(detector, "eve/0.jpg")
    made = [with_photo_detail(stranger, [PhotoShare(adam[1:])], {}, *share) for share in ((), (ALIKE,))]
    scores = [likeness(picture, adam[0]) for picture in (stranger, *made) if picture is not None]
    assert scores[2] > scores[1] > scores[0] + 0.1


def test_what_is_taken_of_others_comes_from_their_photos_alone(adam: list[Image.Image], detector: Mtcnn) -> None:
    soft, eve = softened(adam[0]), [crop(detector, f"eve/{number}.jpg") for number in range(6)]
    own, without, theirs = (
        with_photo_detail(soft, [PhotoShare(adam[1:])], {}, taken=taken)
        for taken in ({}, {Attribute.NOSE: [PhotoShare([])]}, {Attribute.NOSE: [PhotoShare(eve)]})
    )
    assert own is not None
    assert without is not None
    assert theirs is not None
    nose = slice(110, 150), slice(108, 148)
    assert difference(without, soft)[nose].mean() < difference(own, soft)[nose].mean()
    assert difference(theirs, without)[nose].mean() > 1
    brows = slice(70, 90), slice(80, 176)
    assert difference(theirs, own)[brows].mean() < 0.2 * difference(own, soft)[brows].mean()


def test_a_soft_face_whose_eyewear_is_not_read_surely_takes_photos_without_any(
    adam: list[Image.Image], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = iter([{"none": 0.45, "glasses": 0.55}, {"none": 1.0}])
    monkeypatch.setattr(attribute_reader(), "read", lambda _: {"expression": {"smiling": 1.0}, "eyewear": next(seen)})
    forget_photos()
    made = with_photo_detail(softened(adam[0]), [PhotoShare([adam[1]])], {})
    forget_photos()
    assert made is not None


def test_the_slider_leads_from_the_own_attribute_to_the_givers(adam: list[Image.Image], detector: Mtcnn) -> None:
    eve = [crop(detector, f"eve/{number}.jpg") for number in range(6)]
    face, nose = adam[0], (slice(100, 150), slice(103, 153))

    def mixed(part: float) -> Image.Image:
        made = with_photo_detail(face, [PhotoShare([face])], {}, taken={Attribute.NOSE: [PhotoShare(eve, part)]})
        assert made is not None
        return made

    away = [difference(mixed(part), face)[nose].mean() for part in (0.001, 0.3, 0.7, 0.999, 1)]
    assert away == sorted(away)
    assert away[0] < 0.6
    assert away[4] > 4
    assert away[4] - away[3] < 0.1
    assert away[2] - away[1] < 0.6 * away[4]


def test_taken_eyes_have_the_colour_of_the_face_about_them(adam: list[Image.Image], detector: Mtcnn) -> None:
    eve = [crop(detector, f"eve/{number}.jpg") for number in range(6)]
    yellow = [Image.merge("RGB", [*photo.split()[:2], photo.getchannel("B").point(lambda v: v // 3)]) for photo in eve]
    taken = {eye: [PhotoShare(yellow)] for eye in (Attribute.LEFT_EYE, Attribute.RIGHT_EYE)}
    made = with_photo_detail(adam[0], [PhotoShare([adam[0]])], {}, taken=taken)
    assert made is not None
    skin = face_parser().parse(adam[0]).mask(FacePart.SKIN)
    hues = [np.asarray(each, np.float32)[..., 2] - np.asarray(each, np.float32).mean(2) for each in (made, adam[0])]
    changed = difference(made, adam[0])
    assert changed[skin].mean() > 1
    assert np.abs(hues[0] - hues[1])[skin].mean() < 0.17 * changed[skin].mean()


def test_what_is_taken_is_laid_over_in_its_own_proportions_and_the_persons_own_detail_is_bent(
    adam: list[Image.Image], detector: Mtcnn, monkeypatch: pytest.MonkeyPatch
) -> None:
    eve, seen = [crop(detector, "eve/0.jpg")], []

    def watched(pictures: Tensor, here: Tensor, there: Tensor, part: FacePart | None = None) -> Tensor:
        seen.append(part)
        return aligned(pictures, here, there, part)

    monkeypatch.setattr(photo_detail, "aligned", watched)
    with_photo_detail(softened(adam[0]), [PhotoShare(adam[1:2])], {}, taken={Attribute.NOSE: [PhotoShare(eve)]})
    assert set(seen) == {None, FacePart.NOSE}


def test_brows_come_along_with_eyes_that_are_taken(adam: list[Image.Image], detector: Mtcnn) -> None:
    face, eve = adam[0], [crop(detector, f"eve/{number}.jpg") for number in range(6)]
    eyes = {eye: [PhotoShare(eve)] for eye in (Attribute.LEFT_EYE, Attribute.RIGHT_EYE)}
    made = with_photo_detail(face, [PhotoShare([face])], {}, taken=eyes)
    assert made is not None
    changed, parsed = difference(made, face), face_parser().parse(face)
    assert changed[parsed.mask(FacePart.BROWS)].mean() > 4
    assert changed[parsed.mask(FacePart.LIPS)].mean() < 1


def test_a_taken_nose_leaves_the_mouth_as_it_is(adam: list[Image.Image], detector: Mtcnn) -> None:
    face, eve = adam[0], [crop(detector, f"eve/{number}.jpg") for number in range(6)]
    made = with_photo_detail(face, [PhotoShare([face])], {}, taken={Attribute.NOSE: [PhotoShare(eve)]})
    assert made is not None
    changed, parsed = difference(made, face), face_parser().parse(face)
    assert changed[parsed.mask(FacePart.NOSE)].mean() > 4
    assert changed[parsed.mask(FacePart.LIPS)].mean() < 2


def test_between_two_people_a_face_is_sharp_and_like_both(adam: list[Image.Image], detector: Mtcnn) -> None:
    eve = [crop(detector, f"eve/{number}.jpg") for number in range(6)]
    soft = softened(adam[0])
    halves = [PhotoShare(adam[1:], 0.5), PhotoShare(eve, 0.5)]
    one, half, other = (
        with_photo_detail(soft, shares, {}, ALIKE) for shares in ([PhotoShare(adam[1:])], halves, [PhotoShare(eve)])
    )
    assert one is not None
    assert half is not None
    assert other is not None
    assert likeness(one, adam[0]) > likeness(half, adam[0]) > likeness(other, adam[0])
    assert likeness(one, eve[0]) < likeness(half, eve[0]) < likeness(other, eve[0])
    eyes = slice(85, 115), slice(75, 181)
    contrast = [np.asarray(each.convert("L"), float)[eyes] for each in (one, half, other)]
    detail = [np.abs(np.diff(each, axis=1)).mean() for each in contrast]
    assert detail[1] > 0.8 * min(detail[0], detail[2])


def test_photos_without_a_face_give_nothing(adam: list[Image.Image]) -> None:
    wall = Image.new("RGB", (SIDE, SIDE), "grey")
    for part in Attribute:
        assert can_give(adam[1:], adam[0], part)
        assert not can_give([wall], adam[0], part)
        assert not can_give(adam[1:], wall, part)


@pytest.mark.parametrize(
    ("on_face", "on_photo"),
    [
        ({"none": 0.9, "glasses": 0.1}, {"none": 0.45, "glasses": 0.55}),
        ({"none": 0.1, "glasses": 0.9}, {"none": 0.9, "glasses": 0.1}),
        ({"none": 0.1, "glasses": 0.9}, {"none": 0.1, "glasses": 0.9}),
    ],
)
def test_a_mouth_is_taken_beside_glasses_and_what_these_cover_is_not(
    adam: list[Image.Image],
    monkeypatch: pytest.MonkeyPatch,
    on_face: dict[str, float],
    on_photo: dict[str, float],
) -> None:
    seen = iter([on_face, on_photo] * len(Attribute))
    monkeypatch.setattr(attribute_reader(), "read", lambda _: {"expression": {"smiling": 1.0}, "eyewear": next(seen)})
    given = []
    for part in Attribute:
        forget_photos()
        given.append(can_give([adam[1]], adam[0], part))
    forget_photos()
    assert given == [part is Attribute.MOUTH for part in Attribute]


def test_what_is_taken_has_no_more_contrast_than_the_face(adam: list[Image.Image], detector: Mtcnn) -> None:
    eve = [crop(detector, f"eve/{number}.jpg") for number in range(6)]
    harsh = [photo.point(lambda level: min(255, max(0, 3 * level - 256))) for photo in eve]
    taken = {Attribute.LEFT_EYE: [PhotoShare(harsh)]}
    made = with_photo_detail(adam[0], [PhotoShare([adam[0]])], {}, taken=taken)
    assert made is not None
    before, after = (np.asarray(each.convert("L").resize((64, 64), 4), float) for each in (adam[0], made))
    socket = slice(20, 30), slice(19, 31)
    assert np.abs(after - before)[socket].max() > 4
    assert after[socket].std() < 1.3 * before[socket].std()


def test_a_face_in_black_and_white_stays_without_colour(adam: list[Image.Image]) -> None:
    grey = ImageOps.grayscale(softened(adam[0])).convert("RGB")
    made = with_photo_detail(grey, [PhotoShare(adam[1:])], {})
    assert made is not None
    assert difference(made, grey).max() > 10
    assert np.ptp(np.asarray(made, int), axis=2).max() <= 2


def test_detail_is_as_dark_as_the_scene(adam: list[Image.Image]) -> None:
    soft = softened(adam[0])
    dark = soft.point(lambda level: level // 5)
    bright, dim = (with_photo_detail(face, [PhotoShare(adam[1:2])], {}) for face in (soft, dark))
    assert bright is not None
    assert dim is not None
    gained = [difference(made, face).mean() for made, face in ((bright, soft), (dim, dark))]
    assert 0.1 < gained[1] / gained[0] < 0.3


def test_a_redrawn_face_changes_a_scene_within_the_face_alone(adam: list[Image.Image]) -> None:
    scene = adam[0].resize((SIDE, SIDE))
    redrawn = Image.fromarray(np.asarray(scene)[:, :, ::-1].copy()).filter(ImageFilter.GaussianBlur(3))
    made = np.asarray(set_into(scene, redrawn), np.float32)
    changed = np.abs(made - np.asarray(scene, np.float32)).mean(-1)
    inside = face_parser().parse(scene).mask(*INNER_PARTS)
    assert changed[~inside].mean() < 0.1
    assert changed[inside].mean() > 2
    wall = Image.new("RGB", (SIDE, SIDE), "grey")
    assert set_into(wall, redrawn) is redrawn


def test_expression_and_eyewear_are_seen_in_a_face(adam: list[Image.Image]) -> None:
    read = attribute_reader().read(adam[0])
    shown = {group: max(read[group], key=read[group].__getitem__) for group in ("expression", "eyewear")}
    assert shows(adam[0], shown | {"background": "red"})
    assert shows(adam[0], {})
    assert not shows(adam[0], shown | {"eyewear": "sunglasses"})


def test_photos_are_read_again_once_they_are_forgotten(
    adam: list[Image.Image], monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[Image.Image] = []
    watched = SimpleNamespace(parse=lambda picture: read.append(picture) or face_parser().parse(picture))
    monkeypatch.setattr(parsed_crop, "face_parser", lambda: watched)
    forget_photos()
    for _ in range(2):
        can_give([adam[0]], adam[0], Attribute.NOSE)
        assert len(read) == 1
    forget_photos()
    can_give([adam[0]], adam[0], Attribute.NOSE)
    assert len(read) == 2


def test_a_redrawn_face_is_set_into_its_scene_without_its_light_and_what_lies_about_it(adam: list[Image.Image]) -> None:
    scene, other = adam[0].resize((SIDE, SIDE)), softened(adam[0])
    darker = Image.eval(other, lambda level: level * 3 // 4)
    made = set_into(scene, darker)
    face = np.asarray(face_parser().parse(scene).labels) == ORDER.index(FacePart.SKIN)
    about = np.asarray(face_parser().parse(scene).labels) == ORDER.index(FacePart.BACKGROUND)
    assert difference(made, scene)[about].mean() < 1
    assert difference(made, other)[face].mean() < 0.5 * difference(darker, other)[face].mean()
    assert difference(made, scene)[face].mean() > 1
    wall = Image.new("RGB", (SIDE, SIDE), "grey")
    assert set_into(scene, wall) is wall
    assert set_into(wall, darker) is darker


def test_what_a_face_shows_is_told_of_expression_and_eyewear_as_far_as_they_are_asked_for(
    adam: list[Image.Image],
) -> None:
    read = attribute_reader().read(adam[0])
    expression = max(read["expression"], key=read["expression"].__getitem__)
    other = min(read["expression"], key=read["expression"].__getitem__)
    assert shows(adam[0], {"expression": expression, "eyewear": "none", "hair_colour": "red"})
    assert shows(adam[0], {})
    assert not shows(adam[0], {"expression": other})
    assert not shows(adam[0], {"eyewear": "sunglasses"})


def test_photos_without_the_glasses_that_a_face_has_on_leave_what_is_about_the_eyes(
    adam: list[Image.Image], monkeypatch: pytest.MonkeyPatch
) -> None:
    face, photos = softened(adam[0]), [PhotoShare(adam[1:])]
    really = attribute_reader().read

    def read(crop: Image.Image) -> dict[str, dict[str, float]]:
        worn = "glasses" if crop.tobytes() == face.tobytes() else "none"
        return {**really(crop), "eyewear": {value: float(value == worn) for value in ("none", "glasses", "sunglasses")}}

    forget_photos()
    monkeypatch.setattr(parsed_crop, "attribute_reader", lambda: SimpleNamespace(read=read))
    asked = {"eyewear": "glasses"}
    assert with_photo_detail(face, photos, asked, ALIKE) is None
    made = with_photo_detail(face, photos, asked, ALIKE, around_eyes=False)
    assert made is not None
    labels = face_parser().parse(face)
    changed = difference(made, face)
    assert changed[labels.mask(FacePart.LEFT_EYE, FacePart.RIGHT_EYE)].max() < 3
    assert changed[labels.mask(FacePart.LIPS)].mean() > 2
    forget_photos()
