"""How other programs write weights into prompts: "(smiling:1.3)", "((smiling))", "[hat]", BREAK, "<lora:name:0.8>".

What is there for those programs alone says nothing here: "/imagine", "--ar 2:3 --style raw", "blue_eyes".
What only they understand says nothing here: "/imagine", "--ar 2:3 --style raw", the "_" of "blue_eyes".
takes turns, "[hat:cap:0.5]" and "[hat|cap]", one stays.

Brackets raise or lower what the models make of words, by a tenth each or by the number that is given, as in
AUTOMATIC1111's web UI. The splitter and the readers of scene words get the text without them (``read_emphasis``); the
weights are put back onto the parts that go to the text encoders (``emphasised``), which multiply by them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from facea_desktop.domain.german_prompts import longest
from facea_desktop.domain.lexicon import Kind, phrase_index, words_of

_STEP = 1.1
_CURLY_STEP = 1.05
_LEAST, _MOST = 0.1, 2.0
_TAG = re.compile(r"<[a-z]+:[^<>\n]{1,200}>", re.IGNORECASE)
_COMMAND = re.compile(
    r"""\A\s*/imagine\b(?:\s+prompt:)?
      | ::(?:-?\d+(?:\.\d+)?(?!\S))?
      | (?<!\S)(?:--(?!no\b)[a-z]+|[\u2013\u2014](?:ar|q|s|stylize|style|test|uplight|upbeta|beta|v)\b)
        (?:\s+(?:raw|[\d.:]+)(?!\S))?""",
    re.IGNORECASE | re.VERBOSE,
)
"""Midjourney's."""
_UNWANTED = re.compile(r"(?<!\S)--no\s+(?P<what>(?:(?!\s--)[^\n])+)", re.IGNORECASE)
_PARAMETERS = re.compile(r"(?<![^\s,.;])(?:negative prompt:|steps: \d+,\s).*", re.IGNORECASE | re.DOTALL)
"""AUTOMATIC1111's, which follow a prompt that is copied from there."""
_TURNS = re.compile(
    r"""\[(?P<first>[^\[\]()|:\n]*):(?P<then>[^\[\]()|:\n]*):\s*[\d.]+\s*\]
      | \[(?P<one>[^\[\]()|\n]+)(?:\|[^\[\]()|\n]*)+\]""",
    re.VERBOSE,
)
_COLONS = re.compile(r":(?:\s*:)+")
"""Left side by side by what stood between them: together they would be a weight of Midjourney's."""
_BREAK = re.compile(r"\bBREAK\b")
_WEIGHT = re.compile(r":\s*(\d{1,3}(?:\.\d{0,6})?|\.\d{1,6})\s*$")
_WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
_PLUS = re.compile(r"(?<=[^\W\d_]{3})\+(?=[^\W\d_]{3})")
_JOINED = re.compile(r"(?<=[^\W_])_(?=[^\W_])")
_CLOSED_BY = {"(": ")", "[": "]", "{": "}"}
_MARKS = ",;.:!?|"
_GOES_ON = {
    *(Kind.ARTICLE, Kind.DETERMINER, Kind.CARRY, Kind.PREPOSITION, Kind.CONNECTOR, Kind.ADVERB, Kind.DESCRIBING),
    *(Kind.SEEM, Kind.MEASURE, Kind.PRONOUN),
}
"""After these words a bracket goes on with the phrase; after others it begins one: "a woman (red lipstick)"."""
_NOUNS = {Kind.THING, Kind.PLACE}
"""A bracket that ends in one of these is a phrase of its own: "(long hair:1.2) blue eyes"."""
_SMALL = {Kind.ARTICLE, Kind.DETERMINER, Kind.CONNECTOR, Kind.PREPOSITION, Kind.CARRY}


@dataclass(frozen=True)
class Emphasis:
    """A text and what its brackets say.

    Attributes:
        plain: the text without them, letter for letter where it was, but for "--no" and for words that take turns.
        weights: begin, end and weight of what is weighted, in order, none within another.
        ignored: what only other programs understand, as typed.
    """

    plain: str
    weights: tuple[tuple[int, int, float], ...] = ()
    ignored: tuple[str, ...] = ()


@lru_cache(maxsize=256)
def read_emphasis(text: str) -> Emphasis:
    """Read the brackets of a prompt; those that do not close weigh nothing."""
    text = _TURNS.sub(lambda turns: turns["then"] or turns["first"] or turns["one"] or "", text)
    text = _UNWANTED.sub(lambda match: _negated(match["what"]), text)
    letters = list(text)
    for_others = [*_TAG.finditer(text), *_PARAMETERS.finditer(text)]
    ignored = [match.group().strip() for match in for_others]
    for match in sorted([*for_others, *_COMMAND.finditer(text)], key=re.Match.start):
        apart = _begins_a_phrase(letters, match.start()) and _another_phrase_follows(text, match.end())
        letters[match.start() : match.end()] = ("," if apart else " ").ljust(len(match.group()))
        before = "".join(letters[: match.start()]).rstrip()
        if before.endswith(",") and not text[match.end() :].lstrip(" ,"):
            letters[len(before) - 1] = " "
    text = "".join(letters)
    for match in _JOINED.finditer(text):
        letters[match.start()] = " "
    for match in _PLUS.finditer(text):
        letters[match.start()] = ","
    for match in _BREAK.finditer(text):
        letters[match.start() : match.end()] = ",    " if _word_before(letters, match.start()) else "     "
    changes = [0.0] * (len(text) + 1)  # of the weight's logarithm
    open_brackets: list[tuple[int, bool]] = []
    at = 0
    while at < len(text):
        sign = text[at]
        if sign == "\\" and text[at + 1 : at + 2] in tuple("()[]{}"):
            letters[at : at + 2] = "  "
            at += 1
        elif sign in _CLOSED_BY:
            apart = _begins_a_phrase(letters, at)
            letters[at] = "," if apart else " "
            open_brackets.append((at, apart))
        elif sign in _CLOSED_BY.values():
            letters[at] = " "
            if open_brackets and _CLOSED_BY[text[open_brackets[-1][0]]] == sign:
                begin, apart = open_brackets.pop()
                _close(text, letters, changes, begin, at)
                ends = apart or _an_article_follows(text, at + 1) or _kind(_word_before(letters, at)) in _NOUNS
                if ends and _another_phrase_follows(text, at + 1):
                    letters[at] = ","
        at += 1
    plain = _COLONS.sub(lambda match: " " * len(match.group()), "".join(letters))
    return Emphasis(plain, tuple(run for run in _runs(changes) if plain[run[0] : run[1]].strip()), tuple(ignored))


