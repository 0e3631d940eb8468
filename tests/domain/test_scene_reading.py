# ruff: noqa: E501, RUF001 - tables of prompts, as people type them
from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from facea_desktop.domain.lexicon import lexicon
from facea_desktop.domain.prompt_splitter import split_prompt
from facea_desktop.domain.scene_reading import read_scene, scene_words
from facea_desktop.domain.scene_vocabulary import read_scene_words
from facea_desktop.domain.styles import Style, styles
from facea_desktop.resources import resource

# What was typed | what it asks for, as group=value, "man" and "woman" being subjects | what is not known | what is
# taken roughly, with what it is taken for behind ">".
EVALUATION = """
a woman riding horseback through golden fields at sunset, front face | woman, place=outdoors, pose=facing front | riding horseback | golden fields>outdoors; at sunset>outdoors
a man in a spacesuit floating above the earth, front face | man, pose=facing front | spacesuit; floating; earth |
a woman as a chef plating food in a busy restaurant kitchen, smiling, front face | woman, place=indoors, expression=smiling, pose=facing front | chef; plating food | busy restaurant kitchen>indoors
a man reading a book in a quiet old library, wearing round glasses, front face | man, place=indoors, eyewear=glasses, pose=facing front | reading a book | quiet old library>indoors
a woman surfing a blue wave, laughing, front face | woman, expression=smiling, pose=facing front | surfing a blue wave |
a man playing chess in a park in autumn, looking thoughtful, front face | man, place=outdoors, expression=neutral, pose=facing front | playing chess; in autumn | park>outdoors; thoughtful>neutral expression
a woman in a red evening gown or suit on a theatre stage, front face | woman, place=indoors, pose=facing front | red evening gown; suit | theatre stage>indoors
a man hiking on a snowy mountain ridge, wearing sunglasses, front face | man, place=outdoors, eyewear=sunglasses, pose=facing front | hiking | snowy mountain ridge>outdoors
a woman holding a cup of coffee by a rainy window, front face | woman, place=indoors, pose=facing front | holding a cup of coffee | rainy window>indoors
a man working on a laptop in a modern office, wearing a headset, front face | man, place=indoors, pose=facing front | working; laptop; headset | modern office>indoors
a woman as a firefighter in front of a fire engine, serious expression, front face | woman, expression=neutral, pose=facing front | firefighter; fire engine |
a man in a medieval knight's armour in a castle hall, front face | man, place=indoors, pose=facing front | medieval knight's armour | castle hall>indoors
a woman painting on an easel in a sunlit studio, front face | woman, tone=bright, place=plain, pose=facing front | painting; easel | studio>plain background
a man playing the violin in an orchestra, eyes closed, front face | man, place=indoors, pose=facing front | playing the violin; eyes closed | orchestra>indoors
a woman in a white lab coat looking at a test tube, wearing safety goggles, front face | woman, pose=facing front | white lab coat; test tube; safety goggles |
a man walking through a neon city street at night, front face | man, place=outdoors, tone=dark, pose=facing front | walking | neon city street>outdoors; at night>dimly lit
a woman sitting on a beach with palm trees, wearing a straw hat, smiling, front face | woman, place=outdoors, hat=hat, expression=smiling, pose=facing front | sitting | beach>outdoors; palm trees>outdoors
a man as a pilot in a cockpit, wearing aviator sunglasses, front face | man, place=indoors, eyewear=sunglasses, pose=facing front | pilot | cockpit>indoors; aviator sunglasses>wearing sunglasses
a woman cycling on a country road, front face | woman, place=outdoors, pose=facing front | cycling | country road>outdoors
a man at a birthday party with balloons, surprised expression, front face | man, place=indoors, expression=open mouth, pose=facing front | balloons | birthday party>indoors; surprised expression>open mouth
a woman in a wizard's robe holding a glowing staff, front face | woman, pose=facing front | wizard's robe; holding a glowing staff |
a man giving a speech at a lectern, open mouth, front face | man, expression=open mouth, pose=facing front | giving a speech; lectern |
a woman in a kimono under cherry blossoms, gentle smile, front face | woman, place=outdoors, expression=slight smile, pose=facing front | kimono | cherry blossoms>outdoors
a man in a boxing ring, angry expression, front face | man, place=indoors, pose=facing front | angry expression | boxing ring>indoors
a woman feeding pigeons in a city square, front face | woman, place=outdoors, pose=facing front | feeding pigeons | city square>outdoors
an oil painting of a man in a baroque palace, front face | man, place=indoors, pose=facing front | | baroque palace>indoors
a pencil sketch of a woman, smiling, front face | woman, expression=smiling, pose=facing front | |
a watercolor portrait of a man in a flower garden, front face | man, place=outdoors, pose=facing front | | flower garden>outdoors
a pop art poster of a woman wearing heart-shaped sunglasses, front face | woman, eyewear=sunglasses, pose=facing front | | heart-shaped sunglasses>wearing sunglasses
an anime style picture of a man on a school roof, front face | man, place=outdoors, pose=facing front | | school roof>outdoors
a black and white film photograph of a woman in a jazz club, front face | woman, place=indoors, pose=facing front | | jazz club>indoors
a 3D animated movie character of a man, laughing, front face | man, expression=smiling, pose=facing front | 3D animated movie character |
a marble bust of a woman in a museum, front face | woman, place=indoors, pose=facing front | marble bust | museum>indoors
a comic book panel of a man as a superhero over the city, front face | man, place=outdoors, pose=facing front | superhero | city>outdoors
a cyberpunk portrait of a woman with neon face paint, front face | woman, pose=facing front | neon face paint |
an impressionist painting of a man by a river, front face | man, place=outdoors, pose=facing front | | river>outdoors
a stained glass window of a woman, front face | woman, pose=facing front | |
a professional headshot of a man in a navy blazer, grey background, front face | man, background=grey, pose=facing front | navy blazer |
a woman with red lipstick and eyeliner at a gala, front face | woman, place=indoors, pose=facing front | red lipstick; eyeliner | gala>indoors
a man with a full beard or freckles in a log cabin, front face | man, beard=beard, place=indoors, pose=facing front | freckles | log cabin>indoors
"""
AS_TYPED = """
a woman with long curly red hair | woman, hair_length=long, hair_texture=curly, hair_colour=red | |
a blonde lady in her twenties, grinning | woman, hair_colour=blond, age=young, expression=smiling | |
40 year old guy with a goatee and spectacles | man, age=middle-aged, beard=beard, eyewear=glasses | |
elderly gentleman, silver-haired, moody light | man, age=old, hair_colour=grey, tone=dark | |
a man with a buzz cut and five o’clock shadow, shades | man, hair_length=short, beard=stubble, eyewear=sunglasses | |
a brunette with a ponytail looking left, sunlit | hair_colour=brown, hair_length=long, pose=facing left, tone=bright | | ponytail>long hair
ginger bloke in a beanie, dimly lit | man, hair_colour=red, hat=hat, tone=dark | |
young woman, shoulder-length hair, on a blue background | woman, age=young, hair_length=medium, background=blue | |
a bald man against grey, side light from the right | man, hair_length=bald, background=grey, light=from the right | |
a man lit from the left, in profile | man, light=from the left, pose=facing left | | in profile>facing left
photo of a woman with fair skin in a forest | woman, skin=light, place=outdoors | | forest>outdoors
dark-skinned man at the beach wearing a cap | man, skin=dark, place=outdoors, hat=hat | | beach>outdoors
a tanned surfer in the city | skin=medium, place=outdoors | surfer | city>outdoors
studio portrait of an old man, plain background | man, age=old, place=plain | |
woman, black hair, glasses, white background, bright | woman, hair_colour=black, eyewear=glasses, background=white, tone=bright | |
young woman smiling short black hair glasses | woman, age=young, expression=smiling, hair_length=short, hair_colour=black, eyewear=glasses | |
portrait, man, 60 years old, grey hair, moustache, dark background | man, age=old, hair_colour=grey, beard=moustache, background=black | | dark background>black background
a woman, 25, blond | woman, age=young, hair_colour=blond | |
a guy in his mid-thirties with a man bun | man, age=middle-aged, hair_length=long | | man bun>long hair
an eighty-two-year-old woman | woman, age=old | |
the woman is young and her hair is long and brown | woman, age=young, hair_length=long, hair_colour=brown | |
a young, smiling, bearded man | man, age=young, expression=smiling, beard=beard | |
hair: short, background: navy | hair_length=short, background=blue | | background: navy>blue background
a woman with turquoise backdrop and wavy auburn hair | woman, background=blue, hair_texture=wavy, hair_colour=red | | turquoise backdrop>blue background
a man in front of a beige wall | man, background=brown | | beige wall>brown background
a long-haired guy facing right with a slight smile | man, hair_length=long, pose=facing right, expression=slight smile | |
a man with blond wavy hair wearing a blue shirt on a yellow background | man, hair_colour=blond, hair_texture=wavy, background=yellow | blue shirt |
a man (smiling:1.3), [glasses], beach | man, expression=smiling, eyewear=glasses, place=outdoors | | beach>outdoors
A WOMAN WITH GREY HAIR AND A SLIGHT SMILE | woman, hair_colour=grey, expression=slight smile | |
a man in soft light from the left | man, light=from the left | | soft light from the left>lit from the left
evenly lit passport photo of a man with neutral expression, white background | man, light=even, expression=neutral, background=white | |
high-key portrait of a laughing woman | woman, tone=bright, expression=smiling | |
a woman smiling in a café, warm evening light | woman, expression=smiling, place=indoors, tone=bright | | café>indoors; warm evening light>brightly lit
an oil painting of a man in his late 40s | man, age=middle-aged | |
a woman looking to her left | woman, pose=facing right | | looking to her left>facing right
a middle-aged businessman in an office | man, age=middle-aged, place=indoors | | businessman>man; office>indoors
a 30 y/o man, head turned slightly to the left | man, age=young, pose=facing left | |
close-up of a woman's face, window light from left | woman, light=from the left | |
man, 40 something, looking right at the camera | man, age=middle-aged, pose=facing front | |
a granny laughing | woman, age=old, expression=smiling | | granny>woman, old
"""
TRAPS = """
a woman in a red dress with blue eyes in front of a red wall | woman, background=red | red dress; blue eyes |
a man on horseback | man | on horseback |
an astronaut in a spacesuit holding a cup | | astronaut; spacesuit; holding a cup |
portrait of a chef in a kitchen | place=indoors | chef | kitchen>indoors
a woman with blue hair | woman | blue hair |
a woman with long blue hair | woman, hair_length=long | | long blue hair>long hair
a man with a bushy grey beard | man, beard=beard | | bushy grey beard>with a beard
a woman with white hair and a white blouse | woman, hair_colour=grey | white blouse |
a white man with white hair on a white background | man, skin=light, hair_colour=grey, background=white | |
a man in a dark suit with dark eyes and dark hair | man, hair_colour=brown | dark suit; dark eyes | dark hair>brown hair
a woman in black against white | woman, background=white | in black |
a dark forest | tone=dark, place=outdoors | | forest>outdoors
a beach ball | | beach ball |
an old library | place=indoors | | old library>indoors
a man with sunglasses on his head | man | sunglasses; head |
a woman with glasses on the table | woman | glasses; table |
a man holding a hat | man | holding a hat |
a woman with a glass of wine and two glasses of beer | woman | glass of wine; glasses of beer |
a woman next to an old man with a beard | woman | old man; beard |
a woman with an elderly mother, wearing sunglasses | woman, eyewear=sunglasses | elderly mother |
a woman with a small black dog on a green background | woman, background=green | small black dog |
a man with a sign "smiling and wearing glasses" | man | sign "smiling and wearing glasses" |
beautiful woman, masterpiece, 8k, highly detailed | woman | beautiful; masterpiece; 8k; highly detailed |
a woman with freckles and green eyes outdoors | woman, place=outdoors | freckles; green eyes |
a happy birthday cake | | happy birthday cake |
"""
DENIED = """
a woman without glasses | woman, eyewear=none | |
a man, no beard, not smiling | man, beard=none, expression=neutral | |
a clean-shaven man with short black hair | man, beard=none, hair_length=short, hair_colour=black | |
a man who isn't smiling and doesn't wear glasses | man, expression=neutral, eyewear=none | |
a man without glasses or a hat | man, eyewear=none, hat=none | |
a man without glasses and with a hat | man, eyewear=none, hat=hat | |
a woman wearing neither glasses nor a hat | woman, eyewear=none, hat=none | |
without any glasses, laughing | eyewear=none, expression=smiling | |
a woman not wearing a hat, laughing | woman, hat=none, expression=smiling | |
a man with a beard but no moustache | man, beard=beard | |
a man with no hair | man, hair_length=bald | |
a woman with no make-up, never smiling | woman, expression=neutral | no make-up |
not old, not on a red background | | not old; not on a red background |
"""
MINORS = """
a smiling girl in a park | expression=smiling, place=outdoors | girl | park>outdoors
a boy with glasses | eyewear=glasses | boy |
a 12 year old with a hat | hat=hat | 12 year old |
a seventeen-year-old | | seventeen-year-old |
a teenager in a hoodie | | teenager; hoodie |
a young boy, blond | hair_colour=blond | young boy |
a man with his young daughter, laughing | man, expression=smiling | young daughter |
a baby | | baby |
"""
TABLE = [
    tuple(column.strip() for column in line.split("|"))
    for block in (EVALUATION, AS_TYPED, TRAPS, DENIED, MINORS)
    for line in block.strip().splitlines()
]
VALUES = [(group, value) for group in scene_words().groups for value in group.values]
GROUPS = {
    "subject": ("woman", "man"),
    "age": ("young", "middle-aged", "old"),
    "expression": ("neutral", "slight smile", "smiling", "open mouth"),
    "eyewear": ("none", "glasses", "sunglasses"),
    "hair_colour": ("black", "brown", "blond", "red", "grey"),
    "hair_length": ("bald", "short", "medium", "long"),
    "hair_texture": ("straight", "wavy", "curly"),
    "beard": ("none", "stubble", "moustache", "beard"),
    "hat": ("none", "hat"),
    "pose": ("facing left", "facing front", "facing right"),
    "light": ("even", "from the left", "from the right"),
    "tone": ("dark", "bright"),
    "background": (
        *("black", "white", "grey", "brown", "red", "orange", "yellow", "green", "blue", "purple", "pink"),
    ),
    "place": ("plain", "indoors", "outdoors"),
    "skin": ("light", "medium", "dark"),
}  # fmt: skip


