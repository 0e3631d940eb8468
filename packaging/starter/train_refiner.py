"""The face refiner: redrawn faces of 128 px to mended ones of 256 px.

    python packaging/starter/refiner_pairs.py PEOPLE/train PAIRS
    python packaging/starter/train_refiner.py --pairs PAIRS --work DIR --minutes 60

Pixels, edges, colours, and FaceNet's view of faces are compared. A patch discriminator was tried, too: in the time that
a processor takes for a training it drew a grid, and faces became less alike. A run that was cut goes on from
``DIR/refiner.pt``; the averaged weights go into the program.
"""

from __future__ import annotations

import argparse
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from facea_desktop.engine.face_refiner import FOLDER, FaceRefiner, RefinerConfig
from facenet import FaceNet
from people import as_float
from picture_losses import face_losses, picture_losses
from running import Training

TARGET = Path(__file__).resolve().parents[2] / "resources" / "starter" / "identity" / FOLDER
PEAK_RATE = 8e-4
BATCH = 8
RECOGNISED = 2
"""Of these FaceNet is asked, which takes as long as all the rest."""
SOFT_PART, SOFTEST = 0.5, 2.0
"""How many faces are made softer still, and by how much at most (deviation of a blur, in pixels)."""
SAY_EVERY, SAVE_EVERY = 20, 100


@dataclass(frozen=True)
class Pairs:
    """What ``refiner_pairs.py`` wrote: uint8 (n, 3, 256, 256) and (n, 3, 128, 128), latents, boxes of faces."""

    large: Tensor
    small: Tensor
    latents: Tensor
    boxes: Tensor

    @classmethod
    def of_folder(cls, folder: Path) -> Pairs:
        """What has been written so far."""
        files = [np.load(file) for file in sorted(folder.glob("*.npz"))]
        names = cls.__dataclass_fields__
        return cls(**{name: torch.from_numpy(np.concatenate([file[name] for file in files])) for name in names})

    def draw(self, count: int, random: torch.Generator) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """``count`` of each, pictures in [-1, 1]."""
        picked = torch.randint(len(self.small), (count,), generator=random)
        large, small = (as_float(pixels[picked]) for pixels in (self.large, self.small))
        deviations = SOFTEST * torch.rand(count, generator=random)
        deviations *= torch.rand(count, generator=random) < SOFT_PART
        latents = self.latents[picked].float()
        shrink = small.shape[-1] // latents.shape[-1]
        small, latents = blurred(small, deviations), blurred(latents, deviations / shrink)
        return large, small.contiguous(memory_format=torch.channels_last), latents, self.boxes[picked]


def blurred(pictures: Tensor, deviations: Tensor) -> Tensor:
    """(n, c, h, w), each with a Gaussian blur of its own deviation in pixels; 0 leaves it as it is."""
    count, channels = pictures.shape[:2]
    reach = 3 * math.ceil(SOFTEST)
    line = torch.exp(-0.5 * (torch.arange(-reach, reach + 1) / deviations.clamp_min(1e-2)[:, None]) ** 2)
    line = line / line.sum(1, keepdim=True)  # (n, 2 * reach + 1)
    kernels = line.repeat_interleave(channels, 0)[:, None]
    flat = F.pad(pictures.flatten(0, 1)[None], (reach, reach, reach, reach), mode="replicate")
    flat = F.conv2d(flat, kernels[:, :, None], groups=count * channels)
    return F.conv2d(flat, kernels[..., None], groups=count * channels)[0].unflatten(0, (count, channels))


def train(folder: Path, work: Path, minutes: float) -> FaceRefiner:
    """Learn for ``minutes`` in all, from ``work/refiner.pt`` on; returns averaged weights."""
    pairs, facenet = Pairs.of_folder(folder), FaceNet.of_package()
    torch.manual_seed(0)
    refiner = FaceRefiner(RefinerConfig()).to(memory_format=torch.channels_last)
    optimizer = torch.optim.AdamW(refiner.parameters(), lr=PEAK_RATE, betas=(0.9, 0.99))
    training = Training(
        "refiner", work / "refiner.pt", refiner, optimizer, minutes,
        steadiest=0.997, decay_part=0.4, say_every=SAY_EVERY, save_every=SAVE_EVERY,
    )  # fmt: skip
    for step in training:
        large, small, latents, boxes = pairs.draw(BATCH, torch.Generator().manual_seed(step))
        made = refiner(small, latents)
        some = slice(0, RECOGNISED)
        losses = picture_losses(made, large) | face_losses(facenet, made[some], large[some], boxes[some])
        training.learn(losses, refiner)
    return training.average


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--minutes", type=float, required=True)
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    train(args.pairs, args.work, args.minutes).save(TARGET)


if __name__ == "__main__":
    main()
