"""The face parser that ships with the program, on the sample photos."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageOps

from facea_desktop.domain.faces import FACE, PARTS, Face, FacePart
from facea_desktop.engine.composition import target_of_face
from facea_desktop.engine.crops import Crop
from facea_desktop.engine.detect.mtcnn import Mtcnn
from facea_desktop.engine.face_masks import box_mask, box_masks, face_mask, part_masks
from facea_desktop.engine.face_parser import ORDER, SIDE, ParsedFace, face_parser
from facea_desktop.engine.parsed_masks import HAIR_MARGIN
from facea_desktop.resources import resource

GOLDEN = Path(__file__).parent / "golden"
SAMPLES = [(who, index) for who in ("adam", "eve") for index in range(6)]
Sample = tuple[str, int]


def sample(who: str, index: int) -> Image.Image:
    return Image.open(resource("people", who, f"{index}.jpg")).convert("RGB")


@pytest.fixture(scope="module")
def faces() -> dict[Sample, Face]:
    detector = Mtcnn(20, 0.9)
    return {key: detector.find(sample(*key))[0] for key in SAMPLES}


@pytest.fixture(scope="module")
def crops(faces: dict[Sample, Face]) -> dict[Sample, Image.Image]:
    return {key: Crop.of_face(face).cut(sample(*key), SIDE) for key, face in faces.items()}


@pytest.fixture(scope="module")
def parsed(crops: dict[Sample, Image.Image]) -> dict[Sample, ParsedFace]:
    return {key: face_parser().parse(crop) for key, crop in crops.items()}


def middle(mask: np.ndarray) -> tuple[float, float]:
    y, x = np.nonzero(mask)
    return float(x.mean()), float(y.mean())


@pytest.mark.parametrize("key", [("adam", 0), ("eve", 0)])
def test_sample_photos_are_parsed_as_they_were(key: Sample, parsed: dict[Sample, ParsedFace]) -> None:
    expected = np.asarray(Image.open(GOLDEN / f"parsed-{key[0]}-{key[1]}.png"))
    assert expected.shape == (SIDE, SIDE)
    assert (parsed[key].labels == expected).mean() > 0.99


def test_every_pixel_has_a_label_and_a_probability(parsed: dict[Sample, ParsedFace]) -> None:
    for face in parsed.values():
        assert (face.labels.shape, face.labels.dtype) == ((SIDE, SIDE), np.uint8)
        assert (face.certainty.shape, face.certainty.dtype) == ((SIDE, SIDE), np.float32)
        assert face.labels.max() < len(ORDER)
        assert 1 / len(ORDER) <= face.certainty.min() <= face.certainty.max() <= 1.001
        assert sum(face.mask(part).sum() for part in FacePart) == SIDE**2


def test_parts_lie_where_parts_of_a_face_lie(parsed: dict[Sample, ParsedFace]) -> None:
    for key, face in parsed.items():
        at = {part: middle(face.mask(part)) for part in FacePart if face.mask(part).any()}
        assert at[FacePart.LEFT_EYE][0] < at[FacePart.NOSE][0] < at[FacePart.RIGHT_EYE][0], key
        assert at[FacePart.BROWS][1] < at[FacePart.LEFT_EYE][1] < at[FacePart.NOSE][1] < at[FacePart.LIPS][1], key
        assert at[FacePart.HAIR][1] < at[FacePart.LIPS][1] < at[FacePart.NECK][1], key
        assert 2000 < face.mask(FacePart.SKIN).sum() < 30000, key
        for eye in (FacePart.LEFT_EYE, FacePart.RIGHT_EYE):
            assert 60 < face.mask(eye).sum() < 1200, key


def test_the_detector_finds_eyes_nose_and_mouth_at_the_same_places(
    faces: dict[Sample, Face], parsed: dict[Sample, ParsedFace]
) -> None:
    for key, face in faces.items():
        inside = Crop.of_face(face).inside(face, SIDE)
        for attribute, box in inside.parts.items():
            x, y = middle(parsed[key].mask(FacePart("lips" if attribute == "mouth" else attribute)))
            assert box.x0 < x < box.x1, (key, attribute)
            assert box.y0 < y < box.y1, (key, attribute)


@pytest.mark.parametrize("key", [("adam", 2), ("eve", 1)])
def test_in_a_mirror_labels_are_mirrored_and_eyes_change_places(
    key: Sample, crops: dict[Sample, Image.Image], parsed: dict[Sample, ParsedFace]
) -> None:
    mirrored = face_parser().parse(ImageOps.mirror(crops[key]))
    left, right = ORDER.index(FacePart.LEFT_EYE), ORDER.index(FacePart.RIGHT_EYE)
    expected = parsed[key].labels[:, ::-1].copy()
    swapped = np.isin(expected, (left, right))
    expected[swapped] = left + right - expected[swapped]
    assert (mirrored.labels == expected).mean() > 0.95
    for eye in (left, right):
        both = ((mirrored.labels == eye) & (expected == eye)).sum()
        assert both > 0.6 * ((mirrored.labels == eye) | (expected == eye)).sum()


def test_a_crop_of_another_size_is_parsed_at_256_pixels(
    crops: dict[Sample, Image.Image], parsed: dict[Sample, ParsedFace]
) -> None:
    for size in (128, 512):
        again = face_parser().parse(crops["eve", 2].resize((size, size), Image.Resampling.LANCZOS))
        assert (again.labels == parsed["eve", 2].labels).mean() > 0.95


def test_masks_of_sample_photos_follow_the_face(
    faces: dict[Sample, Face], crops: dict[Sample, Image.Image], parsed: dict[Sample, ParsedFace]
) -> None:
    for key, crop in crops.items():
        inside = Crop.of_face(faces[key]).inside(faces[key], SIDE)
        masks, boxes = part_masks(crop, inside), box_masks((SIDE, SIDE), inside)
        assert list(masks) == list(PARTS)
        face = np.asarray(masks[FACE]) == 255
        shown = parsed[key].mask(FacePart.SKIN, FacePart.NOSE, FacePart.LIPS, FacePart.LEFT_EYE, FacePart.RIGHT_EYE)
        assert face[shown].mean() > 0.97, key
        away = cv2.distanceTransform(1 - (shown | parsed[key].mask(FacePart.BROWS)).astype(np.uint8), cv2.DIST_L2, 5)
        far = parsed[key].mask(FacePart.HAIR) & (away > (HAIR_MARGIN + 0.02) * inside.box.side)
        assert far.sum() > 1500, key
        assert face[far].mean() < 0.02, key
        for part, mask in masks.items():
            assert (mask.size, mask.mode) == ((SIDE, SIDE), "L")
            assert set(np.unique(np.asarray(mask))) == {0, 255}
            assert mask.tobytes() != boxes[part].tobytes(), (key, part)


@pytest.mark.parametrize("picture", ["black", "grey", "noise"])
def test_masks_are_boxes_where_nothing_is_a_face(picture: str, faces: dict[Sample, Face]) -> None:
    pixels = {
        "black": np.zeros((SIDE, SIDE, 3), np.uint8),
        "grey": np.full((SIDE, SIDE, 3), 128, np.uint8),
        "noise": np.random.default_rng(5).integers(0, 256, (SIDE, SIDE, 3), dtype=np.uint8),
    }[picture]
    face = Crop.of_face(faces["adam", 0]).inside(faces["adam", 0], SIDE)
    masks, boxes = part_masks(Image.fromarray(pixels), face), box_masks((SIDE, SIDE), face)
    assert {part: mask.tobytes() for part, mask in masks.items()} == {p: box.tobytes() for p, box in boxes.items()}


def test_a_face_that_leans_is_redrawn_along_its_own_jaw(faces: dict[Sample, Face]) -> None:
    photo = sample("eve", 0)
    upright = target_of_face(faces["eve", 0], photo, 128)
    leaning = photo.rotate(-20, Image.Resampling.BICUBIC)
    target = target_of_face(Mtcnn(20, 0.9).find(leaning)[0], leaning, 128)
    turned = np.asarray(upright.region.rotate(-20)) >= 128
    found = np.asarray(target.region) >= 128
    assert (turned & found).sum() > 0.85 * (turned | found).sum()


def test_the_mask_is_as_large_as_the_crop(faces: dict[Sample, Face]) -> None:
    face = faces["adam", 3]
    crop = Crop.of_face(face)
    small, large = (face_mask(crop.cut(sample("adam", 3), size), crop.inside(face, size)) for size in (128, 512))
    assert (small.size, large.size) == ((128, 128), (512, 512))
    again = np.asarray(large.resize((128, 128), Image.Resampling.BOX)) >= 128
    assert (again == (np.asarray(small) >= 128)).mean() > 0.98


def test_a_portraits_mask_takes_the_hair_in_the_box_and_nothing_behind_the_head(
    faces: dict[Sample, Face], crops: dict[Sample, Image.Image], parsed: dict[Sample, ParsedFace]
) -> None:
    for key, crop in crops.items():
        inside = Crop.of_face(faces[key]).inside(faces[key], SIDE)
        mask, box = (np.asarray(made) == 255 for made in (face_mask(crop, inside), box_mask((SIDE, SIDE), inside.box)))
        face = np.asarray(part_masks(crop, inside)[FACE]) == 255
        assert mask[face].mean() > 0.99, key
        hair = parsed[key].mask(FacePart.HAIR)
        assert mask[hair & box].mean() > 0.95, key
        assert mask[hair & ~box].mean() < 0.05, key
        behind = parsed[key].mask(FacePart.BACKGROUND) & ~face
        assert mask[behind].mean() < 0.01, key
    nobody = Image.new("RGB", (SIDE, SIDE))
    assert face_mask(nobody, inside).tobytes() == box_mask((SIDE, SIDE), inside.box).tobytes()
