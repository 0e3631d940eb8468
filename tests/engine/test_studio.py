"""What a studio decides about its models."""

from __future__ import annotations

from pathlib import Path

import pytest

from facea_desktop.engine import studio as module
from facea_desktop.engine.studio import Studio
from facea_desktop.models.devices import Placement


def test_models_do_not_move_because_they_take_memory_themselves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = iter([Placement("cuda", "bfloat16", offload=False), Placement("cuda", "bfloat16", offload=True)])
    monkeypatch.setattr(module, "choose_placement", lambda *_: next(found))
    studio = Studio(tmp_path)
    family = studio.family("sdxl-sd15")
    assert [studio.placement(family).offload for _ in range(3)] == [False] * 3
    studio.save_memory()
    assert studio.placement(family).offload
