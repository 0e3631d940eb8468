"""What photos say of a person together, and what of it is taken over; the reader of single photos is scripted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from PIL import Image

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Observer
from facea_desktop.domain.faces import Attribute, Subject
from facea_desktop.domain.mix_requests import AttributeSource, MixRequest
from facea_desktop.domain.outcomes import AppearanceRead
from facea_desktop.domain.people import Appearance, Profile
from facea_desktop.domain.photo_requests import AppearanceRequest, EnrolRequest, InspectRequest
from facea_desktop.domain.requests import FaceAssignment, PortraitRequest, TuneRequest
from facea_desktop.engine import appearance_reader as reading
from facea_desktop.engine import portrait_service, scene_preparation
from facea_desktop.engine.appearance_reader import appearance_of
from facea_desktop.engine.assigned_faces import prompts_of
from facea_desktop.engine.enrolment import enrol, inspect
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.engine.person_reader import read_references
from facea_desktop.engine.portrait_service import make_portraits
from facea_desktop.engine.tuning_service import mix_people, tune_person
from facea_desktop.executor import Executor
from facea_desktop.library.portrait_png import read_request
from facea_desktop.resources import resource

Photo = Mapping[str, Mapping[str, float]]
BROWN_MAN = Appearance(hair_colour="brown", hair_length="short", beard="beard", age="middle-aged")


class ScriptedReader:
    """Says of the photos, in their order, what it was told; of further ones what it said last."""

    def __init__(self, photos: Sequence[Photo]) -> None:
        self._photos = list(photos)
        self.crops: list[Image.Image] = []

    def read(self, crop: Image.Image) -> Photo:
        self.crops.append(crop)
        return self._photos[min(len(self.crops), len(self._photos)) - 1]


def sure(**values: str) -> Photo:
    return {group: {value: 0.9} for group, value in values.items()}


def seen(*photos: Photo) -> Appearance:
    crops = [Image.new("RGB", (64, 64)) for _ in photos]
    return appearance_of(crops, ScriptedReader(photos))


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> ScriptedReader:
    """The program's reader, which sees a bearded man with brown hair on every photo."""
    reader = ScriptedReader([sure(hair_colour="brown", hair_length="short", beard="beard", age="middle-aged")])
    monkeypatch.setattr(reading, "_own_reader", lambda: reader)
    return reader


def photos(who: str = "adam", count: int = 2) -> tuple[Path, ...]:
    return tuple(resource("people", who, f"{index}.jpg") for index in range(count))


def enrolled(manager: ModelManager, **more: object) -> Profile:
    request = {"name": "Adam", "subject": "man", "photos": photos()} | more
    return enrol(manager, EnrolRequest.model_validate(request), Observer())


def test_probabilities_are_averaged_over_the_photos() -> None:
    first = {"hair_colour": {"red": 0.55, "brown": 0.45}}
    assert seen(first).hair_colour is None
    assert seen(first, {"hair_colour": {"red": 0.1, "brown": 0.9}}).hair_colour == "brown"


@pytest.mark.parametrize(
    ("group", "photo", "said"),
    [
        ("hair_colour", {"black": 0.35, "brown": 0.52, "blond": 0.07}, "brown"),
        ("hair_colour", {"black": 0.52, "brown": 0.2, "blond": 0.28}, None),
        ("hair_colour", {"black": 0.5, "grey": 0.5}, None),
        ("age", {"young": 0.5, "middle-aged": 0.45}, "young"),
        ("age", {"young": 0.5, "old": 0.45}, None),
        ("beard", {"stubble": 0.5, "beard": 0.45}, None),
    ],
)
def test_of_two_values_that_go_over_into_one_another_the_likelier_is_said(
    group: str, photo: dict[str, float], said: str | None
) -> None:
    assert getattr(seen({group: photo}), group) == said


def test_photos_that_disagree_say_nothing() -> None:
    assert seen(sure(age="young"), sure(age="old")).age is None


def test_what_the_reader_does_not_know_is_not_said() -> None:
    assert seen({}) == Appearance()


@pytest.mark.parametrize(
    ("worn", "said"),
    [
        (("glasses", "glasses", "none"), "glasses"),
        (("glasses", "none"), None),
        (("none", "glasses", "none"), None),
        (("none", "none"), "none"),
        (("sunglasses", "none", "none"), None),
    ],
)
def test_glasses_are_said_where_most_photos_show_them(worn: tuple[str, ...], said: str | None) -> None:
    assert seen(*(sure(eyewear=one) for one in worn)).eyewear == said


def test_who_is_bald_has_no_colour_of_hair() -> None:
    looks = seen(sure(hair_length="bald", hair_colour="brown", hair_texture="straight"))
    assert looks == Appearance(hair_length="bald")


def test_enrolling_reads_the_crops_and_stores_what_they_show(tmp_path: Path, script: ScriptedReader) -> None:
    manager = ModelManager(tmp_path)
    profile = enrolled(manager)
    assert profile.appearance == BROWN_MAN
    assert manager.library.get("Adam").appearance == BROWN_MAN
    assert [crop.tobytes() for crop in script.crops] == [
        one.picture.tobytes() for one in read_references(manager.library, profile)
    ]


