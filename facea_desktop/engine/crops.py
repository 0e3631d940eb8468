"""Cutting a face out of a picture, upright and at the model's size, and putting it back."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image

from facea_desktop.domain.faces import Attribute, Box, Face, PortraitSquare

SOFT_FROM = 0.03
"""Part of the crop's side beyond the picture's edge from which on all is out of focus."""
LYING_DEG = 45.0
"""What compares faces takes those tilted by less as they are."""


@dataclass(frozen=True)
class Crop:
    """A square of a picture, turned by ``angle``.

    Attributes:
        center: in pixels of the picture; the square may reach over the picture's edge.
        side: in pixels of the picture.
        angle: degrees by which the face leans clockwise; the cut is upright.
    """

    center: tuple[float, float]
    side: float
    angle: float = 0.0

    @staticmethod
    def of_face(face: Face) -> Crop:
        """The square in which ``face`` stands as in a portrait."""
        square = PortraitSquare.of_face(face)
        return Crop((square.x, square.y), square.side, square.angle)

    def cut(self, picture: Image.Image, size: int) -> Image.Image:
        """The square as a picture of ``size`` pixels a side; beyond the edge its last pixels go on."""
        shrink = max(1.0, self.side / size)
        source = picture
        if shrink > 1:  # an affine transform samples points: what is made smaller has to be averaged first
            source = picture.resize([max(1, round(s / shrink)) for s in picture.size], Image.Resampling.LANCZOS)
        factors = source.width / picture.width, source.height / picture.height
        source, shift = _with_border(source, self._reach(factors, source.size))
        a, b, c, d, e, f = self._matrix(size)
        x, y = factors
        matrix = (a * x, b * x, c * x + shift, d * y, e * y, f * y + shift)
        return source.transform((size, size), Image.Transform.AFFINE, matrix, Image.Resampling.BICUBIC)

    def soften(self, cut: Image.Image, size: tuple[int, int]) -> Image.Image:
        """``cut`` with what lies beyond the picture's edge out of focus.

        Pixels of the edge that go on and on are streaks, ugly to look at, and a model learns them as hair.

        Args:
            cut: as ``cut`` made it.
            size: of the picture.
        """
        a, b, c, d, e, f = self._matrix(cut.width)
        across, down = np.meshgrid(*(np.arange(cut.width, dtype=np.float32) + 0.5,) * 2)
        x, y = a * across + b * down + c, d * across + e * down + f
        beyond = np.maximum(np.maximum(-x, x - size[0]), np.maximum(-y, y - size[1])).clip(0) / self.side
        if not beyond.any():
            return cut
        pixels = np.asarray(cut)
        blurred = cv2.GaussianBlur(pixels, (0, 0), 2 * SOFT_FROM * cut.width)
        weight = (beyond / SOFT_FROM).clip(0, 1)[..., None]
        return Image.fromarray(np.rint(pixels * (1 - weight) + blurred * weight).astype(np.uint8))

    def put_back(self, patch: Image.Image, size: tuple[int, int]) -> Image.Image:
        """``patch`` (square) drawn where it was cut, on a black picture of ``size``."""
        shrink = max(1.0, patch.width / self.side)
        if shrink > 1:
            patch = patch.resize((max(1, round(patch.width / shrink)),) * 2, Image.Resampling.LANCZOS)
        a, b, c, d, e, f = self._matrix(patch.width)
        forward = np.array([[a, b, c], [d, e, f], [0, 0, 1]])
        back = np.linalg.inv(forward)[:2].ravel()
        padded, shift = _with_border(patch, 2)
        back[2] += shift
        back[5] += shift
        return padded.transform(size, Image.Transform.AFFINE, tuple(back), Image.Resampling.BICUBIC)

    def spread(self, values: np.ndarray, box: tuple[int, int, int, int]) -> np.ndarray:
        """Values of the cut where they were cut, interpolated, 0 beyond it.

        Args:
            values: (size, size) float32, as of a cut of that size.
            box: left, top, right and bottom of the part of the picture that is wanted, in its pixels.

        Returns:
            (height, width) float32 of the box.
        """
        left, top, right, bottom = box
        matrix = np.array(self._matrix(len(values))).reshape(2, 3)
        # The matrix leads from corner to corner; OpenCV counts from the middle of the first pixel
        matrix[:, 2] += matrix[:, :2].sum(1) / 2 - 0.5 - np.array([left, top])
        return cv2.warpAffine(values, matrix, (right - left, bottom - top), flags=cv2.INTER_LINEAR)

    def bounds(self, size: tuple[int, int]) -> tuple[int, int, int, int]:
        """Left, top, right and bottom of what it covers of a picture of ``size``, in whole pixels."""
        turn = math.radians(self.angle)
        half = self.side / 2 * (abs(math.cos(turn)) + abs(math.sin(turn)))
        (x, y), (width, height) = self.center, size
        left, top = max(0, math.floor(x - half)), max(0, math.floor(y - half))
        return left, top, max(left, min(width, math.ceil(x + half))), max(top, min(height, math.ceil(y + half)))

    def inside(self, face: Face, size: int) -> Face:
        """``face`` in the coordinates of the cut."""
        half = size / self.side / 2
        lies = round(self.angle / 90) % 2 == 1

        def moved(box: Box) -> Box:
            x, y = self._into(box.center, size)
            width, height = (box.height, box.width) if lies else (box.width, box.height)
            return Box(x - width * half, y - height * half, x + width * half, y + height * half)

        parts: dict[Attribute, Box] = {name: moved(box) for name, box in face.parts.items()}
        return Face(moved(face.box), parts, face.score)

    def _matrix(self, size: int) -> tuple[float, float, float, float, float, float]:
        """Pillow's affine of the cut: pixel of the cut to pixel of the picture."""
        step, turn = self.side / size, math.radians(self.angle)
        cos, sin = step * math.cos(turn), step * math.sin(turn)
        x, y = self.center
        middle = size / 2
        return cos, -sin, x - cos * middle + sin * middle, sin, cos, y - sin * middle - cos * middle

    def _into(self, point: tuple[float, float], size: int) -> tuple[float, float]:
        scale, turn = size / self.side, math.radians(self.angle)
        dx, dy = point[0] - self.center[0], point[1] - self.center[1]
        cos, sin = scale * math.cos(turn), scale * math.sin(turn)
        return cos * dx + sin * dy + size / 2, -sin * dx + cos * dy + size / 2

    def _reach(self, factors: tuple[float, float], size: tuple[int, int]) -> int:
        """Pixels of border that the square needs around a source of ``size``."""
        half = self.side * max(factors) * (0.5 if self.angle == 0 else math.sqrt(0.5))
        x, y = self.center[0] * factors[0], self.center[1] * factors[1]
        over = max(half - x, half - y, x + half - size[0], y + half - size[1], 0.0)
        return math.ceil(over) + 2


def upright(picture: Image.Image, face: Face) -> tuple[Image.Image, Box]:
    """A picture in which a face stands upright, and its box there: the picture itself unless the head lies."""
    if abs(face.tilt) <= LYING_DEG:
        return picture, face.box
    crop = Crop.of_face(face)
    size = max(1, round(crop.side))
    return crop.cut(picture, size), crop.inside(face, size).box


def _with_border(picture: Image.Image, border: int) -> tuple[Image.Image, int]:
    """The picture with ``border`` pixels of its own edge repeated all round, and the border."""
    pixels = np.asarray(picture)
    width = [(border, border), (border, border)] + [(0, 0)] * (pixels.ndim - 2)
    return Image.fromarray(np.pad(pixels, width, mode="edge")), border
