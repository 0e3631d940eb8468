"""What has been measured so far: a line a picture in a file that only grows, so a killed run loses at most a line."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from facea_desktop.comparison.scores import Scores
from facea_desktop.domain.atomic_files import appending


class ScoreCache:
    """Scores by what they were measured of.

    Args:
        path: the file; a last line that was cut off is passed over and written anew.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lines: dict[str, dict[str, Any]] = {}
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        for line in text.splitlines():
            try:
                entry = json.loads(line)
                self._lines[entry["of"]] = entry
            except (ValueError, KeyError, TypeError):
                continue
        self._torn = bool(text) and not text.endswith("\n")

    def find(self, of: str, versions: dict[str, str]) -> Scores | None:
        """The scores of a picture, if all columns in ``versions`` were measured with just these.

        Args:
            of: names picture, prompt and person.
        """
        entry = self._lines.get(of)
        if entry is None or entry["versions"] != versions:
            return None
        return Scores(**entry["scores"])

    def add(self, of: str, versions: dict[str, str], scores: Scores) -> None:
        """Write a line."""
        entry = {"of": of, "versions": versions, "scores": asdict(scores)}
        with appending(self._path) as file:
            file.write((("\n" if self._torn else "") + json.dumps(entry) + "\n").encode())
        self._torn = False
        self._lines[of] = entry
