# ruff: noqa: E501, RUF001 - a table of prompts, as people type them
import re
import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from facea_desktop.domain.faces import Subject
from facea_desktop.domain.lexicon import FaceSections, lexicon, read_lexicon
from facea_desktop.domain.prompt_splitter import PromptParts, split_prompt
from facea_desktop.domain.prompt_weights import read_emphasis
from facea_desktop.resources import resource

# T with {} for the subject | T_c | T_id after "a {}" | style. "=" in T_c: as T.
EVALUATION = """
a {} riding horseback through golden fields at sunset, front face | = | front face |
a {} in a spacesuit floating above the earth, front face | = | front face |
a {} as a chef plating food in a busy restaurant kitchen, smiling, front face | a {} as a chef plating food in a busy restaurant kitchen, front face | smiling, front face |
a {} reading a book in a quiet old library, wearing round glasses, front face | a {} reading a book in a quiet old library, front face | wearing round glasses, front face |
a {} surfing a blue wave, laughing, front face | a {} surfing a blue wave, front face | laughing, front face |
a {} playing chess in a park in autumn, looking thoughtful, front face | a {} playing chess in a park in autumn, front face | looking thoughtful, front face |
a {} in a red evening gown or suit on a theatre stage, front face | = | front face |
a {} hiking on a snowy mountain ridge, wearing sunglasses, front face | a {} hiking on a snowy mountain ridge, front face | wearing sunglasses, front face |
a {} holding a cup of coffee by a rainy window, front face | = | front face |
a {} working on a laptop in a modern office, wearing a headset, front face | = | front face |
a {} as a firefighter in front of a fire engine, serious expression, front face | a {} as a firefighter in front of a fire engine, front face | serious expression, front face |
a {} in a medieval knight's armour in a castle hall, front face | = | front face |
a {} painting on an easel in a sunlit studio, front face | = | front face |
a {} playing the violin in an orchestra, eyes closed, front face | a {} playing the violin in an orchestra, front face | eyes closed, front face |
a {} in a white lab coat looking at a test tube, wearing safety goggles, front face | a {} in a white lab coat looking at a test tube, front face | wearing safety goggles, front face |
a {} walking through a neon city street at night, front face | = | front face |
a {} sitting on a beach with palm trees, wearing a straw hat, smiling, front face | a {} sitting on a beach with palm trees, wearing a straw hat, front face | smiling, front face |
a {} as a pilot in a cockpit, wearing aviator sunglasses, front face | a {} as a pilot in a cockpit, front face | wearing aviator sunglasses, front face |
a {} cycling on a country road, front face | = | front face |
a {} at a birthday party with balloons, surprised expression, front face | a {} at a birthday party with balloons, front face | surprised expression, front face |
a {} in a wizard's robe holding a glowing staff, front face | = | front face |
a {} giving a speech at a lectern, open mouth, front face | a {} giving a speech at a lectern, front face | open mouth, front face |
a {} in a kimono under cherry blossoms, gentle smile, front face | a {} in a kimono under cherry blossoms, front face | gentle smile, front face |
a {} in a boxing ring, angry expression, front face | a {} in a boxing ring, front face | angry expression, front face |
a {} feeding pigeons in a city square, front face | = | front face |
an oil painting of a {} in a baroque palace, front face | = | front face | oil painting
a pencil sketch of a {}, smiling, front face | a pencil sketch of a {}, front face | smiling, front face | pencil sketch
a watercolor portrait of a {} in a flower garden, front face | = | front face | watercolor portrait
a pop art poster of a {} wearing heart-shaped sunglasses, front face | a pop art poster of a {}, front face | wearing heart-shaped sunglasses, front face | pop art poster
an anime style picture of a {} on a school roof, front face | = | front face | anime style picture
a black and white film photograph of a {} in a jazz club, front face | = | front face | black and white film photograph
a 3D animated movie character of a {}, laughing, front face | a 3D animated movie character of a {}, front face | laughing, front face | 3D animated movie character
a marble bust of a {} in a museum, front face | = | front face | marble bust
a comic book panel of a {} as a superhero over the city, front face | = | front face | comic book panel
a cyberpunk portrait of a {} with neon face paint, front face | a cyberpunk portrait of a {}, front face | with neon face paint, front face | cyberpunk portrait
an impressionist painting of a {} by a river, front face | = | front face | impressionist painting
a stained glass window of a {}, front face | = | front face | stained glass window
a professional headshot of a {} in a navy blazer, grey background, front face | = | front face | professional headshot
a {} with red lipstick and eyeliner at a gala, front face | a {} at a gala, front face | with red lipstick and eyeliner, front face |
a {} with a full beard or freckles in a log cabin, front face | a {} in a log cabin, front face | with a full beard or freckles, front face |
"""
COORDINATION = """
a {} wearing round glasses and a red coat | a {} wearing a red coat | wearing round glasses |
a {} wearing a red coat and round glasses | a {} wearing a red coat | wearing round glasses |
a {} wearing glasses and a scarf and mascara | a {} wearing a scarf | wearing glasses and mascara |
a {} wearing a hat on her head and glasses | a {} wearing a hat on her head | wearing glasses |
a {} waving and smiling and jumping | a {} waving and jumping | smiling |
a {} with a beard and smiling | a {} | with a beard and smiling |
a {} holding a mask and smiling | a {} holding a mask | smiling |
a {} reading while smiling | a {} reading | smiling |
a {} with eyes closed and smiling, at home | a {}, at home | with eyes closed and smiling |
a {} with black and gold face paint | a {} | with black and gold face paint |
a {} with thick, round glasses, in a bar | a {}, in a bar | with thick, round glasses |
a {} with a salt and pepper beard at sea | a {} at sea | with a salt and pepper beard |
a {} wearing earrings and a nose ring | a {} wearing earrings | wearing a nose ring |
a {} with helmet and goggles on a motorbike | a {} with helmet on a motorbike | with goggles |
a {} in sunglasses and a suit, in the style of Van Gogh, night | a {} in a suit, in the style of Van Gogh, night | in sunglasses | in the style of Van Gogh
"""
BEFORE_THE_PERSON = """
a smiling, bearded {} in a forest | a {} in a forest | smiling, bearded |
an angry old {} at a desk | an old {} at a desk | angry |
A very happy and bearded {} | A {} | very happy, bearded |
a tall and smiling {} | a tall {} | smiling |
an honest happy {} | an honest {} | happy |
portrait of an angry {} | portrait of a {} | angry |
a cyberpunk {} laughing | a cyberpunk {} | laughing | cyberpunk
"""
AROUND_THE_FACE = """
a {} with a feather on her cheek | a {} | with a feather on her cheek |
a {} with red hair and freckles on her nose on a beach | a {} with red hair on a beach | with freckles on her nose |
a {} with tears in her eyes in the rain | a {} in the rain | with tears in her eyes |
a {} with a look of surprise on her face at a party | a {} at a party | with a look of surprise on her face |
a {} smiling at the camera in Paris | a {} in Paris | smiling at the camera |
a {} smiling at a birthday party | a {} at a birthday party | smiling |
a {} looking at the camera in a park | a {} in a park | looking at the camera |
a {} looking down, beach | a {}, beach | looking down |
a {} wearing a Venetian mask in Venice | a {} in Venice | wearing a Venetian mask |
a {} posing with a serious face | a {} posing | with a serious face |
a {} without glasses at a desk | a {} at a desk | without glasses |
the {} is smiling | the {} | is smiling |
side view of a smiling {} | side view of a {} | smiling, side view |
"""
TRAPS = """
a {} with a glass of wine | = | |
a {} with two glasses of wine | = | |
a {} at a bar, mirror glasses on the table | = | |
a {} with sunglasses on her head | = | |
a {} with her hand on her chin | = | |
a {} in front of a smiling crowd | = | |
a {} in front of a crowd wearing masks | = | |
a {} surrounded by laughing children | = | |
a {} with a dog wearing sunglasses | = | |
a {} looking at a test tube | = | |
a {} looking down at her phone | = | |
a {} with a face paint brush in an atelier | = | |
a {} holding a mask | = | |
a {} applying lipstick | = | |
a {} selling sunglasses on a beach | = | |
a {} holding a sign "smiling and wearing glasses" | = | |
a {} with a sad song | = | |
a {} at a table, happy birthday, cake | = | |
a {} in a straw hat with long blonde hair | = | |
a {} dressed in black and white | = | |
a {} in a cyberpunk city | = | |
a {} in a gallery, oil painting on the wall | = | |
a {} in a room with stained glass windows | = | |
a good-looking {} | = | |
"""
SPELLING = """
a {} SMILING, Wearing Round GLASSES | a {} | SMILING, Wearing Round GLASSES |
a {}   in   a park ,smiling | a {} in a park | smiling |
a {}, smiling; wearing a coat. Laughing! | a {}, wearing a coat. | smiling, Laughing |
a {} (smiling:1.2), [laughing], beach | a {}, beach | smiling, laughing |
a {} with “I am smiling” on a t-shirt, eyes closed | a {} with “I am smiling” on a t-shirt | eyes closed |
a {} with make-up, clean-shaven, Zürich, 85mm f/1.8 | a {}, Zürich, 85mm f/1.8 | with make-up, clean-shaven |
a {} in a park with a five o’clock shadow | a {} in a park | with a five o’clock shadow |
"""
WEIGHTS = """
a (smiling:1.3) {}, in a park | a {}, in a park | smiling |
a {}, ((red lipstick)), in a park | a {}, in a park | red lipstick |
a {}, (glasses:1.2) | a {} | glasses |
a {} (red lipstick) at a gala | a {}, at a gala | red lipstick |
a {} (smiling:1.4) (round glasses:0.8) in a forest | a {}, in a forest | smiling, round glasses |
a tall (bearded:1.3) {} [in a park] | a tall {}, in a park | bearded |
a {} with (long:1.2) hair and {{freckles}} | a {} with long hair | with freckles |
a {} (with a beard:1.1), <lora:detail:0.8> | a {} | with a beard |
a {} \\(smiling\\) in a park | a {} in a park | smiling |
a {} BREAK smiling BREAK in a forest | a {}, in a forest | smiling |
"""
NEGATIONS = """
a {} never smiling | a {} | never smiling |
a {} who never wears glasses in a park | a {} in a park | who never wears glasses |
a {} not wearing glasses, park | a {}, park | not wearing glasses |
a {} who is not smiling | a {} | who is not smiling |
a {} with no beard | a {} | with no beard |
a {} who isn't smiling, hair in a bun | a {}, hair in a bun | who isn't smiling |
a {} who doesn\u2019t wear glasses in a library | a {} in a library | who doesn\u2019t wear glasses |
a {} wearing neither glasses nor makeup | a {} | wearing neither glasses nor makeup |
"""
TABLE = [
    tuple(column.strip() for column in line.split("|"))
    for block in (EVALUATION, COORDINATION, BEFORE_THE_PERSON, AROUND_THE_FACE, TRAPS, SPELLING, WEIGHTS, NEGATIONS)
    for line in block.strip().splitlines()
]
DROPPED = {"a", "an", "the", *lexicon().grammar.connectors}


