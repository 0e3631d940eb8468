"""The hair of a portrait in another colour, as a hairdresser gives it."""

from __future__ import annotations

import math

import cv2
import numpy as np
from PIL import Image

from facea_desktop.domain.faces import FacePart
from facea_desktop.engine.attribute_network import attribute_reader
from facea_desktop.engine.backdrop import LEAST, LEAST_SEEN, SURE, laid_in, matte, mean_nearby
from facea_desktop.engine.colour_match import blurred, to_lab
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
REACH = 0.05
"""How far from the hair single strands are looked for, likewise."""
SURROUNDINGS = 0.03
"""Deviation in which the lightness around a strand is averaged, likewise."""
TOLD_APART = (12.0, 24.0)
"""By how much L* surroundings have to differ from the hair for strands in them to be told, not at all and surely."""
STRAND = (0.3, 0.8)
"""How far from the surroundings to the hair a pixel's lightness has to be to be no strand, and nothing but one."""
NEVER_HAIR = (
    FacePart.BROWS, FacePart.LEFT_EYE, FacePart.RIGHT_EYE, FacePart.NOSE, FacePart.LIPS, FacePart.NECK,
    FacePart.CLOTHES,
)  # fmt: skip
"""Where no strands are looked for, as dark as it may be there."""
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
    middle, wanted = np.median(lab[sure], 0), np.array(SHADES[colour], np.float32)
    dyed = _dyed(lab, sure, middle, wanted)
    edge = opacity * _as_light_as_hair(lab, sure, middle)
    edge = np.maximum(edge, _strands(photo, lab, opacity, float(middle[0]), parser))
    thin = lab + (dyed - lab) * edge[..., None]  # what is seen through strands stays
    shade = lab[..., 0] < middle[0]
    lightened = np.where(shade, dyed[..., 0] - lab[..., 0], wanted[0] - middle[0])
    thin[..., 0] = (lab[..., 0] + edge * lightened).clip(1, 98)
    rim = 2 * round(RIM * photo.width) + 1
    core = cv2.erode(sure.astype(np.float32), np.ones((rim, rim), np.uint8))
    core = blurred(core, RIM * photo.width / 3)
    colours = thin + (dyed - thin) * core[..., None]
    return laid_in(photo, colours, np.maximum(core, edge) > LEAST_SEEN)


def _dyed(lab: np.ndarray, sure: np.ndarray, middle: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """The whole picture as if it were hair, (h, w, 3) in CIELAB: its middle is ``wanted``, its strands stay apart.

    Args:
        lab: the picture.
        sure: where the hair is.
        middle: its median.
    """
    dark = max(float(middle[0]), DARKEST)
    bright = max(float(np.percentile(lab[sure][:, 0], BRIGHT)), 1.2 * dark)
    gamma = np.clip(math.log1p(LIGHTER / wanted[0]) / math.log(bright / dark), *GAMMA)
    light = wanted[0] * (lab[..., 0].clip(min=1) / dark) ** gamma
    chroma = (light.clip(1, 100) / wanted[0]) ** CHROMA_FALL
    away = lab - middle
    return np.stack([light.clip(1, 98), *(wanted[k] * chroma + KEPT_HUE * away[..., k] for k in (1, 2))], -1)


def _as_light_as_hair(lab: np.ndarray, sure: np.ndarray, middle: np.ndarray) -> np.ndarray:
    """(h, w) from 0 to 1: skin and walls are lighter than hair and its highlights."""
    beyond = (lab[..., 0] - middle[0] - STRANDS * lab[sure][:, 0].std()).clip(min=0)
    return np.asarray(np.exp(-np.square(beyond / FALL)))


def _strands(photo: Image.Image, lab: np.ndarray, opacity: np.ndarray, middle: float, parser: FaceParser) -> np.ndarray:
    """How much of each pixel about the hair is strands that the matte leaves out, (h, w) from 0 to 1.

    A strand that does not fill its pixel is between the lightness of the hair and that of its surroundings.

    Args:
        opacity: the matte of the hair.
        middle: L* of the hair.
    """
    side, light = photo.width, lab[..., 0]
    surroundings, known = mean_nearby(lab, opacity < 1 - SURE, SURROUNDINGS * side)
    around = surroundings[..., 0]
    apart = around - middle
    none, all_of_it = STRAND
    part = (around - light) / np.where(np.abs(apart) < 1, 1, apart)
    part = ((part - none) / (all_of_it - none)).clip(0, 1)
    told = ((np.abs(apart) - TOLD_APART[0]) / (TOLD_APART[1] - TOLD_APART[0])).clip(0, 1) * known
    away = cv2.distanceTransform((opacity <= SURE).astype(np.uint8), cv2.DIST_L2, 5) / (REACH * side)
    hidden = parser.parse(photo).mask(*NEVER_HAIR).astype(np.float32)
    near = (1.5 * (1 - away)).clip(0, 1) * (1 - cv2.resize(hidden, photo.size))
    return np.asarray(part * told * near)
