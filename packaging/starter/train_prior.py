"""Words to w: learn what is to be seen in a w, then to denoise w's that show what is asked.

    python packaging/starter/train_prior.py --facts DIR/facts.jsonl --work WORK --minutes 25
    python packaging/starter/train_prior.py --facts DIR/facts.jsonl --work WORK --choose SEED hair_length:bald:60 ...

A first reader learns from the w's of some thousand labelled people; it then labels as many w's as are wanted, of which
the prior learns those that are surely adults. A teacher (``feature_reader.py``) learns from the same labels, and from
what the generator makes of their w's; what both say of many w's the reader learns that ships. ``--choose`` writes a
list of people who may show something rare, to be drawn and labelled.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

import face_labels
import faces
from face_labels import CHILD, LABELS, Label
from facea_desktop.domain.scene_reading import scene_words
from facea_desktop.engine.face_generator import WIDTH, FaceGenerator
from facea_desktop.engine.scene_prior import AGE, PriorConfig, ScenePrior, noise_schedule
from feature_reader import FeatureReader

TARGET = faces.GENERATOR.with_name("prior.safetensors")
TAUGHT, TAUGHT_SHARES = 40_000, (0.55, 0.9)
"""w's that are shown to the teacher, and how far from the mean they are."""
WIDE = 512
"""Hidden width of the reader that ships."""
SURE = 0.6
"""A word is said of a w from this probability on; below it the group is left open."""
MOST_CHILD = 0.15
DRAWN, SHARES = 400_000, (0.65, 0.85)
"""w's that the prior learns, children among them, and how far from the mean they are."""
BATCH, RATE = 256, 1e-3
USUAL, MOST_OFTEN, MOST_WEIGHT = 0.08, 40.0, 5.0
"""Part of the people that shows what is not called rare; the most that something rare is drawn oftener, and weighs."""
UNSAID = 0.1
"""Part of the rows about which nothing is said, for guidance to lead away from."""


@dataclass(frozen=True)
class Lessons:
    """How a reader learns; ``noise`` is added to standardised w's, ``warm_up`` counts steps."""

    batch: int
    rate: float
    noise: float
    decay: float
    drop: float = 0.0
    warm_up: int = 1
    epochs: int = 60


LABELLED = Lessons(batch=128, rate=1e-3, noise=0.3, decay=0.3, drop=0.3)
TEACHING = Lessons(batch=256, rate=2e-3, noise=0.05, decay=0.02, warm_up=100)


def labelled(facts: Path | None) -> dict[int, Label]:
    """What is known of the people of training, what was measured with it; those held out are left out."""
    told, seen = face_labels.measured(facts) if facts else {}, face_labels.by_eye(face_labels.TRAINING)
    held_out = face_labels.by_eye(face_labels.HELD_OUT)
    return {number: told.get(number, {}) | seen.get(number, {}) for number in {*told, *seen} - {*held_out}}


def w_of(generator: FaceGenerator, numbers: list[int]) -> Tensor:
    """(n, 512), of people by number."""
    lists = sorted(LABELS.glob("rare-*.txt"))
    blocks = 1 + max(number for number in numbers if number < faces.RARE) // faces.BLOCK
    known, w = faces.everybody(generator, blocks, lists)
    place = {number: row for row, number in enumerate(known)}
    return w[[place[number] for number in numbers]]


def codes_of(labels: list[Label], reads: dict[str, tuple[str, ...]]) -> Tensor:
    """(n, groups), -1 where a group is not told."""
    return torch.tensor([[reads[g].index(label[g]) if g in label else -1 for g in reads] for label in labels])


def train_reader(prior: ScenePrior, w: Tensor, codes: Tensor) -> None:
    """Teach ``prior.reader`` by labels; noise and dropout keep it from learning the few people by heart."""

    def loss(scores: Sequence[Tensor], rows: Tensor) -> Tensor:
        wrong = (
            F.cross_entropy(score, codes[rows, k], ignore_index=-1, label_smoothing=0.05, reduction="sum")
            for k, score in enumerate(scores)
        )
        return sum(wrong, torch.zeros(())) / len(rows)

    _train(prior, w, loss, LABELLED)


