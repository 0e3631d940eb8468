"""Portraits on disk: saved with what made them, and found again by it."""

from __future__ import annotations

import hashlib
import re
import threading
from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image
from pydantic import ValidationError

from facea_desktop.domain.atomic_files import disk_trouble, open_file, private_folder, write_atomically
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Painted
from facea_desktop.domain.requests import PortraitRequest
from facea_desktop.engine.likeness import Likeness
from facea_desktop.library.portrait_export import safe_name
from facea_desktop.library.portrait_files import is_stage
from facea_desktop.library.portrait_png import read_request, read_source, save_portrait
from facea_desktop.library.xmp_metadata import AI_SOURCE, AI_SOURCE_WHOLE

_STEM = re.compile(r"((?<![0-9a-f])[0-9a-f]{12}-\d+)(?:-\d+)?\Z")
"""How the names end that portraits are saved under: their person, their seed, and a number where that was taken."""


@dataclass(frozen=True)
class Portrait:
    """One picture made.

    Attributes:
        image: the portrait, RGB.
        context: x, before the face was redrawn.
        mask: mode L; pixels of ``image`` and ``context`` are equal where it is black.
        likeness: None where no face is found in the result.
        context_request: of the portrait that x was kept from, where it was.
        first_sight: ids of those in it who were painted without tuning.
    """

    image: Image.Image
    context: Image.Image
    mask: Image.Image
    seed: int
    likeness: Likeness | None
    context_request: PortraitRequest | None = None
    first_sight: tuple[str, ...] = ()


def save(
    portrait: Portrait, request: PortraitRequest, out: Path, *, stages: bool, after_scene: bool = False
) -> Painted:
    """Write a portrait under a free name, and beside it its stages if wanted.

    Args:
        after_scene: the name begins as that of the picture that was given as the scene.

    Raises:
        UserError: the disk refuses; nothing is left.
    """
    path, context, mask = _free_paths(request, out, stages=stages, after_scene=after_scene)
    settings = request.without_folders().model_dump_json()
    painted_by = _label_of_scene(portrait, request)
    try:
        if context is not None and mask is not None:  # before the picture, so that they exist once it is seen
            scene = portrait.context_request  # the copy says it, too: the portrait it comes from may be deleted
            said = scene.model_dump_json() if scene is not None else settings
            save_portrait(context, portrait.context, said, painted_by is not None, painted_by or AI_SOURCE)
            save_portrait(mask, portrait.mask, settings, ai_label=False)
        source = painted_by or AI_SOURCE
        save_portrait(path, portrait.image, settings, source=source, first_sight=portrait.first_sight)
    except UserError:
        for stage in (context, mask):
            if stage is not None:
                stage.unlink(missing_ok=True)
        raise
    found = portrait.likeness
    score, own, strangers = (
        (found.score, found.own_photos, found.strangers) if found is not None else (None, None, None)
    )
    return Painted(path, request.seed, context, mask, score, own, strangers, portrait.first_sight)


def save_finished(
    painted: Painted,
    files: Mapping[Path, bytes],
    request: PortraitRequest,
    out: Path,
    *,
    stages: bool,
    after_scene: bool,
) -> Painted:
    """``save`` for a portrait that was painted elsewhere; what is returned names the files here.

    Args:
        painted: with the paths elsewhere.
        files: their contents.

    Raises:
        UserError: the disk refuses; nothing is left.
    """
    places = _free_paths(request, out, stages=stages, after_scene=after_scene)
    sources = (painted.path, painted.context, painted.mask)
    written: list[Path] = []
    try:
        with disk_trouble(f"save {places[0]}"):
            private_folder(out)
            for source, place in list(zip(sources, places, strict=True))[::-1]:  # the picture last, as it is seen first
                if source is not None and place is not None:
                    write_atomically(place, files[source], shared=True)
                    written.append(place)
    except UserError:
        for place in written:
            place.unlink(missing_ok=True)
        raise
    return replace(painted, path=places[0], context=places[1], mask=places[2])


class SavedPortraits:
    """What lies in a folder, to be found by the request that made it; the folder is listed once. Any thread may ask."""

    def __init__(self, folder: Path) -> None:
        self._files: dict[str, list[Path]] = defaultdict(list)
        self._made: dict[str, dict[str, Path]] = {}
        self._lock = threading.Lock()
        for path in sorted(folder.glob("*.png")):
            if not is_stage(path.stem) and (named := _STEM.search(path.stem)):
                self._files[named[1]].append(path)

    def find(self, request: PortraitRequest) -> Path | None:
        """The portrait that this request made, None where there is none.

        Args:
            request: of one picture, as ``assigned_faces.single_requests`` has it.
        """
        stem = _stem(request)
        with self._lock:
            if stem not in self._made:
                self._made[stem] = {}
                for path in self._files[stem]:
                    with suppress(ValidationError):  # of a newer version, or no portrait
                        made = PortraitRequest.model_validate_json(read_request(path) or "")
                        self._made[stem].setdefault(_key(made), path)
            return self._made[stem].get(_key(request.without_folders()))


def _key(request: PortraitRequest) -> str:
    """What a portrait is found by: all that was asked for, and not how a language model split it."""
    return request.model_dump_json(exclude={"split"})


def digest_of_sources(request: PortraitRequest) -> str | None:
    """SHA-256 of the contents of the request's picture and mask; None without, or where one cannot be read."""
    files = [file for file in (request.picture, request.mask) if file is not None]
    try:
        contents = [hashlib.sha256(_content(file)).digest() for file in files]
    except OSError:  # whoever needs the picture says so
        return None
    return hashlib.sha256(b"".join(contents)).hexdigest() if contents else None


def _content(file: Path) -> bytes:
    with open_file(file) as opened:
        return opened.read()


def _label_of_scene(portrait: Portrait, request: PortraitRequest) -> str | None:
    """The AI label of x: painted as a whole by models, also where it was kept; None for a picture of nobody's."""
    kept = portrait.context_request
    if request.picture is None or (kept is not None and kept.picture is None):
        return AI_SOURCE_WHOLE
    return read_source(request.picture)


def _stem(request: PortraitRequest) -> str:
    return f"{request.person}-{request.seed}"


def _free_paths(
    request: PortraitRequest, out: Path, *, stages: bool, after_scene: bool
) -> tuple[Path, Path | None, Path | None]:
    """Where a portrait, its scene and its mask go, under a name that no earlier portrait has."""
    beginning = f"{safe_name(request.picture.stem)}-" if after_scene and request.picture is not None else ""
    stem = _free_stem(out, f"{beginning}{_stem(request)}")
    context, mask = (out / f"{stem}-context.png", out / f"{stem}-mask.png") if stages else (None, None)
    return out / f"{stem}.png", context, mask


def _free_stem(out: Path, stem: str) -> str:
    names = (f"{stem}-{i}" if i else stem for i in range(10_000))
    return next(name for name in names if not (out / f"{name}.png").exists())
