"""The network behind the face parser: a small U-Net of depthwise-separable convolutions."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class ParserNetwork(nn.Module):
    """Scores for each class of each pixel.

    Five scales, each half as large as the one before; on the way back up each scale is added to. The last step up is a
    pixel shuffle: borders are as fine as the picture's pixels, while no layer works at full size.

    Args:
        classes: number of labels.
        widths: channels at 1/2, 1/4, 1/8, 1/16 and 1/32 of the picture's side.
        depths: residual blocks at these scales on the way down.
    """

    def __init__(self, classes: int, widths: Sequence[int], depths: Sequence[int]) -> None:
        super().__init__()
        self.stem = ConvNorm(3, widths[0], 3, stride=2)
        self.down = nn.ModuleList(
            nn.Sequential(
                *([Reduce(widths[k - 1], width)] if k else []),
                *(Residual(width) for _ in range(depth)),
            )
            for k, (width, depth) in enumerate(zip(widths, depths, strict=True))
        )
        self.scene = Scene(widths[-1])
        self.across = nn.ModuleList(ConvNorm(width, width, 1) for width in widths[:-1])
        self.narrow = nn.ModuleList(ConvNorm(wide, width, 1) for width, wide in pairwise(widths))
        self.up = nn.ModuleList(Residual(width) for width in widths[:-1])
        self.scores = nn.Conv2d(widths[0], 4 * classes, 1)

    def forward(self, pictures: Tensor) -> Tensor:
        """(B, 3, h, w) of -1 to 1 to scores (B, classes, h, w); h and w are multiples of 32."""
        x = self.stem(pictures).relu()
        scales = []
        for stage in self.down:
            x = stage(x)
            scales.append(x)
        x = self.scene(x)
        for k in range(len(scales) - 2, -1, -1):
            x = F.interpolate(self.narrow[k](x), scale_factor=2.0, mode="bilinear", align_corners=False)
            x = self.up[k]((x + self.across[k](scales[k])).relu())
        return F.pixel_shuffle(self.scores(x), 2)


class ConvNorm(nn.Module):
    """A convolution and its batch norm; ``fold`` makes one of the two."""

    def __init__(self, inputs: int, outputs: int, side: int, *, stride: int = 1, depthwise: bool = False) -> None:
        super().__init__()
        groups = inputs if depthwise else 1
        self.conv = nn.Conv2d(inputs, outputs, side, stride, side // 2, groups=groups, bias=False)
        self.norm: nn.Module = nn.BatchNorm2d(outputs)

    def forward(self, x: Tensor) -> Tensor:
        """As its parts in turn."""
        return self.norm(self.conv(x))

    def fold(self) -> None:
        """Put the norm into the convolution; for inference alone."""
        assert isinstance(self.norm, nn.BatchNorm2d)
        self.conv = nn.utils.fuse_conv_bn_eval(self.conv.eval(), self.norm.eval())
        self.norm = nn.Identity()


class Residual(nn.Module):
    """x + a depthwise 5 x 5 convolution and a pointwise one."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.depthwise = ConvNorm(width, width, 5, depthwise=True)
        self.pointwise = ConvNorm(width, width, 1)

    def forward(self, x: Tensor) -> Tensor:
        """Same shape."""
        return (x + self.pointwise(self.depthwise(x).relu())).relu()


class Reduce(nn.Module):
    """Half the side, more channels."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.wide = ConvNorm(inputs, outputs, 1)
        self.depthwise = ConvNorm(outputs, outputs, 3, stride=2, depthwise=True)
        self.pointwise = ConvNorm(outputs, outputs, 1)

    def forward(self, x: Tensor) -> Tensor:
        """(B, inputs, h, w) to (B, outputs, h / 2, w / 2)."""
        y = self.depthwise(self.wide(x).relu()).relu()
        return self.pointwise(y).relu()


class Scene(nn.Module):
    """Adds what the whole picture shows to every place."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.whole = nn.Linear(width, width)

    def forward(self, x: Tensor) -> Tensor:
        """Same shape."""
        whole: Tensor = self.whole(x.mean((2, 3)))
        return (x + whole[..., None, None]).relu()


def fold_norms(network: nn.Module) -> nn.Module:
    """Every batch norm put into its convolution: a third less work. Changes the network, which can only infer then."""
    for module in network.modules():
        if isinstance(module, ConvNorm):
            module.fold()
    return network.eval().requires_grad_(False).to(memory_format=torch.channels_last)
