"""A part of a prompt as the models get it: in English, with "a woman" for "my wife" or a name, and with its weights."""

from __future__ import annotations

from dataclasses import replace

from facea_desktop.domain.appearance_prompts import Completed, completed
from facea_desktop.domain.faces import Subject
from facea_desktop.domain.german_prompts import is_german
from facea_desktop.domain.lexicon import KIN, NAME, Entry, Kind, words_of
from facea_desktop.domain.people import Appearance
from facea_desktop.domain.prompt_clauses import Unit, units_of, written
from facea_desktop.domain.prompt_people import with_names
from facea_desktop.domain.prompt_splitter import PromptParts
from facea_desktop.domain.prompt_weights import emphasised

_GENITIVE = {"des", "eines", "einer", "meines", "meiner", "unseres", "unserer"}
_MINE = (("my",), ("our",))


def for_models(part: str, prompt: str, subject: Subject, name: str = "") -> str:
    """T_c or T_id in words that the models know; weights are not among them yet.

    Args:
        prompt: T, which tells the language.
        subject: the person's.
        name: what the person is called.
    """
    german = is_german(prompt)
    units = with_names(units_of(part, german=german), name)
    said: list[Unit] = []
    for unit, before in zip(units, [None, *units]):
        if german and before is not None and before.text[:1].isupper() and unit.text.casefold() in _GENITIVE:
            said.append(_unit("of", Kind.PREPOSITION))
        # A person may be called "My": then it has become a name, and a wife is left as she is.
        mine = next((at for at in reversed(range(len(said))) if said[at].words in _MINE), None)
        named = unit.kind is Kind.PERSON and unit.entry.section == NAME
        if named or (unit.kind is Kind.PERSON and unit.entry.section == KIN and mine is not None):
            noun = unit.entry.subject or subject
            if named or mine is None:
                said.append(_unit("a", Kind.ARTICLE))
            else:
                said[mine : mine + 1] = [_unit("a", Kind.ARTICLE)]
            said.append(_unit(noun.value, Kind.PERSON))
        elif german and unit.words and unit.words != words_of(unit.text):
            said.append(Unit(" ".join(unit.words), unit.words, unit.entry))
        else:
            said.append(unit)
    return part if said == units else written(_with_articles(said))


def model_prompts(
    parts: PromptParts,
    prompt: str,
    subject: Subject,
    appearance: Appearance,
    name: str = "",
    *,
    context: str | None = None,
    face: str | None = None,
    styled: bool = True,
) -> Completed:
    """T_c and T_id as the models get them: in English, completed with the person's appearance, with T's weights.

    Args:
        parts: of T, which is ``prompt``.
        name: what the person is called.
        context, face: what was written by hand in their place; it is left as it is.
        styled: the style is said in T_id.
    """

    def said(part: str) -> str:
        return for_models(part, prompt, subject, name)

    full = completed(
        said(parts.context) if context is None else context,
        said(parts.face if styled else parts.plain_face) if face is None else face,
        subject,
        appearance,
        context_by_hand=context is not None,
        face_by_hand=face is not None,
    )
    return replace(
        full,
        context=emphasised(full.context, prompt, said) if context is None else full.context,
        face=emphasised(full.face, prompt, said) if face is None else full.face,
    )


def _unit(word: str, kind: Kind) -> Unit:
    return Unit(word, (word,), Entry(kind))


def _with_articles(units: list[Unit]) -> list[Unit]:
    """ "an" before a vowel, "a" before other letters."""
    made = []
    for unit, following in zip(units, [*units[1:], None]):
        if unit.kind is Kind.ARTICLE and unit.text in ("a", "an") and following is not None:
            unit = _unit("an" if following.text[:1].casefold() in tuple("aeiou") else "a", Kind.ARTICLE)
        made.append(unit)
    return made
