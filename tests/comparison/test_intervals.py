"""Means, intervals and tests against values worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from facea_desktop.comparison.intervals import compare, corrected, spread


def test_the_spread_is_that_of_people() -> None:
    found = spread([0.2, 0.4, 0.9])
    assert found.mean == pytest.approx(0.5)
    assert found.deviation == pytest.approx(math.sqrt((0.09 + 0.01 + 0.16) / 2))
    assert (found.least, found.most, found.people) == (0.2, 0.9, 3)
    assert found.low is not None
    assert found.high is not None
    assert 0.2 <= found.low < 0.5 < found.high <= 0.9


def test_one_person_has_a_mean_but_no_interval_and_no_test() -> None:
    found = spread([0.3])
    assert (found.mean, found.low, found.high, found.deviation) == (0.3, None, None, None)
    assert compare([0.3], [0.1]).p is None


def test_intervals_are_the_same_in_every_run() -> None:
    values = list(np.random.default_rng(3).random(9))
    assert spread(values) == spread(values)


def test_the_bootstrap_interval_is_near_the_normal_one_for_many_people() -> None:
    values = np.random.default_rng(0).normal(0.5, 0.1, 400)
    found = spread(list(values))
    assert found.low == pytest.approx(values.mean() - 1.96 * values.std() / 20, abs=1.5e-3)
    assert found.high == pytest.approx(values.mean() + 1.96 * values.std() / 20, abs=1.5e-3)


def test_the_permutation_test_counts_sign_patterns() -> None:
    # Of the eight sign patterns of 1, 2, 3 only +++ and --- are as far from zero as their own mean.
    assert compare([1, 2, 3], [0, 0, 0]).p == pytest.approx(2 / 8)
    # Of 1, 1, -1 all eight: every pattern's sum is 1 or 3 in absolute value.
    assert compare([1, 1, 0], [0, 0, 1]).p == pytest.approx(1)


def test_many_people_draw_patterns_and_agree_with_all_of_them() -> None:
    rng = np.random.default_rng(1)
    differences = rng.normal(0.4, 1, 13)
    patterns = np.array([[1 if i >> k & 1 else -1 for k in range(13)] for i in range(2**13)])
    exact = float((np.abs(patterns @ differences) >= abs(differences.sum()) - 1e-9).mean())
    assert compare(list(differences), [0] * 13).p == pytest.approx(exact, abs=0.02)


def test_a_comparison_is_the_first_less_the_second() -> None:
    assert compare([0.5, 0.7], [0.1, 0.1]).difference == pytest.approx(0.5)


def test_holm_multiplies_the_smallest_by_all_and_never_falls() -> None:
    assert corrected([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert corrected([0.5, 0.9]) == pytest.approx([1.0, 1.0])
    assert corrected([]) == []
