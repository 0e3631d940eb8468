"""Enrolling: the sample people pass, and every photo that would spoil a person is refused by name."""

from __future__ import annotations

import io
import json
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageEnhance, ImageFilter

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Event, Observer, Warned
from facea_desktop.domain.faces import PARTS, Attribute, Box, Face, Subject
from facea_desktop.domain.people import Profile
from facea_desktop.domain.requests import DrawnMask, EnrolRequest, InspectRequest, MaskRequest
from facea_desktop.engine import enrol as rules
from facea_desktop.engine.detect.mtcnn import Mtcnn
from facea_desktop.engine.enrol import CheckedPhoto, check_photo, check_together, draw_mask, enrol, inspect, sharpness
from facea_desktop.engine.studio import Studio
from facea_desktop.resources import resource

SAMPLES = [(who, index) for who in ("adam", "eve") for index in range(6)]


def sample(who: str, index: int) -> Image.Image:
    return Image.open(resource("people", who, f"{index}.jpg")).convert("RGB")


def saved_as_jpeg(picture: Image.Image, quality: int) -> Image.Image:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=quality)
    return Image.open(buffer).convert("RGB")


@pytest.fixture(scope="module")
def detector() -> Mtcnn:
    return Mtcnn(20, 0.9)


@pytest.fixture(scope="module")
def faces(detector: Mtcnn) -> dict[tuple[str, int], Face]:
    """The one face of every sample photo."""
    found = {(who, index): detector.find(sample(who, index)) for who, index in SAMPLES}
    assert all(len(each) == 1 for each in found.values())
    return {key: each[0] for key, each in found.items()}


@pytest.fixture(scope="module")
def checked(faces: dict[tuple[str, int], Face]) -> dict[tuple[str, int], CheckedPhoto]:
    return {(w, i): check_photo(f"{w}{i}", sample(w, i), [face]) for (w, i), face in faces.items()}


def test_every_sample_photo_passes_with_all_its_parts(checked: dict[tuple[str, int], CheckedPhoto]) -> None:
    for photo in checked.values():
        assert set(photo.reference.masks) == set(PARTS)
        assert photo.reference.picture.size == (rules.REFERENCE_SIDE,) * 2
        assert np.linalg.norm(photo.embedding) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("who", ["adam", "eve"])
def test_any_photos_of_one_sample_person_fit_together(who: str, checked: dict[tuple[str, int], CheckedPhoto]) -> None:
    for size in (2, 3, 6):
        for indices in combinations(range(6), size):
            check_together([checked[who, index] for index in indices])


def test_a_face_blurred_by_a_fiftieth_of_its_side_is_refused(faces: dict[tuple[str, int], Face]) -> None:
    for (who, index), face in faces.items():
        sharp = sample(who, index)
        blurred = sharp.filter(ImageFilter.GaussianBlur(face.box.side / 50))
        assert sharpness(sharp, face) > 10 * rules.LEAST_SHARPNESS
        assert sharpness(blurred, face) < 0.75 * rules.LEAST_SHARPNESS
        with pytest.raises(UserError, match=r"photo\.jpg: the face is blurred; take a sharper photo"):
            check_photo("photo.jpg", blurred, [face])


def test_a_small_sharp_face_is_not_called_blurred(faces: dict[tuple[str, int], Face]) -> None:
    for (who, index), face in faces.items():
        factor = 1.05 * rules.SMALLEST_FACE_PX / face.box.side
        small = sample(who, index).resize([round(512 * factor)] * 2, Image.Resampling.LANCZOS)
        assert sharpness(small, face.scaled(factor)) > 1.2 * rules.LEAST_SHARPNESS


COPIES = {
    "saved again": lambda picture: saved_as_jpeg(picture, 60),
    "slightly cropped": lambda picture: picture.crop((6, 8, 506, 508)),
    "half the size": lambda picture: picture.resize((256, 256), Image.Resampling.BICUBIC),
    "larger": lambda picture: picture.resize((640, 640), Image.Resampling.BICUBIC),
    "brighter": lambda picture: ImageEnhance.Brightness(picture).enhance(1.1),
}


