"""Styles that are printed or drawn flat: pop art, comics, anime, woodblock prints."""

from __future__ import annotations

import cv2
import numpy as np

from facea_desktop.engine.style_filters.flow_field import Flow
from facea_desktop.engine.style_filters.line_art import across, dots, outlines
from facea_desktop.engine.style_filters.textures import clouds, noise
from facea_desktop.engine.style_filters.tone import (
    Colour,
    Photo,
    Plane,
    blurred,
    contrasted,
    detail,
    evened,
    flat_areas,
    grey,
    limited,
    mixed,
    rgb,
    saturated,
    smoothstep,
    unit,
)

# Inks of a woodblock print, dark to bright.
_NEUTRAL = ((30, 34, 46), (84, 88, 96), (146, 146, 140), (198, 192, 174), (236, 226, 200))
_WARM = ((30, 30, 42), (62, 46, 50), (164, 104, 76), (232, 182, 138), (250, 226, 190))
_GREEN = ((30, 40, 44), (60, 84, 74), (106, 130, 102), (164, 178, 138), (214, 214, 176))
_BLUE = ((26, 34, 58), (34, 62, 104), (74, 114, 146), (140, 172, 180), (206, 216, 204))
_RED = ((58, 26, 34), (132, 44, 44), (190, 76, 60), (222, 132, 104), (240, 192, 164))


def pop_art(photo: Photo) -> Photo:
    """A screen print: four panels, each of two loud inks with dots between them, black on top."""
    flat = flat_areas(photo, 6, 0.12, 3)
    light = contrasted(evened(grey(flat), 0.55, 0.56), 0.5, 0.48)
    light = limited(light + 0.3 * (light - blurred(light, 14)))
    height, width = light.shape
    right = (np.arange(width) * 2 >= width)[None, :]
    below = (np.arange(height) * 2 >= height)[:, None]
    made = np.empty_like(photo)
    for panel, ink, paper in (
        (~right & ~below, (236, 28, 118), (255, 214, 64)),
        (right & ~below, (0, 150, 200), (255, 176, 196)),
        (~right & below, (110, 40, 170), (120, 226, 214)),
        (right & below, (240, 72, 36), (255, 236, 150)),
    ):
        made[panel] = _screened(light, ink, paper)[panel]
    flow = Flow.of(light, 4)
    whole = grey(photo)
    lines = outlines(whole, Flow.of(whole, 4), 2.4, 0.04, 0.1, 8)
    black = np.maximum(smoothstep(0.22, 0.17, light), np.maximum(lines, outlines(light, flow, 4, 0.08, 0.15, 8)))
    return mixed(made, np.broadcast_to(rgb(20, 14, 26), photo.shape), black)


def comic_book(photo: Photo) -> Photo:
    """Ink lines and blacks, flat colours, dots in the half shades, cheap paper."""
    flat = flat_areas(photo, 7, 0.12, 3)
    light = evened(grey(flat), 0.35, 0.56)
    crisp = limited(light + 0.35 * (light - blurred(light, 14)))
    shaded = _cel(flat, crisp, ((0.24, 0.34), (0.40, 0.60), (0.60, 0.84), (0.84, 1.0)), 0.02, 0.85)
    colours = saturated(limited(shaded * 1.06 + 0.02), 1.7)
    paper = rgb(252, 245, 228)
    half = 0.55 * smoothstep(0.64, 0.36, crisp)
    screen = dots(half, 6.4, 30) * smoothstep(0.04, 0.1, half)
    printed = colours * paper * mixed(np.ones_like(photo), np.broadcast_to(rgb(196, 128, 140), photo.shape), screen)
    flow = Flow.of(grey(flat), 4)
    line_light = grey(flat_areas(photo, 3, 0.05, 1))
    lines = limited(outlines(line_light, flow, 2.2, 0.03, 0.075, 9) + outlines(line_light, flow, 5.5, 0.07, 0.13, 10))
    blacks = smoothstep(0.22, 0.17, blurred(crisp, 1.2))
    return mixed(limited(printed), np.broadcast_to(rgb(18, 16, 24), photo.shape), np.maximum(lines, blacks))


