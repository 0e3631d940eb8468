"""What the window says and shows of styles, and how their words go into a prompt."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QPixmap

from facea_desktop.domain import prompt_edits
from facea_desktop.domain.requests import StyleLora
from facea_desktop.domain.styles import AnyStyle, OwnStyle, styles
from facea_desktop.resources import resource

_OPENERS = ("wearing a ", "wearing an ", "wearing ", "with a ", "with an ", "with ")
_ARTICLE, _OF = re.compile(r"\b(?:an?|the)\s+$", re.IGNORECASE), re.compile(r"\s+of\b", re.IGNORECASE)


def said(style: AnyStyle) -> str:
    """The style's title in the language of the window; one of the user's own as they called it."""
    return style.title if isinstance(style, OwnStyle) else QCoreApplication.translate("Styles", style.title)


def picture_of(style: AnyStyle) -> QPixmap:
    """What the style looks like; null for one of the user's own that has no picture."""
    if not isinstance(style, OwnStyle):
        return QPixmap(str(resource("styles", style.picture)))
    picture = QPixmap()
    if style.image is not None:
        picture.loadFromData(style.image)
    return picture


def short_title(words: str) -> str:
    """What a chip says: the words without what brings them along ("wearing round glasses" is "round glasses")."""
    return next((words.removeprefix(opener) for opener in _OPENERS if words.startswith(opener)), words)


def contains(text: str, words: str) -> bool:
    """Whether the words stand in the text, as whole words and whatever their case."""
    return _pattern(words).search(text) is not None


def with_words(text: str, words: str) -> str:
    """The text with the words at its end, unless they stand in it."""
    return text if not words or contains(text, words) else prompt_edits.with_words(text, words)


def without_words(text: str, words: str) -> str:
    """The text without the words, and without the comma, the "with" or "a ... of" around them; all else stays."""
    while words and (found := _pattern(words).search(text)) is not None:
        start, end = found.span()
        article, of = _ARTICLE.search(text[:start]), _OF.match(text, end)
        if article is not None and of is not None:  # "an | oil painting | of a woman"
            start, end = article.start(), of.end()
        text = prompt_edits.cut(text, start, end)
    return text


def styled_prompt(
    text: str, own: Sequence[OwnStyle] = (), lora: StyleLora | None = None
) -> tuple[str, AnyStyle | None]:
    """What ``with_style`` joined: the prompt, and the style whose words end it, if there is one.

    Args:
        own: styles of the user's own; of two that fit, the one with more words is meant.
        lora: what the scene was painted with; only styles with that one are meant.
    """
    hashes = {style.name: style.lora.sha256 for style in own if style.lora is not None}
    known: list[AnyStyle] = [*([] if lora is not None else styles()), *own]
    known = [style for style in known if hashes.get(style.name) == (lora and lora.sha256)]
    for style in sorted(known, key=lambda style: -len(style.words)):
        before = text.removesuffix(style.words)
        if text.endswith(style.words) and (not before or before.endswith(", ")):
            return before.removesuffix(", "), style
    return text, min(known, key=lambda style: len(style.words), default=None) if lora is not None else None


def other_style(text: str, old: AnyStyle | None, new: AnyStyle | None) -> str:
    """A part that the user wrote by hand, with the words of another style in it."""
    if old is not None:
        text = without_words(text, old.words)
    return with_words(text, new.words) if new is not None else text


def _pattern(words: str) -> re.Pattern[str]:
    inner = r"[\s-]+".join(re.escape(word) for word in re.split(r"[\s-]+", words))
    return re.compile(rf"(?<![\w-]){inner}(?![\w-])", re.IGNORECASE)
