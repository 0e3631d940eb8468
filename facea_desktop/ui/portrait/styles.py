"""Style presets and quick picks: ``resources/styles``, read and checked, and how their words go into a prompt."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator
from PySide6.QtCore import QCoreApplication

from facea_desktop.domain.lexicon import FaceSection, FaceSections, lexicon
from facea_desktop.domain.people import Value
from facea_desktop.resources import resource

Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,40}$")]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]

_OPENERS = ("wearing a ", "wearing an ", "wearing ", "with a ", "with an ", "with ")


class Style(Value):
    """A style that one click adds.

    Attributes:
        title: what people call it.
        words: what goes into the prompt.
        picture: file beside ``styles.toml`` that shows what it looks like.
    """

    name: Name
    title: str = Field(min_length=1, max_length=30)
    words: Words
    picture: str = Field(pattern=r"^[a-z0-9-]+\.webp$")

    @property
    def said(self) -> str:
        """The title in the language of the window."""
        return QCoreApplication.translate("Styles", self.title)

    @property
    def path(self) -> Path:
        """Where the picture lies."""
        return resource("styles", self.picture)


class PickGroup(Value):
    """Words of the face that belong together; ``one`` means that they exclude each other."""

    name: Name
    title: str = Field(min_length=1, max_length=30)
    one: bool
    first: tuple[Words, ...]
    sections: tuple[str, ...]
    most: int = Field(ge=0, le=20)

    @property
    def said(self) -> str:
        """The title in the language of the window."""
        return QCoreApplication.translate("Styles", self.title)

    @property
    def words(self) -> tuple[str, ...]:
        """What the group offers, each once."""
        found = dict.fromkeys(self.first)
        for name in self.sections:
            section: FaceSection = getattr(lexicon().face, name)
            found |= dict.fromkeys(section.say[: self.most])
        return tuple(found)

    @model_validator(mode="after")
    def _sections_exist(self) -> Self:
        unknown = set(self.sections) - set(FaceSections.model_fields)
        if unknown:
            raise ValueError(f"the lexicon has no section {', '.join(sorted(unknown))}")
        return self


class _StyleFile(Value):
    version: Literal[1]
    learned: dict[Name, frozenset[Name]]
    styles: tuple[Style, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        for field in ("name", "words"):
            if len({getattr(style, field).casefold() for style in self.styles}) != len(self.styles):
                raise ValueError(f"two styles have the same {field}")
        return self

    @model_validator(mode="after")
    def _learned_exist(self) -> Self:
        unknown = frozenset[str]().union(*self.learned.values()) - {style.name for style in self.styles}
        if unknown:
            raise ValueError(f"there is no style {', '.join(sorted(unknown))}")
        return self


class _PickFile(Value):
    version: Literal[1]
    groups: tuple[PickGroup, ...]


def load_styles() -> tuple[Style, ...]:
    """The styles that ship with the program, in the order in which they are shown.

    Raises:
        pydantic.ValidationError: an unknown or missing key, or a style twice.
    """
    return _style_file().styles


def knows(family: str, style: Style) -> bool:
    """Whether the models of a family learned a style.

    Raises:
        pydantic.ValidationError: as ``load_styles``.
    """
    learned = _style_file().learned.get(family)
    return learned is None or style.name in learned


@cache
def load_picks() -> tuple[PickGroup, ...]:
    """The quick picks that ship with the program.

    Raises:
        pydantic.ValidationError: an unknown or missing key, or a section that the lexicon does not have.
    """
    return _PickFile.model_validate(tomllib.loads(resource("styles", "picks.toml").read_text("utf-8"))).groups


def short_title(words: str) -> str:
    """What a chip says: the words without what brings them along ("wearing round glasses" is "round glasses")."""
    return next((words.removeprefix(opener) for opener in _OPENERS if words.startswith(opener)), words)


def contains(text: str, words: str) -> bool:
    """Whether the words stand in the text, as whole words and whatever their case."""
    return _pattern(words).search(text) is not None


def with_words(text: str, words: str) -> str:
    """The text with the words at its end, unless they stand in it."""
    if contains(text, words):
        return text
    return ", ".join(part for part in (text.rstrip().rstrip(",").rstrip(), words) if part)


def without_words(text: str, words: str) -> str:
    """The text without the words, and without the comma that set them apart; all else stays as it is."""
    while (found := _pattern(words).search(text)) is not None:
        before, after = text[: found.start()].rstrip(), text[found.end() :].lstrip()
        if not before or before.endswith(","):
            after = after.lstrip(", ")
        if not after or after[0] in ".;":
            before = before.rstrip(", ")
        text = before + (" " if before and after and after[0] not in ",.;" else "") + after
    return text


def with_style(prompt: str, style: Style | None) -> str:
    """T: what the user wrote, and the style at its end."""
    prompt = prompt.strip().rstrip(",").rstrip()
    return ", ".join(part for part in (prompt, style.words if style else "") if part)


def styled_prompt(text: str) -> tuple[str, Style | None]:
    """What ``with_style`` joined: the prompt, and the style whose words end it, if there is one."""
    for style in sorted(load_styles(), key=lambda style: -len(style.words)):
        before = text[: -len(style.words)]
        if text.endswith(style.words) and (not before or before.endswith(", ")):
            return before.removesuffix(", "), style
    return text, None


def other_style(text: str, old: Style | None, new: Style | None) -> str:
    """A part that the user wrote by hand, with the words of another style in it."""
    if old is not None:
        text = without_words(text, old.words)
    return with_words(text, new.words) if new is not None else text


@cache
def _style_file() -> _StyleFile:
    return _StyleFile.model_validate(tomllib.loads(resource("styles", "styles.toml").read_text("utf-8")))


def _pattern(words: str) -> re.Pattern[str]:
    inner = r"[\s-]+".join(re.escape(word) for word in re.split(r"[\s-]+", words))
    return re.compile(rf"(?<![\w-]){inner}(?![\w-])", re.IGNORECASE)