def anime(photo: Photo) -> Photo:
    """Cel shading in two steps, thin clean lines, clear bright eyes."""
    flat = flat_areas(photo, 10, 0.12, 5)
    light = evened(grey(flat), 0.4, 0.62)
    cel = _cel(flat, blurred(light, 3.5), ((0.22, 0.36), (0.42, 0.66), (0.62, 0.95)), 0.012, 0.8)
    bright = saturated(limited(cel * 1.08 + 0.05), 1.5)
    cool = smoothstep(0.64, 0.3, light)
    bright = limited(bright + cool[..., None] * (rgb(110, 92, 200) - 0.45) * 0.2)
    whole = grey(photo)
    inner = _inside_dark(whole) * smoothstep(0.2, 0.45, detail(whole, 1.2, 5))
    eyes = saturated(limited(contrasted(photo, 0.7, 0.36) * 1.25), 2.0)
    bright = mixed(bright, eyes, limited(inner * 1.2))
    sparkle = limited((whole - blurred(whole, 5)) * 9 - 0.25) * inner
    flow = Flow.of(grey(flat), 5)
    line_light = grey(flat_areas(photo, 3, 0.05, 2))
    lines = limited(outlines(line_light, flow, 1.8, 0.022, 0.06, 10) + outlines(line_light, flow, 4, 0.06, 0.12, 10))
    drawn = mixed(bright, bright * rgb(66, 34, 62), 0.92 * lines)
    return limited(drawn + sparkle[..., None] + 0.1 * blurred(limited(bright - 0.7), 14))


def ukiyo_e(photo: Photo) -> Photo:
    """A woodblock print: few flat colours, flowing lines, the wood's grain and the paper's fibres."""
    flat = flat_areas(photo, 10, 0.13, 4)
    tone = blurred(evened(grey(flat), 0.45, 0.56), 3)
    lab = blurred(cv2.cvtColor(flat, cv2.COLOR_RGB2LAB), 5)
    lightness, red, yellow = (lab[..., channel] for channel in range(3))
    rich = 22 / np.maximum(lightness, 22)
    printed = _ramp(tone, _NEUTRAL)
    for family, belongs in (
        (_WARM, smoothstep(0, 1, (red + yellow) * rich - 4)),
        (_GREEN, smoothstep(0, 1, (-red + 0.3 * yellow) * rich - 3)),
        (_BLUE, smoothstep(0, 1, (-yellow) * rich - 2)),
        (_RED, smoothstep(0, 1, (red - 0.45 * yellow) * rich - 11) * smoothstep(30, 42, lightness)),
    ):
        printed = mixed(printed, _ramp(tone, family), belongs)
    wood = _wood(photo)
    down = (np.arange(photo.shape[0], dtype=np.float32)[:, None] + 0.5) / photo.shape[0]
    bokashi = smoothstep(0.3, 0.0, down + 0.008 * wood) * np.ones_like(tone)
    tinted = mixed(printed, printed * rgb(84, 122, 176), 0.85 * bokashi)
    fibres = 1 + 0.02 * noise(photo.shape, 1.6, 131, 6) + 0.02 * clouds(photo.shape, 80, 132)
    paper = rgb(247, 236, 210) * fibres[..., None]
    inked = mixed(paper, tinted * (0.3 + 0.7 * paper) * 1.06, (0.95 + 0.03 * wood)[..., None])
    flow = Flow.of(grey(flat), 6)
    line_light = grey(flat_areas(photo, 4, 0.06, 2))
    lines = limited(outlines(line_light, flow, 2.2, 0.025, 0.07, 12) + outlines(line_light, flow, 5, 0.06, 0.12, 14))
    return limited(mixed(inked, inked * rgb(36, 38, 56), 0.95 * lines))


