"""Styles of photography: light, film and print."""

from __future__ import annotations

import cv2
import numpy as np

from facea_desktop.engine.style_filters.textures import clouds, noise
from facea_desktop.engine.style_filters.tone import (
    Photo,
    Plane,
    blurred,
    contrasted,
    flattened,
    from_middle,
    glowing,
    grey,
    limited,
    mixed,
    rgb,
    saturated,
    smoothstep,
    split_toned,
    toned,
    unit,
    vignetted,
)


def studio(photo: Photo) -> Photo:
    """A portrait studio: soft skin, a calm grey backdrop with a lit middle, clear contrast."""
    middle = from_middle(photo.shape, 0.5, 0.54)
    red = blurred(cv2.cvtColor(photo, cv2.COLOR_RGB2LAB)[..., 1], 6)
    behind = np.maximum(
        smoothstep(0.75, 1.15, middle),
        smoothstep(0.5, 0.85, middle) * smoothstep(8, 2, red) * smoothstep(0.2, 0.4, grey(photo)),
    )
    calm = mixed(flattened(photo, 26, 0.22), blurred(photo, 14), 0.35)
    backdrop = mixed(saturated(calm, 0.2), np.broadcast_to(rgb(100, 108, 120), photo.shape), 0.25)
    soft = mixed(photo, flattened(photo, 5, 0.06), 0.55)
    scene = mixed(soft, backdrop, behind * 0.9)
    key = 1.16 - 0.42 * smoothstep(0.15, 1.5, from_middle(photo.shape, 0.42, 0.4))
    lit = contrasted(limited(scene * key[..., None] + 0.015), 0.45, 0.46)
    return glowing(_sharpened(lit, 2.2, 0.35), 18, 0.12, 0.75)


def cinematic(photo: Photo) -> Photo:
    """A film still: teal shadows, warm skin, glow about the lights, grain, thin bars."""
    soft = mixed(photo, flattened(photo, 3, 0.05), 0.4)
    graded = split_toned(contrasted(soft, 0.6, 0.52), (0, 74, 96), (255, 176, 110), 0.34)
    lifted = saturated(graded, 1.08) * 0.93 + rgb(4, 10, 14)
    lit = vignetted(glowing(lifted, 14, 0.3, 0.6), 0.55, 0.6, 1.45)
    filmed = limited(lit + _film(photo, 1.2, 0.022)[..., None])
    height = photo.shape[0]
    bar = max(1, round(min(photo.shape[:2]) * 0.055))
    filmed[:bar] = filmed[height - bar :] = rgb(7, 7, 8)
    return filmed


def black_and_white(photo: Photo) -> Photo:
    """Silver film: deep blacks, bright skin, visible grain."""
    light = limited(photo @ np.array([0.42, 0.42, 0.16], np.float32))
    local = limited(light + 0.3 * (light - blurred(light, 24)))
    curve = contrasted(local, 0.85, 0.44)
    edge = curve * (1 - 0.42 * smoothstep(0.6, 1.5, from_middle(photo.shape)))
    grain = _film(photo, 1.5, 0.032) * (0.45 + 2.2 * edge * (1 - edge))
    return toned(limited(edge + grain), ((0, (9, 9, 10)), (0.5, (124, 123, 122)), (1, (250, 249, 246))))


def sepia(photo: Photo) -> Photo:
    """An albumen print of a hundred years ago: brown tones, faded corners, soft glass."""
    light = grey(glowing(mixed(photo, blurred(photo, 1.6), 0.6), 10, 0.22, 0.55))
    faded = contrasted(light, 0.5, 0.46) * 0.93 + 0.04
    print_ = toned(
        limited(faded + _film(photo, 1.6, 0.02)),
        (
            (0, (38, 22, 14)),
            (0.3, (104, 66, 38)),
            (0.62, (186, 142, 94)),
            (0.85, (232, 206, 162)),
            (1, (250, 236, 206)),
        ),
    )
    worn = smoothstep(0.75, 1.5, from_middle(photo.shape) + 0.1 * clouds(photo.shape, 120, 5))
    paper = np.broadcast_to(rgb(240, 220, 180), photo.shape)
    stains = limited(1 - 0.035 * np.abs(clouds(photo.shape, 90, 8)))
    return limited(mixed(print_, paper, worn * 0.62) * stains[..., None])


def low_key(photo: Photo) -> Photo:
    """One lamp from the left, all else in the dark."""
    light = grey(photo)
    height, width = photo.shape[:2]
    across = np.linspace(0, 1, width, dtype=np.float32)[None, :] * np.ones((height, 1), np.float32)
    lamp = smoothstep(0.98, 0.22, across + 0.22 * np.linspace(-0.4, 0.6, height, dtype=np.float32)[:, None])
    form = np.clip(_slope(light, 6) * 2.4, -0.35, 0.35)  # sides that face the lamp
    fall = smoothstep(1.1, 0.32, from_middle(photo.shape, 0.46, 0.52))
    lit = (0.10 + 1.3 * lamp) * (1 + form) * (0.04 + 0.96 * fall)
    dark = contrasted(limited(photo * lit[..., None]), 0.75, 0.44)
    warm = split_toned(saturated(dark, 0.75), (30, 40, 70), (255, 214, 170), 0.16)
    return limited(warm + _film(photo, 1.3, 0.012)[..., None])


