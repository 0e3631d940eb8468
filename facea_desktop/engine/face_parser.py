"""The face parser: which pixels of a face crop are skin, an eye, lips, hair and so on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import safetensors.torch
import torch
from PIL import Image
from torch import Tensor

from facea_desktop.domain.faces import FacePart
from facea_desktop.engine.parser_network import ParserNetwork, fold_norms
from facea_desktop.engine.pixels import to_pixels
from facea_desktop.resources import resource

SIDE = 256
"""Pixels a side of what is parsed."""
ORDER = tuple(FacePart)


@dataclass(frozen=True)
class ParsedFace:
    """A face crop, pixel by pixel.

    Attributes:
        labels: (side, side) uint8, index into ``tuple(FacePart)``.
        certainty: (side, side) float32, the probability of the label, 0 to 1.
    """

    labels: np.ndarray
    certainty: np.ndarray

    def mask(self, *parts: FacePart) -> np.ndarray:
        """Where any of ``parts`` is, (side, side) bool."""
        return np.isin(self.labels, [ORDER.index(part) for part in parts])


class FaceParser:
    """Labels face crops; on the CPU, where it takes some hundredths of a second.

    Args:
        folder: with ``config.json`` and ``parser.safetensors``, as ``packaging/starter/train_parser.py`` writes them.

    Attributes:
        network: pictures (n, 3, 256, 256) in [-1, 1] to scores (n, labels, 256, 256).
    """

    def __init__(self, folder: Path) -> None:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        assert tuple(config["labels"]) == ORDER
        network = ParserNetwork(len(ORDER), config["widths"], config["depths"])
        tensors = safetensors.torch.load_file(folder / "parser.safetensors")
        counters = {key: value for key, value in network.state_dict().items() if key.endswith("num_batches_tracked")}
        network.load_state_dict({key: value.float() for key, value in tensors.items()} | counters)
        self.network = fold_norms(network)

    @torch.inference_mode()
    def parse(self, crop: Image.Image) -> ParsedFace:
        """Label every pixel of an upright RGB square, as ``Crop.of_face(face).cut(picture, 256)`` makes it.

        A square of another size is scaled to 256 pixels; so large is the answer.
        """
        scores = self._scores(crop)
        certainty, labels = scores.softmax(0).max(0)
        return ParsedFace(labels.numpy().astype(np.uint8), certainty.numpy())

    @torch.inference_mode()
    def probability(self, crop: Image.Image, part: FacePart) -> np.ndarray:
        """How likely each pixel of what ``parse`` takes is of a part, (256, 256) float32."""
        return self._scores(crop).softmax(0)[ORDER.index(part)].numpy()

    def _scores(self, crop: Image.Image) -> Tensor:
        """(labels, 256, 256)."""
        if crop.size != (SIDE, SIDE):
            crop = crop.resize((SIDE, SIDE), Image.Resampling.BOX if crop.width > SIDE else Image.Resampling.BICUBIC)
        pixels = to_pixels(crop.convert("RGB"))[None]
        scores: Tensor = self.network(pixels.contiguous(memory_format=torch.channels_last))[0]
        return scores


@cache
def face_parser() -> FaceParser:
    """The one parser of this process."""
    return FaceParser(resource("face-parser"))
