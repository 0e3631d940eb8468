"""The comparisons that were made from the window: ``evaluations/<name>/`` in the data folder, photos and all.

Everything that belongs to a comparison lies in its folder, which is also the evaluation's ``out``: copies of the
photos, the prompts, the pictures, the tables, the votes. So it goes on wherever the photos came from, and is gone once
it is deleted.
"""

from __future__ import annotations

import glob
import hashlib
import json
import logging
import re
import secrets
import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError

from facea_desktop.comparison.dataset import LONGEST_NAME, DatasetPerson, natural
from facea_desktop.comparison.score_table import REPORT, RESULTS, SUMMARY
from facea_desktop.domain.atomic_files import disk_trouble, private_folder, write_atomically
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.faces import Subject
from facea_desktop.domain.people import Consent, Moment, Value
from facea_desktop.domain.requests import ComparisonRequest
from facea_desktop.library.erasure import erase, erase_at_once, erase_left
from facea_desktop.library.id_library import Library
from facea_desktop.library.photo_reader import PHOTO_ENDINGS

log = logging.getLogger(__name__)

REFERENCES = 3
"""Photos of a person that are learned from; the paper's."""
VOTES = "votes.jsonl"
_PLAN, _PHOTOS, _PROMPTS = "comparison.json", "photos", "prompts.txt"


class ComparisonPlan(Value):
    """``comparison.json``: what was asked for, apart from photos and prompts, which lie beside it.

    Attributes:
        title: what people call it.
        consent: why these faces may be portrayed.
    """

    version: Literal[1] = 1
    title: str = Field(min_length=1, max_length=200)
    consent: Consent = Consent()
    created: Moment
    methods: tuple[str, ...] = Field(min_length=1)
    seeds: tuple[int, ...] = Field(min_length=1)
    references: int = REFERENCES
    preset: str | None = None


@dataclass(frozen=True)
class Comparison:
    """One comparison and where it lies."""

    folder: Path
    plan: ComparisonPlan

    @property
    def name(self) -> str:
        """Of its folder."""
        return self.folder.name

    @property
    def request(self) -> ComparisonRequest:
        """The request that makes or resumes it."""
        return ComparisonRequest(
            folder=self.folder / _PHOTOS,
            prompts=self.folder / _PROMPTS,
            methods=self.plan.methods,
            seeds=self.plan.seeds,
            out=self.folder,
            references=self.plan.references,
            preset=self.plan.preset,
        )

    @property
    def finished(self) -> bool:
        """Whether everything that is asked for now was made and measured; read from the disk every time."""
        try:
            return self.answered_by(json.loads((self.folder / SUMMARY).read_bytes()))
        except (OSError, ValueError):
            return False

    def answered_by(self, summary: Mapping[str, Any]) -> bool:
        """Whether what ``summary.json`` holds is of all the methods that are asked for now."""
        return set(self.plan.methods) <= set(summary.get("asked", self.plan.methods))

    def people(self) -> list[str]:
        """Whose photos were copied."""
        photos = self.folder / _PHOTOS
        return sorted(path.name for path in photos.iterdir() if path.is_dir()) if photos.is_dir() else []

    def photos(self, person: str) -> list[Path]:
        """The copies of somebody's photos, those first that are learned from."""
        folder = self.folder / _PHOTOS / person
        return sorted(folder.iterdir(), key=lambda path: natural(path.name)) if folder.is_dir() else []


