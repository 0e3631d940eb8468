"""Teach the network that reads what a person looks like from a face crop.

    python packaging/starter/train_attributes.py --pictures DIR --minutes 20

It learns from the drawn faces (``faces.py``): what people saw in some thousand of them, and in all of them what the
reader of w's (``train_prior.py``) says. Of the people held out nothing is learned; agreement with their labels is
printed.
"""

from __future__ import annotations

import argparse
import math
import time
from pathlib import Path

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

import face_labels
import faces
from facea_desktop.engine.attribute_network import AttributeReader, ReaderConfig
from facea_desktop.engine.face_generator import FaceGenerator
from facea_desktop.engine.scene_prior import ScenePrior
from train_prior import TARGET as PRIOR
from train_prior import w_of

TARGET = faces.ROOT / "resources" / "face-attributes" / "reader.safetensors"
GROUPS = (
    "subject",
    "age",
    "expression",
    "eyewear",
    "hair_colour",
    "hair_length",
    "hair_texture",
    "beard",
    "hat",
    "skin",
)
SEEN_WEIGHT = 3.0
"""What was seen by eye counts so much more than what was read from w."""
BATCH, RATE = 48, 2e-3


def targets(numbers: list[int], groups: dict[str, tuple[str, ...]]) -> tuple[Tensor, Tensor]:
    """Probabilities (n, all values) and weights (n, groups)."""
    prior = ScenePrior.load(PRIOR)
    read = prior.read(w_of(FaceGenerator.load(faces.GENERATOR), numbers))
    seen = face_labels.by_eye(face_labels.TRAINING)
    weight = torch.ones(len(numbers), len(groups))
    for k, (group, values) in enumerate(groups.items()):
        for row, number in enumerate(numbers):
            if number in seen:
                value = seen[number].get(group)
                weight[row, k] = 0.0 if value is None else SEEN_WEIGHT
                if value is not None:
                    read[group][row] = F.one_hot(torch.tensor(values.index(value)), len(values)).float()
    return torch.cat([read[group] for group in groups], 1), weight


def load(pictures: Path, numbers: list[int]) -> Tensor:
    """(n, 256, 256, 3) uint8, RGB."""
    read = [cv2.cvtColor(cv2.imread(str(pictures / f"{number:06d}.webp")), cv2.COLOR_BGR2RGB) for number in numbers]
    return torch.from_numpy(np.stack(read))


def augmented(picture: np.ndarray, side: int, draw: np.random.Generator) -> np.ndarray:
    """A crop as a detector may frame it, in another light; (side, side, 3) float32 in [-1, 1]."""
    size = faces.SIDE * draw.uniform(0.66, 1.0)
    x, y = faces.SIDE * (0.5 + draw.uniform(-0.05, 0.05)), faces.SIDE * (0.52 + draw.uniform(-0.07, 0.05))
    turn, scale = draw.normal(0, 5), side / size
    move = cv2.getRotationMatrix2D((x, y), turn, scale) + np.array([[0, 0, side / 2 - x], [0, 0, side / 2 - y]])
    crop = cv2.warpAffine(picture, move, (side, side), flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE)
    crop = crop[:, ::-1] if draw.random() < 0.5 else crop
    crop = crop.astype(np.float32) / 255
    crop = crop ** draw.uniform(0.75, 1.33) * draw.uniform(0.85, 1.15, 3) ** draw.choice([0.3, 1.0])
    if draw.random() < 0.3:
        crop = cv2.GaussianBlur(crop, (0, 0), draw.uniform(0.4, 1.5))
    return np.clip(crop + draw.normal(0, draw.uniform(0, 0.03), crop.shape), 0, 1).astype(np.float32) * 2 - 1


def train(reader: AttributeReader, pictures: Tensor, wanted: Tensor, weight: Tensor, minutes: float) -> None:
    draw = np.random.default_rng(0)
    torch.manual_seed(0)
    reader.train()
    optimiser = torch.optim.AdamW(reader.parameters(), RATE, weight_decay=0.05)
    sizes = [len(values) for values in reader.config.groups.values()]
    # What is rare is drawn oftener: by the rarest value that somebody shows.
    rarity = (wanted / wanted.mean(0).clamp(min=0.01)).max(1).values.clamp(max=30).double().numpy()
    began, running = time.monotonic(), math.nan
    for step in range(1_000_000):
        used = (time.monotonic() - began) / 60 / minutes
        if used >= 1:
            break
        optimiser.param_groups[0]["lr"] = RATE * min(1, step / 100) * (0.01 + 0.99 * (1 + math.cos(math.pi * used)) / 2)
        rows = draw.choice(len(pictures), BATCH, p=rarity / rarity.sum())
        crops = np.stack([augmented(pictures[row].numpy(), reader.config.side, draw) for row in rows])
        scores = reader(torch.from_numpy(crops).permute(0, 3, 1, 2).contiguous(memory_format=torch.channels_last))
        loss = torch.zeros(())
        for k, (score, goal) in enumerate(zip(scores, wanted[rows].split(sizes, 1))):
            smooth = 0.95 * goal + 0.05 / goal.shape[1]
            loss = loss + (F.cross_entropy(score, smooth, reduction="none") * weight[rows, k]).mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        running = loss.item() if math.isnan(running) else 0.99 * running + 0.01 * loss.item()
        if step % 200 == 0:
            print(f"step {step}, {used:.0%}, loss {running:.3f}", flush=True)
    reader.eval()


def plain(picture: np.ndarray, side: int) -> np.ndarray:
    """The middle of a drawn face as a detector frames it."""
    edge = round(0.1 * faces.SIDE)
    inner = picture[edge : faces.SIDE - edge, edge : faces.SIDE - edge]
    return cv2.resize(inner, (side, side), interpolation=cv2.INTER_AREA).astype(np.float32) / 127.5 - 1


@torch.no_grad()
def report(reader: AttributeReader, pictures: Path) -> None:
    """Print how often it agrees with labels of people whom it never saw."""
    held_out = face_labels.by_eye(face_labels.HELD_OUT)
    shown = np.stack([plain(one.numpy(), reader.config.side) for one in load(pictures, list(held_out))])
    scores = reader(torch.from_numpy(shown).permute(0, 3, 1, 2))
    for (group, values), score in zip(reader.config.groups.items(), scores):
        told = [(row, values.index(label[group])) for row, label in enumerate(held_out.values()) if group in label]
        right = [int(score[row].argmax()) == at for row, at in told]
        sure = [ok for ok, (row, _) in zip(right, told) if score[row].softmax(0).max() > 0.6]
        print(f"{group:14} agrees {np.mean(right):.1%}, where sure {np.mean(sure):.1%} ({len(sure) / len(told):.0%})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pictures", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--out", type=Path, default=TARGET)
    args = parser.parse_args()
    groups = {group: values for group, values in face_labels.values().items() if group in GROUPS}
    held_out = face_labels.by_eye(face_labels.HELD_OUT)
    numbers = sorted(int(file.stem) for file in args.pictures.glob("*.webp") if int(file.stem) not in held_out)
    reader = AttributeReader(ReaderConfig(groups=groups)).to(memory_format=torch.channels_last)
    train(reader, load(args.pictures, numbers), *targets(numbers, groups), args.minutes)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    reader.save(args.out)
    report(AttributeReader.load(args.out), args.pictures)
    print(f"{args.out}: {args.out.stat().st_size / 1e6:.1f} MB, {len(numbers)} pictures")


if __name__ == "__main__":
    main()
