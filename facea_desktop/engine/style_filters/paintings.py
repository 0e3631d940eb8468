"""Styles of painting: oil, watercolor, impressionist dabs, old masters."""

from __future__ import annotations

import numpy as np

from facea_desktop.engine.style_filters.brush_strokes import Brush, stroked
from facea_desktop.engine.style_filters.flow_field import Flow
from facea_desktop.engine.style_filters.line_art import outlines
from facea_desktop.engine.style_filters.textures import canvas, clouds, cracks, noise, relief, tooth
from facea_desktop.engine.style_filters.tone import (
    UNITS,
    Photo,
    blurred,
    contrasted,
    detail,
    evened,
    flat_areas,
    flattened,
    from_middle,
    grey,
    limited,
    mixed,
    rgb,
    saturated,
    smoothstep,
    split_toned,
    toned,
    unit,
)

_OIL = (
    Brush(pitch=12, width=20, length=64, variety=0.03, edge=0.13),
    Brush(pitch=7, width=11, length=34, least_detail=0.08, variety=0.022, edge=0.11),
    Brush(pitch=4.5, width=5, length=20, least_detail=0.26, variety=0.016, edge=0.10),
    Brush(pitch=3.2, width=3, length=12, least_detail=0.5, variety=0.012, edge=0.09),
)
_DABS = (
    Brush(pitch=10, width=15, length=26, variety=0.05, edge=0.3),
    Brush(pitch=6, width=8, length=18, least_detail=0.06, variety=0.05, edge=0.2),
    Brush(pitch=4, width=5, length=11, least_detail=0.22, variety=0.035, edge=0.16),
    Brush(pitch=3, width=3, length=7, least_detail=0.45, variety=0.025, edge=0.13),
)


def oil_painting(photo: Photo) -> Photo:
    """Oil on canvas: strokes along the form, thick paint that catches the light."""
    light = grey(photo)
    fine = detail(light)
    flow = Flow.of(light, 12)
    colours = saturated(contrasted(flattened(photo, 4, 0.08), 0.4, 0.48), 1.3)
    ground = mixed(blurred(colours, 10), np.broadcast_to(rgb(120, 84, 52), photo.shape), 0.15)
    painted, height = stroked(ground, colours, flow, fine, _OIL, seed=100)
    kept = mixed(painted, colours, 0.25 + 0.4 * smoothstep(0.3, 0.75, fine))
    bristles = flow.smeared(noise(photo.shape, 1.7, 41), 16)
    thick = 0.45 + 0.55 * smoothstep(0.2, 0.8, grey(kept))  # lights are laid on thick, shadows thin
    surface = (height * 0.22 + bristles * 0.13) * thick + canvas(photo.shape, 4.2) * 0.018
    lit = kept * relief(surface, 2.4)[..., None] + 0.028 * bristles[..., None] * (0.3 + kept)
    return limited(lit)


def impressionist(photo: Photo) -> Photo:
    """Dabs of broken colour, violet in the shadows, as seen out of doors."""
    light = grey(photo)
    fine = detail(light)
    flow = Flow.of(light, 13, calm=0.03)
    sunny = split_toned(saturated(limited(photo * 1.06 + 0.03), 1.55), (70, 60, 190), (255, 226, 140), 0.3)
    hues = np.stack([noise(photo.shape, 9, seed) for seed in (51, 52, 53)], -1)
    colours = limited(sunny + 0.045 * (hues - hues.mean(-1, keepdims=True)) * (1 - 0.55 * fine[..., None]))
    ground = np.broadcast_to(rgb(196, 178, 150), photo.shape).copy()
    painted, height = stroked(ground, colours, flow, fine, _DABS, seed=200)
    kept = mixed(painted, sunny, 0.12 + 0.45 * smoothstep(0.3, 0.75, fine))
    bristles = flow.smeared(noise(photo.shape, 1.5, 54), 7, 5)
    return limited(kept * relief(height * 0.4 + bristles * 0.14, 2.4)[..., None] + 0.02 * bristles[..., None])


