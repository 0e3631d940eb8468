"""Classifiers of pictures: do scenes show what was asked for? None of them had a part in the training of scenes.

They look at pictures and learn from what people saw in the drawn faces. How often one agrees with people about the
504 of ``labels/eye-J.txt``, whom prior and reader never met (cross-validation), stands beside what it says: a weak
one can confirm little.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor

import face_labels
from face_labels import HELD_OUT, MEASURED, TRAINING, Label
from scene_features import Blocks, features_of_files

OTHERS = TRAINING
"""Labels of people from whom the prior's reader learned, too, but from their w's, and never from pictures."""
WEIGHTS = {"parts": 2.0}
"""Kinds of features that count more."""
KEPT = 1200
FOLDS = 6
PENALTY = 1e-4
GROUPS = tuple(group for group in face_labels.values() if group not in MEASURED)
"""What is judged; the rest is measured in the picture."""


@dataclass(frozen=True)
class Seen:
    """Pictures that somebody labelled.

    Attributes:
        blocks: features by kind.
        labels: of each picture.
        judged: (n,) bool, people that training never saw: by these alone agreement is counted.
    """

    blocks: Blocks
    labels: list[Label]
    judged: Tensor

    @cached_property
    def rows(self) -> Tensor:
        """(n, KEPT)."""
        return self.reduced(self.blocks)

    def reduced(self, blocks: Blocks) -> Tensor:
        """Features of any pictures by the principal components of these, (n, KEPT)."""
        return self._scaled(blocks) @ self._components

    @cached_property
    def _components(self) -> Tensor:
        whole = self._scaled(self.blocks)
        values, vectors = torch.linalg.eigh(whole @ whole.T)  # there are fewer pictures than features
        kept = vectors[:, -KEPT:] / values[-KEPT:].clamp_min(1e-6).sqrt()
        return whole.T @ kept

    def _scaled(self, blocks: Blocks) -> Tensor:
        """Each kind as long as its WEIGHTS say; a picture is about 1 long."""
        scaled = []
        for name, block in blocks.items():
            own = self.blocks[name]
            mean, spread = own.mean(0), own.std(0).mean()
            factor = WEIGHTS.get(name, 1.0) / (spread * (own.shape[1] * len(blocks)) ** 0.5)
            scaled.append(torch.from_numpy((block - mean) * factor).float())
        return torch.cat(scaled, 1)


def seen_pictures(faces: Path, work: Path) -> Seen:
    """Everything that the classifiers learn from; features are kept in ``work``.

    Args:
        faces: the pictures that ``faces.py`` drew.
    """
    own, others = (face_labels.by_eye(names) for names in (HELD_OUT, OTHERS))
    sources = [(faces / f"{number:06d}.webp", label) for number, label in (own | others).items()]
    blocks = features_of_files([file for file, _ in sources], work / "judged.npz")
    return Seen(blocks, [label for _, label in sources], torch.arange(len(sources)) < len(own))


class GroupClassifier:
    """Says which value of one group a picture shows: logistic regression.

    Args:
        rows: (n, features).
        answers: (n,) indices into ``values``.
    """

    def __init__(self, values: tuple[str, ...], rows: Tensor, answers: Tensor) -> None:
        self.values = values
        counts = torch.bincount(answers, minlength=len(values)).float()
        balance = (counts.sum() / counts.clamp_min(1)).sqrt()
        self._weight = torch.zeros(rows.shape[1], len(values), requires_grad=True)
        self._bias = torch.zeros(len(values), requires_grad=True)
        optimiser = torch.optim.LBFGS([self._weight, self._bias], max_iter=120, line_search_fn="strong_wolfe")

        def loss() -> Tensor:
            optimiser.zero_grad()
            wrong = F.cross_entropy(rows @ self._weight + self._bias, answers, balance)
            whole = wrong + PENALTY * self._weight.square().sum()
            whole.backward()
            return whole

        optimiser.step(loss)

    @torch.no_grad()
    def says(self, rows: Tensor) -> list[str]:
        """One value a row."""
        scores = rows @ self._weight + self._bias
        return [self.values[at] for at in scores.argmax(1).tolist()]


def classifier_of(group: str, seen: Seen, among: Tensor | None = None) -> GroupClassifier:
    """Train one on those of ``among`` (bool) of whom the group is known."""
    values = face_labels.values()[group]
    known = torch.tensor([group in label for label in seen.labels])
    at = (known if among is None else known & among).nonzero().ravel()
    answers = torch.tensor([values.index(seen.labels[row][group]) for row in at.tolist()])
    return GroupClassifier(values, seen.rows[at], answers)


def agreement(group: str, seen: Seen) -> dict[str, tuple[int, int]]:
    """How often one agrees with people, by value: right and all, each picture judged by one that did not see it.

    Counted on people that training never saw; all others are learned from in every fold.
    """
    folds = torch.randint(FOLDS, (len(seen.labels),), generator=torch.Generator().manual_seed(0))
    counted: dict[str, list[bool]] = {}
    for fold in range(FOLDS):
        out = (folds == fold) & seen.judged
        classifier = classifier_of(group, seen, ~out)
        at = [row for row in out.nonzero().ravel().tolist() if group in seen.labels[row]]
        for row, said in zip(at, classifier.says(seen.rows[at])):
            value = seen.labels[row][group]
            counted.setdefault(value, []).append(said == value)
    return {value: (sum(right), len(right)) for value, right in counted.items()}