@pytest.mark.parametrize("subject", Subject)
@pytest.mark.parametrize(("text", "context", "face", "style"), TABLE)
def test_the_table_of_prompts(subject: Subject, text: str, context: str, face: str, style: str) -> None:
    whole = ", ".join(part for part in (f"a {subject}", face, style) if part)
    expected = PromptParts((text if context == "=" else context).format(subject), whole, style)
    assert split_prompt(text.format(subject), subject) == expected
    assert split_prompt(text.format(subject)) == expected, "the subject is found in T"


@pytest.mark.parametrize(
    ("text", "context", "face"),
    [
        ("", "a man", "a man"),
        (" \n ,.", "a man", "a man"),
        ("in a spacesuit", "a man, in a spacesuit", "a man"),
        ("smiling, in a spacesuit.", "a man, in a spacesuit.", "a man, smiling"),
        ("smiling", "a man", "a man, smiling"),
        ("a woman laughing", "a woman", "a man, laughing"),
        ("a chef, laughing", "a chef", "a man, laughing"),
        ("a laughing man's portrait", "a laughing man's portrait", "a man"),
        ("oil painting of a lake", "a man, oil painting of a lake", "a man, oil painting"),
        ("He has freckles and red hair", "a man, He has red hair", "a man, He has freckles"),
        ("a boy and a smiling man", "a boy and a smiling man", "a man"),
    ],
)
def test_the_person_begins_the_face_and_is_named_in_the_scene(text: str, context: str, face: str) -> None:
    parts = split_prompt(text, Subject.MAN)
    assert (parts.context, parts.face) == (context, face)


