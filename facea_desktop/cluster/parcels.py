"""What a job needs, as plain values that travel: the request, its people, and the content of files by hash."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from facea_desktop.domain.atomic_files import disk_trouble, open_file
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.people import Profile
from facea_desktop.domain.photo_requests import EnrolRequest
from facea_desktop.domain.requests import BatchItem, PortraitRequest, TuneRequest
from facea_desktop.library.id_library import Library
from facea_desktop.library.own_styles import FOLDER as STYLES
from facea_desktop.library.person_files import BEST_SO_FAR, LAST
from facea_desktop.library.previous_tuning import CHECKPOINTS
from facea_desktop.library.style_loras import StyleLoras
from facea_desktop.models.catalogue import load_catalogue
from facea_desktop.models.model_choices import ModelChoices

INPUTS = "inputs"
"""Folder of photos, scenes and masks in the data folder of a worker."""


@dataclass(frozen=True)
class Parcel:
    """One job.

    Attributes:
        request: its paths are those in the data folder of a worker, relative to it.
        choices: which models are in use.
        people: whom it is about, and of whom mixed people are made.
        files: SHA-256 of every file it needs, by the path in the data folder of a worker.
    """

    request: BatchItem
    choices: ModelChoices
    people: tuple[Profile, ...]
    files: dict[str, str]


@dataclass(frozen=True)
class PersonResult:
    """Somebody who was made or tuned.

    Attributes:
        files: of the person, by their path in the person's folder.
        best: the best weights of the tuning; None where nothing was measured.
    """

    profile: Profile
    files: dict[str, bytes]
    best: bytes | None


@dataclass(frozen=True)
class CheckpointResult:
    """Where a tuning stands: files of the folder ``checkpoints`` by name."""

    files: dict[str, bytes]


@dataclass(frozen=True)
class PictureResult:
    """The content of the files that a Painted event names, by their path on the worker."""

    files: dict[Path, bytes]


def pack(
    item: BatchItem, library: Library, loras: StyleLoras, choices: ModelChoices
) -> tuple[Parcel, dict[str, bytes]]:
    """A job, and the content of its files by SHA-256.

    Raises:
        UserError: a file cannot be read, or a person or the LoRA of the style is gone.
    """
    files: dict[str, str] = {}
    contents: dict[str, bytes] = {}

    def put(data: bytes, digest: str, place: str) -> None:
        files[place], contents[digest] = digest, data

    def travelling(path: Path) -> Path:
        with disk_trouble(f"read {path}"), open_file(path) as file:
            data = file.read()
        digest = hashlib.sha256(data).hexdigest()
        put(data, digest, place := f"{INPUTS}/{digest}/{path.name}")
        return Path(place)

    people: list[Profile] = []
    for key in _people_of(item):
        profile, own = library.read(key)
        people.append(profile)
        for name, data in own.items():
            put(data, profile.files[name], f"people/{profile.id}/{name}")
    for giver, photos in _givers(item, people, library):
        people.append(giver)
        for name, data in photos.items():
            put(data, giver.files[name], f"people/{giver.id}/{name}")
    more: dict[str, bytes] = {}
    if isinstance(item, TuneRequest) and item.resume:
        more = read_checkpoints(library.folder(item.person) / CHECKPOINTS)
    elif isinstance(item, PortraitRequest) and item.checkpoint is not None:
        with library.unchanged():
            more = _kept_weights(library.folder(people[0].id) / CHECKPOINTS)
    for name, data in more.items():
        put(data, hashlib.sha256(data).hexdigest(), f"people/{people[0].id}/{CHECKPOINTS}/{name}")
    if isinstance(item, PortraitRequest) and item.style_lora is not None:
        lora = item.style_lora
        put(loras.content(lora), lora.sha256, f"{STYLES}/{loras.path(lora.sha256).name}")
    return Parcel(with_paths(item, travelling), choices, tuple(people), files), contents


def _givers(item: BatchItem, people: Sequence[Profile], library: Library) -> list[tuple[Profile, dict[str, bytes]]]:
    """Those of whom mixed people have eyes, nose or mouth, or between whom they are, also through others, with the
    photos alone: a portrait takes detail of them, and its scene has the face that is between them.
    """
    if not isinstance(item, PortraitRequest) or not item.identity:
        return []
    families, seen = load_catalogue().families, {profile.id for profile in people}
    detailed = [one for one in people if one.family in families and families[one.family].photo_detail]
    asked = [taken.person for one in detailed for taken in one.taken]
    asked += [blended.person for one in detailed for blended in one.blended]
    found = []
    while asked:
        person = asked.pop(0)
        if person is None or person in seen:
            continue
        seen.add(person)
        with suppress(UserError):  # deleted: the mixed person stays as it is
            giver, files = library.read(person)
            if giver.consent_ended:
                continue
            photos = {name: data for name, data in files.items() if name.startswith("references/")}
            hashes = {name: giver.files[name] for name in photos}
            found.append((giver.model_copy(update={"tuning": None, "files": hashes}), photos))
            asked += [blended.person for blended in giver.blended]
    return found


def _kept_weights(folder: Path) -> dict[str, bytes]:
    """Every weights of a person beside those in use, by their path in the folder ``checkpoints``."""
    with disk_trouble("read the weights"):
        found = [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith(".")]
        kept = [path for path in found if path.name not in (LAST, BEST_SO_FAR)]
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in kept}


def with_paths(item: BatchItem, placed: Callable[[Path], Path]) -> BatchItem:
    """The request with every path in it replaced."""
    match item:
        case EnrolRequest():
            masks = tuple(one.model_copy(update={"file": placed(one.file)}) for one in item.masks)
            return item.model_copy(update={"photos": tuple(map(placed, item.photos)), "masks": masks})
        case PortraitRequest():
            paths = {"picture": item.picture, "mask": item.mask}
            return item.model_copy(update={name: path and placed(path) for name, path in paths.items()})
        case TuneRequest():
            return item


def read_checkpoints(folder: Path) -> dict[str, bytes]:
    """What an interrupted tuning left, by name."""
    with disk_trouble("read the state of the tuning"):
        return {name: (folder / name).read_bytes() for name in (LAST, BEST_SO_FAR) if (folder / name).is_file()}


def _people_of(item: BatchItem) -> list[str]:
    match item:
        case EnrolRequest():
            return []
        case TuneRequest():
            return [item.person]
        case PortraitRequest():
            return list(dict.fromkeys(item.people))
