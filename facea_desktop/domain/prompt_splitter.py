"""A prompt T in two: T_c for the scene, T_id for the facial area, the style in both (paper, ID-context decoupling).

Rules over ``resources/lexicon.toml``. T is cut into pieces, each an opening word ("wearing", "on") and a noun phrase,
or something a face does ("smiling"). A piece whose last noun is a thing of the face, brought along by a word like
"with" or by none, moves to T_id; all else stays in T_c as the user wrote it. Three decisions:

* What moves is gone from T_c: the scene gets no expression, eyewear, make-up and the like.
* The view ("front face") is pose and stays in T_c; T_id gets it too, so that the redrawn face agrees with the pose.
* The style stays in T_c where the user put it and stands at the end of T_id.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import pairwise

from facea_desktop.domain.faces import Subject
from facea_desktop.domain.german_prompts import is_german
from facea_desktop.domain.lexicon import Kind, lexicon
from facea_desktop.domain.prompt_clauses import (
    Piece,
    Unit,
    merged_marks,
    pieces_of,
    units_of,
    with_article,
    written,
)
from facea_desktop.domain.prompt_people import mark_person, with_names
from facea_desktop.domain.prompt_styles import styles_of
from facea_desktop.domain.prompt_weights import read_emphasis

__all__ = ["Part", "PromptParts", "lexicon", "pieces_with_parts", "split_prompt"]

_NEVER_IN_A_THING = {Kind.PERSON, Kind.OTHER, Kind.PREPOSITION, Kind.CARRY, Kind.STYLE_AFTER, Kind.VIEW, Kind.SEEM}
_IN_A_STATE = {
    *(Kind.STATE, Kind.LOOK, Kind.ADVERB, Kind.PRONOUN, Kind.SEEM, Kind.DETERMINER),
    *(Kind.MARK, Kind.CONNECTOR),
}
_TELLING = ({Kind.LOOK, Kind.STATE, Kind.DESCRIBING, Kind.WORD}, {Kind.LOOK, Kind.STATE})
"""What makes a "face" or a "gaze" one that T_id tells of, and what makes a "look" one: a "vintage look" is none."""
_LONGEST_DESCRIPTION = 7
_SHINING = {(verb + ending,) for verb in ("glow", "shine", "sparkle", "gleam", "twinkle") for ending in ("", "s")}
_HANDLING = {
    (verb,)
    for verb in ("touching", "rubbing", "covering", "holding", "hiding", "stroking", "painting", "wiping", "biting")
}


@dataclass(frozen=True)
class PromptParts:
    """T_c and T_id, each with the style in it, and the style on its own.

    Attributes:
        person, view: what T_id has of the person and of the view, "a man" and "front face".
    """

    context: str
    face: str
    style: str
    person: str = field(default="", compare=False)
    view: str = field(default="", compare=False)

    @property
    def plain_face(self) -> str:
        """T_id without the style, which stands at its end."""
        return self.face.removesuffix(self.style).removesuffix(", ")


class Part(Enum):
    """Where a piece goes."""

    SCENE = auto()
    FACE = auto()
    ATTACHED = auto()  # to the face's piece before it: "a feather | on her cheek"


def split_prompt(text: str, subject: Subject | None = None, name: str = "") -> PromptParts:
    """Split T into T_c and T_id.

    Args:
        text: T; weights in it are left out (``emphasis``).
        subject: the person's; None takes the one that T names, if any. T_id begins with it whatever T says; T_c gets it
            only where T names nobody.
        name: the person's, which stands for the noun where T has it.
    """
    text = read_emphasis(text).plain
    german = is_german(text)

    def read(text: str) -> list[Unit]:
        return with_names(units_of(text, german=german), name)

    units = read(text)
    spoken_of = [unit.entry for unit in units if unit.kind is not Kind.OTHER]
    people = [entry for entry in spoken_of if entry.kind is Kind.PERSON or entry.subject]
    subject = subject or next((entry.subject for entry in people if entry.subject), None)
    person = f"a {subject}" if subject else ""
    context = _tidy(text)
    if not people:
        context = _tidy(", ".join(part for part in (person, context) if part))

    phrases: list[str] = []
    while True:
        pieces = pieces_of(mark_person(read(context), subject))
        parts = _parts(pieces)
        found = _face_phrases(pieces, parts)
        if not found:
            break
        phrases += found
        context = _tidy(_scene(pieces, parts))

    views = [
        written(piece.units) for previous, piece in pairwise([None, *pieces]) if piece and _is_view(piece, previous)
    ]
    style, view = ", ".join(styles_of(pieces)), ", ".join(views)
    face = ", ".join(part for part in (person, *phrases, view, style) if part)
    return PromptParts(context, face, style, person, view)


def pieces_with_parts(text: str) -> list[tuple[Piece, Part]]:
    """The pieces of T in order, each with where it goes; the person's noun stays, with what describes it."""
    pieces = pieces_of(mark_person(units_of(text), None))
    return list(zip(pieces, _parts(pieces)))


