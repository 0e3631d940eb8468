from __future__ import annotations

import pytest
from PIL import Image

from facea_desktop.domain.faces import Subject
from facea_desktop.domain.prompt_splitter import split_prompt
from facea_desktop.domain.scene_reading import read_scene
from facea_desktop.domain.styles import styles, with_style
from facea_desktop.resources import resource
from facea_desktop.ui.portrait.quick_pick_data import load_picks
from facea_desktop.ui.portrait.style_prompts import (
    contains,
    other_style,
    picture_of,
    styled_prompt,
    with_words,
    without_words,
)


@pytest.mark.parametrize("style", styles(), ids=lambda style: style.name)
def test_the_splitter_puts_every_style_into_the_scene_and_the_face(style) -> None:
    parts = split_prompt(with_style("a woman on a beach, smiling", style.words), Subject.WOMAN)

    assert parts.style == style.words
    assert parts.context == f"a woman on a beach, {style.words}"
    assert parts.face == f"a woman, smiling, {style.words}"


@pytest.mark.parametrize("style", styles(), ids=lambda style: style.name)
def test_every_style_has_a_small_picture(style) -> None:
    file = resource("styles", style.picture)
    assert file.stat().st_size < 12 * 1024
    assert not picture_of(style).isNull()
    with Image.open(file) as picture:
        assert (picture.format, picture.size) == ("WEBP", (160, 160))


@pytest.mark.parametrize("style", [None, *styles()], ids=lambda style: style.name if style else "none")
def test_a_styled_prompt_comes_apart_again(style) -> None:
    assert styled_prompt(with_style("a man, at sea", style.words if style else "")) == ("a man, at sea", style)
    assert styled_prompt(with_style("", style.words if style else "")) == ("", style)


@pytest.mark.parametrize("words", [words for group in load_picks() for words in group.words])
def test_every_quick_pick_of_large_models_moves_to_the_face(words: str) -> None:
    parts = split_prompt(f"a woman on a beach, {words}", Subject.WOMAN)

    assert parts.context == "a woman on a beach"
    assert words in parts.face


def test_the_quick_picks_of_small_models_are_words_that_they_know() -> None:
    words = [words for group in load_picks(scene_words_only=True) for words in group.words]

    assert len(set(words)) == len(words) >= 25
    assert {"smiling", "wearing glasses", "long hair", "lit from the left", "blue background"} <= set(words)
    for one in words:
        reading = read_scene(f"a woman, {one}")
        assert (len(reading.asked), reading.unknown, reading.roughly) == (2, (), ())


@pytest.mark.parametrize(
    ("text", "words", "left"),
    [
        ("a woman, smiling", "smiling", "a woman"),
        ("a woman, Smiling, on a beach", "smiling", "a woman, on a beach"),
        ("smiling, a woman", "smiling", "a woman"),
        ("a woman smiling on a beach", "smiling", "a woman on a beach"),
        ("smiling", "smiling", ""),
        ("a woman, wearing  heart shaped glasses.", "wearing heart-shaped glasses", "a woman."),
        ("an unsmiling woman", "smiling", "an unsmiling woman"),
        ("a woman with red hair", "red hair", "a woman"),
        ("a woman with long hair and red hair, at sea", "red hair", "a woman with long hair, at sea"),
        ("a woman with red hair and a hat", "red hair", "a woman with a hat"),
        ("an oil painting of a woman smiling", "oil painting", "a woman smiling"),
        ("a woman, The oil painting of her", "oil painting", "a woman, her"),
    ],
)
def test_words_go_without_what_set_them_apart(text: str, words: str, left: str) -> None:
    assert without_words(text, words) == left


def test_words_are_put_in_once() -> None:
    assert with_words("", "smiling") == "smiling"
    assert with_words("a woman, ", "smiling") == "a woman, smiling"
    assert with_words("a woman SMILING", "smiling") == "a woman SMILING"
    assert contains("a woman, smiling", "smiling")
    assert not contains("unsmiling", "smiling")


def test_another_style_takes_the_place_of_the_one_before() -> None:
    oil, sepia = (next(one for one in styles() if one.words == words) for words in ("oil painting", "sepia"))

    assert other_style("a woman, oil painting", oil, sepia) == "a woman, sepia"
    assert other_style("a woman, sepia", sepia, None) == "a woman"
