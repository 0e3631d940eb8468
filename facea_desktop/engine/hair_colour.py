"""The hair of a portrait in another colour, as a hairdresser gives it."""

from __future__ import annotations

import math

import cv2
import numpy as np
from PIL import Image

from facea_desktop.domain.faces import FacePart
from facea_desktop.engine.attribute_network import attribute_reader
from facea_desktop.engine.backdrop import LEAST, SURE, laid_in, matte
from facea_desktop.engine.colour_match import to_lab
from facea_desktop.engine.crops import Crop
from facea_desktop.engine.face_parser import SIDE as CROP_SIDE
from facea_desktop.engine.face_parser import FaceParser

HAIR_COLOUR = "hair_colour"
"""The group of words."""
MAY_BE = 0.25
"""Probability from which hair may be called so already: light and hue of a whole picture are not dyed away."""
SEEN = (0.504, 0.498, 1.055)
"""Where a face is seen in a scene, as ``Crop.of_face`` would cut it: x and y of the middle, and the side."""
DARKEST = 5.0
"""L* of the middle of the blackest hair."""
BRIGHT, LIGHTER = 97, 30.0
"""Percentile of the lightest strands, and by how much L* these are lighter than what hair is given."""
GAMMA = (0.2, 1.0)
"""Strands keep the ratio of their lightness to the middle of the hair, to a power between these."""
STRANDS, FALL = 1.5, 6.0
"""Deviations of L* up to which what lies at the hair's edge is hair; what is lighter by FALL more is skin or a wall."""
RIM = 0.016
"""How far the edge reaches in, as a part of the picture's side."""
CHROMA_FALL = 0.7
"""Darker strands have less colour: chroma goes with this power of lightness."""
KEPT_HUE = 0.3
"""How much is kept of what a* and b* vary by across the hair."""
SHADES: dict[str, tuple[float, float, float]] = {
    "black": (12, 2, 0),
    "brown": (26, 8, 11),
    "red": (29, 23, 22),
    "blond": (50, 7, 20),
    "grey": (51, 2, 4),
}
"""L*, a*, b* that the middle of the hair is given to be called so."""


def with_hair(photo: Image.Image, colour: str, parser: FaceParser) -> Image.Image:
    """The photograph with hair that is called ``colour``.

    Args:
        photo: a scene as the generator draws it, an RGB square.
        colour: one of SHADES.

    Returns:
        Of the same size; the photograph itself where the hair is called so already, or none is seen.
    """
    x, y, side = (part * photo.width for part in SEEN)
    if attribute_reader().read(Crop((x, y), side).cut(photo, CROP_SIDE))[HAIR_COLOUR][colour] >= MAY_BE:
        return photo
    opacity = matte(photo, parser, FacePart.HAIR)
    sure = opacity > SURE
    if sure.mean() < LEAST:
        return photo
    lab = to_lab(np.asarray(photo, np.float32))
    middle, contrast = np.median(lab[sure], 0), float(lab[sure][:, 0].std())
    wanted, away = np.array(SHADES[colour], np.float32), lab - middle
    beyond = (away[..., 0] - STRANDS * contrast).clip(min=0)
    rim = 2 * round(RIM * photo.width) + 1
    core = cv2.erode(sure.astype(np.uint8), np.ones((rim, rim), np.uint8)) > 0
    opacity = np.where(core, opacity, opacity * np.exp(-np.square(beyond / FALL)))
    dark = max(float(middle[0]), DARKEST)
    bright = max(float(np.percentile(lab[sure][:, 0], BRIGHT)), 1.2 * dark)
    gamma = np.clip(math.log1p(LIGHTER / wanted[0]) / math.log(bright / dark), *GAMMA)
    light = wanted[0] * (lab[..., 0].clip(min=1) / dark) ** gamma
    chroma = (light.clip(1, 100) / wanted[0]) ** CHROMA_FALL
    dyed = np.stack([light.clip(1, 98), *(wanted[k] * chroma + KEPT_HUE * away[..., k] for k in (1, 2))], -1)
    return laid_in(photo, lab, dyed, opacity)
