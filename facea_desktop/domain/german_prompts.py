"""German prompts: which they are, and what their words are called in English (``resources/lexicon_de.toml``)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from typing import Literal

from facea_desktop.domain.faces import Subject
from facea_desktop.domain.lexicon import Entry, Kind, phrase_index, words_of
from facea_desktop.domain.people import Value
from facea_desktop.resources import resource

_ENDINGS = ("es", "er", "en", "em", "e")
_BEND = {Kind.DESCRIBING, Kind.LOOK, Kind.STATE, Kind.STYLE}
_HEADS = {Kind.THING, Kind.STYLE}
_SHORTEST_LAST_PART = 4
_WOMAN = re.compile(r"\w{3,}erin")
"""What women are by trade: "Keramikerin"."""


class GermanLexicon(Value):
    """The whole file: German phrases and English ones."""

    version: Literal[1]
    words: dict[str, str]
    plain: dict[str, str]
    adjectives: dict[str, str]


German = tuple[tuple[str, ...], Entry, tuple[str, ...]]
"""The words of a German phrase, what it does, and its English words."""


@cache
def _lexicon() -> GermanLexicon:
    return GermanLexicon.model_validate(tomllib.loads(resource("lexicon_de.toml").read_text("utf-8")))


@cache
def german_index() -> dict[str, tuple[German, ...]]:
    """The phrases by their first word, the longest first."""
    read = _lexicon()
    found: dict[str, list[German]] = {}
    for table in (read.words, read.plain, read.adjectives):
        for german, english in table.items():
            phrase = words_of(german)
            entry = _entry(english) if table is read.words else Entry(Kind.WORD)
            found.setdefault(phrase[0], []).append((phrase, entry, words_of(english)))
    return {first: tuple(sorted(same, key=lambda item: -len(item[0]))) for first, same in found.items()}


def is_german(text: str) -> bool:
    """Whether more of a text's words are German alone than English alone."""
    words = [word for token in re.findall(r"[^\W\d_]+", text) for word in words_of(token)]
    german = sum(_is_known(word) and word not in phrase_index() for word in words)
    english = sum(word in phrase_index() and not _is_known(word) for word in words)
    return german > english


def longest(words: Sequence[tuple[str, ...]]) -> tuple[int, Entry, tuple[str, ...]] | None:
    """How many tokens the longest German phrase takes at the beginning, what it does, and its English words.

    Args:
        words: of each token; a phrase never ends inside one.
    """
    if not words or not words[0]:
        return None
    for phrase, entry, english in german_index().get(words[0][0], ()):
        read, count = words[0], 1
        while len(read) < len(phrase) and count < len(words) and words[count]:
            read += words[count]
            count += 1
        if read == phrase:
            return count, entry, english
    found = (bent(words[0][0]) if len(words[0]) == 1 else None) or _by_last_part(words[0])
    return (1, *found[1:]) if found is not None else None


def bent(word: str) -> German | None:
    """An adjective with its ending, as it stands in the lexicon: "roten" is "rot"."""
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem == word:
            continue
        for phrase, entry, english in german_index().get(stem, ()):
            if len(phrase) == 1 and (entry.kind in _BEND or stem in _lexicon().adjectives):
                return (word,), entry, english
    return None


def _by_last_part(words: tuple[str, ...]) -> German | None:
    """A woman by trade ("Keramikerin"), or a compound as the part of the face or the style it ends in ("Hornbrille").

    What else a compound says is lost in the English, where it is written in one word.
    """
    last = words[-1]
    if _WOMAN.fullmatch(last):
        return words, Entry(Kind.PERSON, subject=Subject.WOMAN), ("female", *words)
    for start in range(len(last) - _SHORTEST_LAST_PART + 1):
        if start == 0 and len(words) == 1:
            continue  # the whole word
        for phrase, entry, english in german_index().get(last[start:], ()):
            if len(phrase) == 1 and entry.kind in _HEADS:
                return words, entry, (*words[:-1], *english)
    return None


def _is_known(word: str) -> bool:
    return any(len(phrase) == 1 for phrase, _, _ in german_index().get(word, ())) or bent(word) is not None


def _entry(english: str) -> Entry:
    """What the English phrase does, or its last word; a portrait in a style is that style."""
    words = words_of(english)
    entry = _listed(words) or _listed(words[-1:])
    if entry is None:
        ending = {"ing": Kind.VERB, "ly": Kind.ADVERB}
        return Entry(next((kind for end, kind in ending.items() if english.endswith(end)), Kind.WORD))
    if entry.kind is Kind.MEDIUM:
        return next((style for end in range(len(words) - 1, 0, -1) if (style := _listed(words[:end]))), entry)
    return entry


def _listed(words: tuple[str, ...]) -> Entry | None:
    return next((entry for phrase, entry in phrase_index().get(words[0], ()) if phrase == words), None)
