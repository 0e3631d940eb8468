"""What a prompt asks of the starter family's scenes, and which of its words they do not know.

The words are data (``resources/scene_words.toml``); the little English that puts them together is here and in
``scene_phrases.py``: "long, curly red hair" asks for three things of the hair, "not smiling" for a neutral expression,
and a "blue dress" for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from facea_desktop.domain.lexicon import Kind
from facea_desktop.domain.prompt_splitter import split_prompt
from facea_desktop.domain.prompt_weights import read_emphasis
from facea_desktop.domain.scene_phrases import askings_of, styles_of
from facea_desktop.domain.scene_segments import Asking, Match, Segment, segments_of
from facea_desktop.domain.scene_vocabulary import SceneGroup, SceneValue, SceneWords, scene_words
from facea_desktop.domain.wildcards import variants

__all__ = [
    "SceneGroup",
    "SceneReading",
    "SceneValue",
    "SceneWords",
    "Span",
    "read_prompts",
    "read_scene",
    "read_weights",
    "scene_words",
]

Span = tuple[int, int]
"""Where a phrase of the text begins, and where it ends."""

_INSIDE = {Kind.ARTICLE, Kind.DETERMINER, Kind.ADVERB, Kind.MEASURE}
_LONGEST_UNKNOWN = 2
"""Unknown words that still belong to a known noun after them."""
_BETWEEN = {Kind.MARK, Kind.CONNECTOR}
_BARE = {"on", "in", "at", "under", "through", "over", "above", "near", "by"}


@dataclass(frozen=True)
class SceneReading:
    """What a text asks for.

    Attributes:
        asked: group to value, in the order of the groups.
        known: where the text is understood, roughly or exactly.
        unknown: what is not known, in order, as typed; ``unknown_spans`` say where.
        roughly: what is understood in part, as typed, and what it is taken for; ``roughly_spans`` say where.
    """

    asked: dict[str, str] = field(default_factory=dict)
    known: tuple[Span, ...] = ()
    unknown: tuple[str, ...] = ()
    unknown_spans: tuple[Span, ...] = ()
    roughly: tuple[tuple[str, str], ...] = ()
    roughly_spans: tuple[Span, ...] = ()

    def within(self, text: str) -> SceneReading:
        """The same without what is not known or taken roughly and does not stand in ``text``."""
        unknown = [(phrase, span) for phrase, span in zip(self.unknown, self.unknown_spans) if phrase in text]
        roughly = [(taken, span) for taken, span in zip(self.roughly, self.roughly_spans) if taken[0] in text]
        return replace(
            self,
            unknown=tuple(phrase for phrase, _ in unknown),
            unknown_spans=tuple(span for _, span in unknown),
            roughly=tuple(taken for taken, _ in roughly),
            roughly_spans=tuple(span for _, span in roughly),
        )


def read_scene(text: str) -> SceneReading:
    """Read what a prompt (T) asks of a scene."""
    plain = read_emphasis(text).plain
    segments = segments_of(plain)
    styles = styles_of(text, segments)
    askings = askings_of(segments, styles)
    asked = _asked(askings)
    for at in styles:
        segments[at].match = Match.EXACTLY
    roughly = [asking for asking in askings if _mark(segments, asking, asked)]
    _mark_the_rest(segments)
    roughly_spans = [_span(segments, asking.segments) for asking in roughly]
    unknown_spans = [_span(segments, run) for run in _unknown(segments)]
    known = [(segment.start, segment.end) for segment in segments if segment.match in (Match.EXACTLY, Match.ROUGHLY)]
    return SceneReading(
        asked,
        tuple(known),
        tuple(_typed(text, span) for span in unknown_spans),
        tuple(unknown_spans),
        tuple((_typed(text, span), _taken_for(asking, asked)) for span, asking in zip(roughly_spans, roughly)),
        tuple(roughly_spans),
    )


def read_prompts(
    prompt: str, context: str | None = None, face: str | None = None, *, scene: bool = True
) -> SceneReading:
    """Read all that a portrait is painted from.

    Of wildcards every option is read.

    Args:
        prompt: T; the spans are its own, as long as a part follows it.
        context, face: T_c and T_id, where they were written by hand.
        scene: a scene is painted; else the words of the face alone matter.
    """
    texts = [prompt] if context is None or face is None else []
    written = "\n".join([*texts, *(text for text in (context, face) if text)])
    reading = _merged([read_scene(one) for one in variants(written)])
    if scene:
        return reading
    return reading.within("\n".join(split_prompt(one).face for one in variants(prompt)) if face is None else face)


def _merged(readings: list[SceneReading]) -> SceneReading:
    """What several variants of a text ask for and do not know, each place once."""
    first, *others = readings
    if not others:
        return first
    known = sorted({span for one in readings for span in one.known})
    unknown = dict(
        sorted({span: words for one in readings for span, words in zip(one.unknown_spans, one.unknown)}.items())
    )
    roughly = dict(
        sorted({span: taken for one in readings for span, taken in zip(one.roughly_spans, one.roughly)}.items())
    )
    return SceneReading(
        first.asked, tuple(known), tuple(unknown.values()), tuple(unknown), tuple(roughly.values()), tuple(roughly)
    )


def read_weights(text: str) -> dict[str, float]:
    """The groups that a text asks for within brackets (``emphasis``), and what these weigh."""
    emphasis = read_emphasis(text)
    asked = read_scene(emphasis.plain).asked
    weights: dict[str, float] = {}
    for begin, end, weight in emphasis.weights:
        without = read_scene(emphasis.plain[:begin] + " " * (end - begin) + emphasis.plain[end:]).asked
        weights |= {group: weight for group, value in asked.items() if without.get(group) != value}
    return weights


def _asked(askings: list[Asking]) -> dict[str, str]:
    """What is asked for. Where a group is asked for twice, exact words outweigh rough ones and these what is denied.

    Of exact words the last count, as they correct the first; of rough ones the first: "in a café in Paris".
    """
    asked: dict[str, str] = {}
    for asking in reversed(askings):
        if not asking.denied:
            for sense in asking.senses:
                if not sense.roughly:
                    asked.setdefault(sense.group, sense.value)
    for asking in sorted(askings, key=lambda asking: asking.denied):
        for sense in asking.senses:
            asked.setdefault(sense.group, sense.value)
    return {group.name: asked[group.name] for group in scene_words().groups if group.name in asked}


def _mark(segments: list[Segment], asking: Asking, asked: dict[str, str]) -> bool:
    """Mark the words of an asking as understood; whether only roughly, with unknown words about its noun."""
    places = _with_unknown(segments, asking.segments) if asking.noun is not None else asking.segments
    other = not asking.denied and any(asked[sense.group] != sense.value for sense in asking.senses)
    roughly = other or any(sense.roughly for sense in asking.senses) or len(places) > len(asking.segments)
    asking.segments = places
    for at in places:
        segments[at].match = Match.ROUGHLY if roughly else Match.EXACTLY
    return roughly


def _with_unknown(segments: list[Segment], places: list[int]) -> list[int]:
    """The words of an asking and the unknown ones among them or just before: "straw | hat", "long, | blue | hair"."""
    first = places[0]
    while first > 0 and places[0] - first <= _LONGEST_UNKNOWN and _is_unknown(segments[first - 1]):
        first -= 1
    if places[0] - first > _LONGEST_UNKNOWN or segments[first].kind is Kind.VERB:
        first = places[0]
    inside = [at for at in range(first, places[-1]) if _is_unknown(segments[at])]
    return sorted({*places, *inside})


def _is_unknown(segment: Segment) -> bool:
    """Whether nothing is known of the word, as far as nothing was found yet."""
    known = segment.term.understood or segment.grammar or segment.term.heads
    return segment.match is None and not (known or segment.term.says)


def _mark_the_rest(segments: list[Segment]) -> None:
    """Words that ask for nothing: grammar, nouns that nothing is said of; what is left is unknown."""
    for at, segment in enumerate(segments):
        if segment.match is not None:
            continue
        if segment.term.minor:
            segment.match = Match.UNKNOWN
        elif segment.term.understood:
            segment.match = Match.EXACTLY
        elif segment.grammar:
            segment.match = Match.NOTHING
        else:
            lone = segment.term.heads and segment.kind is not Kind.PERSON and not segment.term.says
            after_unknown = at > 0 and segments[at - 1].match is Match.UNKNOWN
            segment.match = Match.NOTHING if lone and not after_unknown else Match.UNKNOWN


def _taken_for(asking: Asking, asked: dict[str, str]) -> str:
    """In the program's own words."""
    groups = [scene_words().group(sense.group) for sense in asking.senses]
    return ", ".join(group.value(asked[group.name]).say for group in groups)


