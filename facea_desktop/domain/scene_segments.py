"""Cuts a prompt into segments: phrases of ``scene_words.toml`` and ``lexicon.toml``, single words, marks."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TypeVar

from facea_desktop.domain.german_prompts import is_german, longest
from facea_desktop.domain.lexicon import KIN, Entry, Kind, phrase_index, words_of
from facea_desktop.domain.prompt_clauses import is_portrayed
from facea_desktop.domain.scene_vocabulary import Sense, Term, scene_words, term_index

_TOKENS = re.compile(
    r"""(?P<quotation>"[^"\n]{1,200}"|\u201c[^\u201c\u201d\n]{1,200}\u201d)
      | (?P<weight>:\d[\d.]*)
      | (?P<word>3/4|y/o\b|[^\W_]+(?:['\u2019][^\W_]+)*)
      | (?P<plus>[&+])
      | (?P<mark>[^\s\w\-\u2010\u2011'\u2019\u201c\u201d"]|(?<=\s)-+(?=\s)|\n)""",
    re.VERBOSE,
)
_NEGATIONS = {
    *("no", "not", "without", "never", "nor", "neither", "isn't", "aren't", "wasn't", "doesn't", "don't", "hasn't"),
    *("minus", "lacking"),
}
_GRAMMAR = {
    *(Kind.ARTICLE, Kind.DETERMINER, Kind.CONNECTOR, Kind.CARRY, Kind.PREPOSITION, Kind.PRONOUN, Kind.SEEM),
    *(Kind.ADVERB, Kind.MEASURE, Kind.MARK),
}
_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TENS = ("ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_DECADES = ("tens", "twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")
_SMALL = {
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_DETERMINERS = {"the", "his", "her", "their", "my", "your", "early", "mid", "late", "middle"}
T = TypeVar("T")
_PART_OF_DECADE = {"early": 2, "mid": 5, "middle": 5, "late": 8}


class Match(Enum):
    """How far a segment is understood."""

    NOTHING = auto()
    """Grammar, or a mark."""
    EXACTLY = auto()
    ROUGHLY = auto()
    UNKNOWN = auto()


@dataclass
class Segment:
    """A phrase, a word or a mark of the text.

    Attributes:
        start, end: where it stands in the text.
        term: what scene_words.toml says of it.
        entry: what lexicon.toml says of it.
        match: filled in as the text is read; None as long as nothing was found out.
    """

    words: tuple[str, ...]
    start: int
    end: int
    term: Term
    entry: Entry
    match: Match | None = None

    @property
    def kind(self) -> Kind:
        """What it does in English."""
        return self.entry.kind

    @property
    def mark(self) -> bool:
        """Whether it is punctuation."""
        return self.kind is Kind.MARK

    @property
    def denies(self) -> bool:
        """ "no", "without", and what begins with it: "no glasses"."""
        return self.words[0] in _NEGATIONS

    @property
    def grammar(self) -> bool:
        """Whether it is a small word or a mark, which asks for nothing."""
        return self.kind in _GRAMMAR or self.term.grammar or self.denies


@dataclass
class Asking:
    """Something that is asked for.

    Attributes:
        segments: the words that say so, in order.
        noun: the segment that names it, if one does: "sunglasses", the "hair" of "long hair".
        denied: "without", "no", "not": the senses are what that leaves.
    """

    segments: list[int]
    senses: list[Sense]
    noun: int | None = None
    denied: bool = False


@dataclass(frozen=True)
class _Token:
    word: str
    start: int
    end: int
    group: str


def segments_of(text: str) -> list[Segment]:
    """The segments of a text, the longest phrase of either file first."""
    tokens = [token for match in _TOKENS.finditer(text) if (token := _token(match)) is not None]
    if is_german(text):
        tokens = _in_english(tokens)
    segments: list[Segment] = []
    at = 0
    while at < len(tokens):
        count, segment = _segment(tokens, at)
        segments.append(segment)
        at += count
    return _with_kin(segments)


def _with_kin(segments: list[Segment]) -> list[Segment]:
    """Kin as people: who is portrayed says so ("my grandmother"), others say nothing ("with her grandmother")."""
    words, entries = [segment.words for segment in segments], [segment.entry for segment in segments]
    for at, segment in enumerate(segments):
        if segment.entry.section == KIN and not segment.term.minor:
            if is_portrayed(at, words, entries):
                segment.entry = Entry(Kind.PERSON, subject=segment.entry.subject)
            else:
                segment.term = Term()
    return segments


def _in_english(tokens: list[_Token]) -> list[_Token]:
    """The English words of German phrases, each where its phrase stands."""
    made: list[_Token] = []
    words = [(token.word,) if token.group == "word" else () for token in tokens]
    at = 0
    while at < len(tokens):
        count, _, english = longest(words[at:]) or (1, None, words[at])
        first, last = tokens[at], tokens[at + count - 1]
        made += [replace(first, word=word, end=last.end) for word in english] or [first]
        at += count
    return made


def _token(match: re.Match[str]) -> _Token | None:
    group = str(match.lastgroup)
    if group == "weight":
        return None
    word = "".join(words_of(match.group())) if group == "word" else match.group()
    return _Token(word, match.start(), match.end(), group)


def _segment(tokens: list[_Token], at: int) -> tuple[int, Segment]:
    first = tokens[at]
    if first.group != "word":
        kind = {"mark": Kind.MARK, "plus": Kind.CONNECTOR}.get(first.group, Kind.WORD)
        return 1, Segment((first.word,), first.start, first.end, Term(), Entry(kind))
    following: list[str] = []
    for token in tokens[at:]:
        if token.group != "word":
            break
        following.append(token.word)
    count, years = _age(following) or _bare_age(tokens, at)
    if count:
        term = Term(minor=True) if years < scene_words().lowest_age else Term(says=[_sense_of_age(years)])
        entry = Entry(Kind.WORD)
    else:
        known, term = _longest(term_index(), following, Term())
        listed, entry = _longest(phrase_index(), following, Entry(Kind.WORD))
        if (
            listed > known > 0 and entry.section and (term.says or term.describes)
        ):  # "dark skinned": here the words of it count
            listed, entry = _longest(phrase_index(), following[:known], Entry(Kind.WORD))
        if not known and not listed and following[0].endswith("'s"):  # "a woman's face"
            known, owner = _longest(term_index(), [following[0][:-2]], Term())
            known, term = (known, owner) if any(sense.group == "subject" for sense in owner.says) else (0, term)
        count = max(known, listed, 1)
        term = term if known == count else Term()
        entry = entry if listed == count else _unlisted(following[0], count)
    last = tokens[at + count - 1]
    words = tuple(following[:count])
    return count, Segment(words, first.start, last.end, term, entry)


def _longest(index: dict[str, tuple[tuple[tuple[str, ...], T], ...]], words: list[str], otherwise: T) -> tuple[int, T]:
    """How many words the longest phrase takes that they begin with, and what is said of it."""
    for phrase, found in index.get(words[0], ()):
        if tuple(words[: len(phrase)]) == phrase:
            return len(phrase), found
    return 0, otherwise


def _unlisted(word: str, count: int) -> Entry:
    """As the prompt splitter takes a word that no list has."""
    if count == 1 and len(word) > 4 and word.endswith("ing"):
        return Entry(Kind.VERB)
    return Entry(Kind.ADVERB if count == 1 and len(word) > 4 and word.endswith("ly") else Kind.WORD)


def _bare_age(tokens: list[_Token], at: int) -> tuple[int, int]:
    """ "a woman, 25, smiling"."""
    before, after = tokens[at - 1 : at] if at else [], tokens[at + 1 : at + 2]
    alone = before and before[0].group == "mark" and all(token.group == "mark" for token in after)
    return (1, int(tokens[at].word)) if alone and re.fullmatch(r"[1-9]\d", tokens[at].word) else (0, 0)


def _age(words: list[str]) -> tuple[int, int] | None:
    """How many words tell an age ("40 year old", "in her late twenties", "aged 35"), and how many years."""
    at = 0
    while at < len(words) and words[at] in {"in", "aged", "age", "about", "around", *_DETERMINERS}:
        at += 1
    opened, before = at > 0, words[:at]
    if at == len(words):
        return None
    decade = _decade(words[at])
    if decade and opened and before[0] in {"in", "early", "mid", "late"}:
        return at + 1, decade + next((_PART_OF_DECADE[word] for word in before if word in _PART_OF_DECADE), 5)
    joined = re.fullmatch(r"(\d{2})y/?o", words[at])
    count, years = (1, int(joined.group(1))) if joined else _number(words[at:])
    if not count:
        return None
    after = words[at + count :]
    if joined or after[:1] == ["something"]:
        return at + count + (not joined), years + 5 * (not joined)
    if after[:1] in (["years"], ["year"], ["yo"], ["y/o"], ["y"], ["yr"], ["yrs"]):
        more = 2 if after[1:2] in (["old"], ["o"]) or after[1:3] == ["of", "age"] else 0
        more = 3 if after[1:3] == ["of", "age"] else more
        if more or after[0] in ("yo", "y/o"):
            return at + count + (more or 1), years
        return None
    if before and before[-1] in {"aged", "age"}:
        return at + count, years
    return None


def _decade(word: str) -> int:
    if word in _DECADES[1:]:
        return 10 * (_DECADES.index(word) + 1)
    found = re.fullmatch(r"([2-9]0)'?s", word)
    return int(found.group(1)) if found else 0


def _number(words: list[str]) -> tuple[int, int]:
    """How many words are a number of years, and which."""
    if re.fullmatch(r"\d{1,3}", words[0]):
        return 1, int(words[0])
    if words[0] in _SMALL:
        return 1, _SMALL[words[0]]
    if words[0] in _UNITS:
        return 1, _UNITS.index(words[0]) + 1
    if words[0] in _TENS:
        tens = 10 * (_TENS.index(words[0]) + 1)
        if words[1:2] and words[1] in _UNITS:
            return 2, tens + _UNITS.index(words[1]) + 1
        return 1, tens
    return 0, 0


def _sense_of_age(years: int) -> Sense:
    ages = [value for value in scene_words().group("age").values if value.lowest_age is not None]
    fitting = [value for value in ages if value.lowest_age is not None and value.lowest_age <= years]
    return Sense("age", fitting[-1].name, roughly=False)
