"""A face photograph from a vector w: MobileStyleGAN's mapping and synthesis.

Source: Belousov 2021, "MobileStyleGAN: A Lightweight Convolutional Neural Network for High-Fidelity Image Synthesis",
a student of StyleGAN2. Convolutions are depthwise separable and modulated on their input channels alone; each level
doubles its side by an inverse Haar transform of its own channels.
"""

from __future__ import annotations

import math
from pathlib import Path

import safetensors.torch
import torch
import torch.nn.functional as F
from torch import Tensor, nn

WIDTH = 512
"""Of z, and of w."""
SLOPE = 0.2
LEVELS = {8: 512, 16: 512, 32: 512, 64: 512, 128: 256, 256: 128, 512: 64}
"""Channels of each level, by its side in pixels."""
SIDE = 512
"""Of the picture that is made here; the original goes on to 1024 by one more inverse transform."""


class Mapping(nn.Module):
    """z to w: eight layers over a normalised z."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(WIDTH, WIDTH) for _ in range(8))

    def forward(self, z: Tensor) -> Tensor:
        """(n, 512) standard normal to (n, 512)."""
        x = z * torch.rsqrt(z.square().mean(1, keepdim=True) + 1e-8)
        for layer in self.layers:
            x = F.leaky_relu(layer(x), SLOPE) * math.sqrt(2)
        return x


class ModulatedConv(nn.Module):
    """A convolution whose input channels w scales; then fixed noise, bias and activation."""

    def __init__(self, channels_in: int, channels_out: int, side: int, *, separable: bool = True) -> None:
        super().__init__()
        self.style = nn.Linear(WIDTH, channels_in)
        self.depthwise: nn.Module = nn.Conv2d(channels_in, channels_in, 3, padding=1, groups=channels_in, bias=False)
        self.pointwise = nn.Conv2d(channels_in, channels_out, 1)
        if not separable:
            self.depthwise = nn.Identity()
            self.pointwise = nn.Conv2d(channels_in, channels_out, 3, padding=1)
        self.noise = nn.Buffer(torch.zeros(1, 1, side, side))

    def forward(self, x: Tensor, w: Tensor) -> Tensor:
        """(n, channels_in, side, side) to (n, channels_out, side, side)."""
        x = self.pointwise(self.depthwise(x * self.style(w)[:, :, None, None]))
        return F.leaky_relu(x + self.noise, SLOPE)


class Level(nn.Module):
    """Twice the side: an inverse Haar transform, then two convolutions."""

    def __init__(self, channels_in: int, channels_out: int, side: int) -> None:
        super().__init__()
        self.style = nn.Linear(WIDTH, channels_in)
        self.first = ModulatedConv(channels_in // 4, channels_out, side)
        self.second = ModulatedConv(channels_out, channels_out, side)

    def forward(self, x: Tensor, w: Tensor) -> Tensor:
        """(n, channels_in, side / 2, side / 2) to (n, channels_out, side, side)."""
        x = inverse_haar(x * self.style(w)[:, :, None, None])
        return self.second(self.first(x, w), w)


class FaceGenerator(nn.Module):
    """Mapping and synthesis. ``mean_w`` is the mean of mapped z, towards which w's are truncated."""

    def __init__(self) -> None:
        super().__init__()
        self.mapping = Mapping()
        self.mean_w = nn.Buffer(torch.zeros(WIDTH))
        self.constant = nn.Parameter(torch.zeros(1, WIDTH, 4, 4))
        self.start = ModulatedConv(WIDTH, WIDTH, 4, separable=False)
        sides = list(LEVELS)
        widths = [WIDTH, *LEVELS.values()]
        self.levels = nn.ModuleList(
            Level(before, after, side) for before, after, side in zip(widths, widths[1:], sides)
        )
        self.colour_style = nn.Linear(WIDTH, widths[-1])
        self.colour = nn.Conv2d(widths[-1], 3, 1)

    @classmethod
    def load(cls, file: Path, device: str = "cpu", dtype: torch.dtype = torch.float32) -> FaceGenerator:
        """Read weights that ``packaging/starter/convert_generator.py`` wrote.

        Raises:
            OSError, safetensors.SafetensorError, RuntimeError: missing, damaged or of another shape.
        """
        with torch.device("meta"):
            generator = cls()
        generator.load_state_dict(safetensors.torch.load_file(file), assign=True)
        return generator.requires_grad_(False).eval().to(device, dtype).to(memory_format=torch.channels_last)

    def forward(self, w: Tensor) -> Tensor:
        """w (n, 512) to pictures (n, 3, 512, 512), about -1 to 1."""
        x = self.features(w, SIDE)[SIDE]
        return self.colour(x * self.colour_style(w)[:, :, None, None])

    def features(self, w: Tensor, side: int) -> dict[int, Tensor]:
        """What each level makes up to that of ``side`` pixels: (n, LEVELS[s], s, s) for every side s."""
        x = self.start(self.constant.expand(len(w), -1, -1, -1), w)
        made = {}
        for level_side, level in zip(LEVELS, self.levels):
            if level_side > side:
                break
            x = made[level_side] = level(x, w)
        return made

    def draw(self, count: int, truncation: float, generator: torch.Generator) -> Tensor:
        """Random w's, (count, 512) on the CPU's random numbers.

        Args:
            truncation: how far from the mean; 1 is as drawn, smaller is plainer and safer.
        """
        z = torch.randn(count, WIDTH, generator=generator).to(self.mean_w)
        return self.mean_w + truncation * (self.mapping(z) - self.mean_w)


def inverse_haar(bands: Tensor) -> Tensor:
    """Four bands to one picture of twice the side.

    Args:
        bands: (n, 4c, h, w): c averages, then three details for each of them: rows, columns, both.

    Returns:
        (n, c, 2h, 2w).
    """
    n, channels, height, width = bands.shape
    mean, details = bands.split([channels // 4, channels // 4 * 3], 1)
    rows, columns, both = details.reshape(n, channels // 4, 3, height, width).unbind(2)
    even, odd = mean + rows, mean - rows
    even_step, odd_step = columns + both, columns - both
    corners = torch.stack([even + even_step, even - even_step, odd + odd_step, odd - odd_step], 2)
    return F.pixel_shuffle(corners.flatten(1, 2) / 2, 2)
