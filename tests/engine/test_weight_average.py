from __future__ import annotations

import pytest
import torch

from facea_desktop.engine.weight_average import WeightAverage


def moved(weight: torch.Tensor, average: WeightAverage, values: list[float]) -> None:
    for step, value in enumerate(values, 1):
        weight.fill_(value)
        average.update(step)


def test_the_average_decays_faster_at_first() -> None:
    weight = torch.zeros(1)
    average = WeightAverage([weight], decay=0.15)
    moved(weight, average, [11.0, 20.0])
    average.copy_to_weights()
    first = 11.0 * (1 - 1 / 11)  # a decay of 1 / 11 at step 1, of 2 / 12 > 0.15 at step 2
    assert weight.item() == pytest.approx(0.15 * first + 0.85 * 20.0)


def test_the_weights_come_back_after_what_fails() -> None:
    weight = torch.zeros(1)
    average = WeightAverage([weight], decay=0.5)
    moved(weight, average, [1.0])
    within = []

    def fail() -> None:
        with average.swapped_in():
            within.append(weight.item())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert 0 < within[0] < 1
    assert weight.item() == 1.0


def test_a_decay_of_nought_keeps_no_average() -> None:
    weight = torch.zeros(1)
    average = WeightAverage([weight], decay=0.0)
    moved(weight, average, [1.0, 2.0])
    with average.swapped_in():
        assert weight.item() == 2.0
    average.copy_to_weights()
    assert weight.item() == 2.0
    assert average.state_dict() == {}
