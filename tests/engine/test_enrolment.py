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
from facea_desktop.domain.photo_requests import (
    AddPhotosRequest,
    DrawnMask,
    EnrolRequest,
    Frame,
    InspectRequest,
    MaskRequest,
    PhotoCrop,
)
from facea_desktop.engine import photo_checks as rules
from facea_desktop.engine.detect.mtcnn import Mtcnn
from facea_desktop.engine.enrolment import add_photos, draw_mask, enrol, inspect
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.engine.person_reader import read_references
from facea_desktop.engine.photo_checks import CheckedPhoto, check_photo, check_together, misfits, sharpness
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
        with pytest.raises(UserError, match=r"photo\.jpg: the face is blurred; use a sharper photo"):
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
        with pytest.raises(UserError, match=f"eve{odd} seems to show a different person"):
            check_together(photos)
        with pytest.raises(UserError, match="seems to show a different person"):
            check_together(photos[:2])


def test_no_face_two_faces_and_a_small_face_are_refused(faces: dict[tuple[str, int], Face]) -> None:
    picture, face = sample("adam", 0), faces["adam", 0]
    with pytest.raises(UserError, match=r"a\.jpg: no face was found"):
        check_photo("a.jpg", picture, [])
    with pytest.raises(UserError, match=r"a\.jpg: 2 faces were found"):
        check_photo("a.jpg", picture, [face, face])
    tiny = face.scaled((rules.SMALLEST_FACE_PX - 1) / face.box.side)
    with pytest.raises(UserError, match=r"a\.jpg: the face is 59 pixels wide, at least 60 are needed"):
        check_photo("a.jpg", picture, [tiny])


def test_a_bystander_far_behind_does_not_matter(faces: dict[tuple[str, int], Face]) -> None:
    face = faces["adam", 0]
    bystander = Face(Box(0, 0, 0.3 * face.box.width, 0.3 * face.box.height), {}, 0.99)
    check_photo("a.jpg", sample("adam", 0), [face, bystander])


def group(path: Path, *people: tuple[str, int]) -> Path:
    """A photo of people side by side, the first one on the left; each is a little smaller than the one before."""
    photo = Image.new("RGB", (512 * len(people), 512), "grey")
    for place, (who, index) in enumerate(people):
        side = 512 - 40 * place
        photo.paste(sample(who, index).resize((side, side), Image.Resampling.LANCZOS), (512 * place, 512 - side))
    photo.save(path)
    return path


def test_of_a_group_the_face_that_was_chosen_is_enrolled(
    tmp_path: Path, checked: dict[tuple[str, int], CheckedPhoto]
) -> None:
    manager = ModelManager(tmp_path / "data")
    photo = group(tmp_path / "group.png", ("adam", 0), ("eve", 0))
    request = EnrolRequest(name="Eve", subject=Subject.WOMAN, photos=(photo,))
    with pytest.raises(UserError, match=r"group\.png: 2 faces .* 0 on the left, 1 on the right"):
        enrol(manager, request, Observer())
    with pytest.raises(UserError, match=r"group\.png: there is no face 2"):
        enrol(manager, request.model_copy(update={"crops": (PhotoCrop(photo=0, face=2),)}), Observer())
    assert manager.library.people() == []
    profile = enrol(manager, request.model_copy(update={"crops": (PhotoCrop(photo=0, face=1),)}), Observer())
    (embedding,) = manager.own_embeddings(profile)
    assert embedding @ checked["eve", 0].embedding > 0.9 > 0.5 > embedding @ checked["adam", 0].embedding