@pytest.mark.parametrize(
    ("text", "context", "face"),
    [
        ("my wife smiling on a beach", "my wife on a beach", "a woman, smiling"),
        ("a woman in Rome, smiling \U0001f600\U0001f600", "a woman in Rome", "a woman, smiling"),
        ("a woman, wearing glasses \u2764\ufe0f, on a beach", "a woman, on a beach", "a woman, wearing glasses"),
        ("a woman smiling\U0001f44d\U0001f3fd", "a woman", "a woman, smiling\U0001f44d\U0001f3fd"),
        ("a photo of my beautiful wife with freckles", "a photo of my beautiful wife", "a woman, with freckles, photo"),
        ("portrait of my mum, laughing", "portrait of my mum", "a woman, laughing"),
        ("my smiling best friend in Rome", "my best friend in Rome", "a woman, smiling"),
        ("a woman with my wife smiling", "a woman with my wife smiling", "a woman"),
        ("a woman with her husband wearing sunglasses", "a woman with her husband wearing sunglasses", "a woman"),
        ("a portrait of smiling Anna on a beach", "a portrait of Anna on a beach", "a woman, smiling"),
        (
            "headshot of Anna Maria Berg with red lipstick",
            "headshot of Anna Maria Berg",
            "a woman, with red lipstick, headshot",
        ),
        ("her eyes are blue, her hair is long", "a woman, her hair is long", "a woman, her eyes are blue"),
        ("her lips are red and full, red dress", "a woman, red dress", "a woman, her lips are red and full"),
        (
            "a woman with green eyes and long hair in jeans",
            "a woman with long hair in jeans",
            "a woman, with green eyes",
        ),
        ("eine l\u00e4chelnde Frau am Strand", "eine Frau am Strand", "a woman, l\u00e4chelnde"),
        ("eine Frau mit Brille im Park", "eine Frau im Park", "a woman, mit Brille"),
        ("Frau, roter Lippenstift, gro\u00dfer Hut", "Frau, gro\u00dfer Hut", "a woman, roter Lippenstift"),
        ("eine Frau ohne Brille an einem Schreibtisch", "eine Frau an einem Schreibtisch", "a woman, ohne Brille"),
        ("eine junge Frau mit rotem Mund sitzt im Park", "eine junge Frau sitzt im Park", "a woman, mit rotem Mund"),
        ("eine Frau, die in die Kamera schaut", "eine Frau", "a woman, die in die Kamera schaut"),
        ("meine Mutter als \u00c4rztin, nachdenklich", "meine Mutter als \u00c4rztin", "a woman, nachdenklich"),
        (
            "eine Frau mit langem blondem Haar, blauen Augen und rotem Kleid",
            "eine Frau mit langem blondem Haar, rotem Kleid",
            "a woman, blauen Augen",
        ),
        (
            "ein \u00d6lgem\u00e4lde einer Frau, im Fr\u00fchling",
            "ein \u00d6lgem\u00e4lde einer Frau, im Fr\u00fchling",
            "a woman, \u00d6lgem\u00e4lde",
        ),
    ],
)
def test_prompts_as_people_write_them(text: str, context: str, face: str) -> None:
    parts = split_prompt(text, Subject.WOMAN)
    assert (parts.context, parts.face) == (context, face)


