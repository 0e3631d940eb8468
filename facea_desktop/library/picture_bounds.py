"""What a picture may cost to decode, told from its header and its markers before a pixel is."""

from __future__ import annotations

from typing import BinaryIO

from PIL import Image

JPEG_PIXELS = 100_000_000
"""Of JPEG and HEIC, as cameras write them."""
PIXELS = 50_000_000
"""Of the others, whose decoders hold all samples at full size at once."""
_DEEP = 2
"""Samples of more than 8 bits count so often: they are scaled in float32."""
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
    pixels = image.width * image.height * (_DEEP if image.mode.startswith(("I", "F")) else 1)
    most = JPEG_PIXELS if image.format in ("JPEG", "MPO", "HEIF") else PIXELS
    if pixels > most:
        return f"has more than {most // 1_000_000} megapixels"
    if image.format in ("JPEG", "MPO"):
        scans = _count(file, _START_OF_SCAN)
        if scans > _SCANS and scans * pixels > _SCANNED_PIXELS:
            return f"is built up in {scans} scans"
    return None


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