def asked(text: str) -> dict[str, str]:
    """ "woman, hair_length=long" as read_scene says it."""
    pairs = [item if "=" in item else f"subject={item}" for item in text.split(", ") if item]
    return dict(pair.split("=") for pair in pairs)


def listed(text: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in text.split("; ") if item.strip())


@pytest.mark.parametrize(("text", "asks", "unknown", "roughly"), TABLE)
def test_the_table_of_prompts(text: str, asks: str, unknown: str, roughly: str) -> None:
    reading = read_scene(text)
    assert reading.asked == asked(asks)
    assert reading.unknown == listed(unknown)
    assert tuple(f"{phrase}>{taken}" for phrase, taken in reading.roughly) == listed(roughly)


def test_the_groups_and_values_are_what_scenes_are_painted_from() -> None:
    assert {group.name: tuple(value.name for value in group.values) for group in scene_words().groups} == GROUPS


@pytest.mark.parametrize(("group", "value"), VALUES, ids=lambda one: one.name)
def test_what_the_program_says_is_understood_exactly(group, value) -> None:
    for text in (value.say, f"a portrait of a person, {value.say}", f"{value.say}, oil painting"):
        reading = read_scene(text)
        assert (reading.asked, reading.unknown, reading.roughly) == ({group.name: value.name}, (), ())


