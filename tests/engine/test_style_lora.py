"""LoRA files of styles in scenes of tiny random SDXL: there while one scene is painted, and gone without a trace."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from peft import LoraConfig
from PIL import Image
from safetensors.torch import save_file
from torch import Tensor
from transformers import CLIPTokenizer

from facea_desktop.domain.errors import CancelledError, UserError
from facea_desktop.domain.events import Observer, Preview
from facea_desktop.domain.faces import Subject
from facea_desktop.domain.people import Profile
from facea_desktop.domain.requests import PortraitRequest, StyleLora
from facea_desktop.domain.styles import OwnStyle
from facea_desktop.engine.portrait_service import make_portraits
from facea_desktop.engine.scene_painter import PipelinePainter, Scene, SceneRequest, Watch
from facea_desktop.library.own_styles import OwnStyles
from facea_desktop.library.portrait_png import read_request
from facea_desktop.models.model_store import ModelStore
from tests.comparison.conftest import TinyModels, tiny_catalogue

ANNA = "a" * 12


@pytest.fixture
def manager(tmp_path: Path, letter_tokenizer: CLIPTokenizer) -> TinyModels:
    """Its family's scenes come from SDXL; Anna is not tuned."""
    made = TinyModels(tmp_path / "data", letter_tokenizer)
    catalogue = tiny_catalogue()
    scenes = catalogue.model(catalogue.default_family.context)
    sdxl = scenes.model_copy(update={"pipeline": "StableDiffusionXLPipeline"})
    made.models = ModelStore(made.root, catalogue.model_copy(update={"models": catalogue.models | {scenes.name: sdxl}}))
    family = made.models.active_family().name
    made.library.create(Profile(id=ANNA, name="Anna", subject=Subject.WOMAN, family=family), {})
    return made


def kohya(unet: Any, names: tuple[str, ...] = ("to_q", "to_out.0", "conv1")) -> dict[str, Tensor]:
    """As kohya's trainers write it: linear layers and convolutions, an alpha, and a part for a text encoder."""
    generator = torch.Generator().manual_seed(9)
    tensors = {"lora_te1_text_model_encoder_layers_0_mlp_fc1.lora_down.weight": torch.zeros(1, 4)}
    for name, part in unet.named_modules():
        if name.endswith(names) and hasattr(part, "weight"):
            outputs, inputs, *kernel = part.weight.shape
            stem = f"lora_unet_{name.replace('.', '_')}"
            tensors[f"{stem}.lora_down.weight"] = torch.randn(2, inputs, *kernel, generator=generator)
            tensors[f"{stem}.lora_up.weight"] = torch.randn(outputs, 2, *[1] * len(kernel), generator=generator)
            tensors[f"{stem}.alpha"] = torch.tensor(1.0)
    return tensors


@pytest.fixture
def style(manager: TinyModels, tmp_path: Path) -> OwnStyle:
    save_file(kohya(manager.scene_pipe.unet), tmp_path / "ink-v2.safetensors")
    made, warnings = OwnStyles(manager.root).add_lora("Ink", tmp_path / "ink-v2.safetensors")
    assert warnings == ("The text encoder's part of the LoRA (1 tensor) was left out.",)
    return made


def request_for(style: OwnStyle | None, strength: float = 1.0, **changed: Any) -> PortraitRequest:
    lora = style.lora.model_copy(update={"strength": strength}) if style is not None and style.lora else None
    return PortraitRequest(person=ANNA, prompt="a woman", identity=False, style_lora=lora, **changed)


def scene_of(manager: TinyModels, request: PortraitRequest, out: Path) -> np.ndarray:
    (painted,) = make_portraits(manager, request, Observer(), out, stages=True)
    assert painted.context is not None
    return np.asarray(Image.open(painted.context).convert("RGB"))


def weights_of(manager: TinyModels) -> dict[str, Tensor]:
    return {key: value.clone() for key, value in manager.scene_pipe.unet.state_dict().items()}


def same(first: dict[str, Tensor], second: dict[str, Tensor]) -> bool:
    return first.keys() == second.keys() and all(torch.equal(first[key], second[key]) for key in first)


def test_a_style_changes_its_own_scene_by_its_strength_and_no_other(
    manager: TinyModels, style: OwnStyle, tmp_path: Path
) -> None:
    before = weights_of(manager)
    plain = scene_of(manager, request_for(None), tmp_path)
    styled = scene_of(manager, request_for(style), tmp_path)
    assert not np.array_equal(styled, plain)
    assert same(weights_of(manager), before)
    assert np.array_equal(scene_of(manager, request_for(None), tmp_path), plain)
    assert np.array_equal(scene_of(manager, request_for(style, 0.0), tmp_path), plain)
    assert np.array_equal(scene_of(manager, request_for(style), tmp_path), styled)
    assert not np.array_equal(scene_of(manager, request_for(style, 0.5), tmp_path), styled)


