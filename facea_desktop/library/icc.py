"""Colour profiles of exported pictures, built from their published primaries: no file of anybody's is shipped.

Three-component matrix profiles of ICC.1:2022 (version 4): primaries adapted to D50, one tone curve for all channels.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np

ProfileName = Literal["srgb", "display-p3", "adobe-rgb"]

_D50 = (0.9642, 1.0, 0.8249)  # the profile connection space, ICC.1:2022 7.2.16
_D65 = (0.3127, 0.3290)
_BRADFORD = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])
_SRGB_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)  # IEC 61966-2-1


@dataclass(frozen=True)
class _Space:
    """A colour space with white D65.

    Attributes:
        red, green, blue: CIE xy of the primaries.
        curve: parameters g or g, a, b, c, d of the parametric curve.
    """

    name: str
    red: tuple[float, float]
    green: tuple[float, float]
    blue: tuple[float, float]
    curve: tuple[float, ...]


_SPACES: dict[ProfileName, _Space] = {
    "srgb": _Space("sRGB", (0.64, 0.33), (0.30, 0.60), (0.15, 0.06), _SRGB_CURVE),
    "display-p3": _Space("Display P3", (0.680, 0.320), (0.265, 0.690), (0.150, 0.060), _SRGB_CURVE),
    "adobe-rgb": _Space("Compatible with Adobe RGB (1998)", (0.64, 0.33), (0.21, 0.71), (0.15, 0.06), (563 / 256,)),
}


@cache
def icc_profile(name: ProfileName) -> bytes:
    """The profile as a file embeds it."""
    space = _SPACES[name]
    colorants, adaptation = _adapted(space)
    curve = _parametric(space.curve)
    tags = {
        b"desc": _text(space.name),
        b"cprt": _text("No copyright, use freely"),
        b"wtpt": _xyz(_D50),
        b"chad": b"sf32" + bytes(4) + b"".join(_fixed(value) for value in adaptation.flat),
        b"rXYZ": _xyz(colorants[:, 0]),
        b"gXYZ": _xyz(colorants[:, 1]),
        b"bXYZ": _xyz(colorants[:, 2]),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    table, body = [], b""
    begin = 128 + 4 + 12 * len(tags)
    for tag, data in tags.items():
        table.append(tag + struct.pack(">II", begin + len(body), len(data)))
        body += data + bytes(-len(data) % 4)
    rest = struct.pack(">I", len(tags)) + b"".join(table) + body
    return _header(128 + len(rest)) + rest


def _header(size: int) -> bytes:
    """The 128 bytes of ICC.1:2022 7.2; the date is a fixed one, so that a profile tells nothing of when it was used."""
    head = struct.pack(">I4sI4s4s4s", size, bytes(4), 0x04400000, b"mntr", b"RGB ", b"XYZ ")
    head += struct.pack(">6H", 2024, 1, 1, 0, 0, 0) + b"acsp" + bytes(28)  # no platform, flags, device; perceptual
    return (head + b"".join(_fixed(value) for value in _D50)).ljust(128, b"\0")


def _adapted(space: _Space) -> tuple[np.ndarray, np.ndarray]:
    """The primaries' XYZ relative to D50 as columns, and the adaptation from D65 to D50 that was applied."""
    primaries = np.array([_from_xy(xy) for xy in (space.red, space.green, space.blue)]).T
    white = _from_xy(_D65)
    scaled = primaries * np.linalg.solve(primaries, white)
    gains = (_BRADFORD @ np.array(_D50)) / (_BRADFORD @ white)
    adaptation = np.linalg.inv(_BRADFORD) @ np.diag(gains) @ _BRADFORD
    return adaptation @ scaled, adaptation


def _from_xy(xy: tuple[float, float]) -> np.ndarray:
    x, y = xy
    return np.array([x / y, 1.0, (1 - x - y) / y])


def _fixed(value: float) -> bytes:
    """s15Fixed16Number."""
    return struct.pack(">i", round(float(value) * 65536))


def _xyz(values: tuple[float, ...] | np.ndarray) -> bytes:
    return b"XYZ " + bytes(4) + b"".join(_fixed(value) for value in values)


def _text(text: str) -> bytes:
    """multiLocalizedUnicodeType with one record."""
    data = text.encode("utf-16-be")
    return b"mluc" + bytes(4) + struct.pack(">II4sII", 1, 12, b"enUS", len(data), 28) + data


def _parametric(parameters: tuple[float, ...]) -> bytes:
    """parametricCurveType: y = x^g, or sRGB's with a straight foot."""
    kind = {1: 0, 5: 3}[len(parameters)]
    return b"para" + bytes(4) + struct.pack(">HH", kind, 0) + b"".join(_fixed(value) for value in parameters)
