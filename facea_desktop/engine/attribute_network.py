"""Reads from a face crop what its person looks like, in the words of ``domain/scene_reading.py``.

A small convolutional network that was taught on drawn faces (``packaging/starter/train_attributes.py``).
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path

import torch
from PIL import Image
from pydantic import Field
from safetensors import SafetensorError
from torch import Tensor, nn

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.people import Value
from facea_desktop.engine.configured_weights import load_network, save_with_config
from facea_desktop.engine.pixels import to_pixels
from facea_desktop.resources import resource


class ReaderConfig(Value):
    """Shape of the network, and what it tells apart.

    Attributes:
        side: pixels of the crop that it sees.
        widths: channels of each stage, each of which halves the side.
        groups: values of each group, in the order of the scores.
    """

    side: int = Field(128, ge=32, multiple_of=32)
    widths: tuple[int, ...] = (24, 48, 96, 160, 224)
    groups: dict[str, tuple[str, ...]]


class ConvStage(nn.Module):
    """Half the side, then a depthwise separable residual."""

    def __init__(self, inside: int, outside: int) -> None:
        super().__init__()
        self.shrink = nn.Sequential(
            nn.Conv2d(inside, outside, 3, stride=2, padding=1, bias=False), nn.BatchNorm2d(outside), nn.SiLU()
        )
        self.refine = nn.Sequential(
            nn.Conv2d(outside, outside, 3, padding=1, groups=outside, bias=False),
            nn.BatchNorm2d(outside),
            nn.Conv2d(outside, outside, 1, bias=False),
            nn.BatchNorm2d(outside),
            nn.SiLU(),
        )

    def forward(self, x: Tensor) -> Tensor:
        """(n, inside, s, s) to (n, outside, s / 2, s / 2)."""
        x = self.shrink(x)
        return x + self.refine(x)


class AttributeReader(nn.Module):
    """Crops to probabilities of every group's values."""

    def __init__(self, config: ReaderConfig) -> None:
        super().__init__()
        self.config = config
        self.stages = nn.Sequential(*(ConvStage(inside, outside) for inside, outside in pairwise((3, *config.widths))))
        self.scores = nn.Linear(config.widths[-1], sum(map(len, config.groups.values())))

    def forward(self, crops: Tensor) -> tuple[Tensor, ...]:
        """(n, 3, side, side) in [-1, 1] to scores (n, values) for each group."""
        pooled = self.stages(crops).mean((2, 3))
        return self.scores(pooled).split([len(values) for values in self.config.groups.values()], 1)

    @torch.inference_mode()
    def read(self, crop: Image.Image) -> dict[str, dict[str, float]]:
        """Probability of every value of every group.

        Args:
            crop: RGB, framed as ``Crop.of_face`` frames a face, of any size.
        """
        small = crop.resize((self.config.side, self.config.side), Image.Resampling.BOX)
        pixels = to_pixels(small)[None]
        scored = zip(self.config.groups.items(), self(pixels))
        return {group: dict(zip(values, scores[0].softmax(0).tolist())) for (group, values), scores in scored}

    def save(self, file: Path) -> None:
        """Write the weights in 8 bits, the configuration with them."""
        save_with_config(file, self, self.config, bits=8)

    @classmethod
    def load(cls, file: Path) -> AttributeReader:
        """Read what ``save`` wrote.

        Raises:
            UserError: it is missing or damaged.
        """
        try:
            return load_network(file, cls, ReaderConfig)
        except (OSError, ValueError, SafetensorError, RuntimeError) as error:
            raise UserError(f"{file} is missing or damaged. Reinstall the program.") from error


@cache
def attribute_reader() -> AttributeReader:
    """The one that ships with the program."""
    return AttributeReader.load(resource("face-attributes", "reader.safetensors"))
