"""Cuts scenes to a shape."""

from __future__ import annotations

import numpy as np
from PIL import Image

from facea_desktop.domain.faces import INNER_PARTS
from facea_desktop.domain.shapes import Size
from facea_desktop.engine.face_parser import SIDE, FaceParser

STRAY = 1.0
"""Percent of a face's pixels on each side that may be stray ones, which do not say where it is."""


def trimmed(picture: Image.Image, size: Size) -> Image.Image:
    """The middle of a picture, of ``size``."""
    return _cut(picture, (picture.width / 2, picture.height / 2), size)


def cut_about_face(photo: Image.Image, size: Size, parser: FaceParser) -> Image.Image:
    """What lies about the face, as far as the edges allow; the middle where no face is seen.

    Args:
        photo: an upright RGB square of one portrait.
        size: of what is cut out, no larger than the photograph.
    """
    rows, columns = np.nonzero(parser.parse(photo).mask(*INNER_PARTS))
    if not len(rows):
        return trimmed(photo, size)
    scale = photo.width / SIDE
    x, y = (float(np.percentile(at, (STRAY, 100 - STRAY)).mean() + 0.5) * scale for at in (columns, rows))
    return _cut(photo, (x, y), size)


def _cut(picture: Image.Image, middle: tuple[float, float], size: Size) -> Image.Image:
    left, top = (min(max(round(at - part / 2), 0), whole - part) for at, part, whole in zip(middle, size, picture.size))
    return picture.crop((left, top, left + size[0], top + size[1]))
