"""Good pictures in files that Pillow refuses: a JPEG without its last bytes, a PNG with megabytes of text."""

from __future__ import annotations

import io
import struct
import zlib
from dataclasses import dataclass
from typing import BinaryIO

from PIL import Image, ImageChops

MOST_MISSING = 0.05
"""A JPEG may lack this part of its pixels: viewers show it with a grey strip at its end."""
_LARGE = 25_000_000
"""Pixels."""
_LARGEST_FILE = 1 << 28
_LARGEST_PROFILE = 1 << 24
_JPEG, _PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
_END = b"\xff\xd9"
_FILLER = bytes((37 * i + 11) % 255 for i in range(255))
"""Entropy-coded nonsense: it holds no 0xFF, with which markers begin."""
_TEXTS = (b"tEXt", b"zTXt", b"iTXt")


@dataclass(frozen=True)
class Repaired:
    """A file that Pillow reads.

    Attributes:
        profile: an ICC profile that was too large to be left in.
    """

    file: BinaryIO
    profile: bytes | None = None


def repaired(file: BinaryIO) -> Repaired | None:
    """The same picture in a file that can be read; None where that is not what is wrong with it."""
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    data = file.read(min(size, _LARGEST_FILE))  # read takes as much memory as it is asked for
    if data.startswith(_JPEG):
        return _with_an_end(data)
    return _without_texts(data) if data.startswith(_PNG) else None


def _with_an_end(data: bytes) -> Repaired | None:
    """A JPEG that breaks off, ended; None where more of the picture is missing than nobody sees."""
    cut = data.rstrip(b"\xff")
    if not _has_all_scans(cut):
        return None
    try:
        ended, filled = _decoded(cut + _END), _decoded(cut + _FILLER * (len(cut) // len(_FILLER) + 1) + _END)
    except (OSError, ValueError, SyntaxError, struct.error, Image.DecompressionBombError):
        return None
    return Repaired(io.BytesIO(cut + _END)) if _missing(ended, filled) <= MOST_MISSING else None


def _missing(ended: Image.Image, filled: Image.Image) -> float:
    """The part of a picture that its file lacks; what the file holds is the same in both, whatever follows it."""
    other = ImageChops.difference(ended, filled).convert("L")
    box = other.getbbox()
    if box is None:
        return 0.0
    below = (other.height - box[3]) * other.width  # the filler's end, and nothing behind it in either
    return 1 - (other.histogram()[0] - below) / (other.width * other.height)


def _decoded(data: bytes) -> Image.Image:
    """The picture in RGB; a large one at half its size, as it is in memory more than once."""
    image = Image.open(io.BytesIO(data), formats=["JPEG"])
    if image.width * image.height > _LARGE:
        image.draft(None, (image.width // 2, image.height // 2))
    image.load()
    return image if image.mode == "RGB" else image.convert("RGB")


def _has_all_scans(data: bytes) -> bool:
    """Whether a progressive JPEG's last scan has begun; of others that is so once the only one has."""
    at, components, progressive = 2, b"", False
    missing: set[tuple[int, int]] = set()
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4])
        body = data[at + 4 : at + 2 + length]
        if marker in (0xC0, 0xC1, 0xC2) and len(body) >= 6:
            components, progressive = body[6::3], marker == 0xC2
            missing = {(component, k) for component in components for k in range(64)}
        if marker != 0xDA:
            at += 2 + length
            continue
        if not progressive:
            return True
        if not body or len(body) < 4 + 2 * body[0]:
            return False
        named, (first, last, bits) = body[1 : 1 + 2 * body[0] : 2], body[1 + 2 * body[0] : 4 + 2 * body[0]]
        if bits & 15 == 0:
            missing -= {(component, k) for component in named for k in range(first, last + 1)}
        at = _next_marker(data, at + 2 + length)
    return progressive and not missing


def _next_marker(data: bytes, at: int) -> int:
    """Where the entropy-coded data from ``at`` on end; 0xFF in them is followed by 0 or a restart marker."""
    while (at := data.find(b"\xff", at)) >= 0:
        following = data[at + 1 : at + 2]
        if following and following[0] != 0 and not 0xD0 <= following[0] <= 0xD7:
            return at
        at += 2
    return len(data)


def _without_texts(data: bytes) -> Repaired | None:
    """A PNG without its texts and colour profile, which Pillow refuses where they are large; None where it has none."""
    kept, profile, dropped, at = [_PNG], None, False, len(_PNG)
    while at + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        end = at + length + 12
        if kind in _TEXTS:
            dropped = True
        elif kind == b"iCCP":
            dropped, profile = True, _unpacked(data[at + 8 : end - 4])
        else:
            kept.append(data[at:end])
        at = end
    return Repaired(io.BytesIO(b"".join(kept)), profile) if dropped else None


def _unpacked(chunk: bytes) -> bytes | None:
    """The profile of an iCCP chunk: a name, 0, the way of compression, the profile."""
    packed = chunk.partition(b"\0")[2][1:]
    unpacker = zlib.decompressobj()
    try:
        profile = unpacker.decompress(packed, _LARGEST_PROFILE)
    except zlib.error:
        return None
    return profile if unpacker.eof else None
