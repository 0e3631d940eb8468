"""Light and colour of a picture: grey values, curves, blurring, grading.

A ``Photo`` is (h, w, 3) float32 RGB from 0 to 1, a ``Plane`` (h, w) float32, ``Values`` either. All lengths are in
units of 1/512 of the picture's shorter side, so that a picture looks alike at every size.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.floating]
Photo = Values
Plane = Values
Colour = Sequence[float]  # R, G, B from 0 to 255, as designers write them

UNITS = 512
_LARGEST_KERNEL_PX = 6.0  # sigma; wider blurs are made on a smaller copy


def unit(picture: Values) -> float:
    """Pixels in one unit of length."""
    return min(picture.shape[:2]) / UNITS


def rgb(*colour: float) -> Values:
    """A colour from 0 to 255 as (3,) from 0 to 1."""
    return np.array(colour, np.float32) / 255


def grey(photo: Photo) -> Plane:
    """Brightness as the eye weighs the colours."""
    return cv2.cvtColor(photo, cv2.COLOR_RGB2GRAY)


def limited(values: Values) -> Values:
    """Cut to 0 to 1."""
    return np.clip(values, 0, 1).astype(np.float32, copy=False)


def smoothstep(low: float, high: float, values: Values) -> Values:
    """0 up to ``low``, 1 from ``high`` on, an S between; falls where ``low`` is the larger."""
    part = limited((values - low) / (high - low))
    return part * part * (3 - 2 * part)


def mixed(under: Values, over: Values, cover: Values | float) -> Values:
    """``over`` laid on ``under``; a plane of cover is used for all channels."""
    if isinstance(cover, np.ndarray) and cover.ndim == 2 < max(np.ndim(under), np.ndim(over)):
        cover = cover[..., None]
    return np.asarray(under + (over - under) * cover, np.float32)


def blurred(picture: Values, sigma: float) -> Values:
    """Gaussian blur of ``sigma`` units."""
    sigma_px = sigma * unit(picture)
    height, width = picture.shape[:2]
    shrink = int(sigma_px / _LARGEST_KERNEL_PX * 2)
    if shrink < 2:
        return cv2.GaussianBlur(picture, (0, 0), max(sigma_px, 0.1), borderType=cv2.BORDER_REPLICATE)
    small = (max(2, round(width / shrink)), max(2, round(height / shrink)))
    reduced = cv2.resize(picture, small, interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(reduced, (0, 0), sigma_px * small[0] / width, borderType=cv2.BORDER_REPLICATE)
    return cv2.resize(soft, (width, height), interpolation=cv2.INTER_CUBIC)


def flattened(photo: Photo, radius: float, contrast: float) -> Photo:
    """Smooth inside areas, sharp at edges: the guided filter (He et al. 2010), the picture as its own guide.

    Args:
        photo: what is smoothed.
        radius: units.
        contrast: differences below this are smoothed away.
    """
    side = 2 * max(1, round(radius * unit(photo))) + 1

    def mean(values: Values) -> Values:
        return cv2.boxFilter(values, -1, (side, side), borderType=cv2.BORDER_REPLICATE)

    guide = grey(photo)
    centre = mean(guide)
    variance = np.maximum(mean(guide * guide) - centre * centre, 0)
    middle = mean(photo)
    slope = (mean(photo * guide[..., None]) - middle * centre[..., None]) / (variance + contrast**2)[..., None]
    offset = middle - slope * centre[..., None]
    return limited(mean(slope) * guide[..., None] + mean(offset))


def flat_areas(photo: Photo, radius: float, contrast: float, times: int = 2) -> Photo:
    """Areas of one colour each: bilateral filters, on a copy of at most 512 units, and its detail back at edges."""
    small = photo
    if unit(photo) > 1:
        size = [round(side / unit(photo)) for side in photo.shape[1::-1]]
        small = cv2.resize(photo, size, interpolation=cv2.INTER_AREA)
    radius_px = radius * unit(small)
    for _ in range(times):
        small = cv2.bilateralFilter(small, 2 * round(radius_px) + 1, contrast, radius_px)
    if small.shape != photo.shape:
        small = cv2.resize(small, photo.shape[1::-1], interpolation=cv2.INTER_CUBIC)
    return limited(small)


def saturated(photo: Photo, factor: float) -> Photo:
    """Colours further from their grey, or nearer to it."""
    light = grey(photo)[..., None]
    return limited(light + (photo - light) * factor)


def contrasted(picture: Values, strength: float, pivot: float = 0.5) -> Values:
    """An S-curve around ``pivot``: steeper in the middle, flat at both ends."""
    shifted = limited(picture) ** np.float32(np.log(0.5) / np.log(pivot))
    return mixed(shifted, shifted * shifted * (3 - 2 * shifted), strength)


def evened(light: Plane, strength: float, middle: float = 0.5) -> Plane:
    """Brightness with large differences of light reduced: dark pictures get as many tones as bright ones."""
    wide = blurred(light, 90)
    return limited(light * (middle / np.maximum(wide, 0.08)) ** np.float32(strength))


def toned(light: Plane, stops: Sequence[tuple[float, Colour]]) -> Photo:
    """Brightness as colours between ``stops`` of (brightness, colour)."""
    at = [stop[0] for stop in stops]
    channels = [np.interp(light, at, [stop[1][c] / 255 for stop in stops]) for c in range(3)]
    return np.stack(channels, -1).astype(np.float32)


def split_toned(photo: Photo, shadows: Colour, lights: Colour, strength: float) -> Photo:
    """A colour cast for the shadows and another one for the lights, brightness kept."""
    light = grey(photo)[..., None]
    cast = (1 - light) ** 2 * (rgb(*shadows) - rgb(*shadows).mean()) + light * (rgb(*lights) - rgb(*lights).mean())
    return limited(photo + cast * strength)


def from_middle(shape: tuple[int, ...], x: float = 0.5, y: float = 0.5) -> Plane:
    """Distance from a point, 1 at the middle of the nearer sides."""
    height, width = shape[:2]
    shorter = min(height, width)
    down = (np.arange(height, dtype=np.float32) + 0.5 - y * height) / (shorter / 2)
    across = (np.arange(width, dtype=np.float32) + 0.5 - x * width) / (shorter / 2)
    return np.hypot(across[None, :], down[:, None])


def vignetted(photo: Photo, strength: float, start: float = 0.55, end: float = 1.5) -> Photo:
    """Darker towards the corners."""
    return photo * (1 - strength * smoothstep(start, end, from_middle(photo.shape)))[..., None]


def glowing(photo: Photo, sigma: float, strength: float, least: float = 0.6) -> Photo:
    """Light that spills out of the brightest places."""
    bright = photo * smoothstep(least, 1.0, grey(photo))[..., None]
    return limited(1 - (1 - limited(photo)) * (1 - limited(blurred(bright, sigma) * strength)))


def detail(light: Plane, fine: float = 1.5, wide: float = 7.0) -> Plane:
    """How much there is to see about a place, 0 to 1: eyes, mouths and edges are high, skin and walls are low."""
    soft = blurred(light, fine)
    px = unit(light)
    slope = np.hypot(cv2.Sobel(soft, cv2.CV_32F, 1, 0), cv2.Sobel(soft, cv2.CV_32F, 0, 1)) * px
    return limited(blurred(slope / (blurred(light, 30) + 0.25), wide) * 4.5)
