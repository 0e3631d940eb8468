"""What the command line says about a job that takes long."""

from __future__ import annotations

import pytest

from facea_desktop import terminal
from facea_desktop.domain.events import Progress, Started, Warned


def test_where_lines_stay_one_comes_every_tenth_and_every_minute(monkeypatch, capsys) -> None:
    now = 1000.0
    monkeypatch.setattr(terminal.time, "monotonic", lambda: now)
    show = terminal.EventPrinter(terminal=False)
    show(Started("evaluating", 1000))
    for step in (1, 2, 101, 102, 1000):
        show(Progress(step, 1000, 50))
    now += 60
    show(Progress(103, 1000, 50))
    said = capsys.readouterr().err.splitlines()
    assert [line.split()[1] for line in said] == ["1/1000,", "101/1000,", "1000/1000,", "103/1000,"]


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.4, "0 s"), (119, "119 s"), (120, "2 min"), (3540, "59 min"), (5980, "1 h 40 min")]
)
def test_the_time_left_is_said_in_the_unit_that_suits_it(capsys, seconds, words) -> None:
    terminal.EventPrinter(terminal=True)(Progress(1, 2, seconds))
    assert f"1/2, {words} left" in capsys.readouterr().err


def test_what_strangers_wrote_cannot_steer_the_terminal(capsys) -> None:
    terminal.EventPrinter(terminal=False)(Warned("\x1b[2Jx.png\u202e\r gone"))
    print(terminal.as_text({"people": [{"name": "An\x1b]0;owned\x07na\u202e"}], "warnings": ["a\x9b1A", "b\x08"]}))
    told = capsys.readouterr()
    assert told.err == "warning: x.png  gone\n"
    assert told.out == "people:\n  name: Anna\n\nwarnings: a, b\n"
