"""The hair of a portrait in another colour, as a hairdresser gives it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image

from facea_desktop.domain.faces import FacePart
from facea_desktop.engine.attribute_network import attribute_reader
from facea_desktop.engine.backdrop import LEAST, SURE, matte
from facea_desktop.engine.colour_match import to_lab, to_rgb
from facea_desktop.engine.crops import Crop
from facea_desktop.engine.face_parser import SIDE as CROP_SIDE
from facea_desktop.engine.face_parser import FaceParser

HAIR_COLOUR = "hair_colour"
"""The group of words."""
MAY_BE = 0.25
"""Probability from which hair may be called so already: light and hue of a whole picture are not dyed away."""
SEEN = (0.504, 0.498, 1.055)
"""Where a face is seen in a scene, as ``Crop.of_face`` would cut it: x and y of the middle, and the side."""
STRETCH = (0.7, 2.6)
"""Contrast grows or shrinks with the lightness of the hair, between these."""
STRANDS, FALL = 2.5, 6.0
"""Deviations of L* from the middle up to which strands are light; what is lighter by FALL more is skin beside them."""
QUIETEST = 3.0
"""Deviation of L* that black hair has at least."""
CHROMA_FALL = 0.7
"""Darker strands have less colour: chroma goes with this power of lightness."""
KEPT_HUE = 0.3
"""How much is kept of what a* and b* vary by across the hair."""


@dataclass(frozen=True)
class Shade:
    """What hair is given to be called so.

    Attributes:
        colour: L*, a*, b* of its middle.
        contrast: deviation of L*.
    """

    colour: tuple[float, float, float]
    contrast: float


SHADES = {
    "black": Shade((12, 2, 0), 6),
    "brown": Shade((26, 8, 11), 11),
    "red": Shade((29, 23, 22), 12),
    "blond": Shade((50, 7, 20), 15),
    "grey": Shade((51, 2, 4), 13),
}


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
    shade = SHADES[colour]
    wanted, away = np.array(shade.colour, np.float32), lab - middle
    most = STRANDS * max(contrast, QUIETEST)
    opacity = opacity * np.exp(-np.square((away[..., 0] - most).clip(min=0) / FALL))
    away[..., 0] = away[..., 0].clip(max=most)
    light = wanted[0] + away[..., 0] * np.clip(shade.contrast / max(contrast, QUIETEST), *STRETCH)
    chroma = (light.clip(1, 100) / wanted[0]) ** CHROMA_FALL
    dyed = np.stack([light.clip(1, 98), *(wanted[k] * chroma + KEPT_HUE * away[..., k] for k in (1, 2))], -1)
    mixed = to_rgb(lab + (dyed - lab) * opacity[..., None])
    hair = opacity[..., None] > 0
    return Image.fromarray(np.where(hair, np.rint(mixed).clip(0, 255), np.asarray(photo)).astype(np.uint8))
