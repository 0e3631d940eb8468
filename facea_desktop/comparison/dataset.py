"""The data of a comparison: a folder of people and a file of prompts, read with care."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from facea_desktop.domain.atomic_files import read_text_file
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.faces import Subject
from facea_desktop.library.photo_reader import photos_in, read_photo

FRONT_FACE = "front face"
"""Appended to every prompt that lacks it, so that a face is to be seen (paper, quantitative evaluation)."""
LONGEST_PROMPT = 1900
LONGEST_NAME = 50
"""A person of the library is called after the folder and the method."""


@dataclass(frozen=True)
class DatasetPerson:
    """One person of a comparison.

    Attributes:
        references: photos that methods may learn from.
        held_out: photos that no method sees; what is made is measured against these.
    """

    name: str
    subject: Subject
    references: tuple[Path, ...]
    held_out: tuple[Path, ...]

    def fingerprint(self) -> dict[str, str]:
        """SHA-256 of every photo by its name, after a letter that says what it is used for."""
        kinds = (("r", self.references), ("h", self.held_out))
        return {
            path.name: f"{kind}-{hashlib.sha256(path.read_bytes()).hexdigest()}"
            for kind, paths in kinds
            for path in paths
        }


def read_dataset(
    folder: Path, references: int, subject: Subject | None, people: int | None
) -> tuple[list[DatasetPerson], list[str]]:
    """The people of a folder in the order of their names, and a line for each photo and person left out.

    Args:
        references: how many photos of a person may be learned from. They are counted by name with the broken ones,
            so that a photo that cannot be read never makes a held-out one a reference.
        subject: of everybody; needed where there is no ``people.json``, and of no effect where there is.
        people: only the first so many.

    Raises:
        UserError: the folder or its ``people.json`` cannot be used, or nobody is left.
    """
    subjects = _subjects(folder, subject)
    dataset: list[DatasetPerson] = []
    left_out: list[str] = []
    for name in subjects:
        if not (folder / name).is_dir():
            left_out.append(f"{name}: people.json names a folder that does not exist.")
    for path in sorted((path for path in folder.iterdir() if path.is_dir()), key=lambda path: natural(path.name)):
        if people is not None and len(dataset) == people:
            break
        if path.name.startswith("."):
            continue
        if path.name not in subjects:
            left_out.append(f"{path.name}: people.json does not say whether this is a man or a woman.")
            continue
        person, said = _read_person(path, subjects[path.name], references)
        left_out += said
        if person is not None:
            dataset.append(person)
    if not dataset:
        reasons = " ".join(left_out[:3])
        raise UserError(
            f"No one in {folder} can be evaluated: each person needs a folder of {references + 1} or more photos, "
            f"{references} for reference (--references) and the others for measuring. {reasons}".rstrip()
        )
    return dataset, left_out


def read_prompts(path: Path) -> tuple[list[str], list[str]]:
    """The prompts of a file, and what was passed over; empty lines and lines that begin with ``#`` are none.

    Raises:
        UserError: it cannot be read, a prompt is too long, or there is none.
    """
    try:
        lines = read_text_file(path).decode("utf-8-sig").splitlines()
    except FileNotFoundError:
        raise UserError(f"{path} does not exist: give a text file with one prompt per line (--prompts).") from None
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror or error} (--prompts).") from error
    except UnicodeDecodeError as error:
        raise UserError(f"{path} is not UTF-8 text; save it as UTF-8 (--prompts).") from error
    prompts: list[str] = []
    empty = 0
    said = []
    for number, line in enumerate(lines, 1):
        prompt = prompt_of(line)
        if prompt is None:
            empty += not line.strip()
            continue
        if is_too_long(line):
            raise UserError(
                f"{path.name}, line {number}: a prompt has at most {LONGEST_PROMPT} characters; shorten it."
            )
        if prompt in prompts:
            said.append(f"{path.name}, line {number}: the prompt is a duplicate; it is used once.")
            continue
        prompts.append(prompt)
    if empty:
        said.append(f"{path.name}: {empty} empty line{'s were' if empty > 1 else ' was'} skipped.")
    if not prompts:
        raise UserError(f"{path} has no prompts; write one per line, with {{subject}} for man or woman.")
    return prompts, said


def prompt_of(line: str) -> str | None:
    """The prompt on a line, for a face that can be compared; None where there is none."""
    text = " ".join(line.split())
    if not text or text.startswith("#"):
        return None
    return text if FRONT_FACE in text.lower() else f"{text.rstrip(' ,.')}, {FRONT_FACE}"


def is_too_long(line: str) -> bool:
    """Whether a line is longer than a prompt can be."""
    return len(" ".join(line.split())) > LONGEST_PROMPT


def prompt_for(template: str, subject: Subject) -> str:
    """T of one person: ``{subject}`` filled in."""
    return template.replace("{subject}", str(subject))


def _subjects(folder: Path, subject: Subject | None) -> dict[str, Subject]:
    if not folder.is_dir():
        raise UserError(f"{folder} is not a folder; give one that has a folder of photos for each person.")
    file = folder / "people.json"
    if not file.exists():
        if subject is None:
            raise UserError(f"{folder} has no people.json; add one, or give --subject man or woman for everyone.")
        return {path.name: subject for path in folder.iterdir() if path.is_dir()}
    try:
        said = json.loads(read_text_file(file))
        return {str(name): Subject(value) for name, value in said.items()}
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise UserError(f'{file} cannot be used; it must look like {{"folder": "man", "another": "woman"}}.') from error


def _read_person(folder: Path, subject: Subject, references: int) -> tuple[DatasetPerson | None, list[str]]:
    """The person of a folder, None where there is too little; and what was left out."""
    name = folder.name
    if len(name) > LONGEST_NAME or not name.isprintable():
        return None, [f"{name[:LONGEST_NAME]!r}: the folder's name has to have at most {LONGEST_NAME} plain letters."]
    files = sorted(photos_in(folder), key=lambda path: natural(path.name))
    if len(files) <= references:
        count = {0: "no photo", 1: "one photo"}.get(len(files), f"{len(files)} photos")
        return None, [f"{name}: {count}; {references} to learn from and one to measure against are needed."]
    said = [f"{name}: {problem}" for path in files if (problem := _problem(path))]
    learned, held = _readable(files[:references]), _readable(files[references:])
    if not learned or not held:
        what = "learn from" if not learned else "measure against"
        return None, [*said, f"{name}: left out, for no photo is left to {what}."]
    return DatasetPerson(name, subject, tuple(learned), tuple(held)), said


def _readable(files: Sequence[Path]) -> list[Path]:
    return [path for path in files if not _problem(path)]


def _problem(path: Path) -> str | None:
    try:
        read_photo(path)
    except UserError as error:
        return str(error)
    return None


def natural(name: str) -> list[tuple[int, int, str]]:
    """Sorts ``9.jpg`` before ``10.jpg``."""
    pieces = re.split(r"(\d+)", name.lower())
    return [(0, int(piece), "") if piece.isdecimal() else (1, 0, piece) for piece in pieces if piece]
