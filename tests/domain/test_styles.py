import re

import pytest
from pydantic import ValidationError

from facea_desktop.domain.faces import Subject
from facea_desktop.domain.lexicon import words_of
from facea_desktop.domain.prompt_splitter import split_prompt
from facea_desktop.domain.styles import Style, style_in, styles
from facea_desktop.resources import resource

SPELLINGS = [(style, phrase) for style in styles() for phrase in (style.words, *style.synonyms)]


@pytest.mark.parametrize(("style", "phrase"), SPELLINGS, ids=[phrase for _, phrase in SPELLINGS])
def test_every_synonym_is_found_and_goes_into_the_scene_and_the_face(style: Style, phrase: str) -> None:
    text = f"a woman on a beach, {phrase}"
    parts = split_prompt(text, Subject.WOMAN)

    assert style_in(text) == style
    assert parts.context == text
    assert parts.face == f"a woman, {phrase}"
    if not phrase.startswith("style of"):
        assert style_in(f"a {phrase} of a woman smiling") == style
        assert style_in(f"a woman in {phrase}, smiling") == style


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A portrait of a man, Oil on Canvas", "oil-painting"),
        ("a man painted in oils", "oil-painting"),
        ("an aquarelle of a woman by the sea", "watercolor"),
        ("a B&W photo of a man", "black-and-white"),
        ("a black-and-white photograph of a man", "black-and-white"),
        ("a man, low-key lighting, serious expression", "low-key"),
        ("manga style picture of a girl", "anime"),
        ("a cyberpunk woman", "cyberpunk"),
        ("a woman in the style of Van Gogh", "impressionist"),
        ("a Ukiyo-e print of a samurai", "ukiyo-e"),
        ("a woman, pixel-art", "pixel-art"),
        ("Polaroid", "polaroid"),
    ],
)
def test_prompts_as_people_type_them_ask_for_a_style(text: str, name: str) -> None:
    found = style_in(text)

    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a woman on a beach",
        "a photograph of a man",
        "a woman in a gallery, oil painting on the wall",
        "a man dressed in black and white",
        "a man, reading comics",
        "a woman holding a pencil",
        "a man in a studio",
        "a 3D render of a man",
    ],
)
def test_what_only_sounds_like_a_style_asks_for_none(text: str) -> None:
    assert style_in(text) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a black and white pencil sketch of a man", "pencil-sketch"),
        ("a woman, sepia, watercolor", "watercolor"),
        ("a charcoal sketch of a man", "charcoal"),
        ("a woman, woodcut and oil painting", "woodcut"),
        ("an impressionist oil painting of a woman", "impressionist"),
        ("an oil painting of a man in a forest, watercolor", "watercolor"),
        ("an oil painting of a man, stained glass", "stained-glass"),
        ("an oil painting of a man, sepia", "oil-painting"),
        ("a comic book panel of a man", "comic-book"),
        ("a japanese woodblock print of a man", "ukiyo-e"),
    ],
)
def test_the_last_or_first_style_counts_and_drawings_before_photographs(text: str, name: str) -> None:
    found = style_in(text)

    assert found is not None
    assert found.name == name


def test_there_are_twenty_four_styles_with_a_picture_and_nothing_is_said_of_two() -> None:
    spelled = [spelling for style in styles() for spelling in style.spellings]

    assert len(styles()) == 24
    assert len(set(spelled)) == len(spelled)
    assert all(resource("styles", style.picture).is_file() for style in styles())


def test_synonyms_are_spelled_as_prompts_are_compared() -> None:
    assert all(words_of(synonym) == tuple(synonym.split()) for style in styles() for synonym in style.synonyms)


def test_a_style_said_of_two_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    text = resource("styles", "styles.toml").read_text("utf-8")
    folder = tmp_path / "styles"
    folder.mkdir()
    twice = re.sub(r'words = "sepia"', 'words = "anime"', text)
    (folder / "styles.toml").write_text(twice, "utf-8")
    monkeypatch.setattr("facea_desktop.domain.styles.resource", lambda *parts: tmp_path.joinpath(*parts))

    with pytest.raises(ValidationError, match="used by two styles, or twice: anime"):
        styles.__wrapped__()
