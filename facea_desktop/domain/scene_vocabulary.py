"""What the starter family's scenes understand, as data: ``resources/scene_words.toml``, read and checked."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from facea_desktop.domain.lexicon import Phrases, lexicon, words_of
from facea_desktop.domain.people import Value
from facea_desktop.resources import resource

Title = Annotated[str, StringConstraints(min_length=1, max_length=30)]

PEOPLE = "people"
"""In a group's ``before``: all nouns for a person."""


class Backdrop(Value):
    """A background that the generator does not draw: one that it draws, in another colour.

    Attributes:
        shade: the colour, "#rrggbb".
        drawn: the value of the same group that is drawn and then coloured.
    """

    shade: Annotated[str, StringConstraints(pattern="^#[0-9a-f]{6}$")]
    drawn: str


class SceneValue(Value):
    """One value of a group; the head of the file explains the lists.

    Attributes:
        lowest_age: the first year of age that it means, for values of the age.
        backdrop: how a background is made that is not drawn.
    """

    name: str
    spoken: Annotated[str, StringConstraints(min_length=1, max_length=30)] | None = Field(None, alias="say")
    lowest_age: int | None = Field(None, alias="from", ge=18)
    phrases: Phrases = Field(min_length=1)
    roughly: Phrases = ()
    words: Phrases = ()
    nearly: Phrases = ()
    backdrop: Backdrop | None = None

    @property
    def say(self) -> str:
        """What the program itself says for it."""
        return self.spoken or self.phrases[0]


