"""What the window says and shows of styles, and how their words go into a prompt."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from facea_desktop.domain import prompt_edits
from facea_desktop.domain.styles import Style, styles
from facea_desktop.resources import resource

_OPENERS = ("wearing a ", "wearing an ", "wearing ", "with a ", "with an ", "with ")


def said(style: Style) -> str:
    """The style's title in the language of the window."""
    return QCoreApplication.translate("Styles", style.title)


def picture_of(style: Style) -> Path:
    """Where the picture lies that shows what the style looks like."""
    return resource("styles", style.picture)


def short_title(words: str) -> str:
    """What a chip says: the words without what brings them along ("wearing round glasses" is "round glasses")."""
    return next((words.removeprefix(opener) for opener in _OPENERS if words.startswith(opener)), words)


def contains(text: str, words: str) -> bool:
    """Whether the words stand in the text, as whole words and whatever their case."""
    return _pattern(words).search(text) is not None


def with_words(text: str, words: str) -> str:
    """The text with the words at its end, unless they stand in it."""
    return text if contains(text, words) else prompt_edits.with_words(text, words)


def without_words(text: str, words: str) -> str:
    """The text without the words, and without the comma or the "with" that brought them; all else stays as it is."""
    while (found := _pattern(words).search(text)) is not None:
        text = prompt_edits.cut(text, *found.span())
    return text


def with_style(prompt: str, style: Style | None) -> str:
    """T: what the user wrote, and the style at its end."""
    prompt = prompt.strip().rstrip(",").rstrip()
    return ", ".join(part for part in (prompt, style.words if style else "") if part)


def styled_prompt(text: str) -> tuple[str, Style | None]:
    """What ``with_style`` joined: the prompt, and the style whose words end it, if there is one."""
    for style in sorted(styles(), key=lambda style: -len(style.words)):
        before = text[: -len(style.words)]
        if text.endswith(style.words) and (not before or before.endswith(", ")):
            return before.removesuffix(", "), style
    return text, None


def other_style(text: str, old: Style | None, new: Style | None) -> str:
    """A part that the user wrote by hand, with the words of another style in it."""
    if old is not None:
        text = without_words(text, old.words)
    return with_words(text, new.words) if new is not None else text


def _pattern(words: str) -> re.Pattern[str]:
    inner = r"[\s-]+".join(re.escape(word) for word in re.split(r"[\s-]+", words))
    return re.compile(rf"(?<![\w-]){inner}(?![\w-])", re.IGNORECASE)
