"""Larger copies of pictures, and what is said of them."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from PIL import Image, ImageFilter

from facea_desktop.domain.errors import CancelledError, UserError
from facea_desktop.domain.events import Event, Observer, Painted, Warned
from facea_desktop.domain.faces import Box, Subject
from facea_desktop.domain.people import Profile
from facea_desktop.domain.photo_requests import EnrolRequest
from facea_desktop.domain.requests import EnlargeRequest, PortraitRequest
from facea_desktop.engine import enlargement
from facea_desktop.engine.enlargement import enlarge, sharpness_gain
from facea_desktop.engine.enrolment import enrol
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.library.portrait_export import read_pixels
from facea_desktop.library.portrait_png import (
    read_enlargement,
    read_first_sight,
    read_request,
    read_size,
    read_source,
    save_portrait,
)
from facea_desktop.library.xmp_metadata import AI_SOURCE_WHOLE
from facea_desktop.resources import resource
from tests.engine.test_upscaler import compact, saved

PHOTO = resource("people", "adam", "3.jpg")


@pytest.fixture(scope="module")
def manager(tmp_path_factory: pytest.TempPathFactory) -> ModelManager:
    return ModelManager(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def adam(manager: ModelManager) -> Profile:
    photos = tuple(resource("people", "adam", f"{index}.jpg") for index in range(2))
    return enrol(manager, EnrolRequest(name="Adam", subject=Subject.MAN, photos=photos), Observer())


@pytest.fixture
def portrait(adam: Profile, tmp_path: Path) -> Path:
    path = tmp_path / "portrait.png"
    request = PortraitRequest(person=adam.id, prompt="a man", seed=5)
    picture = Image.open(PHOTO).convert("RGB").resize((192, 192))
    save_portrait(path, picture, request.model_dump_json(), source=AI_SOURCE_WHOLE, first_sight=("a" * 12,))
    return path


def test_a_larger_copy_keeps_what_the_portrait_carries_and_says_what_enlarged_it(
    manager: ModelManager, portrait: Path, tmp_path: Path
) -> None:
    events: list[Event] = []
    upscaler = saved(tmp_path, compact(2))
    request = EnlargeRequest(picture=portrait, times=2, model=str(upscaler), out=tmp_path / "out")
    made = enlarge(manager, request, Observer(events.append))
    path = tmp_path / "out" / "portrait-2x.png"
    assert (made.path, made.pixels) == (path, None)
    assert (made.width, made.height, made.by) == (384, 384, "upscaler")
    assert read_size(path) == (384, 384)
    assert read_request(path) == read_request(portrait)
    assert read_source(path) == AI_SOURCE_WHOLE
    assert read_enlargement(path) == "2 times by upscaler"
    assert read_enlargement(portrait) is None
    assert read_first_sight(path) == ("a" * 12,)
    assert made.likeness_before is not None
    assert made.likeness_after is not None
    assert made.likeness_before > 0.5
    assert made.face_detail is not None
    (told,) = (event for event in events if isinstance(event, Painted))
    assert (told.path, told.seed, told.likeness) == (path, 5, made.likeness_after)
    assert told.first_sight == ("a" * 12,)
    again = enlarge(manager, request, Observer())
    assert again.path == tmp_path / "out" / "portrait-2x-1.png"


def test_a_copy_for_an_export_is_not_saved_but_comes_with_the_outcome(
    manager: ModelManager, portrait: Path, tmp_path: Path
) -> None:
    events: list[Event] = []
    request = EnlargeRequest(picture=portrait, model=str(saved(tmp_path, compact(2))))
    made = enlarge(manager, request.model_copy(update={"save": False}), Observer(events.append))
    assert made.path is None
    assert not any(isinstance(event, Painted) for event in events)
    assert not manager.library.portraits.exists()
    kept = enlarge(manager, request.model_copy(update={"out": tmp_path / "out"}), Observer())
    assert kept.path is not None
    assert Image.open(kept.path).tobytes() == read_pixels(made).tobytes()
    assert read_enlargement(kept.path) == made.note


def test_a_photo_without_a_label_gets_none_and_a_person_nobody_knows_is_no_error(
    manager: ModelManager, tmp_path: Path
) -> None:
    upscaler = saved(tmp_path, compact(2))
    made = enlarge(manager, EnlargeRequest(picture=PHOTO, model=str(upscaler), out=tmp_path), Observer())
    assert made.path is not None
    assert (read_source(made.path), read_request(made.path)) == (None, None)
    assert (made.likeness_before, made.likeness_after) == (None, None)


def test_what_is_no_sharper_is_not_called_sharper(
    manager: ModelManager, portrait: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def said(blur: float, sharpen: int) -> tuple[float, list[str]]:
        def as_if(picture: Image.Image, times: int, *_: object) -> Image.Image:
            large = picture.resize((picture.width * times, picture.height * times), Image.Resampling.LANCZOS)
            return large.filter(ImageFilter.GaussianBlur(blur)).filter(ImageFilter.UnsharpMask(1, sharpen, 0))

        monkeypatch.setattr(enlargement, "enlarged", as_if)
        events: list[Event] = []
        request = EnlargeRequest(picture=portrait, model=str(upscaler), out=tmp_path)
        made = enlarge(manager, request, Observer(events.append))
        return made.detail, [event.message for event in events if isinstance(event, Warned)]

    upscaler = saved(tmp_path, compact(2))
    soft, warned = said(1.0, 0)
    assert soft < 1
    assert warned == ["The picture is larger, but no sharper than Lanczos makes it."]
    fine, warned = said(0, 100)
    assert fine > 1.2
    assert warned == []
    lost, warned = said(14.0, 0)
    assert lost < soft
    assert any("looks less like the person" in message for message in warned)


def test_sharpness_is_measured_inside_the_box_alone() -> None:
    noise = Image.effect_noise((80, 40), 60).convert("RGB")
    half = noise.filter(ImageFilter.GaussianBlur(3))
    half.paste(noise.crop((40, 0, 80, 40)), (40, 0))
    assert sharpness_gain(half, noise, Box(40, 0, 80, 40)) == 1
    assert sharpness_gain(half, noise, Box(0, 0, 36, 40)) < 0.2


def test_what_cannot_be_enlarged_is_said_before_work_starts(
    manager: ModelManager, portrait: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UserError, match=r"neither an upscaler \(starter-upscaler\) nor a file"):
        enlarge(manager, EnlargeRequest(picture=portrait, model="sharpest"), Observer())
    with pytest.raises(UserError, match="mtcnn does not enlarge pictures"):
        enlarge(manager, EnlargeRequest(picture=portrait, model="mtcnn"), Observer())
    monkeypatch.setattr(enlargement, "PIXEL_LIMIT", 10**6 // 2)
    with pytest.raises(UserError, match="768 by 768 pixels"):
        enlarge(manager, EnlargeRequest(picture=portrait, times=4), Observer())


def test_where_memory_is_short_it_is_tried_with_less_and_then_said(
    manager: ModelManager, portrait: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[str] = []

    def too_large(*_: object) -> Image.Image:
        tries.append("again" if tries else "as it is")
        raise torch.OutOfMemoryError

    monkeypatch.setattr(enlargement, "enlarged", too_large)
    request = EnlargeRequest(picture=portrait, model=str(saved(tmp_path, compact(2))), out=tmp_path / "out")
    with pytest.raises(UserError, match="too little memory"):
        enlarge(manager, request, Observer())
    assert tries == ["as it is", "again"]
    assert not (tmp_path / "out").exists()


def test_a_stop_leaves_nothing(portrait: Path, tmp_path: Path, manager: ModelManager) -> None:
    observer = Observer()
    observer.stop.set()
    with pytest.raises(CancelledError):
        enlarge(manager, EnlargeRequest(picture=portrait, out=tmp_path / "out"), observer)
    assert not (tmp_path / "out").exists()