def woodcut(photo: Photo) -> Photo:
    """Cut into a plank: lines that bend with the form, swelling with the shade, black masses."""
    light = evened(grey(flat_areas(photo, 4, 0.08, 2)), 0.45, 0.52)
    form = blurred(light, 5)
    phase = across(light.shape, 8) + 26 * form + 1.4 * noise(light.shape, 40, 141)
    pitch = 6.2
    wave = 0.5 - 0.5 * np.cos(phase * np.float32(2 * np.pi / pitch))
    dark = limited(1 - contrasted(limited(light + 0.8 * (light - blurred(light, 10))), 0.75, 0.47))
    ragged = dark + 0.05 * noise(light.shape, 5, 142)
    soft = np.float32(1.6 / (pitch * unit(light)))
    cut = limited((ragged * 1.25 - 0.14 - wave) / soft + 0.5)
    flow = Flow.of(light, 5)
    whole = evened(grey(photo), 0.45, 0.52)
    lines = np.maximum(outlines(light, flow, 3.2, 0.05, 0.1, 10), outlines(whole, flow, 2, 0.05, 0.11, 6))
    ink = np.maximum(cut * smoothstep(0.16, 0.22, ragged), lines)
    ink = np.maximum(ink, smoothstep(0.86, 0.92, ragged)) * smoothstep(0.04, 0.1, ragged + lines)
    rolled = limited(0.96 + 0.05 * _wood(photo) - 0.1 * smoothstep(1.2, 2.2, noise(light.shape, 2.2, 144)))
    paper = limited(0.97 + 0.02 * noise(light.shape, 2.5, 145))[..., None] * rgb(242, 230, 204)
    return mixed(paper, np.broadcast_to(rgb(34, 26, 24), photo.shape), limited(ink) * rolled)


def _screened(light: Plane, ink: Colour, paper: Colour) -> Photo:
    """Two inks: the paper's in the lights, the other one solid in the shades, dots of it between."""
    made = np.broadcast_to(rgb(*paper), (*light.shape, 3))
    shade = np.maximum(dots(smoothstep(0.86, 0.42, light) * 0.8, 7.5, 45), smoothstep(0.45, 0.41, light))
    return mixed(made, np.broadcast_to(rgb(*ink), made.shape), shade)


def _cel(flat: Photo, light: Plane, steps: tuple[tuple[float, float], ...], soft: float, share: float) -> Photo:
    """Colours with their brightness in steps of (from which brightness on, how bright), ``share`` of the way."""
    level = np.full_like(light, steps[0][1] * 0.45)
    for start, value in steps:
        level = mixed(level, np.full_like(light, value), smoothstep(start - soft, start + soft, light))
    own = grey(flat)
    target = share * level + (1 - share) * light
    return limited(flat * (target / np.maximum(own, 0.04))[..., None])


def _inside_dark(light: Plane) -> Plane:
    """Where something small lies that is darker than all about it, such as an eye: 0 to 1."""
    side = 2 * max(1, round(13 * unit(light))) + 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    closed = cv2.morphologyEx(light, cv2.MORPH_CLOSE, kernel)
    return smoothstep(0.12, 0.3, blurred(closed - light, 3))


def _ramp(tone: Plane, inks: tuple[Colour, ...]) -> Photo:
    """One ink for each shade, dark to bright, with clean borders."""
    made = np.broadcast_to(rgb(*inks[0]), (*tone.shape, 3))
    for start, ink in zip((0.16, 0.31, 0.42, 0.6), inks[1:], strict=True):
        made = mixed(made, np.broadcast_to(rgb(*ink), made.shape), smoothstep(start - 0.012, start + 0.012, tone))
    return made


def _wood(photo: Photo) -> Plane:
    """The grain of a plank, about 0."""
    rings = noise(photo.shape, 26, 134, 7) * 5 + across(photo.shape, 0) / 7
    return np.asarray(np.sin(rings) * 0.6 + 0.5 * noise(photo.shape, 1.4, 135, 14), np.float32)
