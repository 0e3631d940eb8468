"""A network that mends what a small identity model redraws, at twice the size.

It sees what the VAE decoded and the latents that it decoded, and makes of it what faces are like: smooth where skin is,
edged where lids and lips are. It was taught on faces in the square of ``Crop.of_face``, and knows nothing else.

Sources: Ronneberger et al. 2015 (U-Net); Wang et al. 2021, "Towards Real-World Blind Face Restoration" (faces made
worse to learn how to make them better); Shi et al. 2016 (pixel shuffle).
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import torch
import torch.nn.functional as F
from PIL import Image
from pydantic import Field
from torch import Tensor, nn

from facea_desktop.domain.people import Value
from facea_desktop.engine.configured_weights import load_network, save_with_config
from facea_desktop.engine.pixels import to_picture, to_pixels

FOLDER, FILE = "face_refiner", "face_refiner.safetensors"
"""Beside the parts of a pipeline, where a model has a refiner."""
TIMES = 2
"""How much larger faces become."""


class RefinerConfig(Value):
    """Shape of a refiner.

    Attributes:
        latents: channels of the VAE's latents.
        shrink: pixels of a decoded picture for each of its latents', a power of 2 from 4 on.
        widths: channels at 1/2, 1/4, 1/8 of the decoded picture's side, and so on.
        blocks: residual blocks at each of these scales on the way down, and on the way up.
        fine: channels at the decoded picture's own side.
    """

    latents: int = Field(4, ge=1)
    shrink: int = Field(4, ge=4)
    widths: tuple[int, ...] = (48, 96, 160)
    blocks: int = Field(1, ge=1)
    fine: int = Field(24, ge=1)


class FaceRefiner(nn.Module):
    """A U-Net whose last step up is a pixel shuffle; what it gives is added to the enlarged picture."""

    def __init__(self, config: RefinerConfig) -> None:
        super().__init__()
        self.config = config
        widths = config.widths
        self._latents_at = config.shrink.bit_length() - 2  # which scale has the latents' side
        self.enter = nn.Conv2d(4 * 3 + 2, widths[0], 3, padding=1)
        self.codes = nn.Conv2d(config.latents, widths[self._latents_at], 1)
        self.down = nn.ModuleList(_stage(width, config.blocks) for width in widths)
        self.smaller = nn.ModuleList(nn.Conv2d(a, b, 2, stride=2) for a, b in pairwise(widths))
        self.whole = nn.Sequential(nn.Linear(widths[-1], widths[-1]), nn.SiLU(), nn.Linear(widths[-1], widths[-1]))
        self.narrow = nn.ModuleList(nn.Conv2d(b, a, 1) for a, b in pairwise(widths))
        self.up = nn.ModuleList(_stage(width, config.blocks) for width in widths)
        self.larger = nn.Conv2d(widths[0], 4 * config.fine, 1)
        self.beside = nn.Conv2d(3, config.fine, 3, padding=1)
        self.fine = _stage(config.fine, config.blocks)
        self.leave = nn.Conv2d(config.fine, 3 * TIMES**2, 3, padding=1)
        nn.init.zeros_(self.leave.weight)
        nn.init.zeros_(self.leave.bias)  # type: ignore[arg-type]

    def forward(self, pictures: Tensor, latents: Tensor) -> Tensor:
        """Faces as they are decoded to faces as they should be.

        Args:
            pictures: (n, 3, s, s) in [-1, 1], decoded from the latents; s a multiple of 2 to the number of scales.
            latents: (n, c, s / shrink, s / shrink).

        Returns:
            (n, 3, 2s, 2s), about -1 to 1.
        """
        halves = F.pixel_unshuffle(pictures, 2)
        x = self.enter(torch.cat([halves, _places(halves)], 1))
        scales = []
        for number, stage in enumerate(self.down):
            x = x if number == 0 else self.smaller[number - 1](x)
            x = stage(x + self.codes(latents) if number == self._latents_at else x)
            scales.append(x)
        x = x + self.whole(x.mean((2, 3)))[..., None, None]
        for number in reversed(range(len(scales))):
            if number < len(scales) - 1:
                x = scales[number] + F.interpolate(self.narrow[number](x), scale_factor=2.0, mode="nearest")
            x = self.up[number](x)
        x = self.fine(F.pixel_shuffle(self.larger(x), 2) + self.beside(pictures))
        plain = F.interpolate(pictures, scale_factor=float(TIMES), mode="bicubic", align_corners=False)
        return plain + F.pixel_shuffle(self.leave(x), TIMES)

    @torch.inference_mode()
    def refine(self, picture: Image.Image, latents: Tensor) -> Image.Image:
        """One face, mended.

        Args:
            picture: RGB, as the VAE decoded it.
            latents: that it decoded, (1, c, h, w).

        Returns:
            RGB, TIMES as large.
        """
        device = self.enter.weight.device
        return to_picture(self(to_pixels(picture)[None].to(device), latents.to(device, torch.float32))[0])

    def save(self, folder: Path) -> None:
        """Write ``face_refiner.safetensors``: the weights in 8 bits, the configuration with them."""
        folder.mkdir(parents=True, exist_ok=True)
        save_with_config(folder / FILE, self, self.config, bits=8)

    @classmethod
    def load(cls, folder: Path) -> FaceRefiner:
        """Read what ``save`` wrote.

        Raises:
            OSError, ValueError, safetensors.SafetensorError, RuntimeError: missing, damaged or of another shape.
        """
        return load_network(folder / FILE, cls, RefinerConfig)


class _Residual(nn.Module):
    """x + two convolutions, which begin with nothing; no norms, as they take the colour of the whole away."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first, self.second = (nn.Conv2d(width, width, 3, padding=1) for _ in range(2))
        nn.init.zeros_(self.second.weight)

    def forward(self, x: Tensor) -> Tensor:
        changed: Tensor = x + self.second(F.silu(self.first(F.silu(x))))
        return changed


def _stage(width: int, blocks: int) -> nn.Module:
    return nn.Sequential(*(_Residual(width) for _ in range(blocks)))


def _places(like: Tensor) -> Tensor:
    """Where each pixel is, across and down, -1 to 1: parts of a face keep to their places. (n, 2, h, w)"""
    n, _, height, width = like.shape
    down, across = (torch.linspace(-1, 1, side, dtype=like.dtype, device=like.device) for side in (height, width))
    return torch.stack(torch.meshgrid(across, down, indexing="xy")).expand(n, -1, -1, -1)
