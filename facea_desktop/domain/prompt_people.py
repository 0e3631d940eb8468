"""Who of the people in a prompt is the person portrayed, and what they are called there."""

from __future__ import annotations

import itertools
from dataclasses import replace

from facea_desktop.domain.faces import Subject
from facea_desktop.domain.lexicon import NAME, Entry, Kind
from facea_desktop.domain.prompt_clauses import Unit

_BEFORE_A_NAME = {Kind.DESCRIBING, Kind.LOOK, Kind.STATE, Kind.ADVERB}
_PRONOUNS = {
    Subject.MAN: {("he",), ("his",), ("he's",)},
    Subject.WOMAN: {("she",), ("her",), ("she's",)},
}
_PORTRAITS = {(noun,) for noun in ("portrait", "portraits", "headshot", "selfie", "closeup", "mugshot", "caricature")}


def with_names(units: list[Unit], name: str = "") -> list[Unit]:
    """The units with names of the person as one PERSON each: ``name``, and what "portrait of" stands before.

    Args:
        name: what the person is called, empty where that is not known.
    """
    called = {tuple(name.split()), tuple(name.split()[:1])} - {()}
    made: list[Unit] = []
    at = 0
    while at < len(units):
        length = next((len(each) for each in sorted(called, key=len, reverse=True) if _texts(units, at, each)), 0)
        if not length and _after_portrait_of(made):
            while at + length < len(units) and length < 4 and _is_a_name(units[at + length]):
                length += 1
        if length:
            said = units[at : at + length]
            words = tuple(word for unit in said for word in unit.words)
            made.append(Unit(" ".join(unit.text for unit in said), words, Entry(Kind.PERSON, NAME)))
        else:
            made.append(units[at])
        at += max(length, 1)
    return made


def _texts(units: list[Unit], at: int, words: tuple[str, ...]) -> bool:
    return tuple(unit.text for unit in units[at : at + len(words)]) == words


def _after_portrait_of(units: list[Unit]) -> bool:
    before = len(units) - 1
    while before >= 0 and units[before].kind in _BEFORE_A_NAME:
        before -= 1
    return before > 0 and units[before].words == ("of",) and units[before - 1].words[-1:] in _PORTRAITS


def _is_a_name(unit: Unit) -> bool:
    return unit.entry == Entry(Kind.WORD) and unit.text[:1].isupper()


def mark_person(units: list[Unit], subject: Subject | None) -> list[Unit]:
    """Leave PERSON to the noun of the person portrayed; other people become OTHER, "as a chef" a plain word.

    The person is the first noun of the subject, else the first man or woman, else the first person; "the man" later on
    is the same one.
    """
    units = _without_the_other(units, subject)
    people = [unit for unit in units if unit.kind is Kind.PERSON]
    if not people:
        return units
    gendered = [unit for unit in people if unit.entry.subject]
    mention = next((unit for unit in gendered if unit.entry.subject is subject), (gendered or people)[0])
    together = _together(units, mention)
    marked: list[Unit] = []
    role = False
    for unit in units:
        if unit.kind is Kind.PREPOSITION:
            role = unit.words in (("as",), ("like",), ("dressed", "as"))
        elif unit.glue:
            role = False
        if unit.kind is Kind.PERSON and unit is not mention:
            again = unit.words == mention.words and marked and marked[-1].words == ("the",)
            if not again:
                same = any(unit is part for part in together)
                unit = replace(unit, entry=Entry(Kind.WORD if role or same else Kind.OTHER))
        marked.append(unit)
    return marked


def _without_the_other(units: list[Unit], subject: Subject | None) -> list[Unit]:
    """ "she" and "her" as OTHER where T tells of both and a man is the person, and the other way round."""
    if subject is None:
        return units
    other = Subject.WOMAN if subject is Subject.MAN else Subject.MAN
    named = {unit.entry.subject for unit in units}
    spoken_of = {who for who, pronouns in _PRONOUNS.items() if any(unit.words in pronouns for unit in units)}
    both = spoken_of == {*Subject} or (subject in named and other in named)
    return [
        replace(unit, entry=Entry(Kind.OTHER)) if both and unit.words in _PRONOUNS[other] else unit for unit in units
    ]


def _together(units: list[Unit], mention: Unit) -> list[Unit]:
    """The nouns that call one person what they are: "an elf warrior | woman", "a | female | pilot"."""
    for person, run in itertools.groupby(units, key=lambda unit: unit.kind is Kind.PERSON):
        nouns = list(run)
        if person and any(unit is mention for unit in nouns):
            return nouns
    return [mention]
