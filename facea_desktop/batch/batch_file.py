"""The file of a batch: TOML with people to tune and portraits to paint.

    [defaults]                          # for every portrait
    person = "Anna"
    seed = [1, 2, 3]                    # a list makes a portrait of each value

    [wildcards]                         # beside __NAME__ from NAME.txt next to the file, or in the data folder
    hair = ["red hair", "blond hair"]

    [[people]]
    name = "Anna"
    subject = "woman"
    consent = "self"
    photos = ["anna/*.jpg"]

    [[portraits]]
    prompt = "a woman with __hair__, {smiling|laughing}"
    style = "Golden oil"                # a preset, or one of the user's own
    guidance = [3.0, 5.0]

What is wrong with one entry is said with its line, and the others are used.
"""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from facea_desktop.domain.atomic_files import disk_trouble, read_text_file
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.faces import Subject
from facea_desktop.domain.field_limits import longest
from facea_desktop.domain.people import ConsentKind, PersonName, Value
from facea_desktop.domain.plain_text import one_line
from facea_desktop.domain.requests import BatchItem, BatchRequest, PortraitRequest

_HEADER = re.compile(r"\[\[?\s*[A-Za-z0-9_.\"' -]+\s*\]?\]\s*(#.*)?$")
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_INTERNAL = {"kind", "version", "sources", "template", "style_lora"}
_STYLE = "style"
_PATHS = ("picture", "mask")
_MOST = longest(BatchRequest, "items")
_WILDCARDS = re.compile(r"[*?\[]")


@dataclass(frozen=True)
class Problem:
    """What is wrong, and in which line of the file; 0 where there is none."""

    line: int
    message: str

    @property
    def place(self) -> str:
        """What stands before the message: "line 3: ", or nothing."""
        return f"line {self.line}: " if self.line else ""


@dataclass(frozen=True)
class Entry:
    """Something to do.

    Attributes:
        line: of the file that asks for it; 0 where there is none.
        style: the name of a style that a portrait is still to get, or empty.
    """

    line: int
    request: BatchItem
    style: str = ""


class PersonEntry(Value):
    """A person to be in the library, and tuned.

    Attributes:
        photos: paths, which may have wildcards; none for somebody who is in the library already.
        preset, steps: how to tune; None takes the family's default, and anybody who is tuned as they are.
    """

    name: PersonName
    subject: Subject | None = None
    consent: ConsentKind = "not stated"
    until: date | None = None
    photos: tuple[str, ...] = ()
    tune: bool = True
    preset: str | None = None
    steps: int | None = Field(None, ge=1, le=20_000)
    seed: int = Field(0, ge=0, lt=2**32)


