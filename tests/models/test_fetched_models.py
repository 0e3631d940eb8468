"""What the catalogue names of a repository is what its pipeline needs: fetched from a hub, chosen by name, loaded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from transformers import CLIPTokenizer

from facea_desktop.domain.events import Observer
from facea_desktop.models.catalogue import load_catalogue
from facea_desktop.models.devices import Placement
from facea_desktop.models.download import fetch
from facea_desktop.models.loaders import load_context, load_identity
from facea_desktop.models.model_store import ModelStore
from tests.comparison.conftest import tiny_context
from tests.engine.conftest import tiny_pipe
from tests.engine.test_scene_models import flux2_klein, qwen_image, z_image
from tests.engine.test_sdxl_faces import tiny_inpainting
from tests.models.conftest import REVISION, FakeHub

STRAYS = (
    "README.md", ".gitattributes", "model.safetensors", "unet/model.onnx", "text_encoder/pytorch_model.bin",
    "transformer/diffusion_pytorch_model.bin", "vae_1_0/diffusion_pytorch_model.fp16.safetensors",
)  # fmt: skip
"""What repositories have besides."""


@pytest.mark.parametrize(
    ("name", "make", "how"),
    [
        ("sd15-inpainting", lambda letters: tiny_pipe(letters, "epsilon"), {"variant": "fp16"}),
        ("sdxl-inpainting", tiny_inpainting, {"variant": "fp16"}),
        ("sdxl-base", tiny_context, {"variant": "fp16"}),
        ("z-image-turbo", z_image, {"max_shard_size": "40KB"}),
        ("flux2-klein-4b", flux2_klein, {"max_shard_size": "40KB"}),
        ("qwen-image", qwen_image, {"max_shard_size": "40KB"}),
    ],
)
def test_a_model_is_fetched_whole_and_without_the_rest_and_is_what_was_published(
    hub: FakeHub, tmp_path: Path, letter_tokenizer: CLIPTokenizer, name: str, make: Callable[..., Any],
    how: dict[str, Any],
) -> None:  # fmt: skip
    torch.manual_seed(6)
    published = make(letter_tokenizer)
    published.save_pretrained(tmp_path / "repo", **how)
    saved = [path for path in (tmp_path / "repo").rglob("*") if path.is_file()]
    wanted = {path.relative_to(tmp_path / "repo").as_posix() for path in saved}
    hub.files = {name: (tmp_path / "repo" / name).read_bytes() for name in wanted} | dict.fromkeys(STRAYS, b"stray")
    real = load_catalogue()
    model = real.model(name).model_copy(update={"repo": "owner/tiny", "revision": REVISION})
    store = ModelStore(tmp_path / "data", real.model_copy(update={"models": real.models | {name: model}}))

    folder = fetch(model, store, Observer(), hub.endpoint)
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert there == wanted | {"installed.json"}
    if "max_shard_size" in how:
        assert any("-of-" in name for name in there)
    family = store.use(name).family
    load = load_identity if model.kind == "identity" else load_context
    loaded = load(store, family, Placement("cpu", "float32", offload=False))
    for part in ("unet", "transformer", "vae", "text_encoder", "text_encoder_2"):
        if isinstance(getattr(published, part, None), torch.nn.Module):
            theirs = getattr(published, part).state_dict()
            ours = getattr(loaded, part).state_dict()
            assert ours.keys() == theirs.keys()
            assert all(torch.equal(ours[key], theirs[key]) for key in ours), part