class SceneGroup(Value):
    """Values that exclude each other; the head of the file explains the lists and flags."""

    name: str
    title: Title
    nouns: Phrases = ()
    before: tuple[str, ...] = ()
    beside: Phrases = ()
    without: str | None = None
    alone: bool = False
    thing: bool = False
    picture: bool = False
    values: tuple[SceneValue, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _values_differ(self) -> Self:
        names = [value.name for value in self.values]
        if len(set(names)) < len(names):
            raise ValueError(f"{self.name}: a value appears twice")
        if self.without is not None and self.without not in names:
            raise ValueError(f"{self.name}: there is no value {self.without!r}")
        unknown = {value.backdrop.drawn for value in self.values if value.backdrop is not None} - set(names)
        if unknown:
            raise ValueError(f"{self.name}: there is no value {', '.join(sorted(unknown))} to be coloured")
        for lists in (("phrases", "roughly"), ("words", "nearly")):
            phrases = [phrase for value in self.values for name in lists for phrase in getattr(value, name)]
            twice = {phrase for phrase in phrases if phrases.count(phrase) > 1}
            if twice:
                raise ValueError(f"{self.name}: {', '.join(sorted(twice))} is in two lists")
        return self

    def value(self, name: str) -> SceneValue:
        """The value of that name.

        Raises:
            KeyError: there is none.
        """
        for value in self.values:
            if value.name == name:
                return value
        raise KeyError(name)


class SceneWords(Value):
    """The whole file."""

    version: Literal[1]
    understood: Phrases
    grammar: Phrases
    minors: Phrases
    groups: tuple[SceneGroup, ...]

    @model_validator(mode="after")
    def _can_be_found(self) -> Self:
        for phrase in self._phrases():
            if words_of(phrase) != tuple(phrase.split()):
                raise ValueError(f'"{phrase}" would never be found: prompts are compared as "{words_of(phrase)}"')
        names = {group.name for group in self.groups}
        if len(names) < len(self.groups):
            raise ValueError("a group appears twice")
        unknown = {name for group in self.groups for name in group.before} - names - {PEOPLE}
        if unknown:
            raise ValueError(f"there is no group {', '.join(sorted(unknown))}")
        return self

    def _phrases(self) -> Iterator[str]:
        yield from (*self.understood, *self.grammar, *self.minors)
        for group in self.groups:
            yield from (*group.nouns, *group.beside)
            for value in group.values:
                yield from (*value.phrases, *value.roughly, *value.words, *value.nearly)

    @property
    def lowest_age(self) -> int:
        """The first year of age that a scene can show."""
        return min(value.lowest_age for value in self.group("age").values if value.lowest_age is not None)

    def group(self, name: str) -> SceneGroup:
        """The group of that name.

        Raises:
            KeyError: there is none.
        """
        for group in self.groups:
            if group.name == name:
                return group
        raise KeyError(name)


@dataclass(frozen=True)
class Sense:
    """What a phrase asks for; ``roughly`` where it means more than that, or something near it."""

    group: str
    value: str
    roughly: bool


@dataclass
class Term:
    """All that a phrase of the file can do.

    Attributes:
        says: what it means wherever it stands.
        describes: what it means beside a noun of the group.
        heads: groups whose words describe it.
        beside: groups among whose words it may stand.
    """

    says: list[Sense] = field(default_factory=list)
    describes: list[Sense] = field(default_factory=list)
    heads: set[str] = field(default_factory=set)
    beside: set[str] = field(default_factory=set)
    understood: bool = False
    grammar: bool = False
    minor: bool = False


def read_scene_words(path: Path) -> SceneWords:
    """Read and check a file of scene words.

    Raises:
        pydantic.ValidationError: an unknown key, a missing list, a phrase twice in a group.
    """
    return SceneWords.model_validate(tomllib.loads(path.read_text("utf-8")))


@cache
def scene_words() -> SceneWords:
    """The scene words that ship with the program."""
    return read_scene_words(resource("scene_words.toml"))


@cache
def term_index() -> dict[str, tuple[tuple[tuple[str, ...], Term], ...]]:
    """The phrases of ``scene_words()`` by their first word, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], Term]]] = {}
    for phrase, term in _terms(scene_words()).items():
        words = tuple(phrase.split())
        found.setdefault(words[0], []).append((words, term))
    return {first: tuple(sorted(same, key=lambda item: -len(item[0]))) for first, same in found.items()}


def _terms(words: SceneWords) -> dict[str, Term]:
    terms: dict[str, Term] = {}

    def term(phrase: str) -> Term:
        return terms.setdefault(phrase, Term())

    for phrase in words.understood:
        term(phrase).understood = True
    for phrase in words.grammar:
        term(phrase).grammar = True
    for group in words.groups:
        for noun in group.nouns:
            term(noun).heads.add(group.name)
        for phrase in group.beside:
            term(phrase).beside.add(group.name)
        for value in group.values:
            for phrases, roughly in ((value.phrases, False), (value.roughly, True)):
                for phrase in phrases:
                    if (
                        not roughly and phrase in value.words
                    ):  # the program says it, but it means this beside a noun alone
                        continue
                    _add_phrase(terms, phrase, group, Sense(group.name, value.name, roughly))
            for phrases, roughly in ((value.words, False), (value.nearly, True)):
                for phrase in phrases:
                    _describe(term(phrase), Sense(group.name, value.name, roughly))
    _add_people(terms, words)
    _add_heads(terms, words)
    for phrase in words.minors:
        terms[phrase] = Term(minor=True)
    return terms


def _add_phrase(terms: dict[str, Term], phrase: str, group: SceneGroup, sense: Sense) -> None:
    """A phrase that ends in a noun of its group is the words before it, so that more of them can stand there."""
    noun = next((noun for noun in group.nouns if phrase.endswith(f" {noun}")), None)
    if noun is None or phrase in group.nouns or phrase.startswith(("no ", "without ")):
        terms.setdefault(phrase, Term()).says.append(sense)
    else:
        _describe(terms.setdefault(phrase.removesuffix(f" {noun}"), Term()), sense)


def _describe(term: Term, sense: Sense) -> None:
    other = next((other for other in term.describes if other.group == sense.group), None)
    if other is None:
        term.describes.append(sense)
    elif other.value != sense.value:
        raise ValueError(f"{sense.group}: the same words describe {other.value} and {sense.value}")


def _add_people(terms: dict[str, Term], words: SceneWords) -> None:
    """Nouns of lexicon.toml for a man or a woman that are no phrase here mean more than that."""
    subjects = lexicon().subjects
    men, women = subjects.man + subjects.kin_man, subjects.woman + subjects.kin_woman
    for name, nouns in (("man", men), ("woman", women)):
        for noun in nouns:
            term = terms.setdefault(noun, Term())
            if not term.says:
                term.says.append(Sense("subject", name, roughly=True))


def _add_heads(terms: dict[str, Term], words: SceneWords) -> None:
    for group in words.groups:
        for term in terms.values():
            asks = {sense.group for sense in term.says}
            if asks & set(group.before) or (PEOPLE in group.before and "subject" in asks):
                term.heads.add(group.name)
        if PEOPLE in group.before:
            for noun in lexicon().subjects.person:
                terms.setdefault(noun, Term()).heads.add(group.name)
