"""Words of a prompt taken out, put in, or put in place of others, as a writer would do it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from facea_desktop.domain.lexicon import Kind
from facea_desktop.domain.prompt_clauses import pieces_of, units_of
from facea_desktop.domain.prompt_phrases import Phrase

_OPENER = re.compile(r"(?:with|wearing|wears|has|having|in|showing)\s+", re.IGNORECASE)
_DENYING = re.compile(r"(?:without|no)\s", re.IGNORECASE)
_DANGLING = re.compile(r"(?:^|[\s,]+)(?:with|without|and|or|wearing|has)$", re.IGNORECASE)
_CONNECTOR = re.compile(r"(?:and|or|&)\s+", re.IGNORECASE)
_ENDS_IN_CONNECTOR = re.compile(r",?\s+(?:and|or|&)\s+$", re.IGNORECASE)
_CLOSING = re.compile(r"(?::[\d.]+)?\)")
_DOING = re.compile(r"\w+ing\b", re.IGNORECASE)
_ARTICLES = re.compile(r"an?\s", re.IGNORECASE)
_ARTICLE = re.compile(r"(?<![\w'-])(a)n?(\s+)$", re.IGNORECASE)


def cut(text: str, start: int, end: int) -> str:
    """The text without some of its words, and without the comma, "and" or "with" that only they needed."""
    before, after = text[:start], text[end:].lstrip()
    while (bracket := _CLOSING.match(after)) and before.rstrip().endswith("("):  # "(smiling:1.3)"
        before, after = before.rstrip()[:-1], after[bracket.end() :].lstrip()
    if connector := _CONNECTOR.match(after):  # "with | glasses and | a hat"
        after = after[connector.end() :]
    elif connector := _ENDS_IN_CONNECTOR.search(before):
        before = before[: connector.start()]
    before = before.rstrip()
    if not before or before.endswith(","):
        after = after.lstrip(", ")
    if not after or after[0] in ",.;":
        before = _DANGLING.sub("", before)
    if not after or after[0] in ".;":
        before = before.rstrip(", ")
    return before + (" " if before and after and after[0] not in ",.;" else "") + after


def without(text: str, phrases: Sequence[Phrase]) -> str:
    """The text without these phrases of it."""
    for phrase in sorted(phrases, key=lambda phrase: phrase.start, reverse=True):
        if not phrase.alone:
            text = _without_adjective(text, phrase)
        elif phrase.start < phrase.body and _is_shared(text[phrase.end :]):
            text = cut(text, phrase.body, phrase.end)
        else:
            text = cut(text, phrase.start, phrase.end)
    return text


def instead(text: str, phrases: Sequence[Phrase], words: str) -> str:
    """The text with ``words`` in the place of the first phrase that they fit, else at the end; the others go."""
    for phrase in phrases:
        if (fitting := _fitting(text, phrase, words)) is not None:
            start, end, put = fitting
            later = [other for other in phrases if other.start > phrase.start]
            earlier = [other for other in phrases if other.start < phrase.start]
            text = without(text, later)
            text = _with_right_article(text[:start] + put + text[end:], start)
            return without(text, earlier)
    return with_words(without(text, phrases), words)


def with_words(text: str, words: str) -> str:
    """The text with the words at its end."""
    return ", ".join(part for part in (text.rstrip().rstrip(",").rstrip(), words) if part)


def _is_shared(after: str) -> bool:
    """Whether what opens a phrase opens the next one too: "with | a smile | and glasses"."""
    connector = _CONNECTOR.match(after.lstrip())
    rest = after.lstrip()[connector.end() :] if connector else ""
    return bool(rest) and not _OPENER.match(rest) and not _DOING.match(rest)


def _without_adjective(text: str, phrase: Phrase) -> str:
    start, end = phrase.own
    before, after = text[:start], text[end:].lstrip()
    if connector := _CONNECTOR.match(after):
        after = after[connector.end() :]
    elif connector := _ENDS_IN_CONNECTOR.search(before):
        before = before[: connector.start()] + " "
    after = after.lstrip(", ")
    if after.startswith(phrase.noun):
        before = before.rstrip(", ") + " " if before.strip() else ""
    return _with_right_article(before + after, len(before))


def _fitting(text: str, phrase: Phrase, words: str) -> tuple[int, int, str] | None:
    """Where ``words`` can stand in the place of a phrase, and what of them; None where that would be no English."""
    if phrase.denied:
        return None
    if phrase.noun:
        adjective = words.removesuffix(f" {phrase.noun.casefold()}")
        if adjective == words and (" " in words or phrase.thing):
            return None
        return *phrase.own, adjective
    if _DENYING.match(words) and phrase.thing:  # nothing opens it: "a man | with sunglasses"
        shared = phrase.start < phrase.body and _is_shared(text[phrase.end :])
        return None if shared else (phrase.start, phrase.end, words)
    opener = _OPENER.match(words)
    thing = opener is not None or pieces_of(units_of(words))[-1].head in (Kind.THING, Kind.COUNTENANCE)
    if thing is not phrase.thing:
        return None
    opened = phrase.start < phrase.body or _ENDS_IN_CONNECTOR.search(text[: phrase.start]) is not None
    if not thing or not opened:
        return None if phrase.start < phrase.body else (phrase.start, phrase.end, words)
    put = words[opener.end() :] if opener else words
    if opener is None and _ARTICLES.match(text, phrase.body):
        put = f"a {put}" if put[0] not in "aeiou" else f"an {put}"
    return phrase.body, phrase.own[1], put  # it keeps the "with" that is there


def _with_right_article(text: str, at: int) -> str:
    """ "a" or "an" before ``at``, as what stands there wants it."""
    article = _ARTICLE.search(text[:at])
    if article is None or at >= len(text):
        return text
    right = article[1] + ("n" if text[at].casefold() in "aeiou" else "") + article[2]
    return text[: article.start()] + right + text[at:]
