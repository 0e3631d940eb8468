"""Portraits as files for other programs: PNG, JPEG, WebP or TIFF with what the user wants in them and nothing else."""

from __future__ import annotations

import io
import logging
import re
import unicodedata
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, NamedTuple

from PIL import Image, ImageCms, ImageOps

from facea_desktop.domain.atomic_files import (
    TEMPORARY,
    cut_name,
    disk_trouble,
    shared_folder,
    sweep_temporary,
    write_new,
)
from facea_desktop.domain.errors import CancelledError, UserError
from facea_desktop.domain.outcomes import Enlarged
from facea_desktop.library.icc import ProfileName, icc_profile
from facea_desktop.library.photo_reader import read_picture
from facea_desktop.library.portrait_png import png_texts, read_enlargement, read_first_sight, read_request, read_source
from facea_desktop.library.xmp_metadata import AI_SOURCE, xmp_packet

log = logging.getLogger(__name__)

Format = Literal["png", "jpeg", "webp", "tiff"]

ENDINGS: dict[Format, str] = {"png": ".png", "jpeg": ".jpg", "webp": ".webp", "tiff": ".tif"}
_JPEG_XMP_LIMIT = 65_000
_LONGEST_NAME = 180
"""Bytes, so that a number and an ending find room."""
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')
_TAKEN_BY_WINDOWS = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


@dataclass(frozen=True)
class ExportOptions:
    """How to export.

    Attributes:
        longest: pixels of the longer side at most; None keeps the size.
        quality: 1 to 100, of JPEG and WebP.
        profile: the colours are converted to it and it is embedded; None is sRGB without saying so.
        keep_prompt: the request that made the picture goes along.
        ai_label: the picture says that a machine made it.
        keep_notes: stars and keywords go along, as xmp:Rating and dc:subject.
    """

    format: Format = "png"
    longest: int | None = None
    quality: int = 92
    profile: ProfileName | None = "srgb"
    keep_prompt: bool = False
    ai_label: bool = True
    keep_notes: bool = False


class Noted(NamedTuple):
    """What was noted of a portrait: 0 to 5 stars or -1, and keywords."""

    stars: int = 0
    keywords: tuple[str, ...] = ()


NOTHING_NOTED = Noted()


@dataclass
class Exported:
    """What became of it.

    Attributes:
        written: the new files.
        unreadable: portraits that are damaged or gone.
    """

    written: list[Path] = field(default_factory=list)
    unreadable: list[Path] = field(default_factory=list)


def export_portraits(
    portraits: Sequence[tuple[Path, str]],
    folder: Path,
    options: ExportOptions,
    told: Callable[[int], None] = lambda done: None,
    stop: Callable[[], bool] = lambda: False,
    noted: Mapping[Path, Noted] | None = None,
    enlarged: Mapping[Path, Enlarged] | None = None,
) -> Exported:
    """Export portraits, each under the name given with it; no file is overwritten, names are numbered instead.

    Args:
        portraits: files and names without ending.
        folder: where to; it is made where it is missing.
        options: how.
        told: receives how many are done.
        stop: asked before each.
        noted: what goes along with ``keep_notes``.
        enlarged: larger copies, which go in the place of the portraits.

    Raises:
        UserError: the disk refuses; what was written until then stays.
        CancelledError: stopped; the same.
    """
    with disk_trouble(f"export to {folder}"):
        shared_folder(folder)
        sweep_temporary(folder.glob(f".*{TEMPORARY}"))
    exported = Exported()
    taken: dict[str, int] = {}
    for done, (portrait, name) in enumerate(portraits):
        if stop():
            raise CancelledError
        larger = (enlarged or {}).get(portrait)
        data = encode(portrait, options, (noted or {}).get(portrait, NOTHING_NOTED), larger)
        if data is None:
            exported.unreadable.append(portrait)
        else:
            exported.written.append(_write(folder, name, ENDINGS[options.format], data, taken))
        told(done + 1)
    return exported