def test_what_the_user_says_of_a_new_person_counts_and_nothing_is_read(tmp_path: Path, script: ScriptedReader) -> None:
    own = Appearance(hair_colour="grey")
    assert enrolled(ModelManager(tmp_path), appearance=own).appearance == own
    assert script.crops == []


def test_no_beard_is_read_off_a_woman(tmp_path: Path, script: ScriptedReader) -> None:
    profile = enrolled(ModelManager(tmp_path), name="Eve", subject="woman", photos=photos("eve"))
    assert profile.appearance == BROWN_MAN.model_copy(update={"beard": None})


def test_inspecting_tells_what_the_usable_photos_show(tmp_path: Path, script: ScriptedReader) -> None:
    Image.new("RGB", (300, 300)).save(tmp_path / "blank.png")
    manager = ModelManager(tmp_path)
    both = InspectRequest(photos=(tmp_path / "blank.png", *photos(count=1)))
    assert inspect(manager, both, Observer()).appearance == BROWN_MAN
    assert len(script.crops) == 1
    none = InspectRequest(photos=(tmp_path / "blank.png",))
    assert inspect(manager, none, Observer()).appearance is None


def test_somebody_enrolled_before_is_read_from_the_stored_photos(tmp_path: Path, script: ScriptedReader) -> None:
    manager = ModelManager(tmp_path)
    person = enrolled(manager, appearance=Appearance())
    asked = AppearanceRequest(person=person.id)
    assert Executor(manager.root).execute(asked, Observer()) == AppearanceRead(BROWN_MAN)
    assert manager.library.get(person.id).appearance == Appearance()
    manager.library.update(person.model_copy(update={"references": ()}))
    with pytest.raises(UserError, match="Adam has no reference photos"):
        Executor(manager.root).execute(asked, Observer())


def test_the_picture_carries_what_was_used_and_is_made_again_from_it(
    tmp_path: Path, script: ScriptedReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    manager = ModelManager(tmp_path)
    adam = enrolled(manager)
    tune_person(manager, _short_tuning(manager, adam), Observer())
    asked: list[tuple[str, str]] = []
    monkeypatch.setattr(
        scene_preparation, "prompts_of", lambda *given, **how: asked.append(prompts_of(*given, **how)) or asked[-1]
    )
    request = PortraitRequest(person="Adam", prompt="a man in a garden", steps=2, context_steps=2)

    (own,) = make_portraits(manager, request, Observer(), tmp_path / "out")
    written = PortraitRequest.model_validate_json(read_request(own.path) or "")
    assert (written.appearance, written.prompt) == (BROWN_MAN, "a man in a garden")
    assert asked[0][0] == "a middle-aged man with short brown hair and a beard in a garden"

    manager.library.change(adam.id, lambda now: now.model_copy(update={"appearance": Appearance(hair_length="bald")}))
    (again,) = make_portraits(manager, written, Observer(), tmp_path / "out")
    assert again.path != own.path
    assert Image.open(again.path).tobytes() == Image.open(own.path).tobytes()

    off = request.model_copy(update={"appearance": Appearance()})
    (without,) = make_portraits(manager, off, Observer(), tmp_path / "out")
    assert PortraitRequest.model_validate_json(read_request(without.path) or "").appearance == Appearance()
    assert asked[-1] == ("a man in a garden", "a man")


def test_the_others_of_a_picture_get_no_words_of_the_first_one(
    tmp_path: Path, script: ScriptedReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    manager = ModelManager(tmp_path)
    looks = Appearance(eyewear="glasses")
    adam, ben = (enrolled(manager, name=name, appearance=looks) for name in ("Adam", "Ben"))
    scene = Image.new("RGB", (1024, 512))
    for number in range(2):
        scene.paste(Image.open(photos()[number]), (512 * number, 0))
    scene.save(tmp_path / "scene.png")
    asked: list[str] = []

    def noted(profile: Profile, request: PortraitRequest, *, styled: bool = True) -> tuple[str, str]:
        words = prompts_of(profile, request, styled=styled)
        asked.append(words[1])
        return words

    monkeypatch.setattr(portrait_service, "prompts_of", noted)
    request = PortraitRequest(
        person=adam.id, prompt="a man", picture=tmp_path / "scene.png", steps=1, identity=False,
        others=(FaceAssignment(face=1, person=ben.id),),
    )  # fmt: skip
    make_portraits(manager, request, Observer(), tmp_path / "out")
    assert asked == ["a man, wearing glasses", "a man"]


def test_a_mix_looks_like_the_one_who_takes(tmp_path: Path, script: ScriptedReader) -> None:
    manager = ModelManager(tmp_path)
    adam = enrolled(manager, appearance=Appearance(hair_colour="grey"))
    enrolled(manager, name="Eve", subject=Subject.WOMAN, photos=photos("eve"))
    tune_person(manager, _short_tuning(manager, adam), Observer())
    takes = (AttributeSource(attribute=Attribute.NOSE, person="Eve"),)
    mixed = mix_people(manager, MixRequest(person="Adam", takes=takes, name="Mixed", steps=1), Observer())
    assert mixed.appearance == Appearance(hair_colour="grey")


def _short_tuning(manager: ModelManager, person: Profile) -> TuneRequest:
    return TuneRequest(person=person.id, recipe=manager.family(person.family).recipe("quick", 1))
