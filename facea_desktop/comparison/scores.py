"""The figures as values: which there are, and what one picture scores. Without torch, for the window reads them."""

from __future__ import annotations

from dataclasses import dataclass

CLIP, DINO = "clip-vit-large-patch14", "dino-vits16"
ATTRIBUTE_SIM, FACE_SIM_DLIB = "attribute_sim", "face_sim_dlib"


@dataclass(frozen=True)
class Metric:
    """One column of the results.

    Attributes:
        name: of the column.
        title: the paper's.
        model: of the catalogue, None where it needs none.
        optional: it needs packages that the program gets along without; where they are missing nobody is told.
    """

    name: str
    title: str
    model: str | None
    optional: bool = False

    @property
    def how_to_get(self) -> str:
        """What to do where the column says "not installed"."""
        return f"facea-desktop models fetch {self.model}" if self.model is not None else ""


METRICS = (
    Metric("face_sim", "Face Sim.", None),
    Metric("clip_t", "CLIP-T", CLIP),
    Metric("clip_i", "CLIP-I", CLIP),
    Metric("dino", "DINO", DINO),
    Metric(ATTRIBUTE_SIM, "Attribute Sim.", None),
    Metric(FACE_SIM_DLIB, "Face Sim. (dlib)", None, optional=True),
)
NOT_INSTALLED = "not installed"


@dataclass(frozen=True)
class Scores:
    """What one picture scores; None where a figure cannot be had of it.

    Attributes:
        faces: how many the detector found; without any there are only ``clip_t``, ``clip_i`` and ``dino``.
    """

    faces: int
    face_sim: float | None
    clip_t: float | None
    clip_i: float | None
    dino: float | None
    attribute_sim: float | None = None
    face_sim_dlib: float | None = None
