"""The style presets as filters of a picture; ``stylised`` is the one way in."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from PIL import Image

from facea_desktop.domain.styles import Style
from facea_desktop.engine.style_filters import drawings, paintings, photographs, prints, tessellations
from facea_desktop.engine.style_filters.tone import Photo

LEAST_SIDE = 384
"""Smaller pictures are enlarged to this, filtered, and made small again: hatching needs pixels to be drawn with."""

FILTERS: dict[str, Callable[[Photo], Photo]] = {
    "studio": photographs.studio,
    "cinematic": photographs.cinematic,
    "black-and-white": photographs.black_and_white,
    "sepia": photographs.sepia,
    "low-key": photographs.low_key,
    "polaroid": photographs.polaroid,
    "oil-painting": paintings.oil_painting,
    "watercolor": paintings.watercolor,
    "pastel": drawings.pastel,
    "pencil-sketch": drawings.pencil_sketch,
    "charcoal": drawings.charcoal,
    "pen-and-ink": drawings.pen_and_ink,
    "pop-art": prints.pop_art,
    "comic-book": prints.comic_book,
    "anime": prints.anime,
    "renaissance": paintings.renaissance,
    "impressionist": paintings.impressionist,
    "ukiyo-e": prints.ukiyo_e,
    "woodcut": prints.woodcut,
    "stained-glass": tessellations.stained_glass,
    "mosaic": tessellations.mosaic,
    "low-poly": tessellations.low_poly,
    "pixel-art": tessellations.pixel_art,
    "cyberpunk": photographs.cyberpunk,
}
"""What each style of ``resources/styles/styles.toml`` does to a picture, by its name."""


def stylised(picture: Image.Image, style: Style) -> Image.Image:
    """The picture in a style.

    Nothing in it is drawn by chance: the same picture gives the same result, and a change in one region changes the
    result about that region alone. Lengths go by the shorter side, so that the look does not depend on the size.

    Args:
        picture: RGB, 64 to 2048 pixels; about 128 of them for a face are needed to recognise it.
        style: one of ``domain.styles.styles()``.

    Returns:
        RGB of the same size.
    """
    photo = np.asarray(picture, np.float32) / 255
    height, width = photo.shape[:2]
    scale = LEAST_SIDE / min(height, width)
    if scale > 1:
        size = round(width * scale), round(height * scale)
        photo = np.clip(cv2.resize(photo, size, interpolation=cv2.INTER_CUBIC), 0, 1)
    made = FILTERS[style.name](photo)
    if scale > 1:
        made = cv2.resize(made, (width, height), interpolation=cv2.INTER_AREA)
    return Image.fromarray(np.round(np.clip(made, 0, 1) * 255).astype(np.uint8), "RGB")
