"""The queue on disk: ``jobs/<id>.json``, and ``jobs/<id>.events`` with what each job told."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from facea_desktop.domain.events import Event, Losses, Measured, Painted, Started, Warned
from facea_desktop.domain.files import write_atomically
from facea_desktop.library.disk import disk_trouble
from facea_desktop.workers.jobs import Job

log = logging.getLogger(__name__)

KEPT: dict[str, type[Any]] = {kind.__name__: kind for kind in (Started, Losses, Measured, Warned, Painted)}
"""Events that are worth reading again after a restart."""


class JobStore:
    """Jobs below ``root/jobs``; writing happens in a thread of its own, in order, so that nobody waits for the disk."""

    def __init__(self, root: Path) -> None:
        self._folder = root / "jobs"
        with disk_trouble(f"open the queue {self._folder}"):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="jobs on disk")

    def load(self) -> list[Job]:
        """Every job that can be read; the others are left alone, with a line in the log."""
        jobs = []
        for path in sorted(self._folder.glob("*.json")):
            try:
                jobs.append(Job.model_validate_json(path.read_bytes()))
            except (OSError, ValidationError) as error:
                log.warning("the job %s cannot be read: %s", path.name, str(error).splitlines()[0])
        return jobs

    def history(self, job: str) -> list[Event]:
        """What a job told, as far as it is kept; a line cut by a crash is left out."""
        path = self._folder / f"{job}.events"
        if not path.exists():
            return []
        events: list[Event] = []
        for line in path.read_text(encoding="utf-8").splitlines():
            try:
                kind, values = json.loads(line)
                events.append(TypeAdapter(KEPT[kind]).validate_python(values))
            except (ValueError, KeyError):
                continue
        return events

    def save(self, job: Job) -> None:
        """Keep the job as it is now."""
        self._write(lambda: write_atomically(self._folder / f"{job.id}.json", job.model_dump_json().encode()))

    def add(self, job: str, event: Event) -> None:
        """Keep an event, if it is of a kind that is kept."""
        if type(event).__name__ in KEPT:
            line = json.dumps([type(event).__name__, asdict(event)], default=str) + "\n"
            self._write(lambda: self._append(self._folder / f"{job}.events", line))

    def forget(self, job: str) -> None:
        """Drop a job and what it told."""

        def unlink() -> None:
            for path in self._folder.glob(f"{job}.*"):
                path.unlink(missing_ok=True)

        self._write(unlink)

    def close(self) -> None:
        """Wait until everything is written."""
        self._writer.shutdown()

    def _write(self, doing: Callable[[], None]) -> None:
        self._writer.submit(self._guarded, doing)

    @staticmethod
    def _guarded(doing: Callable[[], None]) -> None:
        try:
            doing()
        except Exception:
            log.exception("the queue could not be written")

    @staticmethod
    def _append(path: Path, line: str) -> None:
        with path.open("a", encoding="utf-8") as file:
            file.write(line)
