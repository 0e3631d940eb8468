"""What a prompt leaves open about the person is said as the person looks, in English that reads as if it was typed."""

from __future__ import annotations

import pytest

from facea_desktop.domain.appearance_prompts import Completed, completed
from facea_desktop.domain.faces import Subject
from facea_desktop.domain.people import APPEARANCE_VALUES, Appearance
from facea_desktop.domain.prompt_splitter import split_prompt
from facea_desktop.domain.scene_reading import read_scene

MAN = Appearance(hair_colour="brown", hair_length="short", beard="beard", age="middle-aged", eyewear="glasses")
WOMAN = Appearance(
    hair_colour="blond",
    hair_length="long",
    hair_texture="wavy",
    age="young",
    skin="light",
    beard="none",
    eyewear="none",
)
BALD = Appearance(hair_length="bald", hair_colour="red", age="old", beard="none", skin="dark")


def of(prompt: str, subject: Subject, appearance: Appearance) -> Completed:
    parts = split_prompt(prompt, subject)
    return completed(parts.context, parts.face, subject, appearance)


@pytest.mark.parametrize(
    ("prompt", "scene"),
    [
        (
            "a portrait of a man in a garden",
            "a portrait of a middle-aged man with short brown hair and a beard in a garden",
        ),
        ("a man standing on a bridge", "a middle-aged man with short brown hair and a beard standing on a bridge"),
        ("a man with a hat in the rain", "a middle-aged man with short brown hair, a beard and a hat in the rain"),
        ("a man, in a suit", "a middle-aged man with short brown hair and a beard, in a suit"),
        ("an oil painting of a man", "an oil painting of a middle-aged man with short brown hair and a beard"),
        ("in a garden", "a middle-aged man with short brown hair and a beard, in a garden"),
        ("An astronaut on the moon", "A middle-aged astronaut with short brown hair and a beard on the moon"),
        ("man", "middle-aged man with short brown hair and a beard"),
        ("a man portrait.", "a man portrait, middle-aged, short brown hair, beard"),
        ("a man's face", "a man's face, middle-aged, short brown hair, beard"),
    ],
)
def test_the_looks_stand_about_the_persons_noun_or_at_the_end(prompt: str, scene: str) -> None:
    assert of(prompt, Subject.MAN, MAN).context == scene


@pytest.mark.parametrize(
    ("prompt", "scene"),
    [
        ("a woman with red hair", "a young woman with light skin and long wavy red hair"),
        ("a woman with short hair", "a young woman with light skin and short wavy blond hair"),
        ("a woman, wind in her hair", "a young woman with light skin, wind in her long wavy blond hair"),
        ("a bald woman", "a young bald woman with light skin"),
        ("a woman in her sixties", "a woman with long wavy grey hair and light skin in her sixties"),
        ("an old woman", "an old woman with long wavy grey hair and light skin"),
        ("an old woman with red hair", "an old woman with light skin and long wavy red hair"),
        ("a middle-aged woman", "a middle-aged woman with long wavy blond hair and light skin"),
        ("a beautiful Irish woman", "a beautiful young Irish woman with long wavy blond hair and light skin"),
    ],
)
def test_what_the_prompt_says_is_kept(prompt: str, scene: str) -> None:
    assert of(prompt, Subject.WOMAN, WOMAN).context == scene


def test_somebody_grey_who_is_painted_young_is_not_grey() -> None:
    grey = Appearance(hair_colour="grey", hair_length="short", age="old")
    assert of("a young man", Subject.MAN, grey).context == "a young man with short hair"
    assert of("an old man", Subject.MAN, grey).context == "an old man with short grey hair"


@pytest.mark.parametrize("prompt", ["a man with a moustache", "a clean-shaven man", "a man with a goatee"])
def test_a_beard_that_the_face_is_to_have_is_not_doubled_in_the_scene(prompt: str) -> None:
    full = of(prompt, Subject.MAN, MAN)
    assert "beard" not in full.context
    assert "beard" not in full.added