def _tidy(text: str) -> str:
    """The text evenly spaced, or nothing where no word is left."""
    units = units_of(text)
    return written(units) if any(unit.kind is not Kind.MARK for unit in units) else ""


def _parts(pieces: list[Piece]) -> list[Part]:
    """Where each piece goes."""
    parts: list[Part] = []
    others = False
    for at, piece in enumerate(pieces):
        previous = pieces[at - 1] if at and not piece.before else None
        following = pieces[at + 1] if at + 1 < len(pieces) and not pieces[at + 1].before else None
        if piece.after_mark or piece.head is Kind.PERSON:
            others = False
        part = Part.SCENE
        if not others and (_is_thing(piece, following) or _is_state(piece, following)):
            part = Part.FACE
        elif not others and previous and _touches_the_face(piece):
            if parts[-1] is Part.SCENE and (_is_carried(previous) or _may_lie_on_a_face(previous)):
                parts[-1] = Part.SCENE if previous.head is Kind.PLACE else Part.FACE
            part = Part.SCENE if parts[-1] is Part.SCENE else Part.ATTACHED
        elif previous and parts[-1] is Part.FACE and _goes_along(piece, previous):
            part = Part.ATTACHED
        parts.append(part)
        others = others or any(unit.kind is Kind.OTHER for unit in piece.body)
    return parts


def _is_carried(piece: Piece) -> bool:
    return piece.opened_by is not None and piece.opened_by.kind is Kind.CARRY


def _is_thing(piece: Piece, following: Piece | None) -> bool:
    """A thing of the face, worn or had by the person: "with a full beard", "round glasses"."""
    if not piece.body or _is_of_a_thing(piece, following):
        return False
    if _is_told_of_a_thing(piece, following):
        return True
    *before, head = piece.body
    if _is_covered_face(piece, following):
        return True
    if head.kind is Kind.COUNTENANCE:
        telling = _TELLING[head.words == ("look",)]
        if not any(unit.kind in telling and unit.entry.subject is None for unit in before):  # "a man's face"
            return False
    elif head.kind is not Kind.THING:
        return False
    if len(before) > _LONGEST_DESCRIPTION or any(unit.kind in _NEVER_IN_A_THING for unit in before):
        return False
    # "hold a mask": an article after another word begins the noun phrase, and what stands before it is a verb.
    for left, right in zip(before, [*before[1:], head]):
        if right.kind is Kind.ARTICLE and left.kind is not Kind.MEASURE:
            return False
        if right.kind is Kind.DETERMINER and left.kind not in (Kind.MEASURE, Kind.DETERMINER, Kind.ARTICLE):
            return False
    opened_by = piece.opened_by
    inside = opened_by is not None and opened_by.words == ("in",) and (head.entry.worn or bool(piece.shared))
    if opened_by is not None and not (_is_carried(piece) or inside or _is_how_skin_looks(piece)):
        return False
    if following is None:
        return True
    if following.opened("of"):
        return False
    elsewhere = following.head is Kind.PLACE and following.opened("on", "on top of", "in", "around", "from", "over")
    return not (elsewhere and (head.entry.worn or head.entry.section == "features"))


def _is_of_a_thing(piece: Piece, following: Piece | None) -> bool:
    """What an animal or a thing has: "with its tongue out", "a poster with an eye | on it"."""
    if any(unit.words == ("its",) for unit in piece.units):
        return True
    return (
        following is not None
        and following.opened("on", "in", "over", "across")
        and any(unit.words in (("it",), ("its",)) for unit in following.body)
    )


