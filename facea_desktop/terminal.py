"""Output of the command line: results on stdout, events on stderr."""

from __future__ import annotations

import sys
import time
from typing import Any

from facea_desktop.domain.events import Event, Losses, Measured, Progress, Started, Warned
from facea_desktop.domain.plain_text import one_line

_QUIET_S = 60
"""Seconds between lines, at most, where output is not a terminal."""


def as_text(answer: Any, indent: str = "") -> str:
    """A result as text: one line per value, lists indented; control characters in names and prompts are removed."""
    lines = []
    for name, value in answer.items():
        if isinstance(value, list) and any(isinstance(one, dict) for one in value):
            lines += [f"{indent}{name}:"] if indent == "" else []
            lines += [as_text(one, indent + "  ") + "\n" for one in value]
        elif value not in (None, [], {}, ""):
            lines.append(f"{indent}{name}: {one_line(_as_words(value))}")
    return "\n".join(lines).rstrip("\n")


def _as_words(value: Any) -> str:
    """A list, or a dictionary, in one line."""
    if isinstance(value, dict):
        value = [f"{name.replace('_', ' ')} {one}" for name, one in value.items()]
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


class EventPrinter:
    """Prints events on stderr: one updating line on a terminal, separate lines elsewhere."""

    def __init__(self, terminal: bool) -> None:
        self._terminal = terminal
        self._what, self._tail, self._shown, self._when = "", "", -10.0, 0.0

    def __call__(self, event: Event) -> None:
        """Show one event."""
        match event:
            case Started(what=what):
                self._what, self._tail, self._shown = one_line(what), "", -10.0
            case Losses(face=face, attribute=attribute):
                self._tail = f"  loss {face:.3f} + {attribute:.3f}"
            case Measured(step=step, likeness=likeness):
                self._line(f"{self._what}: likeness {likeness:.3f} at step {step}")
            case Warned(message=message):
                self._line(f"warning: {message}")
            case Progress(step=step, total=total, seconds_left=left):
                done, now = 100 * step / total, time.monotonic()
                reckoned = "" if left is None else f", {duration_words(left)} left"
                text = f"{self._what} {step}/{total}{reckoned}{self._tail}"
                if self._terminal:
                    print(f"\r\033[K{text}", end="\n" if step == total else "", file=sys.stderr, flush=True)
                elif done - self._shown >= 10 or now - self._when >= _QUIET_S or step == total:
                    self._shown, self._when = done, now
                    print(text, file=sys.stderr, flush=True)

    def _line(self, text: str) -> None:
        print(("\r\033[K" if self._terminal else "") + one_line(text), file=sys.stderr, flush=True)


def duration_words(seconds: float) -> str:
    """ "40 s", "12 min" or "3 h 20 min"."""
    if seconds < 2 * 60:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
