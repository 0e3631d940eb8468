"""What is to be seen in the drawn faces, in the words of ``domain/scene_reading.py``: told by eye, or measured."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import cv2
import numpy as np

from facea_desktop.domain.scene_reading import scene_words

LABELS = Path(__file__).resolve().parent / "labels"
TRAINING = ("eye-A.txt", "eye-B.txt", "eye-C.txt", "eye-D.txt")
HELD_OUT = ("eye-J.txt",)
"""Labels of people whom training never sees: by these, results are judged."""
CHILD, DYED, TONE_BETWEEN = "child", "dyed", "normal"
"""What nobody can ask for, but has to be told from what they can."""
MEASURED = ("pose", "light", "tone", "background")
"""Groups that are measured in pixels and landmarks; the others somebody sees."""
Label = dict[str, str]
"""Group to value; a group that cannot be told is missing."""

_CODES: dict[str, dict[str, str]] = {
    "subject": {"w": "woman", "m": "man"},
    "age": {"c": CHILD, "y": "young", "m": "middle-aged", "o": "old"},
    "expression": {"n": "neutral", "l": "slight smile", "s": "smiling", "o": "open mouth"},
    "eyewear": {"n": "none", "g": "glasses", "s": "sunglasses"},
    "hair_colour": {"k": "black", "b": "brown", "y": "blond", "r": "red", "g": "grey", "d": DYED},
    "hair_length": {"z": "bald", "s": "short", "m": "medium", "l": "long"},
    "hair_texture": {"t": "straight", "w": "wavy", "c": "curly"},
    "beard": {"n": "none", "t": "stubble", "m": "moustache", "b": "beard"},
    "hat": {"n": "none", "y": "hat"},
    "place": {"p": "plain", "i": "indoors", "o": "outdoors"},
    "skin": {"l": "light", "m": "medium", "d": "dark"},
}


BLUE_UP_TO = 283
"""Hue in Oklab from which on blue is called purple."""
_RGB_TO_CONES = np.array(
    [[0.41222, 0.53633, 0.05145], [0.21190, 0.68070, 0.10740], [0.08830, 0.28172, 0.62998]], np.float64
)
_CONES_TO_OKLAB = np.array(
    [[0.21045, 0.79362, -0.00407], [1.97800, -2.42859, 0.45059], [0.02590, 0.78277, -0.80868]], np.float64
)


def values() -> dict[str, tuple[str, ...]]:
    """Groups and values that are learned: those of the scene words, with what has to be told from them."""
    known = {group.name: tuple(value.name for value in group.values) for group in scene_words().groups}
    further = {"age": CHILD, "hair_colour": DYED, "tone": TONE_BETWEEN}
    return known | {group: (*known[group], value) for group, value in further.items()}


def by_eye(names: Iterable[str]) -> dict[int, Label]:
    """Labels by the person's number: a line has the number and a letter for each group of ``_CODES``, x for unknown."""
    labels = {}
    for name in names:
        for line in (LABELS / name).read_text().splitlines():
            number, *letters = line.split()
            told = {group: codes.get(letter) for (group, codes), letter in zip(_CODES.items(), letters, strict=True)}
            labels[int(number)] = {group: value for group, value in told.items() if value is not None}
    return labels


def measured(facts: Path) -> dict[int, Label]:
    """Pose, light, tone and background from what ``pixel_facts.py`` wrote; what lies between two values is left out."""
    labels = {}
    for line in facts.read_text().splitlines():
        fact = json.loads(line)
        yaw, side, tone = fact["yaw"], fact["cl"][0] - fact["cr"][0], fact["mean"]
        told = {
            "pose": _step(yaw, (-0.17, "facing left"), (0.17, "facing right"), ("facing front", 0.11)),
            "light": _step(-side, (-13, "from the left"), (13, "from the right"), ("even", 7)),
            "tone": _step(tone - 47.5, (-12.5, "dark"), (12.5, "bright"), (TONE_BETWEEN, 8.5)),
            "background": colour_name(*fact["bg"]) if fact["bgs"] < 9 else None,
        }
        if abs(yaw) >= 0.3:  # of a cheek that is turned away too little is seen
            told["light"] = None
        labels[fact["i"]] = {group: value for group, value in told.items() if value is not None}
    return labels


def _step(value: float, low: tuple[float, str], high: tuple[float, str], middle: tuple[str, float]) -> str | None:
    if value < low[0]:
        return low[1]
    if value > high[0]:
        return high[1]
    return middle[0] if abs(value) < middle[1] else None


def colour_name(lightness: float, a: float, b: float) -> str | None:
    """The name of a colour in CIELAB, None where people would differ."""
    chroma, hue = float(np.hypot(a, b)), float(np.degrees(np.arctan2(b, a)) % 360)
    if lightness < 14 and chroma < 14:
        return "black"
    if chroma < 7.5 or (chroma < 10 and lightness > 80):
        return "white" if lightness > 84 else "grey" if lightness > 22 else "black"
    if chroma < 11:
        return None
    if hue >= 345 or hue < 20:
        return "red" if lightness < 52 else "pink"
    if hue < 85 and lightness < 52:
        return "brown" if chroma < 45 else "red" if hue < 35 else "orange"
    if hue < 40:
        return "pink" if lightness > 70 and chroma < 25 else "orange"
    if hue < 70:
        return "orange" if chroma > 35 else "brown" if lightness < 62 else None
    if hue < (110 if lightness > 70 else 100):
        return "yellow" if chroma > 26 else None
    for limit, name in ((185, "green"), (285, "blue")):
        if hue < limit:
            return name
    if hue < 325:
        return "blue" if _oklab_hue(lightness, a, b) < BLUE_UP_TO else "purple"
    return "pink" if lightness > 45 else "purple"


def _oklab_hue(lightness: float, a: float, b: float) -> float:
    """Hue in Oklab, in degrees, of a colour in CIELAB, where pure blue has the hue of violet (306, here 264).

    Source: Ottosson 2020, "A perceptual color space for image processing".
    """
    rgb = cv2.cvtColor(np.array([[[lightness, a, b]]], np.float32), cv2.COLOR_LAB2RGB)[0, 0]
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    _, a, b = _CONES_TO_OKLAB @ np.cbrt(_RGB_TO_CONES @ linear)
    return float(np.degrees(np.arctan2(b, a)) % 360)
