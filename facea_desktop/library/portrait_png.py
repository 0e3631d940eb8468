"""Portraits that carry what made them, and PNGs from strangers read with limits.

The request stands in an iTXt chunk of its own; the AI label is IPTC's digital source type in XMP (``metadata``).
"""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import BinaryIO, NamedTuple

from PIL import Image, PngImagePlugin

from facea_desktop.domain.atomic_files import disk_trouble, open_file, private_folder, write_atomically
from facea_desktop.domain.errors import UserError
from facea_desktop.library.xmp_metadata import (
    AI_SOURCE,
    enlargement_in_xmp,
    first_sight_in_xmp,
    read_xmp,
    request_in_xmp,
    source_in_xmp,
    xmp_packet,
)

REQUEST_KEY = "facea:request"
_CREATED_KEY = "Creation Time"
_XMP_KEY = "XML:com.adobe.xmp"
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_REQUEST_LIMIT = 1 << 20
_CHUNK_LIMIT = 10_000
_FIRST_YEAR, _LAST_YEAR = 1990, 2200
_BROKEN = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)
"""What PIL raises at files that are damaged, or made to harm."""
_TIMES = re.compile(r"(\d{1,2}) times by ")
"""How ``Enlarged.note`` begins."""


class Origin(NamedTuple):
    """What a portrait says of how it was made.

    Attributes:
        created: seconds since 1970; None where it does not say so.
        times: how many times it was enlarged, 1 where it was not.
        first_sight: ids of the people in it who were painted without tuning.
    """

    request: str | None
    created: float | None
    times: int = 1
    first_sight: tuple[str, ...] = ()


def save_portrait(
    path: Path,
    image: Image.Image,
    request_json: str | None,
    ai_label: bool = True,
    source: str = AI_SOURCE,
    *,
    created: datetime | None = None,
    enlarged: str | None = None,
    first_sight: Sequence[str] = (),
) -> None:
    """Write a PNG with the request that made it and the time, unless that is None, and the AI label, unless off.

    The time is ``created``, or now; ``enlarged`` and ``first_sight`` are as in ``xmp_packet``. Nothing else that
    ``image.info`` may hold (EXIF, places, colour profiles) goes along: the pixels are sRGB.

    Raises:
        UserError: the disk refuses; ``path`` is as it was.
    """
    plain = image.copy()
    plain.info = {}
    data = io.BytesIO()
    texts = png_texts(request_json, ai_label, source, enlarged=enlarged, first_sight=first_sight)
    if request_json is not None:
        texts.add_text(_CREATED_KEY, (created or datetime.now(UTC)).isoformat())
    plain.save(data, "PNG", pnginfo=texts)
    with disk_trouble(f"save {path}"):
        private_folder(path.parent)
        write_atomically(path, data.getvalue(), shared=True)


def read_source(path: Path) -> str | None:
    """The AI label of a picture, ``AI_SOURCE`` or ``AI_SOURCE_WHOLE``; None where it bears none."""
    packet = _packet(path)
    return source_in_xmp(packet) if packet else None


def read_enlargement(path: Path) -> str | None:
    """How often a picture was enlarged, and by what; None where it was not."""
    packet = _packet(path)
    return enlargement_in_xmp(packet) if packet else None


def read_first_sight(path: Path) -> tuple[str, ...]:
    """Ids of the people in a picture who were painted without tuning."""
    packet = _packet(path)
    return first_sight_in_xmp(packet) if packet else ()


def _packet(path: Path) -> bytes | None:
    texts = read_texts(path, _XMP_KEY)
    return read_xmp(path) if texts is None else texts.get(_XMP_KEY, "").encode()


def png_texts(
    request_json: str | None,
    ai_label: bool,
    source: str = AI_SOURCE,
    *,
    stars: int | None = None,
    keywords: Sequence[str] = (),
    enlarged: str | None = None,
    first_sight: Sequence[str] = (),
) -> PngImagePlugin.PngInfo:
    """The chunks with the request, unless that is None, and what ``xmp_packet`` makes of the others."""
    texts = PngImagePlugin.PngInfo()
    if request_json is not None:
        texts.add_itxt(REQUEST_KEY, request_json)
    xmp = xmp_packet(None, ai_label, source, stars=stars, keywords=keywords, enlarged=enlarged, first_sight=first_sight)
    if xmp is not None:
        texts.add_itxt(_XMP_KEY, xmp)
    return texts


def read_request(path: Path) -> str | None:
    """The request in a portrait, PNG or exported to JPEG, WebP or TIFF; None where there is none.

    No pixel is decoded. It is found wherever in a PNG another program put it, compressed or not.
    """
    texts = read_texts(path, REQUEST_KEY)
    if texts is not None:
        return texts.get(REQUEST_KEY)
    xmp = read_xmp(path)
    return request_in_xmp(xmp) if xmp is not None else None


