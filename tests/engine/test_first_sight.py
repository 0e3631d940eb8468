"""A portrait of somebody who is being added."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from facea_desktop.domain.errors import CancelledError, UserError
from facea_desktop.domain.events import Event, Observer, Progress
from facea_desktop.domain.faces import Subject
from facea_desktop.domain.photo_requests import FirstSightRequest
from facea_desktop.engine import first_sight
from facea_desktop.engine.first_sight import preview_first_sight
from facea_desktop.engine.likeness import measure
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.engine.photo_checks import check_photo
from facea_desktop.library.photo_reader import png_bytes, read_photo
from facea_desktop.resources import resource


@pytest.fixture(scope="module")
def manager(tmp_path_factory: pytest.TempPathFactory) -> ModelManager:
    return ModelManager(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def request_of_adam(manager: ModelManager) -> FirstSightRequest:
    detector = manager.detector(manager.family("starter"))
    crops = []
    for number in range(3):
        picture = read_photo(resource("people", "adam", f"{number}.jpg"))
        crops.append(png_bytes(check_photo("adam", picture, detector.find(picture)).reference.picture))
    return FirstSightRequest(subject=Subject.MAN, crops=tuple(crops))


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_somebody_who_is_not_in_the_library_is_painted_after_the_photos_and_nothing_is_stored(
    manager: ModelManager, request_of_adam: FirstSightRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    family, before = manager.family("starter"), files(manager.root)
    photos = [Image.open(io.BytesIO(crop)) for crop in request_of_adam.crops]
    own = [found for photo in photos if (found := manager.embedding(photo, family)) is not None]
    events: list[Event] = []

    def likeness() -> float:
        made = preview_first_sight(manager, request_of_adam, Observer(events.append))
        found = manager.embedding(Image.open(io.BytesIO(made.picture)).convert("RGB"), family)
        assert found is not None
        return measure(found, own).score

    like = likeness()
    last = [event for event in events if isinstance(event, Progress)][-1]
    assert last.step == last.total
    monkeypatch.setattr(first_sight, "with_photo_detail", lambda face, *_: face)
    assert like > likeness() + 0.1  # than the scene alone is
    assert files(manager.root) == before


def test_it_stops_when_nobody_waits_for_it(manager: ModelManager, request_of_adam: FirstSightRequest) -> None:
    observer = Observer()
    observer.stop.set()
    with pytest.raises(CancelledError):
        preview_first_sight(manager, request_of_adam.model_copy(update={"seed": 5}), observer)


def test_where_no_photo_suits_the_scene_with_the_persons_face_is_shown_and_a_strangers_is_not(
    manager: ModelManager, request_of_adam: FirstSightRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = request_of_adam.model_copy(update={"seed": 5})
    monkeypatch.setattr(first_sight, "with_photo_detail", lambda *_: None)
    assert preview_first_sight(manager, request, Observer()).picture
    monkeypatch.setattr(manager, "embedding", lambda *_: None)
    with pytest.raises(UserError, match="None of the photos suits"):
        preview_first_sight(manager, request, Observer())


def test_models_that_take_nothing_from_photos_paint_nobody_without_tuning(
    manager: ModelManager, request_of_adam: FirstSightRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = manager.family("sdxl-sd15")
    monkeypatch.setattr(manager.models, "active_family", lambda: large)
    with pytest.raises(UserError, match="paint nobody who is not tuned"):
        preview_first_sight(manager, request_of_adam, Observer())
