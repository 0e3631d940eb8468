"""A prompt split by a language model, as the paper leaves it to one; the rules of ``prompt_splitter`` check the answer.

The model hands out the words of T to scene and face. Its answer counts where every word of T is in one of them and no
other is, and where words that the lexicon knows went where the rules put them, as did what is told of the person's
noun or stands behind a preposition of place. So it decides on phrases that the rules do not know; person, view and
style are added by the rules. Any other answer is refused, with the reason.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable

from pydantic import ValidationError

from facea_desktop.domain.faces import Subject
from facea_desktop.domain.german_prompts import is_german
from facea_desktop.domain.lexicon import Kind, words_of
from facea_desktop.domain.people import Value
from facea_desktop.domain.prompt_clauses import pieces_of, units_of
from facea_desktop.domain.prompt_people import mark_person
from facea_desktop.domain.prompt_splitter import PromptParts, split_prompt
from facea_desktop.domain.prompt_weights import read_emphasis

Messages = list[dict[str, str]]
"""A conversation as chat models take it: role and content of each message."""
Ask = Callable[[Messages], str]
"""Has a language model answer; raises a UserError where it cannot."""

INSTRUCTIONS = """\
You split the description of a portrait in two parts, word for word.
"face" is a list of the phrases about the face itself: expression, gaze, glasses, make-up, beard, eyes, freckles, \
piercings, a mask worn on the face.
"scene" is the rest: the person, age, hair, clothes, hats, pose, view, place, light, camera and style.
Use every word of the description exactly once, add none and change none.
Answer with nothing but JSON: {"scene": "...", "face": ["...", "..."]}"""
EXAMPLES = (
    (
        "a young woman with freckles smiling softly in a garden, front face, oil painting",
        {"scene": "a young woman in a garden, front face, oil painting", "face": ["with freckles", "smiling softly"]},
    ),
    (
        "photo of an old man wearing round glasses and a grey coat, looking at the camera",
        {"scene": "photo of an old man wearing a grey coat", "face": ["round glasses", "looking at the camera"]},
    ),
    ("a man on a beach at sunset", {"scene": "a man on a beach at sunset", "face": []}),
)
_SMALL = {
    *(Kind.ARTICLE, Kind.DETERMINER, Kind.CONNECTOR, Kind.CARRY, Kind.PREPOSITION, Kind.PRONOUN, Kind.SEEM, Kind.MARK),
}
"""What may be left out or said twice: "wearing glasses and a coat" is one thing each for face and scene."""
_UNDECIDED = _SMALL | {Kind.WORD, Kind.VERB, Kind.DESCRIBING, Kind.ADVERB, Kind.MEASURE}
"""What the lexicon does not settle by itself: it goes with the words beside it."""


class RefusedAnswerError(ValueError):
    """The answer of a language model that is not used; the message says why."""


class _Answer(Value):
    scene: str
    face: tuple[str, ...]


def messages_for(text: str) -> Messages:
    """What a chat model is asked for T: instructions, three examples, and T."""
    shown = [
        {"role": role, "content": content}
        for prompt, answer in EXAMPLES
        for role, content in (("user", prompt), ("assistant", json.dumps(answer)))
    ]
    plain = " ".join(read_emphasis(text).plain.split())
    return [{"role": "system", "content": INSTRUCTIONS}, *shown, {"role": "user", "content": plain}]


def split_by_model(text: str, subject: Subject | None, name: str, ask: Ask) -> PromptParts:
    """Split T into T_c and T_id by a language model.

    Args:
        text, subject, name: as ``split_prompt`` takes them.

    Raises:
        RefusedAnswerError: its answer has no sense, or says something else than T.
        UserError: it cannot be asked.
    """
    return checked_split(text, subject, name, ask(messages_for(text)))


def checked_split(text: str, subject: Subject | None, name: str, answer: str) -> PromptParts:
    """The parts that a model's answer gives.

    Raises:
        RefusedAnswerError: as ``split_by_model``.
    """
    read = _read(answer)
    text = read_emphasis(text).plain
    german = is_german(text)
    rules = split_prompt(text, subject, name)
    scene, face = (_content(part, german) for part in (read.scene, ", ".join(read.face)))
    _check_words(_content(text, german), scene, face)
    _check_places(text, german, rules, scene, face)
    context = split_prompt(read.scene, subject, name).context  # adds the person where T names nobody
    parts = (rules.person, *read.face, rules.view, rules.style)
    return PromptParts(context, ", ".join(part for part in parts if part), rules.style, rules.person, rules.view)


def _read(answer: str) -> _Answer:
    """The JSON object in an answer, which may stand behind thoughts or in a code block."""
    spoken = re.sub(r"(?s)<think>.*?</think>", "", answer)
    found = re.search(r"(?s)\{.*\}", spoken)
    try:
        read = _Answer.model_validate_json(found[0] if found else "")
    except ValidationError:
        raise RefusedAnswerError("it did not answer with the two parts") from None
    phrases = (phrase.strip(" ,.;") for phrase in read.face)
    return _Answer(scene=read.scene.strip(), face=tuple(phrase for phrase in phrases if phrase))


def _content(text: str, german: bool) -> Counter[str]:
    """The words of a text that say something, each with how often it stands there."""
    return Counter(
        word for unit in units_of(text, german=german) if unit.kind not in _SMALL for word in words_of(unit.text)
    )


def _check_words(said: Counter[str], scene: Counter[str], face: Counter[str]) -> None:
    """Every word in one part, and none that T does not have."""
    for fault, words in (("added", scene + face - said), ("left out", said - scene - face)):
        if words:
            raise RefusedAnswerError(f"it {fault} {', '.join(map(repr, list(words)[:3]))}")


def _check_places(text: str, german: bool, rules: PromptParts, scene: Counter[str], face: Counter[str]) -> None:
    """What the rules are sure of is where they have it."""
    here = _content(rules.context, german)
    for piece in pieces_of(mark_person(units_of(text, german=german), None)):
        opened_by = piece.opened_by
        sure = piece.head is Kind.PERSON or (opened_by is not None and opened_by.kind is Kind.PREPOSITION)
        for unit in piece.body:
            if unit.kind in (_SMALL if sure else _UNDECIDED):
                continue
            for word in words_of(unit.text):
                if word in here and word not in scene:
                    raise RefusedAnswerError(f"it took {word!r} out of the scene")
                if word not in here and word not in face:
                    raise RefusedAnswerError(f"it took {word!r} away from the face")
