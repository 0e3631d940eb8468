"""Portraits as they lie on disk: which files they are, what they say of themselves, and how they go for good."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ValidationError

from facea_desktop.domain.atomic_files import disk_trouble, erasing_trouble
from facea_desktop.domain.prompt_splitter import split_prompt
from facea_desktop.domain.requests import PortraitRequest
from facea_desktop.library.erasure import erase_at_once
from facea_desktop.library.own_styles import OwnStyles
from facea_desktop.library.person_files import PERSON_ID
from facea_desktop.library.portrait_png import read_origin, read_request, read_size

STAGES = ("context", "mask")
"""What may lie beside ``<stem>.png`` as ``<stem>-context.png`` and ``<stem>-mask.png``."""

MASKS = ".masks"
"""Folder beside the portraits with the masks that were painted for jobs; one goes with the last job that names it."""

PASTED = ".pasted"
"""Folder beside the portraits with pictures that were pasted as scenes; one goes with a portrait made on it."""

_LATEST_NS = 2**63
"""In the year 2262; a database holds no later time."""

_MADE = re.compile(rf"{PERSON_ID.pattern}-\d+(-\d+)?")
"""Stems that portraits of ours are saved under: their person, their seed, and a number where that was taken."""


@dataclass(frozen=True)
class PortraitFile:
    """A portrait as the folder lists it.

    Attributes:
        name: path below the folder of portraits, with slashes.
        modified: in nanoseconds.
        size: in bytes.
        stages: which of STAGES lie beside it.
    """

    name: str
    modified: int
    size: int
    stages: tuple[bool, bool]


@dataclass(frozen=True)
class PortraitFacts:
    """What a portrait says of itself; a picture without a request says little.

    Attributes:
        people: ids of everybody in it, the main person first.
        created: seconds since 1970; None where the picture does not say so.
        times: how many times it was enlarged, 1 where it was not.
        first_sight: ids of those who were painted without tuning.
    """

    people: tuple[str, ...]
    prompt: str
    style: str
    seed: int | None
    width: int
    height: int
    created: float | None = None
    times: int = 1
    first_sight: tuple[str, ...] = ()


def found_portraits(portraits: Path) -> Iterator[PortraitFile]:
    """Every portrait below the folder; stages and hidden files are none.

    Raises:
        OSError: the folder cannot be listed; a missing one is empty.
    """
    waiting = [""]
    while waiting:
        inner = waiting.pop()
        # Listed twice, as a list of a million entries takes much memory.
        stages = {entry.name for entry in _entries(portraits / inner) if is_stage(entry.name.removesuffix(".png"))}
        for entry in _entries(portraits / inner):
            stem, dot, ending = entry.name.rpartition(".")
            if entry.is_dir(follow_symlinks=False):
                waiting.append(f"{inner}{entry.name}/")
            elif dot and ending.lower() == "png" and not is_stage(stem) and entry.is_file():
                stat = entry.stat()
                context, mask = (f"{stem}-{stage}.png" in stages for stage in STAGES)
                yield PortraitFile(f"{inner}{entry.name}", modified_ns(stat), stat.st_size, (context, mask))


def _entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    """What lies in a folder, but for hidden files; nothing where it is missing."""
    with suppress(FileNotFoundError), os.scandir(folder) as entries:
        yield from (entry for entry in entries if not entry.name.startswith("."))


def modified_ns(stat: os.stat_result) -> int:
    """When a file was changed, in nanoseconds; times that cannot be shown, which archives may bring, count as 1970."""
    return stat.st_mtime_ns if 0 <= stat.st_mtime_ns < _LATEST_NS else 0


def is_stage(stem: str) -> bool:
    """Whether a file whose name is this without ".png" is a stage of a portrait."""
    return stem.endswith(tuple(f"-{stage}" for stage in STAGES))


def stages_of(portrait: Path) -> list[Path]:
    """Where the stages of a portrait lie, or would lie."""
    return [portrait.with_name(f"{portrait.stem}-{stage}.png") for stage in STAGES]


def is_erased(picture: Path, portraits: Path) -> bool:
    """Whether a file of the portraits' folder is gone; the user's own pictures come and go with their disks."""
    return not picture.exists() and picture.resolve().is_relative_to(portraits.resolve())


def read_facts(path: Path) -> PortraitFacts:
    """Read the header and the request; what cannot be read is empty or 0."""
    width, height = read_size(path) or (0, 0)
    embedded, created, times, first_sight = read_origin(path)
    try:
        request = PortraitRequest.model_validate_json(embedded) if embedded is not None else None
    except ValidationError:
        request = None
    if request is None:
        return PortraitFacts((), "", "", None, width, height, created, times)
    parts = (request.context_prompt, request.face_prompt)
    prompt = request.prompt or ", ".join(part for part in parts if part)
    people = tuple(dict.fromkeys(person for person in request.people if PERSON_ID.fullmatch(person)))
    seen = tuple(person for person in people if person in first_sight)
    return PortraitFacts(people, prompt, _style_of(prompt), request.seed, width, height, created, times, seen)


@lru_cache(4096)
def _style_of(prompt: str) -> str:
    """Kept, as series of pictures share a prompt and splitting takes longer than all else."""
    return split_prompt(prompt).style


class _Shown(BaseModel):
    """Who goes into one face."""

    person: str


class _PortraitOf(_Shown):
    """What deleting asks of an embedded request: who is in the picture."""

    others: tuple[_Shown, ...] = ()


def portraits_showing(folder: Path, is_meant: Callable[[str], bool]) -> list[Path]:
    """The pictures below ``folder`` whose embedded request names somebody, by id or name, who is meant."""
    found = []
    for path in sorted(folder.rglob("*.png")):
        request = read_request(path)
        if request is None:
            continue
        try:
            portrait = _PortraitOf.model_validate_json(request)
        except ValidationError:
            continue
        if any(is_meant(shown.person) for shown in (portrait, *portrait.others)):
            found.append(path)
    return found


def erase_portrait(path: Path, place: Path | None = None) -> None:
    """Overwrite and unlink a portrait, its stages and ``erase_beside``; one that is gone is no trouble.

    Args:
        place: where it lay among the portraits before it went to the bin; None where it is there.

    Raises:
        UserError: the disk refuses.
    """
    erase_beside(path, place or path)  # the portrait last: what is left of a failure can be deleted again
    _erase_files([*stages_of(path), path], path.name)


def erase_beside(path: Path, place: Path) -> None:
    """Erase what else shows a portrait that is about to go: the picture of a style, and the scene pasted for it.

    Args:
        path: the portrait; it says what it was painted on.
        place: where it lies, or lay before it went to the bin, among the portraits.

    Raises:
        UserError: the disk refuses.
    """
    portraits = next((folder for folder in place.parents if folder.name == "portraits"), None)
    if portraits is not None:
        OwnStyles(portraits.parent).forget(portrait=place.name)
    _erase_files(_pasted_for(path, place), place.name)


def _erase_files(files: Iterable[Path], name: str) -> None:
    for file in files:
        try:
            erase_at_once(file)
        except FileNotFoundError:
            continue
        except OSError:
            with disk_trouble(f"delete {name}") if os.path.lexists(file) else erasing_trouble(name):
                raise


def erase_pasted(portraits: Path) -> None:
    """Erase all pictures that were pasted as scenes.

    Raises:
        OSError: the disk refuses.
    """
    for file in (portraits / PASTED).glob("*.png"):
        erase_at_once(file)


def _pasted_for(path: Path, place: Path) -> list[Path]:
    """The picture that was pasted as the scene of a portrait of that place, as long as it is there."""
    embedded = read_request(path)
    try:
        request = PortraitRequest.model_validate_json(embedded) if embedded is not None else None
    except ValidationError:
        return []
    picture = request.picture if request is not None else None
    pasted = place.parent / PASTED / picture.name if picture is not None else None  # portraits name no folders
    return [pasted] if pasted is not None and pasted.is_file() else []


def sweep_stages(portraits: Path) -> None:
    """Erase stages of ours whose portrait never came, as the program ended before; nobody may be saving one meanwhile.

    What the user gave a name is left alone, also where it ends as stages do.

    Raises:
        OSError: the disk refuses.
    """
    for path in [path for path in portraits.rglob("*.png") if is_stage(path.stem)]:
        stem = path.stem.rpartition("-")[0]
        made = _MADE.fullmatch(stem) is not None and not path.with_name(f"{stem}.png").exists()
        if made and read_request(path) is not None:
            erase_at_once(path)