def read_origin(path: Path) -> Origin:
    """Where a portrait comes from, read in one go."""
    texts = read_texts(path, REQUEST_KEY, _CREATED_KEY, _XMP_KEY)
    if texts is None:
        return Origin(read_request(path), None)
    packet = texts.get(_XMP_KEY, "").encode()
    times = _TIMES.match(enlargement_in_xmp(packet) or "")
    created = _seconds(texts.get(_CREATED_KEY, ""))
    return Origin(texts.get(REQUEST_KEY), created, int(times[1]) if times else 1, first_sight_in_xmp(packet))


def read_texts(path: Path, *keys: str) -> dict[str, str] | None:
    """The texts of a PNG under these keys; None where it cannot be read, or is none."""
    try:
        with open_file(path) as file:
            if file.read(len(_SIGNATURE)) != _SIGNATURE:
                return None
            found: dict[str, str] = {}
            for key, text in _texts_of(file):
                if key in keys:
                    found.setdefault(key, text)
                if len(found) == len(keys):
                    break
            return found
    except OSError:
        return None


def _seconds(written: str) -> float | None:
    """A date as ISO 8601 or RFC 1123 has it, of a time when there were such pictures."""
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        with suppress(ValueError, TypeError, OverflowError):
            date = read(written.strip())
            return date.timestamp() if _FIRST_YEAR <= date.year < _LAST_YEAR else None
    return None


def read_size(path: Path) -> tuple[int, int] | None:
    """Width and height as a PNG's header states them; None where it is not a PNG."""
    try:
        with open_file(path) as file:
            head = file.read(24)
    except OSError:
        return None
    if len(head) < 24 or not head.startswith(_SIGNATURE) or head[12:16] != b"IHDR":
        return None
    width, height = struct.unpack_from(">II", head, 16)
    return width, height


def check_png(data: bytes, modes: tuple[str, ...], pixels: int) -> tuple[int, int]:
    """Decode a PNG of at most ``pixels`` pixels in one of PIL's ``modes``; its width and height.

    Raises:
        UserError: it is not that, or damaged.
    """
    if data[:8] != _SIGNATURE or data[12:16] != b"IHDR" or len(data) < 24:
        raise UserError("it is not a PNG.")
    width, height = struct.unpack_from(">II", data, 16)
    if not 0 < width * height <= pixels:  # before PIL sees it, which only warns at sizes far larger
        raise UserError(f"it has {width} by {height} pixels; 1 to {pixels} are supported.")
    try:
        with Image.open(io.BytesIO(data), formats=["PNG"]) as image:
            known = image.mode in modes and image.size == (width, height)
            if known:  # a second header may say another size
                image.load()
    except _BROKEN as error:
        raise UserError("it is damaged.") from error
    if not known:
        raise UserError(f"it is not a picture of the kind {' or '.join(modes)}.")
    return width, height


def _texts_of(file: BinaryIO) -> Iterator[tuple[str, str]]:
    """Walk over the chunks; the texts of intact ones, up to the first that is not."""
    for _ in range(_CHUNK_LIMIT):
        head = file.read(8)
        if len(head) < 8 or head[4:] == b"IEND":
            return
        (length,) = struct.unpack(">I", head[:4])
        if head[4:] not in (b"tEXt", b"zTXt", b"iTXt") or length > _REQUEST_LIMIT:
            file.seek(length + 4, io.SEEK_CUR)
            continue
        body, check = file.read(length), file.read(4)
        if len(check) < 4 or struct.unpack(">I", check)[0] != zlib.crc32(head[4:] + body):
            return
        text = _text_of(head[4:], body)
        if text is not None:
            yield text


def _text_of(kind: bytes, body: bytes) -> tuple[str, str] | None:
    """Key and text of a chunk; None where it is faulty, or unpacks to more than is read."""
    key, _, rest = body.partition(b"\0")
    packed = kind == b"zTXt"
    if kind == b"iTXt":
        packed = rest[:1] == b"\1"
        rest = rest[2:].partition(b"\0")[2].partition(b"\0")[2]  # behind the language and the translated key
    elif packed:
        rest = rest[1:]
    if packed:
        unpacker = zlib.decompressobj()
        try:
            rest = unpacker.decompress(rest, _REQUEST_LIMIT)
        except zlib.error:
            return None
        if not unpacker.eof:
            return None
    try:
        return key.decode("latin-1"), rest.decode("utf-8")
    except UnicodeDecodeError:
        return (key.decode("latin-1"), rest.decode("latin-1")) if kind != b"iTXt" else None
