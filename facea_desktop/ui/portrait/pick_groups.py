"""The quick picks: ``resources/styles/picks.toml``, read and checked."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Literal, Self

from pydantic import Field, model_validator
from PySide6.QtCore import QCoreApplication

from facea_desktop.domain.lexicon import FaceSection, FaceSections, lexicon
from facea_desktop.domain.people import Value
from facea_desktop.domain.scene_words import read_scene, scene_words
from facea_desktop.domain.styles import Name, Words
from facea_desktop.resources import resource
from facea_desktop.ui.portrait.styles import contains


class _Group(Value):
    name: Name
    title: str = Field(min_length=1, max_length=30)

    @property
    def said(self) -> str:
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
        """Which of the words stand in the prompt."""
        return {words for words in self.words if contains(prompt, words)}

    def rivals(self, words: str) -> tuple[str, ...]:
        """What has to go when ``words`` come."""
        return tuple(other for other in self.words if self.one and other != words)

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
        """Which of the words stand in the prompt and mean there what they say."""
        return asked_words(prompt) & set(self.words)

    def rivals(self, words: str) -> tuple[str, ...]:
        """What has to go when ``words`` come."""
        return tuple(say for values in self._values() if words in values for say in values if say != words)

    def _values(self) -> list[list[str]]:
        groups = [scene_words().group(name) for name in self.groups]
        return [[value.say for value in group.values if value.say not in self.left_out] for group in groups]

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


def asked_words(prompt: str) -> set[str]:
    """What the program says for the values that a prompt asks for, as far as the prompt says it so."""
    asked = read_scene(prompt).asked
    said = {scene_words().group(group).value(value).say for group, value in asked.items()}
    return {words for words in said if contains(prompt, words)}


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