def test_inspecting_a_group_lists_its_faces_until_one_is_chosen(tmp_path: Path) -> None:
    manager = ModelManager(tmp_path / "data")
    photo = group(tmp_path / "group.png", ("adam", 0), ("eve", 0))
    (seen,) = inspect(manager, InspectRequest(photos=(photo,)), Observer()).photos
    assert (seen.width, seen.height, len(seen.faces)) == (1024, 512, 2)
    assert seen.undecided
    assert seen.crop is None
    choice = PhotoCrop(photo=0, face=1)
    (seen,) = inspect(manager, InspectRequest(photos=(photo,), crops=(choice,)), Observer()).photos
    assert not seen.undecided
    assert (seen.face, seen.problem) == (1, None)
    assert seen.frame is not None
    assert seen.frame.x > 512


def test_a_crop_is_cut_as_it_was_drawn_and_refused_where_it_misses_the_face(tmp_path: Path) -> None:
    manager = ModelManager(tmp_path / "data")
    photo = resource("people", "adam", "0.jpg")

    def look(frame: Frame | None) -> tuple[Image.Image | None, str | None, Frame]:
        crops = (PhotoCrop(photo=0, frame=frame),)
        (seen,) = inspect(manager, InspectRequest(photos=(photo,), crops=crops), Observer()).photos
        assert seen.frame is not None
        return seen.crop and Image.open(io.BytesIO(seen.crop)), seen.problem, seen.frame  # type: ignore[return-value]

    usual, problem, frame = look(None)
    assert problem is None
    closer = frame.model_copy(update={"side": 0.9 * frame.side})
    cut, problem, stored = look(closer)
    assert (problem, stored) == (None, closer)
    assert usual is not None
    assert cut is not None
    middle = usual.resize((512, 512), box=(25.6, 25.6, 486.4, 486.4))
    assert np.abs(np.asarray(middle, np.float32) - np.asarray(cut, np.float32)).mean() < 4
    for wrong in (frame.model_copy(update={"x": frame.x + frame.side}), frame.model_copy(update={"side": 60})):
        assert "the crop does not fit the face" in (look(wrong)[1] or "")


def test_every_photo_of_somebody_else_is_marked_not_only_the_worst(
    checked: dict[tuple[str, int], CheckedPhoto],
) -> None:
    photos = [checked["adam", 0], checked["eve", 1], checked["adam", 2], checked["adam", 3], checked["eve", 4]]
    assert set(misfits(photos)) == {1, 4}
    assert set(misfits(photos[1:2], [checked["adam", 0]])) == {0}
    assert misfits(photos[:2]) == {}
    assert set(misfits([checked["adam", 0]], [checked["adam", 0], checked["adam", 1]])) == {0}


def test_photos_are_added_to_a_person_and_only_those_of_the_person(tmp_path: Path) -> None:
    manager = ModelManager(tmp_path / "data")
    adam = [resource("people", "adam", f"{index}.jpg") for index in range(4)]
    profile = enrol(manager, EnrolRequest(name="Adam", subject=Subject.MAN, photos=tuple(adam[:2])), Observer())
    assert profile.warnings == ("3 photos give a better likeness than 2.",)
    eve = resource("people", "eve", "0.jpg")
    for wrong, said in ((eve, "a different person"), (adam[1], "photo 2 of Adam and 1.jpg are nearly the same")):
        with pytest.raises(UserError, match=said):
            add_photos(manager, AddPhotosRequest(person=profile.id, photos=(wrong,)), Observer())
    assert manager.library.get("Adam") == profile
    drawn = DrawnMask(photo=1, part="nose", file=drawn_mask(tmp_path / "drawn.png"))
    more = add_photos(manager, AddPhotosRequest(person="Adam", photos=tuple(adam[2:]), masks=(drawn,)), Observer())
    assert [reference.index for reference in more.references] == [0, 1, 2, 3]
    assert [reference.masks_edited for reference in more.references] == [False, False, False, True]
    assert more.warnings == ()
    assert len(manager.own_embeddings(more)) == 4
    seen = inspect(manager, InspectRequest(photos=(eve,), person=profile.id), Observer())
    assert "a different person" in (seen.photos[0].problem or "")
    assert seen.photos[0].crop is not None