def _is_covered_face(piece: Piece, following: Piece | None) -> bool:
    """What a face is told to be covered with: "her face | covered in mud"."""
    if piece.body[-1].words != ("face",) or (piece.opening and not _is_carried(piece)):
        return False
    return following is not None and following.opened("covered in", "covered with", "painted with")


def _is_how_skin_looks(piece: Piece) -> bool:
    """A word in -ing that describes a part of the face: ", rotting skin", but not "rubbing his eyes"."""
    if len(piece.opening) != 1 or not _is_done(piece.opening[0]) or piece.opening[0].words in _HANDLING:
        return False
    return piece.body[0].kind is Kind.THING and piece.body[-1].entry.section in ("features", "skin")


def _is_told_of_a_thing(piece: Piece, following: Piece | None) -> bool:
    """What is told of a part of the face: "her eyes are blue", "his beard is long and grey", "lips parted"."""
    kinds = [Kind.THING if unit.kind is Kind.COUNTENANCE else unit.kind for unit in piece.body]
    if Kind.THING not in kinds:
        return False
    described = {Kind.ARTICLE, Kind.DETERMINER, Kind.DESCRIBING, Kind.LOOK, Kind.ADVERB}
    thing = kinds.index(Kind.THING)
    if piece.body[thing + 1 : thing + 2] and piece.body[thing + 1].words in _SHINING:
        kinds[thing + 1] = Kind.SEEM
    before, after = kinds[:thing], kinds[thing + 1 :]
    if after[:1] == [Kind.SEEM]:
        after = after[1:]
        if piece.opening and not piece.opened("whose"):
            return False
        if not after and following is not None:
            return _goes_on_telling(piece, following) and described.issuperset(before)
    elif piece.body[thing].kind is Kind.COUNTENANCE or (piece.opening and not _is_carried(piece)):
        return False
    told = described | {Kind.STATE, Kind.CONNECTOR}
    return bool(after) and described.issuperset(before) and told.issuperset(after)


def _goes_on_telling(piece: Piece, following: Piece) -> bool:
    """Whether what is told of a part of the face comes with a preposition or a verb: "his beard is | full of snow"."""
    return not following.before and bool(following.opening) and piece.body[-1].kind is Kind.SEEM


def _is_state(piece: Piece, following: Piece | None) -> bool:
    """Something the face does or how it looks: "smiling softly", "with his eyes closed", "looking thoughtful"."""
    telling = [unit for unit in piece.body if unit.kind in (Kind.STATE, Kind.LOOK)]
    if not telling or any(unit.kind not in _IN_A_STATE for unit in piece.body):
        return False
    if piece.opened_by is not None and not _is_carried(piece):
        return False
    gaze = telling[-1]
    if not gaze.entry.gaze or following is None or gaze.words[-1] in lexicon().grammar.camera:
        return True
    return not following.opened(*lexicon().grammar.aiming)


def _touches_the_face(piece: Piece) -> bool:
    """A place on the face: "on her cheek", "over one eye"."""
    if not piece.body or not piece.opened(*lexicon().grammar.touching):
        return False
    *before, head = piece.body
    if any(unit.words == ("its",) for unit in before):
        return False
    part_of_face = head.entry.section == "features" or (head.kind is Kind.COUNTENANCE and head.words[0] == "face")
    return part_of_face and not any(unit.kind in _NEVER_IN_A_THING for unit in before)


def _may_lie_on_a_face(piece: Piece) -> bool:
    """Something between commas that a place follows: "soot | on his face", but not "light | on her face"."""
    if not _stands_alone(piece, Kind.WORD):
        return False
    words = piece.body[-1].words  # none in a dash
    return bool(words) and words[-1] not in lexicon().grammar.lights


def _stands_alone(piece: Piece, head: Kind) -> bool:
    """Whether a piece hangs on nothing, so that what follows it is told of it: ", kind eyes | behind glasses"."""
    return not piece.opening and not piece.shared and piece.head is head


