"""How sure the means are. The person is the unit: pictures of one person are not independent of each other.

A person's figure is the mean over the person's pictures; a method's is the mean over people. Intervals are percentile
bootstraps over people. Two methods are compared on the people that both have, by the two-sided sign-flip permutation
test of the mean difference; all flips up to 12 people, else 10,000 drawn ones. Several comparisons are corrected after
Holm (1979).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

TEST = "two-sided sign-flip permutation test on the people's means, corrected after Holm over all pairs of a metric"
RESAMPLES = 10_000
EXACT_PEOPLE = 12
NORMAL_95 = 1.959964
SEED = 0


@dataclass(frozen=True)
class Spread:
    """A mean over people.

    Attributes:
        low, high: the 95 % interval; None for one person.
        deviation: standard deviation over people; None for one person.
    """

    mean: float
    low: float | None
    high: float | None
    deviation: float | None
    least: float
    most: float
    people: int


@dataclass(frozen=True)
class PairedDifference:
    """How much more one method has than another, over people that both have.

    Attributes:
        p: of the permutation test; None for one person.
    """

    difference: float
    low: float | None
    high: float | None
    p: float | None
    people: int


def spread(values: Sequence[float]) -> Spread:
    """Mean and spread of one figure for each person."""
    numbers = np.asarray(values, np.float64)
    low, high = _interval(numbers)
    deviation = float(numbers.std(ddof=1)) if len(numbers) > 1 else None
    ends = float(numbers.min()), float(numbers.max())
    return Spread(float(numbers.mean()), low, high, deviation, *ends, len(numbers))


def compare(a: Sequence[float], b: Sequence[float]) -> PairedDifference:
    """``a`` minus ``b``, person by person in the same order."""
    differences = np.asarray(a, np.float64) - np.asarray(b, np.float64)
    low, high = _interval(differences)
    return PairedDifference(float(differences.mean()), low, high, _sign_flips(differences), len(differences))


def share_interval(count: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share after Wilson (1927), for ``of`` independent answers, at least one."""
    z2 = NORMAL_95**2
    middle = (count + z2 / 2) / (of + z2)
    half = NORMAL_95 / (of + z2) * math.sqrt(count * (of - count) / of + z2 / 4)
    return max(middle - half, 0.0), min(middle + half, 1.0)


def corrected(p_values: Sequence[float]) -> list[float]:
    """Holm's correction: the k-th smallest of n is multiplied by n - k + 1, and none falls below a smaller one's."""
    order = np.argsort(p_values, kind="stable")
    found = [0.0] * len(p_values)
    largest = 0.0
    for rank, index in enumerate(order):
        largest = max(largest, min(1.0, p_values[index] * (len(p_values) - rank)))
        found[index] = largest
    return found


def _interval(values: np.ndarray) -> tuple[float | None, float | None]:
    if len(values) < 2:
        return None, None
    picked = np.random.default_rng(SEED).integers(0, len(values), (RESAMPLES, len(values)))
    low, high = np.percentile(values[picked].mean(1), [2.5, 97.5])
    return float(low), float(high)


def _sign_flips(differences: np.ndarray) -> float | None:
    """Share of sign patterns whose mean is as far from zero as the one observed."""
    count = len(differences)
    if count < 2:
        return None
    if count <= EXACT_PEOPLE:
        signs = np.array(list(product((1.0, -1.0), repeat=count)))
    else:
        drawn = np.random.default_rng(SEED).choice((1.0, -1.0), (RESAMPLES, count))
        signs = np.concatenate([np.ones((1, count)), drawn])  # what was observed is one of the patterns
    means = np.abs(signs @ differences) / count
    return float((means >= abs(differences.mean()) - 1e-12).mean())
