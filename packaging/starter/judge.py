"""A small network that reads from a picture what the labels say of it: did a model do what the words asked?"""

from __future__ import annotations

import itertools
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from portraits import Portraits, as_float

SIDE = 64
STEPS, BATCH, PEAK_RATE = 600, 64, 2e-3
PHOTO = "photograph"

TOPICS = ("subject", "expression", "eyewear", "background", "style")


class Judge(nn.Module):
    """Pictures (n, 3, 64, 64) in [-1, 1] to a score for every word of every topic.

    Attributes:
        words: of each topic, in the order of its scores.
    """

    def __init__(self, words: dict[str, list[str]]) -> None:
        super().__init__()
        self.words = words
        widths = (3, 32, 64, 128, 128)
        layers: list[nn.Module] = []
        for inside, outside in itertools.pairwise(widths):
            layers += [nn.Conv2d(inside, outside, 3, padding=1, bias=False), nn.BatchNorm2d(outside), nn.ReLU()]
            layers += [nn.MaxPool2d(2)]
        self.trunk = nn.Sequential(*layers, nn.Flatten(), nn.Dropout(0.3), nn.Linear(128 * 16, 128), nn.ReLU())
        self.heads = nn.ModuleDict({topic: nn.Linear(128, len(known)) for topic, known in words.items()})

    def forward(self, pictures: Tensor) -> dict[str, Tensor]:
        seen = self.trunk(pictures)
        return {topic: head(seen) for topic, head in self.heads.items()}

    @torch.no_grad()
    def choose(self, picture: Tensor, topic: str, among: list[str]) -> str:
        """The word of ``among`` that fits the picture (3, h, w), uint8, best."""
        self.eval()
        scores = self(_small(picture[None]))[topic][0]
        return max(among, key=lambda word: float(scores[self.words[topic].index(word)]))


def train(portraits: Portraits, kept: Path) -> Judge:
    """The judge, trained on photographs and styled pictures once and kept in a file."""
    words = {
        topic: sorted({label[topic] for label in portraits.labels} - {None, "unknown"})
        for topic in TOPICS
        if topic != "style"
    }
    judge = Judge(words | {"style": [PHOTO, *sorted(set(portraits.styles))]})
    if kept.exists():
        judge.load_state_dict(torch.load(kept, weights_only=True))
        return judge
    pictures = torch.cat([_small(portraits.pixels), _small(portraits.styled)])
    answers = {topic: _answers(judge, portraits, topic) for topic in TOPICS}
    balance = {topic: _balance(answers[topic], len(judge.words[topic])) for topic in TOPICS}
    optimizer = torch.optim.AdamW(judge.parameters(), lr=PEAK_RATE, weight_decay=0.05)
    plan = torch.optim.lr_scheduler.OneCycleLR(optimizer, PEAK_RATE, STEPS)
    generator = torch.Generator().manual_seed(0)
    judge.train()
    for _ in range(STEPS):
        picked = torch.randint(len(pictures), (BATCH,), generator=generator)
        seen = _jittered(pictures[picked], generator)
        said = judge(seen)
        loss = sum(
            F.cross_entropy(said[topic], answers[topic][picked], balance[topic], ignore_index=-1) for topic in TOPICS
        )
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        plan.step()
    torch.save(judge.state_dict(), kept)
    return judge


@torch.no_grad()
def agreement(judge: Judge, held: Portraits, topic: str, among: list[str]) -> float:
    """Part of the held-back pictures with a label of ``among`` on which judge and label agree."""
    rows = [i for i in range(len(held)) if (PHOTO if topic == "style" else held.labels[i][topic]) in among]
    right = [judge.choose(held.pixels[i], topic, among) == (held.labels[i].get(topic) or PHOTO) for i in rows]
    if topic == "style":
        right += [judge.choose(held.styled[i], topic, among) == held.styles[i] for i in range(len(held))]
    return sum(right) / max(len(right), 1)


def _small(pixels: Tensor) -> Tensor:
    return F.interpolate(as_float(pixels), (SIDE, SIDE), mode="area")


def _answers(judge: Judge, portraits: Portraits, topic: str) -> Tensor:
    """Index of the right word for every photograph and, behind them, every styled picture; -1 is not known."""
    known = judge.words[topic]
    if topic == "style":
        photos, styled = [PHOTO] * len(portraits), portraits.styles
    else:
        photos = styled = [label[topic] for label in portraits.labels]
    # A style changes what colour the background has.
    hidden = topic == "background"
    rows = [*photos, *([None] * len(styled) if hidden else styled)]
    return torch.tensor([known.index(word) if word in known else -1 for word in rows])


def _balance(answers: Tensor, count: int) -> Tensor:
    """Weights that let rare words speak up."""
    seen = torch.bincount(answers[answers >= 0], minlength=count).float().clamp_min(1)
    return (seen.mean() / seen).sqrt()


def _jittered(pictures: Tensor, generator: torch.Generator) -> Tensor:
    """Moved by up to 4 pixels, sometimes mirrored, some of them softened as the models' pictures are."""
    if torch.rand((), generator=generator) < 0.5:
        pictures = pictures.flip(-1)
    padded = F.pad(pictures, (4, 4, 4, 4), mode="replicate")
    x, y = torch.randint(9, (2,), generator=generator).tolist()
    moved = padded[:, :, y : y + SIDE, x : x + SIDE]
    soft = F.avg_pool2d(F.pad(moved, (1, 1, 1, 1), mode="replicate"), 3, 1)
    some = torch.rand(len(moved), 1, 1, 1, generator=generator)
    return torch.lerp(moved, soft, some)