@torch.no_grad()
def taught(first: ScenePrior, teacher: FeatureReader, drawn: Tensor) -> Tensor:
    """What first reader and teacher say of w's in the mean, (n, all values); the first alone of what is measured."""
    said, seen = first.read(drawn), teacher.read(drawn)
    return torch.cat([(each + seen[group]) / 2 if group in seen else each for group, each in said.items()], 1)


def train_on_teaching(prior: ScenePrior, w: Tensor, wanted: Tensor) -> None:
    """Teach ``prior.reader`` probabilities, (n, all values)."""
    goals = wanted.split([len(values) for values in prior.config.reads.values()], 1)

    def loss(scores: Sequence[Tensor], rows: Tensor) -> Tensor:
        wrong = (F.cross_entropy(score, goal[rows]) for score, goal in zip(scores, goals, strict=True))
        return sum(wrong, torch.zeros(()))

    _train(prior, w, loss, TEACHING)


def _train(prior: ScenePrior, w: Tensor, loss: Callable[[Sequence[Tensor], Tensor], Tensor], lessons: Lessons) -> None:
    """Train ``prior.reader`` on w's (n, 512) with a loss of its scores for each group of a batch, and of its rows."""
    torch.manual_seed(0)
    sizes = [len(values) for values in prior.config.reads.values()]
    drop = lessons.drop
    net = nn.Sequential(nn.Dropout(drop), *prior.reader[:2], nn.Dropout(drop), prior.reader[2])
    net.train().requires_grad_(True)
    optimiser = torch.optim.AdamW(net.parameters(), lessons.rate, weight_decay=lessons.decay)
    steps = lessons.epochs * len(w) // lessons.batch
    x = (w - prior.mean) / prior.deviation
    for step in range(steps):
        warm = min(1, (step + 1) / lessons.warm_up)
        optimiser.param_groups[0]["lr"] = lessons.rate * warm * (1 - step / steps)
        rows = torch.randint(len(x), (lessons.batch,))
        scores = net(x[rows] + lessons.noise * torch.randn(lessons.batch, WIDTH)).split(sizes, 1)
        optimiser.zero_grad()
        loss(scores, rows).backward()
        optimiser.step()
    prior.reader.requires_grad_(False).eval()


@torch.no_grad()
def agreement(prior: ScenePrior, w: Tensor, codes: Tensor) -> dict[str, tuple[float, float, float]]:
    """For each group: how often the reader agrees with labels, how often where it is sure, and how often it is."""
    found = {}
    for k, (group, probability) in enumerate(prior.read(w).items()):
        told = codes[:, k] >= 0
        if not told.any():  # nothing was measured
            continue
        right = probability.argmax(1)[told] == codes[told, k]
        sure = probability.max(1).values[told] > SURE
        found[group] = right.float().mean().item(), right[sure].float().mean().item(), sure.float().mean().item()
    return found


def drawn_between(generator: FaceGenerator, count: int, shares: tuple[float, float], random: torch.Generator) -> Tensor:
    """Random w's, (count, 512), each its own share of the way from the mean: between the least and the most."""
    mapped = generator.mapping(torch.randn(count, WIDTH, generator=random))
    least, most = shares
    share = least + (most - least) * torch.rand(count, 1, generator=random)
    return generator.mean_w + share * (mapped - generator.mean_w)


