"""Labelled portraits as arrays: pictures, boxes and the words that describe them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from facea_desktop.domain.faces import PARTS
from facea_desktop.domain.styles import styles as presets
from facea_desktop.engine.style_filters import stylised

HELD_BACK = 128  # the last pictures of the set are never trained on


@dataclass(frozen=True)
class Portraits:
    """A set of portraits.

    Attributes:
        pixels: (n, 3, side, side) uint8, photographs.
        styled: the same pictures, each in one style.
        styles: the words of that style, one a picture.
        boxes: (n, 5, 4) float, x0 y0 x1 y1 from 0 to 1, in the order of PARTS.
        labels: a dict of words a picture, as the label file has them.
    """

    pixels: Tensor
    styled: Tensor
    styles: list[str]
    boxes: Tensor
    labels: list[dict[str, str | None]]

    def __len__(self) -> int:
        return len(self.labels)

    def split(self) -> tuple[Portraits, Portraits]:
        """The part to train on and the part held back."""
        cut = len(self) - HELD_BACK
        halves = (slice(0, cut), slice(cut, None))
        train, held = (
            Portraits(self.pixels[h], self.styled[h], self.styles[h], self.boxes[h], self.labels[h]) for h in halves
        )
        return train, held


def load(folder: Path, side: int, cache: Path) -> Portraits:
    """Read ``folder/*.webp`` with ``folder.jsonl`` beside it, scaled to ``side`` pixels (kept in ``cache``)."""
    rows = [json.loads(line) for line in Path(f"{folder}.jsonl").read_text().splitlines()]
    chosen = [presets()[i % len(presets())] for i in range(len(rows))]
    kept = cache / f"pixels-{side}-{len(presets())}-styles.npz"
    if kept.exists():
        both = np.load(kept)
        pixels, styled = both["pixels"], both["styled"]
    else:
        photos = [_read(folder / row["file"], side) for row in rows]
        pixels = np.stack(photos).transpose(0, 3, 1, 2)
        drawn = [stylised(Image.fromarray(photo), style) for style, photo in zip(chosen, photos, strict=True)]
        styled = np.stack([np.asarray(picture) for picture in drawn]).transpose(0, 3, 1, 2)
        cache.mkdir(parents=True, exist_ok=True)
        np.savez(kept, pixels=pixels, styled=styled)
    boxes = torch.tensor([[row["boxes"][part] for part in PARTS] for row in rows])
    return Portraits(torch.from_numpy(pixels), torch.from_numpy(styled), [one.words for one in chosen], boxes, rows)


def _read(path: Path, side: int) -> np.ndarray:
    picture = Image.open(path).convert("RGB").resize((side, side), Image.Resampling.LANCZOS)
    return np.asarray(picture)


def as_float(pixels: Tensor) -> Tensor:
    """uint8 pictures to float in [-1, 1]."""
    return pixels.float() / 127.5 - 1


def mirror(pixels: Tensor, boxes: Tensor) -> tuple[Tensor, Tensor]:
    """Pictures and boxes seen in a mirror; the viewer's left eye becomes the right one."""
    flipped = boxes[..., [2, 1, 0, 3]].clone()
    flipped[..., [0, 2]] = 1 - flipped[..., [0, 2]]
    return pixels.flip(-1), flipped[:, [0, 2, 1, 3, 4]]
