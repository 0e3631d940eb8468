"""[feat] vectors from photos: what T_face and every T_v carry before anything is tuned.

The paper learns [feat] vectors by tuning alone. A model that was pretrained together with this encoder reads them from
the first moment: a person can be painted as soon as there are photos, and tuning starts from these vectors. Families
without an encoder do as the paper says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from pydantic import Field
from torch import Tensor, nn

from facea_desktop.domain.faces import FACE, PARTS, Box, Face
from facea_desktop.domain.people import Value
from facea_desktop.engine.configured_weights import load_network, save_with_config
from facea_desktop.engine.pixels import to_pixels

FOLDER, FILE = "feature_encoder", "feature_encoder.safetensors"
"""Beside the parts of a pipeline, where a model has an encoder."""
VECTORS = 4
"""Of each set; a man's prompts carry the first three (``Subject.feature_count``)."""
EMBEDDING = 512
"""Numbers of a FaceNet embedding."""
MARGIN = 0.3
"""What is seen around a box, as a part of its longer side, on all sides together."""


class EncoderConfig(Value):
    """Shape of the encoder.

    Attributes:
        width: of the text embeddings.
        face_side, part_side: pixels of the crops that it sees of the face and of each attribute.
        widths: channels of each stage of a trunk, each of which halves the side.
        hidden: numbers between a trunk and the vectors.
    """

    width: int = Field(192, ge=8)
    face_side: int = Field(96, ge=16)
    part_side: int = Field(48, ge=16)
    widths: tuple[int, ...] = (24, 48, 96, 128)
    hidden: int = Field(256, ge=8)


class Trunk(nn.Module):
    """A crop to numbers: stages of half the side, then what is seen in each ninth of it."""

    def __init__(self, widths: Sequence[int]) -> None:
        super().__init__()
        self.stages = nn.ModuleList(
            nn.Sequential(
                nn.Conv2d(inside, outside, 3, stride=2, padding=1),
                nn.GroupNorm(8, outside),
                nn.SiLU(),
                nn.Conv2d(outside, outside, 3, padding=1, groups=8),
                nn.SiLU(),
            )
            for inside, outside in pairwise((3, *widths))
        )

    def forward(self, crops: Tensor) -> Tensor:
        """(n, 3, side, side) in [-1, 1] to (n, 9 * widths[-1])."""
        for stage in self.stages:
            crops = stage(crops)
        return F.adaptive_avg_pool2d(crops, 3).flatten(1)


Seen = dict[str, Tensor]
"""A face's FaceNet embedding (512,), and the crop of each part that was found, (3, side, side) in [-1, 1]."""
EMBEDDED = "embedding"


class FeatureEncoder(nn.Module):
    """A face's vectors from its FaceNet embedding and its crop, each attribute's from the crop about it."""

    def __init__(self, config: EncoderConfig) -> None:
        super().__init__()
        self.config = config
        seen, vectors = 9 * config.widths[-1], VECTORS * config.width
        self.face_trunk, self.part_trunk = Trunk(config.widths), Trunk(config.widths)
        self.face_in = nn.Linear(seen + EMBEDDING, config.hidden)
        self.part_in = nn.Linear(seen, config.hidden)
        self.which = nn.Parameter(torch.zeros(len(PARTS) - 1, config.hidden))
        self.face_out, self.part_out = nn.Linear(config.hidden, vectors), nn.Linear(config.hidden, vectors)
        nn.init.normal_(self.which, std=0.5)

    def forward(self, embeddings: Tensor, faces: Tensor, parts: Tensor) -> Tensor:
        """Vectors of every set, (n, len(PARTS), VECTORS, width), in the order of PARTS.

        Args:
            embeddings: FaceNet's, unit length, (n, 512).
            faces: crops of the face, (n, 3, face_side, face_side) in [-1, 1].
            parts: crops of the attributes, (n, len(PARTS) - 1, 3, part_side, part_side), likewise.
        """
        whole = torch.cat([self.face_trunk(faces), EMBEDDING**0.5 * embeddings], 1)
        face = self.face_out(F.silu(self.face_in(whole)))  # (n, VECTORS * width)
        seen = self.part_in(self.part_trunk(parts.flatten(0, 1))).unflatten(0, parts.shape[:2])
        others = self.part_out(F.silu(seen + self.which))  # (n, 4, VECTORS * width)
        vectors = torch.cat([face[:, None], others], 1).unflatten(-1, (VECTORS, self.config.width))
        return F.layer_norm(vectors, vectors.shape[-1:])

    def seen(self, picture: Image.Image, face: Face, embedding: np.ndarray) -> Seen:
        """What is to be looked at of a face in a picture.

        Args:
            picture: RGB, upright.
            face: in its pixels.
            embedding: FaceNet's of it, (512,).
        """
        boxes = {part: box for part in PARTS if (box := face.part_box(part)) is not None}
        sides = {part: self.config.face_side if part == FACE else self.config.part_side for part in boxes}
        crops = {part: _crop(picture, box, sides[part]) for part, box in boxes.items()}
        return {EMBEDDED: torch.from_numpy(embedding).float(), **crops}

    @torch.inference_mode()
    def read(self, seen: Seen) -> dict[str, Tensor]:
        """The sets of a face, (VECTORS, width) each; an attribute that was not found has none."""
        blank = torch.zeros(3, self.config.part_side, self.config.part_side)
        parts = torch.stack([seen.get(part, blank) for part in PARTS if part != FACE])
        made = self(seen[EMBEDDED][None], seen[FACE][None], parts[None])[0]
        return {part: made[k].clone() for k, part in enumerate(PARTS) if part in seen}

    def save(self, folder: Path) -> None:
        """Write ``feature_encoder.safetensors``: the weights in 8 bits, the configuration with them."""
        folder.mkdir(parents=True, exist_ok=True)
        save_with_config(folder / FILE, self, self.config, bits=8)

    @classmethod
    def load(cls, folder: Path) -> FeatureEncoder:
        """Read what ``save`` wrote.

        Raises:
            OSError, ValueError, safetensors.SafetensorError, RuntimeError: missing, damaged or of another shape.
        """
        return load_network(folder / FILE, cls, EncoderConfig)


def mean_of(sets: Sequence[Mapping[str, Tensor]]) -> dict[str, Tensor]:
    """The mean of each part's vectors over the photos that show it; parts that no photo shows are left out."""
    shown = [part for part in PARTS if any(part in one for one in sets)]
    return {part: torch.stack([one[part] for one in sets if part in one]).mean(0) for part in shown}


def _crop(picture: Image.Image, box: Box, side: int) -> Tensor:
    """The square about ``box`` with some of what is around it, (3, side, side) in [-1, 1]; grey beyond the picture."""
    half = box.side * (1 + MARGIN) / 2
    (x, y), step = box.center, 2 * half / side
    shrink = max(1, round(step))
    if shrink > 1:  # an affine transform samples points: what is made smaller has to be averaged first
        picture = picture.reduce(shrink)
    x, y, half, step = x / shrink, y / shrink, half / shrink, step / shrink
    matrix = (step, 0, x - half, 0, step, y - half)
    cut = picture.transform(
        (side, side), Image.Transform.AFFINE, matrix, Image.Resampling.BILINEAR, fillcolor=(128, 128, 128)
    )
    return to_pixels(cut)
