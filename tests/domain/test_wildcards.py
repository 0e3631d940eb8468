"""Wildcards: each picture draws by its seed, weights stay weights, and what cannot be drawn is said."""

from __future__ import annotations

from collections import Counter

import pytest

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.prompt_weights import read_emphasis
from facea_desktop.domain.requests import FaceAssignment, PortraitRequest
from facea_desktop.domain.wildcards import (
    Circle,
    NoLines,
    Trouble,
    Unclosed,
    UnknownName,
    draw,
    draw_request,
    draw_requests,
    has_wildcards,
    request_has_wildcards,
    restored_template,
    trouble_with,
    trouble_words,
    variants,
)

FILES = {
    "hair": ["red hair", "{long|short} blond hair"],
    "mood": ["smiling"],
    "empty": [],
    "ring": ["__chain__"],
    "chain": ["a __ring__"],
    "lost": ["__qqq__"],
}


def test_every_option_is_drawn_about_as_often_and_a_seed_always_draws_the_same() -> None:
    drawn = [draw("a woman in {red|blue|green}", seed, FILES.get) for seed in range(300)]
    assert drawn == [draw("a woman in {red|blue|green}", seed, FILES.get) for seed in range(300)]
    counts = Counter(drawn)
    assert set(counts) == {"a woman in red", "a woman in blue", "a woman in green"}
    assert min(counts.values()) > 70


def test_shares_make_an_option_more_frequent() -> None:
    counts = Counter(draw("{9::red|blue}", seed, FILES.get) for seed in range(400))
    assert counts["red"] > 5 * counts["blue"] > 0
    assert {draw("{0::red|0::blue}", seed, FILES.get) for seed in range(20)} == {"red", "blue"}


def test_files_and_choices_may_stand_in_one_another() -> None:
    drawn = {draw("a man, {__hair__|bald}, __mood__", seed, FILES.get) for seed in range(60)}
    assert drawn == {
        "a man, red hair, smiling",
        "a man, long blond hair, smiling",
        "a man, short blond hair, smiling",
        "a man, bald, smiling",
    }


def test_words_beside_a_wildcard_do_not_change_what_it_draws() -> None:
    for seed in range(30):
        short, longer = draw("{a|b|c|d}", seed, FILES.get), draw("{x|y} before {a|b|c|d} after", seed, FILES.get)
        assert f"before {short} after" in longer


def test_the_same_wildcard_twice_draws_twice() -> None:
    assert any(len(set(draw("{a|b} {a|b}", seed, FILES.get).split())) == 2 for seed in range(20))


def test_an_empty_option_leaves_no_gap() -> None:
    drawn = {draw("a man, {|with glasses}, in a {|dark }park", seed, FILES.get) for seed in range(40)}
    assert "a man, in a park" in drawn
    assert all("  " not in text and ", ," not in text for text in drawn)


@pytest.mark.parametrize(
    "text", ["a {smiling} man", "{{happy}} man", "a man | a park", r"a \{b|c\}", "blue_eyes", "__"]
)
def test_weights_bars_and_underscores_of_other_programs_are_no_wildcards(text: str) -> None:
    assert not has_wildcards(text)
    assert draw(text, 3, FILES.get) == text


def test_a_weight_around_a_choice_stays_a_weight() -> None:
    drawn = draw("a man, {{red|blue}} hat", 1, FILES.get)
    assert drawn in ("a man, {red} hat", "a man, {blue} hat")
    assert [round(weight, 2) for _, _, weight in read_emphasis(drawn).weights] == [1.05]


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        ("a {red|blue man", Unclosed("{red|blue man")),
        ("__hairs__", UnknownName("hairs", "hair")),
        ("{a|__xyz__}", UnknownName("xyz", "")),
        ("__empty__", NoLines("empty")),
        ("__ring__", Circle("ring")),
        ("__lost__", UnknownName("qqq", "")),
        ("__hair__, {a|b}", None),
    ],
)
def test_what_cannot_be_drawn_is_found_whichever_option_would_meet_it(text: str, trouble: Trouble | None) -> None:
    assert trouble_with(text, FILES.get, list(FILES)) == trouble
    if trouble is not None:
        assert "\n" not in trouble_words(trouble)


@pytest.mark.parametrize("text", ["a {red|blue man", "__xyz__", "__empty__", "__ring__"])
def test_drawing_what_cannot_be_drawn_is_an_error_that_says_so(text: str) -> None:
    with pytest.raises(UserError, match=r"bracket|wildcard file"):
        draw(text, 0, FILES.get)


def test_a_request_keeps_what_it_was_drawn_from() -> None:
    written = PortraitRequest(person="x", prompt="a {b|c}", face_prompt="a {b|c}", seed=5, count=3)
    drawn = draw_request(written, FILES.get)
    assert drawn.prompt == drawn.face_prompt
    assert drawn.prompt in ("a b", "a c")
    assert drawn.count == 1
    assert restored_template(drawn) == written.model_copy(update={"count": 1})
    assert draw_request(drawn, FILES.get) == drawn
    assert restored_template(PortraitRequest(person="x", prompt="plain")) is None


def test_words_of_single_faces_are_drawn_and_kept_too() -> None:
    other = FaceAssignment(face=1, person="y", words="{red|blue} hair")
    written = PortraitRequest(person="x", prompt="a man", face_words="{smiling|laughing}", others=(other,), seed=3)
    assert request_has_wildcards(written)
    drawn = draw_request(written, FILES.get)
    assert drawn.face_words in ("smiling", "laughing")
    assert drawn.others[0].words in ("red hair", "blue hair")
    assert restored_template(drawn) == written
    assert PortraitRequest.model_validate_json(drawn.model_dump_json()) == drawn


def test_pictures_of_one_scene_have_one_set_of_words() -> None:
    written = PortraitRequest(person="x", prompt="a {b|c|d|e|f|g}", seed=5, count=6)
    assert len({one.prompt for one in draw_requests(written, FILES.get)}) > 1
    shared = draw_requests(written.model_copy(update={"scene_seed": 9}), FILES.get)
    assert len({one.prompt for one in shared}) == 1
    assert [one.seed for one in shared] == [5, 6, 7, 8, 9, 10]


def test_words_that_make_too_long_a_prompt_are_refused() -> None:
    with pytest.raises(UserError, match="2000"):
        draw_request(PortraitRequest(person="x", prompt="__long__"), {"long": ["word " * 500]}.get)


def test_variants_hold_each_option_where_it_stands() -> None:
    text = "a {3::red|{dark|light} blue} hat, __hair__"
    made = variants(text)
    assert all(len(one) == len(text) for one in made)
    assert [" ".join(one.split()) for one in made] == ["a red hat,", "a dark blue hat,", "a light blue hat,"]
    assert made[0].index("red") == text.index("red")
    assert made[1].index("blue") == text.index("blue")
    assert variants("plain") == ("plain",)