def watercolor(photo: Photo) -> Photo:
    """Transparent washes with darker edges, granulated on rough paper that stays white in the lights and at the rim."""
    fine = detail(grey(photo))
    paper = tooth(photo.shape, 2.4, 64)
    sheet = toned(limited(0.97 + 0.05 * (paper - 0.5)), ((0, (0, 0, 0)), (1, (255, 252, 245))))
    flat = flat_areas(photo, 9, 0.14, 4)
    tone = evened(grey(flat), 0.3, 0.6) + 0.022 * clouds(photo.shape, 40, 66, 4) * (1 - 0.8 * fine)
    level = np.full_like(tone, 0.2)
    rim = np.zeros_like(tone)
    for start, value in ((0.2, 0.38), (0.36, 0.6), (0.52, 0.8), (0.68, 0.93), (0.82, 1.02)):  # edges of the washes
        dry = smoothstep(start - 0.035, start + 0.035, tone)
        level = mixed(level, np.full_like(tone, value), dry)
        rim = np.maximum(rim, limited(blurred(dry, 3.2) - blurred(dry, 0.8)))
    level = 0.65 * level + 0.35 * limited(tone * 1.2)
    wash = saturated(flat, 1.5) * (level / np.maximum(grey(flat), 0.06))[..., None]
    clear = saturated(contrasted(limited(photo ** np.float32(0.8) * 1.08 + 0.03), 0.2), 1.4)
    made = mixed(limited(wash), clear, 0.06 + 0.54 * smoothstep(0.22, 0.6, fine))
    made = 1 - (1 - limited(made)) * 0.93
    flood = 0.15 * clouds(photo.shape, 120, 63, 3) + 0.03 * clouds(photo.shape, 14, 67, 2)
    grains = 0.3 * (0.5 - paper) * (1.25 - grey(made))
    density = 1 + 1.5 * rim * (1 - 0.5 * fine) + flood * (1 - 0.6 * fine) + grains
    made = limited(made - (made - made * made) * (density - 1)[..., None])
    lines = outlines(grey(photo), Flow.of(grey(photo), 4), 1.9, 0.04, 0.2)
    drawn = mixed(made, made * rgb(104, 92, 100), 0.55 * lines)
    height, width = photo.shape[:2]
    down = np.minimum(np.arange(height), np.arange(height)[::-1])[:, None]
    side = np.minimum(np.arange(width), np.arange(width)[::-1])[None, :]
    inside = np.minimum(down, side) * np.float32(UNITS / min(height, width))
    edge = inside + 8 * clouds(photo.shape, 100, 65, 3) + 4 * (paper - 0.5)
    cover = 0.75 * smoothstep(14, 18, edge) + 0.25 * smoothstep(2, 8, edge)
    pool = 1 - 0.16 * smoothstep(26, 17, edge)
    return limited(mixed(sheet, sheet * drawn * pool[..., None], cover))


def renaissance(photo: Photo) -> Photo:
    """An old master's panel: light out of the dark, soft edges, amber varnish, a net of cracks."""
    light = grey(photo)
    soft = mixed(flattened(photo, 6, 0.09), flat_areas(photo, 4, 0.09, 2), 0.5)
    lit = smoothstep(1.32, 0.3, from_middle(photo.shape, 0.47, 0.47))
    shaped = limited(soft * (0.3 + 0.8 * lit)[..., None])
    modelled = contrasted(limited(shaped + 0.22 * (shaped - blurred(shaped, 28))), 0.55, 0.47)
    umber = split_toned(saturated(modelled, 0.78), (70, 44, 10), (255, 214, 140), 0.36)
    varnish = umber * rgb(255, 231, 184) + rgb(16, 9, 3) * (1 - 0.5 * umber)
    flow = Flow.of(light, 6)
    bristles = flow.smeared(noise(photo.shape, 1.4, 43), 9, 6)
    aged = (
        varnish
        * (1 + 0.035 * bristles + 0.05 * clouds(photo.shape, 140, 44) + 0.03 * canvas(photo.shape, 3.6))[..., None]
    )
    net = cracks(photo.shape, 11, 45) * (0.3 + 0.7 * smoothstep(0.4, 1.1, from_middle(photo.shape)))
    step = max(1, round(unit(photo)))
    lifted = np.roll(net, (step, step), (0, 1))  # the lit rim of the flakes
    cracked = aged * (1 - 0.3 * net)[..., None] + (0.05 * limited(lifted - net))[..., None] * rgb(255, 225, 170)
    corner = 1 - 0.6 * smoothstep(0.8, 1.55, from_middle(photo.shape))
    return limited(cracked * corner[..., None])