@dataclass
class BatchFile:
    """What a file says.

    Attributes:
        people: with the line of each.
        portraits: still with their wildcards.
        wildcards: the file's own lists, by name.
        problems: what could not be used.
    """

    people: list[tuple[int, PersonEntry]] = field(default_factory=list)
    portraits: list[Entry] = field(default_factory=list)
    wildcards: dict[str, list[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class _Block:
    """One table of the file, and its lines for the sake of their numbers."""

    table: str
    line: int
    lines: list[str]
    values: Mapping[str, Any]

    def line_of(self, key: str) -> int:
        """Where a key stands; the header's where it cannot be told."""
        pattern = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[=.]")
        return next((self.line + at for at, text in enumerate(self.lines) if pattern.match(text)), self.line)


def read_batch_file(path: Path) -> BatchFile:
    """Read a file; what is wrong inside is among its problems.

    Raises:
        UserError: it cannot be read at all.
    """
    with disk_trouble(f"read {path}"):
        data = read_text_file(path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(f"{path.name} is not a text file in UTF-8; save it as one.") from error
    made = BatchFile()
    defaults: dict[str, Any] = {}
    blocks = list(_blocks(text, made.problems))
    for block in blocks:
        if block.table == "defaults":
            defaults |= {
                key: value for key, value in block.values.items() if _known(block, key, _portrait_keys(), made)
            }
        elif block.table == "wildcards":
            _read_wildcards(block, made)
    for block in blocks:
        if block.table == "people":
            _read_person(block, made)
        elif block.table == "portraits":
            _read_portraits(block, defaults, path.parent, made)
    made.problems.sort(key=lambda problem: problem.line)
    return made


def _blocks(text: str, problems: list[Problem]) -> Iterator[_Block]:
    """The tables of the file, each read for itself, so that a slip in one does not cost the others."""
    lines = text.splitlines()
    try:
        tomllib.loads(text)
        whole = True
    except tomllib.TOMLDecodeError:
        whole = False
    starts = [at for at, line in enumerate(lines) if _HEADER.match(line)]
    begin = 0
    for end in [*(start for start in starts if start > 0), len(lines)]:
        part = lines[begin:end]
        try:
            parsed = tomllib.loads("\n".join(part))
        except tomllib.TOMLDecodeError as error:
            if whole and end < len(lines):  # the header stood in a text of several lines
                continue
            problems.append(_syntax_problem(error, begin, len(part)))
        else:
            yield from _tables(parsed, begin + 1, part, problems)
        begin = end


def _tables(parsed: Mapping[str, Any], line: int, lines: list[str], problems: list[Problem]) -> Iterator[_Block]:
    wanted = {"defaults": dict, "wildcards": dict, "people": list, "portraits": list}
    for name, value in parsed.items():
        at = _Block(name, line, lines, {}).line_of(name)
        if name not in wanted:
            meant = _nearest(name, wanted)
            problems.append(Problem(at, f"{name!r} is none of {', '.join(wanted)}{meant}."))
        elif not isinstance(value, wanted[name]):
            header = f"[[{name}]]" if wanted[name] is list else f"[{name}]"
            problems.append(Problem(at, f"{name} has to stand in a line of its own as {header}."))
        else:
            for values in value if isinstance(value, list) else [value]:
                if isinstance(values, dict):
                    yield _Block(name, line, lines, values)
                else:
                    problems.append(Problem(at, f"an entry of {name} has to be a table with keys and values."))


def _syntax_problem(error: tomllib.TOMLDecodeError, begin: int, length: int) -> Problem:
    found = _AT_LINE.search(str(error))
    line = begin + (int(found[1]) if found else length)
    said = _AT_LINE.sub("", str(error)).removesuffix(" (at end of document)").strip()
    return Problem(line, f"this is not TOML: {said}. Nothing of this entry is used.")


def _read_wildcards(block: _Block, made: BatchFile) -> None:
    for name, lines in block.values.items():
        if isinstance(lines, list) and lines and all(isinstance(line, str) for line in lines):
            made.wildcards[name] = lines
        else:
            made.problems.append(Problem(block.line_of(name), f"{name} has to be a list of texts."))


def _read_person(block: _Block, made: BatchFile) -> None:
    keys = [key for key in block.values if not _known(block, key, PersonEntry.model_fields, made)]
    if keys:
        return
    values = dict(block.values)
    if isinstance(values.get("photos"), str):
        values["photos"] = [values["photos"]]
    try:
        made.people.append((block.line, PersonEntry.model_validate(values)))
    except ValidationError as error:
        made.problems += _said(error, block)


def _read_portraits(block: _Block, defaults: Mapping[str, Any], folder: Path, made: BatchFile) -> None:
    if [key for key in block.values if not _known(block, key, _portrait_keys(), made)]:
        return
    values = {**defaults, **block.values}
    for name in _PATHS:
        try:
            values |= {name: _paths(values[name], folder)} if name in values else {}
        except UserError as error:
            made.problems.append(Problem(block.line_of(name), str(error)))
            return
    several = {key: value for key, value in values.items() if isinstance(value, list) and key != "others"}
    if any(not value for value in several.values()):
        made.problems.append(Problem(block.line, f"the list {next(k for k, v in several.items() if not v)} is empty."))
        return
    for drawn in itertools.product(*several.values()):
        if len(made.portraits) >= _MOST:
            made.problems.append(Problem(block.line, f"a batch has {_MOST} entries at most; the rest is left out."))
            return
        one = values | dict(zip(several, drawn, strict=True))
        if one.get("appearance") is False:
            one["appearance"] = {}
        style = one.pop(_STYLE, "")
        if not isinstance(style, str):
            made.problems.append(Problem(block.line_of(_STYLE), "a style is called by its name, a text."))
            return
        try:
            made.portraits.append(Entry(block.line, PortraitRequest.model_validate(one), style))
        except ValidationError as error:
            made.problems += _said(error, block)
            return


def _portrait_keys() -> list[str]:
    return [*(name for name in PortraitRequest.model_fields if name not in _INTERNAL), _STYLE]


def _known(block: _Block, key: str, keys: Mapping[str, Any] | list[str], made: BatchFile) -> bool:
    if key in keys:
        return True
    problem = f"{key!r} is not known here{_nearest(key, keys)}. Nothing of this entry is used."
    made.problems.append(Problem(block.line_of(key), problem))
    return False


def _nearest(word: str, known: Mapping[str, Any] | list[str]) -> str:
    near = get_close_matches(word, list(known), 1)
    return f" (did you mean {near[0]!r}?)" if near else ""


def _paths(value: Any, folder: Path) -> Any:
    """The files that a path or a list of paths means, from the file's folder; wildcards stand for all that fit.

    Raises:
        UserError: there is no such file.
    """
    written = value if isinstance(value, list) else [value]
    if not all(isinstance(one, str) for one in written):
        raise UserError("a picture is named by a text, or a list of texts.")
    found = [path for one in written for path in expanded(one, folder)]
    return found if isinstance(value, list) or len(found) != 1 else found[0]


def expanded(written: str, folder: Path) -> list[Path]:
    """The files that a path means, from ``folder``, in order.

    Raises:
        UserError: there is none.
    """
    path = folder.absolute() / Path(written).expanduser()
    if path.is_file():
        return [path]
    if _WILDCARDS.search(written):
        root = Path(path.anchor)
        found = sorted(one for one in root.glob(str(path.relative_to(root))) if one.is_file())
        if found:
            return found
    raise UserError(f"there is no file {one_line(written)!r}; paths start from the folder of the batch file.")


def _said(error: ValidationError, block: _Block) -> list[Problem]:
    """Each mistake with its line, in plain words."""
    found = []
    for one in error.errors(include_url=False):
        key = ".".join(str(part) for part in one["loc"]) or "entry"
        first = str(one["loc"][0]) if one["loc"] else ""
        said = "is missing" if one["type"] == "missing" else f"cannot be {one['input']!r}: {one['msg']}"
        found.append(Problem(block.line_of(first), one_line(f"{key} {said}. Nothing of this entry is used.")))
    return found
