"""Weights in prompts, and the words that the models get."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facea_desktop.domain.faces import Subject
from facea_desktop.domain.model_prompts import for_models, model_prompts
from facea_desktop.domain.people import Appearance
from facea_desktop.domain.prompt_splitter import split_prompt
from facea_desktop.domain.prompt_weights import emphasised, read_emphasis
from facea_desktop.domain.scene_reading import read_scene, read_weights
from facea_desktop.domain.styles import style_in


def weights(text: str) -> list[tuple[str, float]]:
    read = read_emphasis(text)
    return [(" ".join(read.plain[begin:end].split()), round(weight, 3)) for begin, end, weight in read.weights]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a man", []),
        ("(smiling)", [("smiling", 1.1)]),
        ("((smiling))", [("smiling", 1.21)]),
        ("[smiling]", [("smiling", 0.909)]),
        ("{smiling}", [("smiling", 1.05)]),
        ("a (smiling:1.3) man", [("smiling", 1.3)]),
        ("(red hat : .5), (tie:2)", [("red hat", 0.5), ("tie", 2.0)]),
        ("(a (smiling:1.5) man:1.2)", [("a", 1.2), ("smiling", 1.8), ("man", 1.2)]),
        ("(smiling:99)", [("smiling", 2.0)]),
        ("(smiling:0)", [("smiling", 0.1)]),
        ("(smiling, (hat", []),
        (") hat (", []),
        ("(smiling]", []),
        ("\\(smiling\\)", []),
    ],
)
def test_brackets_weigh_what_is_in_them(text: str, expected: list[tuple[str, float]]) -> None:
    assert weights(text) == expected


@given(st.text(alphabet="ab (){}[]\\:.,1<>BREAK", max_size=80))
def test_no_letter_moves_and_every_weight_is_bounded(text: str) -> None:
    read = read_emphasis(text)
    assert len(read.plain) == len(text)
    assert all(begin < end and 0.1 <= weight <= 2 for begin, end, weight in read.weights)
    assert all(one[1] <= other[0] for one, other in zip(read.weights, read.weights[1:]))
    assert not set("(){}[]") & set(read.plain)


def test_what_only_other_programs_know_is_named() -> None:
    read = read_emphasis("a man, <lora:add_detail:0.8>, smiling <hypernet:x:1>")
    assert read.ignored == ("<lora:add_detail:0.8>", "<hypernet:x:1>")
    assert split_prompt("a man, smiling, <lora:add_detail:0.8>").face == "a man, smiling"


@pytest.mark.parametrize(
    ("prompt", "context", "face"),
    [
        ("a (smiling:1.3) woman in a (red:1.2) dress", "a woman in a (red:1.2) dress", "a woman, (smiling:1.3)"),
        ("a woman, (smiling, red hat:1.4)", "a woman, (red hat:1.4)", "a woman, (smiling:1.4)"),
        ("a woman in a park", "a woman in a park", "a woman"),
        ('eine Frau mit einem Schild "Freiheit" im Wald', 'a woman with a Schild "Freiheit" in forest', "a woman"),
        ("eine (l\u00e4chelnde:1.3) Frau im (Park:0.8)", "a woman in (Park:0.8)", "a woman, (smiling:1.3)"),
    ],
)
def test_both_parts_keep_the_weights_of_their_words(prompt: str, context: str, face: str) -> None:
    parts = split_prompt(prompt, Subject.WOMAN)
    full = model_prompts(parts, prompt, Subject.WOMAN, Appearance())
    assert (full.context, full.face) == (context, face)


def test_whoever_is_called_my_has_a_wife_too() -> None:
    prompt = "My wife in a park"
    full = model_prompts(split_prompt(prompt, Subject.WOMAN, "My Linh"), prompt, Subject.WOMAN, Appearance(), "My Linh")
    assert "a woman" in full.context
    assert full.context.endswith("in a park")


def test_what_is_written_by_hand_is_left_as_it_is() -> None:
    prompt = "meine (Mutter:1.2) am Strand"
    parts = split_prompt(prompt, Subject.WOMAN)
    full = model_prompts(parts, prompt, Subject.WOMAN, Appearance(age="old"), face="my [wife], l\u00e4chelnd")
    assert full.context == "an elderly woman at beach"
    assert full.face == "my [wife], l\u00e4chelnd"


def test_small_words_alone_are_not_weighted() -> None:
    assert emphasised("a man with a hat", "(with a beard:1.2) a man with a hat") == "a man with a hat"


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("my wife on a beach", "a woman on a beach"),
        ("my old dad as a pilot", "an old man as a pilot"),
        ("a portrait of Anna in Rome", "a portrait of a woman in Rome"),
        ("Anna Berg in a forest", "a woman in a forest"),
        ("a woman with her husband", "a woman with her husband"),
        ("a woman  in the rain", "a woman  in the rain"),
        ("eine alte Frau vor einem Schloss", "an old woman in front of a Schloss"),
        ("ein \u00d6lgem\u00e4lde meiner Mutter", "an oil painting of a woman"),
    ],
)
def test_the_models_are_told_in_english_who_is_meant(text: str, english: str) -> None:
    assert for_models(text, text, Subject.WOMAN, "Anna Berg") == english


def test_german_asks_the_starter_scenes_for_the_same_as_english() -> None:
    text = "eine l\u00e4chelnde alte Frau mit langen roten Haaren und Sonnenbrille am Strand"
    german = read_scene(text)
    english = read_scene("a smiling old woman with long red hair and sunglasses at the beach")
    assert german.asked == english.asked
    assert german.asked["hair_colour"] == "red"
    assert german.unknown == english.unknown
    assert all(0 <= begin < end <= len(text) for begin, end in german.known)


def test_weights_hide_neither_style_nor_scene_words() -> None:
    assert style_in("an (oil painting:1.2) of a man") == style_in("an oil painting of a man")
    assert (
        read_scene("a ((smiling)) man with (long:1.2) [red] hair").asked
        == read_scene("a smiling man with long red hair").asked
    )


@pytest.mark.parametrize(
    ("text", "weights"),
    [
        ("a woman, (smiling:1.4), long hair", {"expression": 1.4}),
        ("a woman with (long:1.2) [red] hair", {"hair_length": 1.2, "hair_colour": 1 / 1.1}),
        ("a woman with (unknown:1.2) things", {}),
        ("a woman smiling", {}),
    ],
)
def test_scenes_are_told_what_weighs_more(text: str, weights: dict[str, float]) -> None:
    assert read_weights(text) == pytest.approx(weights)
