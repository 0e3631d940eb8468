"""Makes untrusted text safe to show: no control characters, line breaks or changes of text direction."""

from __future__ import annotations

import re

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_INVISIBLE = "\u206a-\u206f\ufeff\ufff9-\ufffb"
# An escape sequence goes as a whole: "\x1b[31mred" reads "red". Those that end with a string are CSI and OSC.
_ESCAPES = re.compile(r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b\]|\x9d)[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)")
_MARKS = re.compile(f"[\x7f-\x9f{_BIDI}{_INVISIBLE}]")
_SIGNS = re.compile(f"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f{_BIDI}{_INVISIBLE}]")
_BREAKS = re.compile("[\t\n\x0b\x0c\r\x1c-\x1f\x85\u2028\u2029]+")


def without_controls(text: str) -> str:
    """``text`` without escape sequences, control signs and marks of direction; tabs and line breaks stay.

    Joiners stay: emoji and several scripts are written with them.
    """
    return _SIGNS.sub("", _ESCAPES.sub("", text))


def one_line(text: str) -> str:
    """``without_controls``, and a space in the place of line breaks and tabs."""
    return _BREAKS.sub(" ", without_controls(text))


def without_marks(text: str) -> str:
    """``text`` without direction marks and C1 control characters, for callers that refuse the others."""
    return _MARKS.sub("", text)
