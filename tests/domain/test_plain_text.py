from __future__ import annotations

import pytest
from pydantic import ValidationError

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.plain_text import one_line, without_controls
from facea_desktop.domain.requests import PortraitRequest


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x9b2Jgone", "gone"),
        ("\x1b]0;your terminal\x07title", "title"),
        ("\x1b]8;;http://x\x1b\\link", "link"),
        ("a\x1bcb", "acb"),
        ("Anna\u202egnp.exe", "Annagnp.exe"),
        ("\u2066Anna\u2069\u200f", "Anna"),
        ("a\x00\x08\x7f\x80b", "ab"),
        ("\ufeffAnna", "Anna"),
        ("👩\u200d🔧 Zoë 王 فاطمه", "👩\u200d🔧 Zoë 王 فاطمه"),
    ],
)
def test_nothing_that_steers_a_terminal_or_the_direction_is_shown(text: str, shown: str) -> None:
    assert without_controls(text) == shown
    assert one_line(text) == shown


def test_lines_stay_lines_in_a_prompt_and_become_one_elsewhere() -> None:
    text = "a man\r\n\tsmiling\u2028now\x85"
    assert without_controls(text) == text
    assert one_line(text) == "a man smiling now "


def test_an_error_is_one_line_whatever_the_file_was_called() -> None:
    assert str(UserError("a\nb\x1b[2J\u202e.png cannot be read.")) == "a b.png cannot be read."


def test_the_prompt_of_a_stranger_s_picture_steers_nothing_and_stays_bounded() -> None:
    request = PortraitRequest(person="a" * 12, prompt="a\u202e man\x1b[2J,\nsmiling", face_prompt="\u2066x")
    assert (request.prompt, request.face_prompt, request.context_prompt) == ("a man,\nsmiling", "x", None)
    with pytest.raises(ValidationError):
        PortraitRequest(person="a" * 12, prompt="x" * 2001)