class ComparisonStore:
    """The comparisons of a data folder."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "evaluations"

    def comparisons(self) -> list[Comparison]:
        """All, the newest first; one that cannot be read is left alone, with a line in the log."""
        found = []
        for path in self.folder.glob(f"[!.]*/{_PLAN}"):
            try:
                found.append(Comparison(path.parent, ComparisonPlan.model_validate_json(path.read_bytes())))
            except (OSError, ValidationError) as error:
                log.warning("a comparison cannot be read: %s", str(error).splitlines()[0])
        return sorted(found, key=lambda one: one.plan.created, reverse=True)

    def add_person(
        self,
        person: str,
        subject: Subject,
        photos: Sequence[Path],
        prompts: str,
        methods: Sequence[str],
        seeds: int,
        preset: str | None = None,
        consent: Consent | None = None,
    ) -> Comparison:
        """Set up a comparison on photos of one person, the first ``REFERENCES`` of which are learned from.

        Args:
            prompts: the text of the prompt file.
            seeds: how many pictures of each prompt.

        Raises:
            UserError: too few photos, the same one twice, one cannot be copied, or the disk is full.
        """
        check_count(person, len(photos))
        _check_twins(photos)
        name = folder_name(person)
        digits = len(str(len(photos)))
        copies = {f"{number:0{digits}}{path.suffix.lower()}": path for number, path in enumerate(photos, 1)}
        return self._add(person, {name: (subject, copies)}, prompts, methods, seeds, preset, consent)

    def add_folder(
        self,
        folder: Path,
        dataset: Sequence[DatasetPerson],
        prompts: str,
        methods: Sequence[str],
        seeds: int,
        preset: str | None = None,
        consent: Consent | None = None,
    ) -> Comparison:
        """Set up a comparison on these people of a folder that has a folder of photos for each.

        Raises:
            UserError: a photo cannot be copied, or the disk is full.
        """
        people = {}
        for person in dataset:  # with the broken photos: leaving one out would make a held-out one a reference
            files = [path for path in (folder / person.name).iterdir() if _is_photo(path)]
            people[person.name] = person.subject, {path.name: path for path in files}
        return self._add(folder.name or str(folder), people, prompts, methods, seeds, preset, consent)

    def add_methods(self, comparison: Comparison, methods: Sequence[str]) -> Comparison:
        """Compare further methods too; what was made stays, and running it makes what is missing.

        Raises:
            UserError: the disk is full.
        """
        wanted = tuple(dict.fromkeys([*comparison.plan.methods, *methods]))
        plan = comparison.plan.model_copy(update={"methods": wanted})
        with disk_trouble(f"add methods to {plan.title}"):
            write_atomically(comparison.folder / _PLAN, plan.model_dump_json(indent=1).encode())
        return Comparison(comparison.folder, plan)

    def delete(self, comparison: Comparison) -> None:
        """Erase it with everything in it, as a person of the library is erased.

        Raises:
            UserError: a file is held open; erasing continues at the next ``sweep``.
        """
        with disk_trouble(f"delete {comparison.plan.title}"):
            gone = self.folder / f".gone-{comparison.name}"
            comparison.folder.rename(gone)
            erase(gone)

    def of(self, name: str) -> list[Comparison]:
        """The comparisons that were made on photos of somebody with this name."""
        return [one for one in self.comparisons() if folder_name(name) in one.people()]

    def forget_person(self, name: str) -> None:
        """Erase whatever comparisons have of somebody: photos, pictures, what was learned, rows and votes.

        A comparison of nobody else goes as a whole; of the others the tables are written anew when they are run again.

        Raises:
            UserError: a file is held open; it may be repeated.
        """
        person = folder_name(name)
        self.sweep()
        for comparison in self.of(name):
            if comparison.people() == [person]:
                self.delete(comparison)
                continue
            with disk_trouble(f"delete {name} from {comparison.plan.title}"):
                _forget_in(comparison.folder, person)

    def sweep(self) -> None:
        """Erase what a crash left half set up or half deleted."""
        with disk_trouble("tidy the comparisons"):
            for path in [*self.folder.glob(".new-*"), *self.folder.rglob(".gone-*")]:
                erase(path)
            erase_left(self.folder)

    def _add(
        self,
        title: str,
        people: Mapping[str, tuple[Subject, Mapping[str, Path]]],
        prompts: str,
        methods: Sequence[str],
        seeds: int,
        preset: str | None,
        consent: Consent | None,
    ) -> Comparison:
        created = datetime.now(UTC)
        plan = ComparisonPlan(
            title=title,
            consent=consent or Consent(),
            created=created,
            methods=tuple(methods),
            seeds=tuple(range(seeds)),
            preset=preset,
        )
        name = f"{created.astimezone():%Y-%m-%d}-{secrets.token_hex(4)}"
        new = self.folder / f".new-{name}"
        with disk_trouble(f"copy the photos of {title}"):
            private_folder(self.folder)
            try:
                for person, (_, copies) in people.items():
                    private_folder(new / _PHOTOS / person)
                    for copy, photo in copies.items():
                        shutil.copyfile(photo, new / _PHOTOS / person / copy)
                        (new / _PHOTOS / person / copy).chmod(0o600)
                subjects = {person: str(subject) for person, (subject, _) in people.items()}
                write_atomically(new / _PHOTOS / "people.json", json.dumps(subjects, indent=1).encode())
                write_atomically(new / _PROMPTS, prompts.encode())
                write_atomically(new / _PLAN, plan.model_dump_json(indent=1).encode())
                folder = new.rename(self.folder / name)
            except BaseException:
                if new.exists():
                    erase(new)
                raise
        return Comparison(folder, plan)


def _forget_in(folder: Path, person: str) -> None:
    """Erase what a comparison of several people has of one; the photos last, as they say that there is something."""
    work = folder / "work"
    bench = Library(work)
    learned = [one.id for one in bench.people() if one.name == person or one.name.startswith(f"{person} (")]
    for profile in learned:
        _erase_folders(work, profile)  # methods keep what is theirs by the id
        bench.delete(profile)
    for derived in (RESULTS, SUMMARY, REPORT, "wanted.jsonl", "evaluation.json", "work/notes.json"):
        if (folder / derived).exists():
            erase_at_once(folder / derived)
    _keep_lines(folder / VOTES, lambda said: said.get("person") != person)
    subjects = folder / _PHOTOS / "people.json"
    with suppress(ValueError, AttributeError, FileNotFoundError):  # nobody could be read in it either
        others = {name: subject for name, subject in json.loads(subjects.read_bytes()).items() if name != person}
        write_atomically(subjects, json.dumps(others, indent=1).encode())
    for inner in ("pictures", _PHOTOS):
        _erase_folders(folder / inner, person)


def _erase_folders(inside: Path, name: str) -> None:
    people = inside / "people"
    for path in [one for one in inside.rglob(glob.escape(name)) if one.is_dir() and one.parent != people]:
        gone = path.with_name(f".gone-{secrets.token_hex(4)}")
        path.rename(gone)
        erase(gone)


def _keep_lines(path: Path, wanted: Callable[[dict[str, Any]], bool]) -> None:
    """Keep the lines of JSON that are wanted; one that cannot be read goes."""
    kept = []
    for line in path.read_bytes().splitlines() if path.exists() else ():
        with suppress(ValueError, AttributeError):
            if wanted(json.loads(line)):
                kept.append(line + b"\n")
    if path.exists():
        write_atomically(path, b"".join(kept))


def check_count(person: str, photos: int) -> None:
    """See that there are photos to learn from and photos to hold out.

    Raises:
        UserError: there are too few.
    """
    if photos <= REFERENCES:
        count = {0: "no photo", 1: "one photo"}.get(photos, f"{photos} photos")
        raise UserError(
            f"{person} has {count}; add {REFERENCES + 1 - photos} or more: {REFERENCES} are reference photos, "
            "the others are held out for measuring."
        )


def _check_twins(photos: Sequence[Path]) -> None:
    """See that no photo is learned from and held out at once."""
    seen: dict[str, Path] = {}
    for photo in photos:
        with disk_trouble(f"read {photo.name}"):
            content = hashlib.sha256(photo.read_bytes()).hexdigest()
        twin = seen.setdefault(content, photo)
        if twin is not photo:
            raise UserError(f"{twin.name} and {photo.name} are the same photo; remove one of them.")


def folder_name(person: str) -> str:
    """A person's name as every system takes it for a folder."""
    plain = re.sub(r'[\x00-\x1f<>:"/\\|?*]+', " ", person)[:LONGEST_NAME].strip(" .")
    return plain if plain.isprintable() and plain else "person"


def _is_photo(path: Path) -> bool:
    return path.suffix.lower() in PHOTO_ENDINGS and not path.name.startswith(".") and path.is_file()
