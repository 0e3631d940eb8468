"""Styles of drawing: pencil, charcoal, pen, chalk."""

from __future__ import annotations

import numpy as np

from facea_desktop.engine.style_filters.flow_field import Flow
from facea_desktop.engine.style_filters.line_art import hatching, outlines
from facea_desktop.engine.style_filters.textures import clouds, noise, tooth
from facea_desktop.engine.style_filters.tone import (
    Photo,
    Plane,
    blurred,
    contrasted,
    detail,
    evened,
    flattened,
    from_middle,
    grey,
    limited,
    mixed,
    rgb,
    saturated,
    smoothstep,
    toned,
)


def pencil_sketch(photo: Photo) -> Photo:
    """Graphite on grained paper: fine contours, strokes in two directions that follow the tone."""
    light = evened(grey(photo), 0.35, 0.56)
    flow = Flow.of(light, 4)
    lines = 0.9 * outlines(light, flow, 1.8, 0.015, 0.13) + 0.35 * outlines(light, flow, 4.5, 0.02, 0.2)
    tone = 1 - contrasted(limited(light + 0.35 * (light - blurred(light, 12))), 0.5, 0.42)
    first = _strokes(photo, 48, 81)
    second = _strokes(photo, 112, 83)
    shade = limited(tone * 1.05 - 0.06)
    hatched = limited(shade * (0.58 + 0.62 * first)) * 0.74 + smoothstep(0.35, 0.95, shade) * (0.12 + 0.4 * second)
    vignette = smoothstep(1.5, 0.85, from_middle(photo.shape) + 0.12 * clouds(photo.shape, 90, 85, 3) + 0.1 * first)
    paper = tooth(photo.shape, 1.9, 86)
    graphite = limited(limited(hatched) * vignette + lines * (0.35 + 0.65 * vignette))
    laid = graphite * (0.72 + 0.55 * (paper - 0.15) * (1.15 - graphite))
    return toned(limited(1 - laid), ((0, (36, 36, 40)), (0.5, (130, 130, 132)), (1, (250, 248, 242))))


def charcoal(photo: Photo) -> Photo:
    """Black chalk rubbed into rough paper: dark masses, smudges, lights lifted out with an eraser."""
    light = evened(grey(photo), 0.45, 0.56)
    fine = detail(grey(photo))
    flow = Flow.of(light, 8)
    smudged = flow.smeared(blurred(light, 3), 16)
    crisp = limited(light + 0.5 * (light - blurred(light, 5)))
    tone = contrasted(limited(mixed(smudged, crisp, 0.4 + 0.55 * fine) * 1.04 + 0.03), 0.8, 0.46)
    streaks = flow.smeared(noise(photo.shape, 2.0, 91), 18)
    broad = _strokes(photo, 55, 92) - 0.5
    dark = limited((1 - tone) * (1 + 0.4 * streaks) + 0.35 * broad * (1 - tone) * (0.35 + tone))
    lines = outlines(light, flow, 2.8, 0.03, 0.14, 9)
    paper = tooth(photo.shape, 1.7, 94)
    edge = smoothstep(1.5, 0.9, from_middle(photo.shape) + 0.14 * clouds(photo.shape, 80, 95, 3) - 0.3 * broad)
    laid = limited(limited(0.88 * dark) * edge + 0.8 * lines * (0.3 + 0.7 * edge))
    dust = 0.08 * limited(1 + 0.8 * clouds(photo.shape, 60, 96))
    caught = laid * (0.62 + 0.76 * smoothstep(0.1, 0.8, 1 - paper) * (1.25 - 0.85 * laid)) + dust
    lifted = 0.8 * smoothstep(0.7, 0.93, blurred(light, 1.2)) * edge
    return toned(
        limited(1 - caught * (1 - lifted)),
        ((0, (20, 19, 19)), (0.45, (102, 98, 94)), (0.85, (212, 205, 194)), (1, (242, 236, 224))),
    )