@torch.no_grad()
def labelled_w(prior: ScenePrior, generator: FaceGenerator, count: int) -> tuple[Tensor, Tensor]:
    """Many w's of adults, and what the reader is sure of in them: (n, 512), (n, groups) as the denoiser takes them."""
    random = torch.Generator().manual_seed(1)
    kept_w, kept_codes = [], []
    for _ in range(count // 10_000):
        w = drawn_between(generator, 10_000, SHARES, random)
        read = prior.read(w)
        adult = read[AGE][:, prior.config.reads[AGE].index(CHILD)] < MOST_CHILD
        columns = []
        for group, values in prior.config.groups.items():
            best, at = read[group].max(1)
            columns.append(torch.where((best > SURE) & (at < len(values)), at + 1, 0))
        kept_w.append(w[adult].half())
        kept_codes.append(torch.stack(columns, 1)[adult])
    return torch.cat(kept_w), torch.cat(kept_codes)


def rarities(codes: Tensor) -> Tensor:
    """How much oftener than it is drawn each thing is to be seen: (n, groups), 1 for what is usual or not told."""
    columns = []
    for column in codes.T:
        share = torch.bincount(column).double() / len(codes)
        share[0] = 1
        columns.append((USUAL / share.clamp(min=1e-4)).clamp(1, MOST_OFTEN)[column])
    return torch.stack(columns, 1).float()


def batches(w: Tensor, codes: Tensor) -> Iterator[tuple[Tensor, Tensor, Tensor]]:
    """Rows of which some words are said, all, none or any part: w, what is said, and the weight of each row.

    Rare things are to be learned well where they are said, and to stay rare where they are not. So people who show
    them are drawn oftener, and rows that do not say so weigh less.
    """
    rarity = rarities(codes)
    drawn = 0.5 + 0.5 * rarity.max(1).values / rarity.max(1).values.mean()
    while True:
        rows = torch.multinomial(drawn, BATCH * 64, replacement=True)
        for part in rows.split(BATCH):
            share = torch.rand(BATCH, 1)
            said = (torch.rand(BATCH, codes.shape[1]) < share) & (torch.rand(BATCH, 1) >= UNSAID)
            weight = torch.where(said, rarity[part], 1).max(1).values / drawn[part]
            yield w[part].float(), torch.where(said, codes[part], 0), weight.clamp(max=MOST_WEIGHT)


def train_denoiser(prior: ScenePrior, w: Tensor, codes: Tensor, minutes: float, checkpoint: Path) -> None:
    """Learn the velocity; keeps a running mean of the weights, which is what ships."""
    torch.manual_seed(1)
    net = prior.denoiser.train().requires_grad_(True)
    mean = torch.optim.swa_utils.AveragedModel(net, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.999))
    optimiser = torch.optim.AdamW(net.parameters(), RATE, weight_decay=0.01)
    schedule = noise_schedule()
    began, running, step, used = time.monotonic(), math.nan, 0, 0.0
    for clean, said, weight in batches((w.float() - prior.mean).div(prior.deviation).half(), codes):
        used = (time.monotonic() - began) / 60 / minutes
        if used >= 1:
            break
        optimiser.param_groups[0]["lr"] = RATE * min(1, step / 200) * (0.02 + 0.98 * (1 + math.cos(math.pi * used)) / 2)
        noise, t = torch.randn_like(clean), torch.randint(schedule.config.num_train_timesteps, (len(clean),))
        noisy = schedule.add_noise(clean, noise, t)
        errors = (net(noisy, t, said) - schedule.get_velocity(clean, noise, t)).square().mean(1)
        loss = (errors * weight).sum() / weight.sum()
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        mean.update_parameters(net)
        running = loss.item() if math.isnan(running) else 0.99 * running + 0.01 * loss.item()
        step += 1
        if step % 500 == 0:
            print(f"step {step}, {used:.0%}, loss {running:.4f}", flush=True)
            torch.save(mean.module.state_dict(), checkpoint)
    prior.denoiser.load_state_dict(mean.module.state_dict())
    prior.denoiser.requires_grad_(False).eval()
    print(f"{step} steps, {step * BATCH} samples, loss {running:.4f}")