@pytest.mark.parametrize(
    ("prompt", "face"),
    [
        ("a man on a beach", "a man, wearing glasses"),
        ("a man smiling, oil painting", "a man, wearing glasses, smiling, oil painting"),
        ("a man without glasses", "a man, without glasses"),
        ("a man wearing goggles", "a man, wearing goggles"),
        ("a man in a venetian mask", "a man, in a venetian mask"),
    ],
)
def test_glasses_are_words_of_the_face(prompt: str, face: str) -> None:
    full = of(prompt, Subject.MAN, MAN)
    assert full.face == face
    assert "glasses" not in full.context


def test_nobody_is_bald_whose_hair_is_told() -> None:
    assert of("a man", Subject.MAN, BALD).context == "a bald clean-shaven elderly man with dark skin"
    for prompt in ("a man with red hair", "a man, wind in his hair"):
        assert "bald" not in of(prompt, Subject.MAN, BALD).context


def test_a_boy_is_not_middle_aged_and_has_no_beard() -> None:
    assert of("a boy on a beach", Subject.MAN, MAN).context == "a boy with short brown hair on a beach"


def test_that_a_woman_has_no_beard_goes_without_saying() -> None:
    assert of("a woman", Subject.WOMAN, Appearance(beard="none")) == Completed("a woman", "a woman")


def test_a_man_who_is_to_be_a_woman_brings_no_beard_along() -> None:
    looks = Appearance(beard="none", skin="light")
    assert of("a woman in a spacesuit", Subject.MAN, looks).context == "a woman with light skin in a spacesuit"
    bearded = Appearance(beard="beard", skin="light")
    assert of("a bride", Subject.MAN, bearded).context == "a bride with light skin"
    assert "a beard" in of("a man beside a woman", Subject.MAN, bearded).context


def test_other_people_keep_their_hair() -> None:
    scene = of("a woman and a man with a red hat", Subject.WOMAN, WOMAN).context
    assert scene == "a young woman with long wavy blond hair and light skin and a man with a red hat"


def test_what_was_added_is_told() -> None:
    full = of("a man in a garden", Subject.MAN, MAN)
    assert full.added == ("middle-aged", "short brown hair", "beard", "wearing glasses")
    assert of("a woman with red hair", Subject.WOMAN, WOMAN).added == ("young", "long wavy hair", "light skin")


def test_nothing_known_changes_nothing() -> None:
    for prompt in ("a man ( smiling ), in  a garden", "", "a cat"):
        parts = split_prompt(prompt, Subject.MAN)
        full = completed(parts.context, parts.face, Subject.MAN, Appearance())
        assert full == Completed(parts.context, parts.face)


def test_what_was_written_by_hand_is_read_and_left_as_it_is() -> None:
    full = completed("A  quiet pub", "a man", Subject.MAN, MAN, context_by_hand=True)
    assert (full.context, full.face) == ("A  quiet pub", "a man, wearing glasses")
    full = completed("a man in a pub", "a king without glasses, bearded", Subject.MAN, MAN, face_by_hand=True)
    assert full.face == "a king without glasses, bearded"
    assert full.context == "a middle-aged man with short brown hair in a pub"


@pytest.mark.parametrize("subject", list(Subject))
def test_scenes_understand_what_is_added(subject: Subject) -> None:
    for group, values in APPEARANCE_VALUES.items():
        for value in values:
            full = of("a person in a garden", subject, Appearance.model_validate({group: value}))
            asked = read_scene(full.context).asked | read_scene(full.face).asked
            unsaid = (group == "eyewear" and value == "none") or (
                group == "beard" and value == "none" and subject is Subject.WOMAN
            )
            assert asked.get(group) == (None if unsaid else value), (group, value, full)


def test_completing_twice_adds_nothing() -> None:
    for prompt in ("a man in a garden", "a man portrait", "a man with a hat"):
        once = of(prompt, Subject.MAN, MAN)
        assert completed(once.context, once.face, Subject.MAN, MAN) == Completed(once.context, once.face)
