# ruff: noqa: RUF001 - the marks of real_prompts.toml
"""Prompts that people have written (``real_prompts.toml``), split and read as their writers would want it."""

import re
import tomllib
from pathlib import Path
from typing import Literal

import pytest
from pydantic import Field

from facea_desktop.domain.faces import Subject
from facea_desktop.domain.german_prompts import german_index
from facea_desktop.domain.lexicon import Kind, lexicon, words_of
from facea_desktop.domain.people import Value
from facea_desktop.domain.prompt_splitter import PromptParts, split_prompt
from facea_desktop.domain.prompt_weights import read_emphasis
from facea_desktop.domain.scene_reading import read_scene

SMALL = {
    *(Kind.ARTICLE, Kind.DETERMINER, Kind.CONNECTOR, Kind.CARRY, Kind.PREPOSITION, Kind.PRONOUN, Kind.SEEM),
    *(Kind.ADVERB, Kind.MEASURE),
}
"""Words that no part is the poorer without."""
MARKS = re.compile(r"[«»‹›]")
MOST_WRONG = 0.05


class RealPrompt(Value):
    """One prompt with what is expected of it; the head of the file explains the keys."""

    text: str
    both: tuple[str, ...] = ()
    subject: Subject | None = None
    style: tuple[str, ...] = ()
    asked: dict[str, str] = Field(default_factory=dict)
    known_wrong: str = ""

    @property
    def plain(self) -> str:
        """As it was written."""
        return MARKS.sub("", self.text)


class Source(Value):
    """A page or repository and its prompts."""

    address: str
    composed: bool = False
    prompts: tuple[RealPrompt, ...]


class RealPrompts(Value):
    """The whole file."""

    sources: tuple[Source, ...]


SOURCES = RealPrompts.model_validate(
    tomllib.loads(Path(__file__).with_name("real_prompts.toml").read_text("utf-8"))
).sources
PROMPTS = [prompt for source in SOURCES for prompt in source.prompts]


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


def small_words() -> set[str]:
    english = {word for phrase, entry in lexicon().entries() if entry.kind in SMALL for word in words(phrase)}
    german = [found for same in german_index().values() for found in same]
    return english | {word for phrase, entry, _ in german if entry.kind in SMALL for word in phrase}


def said_in(phrase: list[str], text: list[str]) -> bool:
    return any(text[at : at + len(phrase)] == phrase for at in range(len(text)))


def marked(prompt: RealPrompt) -> dict[Literal["face", "either", "scene"], list[list[str]]]:
    """The words of each marked phrase and of all between them, without the signs of weights."""
    plain = read_emphasis(prompt.plain).plain
    found: dict[Literal["face", "either", "scene"], list[list[str]]] = {"face": [], "either": [], "scene": []}
    kinds: dict[str, Literal["face", "either", "scene"]] = {"«": "face", "‹": "either", "»": "scene", "›": "scene"}
    kind: Literal["face", "either", "scene"] = "scene"
    at = 0
    for part in re.split(r"([«»‹›])", prompt.text):
        if part in kinds:
            kind = kinds[part]
        else:
            found[kind].append(words(plain[at : at + len(part)]))
            at += len(part)
    return found


def faults_of_split(prompt: RealPrompt, parts: PromptParts) -> list[str]:
    """What is in the wrong part, or not the style."""
    faults: list[str] = []
    expected = marked(prompt)
    face, scene = words(parts.plain_face), words(parts.context)
    if prompt.subject:
        if face[:2] != ["a", prompt.subject]:
            faults.append(f"the face is not a {prompt.subject}'s")
        else:
            face = face[2:]
    for phrase in expected["face"]:
        if not said_in(phrase, face):
            faults.append(f"not in the face: {' '.join(phrase)}")
        if said_in(phrase, scene):
            faults.append(f"in the scene: {' '.join(phrase)}")
    both = [words(phrase) for phrase in prompt.both]
    faults += [f"not in both: {' '.join(phrase)}" for phrase in both if not said_in(phrase, face)]
    elsewhere = {word for phrases in (expected["face"], expected["either"], both) for same in phrases for word in same}
    for word in dict.fromkeys(word for phrase in expected["scene"] for word in phrase):
        if word not in scene and word not in small_words():
            faults.append(f"not in the scene: {word}")
        if word in face and word not in elsewhere | small_words():
            faults.append(f"in the face: {word}")
    return faults + _faults_of_style(prompt, parts.style)


def _faults_of_style(prompt: RealPrompt, style: str) -> list[str]:
    found = [words(phrase) for phrase in style.split(", ") if phrase]
    wanted = [words(phrase) for phrase in prompt.style if not phrase.startswith("?")]
    allowed = wanted + [words(phrase) for phrase in prompt.style if phrase.startswith("?")]
    faults = [f"no style: {' '.join(phrase)}" for phrase in wanted if phrase not in found]
    return faults + [f"a style: {' '.join(phrase)}" for phrase in found if phrase not in allowed]


def faults_of_scene(prompt: RealPrompt) -> list[str]:
    asked = read_scene(prompt.plain).asked
    expected = {**({"subject": prompt.subject} if prompt.subject else {}), **prompt.asked}
    return [
        f"{group} is {asked.get(group, '')!r}, not {value!r}"
        for group, value in expected.items()
        if asked.get(group, "") != value
    ]


def all_faults(prompt: RealPrompt) -> list[str]:
    return faults_of_split(prompt, split_prompt(prompt.plain)) + faults_of_scene(prompt)


@pytest.mark.parametrize("prompt", PROMPTS, ids=lambda prompt: prompt.plain[:50])
def test_prompts_that_people_have_written(prompt: RealPrompt) -> None:
    faults = all_faults(prompt)
    if prompt.known_wrong:
        assert faults, "it is right by now: take known_wrong away"
    else:
        assert faults == []


@pytest.mark.parametrize("prompt", [prompt for prompt in PROMPTS if prompt.subject and not prompt.known_wrong])
def test_who_the_person_is_changes_nothing_where_the_prompt_says_it(prompt: RealPrompt) -> None:
    assert split_prompt(prompt.plain, prompt.subject) == split_prompt(prompt.plain)


def test_there_are_enough_of_them_and_few_are_wrong() -> None:
    assert len({prompt.plain for prompt in PROMPTS}) == len(PROMPTS)
    assert sum(len(source.prompts) for source in SOURCES if not source.composed) >= 200
    assert sum(bool(prompt.known_wrong) for prompt in PROMPTS) <= MOST_WRONG * len(PROMPTS)
    assert all(words_of(prompt.plain) for prompt in PROMPTS)
