"""What a prompt denies: "not smiling", "without glasses or a hat"."""

from __future__ import annotations

from dataclasses import replace

from facea_desktop.domain.lexicon import Kind
from facea_desktop.domain.scene_segments import Asking, Segment
from facea_desktop.domain.scene_vocabulary import Sense, scene_words

_BEFORE_DENIED = {
    *(Kind.ARTICLE, Kind.DETERMINER, Kind.CARRY, Kind.ADVERB, Kind.SEEM, Kind.PRONOUN, Kind.PREPOSITION),
}


def without_denied(segments: list[Segment], askings: list[Asking]) -> list[Asking]:
    """The askings with what is denied turned into what that leaves; what leaves nothing that is known is gone."""
    kept: list[Asking] = []
    for asking in askings:
        denied, first = _is_denied(segments, asking, kept[-1] if kept else None)
        if denied:
            left = [sense for sense in map(_left, asking.senses) if sense is not None]
            asking = replace(asking, segments=[*first, *asking.segments], senses=left, denied=True)
        if asking.senses:
            kept.append(asking)
    return kept


def _is_denied(segments: list[Segment], asking: Asking, previous: Asking | None) -> tuple[bool, list[int]]:
    """Whether it is, and the segments of the negation: "not | smiling", "without glasses or | a hat"."""
    at = asking.segments[0] - 1
    carried = False
    while at >= 0:
        segment = segments[at]
        if segment.denies:
            return True, [at]
        if segment.kind is Kind.CONNECTOR and not carried and previous is not None:
            negative = previous.denied or segments[previous.segments[0]].denies
            both = segment.words == ("or",) or (asking.noun is not None and previous.noun is not None)
            return previous.segments[-1] == at - 1 and negative and both and all(map(_left, asking.senses)), []
        if segment.kind not in _BEFORE_DENIED and not segment.term.grammar:
            return False, []
        carried = carried or segment.kind is Kind.CARRY
        at -= 1
    return False, []


def _left(sense: Sense) -> Sense | None:
    """What denying a sense asks for, None for nothing that is known."""
    without = scene_words().group(sense.group).without
    return None if without in (None, sense.value) else Sense(sense.group, str(without), roughly=False)
