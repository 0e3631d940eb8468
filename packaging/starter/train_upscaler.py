"""The upscaler of the starter models, by two: a small network that learns what detail belongs into a larger picture.

    python packaging/starter/train_upscaler.py --work DIR --minutes 15

It learns from scenes that the face generator draws, and the same at half their size, softer and noisier in part.
Pixels, edges and colours are compared, so that it invents nothing. A run that was cut goes on from
``DIR/upscaler.pt``.

The layout is Real-ESRGAN's compact one (SRVGGNetCompact; Wang et al. 2021, arXiv 2107.10833), which spandrel reads.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import safetensors.torch
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from facea_desktop.engine.face_generator import WIDTH, FaceGenerator
from faces import GENERATOR, TRUNCATION
from people import as_float, to_bytes
from picture_losses import picture_losses
from running import Training

TARGET = Path(__file__).resolve().parents[2] / "resources" / "upscaler" / "x2.safetensors"
CHANNELS, DEPTH = 32, 12
SCENES, AT_ONCE = 96, 4
BATCH, PATCH = 16, 48
"""Patches a step, and their side before they are enlarged."""
PEAK_RATE = 1e-3
WORSE_PART, SOFTEST, NOISIEST = 0.5, 0.7, 0.02
"""How many patches are made worse: by a blur of at most so many pixels, and noise of at most this deviation."""
SAY_EVERY, SAVE_EVERY = 50, 500


class Compact(nn.Module):
    """SRVGGNetCompact, by two: convolutions at the small size, and what they add to the nearest pixels."""

    def __init__(self) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        for before in (3, *[CHANNELS] * DEPTH):
            layers += [nn.Conv2d(before, CHANNELS, 3, padding=1), nn.PReLU(CHANNELS)]
        self.body = nn.Sequential(*layers, nn.Conv2d(CHANNELS, 12, 3, padding=1))

    def forward(self, pictures: Tensor) -> Tensor:
        """(n, 3, h, w) to (n, 3, 2h, 2w), from 0 to 1."""
        return F.pixel_shuffle(self.body(pictures), 2) + F.interpolate(pictures, scale_factor=2, mode="nearest")


@torch.inference_mode()
def drawn_scenes() -> Tensor:
    """(SCENES, 3, 512, 512) uint8."""
    generator, random = FaceGenerator.load(GENERATOR), torch.Generator().manual_seed(0)
    made = []
    for _ in range(SCENES // AT_ONCE):
        mapped = generator.mapping(torch.randn(AT_ONCE, WIDTH, generator=random))
        share = torch.empty(AT_ONCE, 1).uniform_(*TRUNCATION, generator=random)
        made.append(to_bytes(generator(generator.mean_w + share * (mapped - generator.mean_w))))
    return torch.cat(made).clone()


def patches(scenes: Tensor, random: torch.Generator) -> tuple[Tensor, Tensor]:
    """Pieces of scenes in [-1, 1], (BATCH, 3, 2 PATCH, 2 PATCH), and these half as large and worse, in [0, 1]."""
    side, pieces = 2 * PATCH, []
    for row in torch.randint(len(scenes), (BATCH,), generator=random).tolist():
        top, left = torch.randint(scenes.shape[-1] - side + 1, (2,), generator=random).tolist()
        piece = scenes[row, :, top : top + side, left : left + side]
        pieces.append(piece.flip(2) if torch.rand((), generator=random) < 0.5 else piece)
    large = as_float(torch.stack(pieces))
    small = F.interpolate((large + 1) / 2, scale_factor=0.5, mode="bicubic", antialias=True)
    worse = (torch.rand(BATCH, 1, 1, 1, generator=random) < WORSE_PART).float()
    # A blur of three pixels whose outer weights give it this deviation
    outer = (SOFTEST * torch.rand(BATCH, 1, 1, 1, generator=random)).square() / 2 * worse
    for dimension in (2, 3):
        beside = small.roll(1, dimension) + small.roll(-1, dimension)
        small = (1 - 2 * outer) * small + outer * beside
    noise = NOISIEST * torch.rand(BATCH, 1, 1, 1, generator=random) * worse
    return large, (small + noise * torch.randn(small.shape, generator=random)).clamp(0, 1)


def train(work: Path, minutes: float) -> Compact:
    """Learn for ``minutes`` in all, from ``work/upscaler.pt`` on; returns averaged weights."""
    scenes = drawn_scenes()
    torch.manual_seed(0)
    net = Compact().to(memory_format=torch.channels_last)
    optimizer = torch.optim.Adam(net.parameters(), lr=PEAK_RATE, betas=(0.9, 0.99))
    training = Training(
        "upscaler", work / "upscaler.pt", net, optimizer, minutes,
        steadiest=0.998, decay_part=0.5, say_every=SAY_EVERY, save_every=SAVE_EVERY,
    )  # fmt: skip
    for step in training:
        large, small = patches(scenes, torch.Generator().manual_seed(step))
        training.learn(picture_losses(2 * net(small.contiguous(memory_format=torch.channels_last)) - 1, large))
    return training.average


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--minutes", type=float, required=True)
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    net = train(args.work, args.minutes)
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    halves = {name: value.half().contiguous() for name, value in net.state_dict().items()}
    safetensors.torch.save_file(halves, TARGET)


if __name__ == "__main__":
    main()
