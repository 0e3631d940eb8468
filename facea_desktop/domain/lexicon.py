"""The lexicon behind the prompt splitter and the quick picks: ``resources/lexicon.toml``, read and checked."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import StringConstraints, model_validator

from facea_desktop.domain.faces import Subject
from facea_desktop.domain.people import Value
from facea_desktop.resources import resource

Phrase = Annotated[str, StringConstraints(pattern=r"^[^\sA-Z-]+( [^\sA-Z-]+)*$")]
Phrases = tuple[Phrase, ...]
Says = tuple[Annotated[str, StringConstraints(min_length=1, max_length=60)], ...]


class Kind(Enum):
    """What a word or phrase does in a prompt."""

    WORD = auto()
    VERB = auto()
    MARK = auto()
    THING = auto()
    STATE = auto()
    LOOK = auto()
    VIEW = auto()
    STYLE = auto()
    MEDIUM = auto()
    STYLE_AFTER = auto()
    PERSON = auto()
    OTHER = auto()
    PLACE = auto()
    ARTICLE = auto()
    DETERMINER = auto()
    CONNECTOR = auto()
    CARRY = auto()
    PREPOSITION = auto()
    PRONOUN = auto()
    SEEM = auto()
    ADVERB = auto()
    MEASURE = auto()
    COUNTENANCE = auto()
    CAMERA = auto()
    DESCRIBING = auto()


KIN, NAME = "kin", "name"
"""Sections of nouns that say who somebody is to the writer."""


@dataclass(frozen=True)
class Entry:
    """What the lexicon says of a phrase; the flags are those of its section of the face."""

    kind: Kind
    section: str = ""
    worn: bool = False
    gaze: bool = False
    subject: Subject | None = None


class FaceSection(Value):
    """One kind of thing in the facial area; the head of the file explains the lists."""

    things: Phrases = ()
    states: Phrases = ()
    looks: Phrases = ()
    worn: bool = False
    gaze: bool = False
    say: Says = ()


class FaceSections(Value):
    """What T_id describes."""

    expressions: FaceSection
    eyewear: FaceSection
    make_up: FaceSection
    beards: FaceSection
    piercings: FaceSection
    face_paint: FaceSection
    masks: FaceSection
    gaze: FaceSection
    skin: FaceSection
    features: FaceSection


class Views(Value):
    """From where the face is seen: in T_c and in T_id."""

    words: Phrases
    say: Says = ()


class Styles(Value):
    """How the picture is made: in T_c and in T_id."""

    names: Phrases
    media: Phrases
    after: Phrases
    say: Says = ()


class SceneLexicon(Value):
    """What stays in T_c though it looks otherwise."""

    stays: Phrases
    others: Phrases
    places: Phrases
    plain: Phrases


class Subjects(Value):
    """Nouns for the person."""

    man: Phrases
    woman: Phrases
    person: Phrases
    kin_man: Phrases
    kin_woman: Phrases
    kin: Phrases


class Grammar(Value):
    """The little English that the rules need."""

    articles: Phrases
    determiners: Phrases
    connectors: Phrases
    carrying: Phrases
    prepositions: Phrases
    touching: Phrases
    aiming: Phrases
    pronouns: Phrases
    seeming: Phrases
    verbs: Phrases
    adverbs: Phrases
    measures: Phrases
    countenance: Phrases
    camera: Phrases
    lights: Phrases
    describing: Phrases


class Lexicon(Value):
    """The whole file."""

    version: Literal[1]
    face: FaceSections
    views: Views
    styles: Styles
    scene: SceneLexicon
    subjects: Subjects
    grammar: Grammar

    def entries(self) -> Iterator[tuple[Phrase, Entry]]:
        """Every phrase with what it does."""
        for name in FaceSections.model_fields:
            section: FaceSection = getattr(self.face, name)
            for kind, phrases in (
                (Kind.THING, section.things),
                (Kind.STATE, section.states),
                (Kind.LOOK, section.looks),
            ):
                yield from ((phrase, Entry(kind, name, section.worn, section.gaze)) for phrase in phrases)
            yield from ((f"{look} looking", Entry(Kind.LOOK, name)) for look in section.looks)
        for subject, phrases in (
            (Subject.MAN, self.subjects.man),
            (Subject.WOMAN, self.subjects.woman),
            (None, self.subjects.person),
        ):
            yield from ((phrase, Entry(Kind.PERSON, subject=subject)) for phrase in phrases)
        for subject, phrases in (
            (Subject.MAN, self.subjects.kin_man),
            (Subject.WOMAN, self.subjects.kin_woman),
            (None, self.subjects.kin),
        ):
            yield from ((phrase, Entry(Kind.OTHER, KIN, subject=subject)) for phrase in phrases)
        styles, scene, grammar = self.styles, self.scene, self.grammar
        for kind, phrases in (
            (Kind.VIEW, self.views.words),
            (Kind.STYLE, styles.names),
            (Kind.MEDIUM, styles.media),
            (Kind.STYLE_AFTER, styles.after),
            (Kind.WORD, scene.stays + scene.plain),
            (Kind.OTHER, scene.others),
            (Kind.PLACE, scene.places),
            (Kind.ARTICLE, grammar.articles),
            (Kind.DETERMINER, grammar.determiners),
            (Kind.CONNECTOR, grammar.connectors),
            (Kind.CARRY, grammar.carrying),
            (Kind.PREPOSITION, grammar.prepositions),
            (Kind.PRONOUN, grammar.pronouns),
            (Kind.SEEM, grammar.seeming),
            (Kind.VERB, grammar.verbs),
            (Kind.ADVERB, grammar.adverbs),
            (Kind.MEASURE, grammar.measures),
            (Kind.COUNTENANCE, grammar.countenance),
            (Kind.CAMERA, grammar.camera),
            (Kind.DESCRIBING, grammar.describing),
        ):
            yield from ((phrase, Entry(kind)) for phrase in phrases)

    @model_validator(mode="after")
    def _each_phrase_once(self) -> Lexicon:
        seen: set[str] = set()
        for phrase, _ in self.entries():
            if phrase in seen:
                raise ValueError(f'"{phrase}" is in two lists')
            if words_of(phrase) != tuple(phrase.split()):
                raise ValueError(
                    f'"{phrase}" would never be found: prompts are compared as "{" ".join(words_of(phrase))}"'
                )
            seen.add(phrase)
        return self


def is_emoji(letter: str) -> bool:
    """Whether a sign is a little picture, or changes how one is drawn; none of them is part of a word."""
    return unicodedata.category(letter) == "So" or "\U0001f3fb" <= letter <= "\U0001f3ff" or letter in "\u200d\ufe0f"


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared: without case, hyphens, outer marks, emoji and a weight (":1.2")."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    plain = re.sub(r":[\d.]+$", "", plain)
    plain = "".join(" " if is_emoji(letter) else letter for letter in plain)
    parts = re.split(r"[\s\-\N{HYPHEN}\N{NON-BREAKING HYPHEN}]+", plain)
    return tuple(word for part in parts if (word := part.strip("\"'.,:;*_~`\u201c\u201d\u2018<>")))


def read_lexicon(path: Path) -> Lexicon:
    """Read and check a lexicon.

    Raises:
        pydantic.ValidationError: an unknown key, a missing list, a phrase twice.
    """
    return Lexicon.model_validate(tomllib.loads(path.read_text("utf-8")))


@cache
def lexicon() -> Lexicon:
    """The lexicon that ships with the program."""
    return read_lexicon(resource("lexicon.toml"))


@cache
def phrase_index() -> dict[str, tuple[tuple[tuple[str, ...], Entry], ...]]:
    """The phrases of ``lexicon()`` by their first word, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
    for phrase, entry in lexicon().entries():
        words = tuple(phrase.split())
        found.setdefault(words[0], []).append((words, entry))
    return {first: tuple(sorted(same, key=lambda item: -len(item[0]))) for first, same in found.items()}
