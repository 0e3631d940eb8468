"""The quick picks: ``resources/styles/picks.toml``, read and checked."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Literal, Self

from pydantic import Field, model_validator
from PySide6.QtCore import QCoreApplication

from facea_desktop.domain.lexicon import FaceSection, FaceSections, lexicon
from facea_desktop.domain.people import Value
from facea_desktop.domain.prompt_edits import instead, without
from facea_desktop.domain.prompt_phrases import Phrase, face_phrases, scene_phrases
from facea_desktop.domain.scene_reading import SceneGroup, read_scene, scene_words
from facea_desktop.domain.styles import Name, Words
from facea_desktop.resources import resource


@lru_cache(maxsize=1)
def _asked(prompt: str) -> Mapping[str, str]:
    """What a prompt asks for; every group asks the same prompt, with every letter that is typed."""
    return read_scene(prompt).asked


@lru_cache(maxsize=8)
def _phrases(prompt: str, sections: tuple[str, ...]) -> tuple[Phrase, ...]:
    """Likewise what it says of the face."""
    return tuple(face_phrases(prompt, sections))


class _Group(Value):
    name: Name
    title: str = Field(min_length=1, max_length=30)

    @property
    def heading(self) -> str:
        """The title in the language of the window."""
        return QCoreApplication.translate("Styles", self.title)


class FacePicks(_Group):
    """Words of the face that belong together; ``one`` means that they exclude each other."""

    one: bool
    first: tuple[Words, ...]
    sections: tuple[str, ...]
    most: int = Field(ge=0, le=20)

    @property
    def words(self) -> tuple[str, ...]:
        """What the group offers, each once."""
        found = dict.fromkeys(self.first)
        for name in self.sections:
            section: FaceSection = getattr(lexicon().face, name)
            found |= dict.fromkeys(section.say[: self.most])
        return tuple(found)

    def chosen(self, prompt: str) -> set[str]:
        """Which of the words the prompt says, in any form."""
        return set(self._held(_phrases(prompt, self.sections)))

    def said(self, prompt: str) -> int:
        """How many things of the group the prompt says, in whatever words."""
        return sum(not phrase.denied for phrase in _phrases(prompt, self.sections))

    def edited(self, prompt: str, words: str, there: bool) -> str:
        """The prompt with the words, in the place of what excludes them; or without them."""
        phrases = _phrases(prompt, self.sections)
        same = self._held(phrases).get(words, [])
        if not there:
            return without(prompt, same)
        rivals = [phrase for phrase in phrases if phrase.denied or (self.one and phrase not in same)]
        return without(prompt, rivals) if same else instead(prompt, rivals, words)

    def _held(self, phrases: Sequence[Phrase]) -> dict[str, list[Phrase]]:
        """The words that the phrases say, each with those that do; "round glasses" are not "glasses" too."""
        found: dict[str, list[Phrase]] = {}
        for words in self.words:
            holders = [
                next((one for one in phrases if not one.denied and _within(core, one.words)), None)
                for core in _cores(words, self.sections)
            ]
            if holders and None not in holders:
                found[words] = [one for one in holders if one is not None]
        length = {words: sum(map(len, _cores(words, self.sections))) for words in found}
        return {
            words: held
            for words, held in found.items()
            if not any(
                length[other] > length[words] and all(one in more for one in held) for other, more in found.items()
            )
        }

    @model_validator(mode="after")
    def _sections_exist(self) -> Self:
        unknown = set(self.sections) - set(FaceSections.model_fields)
        if unknown:
            raise ValueError(f"the lexicon has no section {', '.join(sorted(unknown))}")
        return self


class ScenePicks(_Group):
    """Words of ``scene_words.toml``: values of some of its groups; those of one group exclude each other."""

    groups: tuple[str, ...] = Field(min_length=1)
    left_out: frozenset[str] = frozenset()

    @property
    def words(self) -> tuple[str, ...]:
        """What the group offers."""
        return tuple(say for values in self._values() for say in values)

    def chosen(self, prompt: str) -> set[str]:
        """Which of the words the prompt asks for, in whatever words."""
        asked = _asked(prompt)
        return {group.value(asked[group.name]).say for group in self._groups() if group.name in asked} & set(self.words)

    def said(self, prompt: str) -> int:
        """How many things of the group the prompt asks for."""
        return len(_asked(prompt).keys() & set(self.groups))

    def edited(self, prompt: str, words: str, there: bool) -> str:
        """The prompt with the words, in the place of others of their group; or without them."""
        group, value = next(
            (group.name, value.name) for group in self._groups() for value in group.values if value.say == words
        )
        found = scene_phrases(prompt, group)
        same = [phrase for said, phrase in found if said == value]
        others = [phrase for said, phrase in found if said != value]
        if not there:
            return without(prompt, same)
        return without(prompt, others) if same else instead(prompt, others, words)

    def _groups(self) -> list[SceneGroup]:
        return [scene_words().group(name) for name in self.groups]

    def _values(self) -> list[list[str]]:
        return [[value.say for value in group.values if value.say not in self.left_out] for group in self._groups()]

    @model_validator(mode="after")
    def _words_exist(self) -> Self:
        known = {group.name: {value.say for value in group.values} for group in scene_words().groups}
        missing = set(self.groups) - known.keys()
        if missing:
            raise ValueError(f"the scene words have no group {', '.join(sorted(missing))}")
        unsaid = self.left_out - {say for name in self.groups for say in known[name]}
        if unsaid:
            raise ValueError(f"the scene words do not say {', '.join(sorted(unsaid))}")
        return self


@cache
def _cores(words: str, sections: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """What has to stand in a prompt that says the words: "wearing an eye patch" is "eye patch"."""
    return tuple(phrase.words for phrase in face_phrases(words, sections))


def _within(core: tuple[str, ...], words: tuple[str, ...]) -> bool:
    return any(words[at : at + len(core)] == core for at in range(len(words) - len(core) + 1))


PickGroup = FacePicks | ScenePicks


class _PickFile(Value):
    version: Literal[1]
    groups: tuple[FacePicks, ...]
    scene_groups: tuple[ScenePicks, ...]


@cache
def load_picks(scene_words_only: bool = False) -> tuple[PickGroup, ...]:
    """The quick picks that ship with the program.

    Args:
        scene_words_only: those for models that know the words of ``scene_words.toml`` alone.

    Raises:
        pydantic.ValidationError: an unknown or missing key, or a section or group that is not there.
    """
    file = _PickFile.model_validate(tomllib.loads(resource("styles", "picks.toml").read_text("utf-8")))
    return file.scene_groups if scene_words_only else file.groups
