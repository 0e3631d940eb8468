"""Who teaches the reader of w's: a classifier of what the face generator makes of a w on the way to the picture.

It knows more of few labels than a network that is shown w's alone, as a feature means the same wherever it comes from,
and as pictures may be mirrored. It is slow, a fiftieth of a second a w, so the reader learns from what it says of many.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from facea_desktop.engine.face_generator import FaceGenerator

SIDES, GRID = (16, 32), 8
"""Levels of the generator by their side, and the cells a side in which their means are taken."""
KEPT = 1500
"""Principal components of all features."""
PENALTY, SMOOTHING, ITERATIONS = 4e-5, 0.05, 300
BATCH = 32


@dataclass(frozen=True)
class FeatureReader:
    """Multinomial logistic regressions, one for each group, over standardised features.

    Attributes:
        groups: values of each.
        mean, scale: of the features, (p,).
        table: (p, all values), and ``bias``, (all values,).
    """

    generator: FaceGenerator
    groups: dict[str, tuple[str, ...]]
    mean: Tensor
    scale: Tensor
    table: Tensor
    bias: Tensor

    @classmethod
    def fit(
        cls, generator: FaceGenerator, w: Tensor, codes: Tensor, groups: dict[str, tuple[str, ...]]
    ) -> FeatureReader:
        """Learn from labelled w's and from their mirrored pictures.

        Args:
            w: (n, 512).
            codes: (n, groups), -1 where a group is not told.
            groups: what a mirrored picture shows, too.
        """
        seen, mirrored = (torch.cat(rows).float() for rows in zip(*_features(generator, w), strict=True))
        mean, deviation = seen.mean(0), seen.std(0)
        scale = 1 / (deviation + 1e-3 * seen.std()) / (seen.shape[1] / len(SIDES)) ** 0.5
        rows = (torch.cat([seen, mirrored]) - mean) * scale
        values, vectors = torch.linalg.eigh(rows @ rows.T)  # there are fewer rows than features
        kept = min(KEPT, len(rows))
        components = (rows.T @ vectors[:, -kept:]) / values[-kept:].clamp_min(1e-8).sqrt()
        reduced = rows @ components
        fitted = [_fitted(reduced, codes[:, k].repeat(2), len(names)) for k, names in enumerate(groups.values())]
        table = components @ torch.cat([weights for weights, _ in fitted], 1)
        return cls(generator, groups, mean, scale, table, torch.cat([bias for _, bias in fitted]))

    def read(self, w: Tensor) -> dict[str, Tensor]:
        """Probabilities (n, values) of each group, for w's (n, 512): the mean over a picture and its mirrored self."""
        sizes = [len(values) for values in self.groups.values()]
        found = []
        for both in _features(self.generator, w):
            scores = [((rows.float() - self.mean) * self.scale) @ self.table + self.bias for rows in both]
            each = [torch.cat([part.softmax(1) for part in score.split(sizes, 1)], 1) for score in scores]
            found.append(sum(each) / len(each))
        return dict(zip(self.groups, torch.cat(found).split(sizes, 1), strict=True))


@torch.inference_mode()
def _features(generator: FaceGenerator, w: Tensor) -> Iterator[tuple[Tensor, Tensor]]:
    """Of a batch at a time: (n, p) float16, and of the mirrored pictures."""
    for part in w.split(BATCH):
        made = generator.features(part, max(SIDES))
        pooled = [F.adaptive_avg_pool2d(made[side], GRID).half() for side in SIDES]
        yield (
            torch.cat([each.flatten(1) for each in pooled], 1),
            torch.cat([each.flip(3).flatten(1) for each in pooled], 1),
        )


def _fitted(rows: Tensor, codes: Tensor, values: int) -> tuple[Tensor, Tensor]:
    """(KEPT, values) and (values,), by L-BFGS on all rows that are told."""
    told = codes >= 0
    rows, codes = rows[told].clone(), codes[told]
    weights = torch.zeros(rows.shape[1], values, requires_grad=True)
    bias = torch.zeros(values, requires_grad=True)
    optimiser = torch.optim.LBFGS(
        [weights, bias], max_iter=ITERATIONS, history_size=20, tolerance_grad=1e-5, line_search_fn="strong_wolfe"
    )

    def loss() -> Tensor:
        optimiser.zero_grad()
        wrong = F.cross_entropy(rows @ weights + bias, codes, label_smoothing=SMOOTHING)
        total = wrong + PENALTY * weights.square().sum()
        total.backward()
        return total

    optimiser.step(loss)
    return weights.detach(), bias.detach()
