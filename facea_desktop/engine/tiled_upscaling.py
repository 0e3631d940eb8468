"""Enlarges pictures of any size with an upscaler, tile by tile, in whatever memory there is."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import numpy as np
import torch
from PIL import Image

from facea_desktop.domain.events import Observer, ProgressReporter, Warned
from facea_desktop.engine.upscaler import Upscaler

TILE, LEAST_TILE = 384, 48
"""Pixels of a tile's side, and to how few it shrinks where memory does not suffice."""
MARGIN = 32
"""Pixels that an upscaler sees around a tile. Compact networks look less far, so that their tiles meet exactly; of what
others see beyond, too little arrives to be noticed."""

Area = tuple[int, int, int, int]
"""Left, top, right and bottom in pixels."""


def enlarged(picture: Image.Image, times: int, upscaler: Upscaler, observer: Observer) -> Image.Image:
    """The RGB picture, ``times`` as wide and high.

    An upscaler of a smaller factor runs twice, and of a larger one the result is scaled down.

    Raises:
        torch.OutOfMemoryError: memory does not suffice for the smallest tile.
        CancelledError: stopped, between two tiles.
    """
    areas: list[int] = []
    factor = 1
    while factor < times:
        areas.append(picture.width * picture.height * factor**2)
        factor *= upscaler.times
    progress = ProgressReporter(observer, "enlarging", sum(areas))
    pixels, tile = np.asarray(picture), TILE
    for number in range(len(areas)):

        def reached(area: int, before: int = sum(areas[:number])) -> None:
            progress.update(before + area)

        pixels, tile = _enlarged_once(pixels, upscaler, tile, observer, reached)
    size = picture.width * times, picture.height * times
    large = Image.fromarray(pixels)
    return large if large.size == size else large.resize(size, Image.Resampling.LANCZOS)


def _enlarged_once(
    pixels: np.ndarray, upscaler: Upscaler, tile: int, observer: Observer, reached: Callable[[int], None]
) -> tuple[np.ndarray, int]:
    """One pass over (h, w, 3) uint8, and the side of the tiles that memory sufficed for.

    Args:
        reached: told how many pixels are done, and raises to stop.
    """
    height, width = pixels.shape[:2]
    times, done = upscaler.times, 0
    large = np.empty((height * times, width * times, 3), np.uint8)
    waiting = _tiles((0, 0, width, height), tile)
    while waiting:
        area = waiting.pop()
        left, top, right, bottom = area
        if max(right - left, bottom - top) > tile:
            waiting += _tiles(area, tile)
            continue
        try:
            made = _enlarged_tile(pixels, area, upscaler)
        except torch.OutOfMemoryError:
            if tile <= LEAST_TILE:
                raise
            if tile == TILE:
                observer.emit(Warned("Memory is low: the picture is enlarged in smaller tiles, which is slower."))
            tile //= 2
            waiting.append(area)
            continue
        large[top * times : bottom * times, left * times : right * times] = made
        done += (right - left) * (bottom - top)
        reached(done)
    return large, tile


def _tiles(area: Area, side: int) -> list[Area]:
    """An area in tiles of at most ``side`` pixels, the first one last."""
    left, top, right, bottom = area
    corners = product(range(top, bottom, side), range(left, right, side))
    return [(x, y, min(x + side, right), min(y + side, bottom)) for y, x in corners][::-1]


def _enlarged_tile(pixels: np.ndarray, area: Area, upscaler: Upscaler) -> np.ndarray:
    left, top, right, bottom = area
    x, y = max(left - MARGIN, 0), max(top - MARGIN, 0)
    seen = pixels[y : bottom + MARGIN, x : right + MARGIN].copy()
    made = upscaler(torch.from_numpy(seen).permute(2, 0, 1)[None].float() / 255)[0]
    whole = (made.permute(1, 2, 0) * 255).round().byte().numpy()
    times = upscaler.times
    return whole[(top - y) * times : (bottom - y) * times, (left - x) * times : (right - x) * times]
