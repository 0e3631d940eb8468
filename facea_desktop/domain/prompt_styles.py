"""What a prompt says of how the picture is made: "an oil painting", "in anime style", "by Mucha"."""

from __future__ import annotations

from itertools import pairwise

from facea_desktop.domain.lexicon import Kind
from facea_desktop.domain.prompt_clauses import Piece, Unit, written

_NEVER_IN_A_STYLE = {
    *(Kind.PERSON, Kind.OTHER, Kind.PREPOSITION, Kind.CARRY, Kind.STYLE_AFTER, Kind.VIEW, Kind.SEEM, Kind.VERB),
}


def styles_of(pieces: list[Piece]) -> list[str]:
    """How the picture is made, in the user's words, each once."""
    styles: dict[str, str] = {}
    only_people = True  # so far T tells of nothing but the person and styles
    for at, piece in enumerate(pieces):
        following = pieces[at + 1] if at + 1 < len(pieces) and not pieces[at + 1].before else None
        style = _style_of(piece, following, at == 0 or piece.after_mark, only_people)
        if style:
            styles.setdefault(written(style).casefold(), written(style))
        elif piece.head is not Kind.PERSON:
            only_people = False
    return list(styles.values())


def _style_of(piece: Piece, following: Piece | None, first: bool, only_people: bool) -> list[Unit]:
    """The units of ``piece`` that name a style: "an | oil painting", "in | anime style", "a | cyberpunk | woman"."""
    if not piece.body:
        return []
    if piece.body[0].kind is Kind.STYLE_AFTER:
        return piece.body
    if piece.head is Kind.PERSON:
        return _named_before_the_person(piece.body)
    if piece.opening:
        if not piece.opened("in", "as", "like"):
            return []
    elif not first or (following is not None and not _is_what_it_shows(following, only_people)):
        return []
    named = [unit for unit in _noun_phrase(piece.body) if unit.kind not in (Kind.ARTICLE, Kind.DETERMINER)]
    if any(unit.kind in _NEVER_IN_A_STYLE for unit in named):  # "reading comics"
        return []
    name = list(named)
    while name and name[-1].kind is Kind.MEDIUM:
        name.pop()
    if following is not None and following.head is Kind.PERSON and any(unit.kind is Kind.STYLE for unit in named):
        return named if named[-1].kind in (Kind.MEDIUM, Kind.STYLE) else []  # "a photorealistic high quality portrait"
    any_style = len(named) > 1 and named[-1].words == ("style",)
    return named if any_style or (name and name[-1].kind is Kind.STYLE) else []


def _noun_phrase(body: list[Unit]) -> list[Unit]:
    """What the last article begins: "create | a photo"."""
    articles = [at for at, unit in enumerate(body) if unit.kind is Kind.ARTICLE]
    return body[articles[-1] :] if articles else body


def _named_before_the_person(body: list[Unit]) -> list[Unit]:
    """ "a | cyberpunk | woman", "ein | fotorealistisches Bild | einer Frau"."""
    named: list[Unit] = []
    for before, unit in pairwise([None, *body]):
        if unit and (unit.kind is Kind.STYLE or (unit.kind is Kind.MEDIUM and named and named[-1] is before)):
            named.append(unit)
    return named


def _is_what_it_shows(following: Piece, only_people: bool) -> bool:
    """Whether a piece goes on with "of" and the person, or with who made it, or as long as nothing else is told yet."""
    if following.opened("of"):
        return following.head is Kind.PERSON or only_people
    return following.opened("by") or (only_people and following.opened("with"))
