"""What is said of the face in a portrait: captions from its labels, and the tokenizer that reads them."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from torch import Tensor
from transformers import CLIPTokenizer

from facea_desktop.domain.faces import PARTS, Subject, part_prompt
from facea_desktop.domain.styles import styles

PROMPT_LENGTH = 32  # tokens a prompt, padding included; longer prompts are read in pieces
VOCABULARY, CORPUS = 2000, 4000  # tokens; captions that they are learned from

_STYLED: dict[str, str] = {  # where "a" before the style's words and "of {}" behind them would not be English
    "sepia": "a sepia photograph of {}",
    "oil painting": "an oil painting of {}",
    "watercolor": "a watercolor portrait of {}",
    "pastel": "a pastel drawing of {}",
    "pen and ink": "a pen and ink drawing of {}",
    "pop art": "a pop art poster of {}",
    "comic book": "a comic book panel of {}",
    "anime": "an anime picture of {}",
    "impressionist painting": "an impressionist painting of {}",
    "stained glass": "a stained glass window of {}",
    "low poly": "a low poly picture of {}",
    "pixel art": "a pixel art picture of {}",
    "cyberpunk": "a cyberpunk portrait of {}",
}
STYLES: dict[str, str] = {one.words: _STYLED.get(one.words, f"a {one.words} of {{}}") for one in styles()}
"""What is said of a picture in a style, with {} for who it shows, by the style's words."""

_EXPRESSIONS: dict[str, list[str | None]] = {
    "neutral": ["neutral expression", "serious expression", "calm"],
    "slight smile": ["slight smile", "gentle smile"],
    "smiling": ["smiling", "laughing", "happy"],
    "open mouth": ["open mouth", "surprised expression"],
}
_EYEWEAR: dict[str, list[str | None]] = {
    "none": [None, "without glasses"],
    "glasses": ["wearing glasses", "wearing round glasses", "with glasses"],
    "sunglasses": ["wearing sunglasses", "wearing aviator sunglasses"],
}
_AGES: dict[str, list[str | None]] = {"young": ["young"], "middle-aged": ["middle-aged"], "old": ["elderly"]}
_BEARDS: dict[str, list[str | None]] = {
    "none": [None],
    "stubble": ["stubble"],
    "moustache": ["with a moustache"],
    "beard": ["with a beard"],
}
_SKIN: dict[str, list[str | None]] = {"light": ["light skin"], "medium": ["a medium skin tone"], "dark": ["dark skin"]}
_FACE: dict[str, tuple[dict[str, list[str | None]], float]] = {
    "expression": (_EXPRESSIONS, 0.9),
    "eyewear": (_EYEWEAR, 0.9),
    "age": (_AGES, 0.2),
    "beard": (_BEARDS, 0.2),
    "skin": (_SKIN, 0.2),
}
"""What is said of a whole face, and how often."""
_PARTS = {"left_eye": ("eyewear",), "right_eye": ("eyewear",), "nose": (), "mouth": ("expression", "beard")}
"""What is said of an attribute."""


class Meanings:
    """What the phrases of captions stand for: those that say the same share a name."""

    def __init__(self) -> None:
        tables = [table for table, _ in _FACE.values()]
        named = {phrase: name for table in tables for name in table for phrase in table[name] if phrase}
        plain = [*Subject, *(part.replace("_", " ") for part in PARTS), *STYLES]
        named |= {phrase: phrase for phrase in plain}
        self.names = sorted(set(named.values()))
        self._index = {phrase: self.names.index(name) for phrase, name in named.items()}
        longest_first = sorted(named, key=len, reverse=True)
        self._phrases = re.compile(rf"\b({'|'.join(map(re.escape, longest_first))})\b")

    def of(self, caption: str) -> list[int]:
        """Indices into ``names`` of all that is said."""
        return [self._index[phrase] for phrase in self._phrases.findall(caption)]


def face_caption(label: Mapping[str, str], part: str, style: str | None, draw: random.Random) -> str:
    """Words for a masked face or attribute: T_face or T_v with what the mask shows.

    Args:
        label: the value of each group of ``people.READ``; what has no words here is passed over.
    """
    who = part_prompt(Subject(label["subject"]), part)
    if part == "face" and draw.random() < 0.7:
        who = f"a {label['subject']}"
    groups = _FACE if part == "face" else _PARTS[part]
    said = [
        draw.choice(table[label[group]])
        for group, (table, often) in ((group, _FACE[group]) for group in groups)
        if label[group] in table and draw.random() < often
    ]
    return _with_style(who, [word for word in said if word], style, draw)


def _with_style(who: str, said: list[str], style: str | None, draw: random.Random) -> str:
    if style is not None and draw.random() < 0.5:
        who, style = STYLES[style].format(who), None
    draw.shuffle(said)
    return ", ".join([who, *said, *([style] if style else [])])


def tokens_of(tokenizer: CLIPTokenizer, prompts: list[str]) -> Tensor:
    """(n, PROMPT_LENGTH)."""
    read = tokenizer(prompts, padding="max_length", truncation=True, max_length=PROMPT_LENGTH, return_tensors="pt")
    return read.input_ids


def any_label(values: Mapping[str, Sequence[str]], draw: random.Random) -> dict[str, str]:
    """A value of each group, every one as often as the others."""
    return {group: draw.choice(names) for group, names in values.items()}


def build_tokenizer(values: Mapping[str, Sequence[str]], lexicon: Path) -> CLIPTokenizer:
    """A byte-pair tokenizer in CLIP's format whose words are those of captions and of the lexicon.

    Args:
        values: of each group of ``people.READ``.
    """
    draw = random.Random(0)
    corpus = [
        face_caption(any_label(values, draw), draw.choice(PARTS), draw.choice([None, *STYLES]), draw)
        for _ in range(CORPUS)
    ]
    corpus += [text for text in _strings(tomllib.loads(lexicon.read_text())) if text.isascii()] * 20
    start, end = "<|startoftext|>", "<|endoftext|>"
    blank = CLIPTokenizer(vocab={start: 0, end: 1}, merges=[], model_max_length=PROMPT_LENGTH)
    return blank.train_new_from_iterator(corpus, VOCABULARY, show_progress=False)


def _strings(value: object) -> list[str]:
    """Every key and text of a parsed TOML file."""
    if isinstance(value, dict):
        return [text for key, inner in value.items() for text in (key.replace("_", " "), *_strings(inner))]
    if isinstance(value, list):
        return [text for inner in value for text in _strings(inner)]
    return [value] if isinstance(value, str) else []
