"""The people that everything of the starter scenes is learned from: w's by seed, and their pictures.

    python packaging/starter/faces.py DIR --blocks 20 --rare packaging/starter/labels/rare-90001.txt

Draws ``DIR/NNNNNN.webp`` (256 px): block by block 500 people as they come, and from 900000 on people chosen out of
60,000 because they may show what is rare (``train_prior.py --choose``). What is there is not drawn again.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from facea_desktop.engine.face_generator import WIDTH, FaceGenerator

ROOT = Path(__file__).resolve().parents[2]
GENERATOR = ROOT / "resources" / "starter" / "context" / "generator.safetensors"
BLOCK, POOL = 500, 60_000
FIRST_SEED = 70_000
RARE = 900_000
"""Number of the first person who was chosen; the next list begins 10,000 later."""
LIST_SPAN = 10_000
TRUNCATION = 0.65, 0.9
SIDE = 256


def block(generator: FaceGenerator, number: int) -> Tensor:
    """(500, 512), the w's of a block."""
    draw = np.random.default_rng(FIRST_SEED + number)
    rows = [(draw.uniform(*TRUNCATION), draw.normal(size=(1, WIDTH)).astype(np.float32)) for _ in range(BLOCK)]
    return _truncated(generator, np.concatenate([z for _, z in rows]), np.array([share for share, _ in rows]))


def pool(generator: FaceGenerator, seed: int) -> Tensor:
    """(60000, 512), w's to choose from."""
    draw = np.random.default_rng(seed)
    share = draw.uniform(*TRUNCATION, POOL)
    return _truncated(generator, draw.normal(size=(POOL, WIDTH)).astype(np.float32), share)


def chosen(generator: FaceGenerator, file: Path) -> Tensor:
    """The w's that a list names: its name ends in the seed, its lines are rows of the pool."""
    rows = np.loadtxt(file, dtype=int)
    return pool(generator, int(file.stem.rpartition("-")[2]))[rows]


def everybody(generator: FaceGenerator, blocks: int, lists: list[Path]) -> tuple[list[int], Tensor]:
    """Numbers and w's of the first blocks and of the people chosen."""
    parts = [(number * BLOCK, block(generator, number)) for number in range(blocks)]
    parts += [(RARE + at * LIST_SPAN, chosen(generator, file)) for at, file in enumerate(lists)]
    numbers = [first + row for first, w in parts for row in range(len(w))]
    return numbers, torch.cat([w for _, w in parts])


@torch.no_grad()
def _truncated(generator: FaceGenerator, z: np.ndarray, share: np.ndarray) -> Tensor:
    mapped = torch.cat([generator.mapping(part) for part in torch.from_numpy(z).split(1000)])
    return generator.mean_w + torch.from_numpy(share).float()[:, None] * (mapped - generator.mean_w)


@torch.inference_mode()
def draw(generator: FaceGenerator, w: Tensor) -> list[Image.Image]:
    """Pictures of w's, 256 px."""
    pixels = ((generator(w.to(generator.mean_w.device)) + 1) * 127.5).round().clamp(0, 255).byte()
    pictures = [Image.fromarray(one.permute(1, 2, 0).numpy()) for one in pixels.cpu()]
    return [picture.resize((SIDE, SIDE), Image.Resampling.BOX) for picture in pictures]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", type=Path)
    parser.add_argument("--blocks", type=int, default=20)
    parser.add_argument("--rare", type=Path, nargs="*", default=[])
    parser.add_argument("--batch", type=int, default=4)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    args = parser.parse_args()
    args.target.mkdir(parents=True, exist_ok=True)
    numbers, w = everybody(FaceGenerator.load(GENERATOR), args.blocks, args.rare)
    generator = FaceGenerator.load(GENERATOR, args.device)
    missing = [at for at, number in enumerate(numbers) if not (args.target / f"{number:06d}.webp").exists()]
    for start in range(0, len(missing), args.batch):
        rows = missing[start : start + args.batch]
        for row, picture in zip(rows, draw(generator, w[rows])):
            picture.save(args.target / f"{numbers[row]:06d}.webp", quality=92)


if __name__ == "__main__":
    main()
