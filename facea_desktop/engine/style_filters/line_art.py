"""Ink: outlines, hatching, halftone dots. All give how much ink lies on each pixel, 0 to 1."""

from __future__ import annotations

import numpy as np

from facea_desktop.engine.style_filters.flow_field import Flow
from facea_desktop.engine.style_filters.textures import noise
from facea_desktop.engine.style_filters.tone import Plane, blurred, limited, smoothstep, unit


def outlines(
    light: Plane, flow: Flow, width: float, faintest: float = 0.02, firmest: float = 0.06, length: float = 6
) -> Plane:
    """Lines where the picture has dark edges, joined along the flow (flow-based DoG, Kang et al. 2007).

    Args:
        light: brightness.
        flow: along the edges.
        width: of the lines, units.
        faintest: contrast at which a line begins.
        firmest: contrast from which on it is full ink.
        length: units over which they are joined.
    """
    narrow, wide = blurred(light, width * 0.6), blurred(light, width * 1.3)
    dark = (wide - narrow) / (wide + 0.18)
    return smoothstep(faintest, firmest, flow.smeared(dark, length, 5))


def hatching(darkness: Plane, pitch: float, degrees: float, seed: int, wobble: float = 1.0) -> Plane:
    """Parallel pen strokes, wider where it is darker, none where darkness is 0; solid at 1.

    Args:
        darkness: 0 to 1.
        pitch: units between the lines.
        degrees: their direction.
        seed: of the unsteady hand.
        wobble: units by which it strays.
    """
    phase = across(darkness.shape, degrees) + wobble * noise(darkness.shape, 45, seed)
    lines = 0.5 - 0.5 * np.cos(phase * np.float32(2 * np.pi / pitch))  # 0 in the middle of a line
    ragged = limited(darkness) * (1 + 0.14 * noise(darkness.shape, 9, seed + 1))
    soft = 1.6 / (pitch * unit(darkness))  # about a pixel, as the wave's slope is largest there
    reach = np.sin(np.clip(ragged, 0, 1) * np.float32(np.pi / 2)) ** 2 * (1 + 2 * soft)
    return limited((reach - lines) / soft) * smoothstep(0.02, 0.08, darkness)


def dots(tone: Plane, pitch: float, degrees: float) -> Plane:
    """Round dots of a printing screen that grow with ``tone`` (0 none, 1 solid)."""
    turn = np.float32(2 * np.pi / pitch)
    a, b = across(tone.shape, degrees) * turn, across(tone.shape, degrees + 90) * turn
    screen = 0.5 + 0.25 * (np.cos(a) + np.cos(b))
    soft = np.float32(1.8 / (pitch * unit(tone)))
    return limited((tone * (1 + 2 * soft) - soft - (1 - screen)) / soft + 0.5)


def across(shape: tuple[int, ...], degrees: float) -> Plane:
    """How far each pixel lies, in units, across lines of this direction."""
    height, width = shape[:2]
    angle = np.radians(degrees)
    px = min(height, width) / 512
    x = np.arange(width, dtype=np.float32)[None, :] * np.float32(-np.sin(angle) / px)
    y = np.arange(height, dtype=np.float32)[:, None] * np.float32(np.cos(angle) / px)
    return x + y