def _span(segments: list[Segment], run: Iterable[int]) -> Span:
    places = list(run)
    return segments[min(places)].start, segments[max(places)].end


def _typed(text: str, span: Span) -> str:
    return " ".join(text[slice(*span)].split())


def _unknown(segments: list[Segment]) -> list[list[int]]:
    """Runs of what is not known, with the small words inside: "holding | a | cup | of | coffee", "on | horseback"."""
    runs: list[list[int]] = []
    at = 0
    while at < len(segments):
        if segments[at].match is not Match.UNKNOWN:
            at += 1
            continue
        run = [*_before(segments, at), at]
        following = at + 1
        while (end := _next_unknown(segments, following)) is not None:
            run += range(following, end + 1)
            following = end + 1
        runs.append(run)
        at = following
    return runs


def _before(segments: list[Segment], at: int) -> list[int]:
    """What belongs to an unknown word from before it: "very | tall", "on | horseback", "not | wearing | a | scarf"."""
    negation = at - 1
    while negation >= 0 and segments[negation].match is Match.NOTHING and segments[negation].kind not in _BETWEEN:
        if segments[negation].denies:
            return list(range(negation, at))
        negation -= 1
    before: list[int] = []
    while at > 0 and segments[at - 1].match is Match.NOTHING and segments[at - 1].kind is Kind.ADVERB:
        at -= 1
        before.insert(0, at)
    if at > 0 and segments[at - 1].match is Match.NOTHING and segments[at - 1].words[-1] in _BARE and not before:
        before.insert(0, at - 1)
    return before


def _next_unknown(segments: list[Segment], at: int) -> int | None:
    """Where the phrase goes on, over an article or an "of"."""
    while at < len(segments) and segments[at].match is Match.NOTHING:
        if segments[at].kind not in _INSIDE and segments[at].words != ("of",):
            return None
        at += 1
    if at >= len(segments) or segments[at].match is not Match.UNKNOWN:
        return None
    begins = segments[at].kind is Kind.VERB and segments[at - 1].match is Match.UNKNOWN
    return None if begins and segments[at - 1].kind is not Kind.DESCRIBING else at  # "a spacesuit | floating"
