"""The frame of the trainings that make the starter models."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from starter import running
from starter.running import Training


class CutError(Exception):
    pass


def trained(kept: Path, *, cut_at: int | None = None) -> tuple[nn.Linear, nn.Module, list[float]]:
    """A line that learns for six steps; its weights, their average, and the rate of each step."""
    torch.manual_seed(0)
    model = nn.Linear(2, 1)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.1)
    training = Training(
        "line", kept, model, optimizer, 6 / 60, steadiest=0.9, decay_part=0.5, say_every=2, save_every=2
    )
    rates = []
    for step in training:
        if step == cut_at:
            raise CutError
        rates.append(optimizer.param_groups[0]["lr"])
        inputs = torch.randn(4, 2, generator=torch.Generator().manual_seed(step))
        training.learn({"error": (model(inputs) - inputs.sum(1, keepdim=True)).square().mean()}, model)
    return model, training.average, rates


def weights(model: nn.Module) -> list[Tensor]:
    return list(model.state_dict().values())


@pytest.fixture(autouse=True)
def steps_of_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running.time, "monotonic", itertools.count().__next__)


def test_a_training_that_was_cut_ends_as_one_that_was_not(tmp_path: Path) -> None:
    whole, average, rates = trained(tmp_path / "whole.pt")
    with pytest.raises(CutError):
        trained(tmp_path / "cut.pt", cut_at=5)
    resumed, again, rest = trained(tmp_path / "cut.pt")
    assert len(rates) == 6
    assert rest == rates[4:]  # what was kept last is the fourth step
    assert all(torch.equal(a, b) for a, b in zip(weights(whole), weights(resumed), strict=True))
    assert all(torch.equal(a, b) for a, b in zip(weights(average), weights(again), strict=True))


def test_a_training_that_has_ended_makes_no_more_steps(tmp_path: Path) -> None:
    _, average, _ = trained(tmp_path / "kept.pt")
    _, again, rates = trained(tmp_path / "kept.pt")
    assert rates == []
    assert all(torch.equal(a, b) for a, b in zip(weights(average), weights(again), strict=True))


def test_figures_are_printed_as_it_goes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    trained(tmp_path / "kept.pt")
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(" error ")[0] for line in lines] == ["line step 2 1 s", "line step 4 3 s", "line step 6 5 s"]
