"""The person's appearance put into the prompts: only the face is redrawn, so the scene has to bring hair, age, skin.

Words are added for groups that neither T_c nor T_id says anything about: who asks for red hair gets red hair, and who
asks for somebody old gets grey hair. Age, hair, beard and skin go into T_c, as they surround the mask and the tuned
face brings its own; glasses go into T_id, where the splitter puts all eyewear. What the user wrote by hand is never
touched, but is read like the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from facea_desktop.domain.faces import Subject
from facea_desktop.domain.lexicon import Entry, Kind
from facea_desktop.domain.people import Appearance
from facea_desktop.domain.prompt_clauses import Piece, Unit, pieces_of, units_of, with_article, written
from facea_desktop.domain.prompt_people import mark_person
from facea_desktop.domain.scene_reading import read_scene

_AGES = {"young": "young", "middle-aged": "middle-aged", "old": "elderly"}
_HAIR = {
    "hair_length": {"short": "short", "medium": "medium-length", "long": "long"},
    "hair_texture": {"straight": "straight", "wavy": "wavy", "curly": "curly"},
    "hair_colour": {"black": "black", "brown": "brown", "blond": "blond", "red": "red", "grey": "grey"},
}
"""In the order in which English has the adjectives."""
_BEARDS = {"stubble": "stubble", "moustache": "a moustache", "beard": "a beard"}
_SKIN = {"light": "light skin", "medium": "a medium skin tone", "dark": "dark skin"}
_EYEWEAR = {"glasses": "wearing glasses", "sunglasses": "wearing sunglasses"}

_SECTIONS = {"eyewear": "eyewear", "masks": "eyewear", "beards": "beard"}
"""Words of the lexicon's sections speak of these groups, also where the scenes do not know them ("goggles")."""
_SOME_HAIR = "some hair"
"""Stands beside the groups: nobody is bald with wind in their hair."""
_CHILDREN = {"boy", "girl", "lad", "lass", "teenager"}
_BEFORE_AGE = {Kind.ARTICLE, Kind.DETERMINER, Kind.DESCRIBING, Kind.ADVERB, Kind.MARK, Kind.CONNECTOR}
_BEFORE_HAIR = {Kind.ARTICLE, Kind.DETERMINER}


@dataclass(frozen=True)
class Completed:
    """T_c and T_id with the person's appearance in them.

    Attributes:
        added: the words that were added, for people to read.
    """

    context: str
    face: str
    added: tuple[str, ...] = ()


@dataclass
class _Looks:
    """What is to be added: "bald, elderly", "long red (hair)", "a beard, light skin"."""

    adjectives: list[str] = field(default_factory=list)
    hair: dict[str, str] = field(default_factory=dict)
    things: list[str] = field(default_factory=list)
    eyewear: str = ""

    @property
    def hair_phrase(self) -> list[str]:
        """ "long red hair", or nothing."""
        return [" ".join([*self.hair.values(), "hair"])] if self.hair else []

    @property
    def bare_things(self) -> list[str]:
        """Without their articles, as in a list of words."""
        return [thing.removeprefix("a ") for thing in self.things]


def completed(
    context: str,
    face: str,
    subject: Subject,
    appearance: Appearance,
    *,
    context_by_hand: bool = False,
    face_by_hand: bool = False,
) -> Completed:
    """The prompts with what they leave open about the person.

    Args:
        context: T_c.
        face: T_id.
        context_by_hand, face_by_hand: the user wrote it, and it stays as it is.
    """
    if not appearance.known:
        return Completed(context, face)
    if read_scene(context).asked.get("subject", subject.value) != subject.value:  # a man painted as a woman
        appearance = appearance.model_copy(update={"beard": None})
    looks = _looks(subject, appearance, _asked(context, face))
    added: list[str] = []
    if context and not context_by_hand:
        added += [*looks.adjectives, *looks.hair_phrase, *looks.bare_things]
        if added:
            context = _scene(context, subject, looks)
    if face and not face_by_hand and looks.eyewear:
        added.append(looks.eyewear)
        face = _after_the_person(face, subject, looks.eyewear)
    return Completed(context, face, tuple(added))


def _asked(*texts: str) -> dict[str, str]:
    """What the texts say, by group; the value is empty where it is none that the scenes know."""
    asked: dict[str, str] = {}
    for text in texts:
        for unit in units_of(text):
            if unit.entry.section in _SECTIONS:
                asked.setdefault(_SECTIONS[unit.entry.section], "")
            if unit.words and unit.words[0] in _CHILDREN:
                asked |= {"age": "", "beard": ""}
            if unit.words == ("hair",):
                asked[_SOME_HAIR] = ""
    for text in texts:
        asked |= read_scene(text).asked
    return asked


