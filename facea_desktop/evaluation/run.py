"""An EvaluateRequest carried out: pictures person by person, figures, tables. It goes on wherever it was stopped."""

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
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Observer, Warned
from facea_desktop.domain.files import disk_trouble, write_atomically
from facea_desktop.domain.outcomes import Evaluated
from facea_desktop.domain.requests import EvaluateRequest
from facea_desktop.engine.placed import placed
from facea_desktop.engine.studio import Studio
from facea_desktop.evaluation.ledger import Ledger
from facea_desktop.evaluation.methods import Method, NoPictureError, Photos, Shot, Workshop, make_method
from facea_desktop.evaluation.metrics import HeldOut, Measures
from facea_desktop.evaluation.progress import Effort
from facea_desktop.evaluation.report import write_report
from facea_desktop.evaluation.results import NOTHING, REPORT, RESULTS, SUMMARY, Row, summarise, write_results
from facea_desktop.evaluation.settings import check_settings, settings_of
from facea_desktop.evaluation.sitters import Sitter, prompt_for, read_prompts, read_sitters
from facea_desktop.library.disk import locked
from facea_desktop.library.metadata import AI_SOURCE_WHOLE
from facea_desktop.library.photos import read_photo
from facea_desktop.library.pictures import save_portrait
from facea_desktop.library.store import Library

MEASURING = 20
"""Units of work (see ``progress``) of measuring one picture."""


