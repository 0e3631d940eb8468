"""Text as the index's full-text search takes it, which knows words by the spaces between them."""

from __future__ import annotations

import re
import unicodedata

_WITHOUT_SPACES = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f"
    "\U00020000-\U0003ffff]"
)
"""Letters of scripts whose words are not divided by spaces: each is a word of its own here."""


def searchable(text: str) -> str:
    """The text with each Chinese or Japanese letter and each emoji as a word, composed, without variation signs."""
    made: list[str] = []
    alone = False
    for sign in unicodedata.normalize("NFC", text):
        kind = unicodedata.category(sign)
        if kind in ("Mn", "Mc", "Me", "Cf", "Sk"):  # accents, joiners, skin tones
            if kind.startswith("M") and not "\ufe00" <= sign <= "\ufe0f":
                made.append(sign)
            continue
        single = kind == "So" or _WITHOUT_SPACES.match(sign) is not None
        if single or alone:
            made.append(" ")
        made.append(sign)
        alone = single
    return "".join(made)


def matching(query: str) -> str:
    """A full-text query for all words of ``query``, the last letters of each left open; empty where it has none."""
    words = [re.findall(r"\w+|[^\w\s]", searchable(word)) for word in re.split(r"[\s\"]+", query)]
    phrases = [[part for part in word if part.isalnum() or unicodedata.category(part[0]) in ("So", "Lo", "Lm")]
               for word in words]  # fmt: skip
    return " ".join(f'"{" ".join(phrase)}"*' for phrase in phrases if phrase)
