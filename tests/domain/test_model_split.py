"""What is made of a language model's answers: the good ones are used, all others refused."""

from __future__ import annotations

import json

import pytest

from facea_desktop.domain.faces import Subject
from facea_desktop.domain.model_split import (
    EXAMPLES,
    Messages,
    RefusedAnswerError,
    checked_split,
    messages_for,
    split_by_model,
)
from facea_desktop.domain.prompt_splitter import split_prompt

PROMPT = "a man with a lopsided monobrow and glasses in a park, smiling, front face, oil painting"
GOOD = {"scene": "a man in a park, front face, oil painting", "face": ["a lopsided monobrow", "glasses", "smiling"]}


def split(answer: object, prompt: str = PROMPT, subject: Subject | None = Subject.MAN) -> tuple[str, str, str]:
    said = answer if isinstance(answer, str) else json.dumps(answer)
    parts = checked_split(prompt, subject, "", said)
    return parts.context, parts.face, parts.style


def test_a_model_decides_on_words_that_the_rules_do_not_know() -> None:
    assert "monobrow" in split_prompt(PROMPT, Subject.MAN).context
    context, face, style = split(GOOD)
    assert context == "a man in a park, front face, oil painting"
    assert face == "a man, a lopsided monobrow, glasses, smiling, front face, oil painting"
    assert style == "oil painting"


@pytest.mark.parametrize(
    "wrapped", ["<think>a {brow}, so</think>\n{}", "```json\n{}\n```", "Here it is: {} - done."], ids=str
)
def test_thoughts_and_wrappings_around_the_answer_are_left_out(wrapped: str) -> None:
    before, after = wrapped.split("{}")
    assert split(f"{before}{json.dumps(GOOD)}{after}") == split(GOOD)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("I cannot help with that.", "did not answer"),
        ("", "did not answer"),
        ('{"scene": "a man"', "did not answer"),
        ({"scene": GOOD["scene"]}, "did not answer"),
        (GOOD | {"style": "x"}, "did not answer"),
        (GOOD | {"face": "smiling"}, "did not answer"),
        (GOOD | {"scene": "a handsome man in a park, front face, oil painting"}, "added 'handsome'"),
        (GOOD | {"face": ["a lopsided monobrow", "glasses"]}, "left out 'smiling'"),
        (GOOD | {"face": [*GOOD["face"], "smiling"]}, "added 'smiling'"),
        ({"scene": "a man in a park, smiling, front face, oil painting", "face": GOOD["face"][:2]}, "from the face"),
        ({"scene": "a man, front face, oil painting", "face": [*GOOD["face"], "in a park"]}, "'park' out of the scene"),
        ({"scene": "", "face": [PROMPT]}, "out of the scene"),
    ],
)
def test_an_answer_that_says_something_else_is_refused_with_the_reason(answer: object, reason: str) -> None:
    with pytest.raises(RefusedAnswerError, match=reason):
        split(answer)


def test_the_person_is_added_where_the_prompt_names_nobody() -> None:
    context, face, _ = split({"scene": "in a park", "face": ["smiling"]}, "smiling in a park", Subject.WOMAN)
    assert context.startswith("a woman")
    assert face == "a woman, smiling"
    assert split({"scene": "in a park", "face": ["smiling"]}, "smiling in a park", None)[1] == "smiling"


def test_weights_are_no_words() -> None:
    answer = {"scene": "a man in a park", "face": ["smiling"]}
    assert split(answer, "a man, (smiling:1.3) in a park")[1] == "a man, smiling"
    assert messages_for("a man, (smiling:1.3)\nin a park")[-1]["content"] == "a man, smiling in a park"


def test_german_is_split_in_german() -> None:
    answer = {"scene": "ein Mann im Park", "face": ["lächelnd", "mit Brille"]}
    context, face, _ = split(answer, "ein Mann mit Brille im Park, lächelnd")
    assert (context, face) == ("ein Mann im Park", "a man, lächelnd, mit Brille")


def test_the_examples_that_a_model_is_shown_pass_the_check_themselves() -> None:
    for prompt, answer in EXAMPLES:
        checked_split(prompt, None, "", json.dumps(answer))


def test_a_model_is_asked_with_instructions_examples_and_the_prompt() -> None:
    asked: list[Messages] = []

    def ask(messages: Messages) -> str:
        asked.append(messages)
        return json.dumps(GOOD)

    split_by_model(PROMPT, Subject.MAN, "", ask)
    ((first, *shown, last),) = asked
    assert (first["role"], last) == ("system", {"role": "user", "content": PROMPT})
    assert [one["role"] for one in shown] == ["user", "assistant"] * len(EXAMPLES)


def test_what_the_rules_made_is_accepted() -> None:
    """A model that splits as the rules do is never refused, where no word stands in both parts."""
    for prompt, subject in ((PROMPT, Subject.MAN), ("a woman laughing with red lipstick in Rome", Subject.WOMAN)):
        rules = split_prompt(prompt, subject)
        phrases = rules.face.removeprefix(f"{rules.person}, ").split(", ")
        face = [phrase for phrase in phrases if phrase not in (rules.view, rules.style)]
        assert checked_split(prompt, subject, "", json.dumps({"scene": rules.context, "face": face})) == rules
