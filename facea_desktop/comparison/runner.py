"""Carries out a ComparisonRequest: pictures person by person, figures, tables. It resumes wherever it was stopped."""

from __future__ import annotations

import copy
import hashlib
import json
import platform
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from facea_desktop import __version__
from facea_desktop.comparison.dataset import DatasetPerson, prompt_for, read_dataset, read_prompts
from facea_desktop.comparison.external_methods import file_stem
from facea_desktop.comparison.html_report import write_report
from facea_desktop.comparison.method import GenerationTask, Method, MethodContext, NoPictureError, Photos
from facea_desktop.comparison.method_registry import make_method
from facea_desktop.comparison.metrics import HeldOut, Measures
from facea_desktop.comparison.run_settings import check_settings, settings_of
from facea_desktop.comparison.score_cache import ScoreCache
from facea_desktop.comparison.score_table import NOTHING, REPORT, RESULTS, SUMMARY, Row, summarise, write_results
from facea_desktop.domain.atomic_files import disk_trouble, write_atomically
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Observer, Warned
from facea_desktop.domain.outcomes import ComparisonMade
from facea_desktop.domain.overall_progress import OverallProgress
from facea_desktop.domain.requests import ComparisonRequest
from facea_desktop.engine.device_report import device_event
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.library.file_locks import locked
from facea_desktop.library.id_library import Library
from facea_desktop.library.photo_reader import read_photo
from facea_desktop.library.portrait_png import save_portrait
from facea_desktop.library.xmp_metadata import AI_SOURCE_WHOLE

MEASURING = 20
"""Units of work (see ``OverallProgress``) of measuring one picture."""


def evaluate(manager: ModelManager, request: ComparisonRequest, observer: Observer) -> ComparisonMade:
    """Make what is missing of the pictures, measure them, and write tables and report.

    The same request resumes where it was stopped and ends with the same ``results.csv``; one with more people, prompts,
    seeds or methods adds to what is there. People of the user's library are neither read nor changed.

    Raises:
        UserError: what the request names cannot be used, or its folder holds a comparison with other settings.
        CancelledError: stopped; what was made stays.
    """
    family = manager.models.active_family()
    if missing := manager.models.missing(family):
        fetch = " and ".join(f"facea-desktop models fetch {name}" for name in missing)
        raise UserError(f"The models in use are incomplete: run {fetch}.")
    recipe = family.recipe(request.preset, request.steps)
    people, left_out = read_dataset(request.folder, request.references, request.subject, request.people)
    prompts, passed_over = read_prompts(request.prompts)
    out = request.out
    with disk_trouble(f"write into {out}"):
        (out / "work").mkdir(parents=True, exist_ok=True)
    with disk_trouble(f"write into {out}"), locked(out / "work" / "lock"):
        bench = copy.copy(manager)  # the same warm models, other people
        bench.library = Library(out / "work")
        bench.library.sweep()
        context = MethodContext(bench, family, recipe, out / "work", request.programs, request.accepted)
        methods = [make_method(name, context) for name in dict.fromkeys(request.methods)]
        check_settings(out / "evaluation.json", settings_of(manager.models, family, recipe, request, people))
        run = _Run(out, methods, people, prompts, request.seeds, Measures(bench, family), Notes(out / "work"))
        observer.emit(device_event(bench.placement(family)))
        for line in (*left_out, *passed_over):
            observer.emit(Warned(line))
        rows = run.go(observer)
        notes = [*left_out, *passed_over, *run.notes.lines(), *_not_made(rows)]
        if not rows:
            raise UserError(f"No method could be used for anyone. {' '.join(notes[-2:])}")
        about = {
            "program": f"facea-desktop {__version__}",
            "machine": f"{platform.machine()}, {bench.placement(family).device}, {bench.placement(family).dtype}",
            "family": family.name,
            "recipe": recipe.model_dump(mode="json"),
            "people": [person.name for person in people],
            "references": request.references,
            "asked": [method.name for method in methods],
            "prompts": prompts,
            "seeds": list(dict.fromkeys(request.seeds)),
            "notes": notes,
        }
        summary = about | summarise(rows, [method.name for method in methods], run.measures.installed)
        write_atomically(out / SUMMARY, json.dumps(summary, indent=1, ensure_ascii=False).encode())
        write_report(out / REPORT, out, summary, rows, people)
    made = sum(bool(row.path) for row in rows)
    return ComparisonMade(out / RESULTS, out / SUMMARY, out / REPORT, len(rows), made, tuple(notes))