def _looks(subject: Subject, appearance: Appearance, asked: dict[str, str]) -> _Looks:
    looks = _Looks()
    known = {group: value for group, value in appearance.known.items() if group not in asked}
    if "hair_colour" in known and asked.get("age") == "old" != appearance.age:
        known["hair_colour"] = "grey"  # who is painted older than they are turns grey
    elif known.get("hair_colour") == "grey" and asked.get("age") == "young":
        del known["hair_colour"]
    if appearance.hair_length == "bald":
        if asked.keys().isdisjoint({*_HAIR, _SOME_HAIR}):
            looks.adjectives.append("bald")
    elif asked.get("hair_length") != "bald":
        looks.hair = {group: words[known[group]] for group, words in _HAIR.items() if group in known}
    if known.get("beard") == "none" and subject is Subject.MAN:
        looks.adjectives.append("clean-shaven")
    if "age" in known:
        looks.adjectives.append(_AGES[known["age"]])
    for group, words in (("beard", _BEARDS), ("skin", _SKIN)):
        looks.things += [words[known[group]]] if known.get(group) in words else []
    looks.eyewear = _EYEWEAR.get(known.get("eyewear", ""), "")
    return looks


def _scene(context: str, subject: Subject, looks: _Looks) -> str:
    """T_c with the looks about the person's noun, or at its end where that could not be read as English."""
    pieces = pieces_of(mark_person(units_of(context), subject))
    person = next((number for number, piece in enumerate(pieces) if piece.head is Kind.PERSON), None)
    following = pieces[person + 1] if person is not None and person + 1 < len(pieces) else None
    if person is None or _is_one_word_with(following):
        return ", ".join([context.rstrip(" ,;."), *looks.adjectives, *looks.hair_phrase, *looks.bare_things])
    things = list(looks.things)
    if looks.hair and not _put_before_hair(pieces, looks.hair):
        things[:0] = looks.hair_phrase
    if looks.adjectives:
        _put_before_noun(pieces[person], looks.adjectives)
    if things and following is not None and not following.before and following.opened("with") and following.body:
        following.body.insert(0, _unit(f"{', '.join(things)} and"))
    elif things:
        listed = " and ".join(part for part in (", ".join(things[:-1]), things[-1]) if part)
        pieces[person].body.append(_unit(f"with {listed}"))
    return written(unit for piece in pieces for unit in (*piece.before, *piece.units))


def _is_one_word_with(following: Piece | None) -> bool:
    """Whether the person's noun only begins a longer one: "a man | portrait"."""
    if following is None or following.before or following.opening or not following.body:
        return False
    return following.body[0].kind not in (Kind.PRONOUN, Kind.STATE, Kind.SEEM, Kind.STYLE_AFTER)


def _put_before_hair(pieces: Sequence[Piece], hair: dict[str, str]) -> bool:
    """ "with red hair", "wind in her hair": the missing adjectives go before that hair. Whether there is some."""
    for piece in pieces:
        if any(unit.kind is Kind.OTHER for unit in piece.body):
            return False  # from here on it may be somebody else's
        if not piece.body or piece.body[-1].words != ("hair",):
            continue
        last = {"hair_texture", "hair_colour"} if "hair_colour" in hair else set()
        first = [_unit(word) for group, word in hair.items() if group not in last]
        at = 1 if piece.body[0].kind in _BEFORE_HAIR else 0
        behind = [_unit(word) for group, word in hair.items() if group in last]
        piece.body = [*piece.body[:at], *first, *piece.body[at:-1], *behind, piece.body[-1]]
        return True
    return False


def _put_before_noun(piece: Piece, adjectives: Sequence[str]) -> None:
    """ "a beautiful Irish woman" becomes "a beautiful young Irish woman"."""
    at = 0
    for number, unit in enumerate(piece.body[:-1]):
        if unit.kind in (Kind.STYLE, Kind.MEDIUM) or (number == at and unit.kind in _BEFORE_AGE):
            at = number + 1
    body = [*piece.body[:at], *map(_unit, adjectives), *piece.body[at:]]
    piece.body = with_article(body, piece.body[1]) if at == 1 else body


def _after_the_person(face: str, subject: Subject, words: str) -> str:
    """T_id begins with the subject; the style ends it."""
    person = f"a {subject}"
    rest = face.removeprefix(person)
    if rest == face or rest[:1] not in ("", ","):
        return f"{face}, {words}"
    return f"{person}, {words}{rest}"


def _unit(text: str) -> Unit:
    return Unit(text, tuple(text.split()), Entry(Kind.WORD))
