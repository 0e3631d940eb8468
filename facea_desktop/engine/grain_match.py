"""Sharpness and grain of a redrawn face brought to those of its scene, octave by octave."""

from __future__ import annotations

import math
import zlib

import cv2
import numpy as np

from facea_desktop.engine.colour_match import blurred

MOST_GAIN = 1.4
"""What the patch draws is sharpened by no more than this in any octave: beyond, its flaws would show."""
MOST_STEEPER = 2.5
"""Strength of the unsharp mask by which edges that enlarging made dull are made steep again, at most."""
HALO = 2.0
"""Levels, of 255, by which sharpening may pass the darkest and brightest that the patch has nearby."""
TAPER = 0.8
"""Where the frequencies of a patch that is enlarged begin to fade, as a part of the highest."""
SMOOTH_PART = 0.4
"""Part of the face, the smoothest, in which grain is measured."""
FEWEST = 48
"""Pixels that a measurement needs."""
MOST_OCTAVES = 6


def detail_shift(
    scene: np.ndarray, drawn: np.ndarray, inside: np.ndarray, agree: np.ndarray, scale: float, seed: int
) -> np.ndarray:
    """What has to be added to the lightness of ``drawn`` so that it is as sharp and as grainy as ``scene``.

    Edges get the scene's contrast within each octave, up to ``MOST_GAIN``; smooth skin gets its grain: the scene's own
    where both pictures show the same, elsewhere noise of the same strength in each octave.

    Args:
        scene: (h, w) float32, 0 to 255, with the face that is replaced still in it.
        drawn: likewise, laid over it.
        inside: (h, w) bool, where to measure.
        agree: (h, w) float32, 0 to 1, how far both show the same.
        scale: pixels of the picture for each of the patch.
        seed: of the noise.

    Returns:
        (h, w) float32.
    """
    octaves = _octaves_between(scale, drawn.shape)
    if octaves == 0:
        return np.zeros_like(drawn)
    generator = np.random.default_rng(seed)
    steep = _steeper(scene, drawn, inside, scale)
    scene_levels, drawn_levels = _pyramid(scene, octaves), _pyramid(steep, octaves)
    smooth = _smoothest(scene_levels[-1], drawn_levels[-1], inside)
    sharpened, grain = [], []
    for old, new in zip(scene_levels[:-1], drawn_levels[:-1]):
        where, still = _like(inside, old.shape), _like(smooth, old.shape)
        if still.sum() < FEWEST:
            sharpened.append(np.zeros_like(new))
            grain.append(np.zeros_like(new))
            continue
        old_grain, new_grain = _deviation(old[still]), _deviation(new[still])
        edges = min(_edge(old[where]) / max(_edge(new[where]), 1e-3), MOST_GAIN)
        quiet = min(edges, old_grain / max(new_grain, 1e-3), 1.0)  # more would make blotches of skin
        size = np.square(new)
        gain = quiet + (edges - quiet) * size / (size + np.float32((3 * new_grain) ** 2 + 1e-6))
        sharpened.append(new * (gain - 1))
        lack = math.sqrt(max(old_grain**2 - (quiet * new_grain) ** 2, 0.0))
        grain.append(_grain(old, lack, old_grain, _like(agree, old.shape), generator))
    sharp = _without_halo(steep + _collapsed(sharpened, drawn.shape), drawn, scale)
    return sharp - drawn + _collapsed(grain, drawn.shape)


def enlarged(patch: np.ndarray, times: int) -> np.ndarray:
    """A patch (h, w, 3) ``times`` as large, uint8, without the grid that interpolating leaves.

    Its cosine transform is continued with zeros, which adds no frequency that was not there; a taper at its end keeps
    edges from ringing. The grid of a cubic interpolation is faint, but sharpening shows it.
    """
    height, width = patch.shape[:2]
    if times <= 1 or height % 2 or width % 2:  # OpenCV transforms even sides only
        return patch
    taper = np.outer(*(1 / (1 + (np.arange(side, dtype=np.float32) / (TAPER * side)) ** 8) for side in (height, width)))
    channels = []
    for channel in range(patch.shape[2]):
        spectrum = np.zeros((height * times, width * times), np.float32)
        spectrum[:height, :width] = cv2.dct(patch[..., channel].astype(np.float32)) * taper * times
        channels.append(cv2.idct(spectrum))
    return np.clip(np.rint(np.stack(channels, -1)), 0, 255).astype(np.uint8)


def seed_of(pixels: np.ndarray) -> int:
    """A seed that follows from a picture alone, so that the same is always composed alike."""
    return zlib.crc32(np.ascontiguousarray(pixels).tobytes())


def _octaves_between(scale: float, shape: tuple[int, ...]) -> int:
    """How many octaves of detail a patch can lack that is shown ``scale`` times larger in a window of ``shape``."""
    wanted = math.ceil(math.log2(max(scale, 1.0))) + 1
    room = int(math.log2(max(min(shape[:2]) / 8, 1)))
    return max(0, min(wanted, room, MOST_OCTAVES))


