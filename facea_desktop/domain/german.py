"""German prompts: which they are, and what their words are called in English (``resources/lexicon_de.toml``)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from typing import Literal

from facea_desktop.domain.lexicon import Entry, Kind, phrase_index, words_of
from facea_desktop.domain.people import Value
from facea_desktop.resources import resource

_ENDINGS = ("es", "er", "en", "em", "e")
_BEND = {Kind.DESCRIBING, Kind.LOOK, Kind.STATE}
_BENT_NOUNS = frozenset({"blond", "lockig", "wellig", "glatt", "kahl"})
"""Adjectives that the English lexicon takes for plain words."""


class GermanLexicon(Value):
    """The whole file: German phrases and English ones."""

    version: Literal[1]
    words: dict[str, str]
    plain: dict[str, str]


German = tuple[tuple[str, ...], Entry, tuple[str, ...]]
"""The words of a German phrase, what it does, and its English words."""


@cache
def german_index() -> dict[str, tuple[German, ...]]:
    """The phrases by their first word, the longest first."""
    read = GermanLexicon.model_validate(tomllib.loads(resource("lexicon_de.toml").read_text("utf-8")))
    found: dict[str, list[German]] = {}
    for table in (read.words, read.plain):
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
    found = bent(words[0][0]) if len(words[0]) == 1 else None
    return (1, *found[1:]) if found is not None else None


def bent(word: str) -> German | None:
    """An adjective with its ending, as it stands in the lexicon: "roten" is "rot"."""
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem == word:
            continue
        for phrase, entry, english in german_index().get(stem, ()):
            if len(phrase) == 1 and (entry.kind in _BEND or stem in _BENT_NOUNS):
                return (word,), entry, english
    return None


def _is_known(word: str) -> bool:
    return any(len(phrase) == 1 for phrase, _, _ in german_index().get(word, ())) or bent(word) is not None


def _entry(english: str) -> Entry:
    """What the English phrase does, or its last word."""
    for words in (words_of(english), words_of(english)[-1:]):
        for phrase, entry in phrase_index().get(words[0], ()):
            if phrase == words:
                return entry
    return Entry(Kind.VERB if english.endswith("ing") else Kind.WORD)