def test_a_scene_that_is_stopped_leaves_no_style_behind(manager: TinyModels, style: OwnStyle, tmp_path: Path) -> None:
    before, observer = weights_of(manager), Observer()
    during: list[bool] = []

    def stop(event: object) -> None:
        if isinstance(event, Preview):
            during.append(same(weights_of(manager), before))
            observer.stop.set()

    observer.emit = stop
    with pytest.raises(CancelledError):
        make_portraits(manager, request_for(style, context_steps=8), observer, tmp_path)
    assert not during[0]
    assert same(weights_of(manager), before)


def test_the_same_lora_as_peft_writes_it_gives_the_same_scene(
    manager: TinyModels, style: OwnStyle, tmp_path: Path
) -> None:
    """Checked against diffusers, which loads the file beside the layers."""
    pipe = manager.scene_pipe
    pipe.unet.add_adapter(LoraConfig(r=2, lora_alpha=2, target_modules=["to_k", "to_v"]), "file")
    tensors = {}
    generator = torch.Generator().manual_seed(3)
    for name, value in pipe.unet.state_dict().items():
        if ".lora_" in name:
            tensors[f"unet.{name.replace('.file', '')}"] = torch.randn(value.shape, generator=generator)
    pipe.unet.unload_lora()
    save_file(tensors, tmp_path / "peft.safetensors")
    made, _ = OwnStyles(manager.root).add_lora("Peft", tmp_path / "peft.safetensors")
    ours = scene_of(manager, request_for(made), tmp_path)
    pipe.load_lora_weights(tmp_path, weight_name="peft.safetensors", adapter_name="file")
    theirs = scene_of(manager, request_for(None), tmp_path)
    assert np.abs(ours.astype(float) - theirs).mean() < 0.5


def test_a_picture_carries_the_style_by_name_and_hash_alone(
    manager: TinyModels, style: OwnStyle, tmp_path: Path
) -> None:
    (painted,) = make_portraits(manager, request_for(style, 0.7), Observer(), tmp_path)
    carried = read_request(painted.path) or ""
    assert style.lora is not None
    assert PortraitRequest.model_validate_json(carried).style_lora == StyleLora(
        name="ink-v2", sha256=style.lora.sha256, strength=0.7
    )
    assert str(tmp_path) not in carried


def test_scenes_of_other_models_refuse_a_style_with_a_lora_in_one_line(
    manager: TinyModels, style: OwnStyle, tmp_path: Path
) -> None:
    manager.models = ModelStore(manager.root, tiny_catalogue())
    with pytest.raises(
        UserError, match=r"Starter scenes .* cannot use the LoRA of the style \(ink-v2\); choose another"
    ):
        make_portraits(manager, request_for(style), Observer(), tmp_path)
    scene_of(manager, request_for(None), tmp_path)
    Image.new("RGB", (64, 64)).save(tmp_path / "scene.png")
    assert make_portraits(manager, request_for(style, picture=tmp_path / "scene.png"), Observer(), tmp_path)


def test_a_lora_that_is_gone_or_damaged_or_of_another_model_is_said(
    manager: TinyModels, style: OwnStyle, tmp_path: Path
) -> None:
    tensors = kohya(manager.scene_pipe.unet)
    wide = {key: value.repeat(2, 1) if key.endswith("to_q.lora_up.weight") else value for key, value in tensors.items()}
    save_file(wide, tmp_path / "wide.safetensors")
    store = OwnStyles(manager.root)
    misfit, _ = store.add_lora("Wide", tmp_path / "wide.safetensors")
    with pytest.raises(UserError, match=r"LoRA wide does not fit the scene model: .*does not fit this model"):
        make_portraits(manager, request_for(misfit), Observer(), tmp_path)
    assert style.lora is not None
    place = store.loras.path(style.lora.sha256)
    place.write_bytes(place.read_bytes()[:-4])
    with pytest.raises(UserError, match="LoRA ink-v2 is damaged; delete the style and add the file again"):
        make_portraits(manager, request_for(style), Observer(), tmp_path)
    place.unlink()
    with pytest.raises(UserError, match="LoRA ink-v2 is not here; add its file as a style"):
        make_portraits(manager, request_for(style), Observer(), tmp_path)


def test_pictures_of_one_scene_paint_it_once_and_none_of_another_style(
    manager: TinyModels, style: OwnStyle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted: list[SceneRequest] = []
    real = PipelinePainter.paint

    def paint(self: PipelinePainter, request: SceneRequest, watch: Watch) -> Scene:
        painted.append(request)
        return real(self, request, watch)

    monkeypatch.setattr(PipelinePainter, "paint", paint)
    scenes = [
        scene_of(manager, request_for(style, 1.0, scene_seed=5, seed=seed, guidance=guidance), tmp_path).tobytes()
        for seed, guidance in ((1, 2.0), (2, 2.0), (1, 4.0))
    ]
    assert len(painted) == len(set(scenes)) == 1
    scene_of(manager, request_for(style, 0.9, scene_seed=5), tmp_path)
    scene_of(manager, request_for(None, scene_seed=5), tmp_path)
    scene_of(manager, request_for(None, scene_seed=6), tmp_path)
    assert len(painted) == 4
