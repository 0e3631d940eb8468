"""The queue on disk: ``jobs/<id>.json``, and ``jobs/<id>.events`` with each job's events.

Paths in the data folder are written relative to it, so that it can be moved.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from facea_desktop.domain.atomic_files import appending, disk_trouble, private_folder, write_atomically
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import DeviceSelected, Event, ItemEnded, Losses, Measured, Painted, Started, Warned
from facea_desktop.domain.requests import ComparisonRequest
from facea_desktop.library.erasure import erase_at_once, erase_left
from facea_desktop.library.person_files import PERSON_ID
from facea_desktop.library.portrait_files import MASKS
from facea_desktop.workers.job import Job, jobs_about

log = logging.getLogger(__name__)
T = TypeVar("T")

KEPT = (Started, DeviceSelected, Losses, Measured, Warned, Painted, ItemEnded)
"""Events that are worth reading again after a restart."""
_EVENTS: TypeAdapter[Event] = TypeAdapter(Event)
_OLD_KINDS = {kind.__name__: kind.kind for kind in KEPT} | {"Placed": DeviceSelected.kind}
"""Kinds by the names that the first versions wrote, as ``["Placed", {...}]``."""


class JobStore:
    """Jobs below ``root/jobs``; writing happens in a thread of its own, in order, so that nobody waits for the disk.

    Args:
        root: the data folder.
        refused: is told in one line that jobs could not be saved, once until they can be again; called in the
            writing thread. Jobs that were not saved are tried again with whatever is written next.
    """

    def __init__(self, root: Path, refused: Callable[[str], None] = lambda why: None) -> None:
        self._root = root.absolute()
        self._roots = self._root, root.resolve()
        self._folder = root / "jobs"
        self._refused = refused
        self._unsaved: dict[str, Job] = {}
        self._closed = False
        with disk_trouble(f"open the queue {self._folder}"):
            private_folder(root)
            private_folder(self._folder)
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="jobs on disk")

    def load(self) -> list[Job]:
        """Every job that can be read; the others are left alone, with a line in the log."""
        self._sweep()
        jobs = []
        for path in sorted(self._folder.glob("*.json")):
            try:
                jobs.append(_with_paths(Job.model_validate_json(path.read_bytes()), self._here))
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
                event = _event_of(json.loads(line))
                events.append(replace(event, **_changed(vars(event), self._here)))
            except (ValueError, TypeError, KeyError):
                continue
        return events

    def save(self, job: Job) -> None:
        """Keep the job as it is now."""

        def save() -> None:
            self._unsaved[job.id] = job

        self._write(save)

    def add(self, job: str, event: Event) -> None:
        """Keep an event, if it is of a kind that is kept."""
        if isinstance(event, KEPT):
            line = _EVENTS.dump_json(replace(event, **_changed(vars(event), self._inside))) + b"\n"
            self._write(lambda: self._append(self._folder / f"{job}.events", line))

    def forget(self, job: Job) -> None:
        """Erase a job, what it told, and the masks that were painted for it unless another job uses them."""
        self._write(lambda: self._erase(job.id, _masks_of(job)))

    def forget_people(self, people: Iterable[str], names: Iterable[str] = ()) -> Future[None]:
        """Erase whatever names one of these people, see ``jobs_about``, also files that cannot be read as jobs.

        Evaluations whose folder is gone go too.
        """
        ids = [person for person in people if PERSON_ID.fullmatch(person)]
        called = [name for name in names if name]

        def erase() -> None:
            erase_left(self._folder)
            jobs = {path.stem: self._read(path) for path in self._folder.glob("*.json")}
            readable = [job for job in jobs.values() if job is not None]
            about = jobs_about(readable, ids, called) | {job.id for job in readable if self._lost_its_folder(job)}
            for path in list(self._folder.iterdir()):
                if not path.exists():
                    continue  # it went with another file of its job
                name = path.name.removeprefix(".").partition(".")[0]
                job = jobs.get(name)
                words = ids if job is not None else [*ids, *called]
                if name in about or any(word.encode() in path.read_bytes() for word in words):
                    self._erase(name, _masks_of(job) if job is not None else set())

        return self._write(erase)

    def close(self) -> None:
        """Wait until everything is written; what was refused so far is tried once more."""
        if not self._closed:
            self._closed = True
            self._write(lambda: None)
        self._writer.shutdown()

    def _inside(self, path: Path) -> Path:
        """A path as it is written."""
        for root in self._roots:
            if path.is_relative_to(root):
                return path.relative_to(root)
        return path.absolute()

    def _here(self, path: Path) -> Path:
        """A path as it was written, where the data folder is now."""
        return self._root / path

    def _erase(self, job: str, masks: set[str]) -> None:
        self._unsaved.pop(job, None)
        for path in [*self._folder.glob(f"{job}.*"), *self._folder.glob(f".{job}.*")]:
            erase_at_once(path)
        for mask in masks:
            painted = self._folder.parent / "portraits" / MASKS / mask
            if painted.is_file() and not any(
                mask.encode() in path.read_bytes() for path in self._folder.glob("*.json")
            ):
                erase_at_once(painted)

    @staticmethod
    def _read(path: Path) -> Job | None:
        try:
            return Job.model_validate_json(path.read_bytes())
        except (OSError, ValidationError):
            return None

    def _lost_its_folder(self, job: Job) -> bool:
        out = job.request.out if isinstance(job.request, ComparisonRequest) else None
        kept = self._folder.parent / "evaluations"  # by name alone: the data folder may have been moved
        if out is None or out.parent.name != kept.name:
            return False
        return job.state.ended and not (kept / out.name).exists()

    def _sweep(self) -> None:
        """What a crash left: files half written, and what jobs told that are gone."""
        self._guarded(partial(erase_left, self._folder))
        for path in [*self._folder.glob(".*.tmp"), *self._folder.glob("*.events")]:
            if path.suffix == ".tmp" or not path.with_suffix(".json").exists():
                self._guarded(partial(erase_at_once, path))

    def _write(self, doing: Callable[[], None]) -> Future[None]:
        return self._writer.submit(self._guarded, partial(self._written, doing))

    def _written(self, doing: Callable[[], None]) -> None:
        """Runs in the writing thread: ``doing``, then whatever was not saved so far."""
        had_trouble = bool(self._unsaved)
        doing()
        try:
            with disk_trouble("save the queue"):
                for job in list(self._unsaved.values()):
                    data = _with_paths(job, self._inside).model_dump_json().encode()
                    write_atomically(self._folder / f"{job.id}.json", data)
                    del self._unsaved[job.id]
        except UserError as error:
            log.warning("the queue could not be saved: %s", error)
            if not had_trouble:
                self._refused(f"{error} Until then what waits is lost when the program ends.")

    @staticmethod
    def _guarded(doing: Callable[[], None]) -> None:
        try:
            doing()
        except Exception:
            log.exception("the queue could not be written")

    @staticmethod
    def _append(path: Path, line: bytes) -> None:
        with appending(path) as file:
            file.write(line)


def _event_of(written: Any) -> Event:
    if isinstance(written, list):
        kind, values = written
        written = values | {"kind": _OLD_KINDS[kind]}
    return _EVENTS.validate_python(written)


def _with_paths(value: T, change: Callable[[Path], Path]) -> T:
    """A value of ours with all its paths changed."""
    made: Any = value
    if isinstance(value, Path):
        made = change(value)
    elif isinstance(value, tuple):
        made = tuple(_with_paths(each, change) for each in value)
    elif isinstance(value, dict):
        made = {key: _with_paths(each, change) for key, each in value.items()}
    elif isinstance(value, BaseModel):
        given = {name: getattr(value, name) for name in value.model_fields_set}
        made = value.model_copy(update=_changed(given, change))
    result: T = made
    return result


def _changed(values: dict[str, Any], change: Callable[[Path], Path]) -> dict[str, Any]:
    """Those of some values in which a path was changed."""
    made = {name: _with_paths(each, change) for name, each in values.items()}
    return {name: each for name, each in made.items() if each != values[name]}


def _masks_of(job: Job) -> set[str]:
    """Names of the masks that were painted for the job; those that lie elsewhere are the user's own files."""
    return {mask.name for mask in job.masks if mask.parent.name == MASKS}