@pytest.mark.parametrize(("group", "value"), VALUES, ids=lambda one: one.name)
def test_every_phrase_asks_for_its_value(group, value) -> None:
    for phrase in value.phrases:
        reading = read_scene(f"a person, {phrase}")
        assert (phrase, reading.asked.get(group.name), reading.unknown) == (phrase, value.name, ())
    for phrase in value.roughly:
        reading = read_scene(f"a person, {phrase}")
        assert (phrase, reading.asked.get(group.name), reading.unknown) == (phrase, value.name, ())
        assert reading.roughly
        assert reading.roughly[0][0] == phrase


def test_all_that_a_scene_can_show_may_be_asked_for_at_once() -> None:
    said = {group.name: group.values[-1] for group in scene_words().groups}
    reading = read_scene(", ".join(value.say for value in said.values()))
    assert reading.asked == {name: value.name for name, value in said.items()}
    assert not reading.unknown


@pytest.mark.parametrize(("group", "value"), VALUES, ids=lambda one: one.name)
def test_expression_and_eyewear_go_to_the_face_and_hair_age_and_the_picture_stay_in_the_scene(group, value) -> None:
    parts = split_prompt(f"a person, {value.say}")
    if group.name in ("expression", "eyewear"):
        assert value.say in parts.face
        assert value.say not in parts.context
    elif group.name not in ("subject", "beard", "skin"):
        assert value.say in parts.context


