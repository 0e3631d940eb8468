"""Quick picks read what a prompt says and edit the words that are there."""

from __future__ import annotations

import pytest

from facea_desktop.ui.portrait.quick_pick_data import PickGroup, load_picks

ALL = [(group, words) for only in (False, True) for group in load_picks(only) for words in group.words]


def pick_group(name: str, *, small: bool = False) -> PickGroup:
    return next(group for group in load_picks(small) if group.name == name)


@pytest.mark.parametrize(
    ("name", "prompt", "chosen", "said"),
    [
        ("expression", "a woman, smiling", {"smiling"}, 1),
        ("expression", "a woman smiling softly with sunglasses", {"smiling"}, 1),
        ("expression", "a happy woman with a gentle smile", {"gentle smile"}, 2),
        ("expression", "a woman, not smiling", set(), 0),
        ("eyewear", "smiling with sunglasses", {"wearing sunglasses"}, 1),
        ("eyewear", "a man in big round glasses", {"wearing round glasses"}, 1),
        ("eyewear", "a man without glasses", set(), 0),
        ("eyewear", "a man with a monocle", set(), 1),
        ("eyewear", "a man, sunglasses on the table", set(), 0),
        ("accessories", "a woman with red lipstick and eyeliner and freckles",
         {"with red lipstick and eyeliner", "with freckles"}, 3),
    ],
)  # fmt: skip
def test_a_pick_is_lit_by_what_the_prompt_says_in_any_words(
    name: str, prompt: str, chosen: set[str], said: int
) -> None:
    group = pick_group(name)

    assert group.chosen(prompt) == chosen
    assert group.said(prompt) == said


@pytest.mark.parametrize(
    ("name", "prompt", "chosen"),
    [
        ("eyewear", "smiling with sunglasses", {"wearing sunglasses"}),
        ("expression", "a woman grinning", {"smiling"}),
        ("expression", "a woman, not smiling", {"neutral expression"}),
        ("hair", "a woman with long, curly red hair", {"long hair", "curly hair", "red hair"}),
        ("hair", "her dress is red", set()),
    ],
)
def test_a_pick_of_small_models_is_lit_by_what_is_asked_for(name: str, prompt: str, chosen: set[str]) -> None:
    assert pick_group(name, small=True).chosen(prompt) == chosen


@pytest.mark.parametrize(
    ("name", "prompt", "words", "edited"),
    [
        ("eyewear", "smiling with sunglasses", "wearing round glasses", "smiling with round glasses"),
        ("eyewear", "a woman in sunglasses on a beach", "wearing an eye patch", "a woman in an eye patch on a beach"),
        ("eyewear", "a man with a red hat and round  glasses", "wearing sunglasses",
         "a man with a red hat and sunglasses"),
        ("eyewear", "a bespectacled woman", "wearing sunglasses", "a woman, wearing sunglasses"),
        ("eyewear", "a woman without glasses", "wearing sunglasses", "a woman, wearing sunglasses"),
        ("eyewear", "a woman wearing glasses, sunglasses", "wearing safety goggles", "a woman wearing safety goggles"),
        ("eyewear", "a woman\nin goggles,\nat sea", "wearing sunglasses", "a woman\nin sunglasses,\nat sea"),
        ("expression", "smiling with sunglasses", "laughing", "laughing with sunglasses"),
        ("expression", "a smiling woman at sea", "angry expression", "a woman at sea, angry expression"),
        ("expression", "a smiling woman at sea", "laughing", "a laughing woman at sea"),
        ("expression", "an angry woman with her eyes closed", "smiling", "a smiling woman"),
        ("expression", "a woman with a smile and a hat", "open mouth", "a woman with an open mouth and a hat"),
        ("expression", "a woman with a smile and a hat", "laughing", "a woman with a hat, laughing"),
        ("expression", "a woman (smiling:1.3), at sea", "laughing", "a woman (laughing:1.3), at sea"),
        ("gaze", "a woman looking up", "looking at the camera", "a woman looking at the camera"),
        ("accessories", "a woman with freckles", "with dimples", "a woman with freckles, with dimples"),
    ],
)  # fmt: skip
def test_a_pick_takes_the_place_of_the_words_that_it_excludes(name: str, prompt: str, words: str, edited: str) -> None:
    assert pick_group(name).edited(prompt, words, True) == edited


