"""How well a few typed letters fit a text, as in command palettes: letters may be left out, not swapped."""

from __future__ import annotations

import unicodedata

_FIRST, _START, _RUN, _ANY = 4.0, 3.0, 3.0, 1.0
"""What a letter counts at the beginning of all, of a word, right behind the one before, and elsewhere."""
_WHOLE = 1.0
"""What a word counts besides that is there in one piece."""


def fit(query: str, text: str) -> float | None:
    """How well a query fits a text; None where it does not.

    Each word of the query has to fit by itself. Accents and case make no difference. More is better; of texts that
    fit alike, the shorter one is.
    """
    whole = _plain(text)
    scores = [_word(word, whole) for word in _plain(query).split()]
    if any(score is None for score in scores):
        return None
    return sum(score for score in scores if score is not None) - len(whole) / 1000


def _word(word: str, text: str) -> float | None:
    """The best way to find the letters of a word in a text in their order, in steps of one letter."""
    best: dict[int, float] = {-1: 0.0}  # by where the last letter was found
    for letter in word:
        found: dict[int, float] = {}
        for place, char in enumerate(text):
            if char != letter:
                continue
            start = place == 0 or not text[place - 1].isalnum()
            for before, score in best.items():
                if before < place:
                    gain = _RUN if before == place - 1 and before >= 0 else _ANY
                    found[place] = max(
                        found.get(place, 0.0), score + (_FIRST if place == 0 else _START if start else gain)
                    )
        best = found
        if not best:
            return None
    return max(best.values()) / max(len(word), 1) + (_WHOLE if word in text else 0.0)


def _plain(text: str) -> str:
    spread = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in spread if not unicodedata.combining(char))
