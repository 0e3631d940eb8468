"""The parts of all faces of a picture: sample photos alone, leaning, and several in one picture."""

from __future__ import annotations

import io
import pickle
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pydantic import TypeAdapter

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Observer
from facea_desktop.domain.faces import INNER_PARTS, Box, Face, FacePart
from facea_desktop.domain.outcomes import PartsFound
from facea_desktop.domain.requests import PartsRequest, Request
from facea_desktop.engine import picture_parts as module
from facea_desktop.engine.crops import Crop
from facea_desktop.engine.detect.mtcnn import Mtcnn
from facea_desktop.engine.face_parser import SIDE, ParsedFace, face_parser
from facea_desktop.engine.picture_parts import picture_parts
from facea_desktop.executor import Executor
from facea_desktop.resources import resource

EVE, ADAM = resource("people", "eve", "0.jpg"), resource("people", "adam", "1.jpg")
Parts = tuple[list[Face], np.ndarray, np.ndarray]
"""Faces, labels and owners."""


def opened(path: Path, side: int = 512) -> Image.Image:
    with Image.open(path) as photo:
        return photo.convert("RGB").resize((side, side), Image.Resampling.LANCZOS)


def lengthened(path: Path, height: int) -> Image.Image:
    """A sample photo whose last row goes on below it."""
    pixels = np.asarray(opened(path))
    return Image.fromarray(np.pad(pixels, ((0, height - 512), (0, 0), (0, 0)), mode="edge"))


def found_in(picture: Image.Image) -> Parts:
    faces = Mtcnn(20, 0.9).find(picture)
    return faces, *picture_parts(picture, faces)


def where(labels: np.ndarray, *parts: FacePart) -> np.ndarray:
    return np.isin(labels, [1 + tuple(FacePart).index(part) for part in parts])


def overlap(a: np.ndarray, b: np.ndarray) -> float:
    return float((a & b).sum() / (a | b).sum())


@pytest.fixture(scope="module")
def eve() -> Parts:
    return found_in(opened(EVE))


@pytest.fixture(scope="module")
def both() -> Parts:
    """A large face on the left and a small one on the right of a wide picture, far from its upper right corner."""
    wide = Image.new("RGB", (1500, 700), (120, 140, 110))
    wide.paste(opened(EVE), (0, 188))
    wide.paste(opened(ADAM, 256), (560, 444))
    return found_in(wide)


def test_every_pixel_of_a_portrait_is_told_and_belongs_to_the_person_or_the_background(eve: Parts) -> None:
    _, labels, owners = eve
    assert labels.shape == owners.shape == (512, 512)
    assert labels.dtype == owners.dtype == np.uint8
    assert labels.all()
    assert ((owners == 0) == where(labels, FacePart.BACKGROUND)).all()
    assert set(np.unique(owners)) == {0, 1}


def test_parts_lie_where_the_parser_sees_them_in_the_faces_crop(eve: Parts) -> None:
    faces, labels, _ = eve
    crop = Crop.of_face(faces[0])
    parsed = face_parser().parse(crop.cut(opened(EVE), SIDE))
    for part in (*INNER_PARTS, FacePart.HAIR):
        alone = crop.spread(parsed.mask(part).astype(np.float32), (0, 0, 512, 512)) > 0.5
        inside = crop.spread(np.ones((SIDE, SIDE), np.float32), (0, 0, 512, 512)) > 0.5
        assert overlap(alone, where(labels, part) & inside) > 0.8, part


def test_hair_goes_on_beyond_the_crop_of_the_face() -> None:
    faces, labels, _ = found_in(lengthened(EVE, 700))
    below = Crop.of_face(faces[0]).bounds((512, 700))[3]
    assert where(labels[below:], FacePart.HAIR).sum() > 5000


def test_the_parts_of_a_leaning_face_lean_with_it(eve: Parts) -> None:
    _, upright, _ = eve
    faces, labels, _ = found_in(opened(EVE).rotate(20, Image.Resampling.BICUBIC))
    assert abs(faces[0].tilt) > 10
    turned = np.asarray(Image.fromarray(upright).rotate(20, Image.Resampling.NEAREST))
    for parts in (INNER_PARTS, (FacePart.LIPS,), (FacePart.LEFT_EYE,), (FacePart.RIGHT_EYE,)):
        assert overlap(where(labels, *parts), where(turned, *parts)) > 0.6, parts