@pytest.mark.parametrize("copy", COPIES)
@pytest.mark.parametrize(("who", "index"), [("adam", 1), ("eve", 3)])
def test_a_copy_of_a_photo_is_the_same_photo(
    who: str, index: int, copy: str, detector: Mtcnn, checked: dict[tuple[str, int], CheckedPhoto]
) -> None:
    picture = COPIES[copy](sample(who, index))
    again = check_photo("copy.jpg", picture, detector.find(picture))
    with pytest.raises(UserError, match=rf"{who}{index} and copy\.jpg are nearly the same photo"):
        check_together([checked[who, index], again])


def test_the_photo_of_another_person_is_named(checked: dict[tuple[str, int], CheckedPhoto]) -> None:
    for odd in range(6):
        photos = [checked["adam", odd], checked["eve", odd], checked["adam", (odd + 1) % 6]]
        with pytest.raises(UserError, match=f"eve{odd} seems to show another person"):
            check_together(photos)
        with pytest.raises(UserError, match="seems to show another person"):
            check_together(photos[:2])


def test_no_face_two_faces_and_a_small_face_are_refused(faces: dict[tuple[str, int], Face]) -> None:
    picture, face = sample("adam", 0), faces["adam", 0]
    with pytest.raises(UserError, match=r"a\.jpg: no face was found"):
        check_photo("a.jpg", picture, [])
    with pytest.raises(UserError, match=r"a\.jpg: 2 faces were found"):
        check_photo("a.jpg", picture, [face, face])
    tiny = face.scaled((rules.SMALLEST_FACE_PX - 1) / face.box.side)
    with pytest.raises(UserError, match=r"a\.jpg: the face is 59 pixels large, 60 are needed"):
        check_photo("a.jpg", picture, [tiny])


def test_a_bystander_far_behind_does_not_matter(faces: dict[tuple[str, int], Face]) -> None:
    face = faces["adam", 0]
    bystander = Face(Box(0, 0, 0.3 * face.box.width, 0.3 * face.box.height), {}, 0.99)
    check_photo("a.jpg", sample("adam", 0), [face, bystander])


def test_enrolling_stores_crops_masks_and_warnings(tmp_path: Path) -> None:
    studio = Studio(tmp_path)
    events: list[Event] = []
    path = resource("people", "eve", "0.jpg")
    profile = enrol(studio, EnrolRequest(name="Eve", subject=Subject.WOMAN, photos=(path,)), Observer(events.append))

    assert profile.warnings == ("3 photos make a better likeness than 1.",)
    assert Warned(profile.warnings[0]) in events
    assert studio.library.get("Eve") == profile
    assert profile.state == "not tuned"
    folder = studio.library.folder(profile.id)
    stored = {path.relative_to(folder).as_posix() for path in folder.rglob("*.*")}
    assert stored == {"profile.json", "references/0.png", *(f"masks/0-{part}.png" for part in PARTS)}
    (reference,) = studio.references(profile)
    assert reference.picture.size == (512, 512)
    for mask in reference.masks.values():
        assert set(np.unique(np.asarray(mask))) == {0, 255}


def test_the_masks_lie_where_the_parts_are(checked: dict[tuple[str, int], CheckedPhoto]) -> None:
    for photo in checked.values():
        places = {part: Box(*mask.getbbox()) for part, mask in photo.reference.masks.items() if mask.getbbox()}
        face = places["face"]
        for part in Attribute:
            x, y = places[part].center
            assert face.x0 < x < face.x1
            assert face.y0 < y < face.y1
        assert places["left_eye"].x1 < places["right_eye"].center[0]
        assert places["left_eye"].center[1] < places["nose"].center[1] < places["mouth"].center[1]