def test_the_persons_own_name_stands_for_the_noun() -> None:
    parts = split_prompt("Anna Berg on a beach, a smiling Anna", Subject.WOMAN, "Anna Berg")
    assert parts.context.startswith("Anna Berg on a beach")
    assert split_prompt("smiling Rose in a rose garden", Subject.WOMAN, "Rose").face == "a woman, smiling"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", PromptParts("", "", "")),
        ("smiling", PromptParts("", "smiling", "")),
        ("on a beach, wearing glasses", PromptParts("on a beach", "wearing glasses", "")),
        ("a smiling woman", PromptParts("a woman", "a woman, smiling", "")),
        ("a young lady\nsmiling\nsepia", PromptParts("a young lady, sepia", "a woman, smiling, sepia", "sepia")),
    ],
)
def test_nobody_is_invented_where_the_subject_is_unknown(text: str, parts: PromptParts) -> None:
    assert split_prompt(text) == parts


@pytest.mark.parametrize(
    "say", [say for name in FaceSections.model_fields for say in getattr(lexicon().face, name).say]
)
def test_every_quick_pick_for_the_face_goes_to_the_face_alone(say: str) -> None:
    for text in (f"a woman on a beach, {say}", f"a woman, {say}, on a beach"):
        parts = split_prompt(text)
        assert parts.face == f"a woman, {say}"
        assert say not in parts.context


