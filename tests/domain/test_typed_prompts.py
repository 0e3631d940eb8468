"""Prompts as people type them into image generators (``typed_prompts.toml``), split as a reader would."""

import tomllib
from pathlib import Path

import pytest

from facea_desktop.domain.faces import Subject
from facea_desktop.domain.prompt_splitter import split_prompt
from facea_desktop.domain.prompt_weights import read_emphasis

PROMPTS = tomllib.loads(Path(__file__).with_name("typed_prompts.toml").read_text("utf-8"))["prompts"]


@pytest.mark.parametrize("prompt", PROMPTS, ids=lambda prompt: prompt["text"][:50])
def test_prompts_are_split_as_a_reader_would(prompt: dict[str, str]) -> None:
    parts = split_prompt(prompt["text"])
    assert parts.plain_face == prompt["face"]
    assert parts.context == prompt["scene"]
    assert parts.style == prompt.get("style", "")


def test_there_are_two_hundred_of_them() -> None:
    assert len({prompt["text"] for prompt in PROMPTS}) == len(PROMPTS) >= 200


@pytest.mark.parametrize(
    ("subject", "face", "scene"),
    [
        (Subject.MAN, "a man, he wears glasses", "A man and a woman dance, she has red lips"),
        (Subject.WOMAN, "a woman, she has red lips", "A man and a woman dance, he wears glasses"),
    ],
)
def test_of_two_people_each_keeps_what_is_told_of_them(subject: Subject, face: str, scene: str) -> None:
    parts = split_prompt("A man and a woman dance, she has red lips, he wears glasses", subject)
    assert (parts.face, parts.context) == (face, scene)


def test_what_is_copied_with_its_parameters_says_what_is_left_out() -> None:
    copied = (
        "a woman, smiling\nNegative prompt: (worst quality:1.4), glasses\nSteps: 20, Sampler: Euler a, Size: 512x512"
    )
    parts = split_prompt(copied)
    assert (parts.face, parts.context) == ("a woman, smiling", "a woman")
    assert read_emphasis(copied).ignored == (copied.partition("\n")[2],)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("a man --no hat, beard --ar 2:3", "a man, no hat, no beard"),
        ("a [sad:happy:0.5] man", "a happy man"),
        ("a [sad|happy] man", "a sad man"),
        ("a man, [hat::0.5]", "a man, hat"),
    ],
)
def test_signs_of_other_programs_keep_their_meaning(text: str, plain: str) -> None:
    assert split_prompt(text).context == split_prompt(plain).context
    assert split_prompt(text).face == split_prompt(plain).face