def test_parts_belong_to_the_face_that_they_are_of(both: Parts) -> None:
    faces, labels, owners = both
    assert len(faces) == 2
    for number, face in enumerate(faces, 1):
        inner = where(labels, *INNER_PARTS) & (owners == number)
        rows, columns = np.nonzero(inner)
        seen = Box(float(columns.min()), float(rows.min()), columns.max() + 1.0, rows.max() + 1.0)
        assert seen.overlap(face.box) > 0.6
        assert (where(labels, FacePart.LIPS) & (owners == number)).sum() > 100


def test_beyond_the_crops_what_lies_next_to_background_is_background_and_nobodys(both: Parts) -> None:
    _, labels, owners = both
    far = labels[:300, 1200:]
    assert where(far, FacePart.BACKGROUND).all()
    assert not owners[:300, 1200:].any()


def test_shoulders_that_go_on_below_the_crop_are_not_called_background() -> None:
    faces, labels, owners = found_in(lengthened(ADAM, 2000))
    x = round(faces[0].box.center[0])
    assert not where(labels[-1, x - 20 : x + 20], FacePart.BACKGROUND).any()
    assert not owners[-1].any()


class Seen:
    """A parser that sees the same in every crop."""

    def __init__(self, *parts: tuple[FacePart, tuple[slice, slice]]) -> None:
        labels = np.zeros((SIDE, SIDE), np.uint8)
        for part, place in parts:
            labels[place] = tuple(FacePart).index(part)
        self._parsed = ParsedFace(labels, np.ones((SIDE, SIDE), np.float32))

    def parse(self, crop: Image.Image) -> ParsedFace:
        return self._parsed


def test_between_two_faces_a_pixel_belongs_to_the_nearer_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "face_parser", lambda: Seen((FacePart.SKIN, np.s_[:, :])))
    faces = [Face(Box(x - 40, 60, x + 40, 140), {}, 0.9) for x in (100, 160)]
    labels, owners = picture_parts(Image.new("RGB", (260, 200)), faces)
    assert where(labels[40:150, 40:220], FacePart.SKIN).all()
    assert set(np.unique(owners[40:150, 40:130])) == {1}
    assert set(np.unique(owners[40:150, 130:220])) == {2}


def test_a_fleck_that_does_not_touch_the_person_is_background(monkeypatch: pytest.MonkeyPatch) -> None:
    fleck = (FacePart.CLOTHES, np.s_[5:25, 5:25])
    seen = Seen((FacePart.SKIN, np.s_[80:180, 80:180]), (FacePart.CLOTHES, np.s_[180:200, 80:180]), fleck)
    monkeypatch.setattr(module, "face_parser", lambda: seen)
    labels, owners = picture_parts(Image.new("RGB", (400, 400)), [Face(Box(120, 120, 280, 280), {}, 0.9)])
    rows = np.flatnonzero(where(labels, FacePart.CLOTHES).any(1))
    assert rows.size
    assert rows.min() > 200
    assert not owners[:100].any()


def test_the_same_picture_gives_the_same_parts(eve: Parts) -> None:
    faces, labels, owners = eve
    again = picture_parts(opened(EVE), faces)
    assert (again[0] == labels).all()
    assert (again[1] == owners).all()


def test_without_a_face_nothing_is_told() -> None:
    labels, owners = picture_parts(Image.new("RGB", (30, 20)), [])
    assert labels.shape == owners.shape == (20, 30)
    assert not labels.any()
    assert not owners.any()


def test_a_face_outside_the_picture_is_passed_over() -> None:
    labels, _ = picture_parts(Image.new("RGB", (30, 20)), [Face(Box(500, 500, 540, 550), {}, 1.0)])
    assert not labels.any()


def test_a_request_for_parts_is_answered_by_maps_that_survive_the_way_between_processes(tmp_path: Path) -> None:
    sent = PartsRequest(picture=EVE)
    request = TypeAdapter(Request).validate_json(sent.model_dump_json())
    assert request == sent

    found = pickle.loads(pickle.dumps(Executor(tmp_path).execute(request, Observer())))

    assert isinstance(found, PartsFound)
    assert len(found.faces) == 1
    for layer in (found.labels, found.owners):
        with Image.open(io.BytesIO(layer)) as image:
            assert (image.mode, image.size, image.format) == ("L", (512, 512), "PNG")
            assert np.asarray(image).any()


def test_a_picture_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"gone\.png does not exist"):
        Executor(tmp_path).execute(PartsRequest(picture=tmp_path / "gone.png"), Observer())