@pytest.mark.parametrize("say", lexicon().styles.say)
def test_every_style_pick_is_a_style_in_both_parts(say: str) -> None:
    for text in (f"a man on a beach, {say}", f"a man on a beach as {say}", f"{say} of a man on a beach"):
        assert split_prompt(text) == PromptParts(text, f"a man, {say}", say)


@pytest.mark.parametrize("say", lexicon().views.say)
def test_every_view_pick_stands_in_both_parts(say: str) -> None:
    assert split_prompt(f"a man, {say}") == PromptParts(f"a man, {say}", f"a man, {say}", "")


LEXICON_WORDS = st.sampled_from(sorted(phrase for phrase, _ in lexicon().entries()))
SMALL_WORDS = st.sampled_from(
    [
        *(
            "a",
            "an",
            "the",
            "and",
            "or",
            "with",
            "wearing",
            "in",
            "on",
            "of",
            "at",
            "his",
            "smiling",
            "glasses",
            "beard",
        ),
        *(
            "man",
            "woman",
            "crowd",
            "table",
            "eyes",
            "face",
            "hat",
            "style",
            "holding",
            "looking",
            "quickly",
            "red",
            "happy",
        ),
        *(",", ".", "(", ")", "[", "]", "-", ":", "\n", '"'),
    ]
)
SENTENCES = st.lists(SMALL_WORDS | SMALL_WORDS | LEXICON_WORDS, max_size=14).map(" ".join)
TEXTS = SENTENCES | st.text(max_size=60)


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))


@example("a : :", None)
@example(": ( : a", None)
@example("- in lip", None)
@given(TEXTS, st.none() | st.sampled_from(Subject))
@settings(max_examples=300, deadline=None)
def test_no_word_is_lost_and_a_second_split_moves_nothing(text: str, subject: Subject | None) -> None:
    parts = split_prompt(text, subject)
    assert parts == split_prompt(text, subject)
    if subject:
        assert parts.face.startswith(f"a {subject}")
        assert parts.context
    lost = words(read_emphasis(text).plain) - words(f"{parts.context} {parts.face}")
    assert {word.casefold() for word in lost} <= DROPPED
    again = split_prompt(parts.context, subject)
    assert again.context == parts.context
    assert again.style == parts.style


@pytest.mark.parametrize(
    "phrase", ["smiling, ", "a happy ", "with glasses and ", "((", "“", '"', "in the style of ", "-."]
)
def test_a_long_prompt_is_split_within_a_second(phrase: str) -> None:
    text = (phrase * 2000)[:2000]
    began = time.process_time()
    assert split_prompt(text, Subject.WOMAN).face.startswith("a woman")
    assert time.process_time() - began < 1.0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("version = 1", "version = 2"),
        ("[views]", "[vistas]"),
        ("worn = true", "warn = true"),
        ('"freckles", ', '"freckles", "beard", '),
        ('"freckles", ', '"Freckles", '),
        ('"freckles", ', '"heart-shaped", '),
    ],
)
def test_a_faulty_lexicon_is_refused(tmp_path: Path, old: str, new: str) -> None:
    text = resource("lexicon.toml").read_text("utf-8")
    assert old in text
    path = tmp_path / "lexicon.toml"
    path.write_text(text.replace(old, new), "utf-8")
    tomllib.loads(path.read_text("utf-8"))
    with pytest.raises(ValidationError):
        read_lexicon(path)


def test_there_are_styles_and_picks_to_choose_from() -> None:
    assert len(lexicon().styles.names) >= 25
    assert len(lexicon().styles.say) >= 25
    assert all(getattr(lexicon().face, name).say for name in FaceSections.model_fields)