def test_a_mask_that_was_drawn_by_hand_is_kept(tmp_path: Path) -> None:
    studio = Studio(tmp_path)
    path = resource("people", "adam", "0.jpg")
    profile = enrol(studio, EnrolRequest(name="Adam", subject=Subject.MAN, photos=(path,)), Observer())
    drawn = drawn_mask(tmp_path / "drawn.png")

    def draw(part: str, file: Path, index: int = 0) -> Profile:
        return draw_mask(studio, MaskRequest(person=profile.id, index=index, part=part, file=file))

    changed = draw("left_eye", drawn)
    assert changed.references[0].masks_edited
    assert studio.references(changed)[0].masks["left_eye"].tobytes() == Image.open(drawn).tobytes()
    stored = json.loads((studio.library.folder(profile.id) / "profile.json").read_text())
    assert stored["references"][0]["masks_edited"] is True
    Image.open(drawn).resize((512, 400)).save(tmp_path / "flat.png")
    with pytest.raises(UserError, match="The mask is 512x400; make it square"):
        draw("nose", tmp_path / "flat.png")
    with pytest.raises(UserError, match="The mask of the face is empty"):
        draw("face", drawn_mask(tmp_path / "empty.png", white=0))
    with pytest.raises(UserError, match="has no photo 4"):
        draw("nose", drawn, index=4)
    layer = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
    layer.paste((0, 0, 255, 255), (20, 30, 40, 50))
    layer.save(tmp_path / "layer.png")
    nose = studio.references(draw("nose", tmp_path / "layer.png"))[0].masks["nose"]
    assert nose.size == (512, 512)
    assert np.abs(np.array(nose.getbbox()) / 5.12 - (20, 30, 40, 50)).max() < 1


def test_masks_drawn_before_enrolling_are_enrolled(tmp_path: Path) -> None:
    studio = Studio(tmp_path)
    photos = tuple(resource("people", "adam", f"{i}.jpg") for i in range(2))
    drawn = DrawnMask(photo=1, part="nose", file=drawn_mask(tmp_path / "drawn.png"))
    request = EnrolRequest(name="Adam", subject=Subject.MAN, photos=photos, masks=(drawn,))
    profile = enrol(studio, request, Observer())
    assert [reference.masks_edited for reference in profile.references] == [False, True]
    assert studio.references(profile)[1].masks["nose"].tobytes() == Image.open(drawn.file).tobytes()
    beyond = request.model_copy(update={"name": "Ben", "masks": (drawn.model_copy(update={"photo": 5}),)})
    with pytest.raises(UserError, match="no photo 5"):
        enrol(studio, beyond, Observer())
    assert [person.name for person in studio.library.people()] == ["Adam"]


def test_inspecting_says_of_each_photo_what_enrolling_would_and_stores_nothing(tmp_path: Path) -> None:
    studio = Studio(tmp_path)
    blank = tmp_path / "blank.png"
    Image.new("RGB", (300, 300)).save(blank)
    adam = [resource("people", "adam", f"{i}.jpg") for i in range(2)]
    seen = inspect(studio, InspectRequest(photos=(adam[0], blank, adam[1])), Observer())
    assert [photo.problem is None for photo in seen.photos] == [True, False, True]
    assert "no face was found" in (seen.photos[1].problem or "")
    assert seen.photos[1].crop is None
    first = seen.photos[0]
    assert first.crop is not None
    assert Image.open(io.BytesIO(first.crop)).size == (512, 512)
    assert set(first.masks) == set(PARTS)
    assert first.likeness is not None
    assert first.likeness > 0.7
    assert first.face_px is not None
    assert 200 < first.face_px < 512
    assert (seen.problem, seen.warnings) == (None, ("3 photos make a better likeness than 2.",))
    assert studio.library.people() == []


def test_inspecting_says_when_two_photos_are_nearly_one(tmp_path: Path) -> None:
    path = resource("people", "adam", "0.jpg")
    seen = inspect(Studio(tmp_path), InspectRequest(photos=(path, path)), Observer())
    assert "nearly the same photo" in (seen.problem or "")


def drawn_mask(path: Path, side: int = 512, white: int = 255) -> Path:
    drawn = Image.new("L", (side, side))
    drawn.paste(white, (side // 5, side // 3, side // 3, side // 2))
    drawn.save(path)
    return path