def choose(prior: ScenePrior, generator: FaceGenerator, seed: int, wanted: list[str]) -> None:
    """Write ``labels/rare-SEED.txt``: rows of the pool that the reader thinks show ``group:value:count``."""
    read = prior.read(faces.pool(generator, seed))
    adult = read[AGE][:, prior.config.reads[AGE].index(CHILD)] < 0.3
    rows: list[int] = []
    for item in wanted:
        group, value, count = item.split(":")
        order = (read[group][:, prior.config.reads[group].index(value)] * adult).argsort(descending=True).tolist()
        rows += [row for row in order if row not in set(rows)][: int(count)]
    np.savetxt(LABELS / f"rare-{seed}.txt", rows, fmt="%d")


def with_first_reader(labels: dict[int, Label], w: Tensor, generator: FaceGenerator) -> ScenePrior:
    """A prior whose reader learned from labelled w's (n, 512)."""
    groups = {group.name: tuple(value.name for value in group.values) for group in scene_words().groups}
    first = ScenePrior(PriorConfig(groups=groups, reads=face_labels.values()))
    first.mean.copy_(generator.mean_w)
    first.deviation.copy_((w - generator.mean_w).square().mean(0).sqrt())
    train_reader(first, w, codes_of(list(labels.values()), first.config.reads))
    return first


def with_taught_reader(first: ScenePrior, labels: dict[int, Label], w: Tensor, generator: FaceGenerator) -> ScenePrior:
    """The first prior with a reader that learned what its own and a teacher of the same labels say of many w's."""
    seen = {group: values for group, values in first.config.reads.items() if group not in face_labels.MEASURED}
    codes = codes_of(list(labels.values()), seen)
    told = (codes >= 0).any(1)
    teacher = FeatureReader.fit(generator, w[told], codes[told], seen)
    drawn = drawn_between(generator, TAUGHT, TAUGHT_SHARES, torch.Generator().manual_seed(777))
    prior = ScenePrior(first.config.model_copy(update={"reader": WIDE}))
    prior.load_state_dict(
        {key: value for key, value in first.state_dict().items() if "reader" not in key}, strict=False
    )
    train_on_teaching(prior, drawn, taught(first, teacher, drawn))
    return prior


def report(prior: ScenePrior, generator: FaceGenerator, facts: Path | None) -> None:
    """Print how often the reader agrees with labels of people whom it never saw."""
    told = face_labels.measured(facts) if facts else {}
    held_out = {
        number: told.get(number, {}) | label for number, label in face_labels.by_eye(face_labels.HELD_OUT).items()
    }
    codes = codes_of(list(held_out.values()), prior.config.reads)
    for group, (right, sure_right, sure) in agreement(prior, w_of(generator, list(held_out)), codes).items():
        print(f"{group:14} agrees {right:.1%}, where sure {sure_right:.1%} ({sure:.0%} of {len(held_out)})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--facts", type=Path, help="what pixel_facts.py measured; not needed with --first")
    parser.add_argument("--first", type=Path, help="a prior that has learned; its reader alone is taught anew")
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=25)
    parser.add_argument("--drawn", type=int, default=DRAWN)
    parser.add_argument("--out", type=Path, default=TARGET)
    parser.add_argument("--choose", nargs="+", metavar=("SEED", "GROUP:VALUE:COUNT"))
    args = parser.parse_args()
    if not (args.facts or args.first):
        sys.exit("Give --facts, or --first with a prior that has learned from them.")
    args.work.mkdir(parents=True, exist_ok=True)
    generator = FaceGenerator.load(faces.GENERATOR)
    labels = labelled(args.facts)
    w = w_of(generator, list(labels))
    first = ScenePrior.load(args.first) if args.first else with_first_reader(labels, w, generator)
    report(first, generator, args.facts)
    if args.choose:
        choose(first, generator, int(args.choose[0]), args.choose[1:])
        return
    if not args.first:
        many, codes = labelled_w(first, generator, args.drawn)
        print(f"{len(many)} w's of adults", flush=True)
        train_denoiser(first, many, codes, args.minutes, args.work / "denoiser.pt")
    prior = with_taught_reader(first, labels, w, generator)
    report(prior, generator, args.facts)
    prior.save(args.out)
    print(f"{args.out}: {args.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
