"""What a studio decides about its models."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
import torch
from transformers import CLIPTokenizer

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.people import Profile, Subject
from facea_desktop.engine import model_manager as module
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.engine.scene_painter import GeneratorPainter, PipelinePainter
from facea_desktop.models.devices import Placement
from tests.comparison.conftest import tiny_context
from tests.engine.conftest import tiny_pipe


def test_models_do_not_move_because_they_take_memory_themselves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = iter([Placement("cuda", "bfloat16", offload=False), Placement("cuda", "bfloat16", offload=True)])
    monkeypatch.setattr(module, "choose_placement", lambda *_: next(found))
    manager = ModelManager(tmp_path)
    family = manager.family("sdxl-sd15")
    assert [manager.placement(family).offload for _ in range(3)] == [False] * 3
    assert manager.enable_offload()
    assert manager.placement(family).offload
    assert not manager.enable_offload()


@pytest.mark.parametrize(("device", "moves"), [("cuda", True), ("xpu", True), ("mps", True), ("cpu", False)])
def test_models_move_wherever_there_is_a_device_to_move_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, device: str, moves: bool
) -> None:
    monkeypatch.setattr(module, "choose_placement", lambda *_: Placement(device, "float16", offload=False))
    manager = ModelManager(tmp_path)
    family = manager.family("sdxl-sd15")
    assert not manager.placement(family).offload
    assert manager.enable_offload() == moves
    assert manager.placement(family).offload == moves


def test_tiles_are_for_what_is_loaded_and_for_what_comes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, letter_tokenizer: CLIPTokenizer
) -> None:
    Loads(monkeypatch, Placement("cpu", "float32", offload=False))
    scenes, faces = tiny_context(letter_tokenizer), tiny_pipe(letter_tokenizer, "epsilon")
    monkeypatch.setattr(module, "load_context", lambda *_: scenes)
    monkeypatch.setattr(module, "load_identity", lambda *_: faces)
    monkeypatch.setattr(module, "IdentityModel", lambda pipe, *_: SimpleNamespace(pipe=pipe))
    manager = ModelManager(tmp_path)
    family = manager.family("sdxl-sd15")
    manager.context(family)
    scenes.vae.tile_sample_min_size, scenes.vae.tile_latent_min_size = 64, 8  # as of one that was trained at 64 px
    latents = torch.randn(1, 4, 12, 12, generator=torch.Generator().manual_seed(1))
    whole = scenes.vae.decode(latents).sample
    decoded: list[tuple[int, ...]] = []
    scenes.vae.decoder.register_forward_pre_hook(lambda _, inputs: decoded.append(tuple(inputs[0].shape[-2:])))
    assert manager.enable_tiling()
    tiled = scenes.vae.decode(latents).sample
    assert tiled.shape == whole.shape
    assert max(max(size) for size in decoded) == 4
    manager.identity(family)
    assert faces.vae.use_tiling
    tile = faces.vae.tile_latent_min_size
    assert not manager.enable_tiling()
    assert faces.vae.tile_latent_min_size == tile


def test_the_catalogue_says_what_paints_a_familys_scenes_and_it_is_loaded_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[str] = []
    monkeypatch.setattr(module, "load_context", lambda _, family, __: loaded.append(family.name))
    manager = ModelManager(tmp_path, device="cpu")
    starter, large = manager.family("starter"), manager.family("sdxl-sd15")
    painter = manager.scene_painter(starter)
    assert isinstance(painter, GeneratorPainter)
    assert manager.scene_painter(starter) is painter
    assert loaded == []
    assert isinstance(manager.scene_painter(large), PipelinePainter)
    assert loaded == ["sdxl-sd15"]


def test_a_method_that_needs_sdxl_is_refused_where_a_generator_draws_the_scenes(tmp_path: Path) -> None:
    manager = ModelManager(tmp_path, device="cpu")
    with pytest.raises(UserError, match="has no Stable Diffusion XL model; choose a family that has one"):
        manager.context(manager.family("starter"))


def test_somebody_imported_without_photos_has_no_embeddings_of_their_own(tmp_path: Path) -> None:
    manager = ModelManager(tmp_path)
    profile = manager.library.create(
        Profile(id=manager.library.new_id(), name="From elsewhere", subject=Subject.MAN, family="starter"), {}
    )
    assert manager.own_embeddings(profile) == []
    assert manager.own_embeddings(profile) == []


def test_photos_that_are_remembered_are_forgotten_when_somebody_was_deleted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manager, forgotten = ModelManager(tmp_path), []
    monkeypatch.setattr(module, "forget_photos", lambda: forgotten.append(True))
    one, other = (
        manager.library.create(Profile(id=who * 12, name=who, subject=Subject.MAN, family="starter"), {})
        for who in "ab"
    )
    manager.own_embeddings(one)
    manager.own_embeddings(other)
    assert forgotten == []
    manager.library.delete(one.id)
    manager.own_embeddings(other)
    assert forgotten == [True]


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

    def of_portraits(self, manager: ModelManager, count: int) -> list[str]:
        """What is loaded for ``count`` portraits, a scene and a face each."""
        family = manager.family("sdxl-sd15")
        for _ in range(count):
            manager.context(family)
            manager.identity(family)
        return self.names


def test_models_that_are_parked_in_main_memory_are_loaded_once_for_all_portraits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loads = Loads(monkeypatch, Placement("cuda", "bfloat16", offload=True))
    manager = ModelManager(tmp_path)
    assert loads.of_portraits(manager, 4) == ["context", "identity"]
    manager.identity(manager.family("sdxl-sd15"), tuning=True)  # on the device, without what is parked
    assert loads.of_portraits(manager, 2) == ["context", "identity", "identity", "identity"]


def test_models_that_memory_ran_out_for_are_parked_from_then_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loads = Loads(monkeypatch, Placement("cuda", "bfloat16", offload=False))
    manager = ModelManager(tmp_path)
    manager.context(manager.family("sdxl-sd15"))
    manager.enable_offload()
    loads.names.clear()
    assert loads.of_portraits(manager, 3) == ["context", "identity"]


def test_where_main_memory_holds_one_model_alone_the_other_leaves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loads = Loads(monkeypatch, Placement("cuda", "bfloat16", offload=True))
    loads.free_gb = 3
    assert loads.of_portraits(ModelManager(tmp_path), 2) == ["context", "identity"] * 2


def test_scenes_of_a_pipeline_come_from_one_painter_whose_graph_goes_when_somebody_is_tuned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Loads(monkeypatch, Placement("cuda", "bfloat16", offload=False))
    manager = ModelManager(tmp_path)
    family = manager.family("sdxl-sd15")
    painter = manager.scene_painter(family)
    assert isinstance(painter, PipelinePainter)
    assert manager.scene_painter(family) is painter
    assert manager.context(family) is painter.pipe
    forgotten: list[bool] = []
    monkeypatch.setattr(painter.graphed, "forget", lambda: forgotten.append(True))
    manager.identity(family)
    assert not forgotten
    manager.identity(family, tuning=True)
    assert forgotten == [True]