def encode(
    portrait: Path, options: ExportOptions, noted: Noted = NOTHING_NOTED, larger: Enlarged | None = None
) -> bytes | None:
    """The exported file's content; None where the portrait cannot be read.

    Args:
        larger: a copy of it, with pixels, that takes its place.
    """
    try:
        image = read_picture(portrait) if larger is None else read_pixels(larger)
    except UserError as error:
        log.warning("a portrait was not exported: %s", error)
        return None
    if options.longest is not None and max(image.size) > options.longest:
        image = ImageOps.contain(image, (options.longest, options.longest), Image.Resampling.LANCZOS)
    request = read_request(portrait) if options.keep_prompt else None
    converted = _converted(image if options.format != "jpeg" else _on_white(image), options.profile or "srgb")
    enlarged = None
    if options.keep_prompt or options.ai_label:
        enlarged = read_enlargement(portrait) if larger is None else larger.note
    known: dict[str, Any] = {"enlarged": enlarged}
    if options.keep_prompt:
        known["first_sight"] = read_first_sight(portrait)  # ids, as the request has them
    if options.keep_notes:
        known |= {"stars": noted.stars or None, "keywords": noted.keywords}
    parameters = _parameters(options, request, read_source(portrait) or AI_SOURCE, known)
    try:
        return _saved(converted, options.format, parameters)
    except (OSError, ValueError) as error:
        # Pillow optimises a JPEG inside a buffer that a grainy picture does not fit into.
        if options.format == "jpeg":
            return _saved(converted, options.format, parameters | {"optimize": False, "progressive": False})
        raise UserError(f"{portrait.name} is too large for {options.format.upper()}. Export as PNG.") from error


def read_pixels(enlarged: Enlarged) -> Image.Image:
    """The picture of a larger copy that was not saved."""
    assert enlarged.pixels is not None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the engine keeps to the limit
        image = Image.open(io.BytesIO(enlarged.pixels), formats=["PNG"])
    image.load()
    return image


def _saved(image: Image.Image, kind: Format, parameters: dict[str, Any]) -> bytes:
    saved = io.BytesIO()
    image.save(saved, kind.upper(), **parameters)
    return saved.getvalue()


def safe_name(name: str) -> str:
    """A name that every file system takes: they limit its bytes."""
    composed = unicodedata.normalize("NFC", name.encode("utf-8", "replace").decode())
    plain = cut_name(_NOT_IN_NAMES.sub(" ", composed).strip(" .")[:100], _LONGEST_NAME).strip(" .")
    return f"{plain} portrait" if not plain or _TAKEN_BY_WINDOWS.fullmatch(plain) else plain


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode == "RGB":
        return image
    white = Image.new("RGB", image.size, "white")
    white.paste(image, mask=image.getchannel("A"))
    return white


def _converted(image: Image.Image, profile: ProfileName) -> Image.Image:
    return image if profile == "srgb" else _transformed(image, icc_profile("srgb"), profile)


def _transformed(image: Image.Image, source: bytes, target: ProfileName) -> Image.Image:
    made = ImageCms.profileToProfile(
        image,
        ImageCms.ImageCmsProfile(io.BytesIO(source)),
        ImageCms.ImageCmsProfile(io.BytesIO(icc_profile(target))),
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
    )
    assert made is not None  # only with inPlace
    made.info = {}
    return made


def _parameters(options: ExportOptions, request: str | None, source: str, known: dict[str, Any]) -> dict[str, Any]:
    """What PIL's writer of the format takes.

    Args:
        known: what else ``xmp_packet`` says.
    """
    xmp = (xmp_packet(request, options.ai_label, source, **known) or "").encode()
    profile: dict[str, Any] = {"icc_profile": icc_profile(options.profile)} if options.profile is not None else {}
    if options.format == "png":
        return profile | {"pnginfo": png_texts(request, options.ai_label, source, **known)}
    if options.format == "tiff":
        return profile | {"compression": "tiff_adobe_deflate"} | ({"tiffinfo": {700: xmp}} if xmp else {})
    if options.format == "jpeg":
        if len(xmp) > _JPEG_XMP_LIMIT:
            raise UserError("The prompt is too long for a JPEG. Export as PNG, or without the prompt.")
        # From 90 on who chose that wants fine colour detail too.
        subsampling = 0 if options.quality >= 90 else 2
        profile |= {"quality": options.quality, "subsampling": subsampling, "optimize": True, "progressive": True}
    else:
        profile |= {"quality": options.quality, "method": 4}
    return profile | ({"xmp": xmp} if xmp else {})


def _write(folder: Path, name: str, ending: str, data: bytes, taken: dict[str, int]) -> Path:
    """Write to the first free name; two exports at a time never write over each other.

    ``taken`` keeps the numbers that names have reached, as a thousand pictures may bear one name.
    """
    plain = safe_name(name)
    with disk_trouble(f"export to {folder}"):
        while True:
            number = taken[plain] = taken.get(plain, 0) + 1
            path = folder / (f"{plain}{ending}" if number == 1 else f"{plain} ({number}){ending}")
            try:
                write_new(path, data)
            except FileExistsError:
                continue
            return path
