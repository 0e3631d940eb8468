"""Finding faces: one protocol, a family of detectors behind it."""

from __future__ import annotations

from typing import Protocol

from PIL import Image

from facea_desktop.domain.faces import Face


class Detector(Protocol):
    """Finds faces and their attributes."""

    def find(self, picture: Image.Image) -> list[Face]:
        """All faces of an RGB picture, the largest first; empty when there is none."""
        ...
