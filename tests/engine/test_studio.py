"""What a studio decides about its models."""

from __future__ import annotations

from pathlib import Path

import pytest

from facea_desktop.domain.errors import UserError
from facea_desktop.engine import studio as module
from facea_desktop.engine.scene_painter import GeneratorPainter, PipelinePainter
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


def test_the_catalogue_says_what_paints_a_familys_scenes_and_it_is_loaded_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[str] = []
    monkeypatch.setattr(module, "load_context", lambda _, family, __: loaded.append(family.name))
    studio = Studio(tmp_path, device="cpu")
    starter, large = studio.family("starter"), studio.family("sdxl-sd15")
    painter = studio.scene_painter(starter)
    assert isinstance(painter, GeneratorPainter)
    assert studio.scene_painter(starter) is painter
    assert loaded == []
    assert isinstance(studio.scene_painter(large), PipelinePainter)
    assert loaded == ["sdxl-sd15"]


def test_a_method_that_needs_sdxl_is_refused_where_a_generator_draws_the_scenes(tmp_path: Path) -> None:
    studio = Studio(tmp_path, device="cpu")
    with pytest.raises(UserError, match="has no Stable Diffusion XL model; choose a family that has one"):
        studio.context(studio.family("starter"))