def pen_and_ink(photo: Photo) -> Photo:
    """Black ink: clean outlines, hatching crossed once more for each deeper shade."""
    smooth = grey(flattened(photo, 4, 0.07))
    light = evened(smooth, 0.5, 0.5)
    flow = Flow.of(light, 4)
    sharp = grey(photo)
    lines = limited(outlines(sharp, flow, 1.7, 0.03, 0.09, 7) + outlines(light, flow, 4.5, 0.07, 0.15, 10))
    dark = limited(1 - contrasted(limited(light + 0.4 * (light - blurred(light, 10))), 0.4, 0.5))
    ink = lines
    for start, full, pitch, degrees, seed in (
        (0.14, 1.0, 6.2, 38, 101),
        (0.4, 1.15, 6.4, 128, 103),
        (0.6, 1.2, 6.2, 82, 105),
        (0.78, 1.2, 5.6, 8, 107),
    ):
        shade = limited((dark - start) / (full - start)) ** np.float32(0.8) * 0.62
        ink = 1 - (1 - ink) * (1 - hatching(shade, pitch, degrees, seed, 1.8))
    ink = np.maximum(ink, smoothstep(0.93, 0.98, dark))
    paper = limited(0.975 + 0.012 * noise(photo.shape, 3, 109))
    return mixed(paper[..., None] * rgb(255, 251, 240), np.broadcast_to(rgb(24, 22, 28), photo.shape), limited(ink))


def pastel(photo: Photo) -> Photo:
    """Soft chalks on tinted paper that shows between the strokes."""
    light = grey(photo)
    fine = detail(light)
    flow = Flow.of(light, 14, calm=0.06)
    soft = saturated(flattened(photo, 5, 0.08), 1.6)
    lifted = limited(soft**0.8 * 0.95 + 0.07)
    levels = 7.0
    stepped = mixed(lifted, np.round(lifted * levels) / levels, 0.3)
    crisp = limited(lifted + 0.6 * (lifted - blurred(lifted, 3)))
    smeared = mixed(flow.smeared(stepped, 6, 5), crisp, 0.35 + 0.45 * fine)
    form = flow.smeared(noise(photo.shape, 3.2, 111), 16) / np.float32(0.35)
    strokes = mixed(2.4 * (_strokes(photo, 62, 112) - 0.5), form, 0.22)
    grain = tooth(photo.shape, 1.9, 114)
    middle = smoothstep(0.75, 1.5, from_middle(photo.shape))
    press = 0.6 + 0.26 * strokes + 0.3 * fine - 0.3 * middle + 0.12 * smoothstep(0.45, 0.8, light)
    caught = smoothstep(0.02, 0.5, light) * (
        1 - 0.65 * smoothstep(0.55, 0.82, light)
    )  # darks and lights are pressed hard
    cover = limited(0.5 + 0.75 * press - 0.6 * grain * caught + 0.2 * (1 - caught))
    chalk = limited(smeared * (1 + 0.08 * strokes)[..., None] + 0.1 * smoothstep(0.6, 0.92, light)[..., None])
    tint = limited(0.5 + 0.14 * (grain - 0.5) + 0.03 * noise(photo.shape, 1.6, 116, 5))
    paper = toned(tint, ((0, (84, 78, 80)), (0.5, (160, 146, 136)), (1, (216, 204, 192))))
    lines = outlines(light, Flow.of(light, 4), 2.4, 0.04, 0.2)
    drawn = mixed(chalk, chalk * rgb(96, 62, 66), 0.6 * lines)
    return limited(mixed(paper, drawn, 0.2 + 0.77 * cover))


def _strokes(photo: Photo, degrees: float, seed: int) -> Plane:
    """The marks of a pencil drawn to and fro in one direction, 0 to 1."""
    bow = noise(photo.shape, 150, seed + 1) * 9
    angle = np.radians(degrees + bow)
    flow = Flow(np.cos(angle).astype(np.float32), np.sin(angle).astype(np.float32))
    streaks = flow.smeared(noise(photo.shape, 1.7, seed), 20)
    return limited(0.5 + streaks / np.float32(4 * streaks.std()))