def _goes_along(piece: Piece, previous: Piece) -> bool:
    """What follows a face phrase into T_id: "smiling | at the camera", "with sunglasses | on", "makeup | running"."""
    if _goes_on_telling(previous, piece) or _is_covered_face(previous, piece):
        return True
    if piece.opened("in") and piece.head is Kind.CAMERA and previous.head is Kind.STATE:  # "lacht in die Kamera"
        return True
    if piece.opened("at", "into", "to", "for"):
        return piece.head is Kind.CAMERA or (piece.head is Kind.WORD and piece.body[-1].words[-1:] == ("side",))
    if not piece.body:
        lone = _stands_alone(previous, Kind.THING) and len(piece.opening) == 1 and not previous.after_connector
        return (piece.opened("on") and previous.body[-1].entry.worn) or (lone and _is_done(piece.opening[0]))
    if piece.opened("reflecting") and previous.body[-1].entry.worn:
        return True
    if not _stands_alone(previous, Kind.THING):
        return False
    part_of_face = previous.body[-1].entry.section == "features"
    return piece.opened("behind", "across", "around") or (part_of_face and piece.opened("with"))


def _is_done(unit: Unit) -> bool:
    """Whether it is a verb in -ing: "running", and "showing", which most often carries something."""
    return unit.words[-1].endswith("ing")


def _is_view(piece: Piece, previous: Piece | None) -> bool:
    """From where the face is seen: "front face", "in profile"; "soft light | from the side" tells of the light."""
    if previous is not None and not piece.before and _stands_alone(previous, Kind.WORD):
        return False
    return piece.head is Kind.VIEW and (not piece.opening or piece.opened("in", "from"))


def _before_the_person(piece: Piece) -> tuple[list[str], list[Unit]]:
    """The looks and states before the person's noun, and the piece without them: "a smiling | man"."""
    moved: list[list[Unit]] = []
    kept: list[Unit] = []
    run: list[Unit] = []
    for unit in piece.body:
        if unit.kind is Kind.ADVERB:
            run.append(unit)
        elif unit.kind in (Kind.STATE, Kind.LOOK):
            moved.append([*run, unit])
            run = []
        else:
            kept += [*run, unit]
            run = []
    if not moved:
        return [], piece.body
    rest = [
        unit
        for unit, left, right in zip(kept, [None, *kept], [*kept[1:], None])
        if not unit.glue
        or (left and right and left.kind is Kind.DESCRIBING and not right.glue and right.kind is not Kind.PERSON)
    ]
    return [written(phrase) for phrase in moved], with_article(rest, piece.body[1]) if len(rest) > 1 else rest


def _face_phrases(pieces: list[Piece], parts: list[Part]) -> list[str]:
    """What moves to T_id, in the order of T; phrases that "and" joins stay joined."""
    phrases: list[str] = []
    chained = False  # whether a piece of this chain of "and"s went to the face
    for piece, part in zip(pieces, parts):
        if piece.after_mark or not (piece.after_connector or part is Part.ATTACHED):
            chained = False
        if part is Part.ATTACHED:
            phrases[-1] += f" {written(piece.units)}"
        elif part is Part.FACE and chained:
            phrases[-1] += f" {written([*piece.before, *piece.units])}"
        elif part is Part.FACE:
            phrases.append(written([*piece.shared, *piece.units]))
        elif piece.head is Kind.PERSON:
            phrases += _before_the_person(piece)[0]
        chained = chained or part is not Part.SCENE
    return phrases


def _scene(pieces: list[Piece], parts: list[Part]) -> str:
    """T_c: what stays, with the marks and connectors that still join something."""
    units: list[Unit] = []
    marks: list[Unit] = []  # since the last piece that stayed
    gone = False  # whether a piece went since then
    chained = False  # whether a piece stayed in this chain of "and"s
    for piece, part in zip(pieces, parts):
        if not piece.after_connector:
            chained = False
        marks += [unit for unit in piece.before if unit.kind is Kind.MARK]
        if part is not Part.SCENE:
            gone = True
            continue
        if not gone:
            units += piece.before
        else:
            units += merged_marks(marks, at_start=not units, at_end=not piece.units)
            if chained:
                units += [unit for unit in piece.before if unit.kind is Kind.CONNECTOR]
            elif piece.units:
                units += piece.shared
        body = _before_the_person(piece)[1] if piece.head is Kind.PERSON else piece.body
        units += [*piece.opening, *body]
        marks, gone, chained = [], False, True
    if gone:
        units += merged_marks(marks, at_start=not units, at_end=True)
    return written(units)
