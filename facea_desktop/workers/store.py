"""The queue on disk: ``jobs/<id>.json``, and ``jobs/<id>.events`` with what each job told."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from facea_desktop.domain.events import Event, Losses, Measured, Painted, Placed, Started, Warned
from facea_desktop.domain.files import disk_trouble, write_atomically
from facea_desktop.domain.requests import PortraitRequest
from facea_desktop.library.disk import erase_file
from facea_desktop.library.person_files import PERSON_ID
from facea_desktop.library.portraits import MASKS
from facea_desktop.workers.jobs import Job

log = logging.getLogger(__name__)

KEPT: dict[str, type[Any]] = {kind.__name__: kind for kind in (Started, Placed, Losses, Measured, Warned, Painted)}
"""Events that are worth reading again after a restart."""
_READERS: dict[str, TypeAdapter[Any]] = {name: TypeAdapter(kind) for name, kind in KEPT.items()}


class JobStore:
    """Jobs below ``root/jobs``; writing happens in a thread of its own, in order, so that nobody waits for the disk."""

    def __init__(self, root: Path) -> None:
        self._folder = root / "jobs"
        with disk_trouble(f"open the queue {self._folder}"):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="jobs on disk")

    def load(self) -> list[Job]:
        """Every job that can be read; the others are left alone, with a line in the log."""
        self._sweep()
        jobs = []
        for path in sorted(self._folder.glob("*.json")):
            try:
                jobs.append(Job.model_validate_json(path.read_bytes()))
            except (OSError, ValidationError) as error:
                log.warning("the job %s cannot be read: %s", path.name, str(error).splitlines()[0])
        return jobs

    def history(self, job: str) -> list[Event]:
        """What a job told, as far as it is kept; a line cut by a crash is left out."""
        try:
            lines = (self._folder / f"{job}.events").read_bytes().splitlines()
        except OSError:
            return []
        events: list[Event] = []
        for line in lines:
            try:
                kind, values = json.loads(line)
                events.append(_READERS[kind].validate_python(values))
            except (ValueError, TypeError, KeyError):
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

    def forget(self, job: Job) -> None:
        """Erase a job, what it told, and the mask that was painted for it unless another job uses it."""
        self._write(lambda: self._erase(job.id, _mask_of(job)))

    def forget_people(self, people: Iterable[str]) -> Future[None]:
        """Erase whatever names one of these people, by id, also files that cannot be read as jobs."""
        ids = [person.encode() for person in people if PERSON_ID.fullmatch(person)]

        def erase() -> None:
            for path in list(self._folder.iterdir()):
                if path.exists() and any(person in path.read_bytes() for person in ids):
                    job = path.name.removeprefix(".").partition(".")[0]
                    self._erase(job, self._mask_named_in(job))

        return self._write(erase)

    def close(self) -> None:
        """Wait until everything is written."""
        self._writer.shutdown()

    def _erase(self, job: str, mask: str | None) -> None:
        for path in [*self._folder.glob(f"{job}.*"), *self._folder.glob(f".{job}.*")]:
            erase_file(path)
        if mask is not None and not any(mask.encode() in path.read_bytes() for path in self._folder.glob("*.json")):
            painted = self._folder.parent / "portraits" / MASKS / mask
            if painted.is_file():
                erase_file(painted)

    def _mask_named_in(self, job: str) -> str | None:
        try:
            return _mask_of(Job.model_validate_json((self._folder / f"{job}.json").read_bytes()))
        except (OSError, ValidationError):
            return None

    def _sweep(self) -> None:
        """What a crash left: files half written, and what jobs told that are gone."""
        for path in [*self._folder.glob(".*.tmp"), *self._folder.glob("*.events")]:
            if path.suffix == ".tmp" or not path.with_suffix(".json").exists():
                self._guarded(partial(erase_file, path))

    def _write(self, doing: Callable[[], None]) -> Future[None]:
        return self._writer.submit(self._guarded, doing)

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


def _mask_of(job: Job) -> str | None:
    """Name of the mask that was painted for the job; one that lies elsewhere is the user's own file."""
    mask = job.request.mask if isinstance(job.request, PortraitRequest) else None
    return mask.name if mask is not None and mask.parent.name == MASKS else None