def _grain(
    old: np.ndarray, lack: float, old_grain: float, agree: np.ndarray, generator: np.random.Generator
) -> np.ndarray:
    """Detail of deviation ``lack``: the scene's own where the pictures agree, noise elsewhere."""
    if lack < 0.05:
        return np.zeros_like(old)
    noise = generator.standard_normal(old.shape, np.float32)
    noise -= _larger(_smaller(noise), noise.shape)
    noise *= lack / max(_deviation(noise), 1e-6)
    return agree * old * np.float32(lack / old_grain) + np.sqrt(1 - agree**2) * noise


def _smoothest(scene: np.ndarray, drawn: np.ndarray, inside: np.ndarray) -> np.ndarray:
    """Where neither picture has edges, (h, w) bool at the size of the coarse pictures given."""
    where = _like(inside, scene.shape)
    if not where.any():
        return where
    slope = np.maximum(_slope(scene), _slope(drawn))
    return where & (slope <= np.quantile(slope[where], SMOOTH_PART))


def _slope(values: np.ndarray) -> np.ndarray:
    soft = cv2.GaussianBlur(values, (0, 0), 1.0)
    slope = cv2.magnitude(cv2.Sobel(soft, cv2.CV_32F, 1, 0), cv2.Sobel(soft, cv2.CV_32F, 0, 1))
    spread: np.ndarray = cv2.dilate(slope, np.ones((3, 3), np.uint8))
    return spread


def _steeper(scene: np.ndarray, drawn: np.ndarray, inside: np.ndarray, scale: float) -> np.ndarray:
    """``drawn`` with the edges that enlarging it by ``scale`` made dull as steep as the scene's, with halos."""
    if scale <= 1 or not inside.any():
        return drawn
    edges = [each - blurred(each, scale / 2) for each in (scene, drawn)]
    lack = _edge(edges[0][inside]) / max(_edge(edges[1][inside]), 1e-3) - 1
    return drawn + np.float32(np.clip(lack, 0, MOST_STEEPER)) * edges[1]


def _without_halo(sharp: np.ndarray, drawn: np.ndarray, scale: float) -> np.ndarray:
    """``sharp`` within what ``drawn`` has nearby, half a pixel of the patch and a little more around."""
    shrink = max(scale / 3, 1.0)  # three pixels for each of the patch tell its edges well enough
    size = [max(1, round(side / shrink)) for side in reversed(drawn.shape)]
    small = cv2.resize(drawn, size, interpolation=cv2.INTER_AREA)
    near = np.ones((3, 3), np.uint8)
    low, high = (_resized(each(small, near), drawn.shape) for each in (cv2.erode, cv2.dilate))
    bounded: np.ndarray = cv2.min(cv2.max(sharp, cv2.min(low, drawn) - HALO), cv2.max(high, drawn) + HALO)
    return bounded


def _pyramid(values: np.ndarray, octaves: int) -> list[np.ndarray]:
    """Laplacian pyramid: the octaves, the finest first, and what is left."""
    levels = []
    for _ in range(octaves):
        small = _smaller(values)
        levels.append(values - _larger(small, values.shape))
        values = small
    return [*levels, values]


def _collapsed(levels: list[np.ndarray], shape: tuple[int, ...]) -> np.ndarray:
    total = np.zeros([(side + 1) // 2 for side in levels[-1].shape], np.float32)
    for level in reversed(levels):
        total = _larger(total, level.shape) + level
    assert total.shape == shape
    return total


def _smaller(values: np.ndarray) -> np.ndarray:
    small: np.ndarray = cv2.pyrDown(values)
    return small


def _larger(values: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    large: np.ndarray = cv2.pyrUp(values, dstsize=(shape[1], shape[0]))
    return large


def _resized(values: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    other: np.ndarray = cv2.resize(values, (shape[1], shape[0]), interpolation=cv2.INTER_LINEAR)
    return other


def _like(mask: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """A mask or weight at another size."""
    if mask.dtype != bool:
        return _resized(mask, shape)
    return _resized(mask.astype(np.float32), shape) > 0.5


def _deviation(values: np.ndarray) -> float:
    """Standard deviation of normal values about 0, whatever else is among them (the median absolute value)."""
    return float(np.median(np.abs(_sample(values)))) * 1.4826


def _edge(values: np.ndarray) -> float:
    """What only edges are above in a band of detail."""
    return float(np.quantile(np.abs(_sample(values)), 0.92)) if values.size else 0.0


def _sample(values: np.ndarray) -> np.ndarray:
    """Enough of the values, evenly chosen, for their statistics."""
    flat = values.ravel()
    return flat[:: max(1, flat.size // 100_000)]