@pytest.mark.parametrize(
    ("name", "prompt", "words", "edited"),
    [
        ("eyewear", "smiling with sunglasses", "wearing glasses", "smiling with glasses"),
        ("expression", "a happy old man", "open mouth", "an old man, open mouth"),
        ("expression", "a man, not smiling", "smiling", "a man, smiling"),
        ("hair", "a woman with long, curly red hair", "black hair", "a woman with long, curly black hair"),
        ("hair", "a woman with long, curly red hair", "bald", "a woman with curly red hair, bald"),
        ("hair", "her hair is red", "black hair", "her hair is black"),
        ("hair", "a red-haired woman", "black hair", "a woman, black hair"),
        ("hair", "a woman with red hair at sea", "long hair", "a woman with red hair at sea, long hair"),
        ("scene", "a man with a red background and soft light", "blue background",
         "a man with a blue background and soft light"),
        ("scene", "a man against grey, smiling", "blue background", "a man, smiling, blue background"),
        ("scene", "soft light from the left", "lit from the right", "lit from the right"),
    ],
)  # fmt: skip
def test_a_pick_of_small_models_takes_the_place_of_others(name: str, prompt: str, words: str, edited: str) -> None:
    assert pick_group(name, small=True).edited(prompt, words, True) == edited


@pytest.mark.parametrize(
    ("name", "small", "prompt", "words", "left"),
    [
        ("eyewear", False, "smiling with sunglasses", "wearing sunglasses", "smiling"),
        ("expression", False, "smiling with sunglasses", "smiling", "with sunglasses"),
        ("expression", False, "a woman with a gentle smile and a hat", "gentle smile", "a woman with a hat"),
        ("expression", False, "a woman smiling at the camera.", "smiling", "a woman."),
        ("expression", False, "a woman (smiling:1.3), at sea", "smiling", "a woman, at sea"),
        ("accessories", False, "a woman, with red lipstick and eyeliner", "with red lipstick and eyeliner", "a woman"),
        ("hair", True, "a woman with red hair at sea", "red hair", "a woman at sea"),
        ("hair", True, "a woman with long and red hair", "long hair", "a woman with red hair"),
        ("hair", True, "a woman with long, curly red hair", "long hair", "a woman with curly red hair"),
        ("expression", True, "a happy old man", "smiling", "an old man"),
    ],
)
def test_a_pick_that_is_taken_out_leaves_good_english(
    name: str, small: bool, prompt: str, words: str, left: str
) -> None:
    assert pick_group(name, small=small).edited(prompt, words, False) == left


@pytest.mark.parametrize(("group", "words"), ALL, ids=[words for _, words in ALL])
def test_every_pick_goes_in_lights_up_and_goes_out_again(group: PickGroup, words: str) -> None:
    prompt = "a smiling woman with long red hair and sunglasses, looking up, blue background"

    put = group.edited(prompt, words, True)

    assert words in group.chosen(put)
    assert group.edited(put, words, True) == put
    taken = group.edited(put, words, False)
    assert words not in group.chosen(taken)
    assert ", ," not in taken
    assert group.edited("", words, True) == words
    assert group.edited(words, words, False) == ""


@pytest.mark.parametrize(
    ("prompt", "edited"),
    [
        ("a man smiling with sunglasses", "a man smiling without glasses"),
        ("a man wearing round glasses, smiling", "a man without glasses, smiling"),
        ("a man with a smile and sunglasses", "a man with a smile and without glasses"),
        ("a man with sunglasses and a smile", "a man with a smile, without glasses"),
        ("a man in a park, glasses", "a man in a park, without glasses"),
    ],
)
def test_what_is_denied_takes_the_place_of_a_thing_with_what_opens_it(prompt: str, edited: str) -> None:
    eyewear = next(group for group in load_picks(scene_words_only=True) if "without glasses" in group.words)
    assert eyewear.edited(prompt, "without glasses", True) == edited