class Notes:
    """What was said about a person and a method, kept for runs that find everything made."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "notes.json"
        self._said: dict[str, list[str]] = json.loads(self._path.read_bytes()) if self._path.exists() else {}

    def set(self, person: str, method: str, said: list[str]) -> None:
        """Put ``said`` in the place of what was said before."""
        key = f"{person}, {method}"
        if said != self._said.get(key, []):
            self._said[key] = said
            write_atomically(self._path, json.dumps(self._said).encode())

    def lines(self) -> list[str]:
        """Everything, each line once."""
        lines = [f"{key}: {line}" for key, said in sorted(self._said.items()) for line in said]
        return list(dict.fromkeys(lines))


@dataclass
class _Run:
    """The loop: person by person, then method by method, so that a person is learned once; then picture by picture."""

    out: Path
    methods: list[Method]
    people: list[DatasetPerson]
    prompts: list[str]
    seeds: tuple[int, ...]
    measures: Measures
    notes: Notes
    cache: ScoreCache = field(init=False)

    def __post_init__(self) -> None:
        self.cache = ScoreCache(self.out / "work" / "scores.jsonl")

    def go(self, observer: Observer) -> list[Row]:
        self._write_wanted()
        progress = self._progress(observer)
        rows: list[Row] = []
        for person in self.people:
            failed = {method.name for method in self.methods if not self._make(person, method, progress)}
            rows += self._measured(person, failed, progress)
            write_results(self.out / RESULTS, rows, self.measures.installed)
        return rows

    def _make(self, person: DatasetPerson, method: Method, progress: OverallProgress) -> bool:
        """The pictures of a person by a method that are not there yet; False where the method cannot be used."""
        tasks = self._missing(person, method)
        if not tasks:
            return True
        said: list[str] = []
        who = f"{person.name}, {method.name}"
        preparing, painting = method.work_units
        photos = Photos(person.name, person.subject, person.references, tuple(tasks))
        try:
            try:
                method.prepare(photos, progress.part(preparing, who, said))
            except UserError as error:
                self.notes.set(person.name, method.name, [*said, str(error)])
                progress.observer.emit(Warned(f"{who}: {error}"))
                progress.add(preparing + painting * len(tasks))
                return False
            progress.add(preparing)
            for task in tasks:
                self._save(person, method, task, progress.part(painting, who))
                progress.add(painting)
        finally:
            method.finish()
        self.notes.set(person.name, method.name, said)
        return True

    def _save(self, person: DatasetPerson, method: Method, task: GenerationTask, observer: Observer) -> None:
        path = self._path(person, method, task)
        without = path.with_suffix(".none")
        try:
            picture = method.generate(task.prompt, task.seed, observer)
        except NoPictureError as error:
            with disk_trouble(f"save {without}"):
                path.parent.mkdir(parents=True, exist_ok=True)
                path.unlink(missing_ok=True)
                write_atomically(without, str(error).encode())
            return
        save_portrait(path, picture, None, not method.reread, AI_SOURCE_WHOLE)
        without.unlink(missing_ok=True)

    def _measured(self, person: DatasetPerson, failed: set[str], progress: OverallProgress) -> Iterator[Row]:
        held_out: HeldOut | None = None
        versions = self.measures.versions
        for method in self.methods:
            if method.name in failed:
                progress.add(MEASURING * len(list(self._tasks(person))))
                continue
            for task in self._tasks(person):
                path = self._path(person, method, task)
                row = Row(person.name, method.name, task.prompt, task.seed, "", NOTHING)
                if not path.exists():
                    reason = path.with_suffix(".none").read_text(encoding="utf-8")
                    yield Row(**vars(row) | {"reason": reason})
                else:
                    data = path.read_bytes()
                    of = hashlib.sha256(b"\0".join([person.name.encode(), task.prompt.encode(), data])).hexdigest()
                    scores = self.cache.find(of, versions)
                    if scores is None:
                        held_out = held_out or self.measures.held_out(person.held_out)
                        scores = self.measures.scores(read_photo(path), task.prompt, held_out)
                        self.cache.add(of, versions, scores)
                    yield Row(**vars(row) | {"path": path.relative_to(self.out).as_posix(), "scores": scores})
                progress.add(MEASURING)

    def _progress(self, observer: Observer) -> OverallProgress:
        total = done = 0
        for person in self.people:
            count = len(list(self._tasks(person)))
            for method in self.methods:
                missing = len(self._missing(person, method))
                preparing, painting = method.work_units
                total += preparing + painting * count + MEASURING * count
                done += painting * (count - missing) + (0 if missing else preparing)
        return OverallProgress(observer, "evaluating", total, done)

    def _tasks(self, person: DatasetPerson) -> Iterator[GenerationTask]:
        for number, template in enumerate(self.prompts, 1):
            for seed in dict.fromkeys(self.seeds):
                yield GenerationTask(prompt_for(template, person.subject), number, seed)

    def _missing(self, person: DatasetPerson, method: Method) -> list[GenerationTask]:
        def is_there(path: Path) -> bool:
            return path.exists() or path.with_suffix(".none").exists()

        tasks = self._tasks(person)
        return [task for task in tasks if method.reread or not is_there(self._path(person, method, task))]

    def _path(self, person: DatasetPerson, method: Method, task: GenerationTask) -> Path:
        name = f"{_short(task.prompt, 40)}-{_hash(task.prompt)}-{task.seed}.png"
        return self.out / "pictures" / _folder(method.name) / person.name / name

    def _write_wanted(self) -> None:
        """List all pictures for other tools; see ``external_methods``."""
        lines: list[dict[str, Any]] = [
            {
                "file": f"{person.name}/{file_stem(task)}.png",
                "subject": str(person.subject),
                "photos": [str(path.resolve()) for path in person.references],
                "prompt": task.prompt,
                "seed": task.seed,
            }
            for person in self.people
            for task in self._tasks(person)
        ]
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        write_atomically(self.out / "wanted.jsonl", text.encode())


def _not_made(rows: list[Row]) -> list[str]:
    """A line for each method that owes pictures."""
    lines = []
    for method in dict.fromkeys(row.method for row in rows):
        owed = [row for row in rows if row.method == method and row.reason is not None]
        if owed:
            wanted = sum(row.method == method for row in rows)
            lines.append(f"{method}: {len(owed)} of {wanted} pictures were not made; the first: {owed[0].reason}")
    return lines


def _folder(method: str) -> str:
    return method if re.fullmatch(r"[a-z0-9-]+", method) else f"{_short(method, 40)}-{_hash(method)}"


def _short(text: str, length: int) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower())[:length].strip("-")


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
