"""Larger copies of pictures: carries out an EnlargeRequest."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
from PIL import Image
from pydantic import ValidationError

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Observer, Painted, Warned, raise_if_stopped
from facea_desktop.domain.faces import Box, Face
from facea_desktop.domain.outcomes import SHARPER, Enlarged
from facea_desktop.domain.requests import EnlargeRequest, PortraitRequest
from facea_desktop.engine.crops import upright
from facea_desktop.engine.device_report import device_event
from facea_desktop.engine.likeness import Likeness, facenet, measure
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.engine.painting_memory import with_memory_stepdown
from facea_desktop.engine.tiled_upscaling import enlarged
from facea_desktop.library.photo_reader import PIXEL_LIMIT, png_bytes, read_photo
from facea_desktop.library.portrait_export import safe_name
from facea_desktop.library.portrait_png import read_first_sight, read_request, read_source, save_portrait
from facea_desktop.library.xmp_metadata import AI_SOURCE

DRIFT = 0.05
"""A likeness that falls by more is said."""


def enlarge(manager: ModelManager, request: EnlargeRequest, observer: Observer) -> Enlarged:
    """Make a larger copy; a file has the request, the AI label and a note of what enlarged it.

    Raises:
        UserError: the picture cannot be read or is too large, the upscaler is not there, or memory does not suffice.
        CancelledError: stopped; nothing is left.
    """
    picture, times = read_photo(request.picture), request.times
    width, height = picture.width * times, picture.height * times
    if width * height > PIXEL_LIMIT:
        raise UserError(
            f"{request.picture.name} would become {width} by {height} pixels; at most {PIXEL_LIMIT // 10**6} million "
            "are supported. Choose a smaller factor, or a smaller picture."
        )
    family = manager.models.active_family()
    observer.emit(device_event(manager.placement(family)))
    large, by = with_memory_stepdown(manager, lambda: _enlarge(manager, request, picture, observer), observer)
    plain = picture.resize((width, height), Image.Resampling.LANCZOS)
    faces = manager.detector(family).find(picture)
    made_by = _request_of(request.picture)
    before, after = _likenesses(manager, made_by, faces, picture, large, times)
    copy = Enlarged(
        path=None,
        width=width,
        height=height,
        times=times,
        by=by,
        detail=sharpness_gain(large, plain, Box(0, 0, width, height)),
        face_detail=sharpness_gain(large, plain, faces[0].box.scaled(times)) if faces else None,
        likeness_before=before.score if before is not None else None,
        likeness_after=after.score if after is not None else None,
    )
    raise_if_stopped(observer)
    for remark in _remarks(copy):
        observer.emit(remark)
    if not request.save:
        return replace(copy, pixels=png_bytes(large))
    path = _save(manager, request, large, copy.note)
    score, own, strangers = (
        (after.score, after.own_photos, after.strangers) if after is not None else (None, None, None)
    )
    seed = made_by.seed if made_by is not None else 0
    observer.emit(Painted(path, seed, None, None, score, own, strangers, read_first_sight(path)))
    return replace(copy, path=path)


def _enlarge(
    manager: ModelManager, request: EnlargeRequest, picture: Image.Image, observer: Observer
) -> tuple[Image.Image, str]:
    """The picture as the upscaler enlarges it, and the upscaler's name."""
    name, upscaler = manager.upscaler(request.model)
    return enlarged(picture, request.times, upscaler, observer), name


def _save(manager: ModelManager, request: EnlargeRequest, large: Image.Image, note: str) -> Path:
    """Write the copy to where it was asked for, with what the original carries; nothing is deleted meanwhile."""
    with manager.library.unchanged():
        if not request.picture.exists():
            raise UserError(f"{request.picture.name} was deleted meanwhile; nothing was saved.")
        path = _free_path(request.out or manager.library.portraits, request)
        source, embedded = read_source(request.picture), read_request(request.picture)
        seen = read_first_sight(request.picture)
        save_portrait(path, large, embedded, source is not None, source or AI_SOURCE, enlarged=note, first_sight=seen)
    return path


def sharpness_gain(large: Image.Image, plain: Image.Image, box: Box) -> float:
    """Fine detail of one enlargement as a multiple of another's of the same size, inside ``box``.

    Measured as the RMS of the Laplacian of grey, which does not tell detail from noise.
    """
    area = max(0, int(box.x0)), max(0, int(box.y0)), min(large.width, int(box.x1)), min(large.height, int(box.y1))
    fine, coarse = (
        float(cv2.norm(cv2.Laplacian(np.asarray(picture.crop(area).convert("L")), cv2.CV_16S)))
        for picture in (large, plain)
    )
    return fine / coarse if coarse > 0 else 1.0


def _remarks(made: Enlarged) -> list[Warned]:
    """What the user should know of it before taking it for more than it is."""
    said = []
    if not made.sharper:
        said.append(Warned("The picture is larger, but no sharper than Lanczos makes it.", "no sharper"))
    elif made.face_detail is not None and made.face_detail < SHARPER:
        said.append(Warned("The picture is sharper than Lanczos makes it, but its face is not.", "dull face"))
    if made.likeness_before is not None and (made.likeness_after or 0) < made.likeness_before - DRIFT:
        said.append(
            Warned(
                f"The face looks less like the person: likeness {made.likeness_after or 0:.2f}, "
                f"before {made.likeness_before:.2f}."
            )
        )
    return said


def _request_of(picture: Path) -> PortraitRequest | None:
    with suppress(ValidationError):
        return PortraitRequest.model_validate_json(read_request(picture) or "")
    return None


def _likenesses(
    manager: ModelManager,
    made_by: PortraitRequest | None,
    faces: Sequence[Face],
    picture: Image.Image,
    large: Image.Image,
    times: int,
) -> tuple[Likeness, Likeness] | tuple[None, None]:
    """Of the portrait's person before and after, measured in the same place; None where that is not known."""
    if made_by is None or made_by.face >= len(faces):
        return None, None
    with suppress(UserError):  # somebody who is gone
        own = manager.own_embeddings(manager.library.get(made_by.person))
        face = faces[made_by.face]
        if own:
            before = measure(facenet().embed(*upright(picture, face)), own)
            return before, measure(facenet().embed(*upright(large, face.scaled(times))), own)
    return None, None


def _free_path(out: Path, request: EnlargeRequest) -> Path:
    stem = f"{safe_name(request.picture.stem)}-{request.times}x"
    names = (f"{stem}-{number}" if number else stem for number in range(10_000))
    return next(path for name in names if not (path := out / f"{name}.png").exists())
