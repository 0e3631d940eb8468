"""Faces as InsightFace's recognisers see them (ArcFace, Deng et al. 2019), from their ONNX files by OpenCV."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.faces import Attribute, Face
from facea_desktop.engine.detect import Detector

SIDE = 112
TEMPLATE = np.array([(38.29, 51.70), (73.53, 51.50), (56.03, 71.74), (41.55, 92.37), (70.73, 92.20)])
"""Where the recognisers were shown eyes, tip of the nose and corners of the mouth, in a picture of SIDE pixels."""


class ArcFace:
    """A recogniser whose input is an aligned face, RGB from -1 to 1.

    Args:
        file: its ONNX file.

    Raises:
        UserError: OpenCV cannot read it.
    """

    def __init__(self, file: Path) -> None:
        try:
            self._net = cv2.dnn.readNetFromONNX(str(file))
        except cv2.error as error:
            raise UserError(f"{file.name} is damaged; delete {file.parent} and download the model again.") from error

    def embed(self, picture: Image.Image, points: np.ndarray) -> np.ndarray:
        """The embedding (512,) of a face, not normalised.

        Args:
            picture: RGB.
            points: its landmarks, (5, 2).
        """
        aligned = cv2.warpAffine(np.asarray(picture.convert("RGB")), similarity(points, TEMPLATE), (SIDE, SIDE))
        self._net.setInput(cv2.dnn.blobFromImage(aligned, 1 / 127.5, (SIDE, SIDE), (127.5, 127.5, 127.5)))
        return np.asarray(self._net.forward(), np.float32).ravel()

    def embeddings(self, pictures: Sequence[Image.Image], detector: Detector) -> np.ndarray:
        """The embeddings (n, 512) of the largest face in each of a person's photos, but those that hide part of it.

        Raises:
            UserError: that leaves none.
        """
        found = [(picture, faces[0]) for picture in pictures if (faces := detector.find(picture))]
        placed = [(picture, points) for picture, face in found if (points := landmarks(face)) is not None]
        if not placed:
            raise UserError("Eyes and mouth were not found in any photo; add one that shows the face from the front.")
        return np.stack([self.embed(picture, points) for picture, points in placed])


def landmarks(face: Face) -> np.ndarray | None:
    """Eyes, tip of the nose and corners of the mouth, (5, 2); None where an eye or the mouth is hidden.

    Detectors give a box for each part: the corners of the mouth are set as far apart as most are for such eyes, and the
    tip of the nose as far down.
    """
    parts = {name: np.array(box.center) for name, box in face.parts.items()}
    if not {Attribute.LEFT_EYE, Attribute.RIGHT_EYE, Attribute.MOUTH} <= parts.keys():
        return None
    left, right, mouth = parts[Attribute.LEFT_EYE], parts[Attribute.RIGHT_EYE], parts[Attribute.MOUTH]
    middle = (left + right) / 2
    down = mouth - middle
    aside = parts.get(Attribute.NOSE, middle) - middle
    aside = aside - down * (aside @ down) / max(down @ down, 1.0)
    corner = (right - left) * 0.414
    return np.stack([left, right, middle + aside + 0.495 * down, mouth - corner, mouth + corner])


def similarity(points: np.ndarray, onto: np.ndarray) -> np.ndarray:
    """The turn, scale and shift (2, 3) that brings points (n, 2) nearest to others, by least squares."""
    z, w = (pair[:, 0] + 1j * pair[:, 1] for pair in (points, onto))
    factor = np.vdot(z - z.mean(), w - w.mean()) / np.vdot(z - z.mean(), z - z.mean()).real
    shift = w.mean() - factor * z.mean()
    return np.array([[factor.real, -factor.imag, shift.real], [factor.imag, factor.real, shift.imag]])
