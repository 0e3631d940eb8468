"""The benchmark of the real models runs from beginning to end with tiny ones."""

from __future__ import annotations

import re

import pytest

from tests.benchmarks import real_models


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # diffusers, of its DPM solver
def test_every_part_is_measured_and_the_steps_agree_with_the_plain_calculation(
    capsys: pytest.CaptureFixture[str],
) -> None:
    counts = ["--steps=10", "--rounds=1", "--scene-steps=2", "--face-steps=2", "--portraits=2", "--device=cpu"]
    assert real_models.main(["--tiny", *counts]) == 0
    table = capsys.readouterr().out.partition("s in all")[2]
    assert "parity    holds" in table
    assert "pictures  hold" in table
    for started in ("matmul", "step", "of peak", "stages", "tuning", "portraits"):
        assert re.search(rf"^{started} ", table, re.MULTILINE), started
    assert "FAILED" not in table