def polaroid(photo: Photo) -> Photo:
    """An instant print: faded colours, milky shadows, the white frame."""
    soft = mixed(photo, blurred(photo, 1.4), 0.7)
    faded = saturated(split_toned(soft, (20, 70, 110), (255, 214, 150), 0.2), 0.82)
    faded = contrasted(faded, 0.3, 0.5) * rgb(222, 214, 196) + rgb(30, 32, 40)
    light = faded * (1.07 - 0.3 * smoothstep(0.5, 1.5, from_middle(photo.shape, 0.46, 0.44)))[..., None]
    developed = limited(light + 0.012 * clouds(photo.shape, 130, 3)[..., None] * rgb(255, 220, 160))
    return _framed(limited(developed + _film(photo, 1.4, 0.016)[..., None]))


def cyberpunk(photo: Photo) -> Photo:
    """Night in a city of signs: dark blue shadows, rims of magenta and cyan, glow."""
    light = grey(photo)
    wide = blurred(light, 3)
    night = toned(
        contrasted(light, 0.6, 0.5),
        ((0, (5, 4, 18)), (0.3, (34, 18, 78)), (0.62, (120, 62, 150)), (0.86, (226, 150, 206)), (1, (255, 226, 250))),
    )
    base = mixed(saturated(photo, 1.05) * (0.5 * light + 0.38)[..., None], night, 0.6)
    height, width = light.shape
    across = np.linspace(-1, 1, width, dtype=np.float32)[None, :] * np.ones((height, 1), np.float32)
    form = _slope(wide, 5)
    fine = _slope(light, 1.6)
    left = limited(np.maximum(form, 0) * 5 + np.maximum(fine, 0) * 1.1) * smoothstep(0.45, -0.55, across)
    right = limited(np.maximum(-form, 0) * 5 + np.maximum(-fine, 0) * 1.1) * smoothstep(-0.45, 0.55, across)
    wash = 0.16 + 0.5 * light
    neon = (left + wash * smoothstep(0.1, -1.0, across) * 0.55)[..., None] * rgb(255, 30, 150) + (
        right + wash * smoothstep(-0.1, 1.0, across) * 0.55
    )[..., None] * rgb(0, 214, 255)
    lit = limited(1 - (1 - limited(base)) * (1 - limited(neon)))
    glow = limited(1 - (1 - lit) * (1 - 0.5 * blurred(limited(neon), 12)))
    lines = 1 - 0.045 * (
        0.5 + 0.5 * np.cos(np.arange(height, dtype=np.float32) * np.float32(2 * np.pi / 4 / unit(photo)))
    )
    graded = contrasted(vignetted(glow * lines[:, None, None], 0.55), 0.5, 0.44)
    return limited(graded + _film(photo, 1.3, 0.014)[..., None])


def _sharpened(photo: Photo, radius: float, strength: float) -> Photo:
    return limited(photo + strength * (photo - blurred(photo, radius)))


def _film(photo: Photo, size: float, strength: float) -> Plane:
    return (noise(photo.shape, size, 11) + 0.6 * noise(photo.shape, size * 2, 12)) * np.float32(strength / 1.17)


def _slope(light: Plane, sigma: float) -> Plane:
    """How much brighter it gets towards the left, as if shaped by light from the front."""
    soft = blurred(light, sigma)
    step = max(1, round(sigma * unit(light) / 2))
    padded = np.pad(soft, ((0, 0), (step, step)), mode="edge")
    return padded[:, : -2 * step] * -1 + padded[:, 2 * step :] * 1


def _framed(photo: Photo) -> Photo:
    """A white frame, broad below, over the picture's rim: what is in the middle stays where it is."""
    height, width = photo.shape[:2]
    shorter = min(height, width)
    side, below = 0.045 * shorter, 0.12 * shorter
    x = np.arange(width, dtype=np.float32)[None, :] + 0.5
    y = np.arange(height, dtype=np.float32)[:, None] + 0.5
    inside = np.minimum(np.minimum(x - side, width - side - x), np.minimum(y - side, height - below - y))
    px = unit(photo)
    card = limited(0.955 + 0.008 * noise(photo.shape, 2, 21))[..., None] * rgb(255, 253, 247)
    shade = 1 - 0.35 * np.exp(-np.maximum(inside, 0) / (3 * px))
    cover = limited(inside / max(px, 1) + 0.5)
    return limited(mixed(card, photo * shade[..., None], cover))
