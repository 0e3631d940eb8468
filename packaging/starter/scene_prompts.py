"""The prompts that starter scenes are measured on: every word that they know, in the program's own phrases."""

from __future__ import annotations

import random
from dataclasses import dataclass

from facea_desktop.domain.scene_reading import scene_words

COUNT = 200
SEED = 20_000
MOST_WORDS = 4
SUBJECT = "subject"

_HIDES: tuple[frozenset[str], ...] = tuple(
    map(
        frozenset,
        (
            ("hair_length", "hat"),
            ("hair_texture", "hat"),
            ("hair_colour", "hat"),
            ("background", "place"),
            ("background", "tone"),
            ("pose", "light"),
        ),
    )
)
"""Groups that are not asked for together: one hides the other, or says what it should look like."""
_BALD_HIDES = {"hair_colour", "hair_texture"}


@dataclass(frozen=True)
class ScenePrompt:
    """A prompt, and what it asks for.

    Attributes:
        asked: group to value, the subject among them.
    """

    text: str
    asked: dict[str, str]


def scene_prompts(count: int = COUNT) -> list[ScenePrompt]:
    """Women and men in turn, each with one to four words; what was asked for least so far comes first.

    Of women nothing is said of beards and baldness, which the training set does not show.
    """
    draw = random.Random(SEED)
    groups = {group.name: [value.name for value in group.values] for group in scene_words().groups}
    subjects = groups.pop(SUBJECT)
    times = {(group, value): 0 for group, values in groups.items() for value in values}
    prompts = []
    for number in range(count):
        asked = {SUBJECT: subjects[number % len(subjects)]}
        while len(asked) <= 1 + number // len(subjects) % MOST_WORDS:
            free = [word for word in times if _fits(asked, *word)]
            least = min(times[word] for word in free)
            group, value = draw.choice([word for word in free if times[word] == least])
            asked[group] = value
            times[group, value] += 1
        prompts.append(ScenePrompt(_said(asked), asked))
    return prompts


def _fits(asked: dict[str, str], group: str, value: str) -> bool:
    """Whether the word can be asked for, too."""
    if group in asked or any(frozenset((group, other)) in _HIDES for other in asked):
        return False
    if asked[SUBJECT] == "woman" and (group == "beard" or value == "bald"):
        return False
    bald = value == "bald" or asked.get("hair_length") == "bald"
    return not (bald and _BALD_HIDES & {group, *asked})


def _said(asked: dict[str, str]) -> str:
    """The prompt as the program's quick picks put it: the words in the order of their groups."""
    said = [f"a {asked[SUBJECT]}"]
    said += [
        group.value(asked[group.name]).say
        for group in scene_words().groups
        if group.name in asked and group.name != SUBJECT
    ]
    return ", ".join(said)
