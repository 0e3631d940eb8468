"""What a studio decides about its models."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

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


class Loads:
    """Stands in for the loaders and counts what they load; main memory is as large as is said."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, placement: Placement) -> None:
        self.names: list[str] = []
        self.free_gb = 64
        monkeypatch.setattr(module, "choose_placement", lambda *_: placement)
        monkeypatch.setattr(module, "IdentityModel", lambda pipe, *_: pipe)
        monkeypatch.setattr(module, "load_identity", lambda *_: self.load("identity"))
        monkeypatch.setattr(module, "load_feature_encoder", lambda *_: None)
        monkeypatch.setattr(module, "load_context", lambda *_: self.load("context"))
        monkeypatch.setattr(
            module.psutil, "virtual_memory", lambda: SimpleNamespace(available=self.free_gb * 2**30)
        )  # fmt: skip

    def load(self, name: str) -> object:
        self.names.append(name)
        return object()

    def of_portraits(self, studio: Studio, count: int) -> list[str]:
        """What is loaded for ``count`` portraits, a scene and a face each."""
        family = studio.family("sdxl-sd15")
        for _ in range(count):
            studio.context(family)
            studio.identity(family)
        return self.names


def test_models_that_are_parked_in_main_memory_are_loaded_once_for_all_portraits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loads = Loads(monkeypatch, Placement("cuda", "bfloat16", offload=True))
    studio = Studio(tmp_path)
    assert loads.of_portraits(studio, 4) == ["context", "identity"]
    studio.identity(studio.family("sdxl-sd15"), tuning=True)  # on the device, without what is parked
    assert loads.of_portraits(studio, 2) == ["context", "identity", "identity", "identity"]


def test_models_that_memory_ran_out_for_are_parked_from_then_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loads = Loads(monkeypatch, Placement("cuda", "bfloat16", offload=False))
    studio = Studio(tmp_path)
    studio.context(studio.family("sdxl-sd15"))
    studio.save_memory()
    loads.names.clear()
    assert loads.of_portraits(studio, 3) == ["context", "identity"]


def test_where_main_memory_holds_one_model_alone_the_other_leaves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loads = Loads(monkeypatch, Placement("cuda", "bfloat16", offload=True))
    loads.free_gb = 3
    assert loads.of_portraits(Studio(tmp_path), 2) == ["context", "identity"] * 2


def test_scenes_of_a_pipeline_come_from_one_painter_whose_graph_goes_when_somebody_is_tuned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Loads(monkeypatch, Placement("cuda", "bfloat16", offload=False))
    studio = Studio(tmp_path)
    family = studio.family("sdxl-sd15")
    painter = studio.scene_painter(family)
    assert isinstance(painter, PipelinePainter)
    assert studio.scene_painter(family) is painter
    assert studio.context(family) is painter.pipe
    forgotten: list[bool] = []
    monkeypatch.setattr(painter.graphed, "forget", lambda: forgotten.append(True))
    studio.identity(family)
    assert not forgotten
    studio.identity(family, tuning=True)
    assert forgotten == [True]
