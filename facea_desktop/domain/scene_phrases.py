"""Puts the segments of a prompt together to what it asks of a scene: nouns and what describes them, and negations."""

from __future__ import annotations

import re
from functools import cache

from facea_desktop.domain.lexicon import Kind
from facea_desktop.domain.scene_negations import without_denied
from facea_desktop.domain.scene_segments import Asking, Segment
from facea_desktop.domain.scene_vocabulary import Sense, Term, scene_words
from facea_desktop.domain.styles import style_in, styles

_ADJECTIVES = {Kind.DESCRIBING, Kind.LOOK, Kind.STATE}
_LINKS = {
    *("is", "are", "was", "looks", "in", "dyed", "coloured", "colored", "painted", "coming", "comes", "falling"),
    *("falls", "shining", "that", "which", "being", ":", "very", "quite", "cut", "worn"),
}
_AGAINST = {("on",), ("against",), ("in", "front", "of"), ("before",)}
_ELSEWHERE = {("on",), ("in",), ("around",), ("from",), ("over",)}
_ON_THE_HEAD = {"head", "hair", "heads"}
_WHENCE = {"from", "on", "to"}
_FARTHEST_LIGHT = 5
"""Segments from "light" to "from the left": "light | from | a | window | on the left"."""


def styles_of(text: str, segments: list[Segment]) -> set[int]:
    """The segments that name a style which the program paints, with nouns that go along: "stained glass | window"."""
    found: set[int] = set()
    if style_in(text) is None:  # "stained glass windows behind a man"
        return found
    words = [(word, at) for at, segment in enumerate(segments) for word in _letters(" ".join(segment.words))]
    for first, (word, _) in enumerate(words):
        for spelling in _spellings().get(word, ()):
            here = words[first : first + len(spelling)]
            if tuple(word for word, _ in here) == spelling:
                found |= {at for _, at in here}
    for at, segment in enumerate(segments):
        if segment.kind is Kind.MEDIUM and at - 1 in found:
            found.add(at)
    return found


def _letters(phrase: str) -> tuple[str, ...]:
    """ "b&w" as "b", "w"."""
    return tuple(re.findall(r"[^\W_]+", phrase))


@cache
def _spellings() -> dict[str, tuple[tuple[str, ...], ...]]:
    """All words of styles by their first one."""
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for style in styles():
        for spelling in style.spellings:
            words = _letters(" ".join(spelling))
            found[words[0]] = (*found.get(words[0], ()), words)
    return found


def askings_of(segments: list[Segment], named: set[int]) -> list[Asking]:
    """Everything that is asked for, in order of the text.

    Args:
        named: segments that name a style; they ask for nothing else.
    """
    return _Phrases(segments, named).read()


