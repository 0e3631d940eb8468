"""Cuts a prompt into units (words, phrases of the lexicon, marks) and these into pieces, the grain of the splitter."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from facea_desktop.domain.german_prompts import longest
from facea_desktop.domain.lexicon import KIN, Entry, Kind, is_emoji, phrase_index, words_of

_BREAKS = r",;!?|()\[\]{}\u2013\u2014\u3001\u3002\uff0c"
_TOKENS = re.compile(
    rf"""(?P<quotation>"[^"\n]{{1,200}}"|\u201c[^\u201c\u201d\n]{{1,200}}\u201d)
       | (?P<mark>[{_BREAKS}]|[.:\u2026]+(?=[\s{_BREAKS}]|$)|\n|(?<=\s)-+(?=\s))
       | (?P<word>(?:[^\s{_BREAKS}.:\u2026]|[.:\u2026]+(?![\s{_BREAKS}.:\u2026]|$))+|[^\s])""",
    re.VERBOSE,
)
_OPENING, _CLOSING, _FREE = "([{", ")]}", "-\u2013\u2014|"
_ADJECTIVES = {Kind.DESCRIBING, Kind.LOOK, Kind.STATE, Kind.ADVERB, Kind.ARTICLE, Kind.DETERMINER}
_BEFORE_A_STATE = {Kind.ADVERB, Kind.PRONOUN, Kind.SEEM, Kind.DETERMINER}
_NOUN_PHRASE = {
    *(Kind.WORD, Kind.THING, Kind.PERSON, Kind.OTHER, Kind.PLACE, Kind.MEDIUM, Kind.STYLE, Kind.COUNTENANCE),
    *(Kind.LOOK, Kind.DESCRIBING),
}
_BEFORE_KIN = {Kind.DESCRIBING, Kind.LOOK, Kind.STATE, Kind.ADVERB}
_OPENERS = {Kind.CARRY, Kind.PREPOSITION, Kind.VERB}


@dataclass(frozen=True)
class Unit:
    """A word, a phrase of the lexicon, a quotation or a punctuation mark."""

    text: str
    words: tuple[str, ...]
    entry: Entry

    @property
    def kind(self) -> Kind:
        """What it does."""
        return self.entry.kind

    @property
    def glue(self) -> bool:
        """Whether it stands between phrases."""
        return self.kind in (Kind.MARK, Kind.CONNECTOR)


@dataclass
class Piece:
    """A phrase: the words that open it ("wearing", "in front of") and what follows them.

    Attributes:
        before: marks and connectors between this piece and the one before.
        opening: prepositions or verbs; empty for a bare phrase.
        body: the rest.
        shared: the opening of an earlier piece that this one stands under too ("wearing glasses and | a coat").
    """

    before: list[Unit]
    opening: list[Unit] = field(default_factory=list)
    body: list[Unit] = field(default_factory=list)
    shared: list[Unit] = field(default_factory=list)

    @property
    def units(self) -> list[Unit]:
        """The piece as T has it."""
        return self.opening + self.body

    @property
    def after_mark(self) -> bool:
        """Whether punctuation stands before it."""
        return any(unit.kind is Kind.MARK for unit in self.before)

    @property
    def after_connector(self) -> bool:
        """Whether "and" or "or" stands before it."""
        return any(unit.kind is Kind.CONNECTOR for unit in self.before)

    @property
    def head(self) -> Kind | None:
        """What the last word does, which tells what an English noun phrase is about."""
        return self.body[-1].kind if self.body else None

    @property
    def opened_by(self) -> Unit | None:
        """The word that says how the body hangs on the person."""
        opening = self.opening or self.shared
        return opening[-1] if opening else None

    def opened(self, *words: str) -> bool:
        """Whether the piece itself opens with exactly one of these prepositions."""
        return len(self.opening) == 1 and self.opening[0].words in {tuple(word.split()) for word in words}


def units_of(text: str, *, german: bool = False) -> list[Unit]:
    """The units of a text, the longest phrase of the lexicon first; ``words`` are English where it is German.

    Whose portrait it is ("my wife") is a person, other kin ("with his wife") are others.
    """
    tokens = [(match.group(), str(match.lastgroup)) for match in _TOKENS.finditer(text)]
    spelled = [words_of(token) if group == "word" else () for token, group in tokens]
    units: list[Unit] = []
    at = 0
    while at < len(tokens):
        token, group = tokens[at]
        if group == "mark" or all(map(is_emoji, token)):
            # A line break separates like a comma, unless the line ends in a mark of its own.
            line_ends = token == "\n"  # noqa: S105
            if not (line_ends and (not units or units[-1].kind is Kind.MARK)):
                units.append(Unit("," if line_ends else token, (), Entry(Kind.MARK)))
            at += 1
            continue
        words: tuple[str, ...]
        if group != "word":
            count, entry, words = 1, Entry(Kind.WORD), ()
        elif german:
            count, entry, words = _longest_german(spelled, at)
            if words == ("the",) and units and units[-1].kind is Kind.MARK:  # "eine Frau, die lächelt"
                entry = Entry(Kind.PRONOUN)
        else:
            count, entry = _longest_phrase(spelled, at)
            words = tuple(word for same in spelled[at : at + count] for word in same)
        units.append(Unit(" ".join(token for token, _ in tokens[at : at + count]), words, entry))
        at += count
    return _with_mine(units)


def _longest_german(spelled: list[tuple[str, ...]], at: int) -> tuple[int, Entry, tuple[str, ...]]:
    """As ``_longest_phrase``, with the English words."""
    found = longest(spelled[at:])
    if found is not None:
        return found
    count, entry = _longest_phrase(spelled, at)  # "Mascara", "Van Gogh", "cyberpunk"
    return count, entry, tuple(word for same in spelled[at : at + count] for word in same)


def _with_mine(units: list[Unit]) -> list[Unit]:
    """The kin that is the person portrayed (``is_portrayed``) as a PERSON."""
    words, entries = [unit.words for unit in units], [unit.entry for unit in units]
    return [
        replace(unit, entry=replace(unit.entry, kind=Kind.PERSON))
        if unit.entry.section == KIN and is_portrayed(at, words, entries)
        else unit
        for at, unit in enumerate(units)
    ]


def is_portrayed(at: int, words: Sequence[tuple[str, ...]], entries: Sequence[Entry]) -> bool:
    """Whether kin is the person portrayed: "a photo of my wife", "a kind old grandmother", but not "with my wife"."""
    whose = _before(at, entries, _BEFORE_KIN)
    if whose < 0 or entries[whose].kind is Kind.MARK:
        return True
    if words[whose] not in (("my",), ("our",)):
        whose = _before(at, entries, {*_BEFORE_KIN, Kind.WORD, Kind.CONNECTOR})
        if whose < 0 or words[whose] not in (("a",), ("an",)):
            return False
    beside = whose > 0 and entries[whose - 1].kind in (Kind.CARRY, Kind.PREPOSITION, Kind.CONNECTOR)
    return not beside or words[whose - 1] == ("of",)


def _before(at: int, entries: Sequence[Entry], kinds: set[Kind]) -> int:
    """The last place before ``at`` that is of none of the kinds; -1 where there is none."""
    at -= 1
    while at >= 0 and entries[at].kind in kinds:
        at -= 1
    return at


def _longest_phrase(spelled: list[tuple[str, ...]], at: int) -> tuple[int, Entry]:
    """How many tokens from ``at`` on the longest phrase takes, and its entry; a phrase never ends inside a token."""
    if not spelled[at]:
        return 1, Entry(Kind.WORD)
    for phrase, entry in phrase_index().get(spelled[at][0], ()):
        words, count = spelled[at], 1
        while len(words) < len(phrase) and at + count < len(spelled) and spelled[at + count]:
            words += spelled[at + count]
            count += 1
        if words == phrase:
            return count, entry
    return 1, _unlisted(spelled[at])


def _unlisted(words: tuple[str, ...]) -> Entry:
    word = words[0]
    if len(words) > 1:
        return Entry(Kind.WORD)
    if word.endswith("'s"):
        owner = next((entry for phrase, entry in phrase_index().get(word[:-2], ()) if len(phrase) == 1), None)
        if owner and owner.kind in (Kind.OTHER, Kind.PERSON):
            return Entry(Kind.OTHER) if owner.kind is Kind.OTHER else Entry(Kind.WORD, subject=owner.subject)
    if len(word) > 4 and word.endswith("ing"):
        return Entry(Kind.VERB)
    return Entry(Kind.ADVERB if len(word) > 4 and word.endswith("ly") else Kind.WORD)


def pieces_of(units: list[Unit]) -> list[Piece]:
    """Cut units into pieces; a last piece without units holds what stands after all others."""
    pieces: list[Piece] = []
    current: Piece | None = None
    before: list[Unit] = []
    for unit, following in zip(units, [*units[1:], None]):
        if unit.glue:
            if current and following and _joins(current, unit, following):
                current.body.append(unit)
            else:
                before.append(unit)
                current = None
            continue
        if unit.kind is Kind.VERB and current and _is_participle(current):
            unit = replace(unit, entry=Entry(Kind.WORD))
        if unit.kind is Kind.STATE and current and _is_plural(current, unit):
            unit = replace(unit, entry=replace(unit.entry, kind=Kind.THING))
        if current is None or _starts(current, unit, following):
            current = Piece(before)
            before = []
            pieces.append(current)
        elif unit.kind in _OPENERS and current.body:
            # "she is | wearing": what can only stand before a verb opens the piece with it.
            current.opening += current.body
            current.body = []
        (current.opening if unit.kind in _OPENERS and not current.body else current.body).append(unit)
    if before:
        pieces.append(Piece(before))
    _share_openings(pieces)
    return pieces


def _is_participle(current: Piece) -> bool:
    """Whether an -ing word here describes the noun after it: "a boxing ring", "with melting candles"."""
    if current.body:
        return current.body[-1].kind in (Kind.ARTICLE, Kind.DETERMINER, Kind.DESCRIBING)
    return bool(current.opening)


def _is_plural(current: Piece, unit: Unit) -> bool:
    """Whether what looks like a verb is a noun: "big | smiles", "with | smiles"."""
    described = current.body[-1].kind is Kind.DESCRIBING if current.body else current.opening[-1].kind is Kind.CARRY
    return described and len(unit.words) == 1 and unit.words[0].endswith("s")


def _starts(current: Piece, unit: Unit, following: Unit | None) -> bool:
    """Whether ``unit`` begins a new piece."""
    body = current.body
    if body and body[0].kind is Kind.STYLE_AFTER:
        return False
    if current.head is Kind.PERSON:
        return True
    if not body:
        return current.opening[-1].kind is Kind.VERB and unit.kind in _OPENERS
    before_a_state = all(each.kind in _BEFORE_A_STATE for each in body)
    if unit.kind is Kind.STYLE_AFTER:
        return True
    if unit.kind is Kind.ARTICLE and body[-1].kind is Kind.THING:
        return True  # "with green eyes | a small nose"
    if unit.kind is Kind.WORD and body[-1].kind is Kind.THING and following is not None:
        return following.kind in (Kind.ARTICLE, Kind.DETERMINER)  # "with a beard | reads a book"
    if unit.kind is Kind.SEEM and body[-1].kind is Kind.THING and not unit.words[-1].endswith("ing"):
        # "with a beard | is reading", but "whose beard is long"
        return bool(current.opening) and current.opening[-1].kind is Kind.CARRY and not current.opened("whose")
    if unit.words == ("no",):
        return body[-1].kind in _NOUN_PHRASE - _ADJECTIVES  # "an old man in a coat | no glasses"
    if unit.kind in _OPENERS:
        return not before_a_state or body[-1].words[-1:] == ("looking",)
    if unit.kind is Kind.VIEW:
        return not all(each.kind in _ADJECTIVES for each in body)
    if unit.kind is Kind.STATE or (unit.kind is Kind.SEEM and unit.words[-1].endswith("ing")):
        describes = body[-1].glue or body[-1].kind in (Kind.ARTICLE, Kind.DETERMINER, Kind.LOOK, Kind.STATE)
        # "looking sad" goes on with a look; "a smiling sad man" is told by the article.
        nouns = _NOUN_PHRASE - {Kind.LOOK} if unit.kind is Kind.SEEM else _NOUN_PHRASE
        return not (describes or before_a_state or (following is not None and following.kind in nouns))
    return False


def _joins(current: Piece, glue: Unit, following: Unit) -> bool:
    """Whether a comma or "and" stands between adjectives of one phrase: "a happy, bearded man", "red and gold mask"."""
    body = current.body
    if not body or body[-1].kind in (Kind.ARTICLE, Kind.DETERMINER):
        return False
    if {Kind.THING, Kind.SEEM}.issubset(unit.kind for unit in body):  # "her lips are red | and | full"
        told = (Kind.DESCRIBING, Kind.LOOK)
        return glue.kind is Kind.CONNECTOR and body[-1].kind in told and following.kind in told
    if not all(unit.kind in _ADJECTIVES or unit.glue for unit in body):
        return False
    article = body[0].kind is Kind.ARTICLE
    if glue.kind is Kind.CONNECTOR:
        if following.kind is Kind.DESCRIBING:
            return article or bool(current.opening) or body[-1].kind is Kind.DESCRIBING
        return following.kind in (Kind.LOOK, Kind.STATE) and (article or body[-1].kind in (Kind.LOOK, Kind.STATE))
    if glue.text != ",":
        return False
    if following.kind is Kind.DESCRIBING:
        return article or (current.opened_by is not None and current.opened_by.kind is Kind.CARRY)
    return article and following.kind in (Kind.LOOK, Kind.STATE, Kind.PERSON)


def _share_openings(pieces: list[Piece]) -> None:
    """Give a bare phrase after "and" the opening that it stands under: the nearest one that carries, else the last."""
    carrier: list[Unit] = []
    for previous, piece in itertools.pairwise(pieces):
        if previous.after_mark or previous.head is Kind.PERSON:
            carrier = []
        opening = previous.opening or previous.shared
        if (
            opening
            and previous.head is not Kind.PERSON
            and (opening[-1].kind is not Kind.PREPOSITION or previous.opened("in"))
        ):
            carrier = opening
        bare = piece.after_connector and not piece.after_mark and not piece.opening
        if bare and previous.head is not Kind.PERSON and piece.head not in (Kind.STATE, Kind.LOOK, Kind.VIEW):
            piece.shared = carrier or opening


def written(units: Iterable[Unit]) -> str:
    """Units as text: one space between words, marks as they are set."""
    text = ""
    tight = True
    for unit in units:
        if (
            unit.kind is Kind.MARK
            and unit.text not in _FREE
            and unit.text not in _OPENING
            and not unit.text.startswith("-")
            and not is_emoji(unit.text[0])
        ):
            text += unit.text
        else:
            text += unit.text if tight else f" {unit.text}"
        tight = unit.kind is Kind.MARK and unit.text in _OPENING
    return text


def with_article(units: list[Unit], followed_by: Unit) -> list[Unit]:
    """ "a" or "an" as the next word wants it, where that is no longer ``followed_by``."""
    article = units[0].text
    if units[1] is followed_by or article.casefold() not in ("a", "an"):
        return units
    letters = article[0] + ("n" if units[1].text[:1].casefold() in "aeiou" else "")
    return [Unit(letters, (letters.casefold(),), Entry(Kind.ARTICLE)), *units[1:]]


def merged_marks(marks: list[Unit], at_start: bool, at_end: bool) -> list[Unit]:
    """The marks that remain where the words between them went: brackets cancel, a full stop outweighs a comma."""
    opening: list[Unit] = []
    closing: list[Unit] = []
    others: list[Unit] = []
    for mark in marks:
        if mark.text in _OPENING:
            opening.append(mark)
        elif mark.text not in _CLOSING:
            others.append(mark)
        elif opening:
            opening.pop()
        else:
            closing.append(mark)
    ends = [mark for mark in others if mark.text[0] in ".!?\u2026\u3002"]
    if at_start:
        return opening
    if at_end:
        return closing + ends[:1]
    return closing + (ends or others)[:1] + opening