@pytest.mark.parametrize("style", styles(), ids=lambda style: style.name)
def test_the_styles_that_the_program_paints_are_known(style: Style) -> None:
    for words in (style.words, *style.synonyms):
        assert read_scene(f"a woman, {words}").unknown == ()


def test_other_styles_and_what_looks_like_one_are_not() -> None:
    assert read_scene("a marble bust of a woman, sepia").unknown == ("marble bust",)
    assert read_scene("a man in front of stained glass windows").unknown == ("stained glass windows",)
    assert read_scene("a man in the style of Hieronymus Bosch").unknown == ("in the style of Hieronymus Bosch",)


@pytest.mark.parametrize(
    ("text", "group", "value", "roughly"),
    [
        ("a smiling man with an open mouth", "expression", "open mouth", [("smiling", "open mouth")]),
        ("a woman, red hair, black hair", "hair_colour", "black", [("red hair", "black hair")]),
        ("surprised, smiling", "expression", "smiling", [("surprised", "smiling")]),
        ("in a café in Paris", "place", "indoors", [("café", "indoors"), ("Paris", "indoors")]),
        ("a forest, indoors", "place", "indoors", [("forest", "indoors")]),
        ("with a beard, no moustache", "beard", "beard", []),
    ],
)
def test_of_two_values_of_a_group_the_exact_and_last_one_counts(text, group, value, roughly) -> None:
    reading = read_scene(text)
    assert reading.asked[group] == value
    assert list(reading.roughly) == roughly