def _negated(what: str) -> str:
    """ "hat, beard" as "no hat, no beard"."""
    return ", " + ", ".join(f"no {thing.strip()}" for thing in what.split(",") if thing.strip())


def emphasised(part: str, prompt: str, said: Callable[[str], str] = str) -> str:
    """A part of a prompt with the prompt's weights about the words that they belong to: "a man, (smiling:1.3)".

    Args:
        said: what the part calls a phrase of the prompt.
    """
    emphasis = read_emphasis(prompt)
    spans: list[tuple[int, int, float]] = []
    words = [(match.group().casefold(), match.start(), match.end()) for match in _WORD.finditer(part)]
    for begin, end, weight in emphasis.weights:
        wanted = [match.group().casefold() for match in _WORD.finditer(said(emphasis.plain[begin:end]))]
        for first, last in _found(wanted, [word for word, _, _ in words]):
            spans.append((words[first][1], words[last][2], weight))
    made, at = "", 0
    for begin, end, weight in sorted(spans):
        if begin >= at:
            made += f"{part[at:begin]}({part[begin:end]}:{weight:.3g})"
            at = end
    return made + part[at:]


def _close(text: str, letters: list[str], changes: list[float], begin: int, end: int) -> None:
    """Count a bracket's weight, and blank the number that says it."""
    number = _WEIGHT.search(text, begin + 1, end)
    steps = {"(": _STEP, "[": 1 / _STEP, "{": _CURLY_STEP}
    weight, inner = steps[text[begin]], end
    if number:
        inner = number.start()
        letters[inner:end] = " " * (end - inner)
        if text[begin] == "(":
            weight = min(max(float(number[1]), _LEAST), _MOST)
    changes[begin + 1] += math.log(weight)
    changes[inner] -= math.log(weight)


def _runs(changes: list[float]) -> Iterator[tuple[int, int, float]]:
    total, begin = 0.0, 0
    for at, change in enumerate(changes):
        if change and at > begin and abs(total) > 1e-6:
            yield begin, at, min(max(math.exp(total), _LEAST), _MOST)
        if change:
            total, begin = total + change, at


def _word_before(letters: list[str], at: int) -> str:
    """The word that ends before ``at``, empty where a mark or nothing stands there."""
    before = "".join(letters[max(0, at - 60) : at]).rstrip()
    words = _WORD.findall(before)
    return words[-1] if words and before.endswith(words[-1]) else ""


def _begins_a_phrase(letters: list[str], at: int) -> bool:
    before = _word_before(letters, at)
    return bool(before) and _kind(before) not in _GOES_ON


def _another_phrase_follows(text: str, at: int) -> bool:
    """Whether what comes next has to be kept apart: not from a mark, nor from the noun that the bracket describes."""
    following = text[at:].lstrip(" \t()[]{}")
    word = _WORD.match(following)
    return word is not None and _kind(word.group()) not in (Kind.PERSON, Kind.PREPOSITION, Kind.CONNECTOR)


def _an_article_follows(text: str, at: int) -> bool:
    """Whether a noun phrase begins there, which no adjectives stand before: "(golden hour) | a man"."""
    word = _WORD.match(text[at:].lstrip(" \t()[]{}"))
    return word is not None and _kind(word.group()) is Kind.ARTICLE


def _kind(word: str) -> Kind:
    words = words_of(word)
    found = phrase_index().get(words[0], ()) if words else ()
    german = longest([words])
    either = [entry.kind for phrase, entry in found if phrase == words] + ([german[1].kind] if german else [])
    return either[0] if either else Kind.WORD


def _found(wanted: list[str], words: list[str]) -> Iterator[tuple[int, int]]:
    """First and last index of the longest runs of ``wanted`` among ``words``: a phrase may have been divided."""
    at = 0
    while at < len(wanted):
        runs = [(_run(wanted[at:], words[first:]), first) for first, word in enumerate(words) if word == wanted[at]]
        length = max((length for length, _ in runs), default=0)
        if length and not all(_kind(word) in _SMALL for word in wanted[at : at + length]):
            yield from ((first, first + length - 1) for same, first in runs if same == length)
        at += max(length, 1)


def _run(wanted: list[str], words: list[str]) -> int:
    """How many words both begin with."""
    count = 0
    while count < min(len(wanted), len(words)) and wanted[count] == words[count]:
        count += 1
    return count
