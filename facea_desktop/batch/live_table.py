"""A batch while it runs: a table that is drawn anew on a terminal, a line for each entry elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from shutil import get_terminal_size
from typing import TextIO

from facea_desktop.domain.events import Event, ItemEnded, ItemStarted, Painted, Progress, Warned
from facea_desktop.domain.plain_text import one_line
from facea_desktop.terminal import duration_words

STATES = {"done": "done", "there": "already there", "skipped": "skipped", "failed": "failed"}
_ENDED, _RUNNING, _COMING = 6, 8, 3
"""Most rows of entries that are over, of those under way, and of those that come."""
_REDRAW_S = 0.2
_BAR = 24


class LiveTable:
    """Shows the events of a batch.

    Args:
        titles: of the entries, in their order.
        lines: where each stands in its file, 0 for nowhere.
        out: where to; a table if it is a terminal.
    """

    def __init__(self, titles: Sequence[str], lines: Sequence[int], out: TextIO | None = None) -> None:
        self._titles, self._lines = [one_line(title) for title in titles], lines
        self._out = out or sys.stderr
        self._terminal = self._out.isatty()
        self._began = time.monotonic()
        self._running: list[int] = []
        self._left: float | None = None
        self._fraction = 0.0
        self._pictures = 0
        self._ended: list[ItemEnded] = []
        self._noted: set[str] = set()
        self._stopped = False
        self._height = 0
        self._drawn = 0.0

    def __call__(self, event: Event) -> None:
        """Show one event."""
        match event:
            case ItemStarted(index=index):
                self._running.append(index)
            case ItemEnded():
                self._ended.append(event)
                if event.index in self._running:
                    self._running.remove(event.index)
                if not self._terminal:
                    self._print(self._plain(event))
            case Progress(seconds_left=left):
                self._fraction, self._left = event.fraction, left
            case Painted():
                self._pictures += 1
            case Warned(message=message):
                self._note(f"warning: {one_line(message)}")
        if self._terminal and (isinstance(event, ItemEnded) or time.monotonic() - self._drawn >= _REDRAW_S):
            self._draw()

    def close(self, *, stopped: bool = False) -> None:
        """Leave the last state on the screen, and say how to go on where it was stopped before its end."""
        self._stopped = stopped
        if self._terminal:
            self._draw()
        if stopped:
            count = f"{len(self._ended)} of {len(self._titles)}"
            self._print(f"Stopped when {count} entries were over. Run the same command again to go on from there.")

    def rows(self, width: int) -> list[str]:
        """The table as it stands, no row wider than ``width``."""
        rows = [self._summary()]
        for ended in self._ended[-_ENDED:]:
            took = f" in {duration_words(ended.seconds)}" if ended.state == "done" else ""
            said = ended.error or f"{STATES[ended.state]}{took}"
            rows.append(self._row("x" if ended.state == "failed" else "✓", ended.index, one_line(said)))
        state = "stopped" if self._stopped else "running"
        rows += [self._row("▸", index, state) for index in self._running[:_RUNNING]]
        if len(self._running) > _RUNNING:
            rows.append(f"▸ and {len(self._running) - _RUNNING} more running")
        after = max([*(one.index for one in self._ended), *self._running], default=-1)
        coming = range(after + 1, min(after + 1 + _COMING, len(self._titles)))
        rows += [self._row(" ", index, "waiting") for index in coming]
        rest = len(self._titles) - coming.stop
        rows += [f"  and {rest} more"] if rest > 0 else []
        return [row if len(row) <= width else row[: width - 1] + "…" for row in rows]

    def _summary(self) -> str:
        filled = round(_BAR * self._fraction)
        failed = sum(one.state == "failed" for one in self._ended)
        parts = [f"[{'#' * filled}{'.' * (_BAR - filled)}] {len(self._ended)}/{len(self._titles)}"]
        parts += [f"{failed} failed"] if failed else []
        parts += [self._throughput()] if self._pictures else []
        parts += [f"{duration_words(self._left)} left"] if self._left is not None and not self._stopped else []
        return " · ".join(parts)

    def _throughput(self) -> str:
        a_minute = 60 * self._pictures / max(time.monotonic() - self._began, 1e-9)
        return f"{a_minute:.1f} pictures a minute" if a_minute >= 1 else f"{60 * a_minute:.1f} pictures an hour"

    def _row(self, mark: str, index: int, said: str) -> str:
        return f"{mark} {self._place(index):<9} {self._titles[index][:44]:<44}  {said}"

    def _plain(self, ended: ItemEnded) -> str:
        said = f"failed: {one_line(ended.error)}" if ended.error else STATES[ended.state]
        took = f" in {duration_words(ended.seconds)}" if ended.state == "done" else ""
        left = f", {duration_words(self._left)} left" if self._left else ""
        count = f"{len(self._ended)}/{len(self._titles)}"
        place = f"{place}, " if (place := self._place(ended.index)) else ""
        return f"{count} {place}{self._titles[ended.index]}: {said}{took}{left}"

    def _place(self, index: int) -> str:
        return f"line {self._lines[index]}" if self._lines[index] else ""

    def _note(self, text: str) -> None:
        """Say something once, above the table."""
        if not self._terminal:
            self._print(text)
        elif text not in self._noted:
            self._noted.add(text)
            self._print(f"{self._up()}\r\033[J{text}")
            self._height = 0
            self._draw()

    def _draw(self) -> None:
        self._drawn = time.monotonic()
        rows = self.rows(get_terminal_size().columns)
        self._print(self._up() + "\n".join(f"\r\033[K{row}" for row in rows) + "\033[J")
        self._height = len(rows)

    def _up(self) -> str:
        return f"\033[{self._height}A" if self._height else ""

    def _print(self, text: str) -> None:
        print(text, file=self._out, flush=True)
