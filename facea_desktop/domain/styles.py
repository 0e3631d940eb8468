"""The style presets, ``resources/styles/styles.toml`` read and checked, and which of them a prompt asks for."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from facea_desktop.domain.lexicon import Phrase, words_of
from facea_desktop.domain.people import Png, Value
from facea_desktop.domain.plain_text import one_line
from facea_desktop.domain.prompt_splitter import split_prompt
from facea_desktop.domain.requests import StyleLora
from facea_desktop.resources import resource

Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,40}$")]
Title = Annotated[
    str,
    BeforeValidator(lambda text: one_line(text).strip() if isinstance(text, str) else text),
    StringConstraints(min_length=1, max_length=30),
]
"""What people call a style of their own."""
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]


class Style(Value):
    """How a picture is made.

    Attributes:
        name: stable; files and tests may rely on it.
        title: what people call it.
        words: what one click puts into the prompt.
        synonyms: what else people type for it, as the lexicon spells: lower case, no hyphens.
        photograph: it is still a photograph, so that "a sepia pencil sketch" is a sketch.
        picture: file beside ``styles.toml`` that shows what it looks like.
    """

    name: Name
    title: str = Field(min_length=1, max_length=30)
    words: Words
    synonyms: tuple[Phrase, ...] = ()
    photograph: bool = False
    picture: str = Field(pattern=r"^[a-z0-9-]+\.webp$")

    @property
    def spellings(self) -> tuple[tuple[str, ...], ...]:
        """The words and synonyms, each as ``words_of`` compares them."""
        return tuple(words_of(phrase) for phrase in (self.words, *self.synonyms))


class OwnStyle(Value):
    """A style that the user saved, see ``library.own_styles``; its words ask for whatever they ask for.

    Attributes:
        name: stable.
        title: what the user calls it.
        words: what one click puts into the prompt; a style with a LoRA may have none.
        image: what it looks like; None where there is no picture.
        lora: what scenes are painted with, at the strength that portraits begin with.
    """

    name: Name
    title: Title
    words: str = Field(max_length=200)
    image: Png | None = None
    lora: StyleLora | None = None


AnyStyle = Style | OwnStyle


class _StyleFile(Value):
    version: Literal[1]
    styles: tuple[Style, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len({style.name for style in self.styles}) != len(self.styles):
            raise ValueError("two styles have the same name")
        spellings = [spelling for style in self.styles for spelling in style.spellings]
        twice = {" ".join(spelling) for spelling in spellings if spellings.count(spelling) > 1}
        if twice:
            raise ValueError(f"used by two styles, or twice: {', '.join(sorted(twice))}")
        return self


@cache
def styles() -> tuple[Style, ...]:
    """The styles that ship with the program, in the order in which they are shown.

    Raises:
        pydantic.ValidationError: an unknown or missing key, or a style or its words twice.
    """
    return _StyleFile.model_validate(tomllib.loads(resource("styles", "styles.toml").read_text("utf-8"))).styles


def with_style(prompt: str, words: str) -> str:
    """T: what the user wrote, and the words of a style at its end; either may be empty."""
    return ", ".join(part for part in (prompt.strip().rstrip(",").rstrip(), words) if part)


def style_in(text: str) -> Style | None:
    """The style that a prompt asks for: the first that is named, and a drawing or painting before a photograph.

    One whose ``words`` end the prompt after a comma counts before the first: so the style chosen in the window is said.

    Only what the prompt splitter finds to be a style counts: "an oil painting of a man" asks for one, "a man in a
    gallery, oil painting on the wall" does not. Where two begin at one word, the longer counts: "comic book".
    """
    said = words_of(split_prompt(text).style)
    *_, end = text.rpartition(", ")
    last = next((style for style in styles() if words_of(end) == words_of(style.words)), None)
    found = [
        (style.photograph, style is not last, at, -len(spelling), style)
        for style in styles()
        for spelling in style.spellings
        for at in range(len(said) - len(spelling) + 1)
        if said[at : at + len(spelling)] == spelling
    ]
    return min(found, key=lambda match: match[:4])[4] if found else None
