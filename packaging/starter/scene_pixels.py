"""What can be measured in a scene: one sane face, pose, light, brightness, background, sharpness and noise."""

from __future__ import annotations

import math
from collections.abc import Sequence

import cv2
import numpy as np
from PIL import Image

from face_labels import colour_name
from facea_desktop.domain.faces import Attribute, Face, FacePart
from facea_desktop.engine.photo_checks import sharpness
from scene_features import Divided

SANE_PART = (0.35, 0.95)
"""Longer side of a face as a part of the scene's."""
LEAST_SCORE = 0.95
MOST_TILT_DEG = 15.0
TURNED = 0.114
"""Distance of the nose from the middle of the eyes, in that of the eyes: between a face from the front and a turned
one. This and the next two lie in the gaps that ``face_labels.measured`` leaves between its labels."""
LIT_FROM_A_SIDE = 10.0
"""Difference of the cheeks' lightness in CIELAB."""
MIDDLE_LIGHTNESS, DARK_OR_BRIGHT = 47.5, 10.5
EDGE_PX = 7
"""Background this close to the head, of 256, does not count: hair mixes into it."""
FEWEST = 60
"""Pixels that a colour needs."""


def is_sane(faces: Sequence[Face], width: int) -> bool:
    """One face, surely, upright, of a portrait's size."""
    if len(faces) != 1:
        return False
    face = faces[0]
    sized = SANE_PART[0] <= face.box.side / width <= SANE_PART[1]
    return sized and face.score >= LEAST_SCORE and abs(face.tilt) <= MOST_TILT_DEG


def measured_words(face: Face, width: int, portrait: Divided) -> dict[str, str | None]:
    """Pose, light, tone and background of a portrait, in the scene's words; None where there is none for it.

    Args:
        face: in a square picture of ``width``.
        portrait: the same picture, divided.
    """
    x, y, between = _eyes(face)
    yaw = (face.parts[Attribute.NOSE].center[0] - x) / between
    side = portrait.lab.shape[0] / width
    skin = portrait.parsed.mask(FacePart.SKIN)
    rows, columns = np.nonzero(skin)
    mouth = face.parts[Attribute.MOUTH].center[1]
    cheek = (rows > (y + 0.25 * between) * side) & (rows < mouth * side)
    middle = (x + face.parts[Attribute.NOSE].center[0]) / 2 * side
    light = [_lightness(portrait, rows[part], columns[part]) for part in (cheek & (columns < middle),
             cheek & (columns >= middle))]  # fmt: skip
    differ = light[0] - light[1]
    tone = float(portrait.lab[..., 0].mean()) - MIDDLE_LIGHTNESS
    return {
        "pose": _step(yaw, TURNED, ("facing left", "facing front", "facing right")),
        "light": _step(differ, LIT_FROM_A_SIDE, ("from the right", "even", "from the left")),
        "tone": _step(tone, DARK_OR_BRIGHT, ("dark", None, "bright")),
        "background": background_colour(portrait),
    }


def background_colour(portrait: Divided) -> str | None:
    """The name of what is behind the head, above all."""
    behind = portrait.parsed.mask(FacePart.BACKGROUND).astype(np.uint8)
    behind = cv2.erode(behind, np.ones((EDGE_PX, EDGE_PX), np.uint8), borderValue=1) > 0
    if behind.sum() < FEWEST:
        return None
    return colour_name(*np.median(portrait.lab[behind], 0))


def detail(picture: Image.Image, face: Face, portrait: Divided) -> dict[str, float]:
    """Sharpness of the face, and noise: the deviation of the finest detail in smooth skin, in levels of 255."""
    grey = np.asarray(picture.convert("L"), np.float32)
    mask = portrait.parsed.mask(FacePart.SKIN).astype(np.uint8)
    skin = cv2.resize(cv2.erode(mask, np.ones((5, 5), np.uint8)), grey.shape[::-1]) > 0
    soft = cv2.GaussianBlur(grey, (0, 0), 3.0)
    slope = cv2.magnitude(cv2.Sobel(soft, cv2.CV_32F, 1, 0), cv2.Sobel(soft, cv2.CV_32F, 0, 1))
    smooth = skin & (slope <= np.quantile(slope[skin], 0.4)) if skin.any() else skin
    fine = (grey - cv2.GaussianBlur(grey, (0, 0), 1.5))[smooth]
    noise = float(np.median(np.abs(fine - np.median(fine)))) * 1.4826 if fine.size else math.nan
    return {"sharpness": round(sharpness(picture, face), 1), "noise": round(noise, 3)}


def _eyes(face: Face) -> tuple[float, float, float]:
    """Their middle, x and y, and the distance between them."""
    (ax, ay), (bx, by) = (face.parts[eye].center for eye in (Attribute.LEFT_EYE, Attribute.RIGHT_EYE))
    return (ax + bx) / 2, (ay + by) / 2, max(math.dist((ax, ay), (bx, by)), 1.0)


def _lightness(portrait: Divided, rows: np.ndarray, columns: np.ndarray) -> float:
    return float(np.median(portrait.lab[rows, columns, 0])) if len(rows) >= FEWEST else math.nan


def _step(value: float, limit: float, names: tuple[str, str | None, str]) -> str | None:
    if math.isnan(value):
        return None
    return names[0] if value < -limit else names[2] if value > limit else names[1]