def evaluate(studio: Studio, request: EvaluateRequest, observer: Observer) -> Evaluated:
    """Make what is missing of the pictures, measure them, and write tables and report.

    The same request goes on where it was stopped and ends with the same ``results.csv``; one with more people, prompts,
    seeds or methods adds to what is there. People of the user's library are neither read nor changed.

    Raises:
        UserError: what the request names cannot be used, or its folder holds an evaluation with other settings.
        CancelledError: stopped; what was made stays.
    """
    family = studio.models.active_family()
    if missing := studio.models.missing(family):
        fetch = " and ".join(f"facea-desktop models fetch {name}" for name in missing)
        raise UserError(f"The models in use are not complete: run {fetch}.")
    recipe = family.recipe(request.preset, request.steps)
    sitters, left_out = read_sitters(request.folder, request.references, request.subject, request.people)
    prompts, passed_over = read_prompts(request.prompts)
    out = request.out
    with disk_trouble(f"write into {out}"):
        (out / "work").mkdir(parents=True, exist_ok=True)
    with disk_trouble(f"write into {out}"), locked(out / "work" / "lock"):
        bench = copy.copy(studio)  # the same warm models, other people
        bench.library = Library(out / "work")
        bench.library.sweep()
        shop = Workshop(bench, family, recipe, out / "work", request.programs, request.accepted)
        methods = [make_method(name, shop) for name in dict.fromkeys(request.methods)]
        check_settings(out / "evaluation.json", settings_of(studio.models, family, recipe, request, sitters))
        run = _Run(out, methods, sitters, prompts, request.seeds, Measures(bench, family), Notes(out / "work"))
        observer.tell(placed(bench.placement(family)))
        for line in (*left_out, *passed_over):
            observer.tell(Warned(line))
        rows = run.go(observer)
        notes = [*left_out, *passed_over, *run.notes.lines(), *_not_made(rows)]
        if not rows:
            raise UserError(f"No method could be used on anybody. {' '.join(notes[-2:])}")
        about = {
            "program": f"facea-desktop {__version__}",
            "machine": f"{platform.machine()}, {bench.placement(family).device}, {bench.placement(family).dtype}",
            "family": family.name,
            "recipe": recipe.model_dump(mode="json"),
            "people": [sitter.name for sitter in sitters],
            "references": request.references,
            "asked": [method.name for method in methods],
            "prompts": prompts,
            "seeds": list(dict.fromkeys(request.seeds)),
            "notes": notes,
        }
        summary = about | summarise(rows, [method.name for method in methods], run.measures.installed)
        write_atomically(out / SUMMARY, json.dumps(summary, indent=1, ensure_ascii=False).encode())
        write_report(out / REPORT, out, summary, rows, sitters)
    made = sum(bool(row.path) for row in rows)
    return Evaluated(out / RESULTS, out / SUMMARY, out / REPORT, len(rows), made, tuple(notes))


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
    sitters: list[Sitter]
    prompts: list[str]
    seeds: tuple[int, ...]
    measures: Measures
    notes: Notes
    ledger: Ledger = field(init=False)

    def __post_init__(self) -> None:
        self.ledger = Ledger(self.out / "work" / "scores.jsonl")

    def go(self, observer: Observer) -> list[Row]:
        self._write_wanted()
        effort = self._effort(observer)
        rows: list[Row] = []
        for sitter in self.sitters:
            failed = {method.name for method in self.methods if not self._make(sitter, method, effort)}
            rows += self._measured(sitter, failed, effort)
            write_results(self.out / RESULTS, rows, self.measures.installed)
        return rows

    def _make(self, sitter: Sitter, method: Method, effort: Effort) -> bool:
        """The pictures of a person by a method that are not there yet; False where the method cannot be used."""
        shots = self._missing(sitter, method)
        if not shots:
            return True
        said: list[str] = []
        who = f"{sitter.name}, {method.name}"
        preparing, painting = method.effort
        photos = Photos(sitter.name, sitter.subject, sitter.references, tuple(shots))
        try:
            try:
                method.prepare(photos, effort.part(preparing, who, said))
            except UserError as error:
                self.notes.set(sitter.name, method.name, [*said, str(error)])
                effort.observer.tell(Warned(f"{who}: {error}"))
                effort.add(preparing + painting * len(shots))
                return False
            effort.add(preparing)
            for shot in shots:
                self._save(sitter, method, shot, effort.part(painting, who))
                effort.add(painting)
        finally:
            method.finish()
        self.notes.set(sitter.name, method.name, said)
        return True

    def _save(self, sitter: Sitter, method: Method, shot: Shot, observer: Observer) -> None:
        path = self._path(sitter, method, shot)
        without = path.with_suffix(".none")
        try:
            picture = method.generate(shot.prompt, shot.seed, observer)
        except NoPictureError as error:
            with disk_trouble(f"save {without}"):
                path.parent.mkdir(parents=True, exist_ok=True)
                path.unlink(missing_ok=True)
                write_atomically(without, str(error).encode())
            return
        save_portrait(path, picture, None, not method.reread, AI_SOURCE_WHOLE)
        without.unlink(missing_ok=True)

    def _measured(self, sitter: Sitter, failed: set[str], effort: Effort) -> Iterator[Row]:
        held_out: HeldOut | None = None
        versions = self.measures.versions
        for method in self.methods:
            if method.name in failed:
                effort.add(MEASURING * len(list(self._shots(sitter))))
                continue
            for shot in self._shots(sitter):
                path = self._path(sitter, method, shot)
                row = Row(sitter.name, method.name, shot.prompt, shot.seed, "", NOTHING)
                if not path.exists():
                    reason = path.with_suffix(".none").read_text(encoding="utf-8")
                    yield Row(**vars(row) | {"reason": reason})
                else:
                    data = path.read_bytes()
                    of = hashlib.sha256(b"\0".join([sitter.name.encode(), shot.prompt.encode(), data])).hexdigest()
                    scores = self.ledger.find(of, versions)
                    if scores is None:
                        held_out = held_out or self.measures.held_out(sitter.held_out)
                        scores = self.measures.scores(read_photo(path), shot.prompt, held_out)
                        self.ledger.add(of, versions, scores)
                    yield Row(**vars(row) | {"path": path.relative_to(self.out).as_posix(), "scores": scores})
                effort.add(MEASURING)

    def _effort(self, observer: Observer) -> Effort:
        total = done = 0
        for sitter in self.sitters:
            shots = len(list(self._shots(sitter)))
            for method in self.methods:
                missing = len(self._missing(sitter, method))
                preparing, painting = method.effort
                total += preparing + painting * shots + MEASURING * shots
                done += painting * (shots - missing) + (0 if missing else preparing)
        return Effort(observer, total, done)

    def _shots(self, sitter: Sitter) -> Iterator[Shot]:
        for number, template in enumerate(self.prompts, 1):
            for seed in dict.fromkeys(self.seeds):
                yield Shot(prompt_for(template, sitter.subject), number, seed)

    def _missing(self, sitter: Sitter, method: Method) -> list[Shot]:
        def is_there(path: Path) -> bool:
            return path.exists() or path.with_suffix(".none").exists()

        shots = self._shots(sitter)
        return [shot for shot in shots if method.reread or not is_there(self._path(sitter, method, shot))]

    def _path(self, sitter: Sitter, method: Method, shot: Shot) -> Path:
        name = f"{_short(shot.prompt, 40)}-{_hash(shot.prompt)}-{shot.seed}.png"
        return self.out / "pictures" / _folder(method.name) / sitter.name / name

    def _write_wanted(self) -> None:
        """List all pictures for other tools; see ``outside``."""
        from facea_desktop.evaluation.outside import file_stem

        lines: list[dict[str, Any]] = [
            {
                "file": f"{sitter.name}/{file_stem(shot)}.png",
                "subject": str(sitter.subject),
                "photos": [str(path.resolve()) for path in sitter.references],
                "prompt": shot.prompt,
                "seed": shot.seed,
            }
            for sitter in self.sitters
            for shot in self._shots(sitter)
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
