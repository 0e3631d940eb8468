"""A person's photo with the regions of its attributes, read for drawing. Call it off the window's thread."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter

from facea_desktop.domain.faces import Attribute
from facea_desktop.domain.people import Profile
from facea_desktop.ui.qimages import as_qimage

_SIDE_PX = 640
"""Enough for a face of 320 pixels on a screen of twice the density."""
_CROP_PX = 96
_MARGIN = 0.35
"""Of an attribute's box that is shown around it."""


@dataclass(frozen=True)
class Region:
    """Where an attribute is, as alpha pictures of the photo's size.

    Attributes:
        fill: the region, ``edge`` its outline.
        box: what both lie in.
    """

    fill: QImage
    edge: QImage
    box: QRect

    def tinted(self, part: QImage, shade: str) -> QImage:
        """``fill`` or ``edge`` in a colour."""
        made = QImage(part.size(), QImage.Format.Format_ARGB32_Premultiplied)
        made.fill(shade)
        painter = QPainter(made)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
        painter.drawImage(0, 0, part)
        painter.end()
        return made

    def holds(self, x: float, y: float) -> bool:
        """Whether a point is inside; x and y go from 0 to 1."""
        side = self.fill.width()
        inside = 0 <= x < 1 and 0 <= y < 1
        return inside and self.fill.pixelColor(int(x * side), int(y * side)).alpha() > 127


@dataclass(frozen=True)
class Photo:
    """The first reference of a person.

    Attributes:
        picture: square.
        regions: what of the four attributes it shows.
    """

    picture: QImage
    regions: dict[Attribute, Region]


def load_photo(folder: Path, profile: Profile) -> Photo | None:
    """The person's first reference photo; None where there is none that can be read."""
    if not profile.references:
        return None
    index = profile.references[0].index
    picture = _read(folder / "references" / f"{index}.png", "RGB")
    if picture is None:
        return None
    regions = {}
    for attribute in Attribute:
        mask = _read(folder / "masks" / f"{index}-{attribute}.png", "L")
        if mask is not None and (region := _region(mask)) is not None:
            regions[attribute] = region
    return Photo(as_qimage(picture.resize((_SIDE_PX, _SIDE_PX), Image.Resampling.LANCZOS)), regions)


def load_crop(folder: Path, profile: Profile, attribute: Attribute) -> QImage | None:
    """A square cut-out of the attribute from the first photo that shows it; None where there is none."""
    for reference in profile.references:
        picture = _read(folder / "references" / f"{reference.index}.png", "RGB")
        mask = _read(folder / "masks" / f"{reference.index}-{attribute}.png", "L")
        if picture is None or mask is None or (box := mask.point(_threshold).getbbox()) is None:
            continue
        half = max(box[2] - box[0], box[3] - box[1]) * (1 + _MARGIN) / 2
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        cut = picture.crop((round(x - half), round(y - half), round(x + half), round(y + half)))
        return as_qimage(cut.resize((_CROP_PX, _CROP_PX), Image.Resampling.LANCZOS))
    return None


def _threshold(value: int) -> int:
    return 255 if value > 127 else 0


def _region(mask: Image.Image) -> Region | None:
    """A soft outline however the mask was drawn: the edge is where its blurred copy is half covered."""
    sized = mask.resize((_SIDE_PX, _SIDE_PX), Image.Resampling.BILINEAR).point(_threshold)
    box = sized.getbbox()
    if box is None:
        return None
    cover = np.asarray(sized.filter(ImageFilter.GaussianBlur(3)), dtype=np.float32) / 255
    edge = np.clip(6 * cover * (1 - cover) - 0.5, 0, 1)
    around = QRect(box[0], box[1], box[2] - box[0], box[3] - box[1])
    return Region(_alpha(np.asarray(sized)), _alpha((255 * edge).astype(np.uint8)), around)


def _read(path: Path, mode: str) -> Image.Image | None:
    try:
        with Image.open(path) as image:
            return image.convert(mode)
    except (OSError, ValueError, SyntaxError):  # missing or damaged: the region is simply not offered
        return None


def _alpha(values: np.ndarray) -> QImage:
    data = np.ascontiguousarray(values, dtype=np.uint8).tobytes()
    return QImage(data, values.shape[1], values.shape[0], values.shape[1], QImage.Format.Format_Alpha8).copy()