class _Phrases:
    def __init__(self, segments: list[Segment], named: set[int]) -> None:
        self._segments = segments
        self._styles = named
        self._used: set[int] = set()
        self._others = _about_others(segments)
        self._askings: list[Asking] = []
        self._groups = {group.name: group for group in scene_words().groups}

    def read(self) -> list[Asking]:
        for at in range(len(self._segments)):
            self._described(at)
        for at in range(len(self._segments)):
            self._said(at)
        for at in range(len(self._segments)):
            self._bare(at)
        self._askings.sort(key=lambda asking: asking.segments[0])
        return without_denied(self._segments, self._askings)

    # Nouns and what describes them

    def _described(self, noun: int) -> None:
        """ "long, curly red | hair", "hair | that is red": one asking for all that is said of the noun."""
        term = self._segments[noun].term
        groups = {name for name in term.heads if self._groups[name].picture or not self._others[noun]}
        if not groups:
            return
        found: dict[str, tuple[int, Sense]] = {}
        self._walk_back(noun, groups, found)
        self._walk_on(noun, groups, found)
        self._far_light(noun, groups, found)
        if not found:
            return
        senses = [sense for _, sense in sorted(found.values(), key=lambda item: item[0])]
        words = {at for at, _ in found.values()}
        own = [sense for sense in term.says if sense.group not in found]
        if own or self._segments[noun].kind is Kind.PERSON:  # the noun asks for something of its own
            self._ask(sorted(words), senses, None)
        else:
            self._ask(sorted({*words, noun}), senses, noun)

    def _walk_back(self, noun: int, groups: set[str], found: dict[str, tuple[int, Sense]]) -> None:
        at, beyond_comma = noun - 1, set[str]()
        comma = False
        while at >= 0:
            segment = self._segments[at]
            senses = self._senses(at, groups - found.keys())
            if senses:
                found |= {sense.group: (at, sense) for sense in senses}
                if comma:
                    beyond_comma |= {sense.group for sense in senses}
            elif segment.words == (",",):
                comma = True
            elif at == noun - 1 and self._calls_what_one_does(noun):
                groups = {name for name in groups if self._groups[name].alone}
            elif not (segment.kind in (Kind.CONNECTOR, Kind.ADVERB) or self._is_adjective(at, groups)):
                break
            at -= 1
        if at >= 0 and self._segments[at].words in (("in",), ("of",)):  # "in red, | long hair"
            for group in beyond_comma:
                del found[group]

    def _calls_what_one_does(self, noun: int) -> bool:
        """Whether an unknown noun before a person's belongs to it: "a young | ceramic | artist"."""
        before = self._segments[noun - 1]
        unknown = before.kind is Kind.WORD and before.term == Term() and not before.mark
        return unknown and self._segments[noun].kind is Kind.PERSON

    def _walk_on(self, noun: int, groups: set[str], found: dict[str, tuple[int, Sense]]) -> None:
        at, links = noun + 1, 0
        while at < len(self._segments) and self._links(at):
            if self._segments[at].words == ("in",) and self._segments[noun].kind is Kind.PERSON:
                return  # "a man in black"
            at, links = at + 1, links + 1
        here: dict[str, tuple[int, Sense]] = {}
        while at < len(self._segments):
            senses = self._senses(at, groups - found.keys() - here.keys())
            if senses:
                here |= {sense.group: (at, sense) for sense in senses}
            elif not (links and self._segments[at].kind in (Kind.CONNECTOR, Kind.ADVERB)):
                break
            at += 1
        if self._goes_on(at):
            last = at - 1
            here = {group: (place, sense) for group, (place, sense) in here.items() if place != last}
        found |= here

    def _links(self, at: int) -> bool:
        segment = self._segments[at]
        return segment.words[-1] in _LINKS or (segment.kind is Kind.ADVERB and not segment.denies)

    def _far_light(self, noun: int, groups: set[str], found: dict[str, tuple[int, Sense]]) -> None:
        """Where the light comes from outweighs what it is like: "soft | light | from the left"."""
        if "light" not in groups:
            return
        for at in range(noun + 1, min(noun + 1 + _FARTHEST_LIGHT, len(self._segments))):
            segment = self._segments[at]
            if segment.mark or segment.kind is Kind.CONNECTOR:
                return
            senses = self._senses(at, {"light"})
            if senses and segment.words[0] in _WHENCE:
                found["light"] = (at, senses[0])
                return

    def _senses(self, at: int, groups: set[str]) -> list[Sense]:
        if at in self._used or self._segments[at].denies:
            return []
        term = self._segments[at].term
        senses = {sense.group: sense for sense in (*term.says, *term.describes) if sense.group in groups}
        return list(senses.values())

    def _is_adjective(self, at: int, groups: set[str]) -> bool:
        segment = self._segments[at]
        if self._names(at) or segment.kind is Kind.PERSON or segment.term.heads:
            return False
        describes = bool(segment.term.describes or segment.term.says or segment.term.beside & groups)
        return segment.kind in _ADJECTIVES or describes

    def _names(self, at: int) -> bool:
        """Whether the segment is a noun for something that it asks for: "sunglasses", "smile", "forest"."""
        segment = self._segments[at]
        if not segment.term.says or segment.kind in (Kind.LOOK, Kind.STATE, Kind.VERB):
            return False
        # "outdoors" says it exactly and is no noun; a "beach" is.
        return segment.kind is Kind.THING or any(
            self._groups[sense.group].thing and (sense.roughly or not self._groups[sense.group].picture)
            for sense in segment.term.says
        )

    def _goes_on(self, at: int) -> bool:
        """Whether a noun stands there, so that an adjective before it is the noun's: "in red | shoes"."""
        if at >= len(self._segments):
            return False
        segment = self._segments[at]
        if (
            segment.grammar
            or segment.words[0] in _WHENCE
            or segment.kind in (Kind.VERB, Kind.LOOK, Kind.STATE, Kind.VIEW)
        ):
            return False
        return not segment.term.says or self._names(at) or bool(segment.term.heads)

    # What is said without a noun

    def _said(self, at: int) -> None:
        segment = self._segments[at]
        senses = [sense for sense in segment.term.says if self._groups[sense.group].picture or not self._others[at]]
        if at in self._used or at in self._styles or not senses:
            return
        names = self._names(at)
        if (names or any(self._groups[sense.group].picture for sense in senses)) and self._describes_a_noun(at):
            return
        worn = any(self._groups[sense.group].without and self._groups[sense.group].thing for sense in senses)
        if worn and names and (self._is_held(at) or self._is_elsewhere(at)):
            return
        self._ask([at], senses, at if names else None)

    def _describes_a_noun(self, at: int) -> bool:
        """Whether an unknown noun follows: "a beach | ball", "a dark | suit"."""
        if not self._goes_on(at + 1):
            return False
        following = self._segments[at + 1]
        known = following.term.heads or following.term.understood or following.kind is Kind.PERSON
        return not (known or any(self._groups[sense.group].picture for sense in following.term.says))

    def _is_held(self, at: int) -> bool:
        """ "holding a | hat"."""
        at -= 1
        while at >= 0 and not self._segments[at].mark:
            kind = self._segments[at].kind
            if kind is Kind.VERB and not self._segments[at].term.grammar:
                return True
            if kind in (Kind.CARRY, Kind.PREPOSITION, Kind.CONNECTOR, Kind.PERSON) or at in self._used:
                return False
            at -= 1
        return False

    def _is_elsewhere(self, at: int) -> bool:
        """ "sunglasses | on the table", "glasses | on her head"; a hat is welcome there."""
        hat = any(sense.group == "hat" for sense in self._segments[at].term.says)
        at += 1
        if at >= len(self._segments) or self._segments[at].words not in _ELSEWHERE:
            return False
        at += 1
        while at < len(self._segments) and self._segments[at].kind in (Kind.ARTICLE, Kind.DETERMINER, Kind.DESCRIBING):
            at += 1
        if at >= len(self._segments) or self._segments[at].kind is not Kind.PLACE:
            return False
        return not (hat and self._segments[at].words[-1] in _ON_THE_HEAD)

    def _bare(self, at: int) -> None:
        """Words for a noun that is not there: "a woman, young, smiling", "she is old", "against grey"."""
        if at in self._used or self._goes_on(at + 1) or self._others[at]:
            return
        before = at - 1
        while before >= 0 and self._segments[before].kind in (Kind.ADVERB, Kind.ARTICLE):
            before -= 1
        opened = before < 0 or self._segments[before].mark
        if at > 0 and self._segments[at - 1].kind is Kind.ARTICLE:  # "portrait of a young, pale woman"
            opened = opened or (at + 1 < len(self._segments) and self._segments[at + 1].mark)
        if not opened and self._segments[before].kind is Kind.CONNECTOR:
            opened = before - 1 in self._used or before < 1 or self._segments[before - 1].mark
        seems = before >= 0 and self._segments[before].kind is Kind.SEEM
        against = before >= 0 and self._segments[before].words in _AGAINST
        for sense in self._segments[at].term.describes:
            alone = self._groups[sense.group].alone and (opened or seems)
            if alone or (against and sense.group == "background"):
                self._ask([at], [sense], None)
                return

    def _ask(self, places: list[int], senses: list[Sense], noun: int | None) -> None:
        self._used |= set(places)
        self._askings.append(Asking(places, senses, noun))


def _about_others(segments: list[Segment]) -> list[bool]:
    """For each segment whether it is told of somebody beside the person, or of an animal: up to the next mark."""
    others = [False] * len(segments)
    person: str | None = None
    for at, segment in enumerate(segments):
        subject = next((sense.value for sense in segment.term.says if sense.group == "subject"), None)
        if segment.kind is Kind.PRONOUN:
            continue
        if person is None:
            person = subject or ("" if segment.kind is Kind.PERSON else None)
        elif segment.kind is Kind.OTHER or segment.term.minor or (subject and person and subject != person):
            first = at
            while first > 0 and _may_describe(segments[first - 1]):
                first -= 1
            end = next((i for i in range(at, len(segments)) if segments[i].mark), len(segments))
            others[first:end] = [True] * (end - first)
        elif subject and not person:
            person = subject
    return others


def _may_describe(segment: Segment) -> bool:
    if segment.kind in _ADJECTIVES | {Kind.ADVERB, Kind.ARTICLE}:
        return True
    asks = any(sense.group != "subject" for sense in (*segment.term.says, *segment.term.describes))
    return asks and segment.kind is Kind.WORD and not segment.term.heads