def test_enrolling_stores_crops_masks_and_warnings(tmp_path: Path) -> None:
    manager = ModelManager(tmp_path)
    events: list[Event] = []
    path = resource("people", "eve", "0.jpg")
    profile = enrol(manager, EnrolRequest(name="Eve", subject=Subject.WOMAN, photos=(path,)), Observer(events.append))

    assert profile.warnings == ("3 photos give a better likeness than 1.",)
    assert Warned(profile.warnings[0]) in events
    assert manager.library.get("Eve") == profile
    assert profile.state == "not tuned"
    folder = manager.library.folder(profile.id)
    stored = {path.relative_to(folder).as_posix() for path in folder.rglob("*.*")}
    assert stored == {"profile.json", "references/0.png", *(f"masks/0-{part}.png" for part in PARTS)}
    (reference,) = read_references(manager.library, profile)
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
    manager = ModelManager(tmp_path)
    path = resource("people", "adam", "0.jpg")
    profile = enrol(manager, EnrolRequest(name="Adam", subject=Subject.MAN, photos=(path,)), Observer())
    drawn = drawn_mask(tmp_path / "drawn.png")

    def draw(part: str, file: Path, index: int = 0) -> Profile:
        return draw_mask(manager, MaskRequest(person=profile.id, index=index, part=part, file=file))

    changed = draw("left_eye", drawn)
    assert changed.references[0].masks_edited
    assert read_references(manager.library, changed)[0].masks["left_eye"].tobytes() == Image.open(drawn).tobytes()
    stored = json.loads((manager.library.folder(profile.id) / "profile.json").read_text())
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
    nose = read_references(manager.library, draw("nose", tmp_path / "layer.png"))[0].masks["nose"]
    assert nose.size == (512, 512)
    assert np.abs(np.array(nose.getbbox()) / 5.12 - (20, 30, 40, 50)).max() < 1


def test_masks_drawn_before_enrolling_are_enrolled(tmp_path: Path) -> None:
    manager = ModelManager(tmp_path)
    photos = tuple(resource("people", "adam", f"{i}.jpg") for i in range(2))
    drawn = DrawnMask(photo=1, part="nose", file=drawn_mask(tmp_path / "drawn.png"))
    request = EnrolRequest(name="Adam", subject=Subject.MAN, photos=photos, masks=(drawn,))
    profile = enrol(manager, request, Observer())
    assert [reference.masks_edited for reference in profile.references] == [False, True]
    assert read_references(manager.library, profile)[1].masks["nose"].tobytes() == Image.open(drawn.file).tobytes()
    beyond = request.model_copy(update={"name": "Ben", "masks": (drawn.model_copy(update={"photo": 5}),)})
    with pytest.raises(UserError, match="no photo 5"):
        enrol(manager, beyond, Observer())
    assert [person.name for person in manager.library.people()] == ["Adam"]


def test_inspecting_says_of_each_photo_what_enrolling_would_and_stores_nothing(tmp_path: Path) -> None:
    manager = ModelManager(tmp_path)
    blank = tmp_path / "blank.png"
    Image.new("RGB", (300, 300)).save(blank)
    adam = [resource("people", "adam", f"{i}.jpg") for i in range(2)]
    seen = inspect(manager, InspectRequest(photos=(adam[0], blank, adam[1])), Observer())
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
    assert (seen.problem, seen.warnings) == (None, ("3 photos give a better likeness than 2.",))
    assert manager.library.people() == []


def test_inspecting_says_when_two_photos_are_nearly_one(tmp_path: Path) -> None:
    path = resource("people", "adam", "0.jpg")
    seen = inspect(ModelManager(tmp_path), InspectRequest(photos=(path, path)), Observer())
    assert "nearly the same photo" in (seen.problem or "")


def drawn_mask(path: Path, side: int = 512, white: int = 255) -> Path:
    drawn = Image.new("L", (side, side))
    drawn.paste(white, (side // 5, side // 3, side // 3, side // 2))
    drawn.save(path)
    return path