def test_spans_say_where_things_stand() -> None:
    text = "a tall  woman with  blue eyes, straw hut at the beach"
    reading = read_scene(text)
    assert reading.unknown == ("tall", "blue eyes", "straw hut")
    assert [text[slice(*span)] for span in reading.unknown_spans] == ["tall", "blue eyes", "straw hut"]
    assert [text[slice(*span)] for span in reading.roughly_spans] == ["beach"]
    assert [text[slice(*span)] for span in reading.known] == ["woman", "beach"]


WORDS = st.sampled_from(
    sorted(
        {phrase for _, value in VALUES for phrase in (*value.phrases, *value.roughly, *value.words, *value.nearly)}
        | {phrase for phrase, _ in lexicon().entries()}
    )
)
SMALL = st.sampled_from(
    ["a", "with", "no", "not", "without", "and", "or", "in", "hair", "woman", "red", ",", "(", "\n"]
)
TEXTS = st.lists(WORDS | SMALL, max_size=14).map(" ".join) | st.text(max_size=60)


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_every_text_is_read_and_nothing_is_both_known_and_unknown(text: str) -> None:
    reading = read_scene(text)
    assert reading == read_scene(text)
    values = {group.name: {value.name for value in group.values} for group in scene_words().groups}
    assert all(value in values[group] for group, value in reading.asked.items())
    known = {at for span in reading.known for at in range(*span)}
    unknown = {at for span in reading.unknown_spans for at in range(*span)}
    assert not known & unknown
    assert (known | unknown) <= set(range(len(text)))
    assert [" ".join(text[slice(*span)].split()) for span in reading.unknown_spans] == list(reading.unknown)


@pytest.mark.parametrize(
    "phrase", ["a woman with long hair, ", "hair ", "red and ", "not ", "old, ", "light ", "a red "]
)
def test_a_long_prompt_is_read_within_a_second(phrase: str) -> None:
    began = time.process_time()
    read_scene((phrase * 2000)[:2000])
    assert time.process_time() - began < 1.0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("version = 1", "version = 2"),
        ('title = "Hat"', 'caption = "Hat"'),
        ('without = "neutral"', 'without = "nothing"'),
        ('before = ["place"]', 'before = ["places"]'),
        ('"goatee", ', '"goatee", "stubble", '),
        ('"goatee", ', '"Goatee", '),
        ('"goatee", ', '"long-bearded", '),
        ("from = 18", "from = 12"),
    ],
)
def test_a_faulty_file_is_refused(tmp_path: Path, old: str, new: str) -> None:
    text = resource("scene_words.toml").read_text("utf-8")
    assert old in text
    path = tmp_path / "scene_words.toml"
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(ValidationError):
        read_scene_words(path)
