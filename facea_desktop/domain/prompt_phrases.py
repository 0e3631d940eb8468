"""Where a prompt speaks of something: the phrases that quick picks find in it, and edit."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from facea_desktop.domain.lexicon import Kind
from facea_desktop.domain.prompt_clauses import Piece, Unit
from facea_desktop.domain.prompt_splitter import Part, pieces_with_parts
from facea_desktop.domain.scene_phrases import askings_of, styles_of
from facea_desktop.domain.scene_segments import Asking, Segment, segments_of

Span = tuple[int, int]
_WEIGHT = re.compile(r":\d[\d.]*$")
_DENIALS = {"no", "not", "without", "never"}
_OPENERS = {Kind.CARRY, Kind.PREPOSITION}
_BEFORE = {Kind.ARTICLE, Kind.DETERMINER, Kind.ADVERB, *_OPENERS}
_ADJECTIVES = {Kind.DESCRIBING, Kind.LOOK, Kind.STATE}
_NOUNS = {Kind.PERSON, Kind.OTHER, Kind.WORD, Kind.THING, Kind.PLACE, Kind.MEDIUM, Kind.COUNTENANCE}


@dataclass(frozen=True)
class Phrase:
    """Words of a text that say one thing.

    Attributes:
        start, end: where they stand, with the words that open them.
        body: where they go on behind those: "with | round glasses".
        own: where those stand that say it: "round glasses", the "red" of "with long, red hair".
        words: the same in lower case, without article.
        noun: what they describe, where they are adjectives: "hair", the "woman" of "a smiling woman"; else empty.
        alone: without them nothing is left to say of the noun, so that the whole phrase can go.
        thing: a noun phrase, and not something that a face does ("smiling").
        denied: it says that there is none.
    """

    start: int
    body: int
    end: int
    own: Span
    words: tuple[str, ...]
    noun: str = ""
    alone: bool = True
    thing: bool = False
    denied: bool = False


def face_phrases(text: str, sections: Collection[str]) -> list[Phrase]:
    """What a text says of some sections of the face in ``lexicon.toml``, in order."""
    found: list[Phrase] = []
    at = 0
    told = False  # whether the piece before is the last of those found
    for piece, part in pieces_with_parts(text):
        spans: list[Span] = []
        for unit in [*piece.before, *piece.units]:
            spans.append(_span_of(unit, text, at))
            at = spans[-1][1]
        spans = spans[len(piece.before) :]
        telling = [unit for unit in piece.body if unit.entry.section in sections]
        if part is Part.ATTACHED:  # "sunglasses | on", "smiling | at the camera"
            if told:
                found[-1] = replace(found[-1], end=at)
            continue
        told = part is Part.FACE and bool(telling) and piece.head in (telling[-1].kind, Kind.COUNTENANCE)
        if told:
            found.append(_whole_piece(piece, spans))
        elif part is Part.FACE or piece.head is Kind.PERSON:
            found += _adjectives(piece, spans, telling)
    return found


def scene_phrases(text: str, group: str) -> list[tuple[str, Phrase]]:
    """What a text asks for of a group of ``scene_words.toml``, in order: the value, and the phrase that says so."""
    segments = segments_of(text)
    return [
        (sense.value, _asked_phrase(text, segments, asking, sense.group))
        for asking in askings_of(segments, styles_of(text, segments))
        for sense in asking.senses
        if sense.group == group
    ]


def _span_of(unit: Unit, text: str, at: int) -> Span:
    """Where a unit stands from ``at`` on: its words are the text's, only the space between them is not."""
    if unit.kind is Kind.MARK and not text[at:].lstrip().startswith(unit.text):
        return at, at  # a line break
    start = -1
    for word in _WEIGHT.sub("", unit.text).split():
        found = text.index(word, at)
        start, at = (found if start < 0 else start), found + len(word)
    return start, at


def _whole_piece(piece: Piece, spans: list[Span]) -> Phrase:
    body = spans[len(piece.opening) :]
    said = list(piece.body)
    while said and said[0].kind in (Kind.ARTICLE, Kind.DETERMINER):
        said.pop(0)
    return Phrase(
        spans[0][0],
        body[0][0],
        body[-1][1],
        (body[0][0], body[-1][1]),
        tuple(word for unit in said for word in unit.words),
        thing=piece.head in (Kind.THING, Kind.COUNTENANCE),
        denied=any(_DENIALS & set(unit.words) for unit in piece.units),
    )


def _adjectives(piece: Piece, spans: list[Span], telling: list[Unit]) -> Iterator[Phrase]:
    for unit, span in zip(piece.units, spans):
        if unit in telling:
            yield Phrase(span[0], *span, span, unit.words, piece.body[-1].text, alone=False)


def _asked_phrase(text: str, segments: list[Segment], asking: Asking, group: str) -> Phrase:
    first, last = asking.segments[0], asking.segments[-1]
    denied = asking.denied or any(segments[at].denies for at in asking.segments)
    own = [at for at in asking.segments if at != asking.noun and _speaks_of(segments[at], group)]
    noun, alone = asking.noun, True
    described = _described(segments, last + 1)
    if described is not None and not denied and (noun is None or segments[described].kind is Kind.PERSON):
        own, noun, alone = asking.segments, described, False
    elif noun is not None and own and not denied:
        alone = len(asking.senses) == 1
    else:
        own, noun = asking.segments, None
    start = first
    while start and asking.noun is not None and segments[start - 1].kind is Kind.DESCRIBING:
        start -= 1
    while start and segments[start - 1].kind in _BEFORE and segments[start].kind not in _OPENERS:
        start -= 1
    body = start + 1 if segments[start].kind in _OPENERS and start < first else start
    span = segments[own[0]].start, segments[own[-1]].end
    return Phrase(
        segments[start].start,
        segments[body].start,
        segments[last].end,
        span,
        tuple(word for at in own for word in segments[at].words),
        text[segments[noun].start : segments[noun].end] if noun is not None else "",
        alone,
        thing=asking.noun is not None,
        denied=denied,
    )


def _described(segments: list[Segment], at: int) -> int | None:
    """The noun that what stands before ``at`` is an adjective of: "a happy | old man", "a dark | forest"."""
    while at < len(segments) and segments[at].kind in _ADJECTIVES:
        at += 1
    return at if at < len(segments) and segments[at].kind in _NOUNS else None


def _speaks_of(segment: Segment, group: str) -> bool:
    return any(sense.group == group for sense in (*segment.term.says, *segment.term.describes))
