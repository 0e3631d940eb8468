"""What a picture may cost to decode, told from its header and its markers before a pixel is."""

from __future__ import annotations

from typing import BinaryIO

from PIL import Image

_JPEG = 100_000_000
"""Pixels of a JPEG, whose decoder gives a smaller picture where a large one is not wanted."""
_PLAIN = 80_000_000
"""Pixels of 8 bits without transparency: they are scaled down without a copy of all of them."""
_HELD = 45_000_000
"""Pixels of HEIC and progressive JPEG, whose decoders hold more than the picture."""
_COPIED = 40_000_000
"""Pixels with transparency or a palette: one copy of all of them is made."""
_WEBP = 30_000_000
"""Pixels of a WebP, whose decoder holds two pictures of its own."""
_DEEP = 25_000_000
"""Pixels of more than 8 bits, which are scaled in float32."""
_SCANS = 20
"""More than progressive JPEGs have; each one goes over the whole picture."""
_SCANNED_PIXELS = 1_500_000_000
_START_OF_SCAN = b"\xff\xda"
_CHUNK = 1 << 20


def too_costly(image: Image.Image, file: BinaryIO) -> str | None:
    """Why a picture that was opened, but not loaded, is not to be decoded ("has more than ..."); None where it may.

    Args:
        file: what it was opened from; its position stays.
    """
    pixels, most = image.width * image.height, _most(image)
    if pixels > most:
        return f"has more than {most // 1_000_000} megapixels"
    if image.format in ("JPEG", "MPO"):
        scans = _count(file, _START_OF_SCAN)
        if scans > _SCANS and scans * pixels > _SCANNED_PIXELS:
            return f"is built up in {scans} scans"
    return None


def _most(image: Image.Image) -> int:
    """How many pixels such a picture may have, so that reading it takes less than 500 MB."""
    if image.mode.startswith(("I", "F")):
        return _DEEP
    if image.format in ("JPEG", "MPO"):
        return _HELD if "progressive" in image.info else _JPEG
    if image.format in ("HEIF", "WEBP"):
        return _HELD if image.format == "HEIF" else _WEBP
    return _PLAIN if image.mode in ("1", "L", "RGB") and not image.has_transparency_data else _COPIED


def _count(file: BinaryIO, marker: bytes) -> int:
    """How often a marker stands in a file; in coded data 0xff never precedes anything but a marker."""
    place = file.tell()
    file.seek(0)
    found, end = 0, b""
    while chunk := file.read(_CHUNK):
        found += (end + chunk).count(marker)
        end = chunk[-1:]
    file.seek(place)
    return found
