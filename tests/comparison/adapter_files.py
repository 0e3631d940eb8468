"""Tiny random weights of methods that others published, in their file formats, with their tensors' real names."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from diffusers import ControlNetModel
from onnx import TensorProto, helper, numpy_helper
from safetensors.torch import save_file
from torch import Tensor
from transformers import CLIPVisionConfig, CLIPVisionModelWithProjection

from facea_desktop.comparison.ip_adapter import FACE, FACE_ID_FILE, WHOLE
from facea_desktop.comparison.photomaker import FILE, PhotoEncoder
from tests.comparison.conftest import TinyModels
from tests.engine.conftest import WIDTH

EMBEDDING = 512
"""What InsightFace's recognisers give."""
SEEN = 32
TOKENS = 4


def installed(manager: TinyModels, name: str) -> Path:
    """The folder of a model of the catalogue, empty, which counts as installed."""
    root = manager.root / "models" / name
    root.mkdir(parents=True)
    model = manager.models.catalogue.model(name)
    receipt = {"source": model.repo, "revision": model.revision, "files": {}}
    (root / "installed.json").write_text(json.dumps(receipt))
    return root


def write_ip_adapter(root: Path) -> None:
    """Image encoder, full-face weights for SD-1.5 and plus-face weights for SDXL."""
    torch.manual_seed(0)
    CLIPVisionModelWithProjection(
        CLIPVisionConfig(
            hidden_size=SEEN, intermediate_size=64, num_hidden_layers=2, num_attention_heads=2, image_size=32,
            patch_size=8, projection_dim=16,
        )
    ).save_pretrained(root / "models" / "image_encoder")  # fmt: skip
    full_face = {
        "image_proj.proj.0.weight": torch.randn(SEEN, SEEN), "image_proj.proj.0.bias": torch.randn(SEEN),
        "image_proj.proj.2.weight": torch.randn(WIDTH, SEEN), "image_proj.proj.2.bias": torch.randn(WIDTH),
        "image_proj.proj.3.weight": torch.ones(WIDTH), "image_proj.proj.3.bias": torch.zeros(WIDTH),
    }  # fmt: skip
    save_file(full_face | flat(ip_adapter=projections(WIDTH)), root / FACE.folder / FACE.name)
    (root / WHOLE.folder).mkdir()
    plus_face = flat(image_proj=resampler(SEEN, 2 * WIDTH), ip_adapter=projections(2 * WIDTH))
    save_file(plus_face, root / WHOLE.folder / WHOLE.name)


def write_face_id(root: Path, unet: Any) -> None:
    """``ip-adapter-faceid_sdxl.bin``: a projection of the embedding, and a LoRA of all attentions."""
    torch.manual_seed(2)
    width = 2 * WIDTH
    image_proj = {
        "proj.0.weight": 0.1 * torch.randn(2 * EMBEDDING, EMBEDDING), "proj.0.bias": torch.randn(2 * EMBEDDING),
        "proj.2.weight": 0.1 * torch.randn(TOKENS * width, 2 * EMBEDDING), "proj.2.bias": torch.randn(TOKENS * width),
        "norm.weight": torch.ones(width), "norm.bias": torch.zeros(width),
    }  # fmt: skip
    lora = {}
    for number, name in enumerate(unet.attn_processors):
        for layer, down, up in attention_lora(unet, name):
            lora |= {f"{number}.{layer}_lora.down.weight": down, f"{number}.{layer}_lora.up.weight": up}
    torch.save({"image_proj": image_proj, "ip_adapter": projections(width) | lora}, root / FACE_ID_FILE.name)


def write_instant_id(root: Path, unet: Any) -> None:
    """``ip-adapter.bin`` and the ControlNet, whose last layers are zeros only before it is trained."""
    torch.manual_seed(3)
    width = 2 * WIDTH
    weights = {"image_proj": resampler(EMBEDDING, width), "ip_adapter": projections(width)}
    torch.save(weights, root / "ip-adapter.bin")
    control = ControlNetModel.from_unet(unet)
    for parameter in control.parameters():
        if not parameter.any():
            torch.nn.init.normal_(parameter, std=0.1)
    control.save_pretrained(root / "ControlNetModel")


def write_photomaker(root: Path, unet: Any) -> None:
    """``photomaker-v1.bin``."""
    torch.manual_seed(4)
    config = CLIPVisionConfig(
        hidden_size=64, intermediate_size=96, num_hidden_layers=2, num_attention_heads=1, image_size=28, patch_size=14,
        projection_dim=WIDTH,
    )  # fmt: skip
    encoder = PhotoEncoder(config, WIDTH).state_dict()
    encoder["vision_model.embeddings.position_ids"] = torch.arange(5)[
        None
    ]  # as older versions of transformers saved it
    lora = {}
    for name in unet.attn_processors:
        for layer, down, up in attention_lora(unet, name):
            lora |= {f"unet.{name}.{layer}_lora.down.weight": down, f"unet.{name}.{layer}_lora.up.weight": up}
    torch.save({"id_encoder": encoder, "lora_weights": lora}, root / FILE)


def write_recogniser(path: Path) -> None:
    """A recogniser of InsightFace's kind: aligned faces (n, 3, 112, 112) in, embeddings (n, 512) out."""
    random = np.random.default_rng(5)

    def weights(name: str, *shape: int) -> TensorProto:
        return numpy_helper.from_array(0.1 * random.standard_normal(shape).astype(np.float32), name)

    graph = helper.make_graph(
        [
            helper.make_node("Conv", ["input.1", "kernel"], ["seen"], kernel_shape=[16, 16], strides=[16, 16]),
            helper.make_node("Flatten", ["seen"], ["flat"]),
            helper.make_node("Gemm", ["flat", "matrix", "bias"], ["683"]),
        ],
        "recogniser",
        [helper.make_tensor_value_info("input.1", TensorProto.FLOAT, [1, 3, 112, 112])],
        [helper.make_tensor_value_info("683", TensorProto.FLOAT, [1, EMBEDDING])],
        [weights("kernel", 8, 3, 16, 16), weights("matrix", 8 * 49, EMBEDDING), weights("bias", EMBEDDING)],
    )
    path.parent.mkdir(parents=True)
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8), path)


def resampler(seen: int, width: int) -> dict[str, Tensor]:
    """IP-Adapter Plus's projection: ``TOKENS`` queries that look at the picture's tokens, four layers of it."""
    inner = 64  # heads are 64 wide
    found = {
        "latents": torch.randn(1, TOKENS, inner), "proj_in.weight": 0.1 * torch.randn(inner, seen),
        "proj_in.bias": torch.randn(inner), "proj_out.weight": torch.randn(width, inner),
        "proj_out.bias": torch.randn(width), "norm_out.weight": torch.ones(width), "norm_out.bias": torch.zeros(width),
    }  # fmt: skip
    for layer in range(4):
        start = f"layers.{layer}"
        found |= {
            **{f"{start}.0.norm{n}.{kind}": torch.ones(inner) for n in (1, 2) for kind in ("weight", "bias")},
            f"{start}.0.to_q.weight": torch.randn(inner, inner),
            f"{start}.0.to_kv.weight": torch.randn(2 * inner, inner),
            f"{start}.0.to_out.weight": torch.randn(inner, inner),
            **{f"{start}.1.0.{kind}": torch.ones(inner) for kind in ("weight", "bias")},
            f"{start}.1.1.weight": torch.randn(4 * inner, inner), f"{start}.1.3.weight": torch.randn(inner, 4 * inner),
        }  # fmt: skip
    return found


def projections(width: int) -> dict[str, Tensor]:
    """Keys and values of the cross-attentions of a tiny UNet: two down, three up, the middle one last."""
    sizes = (16, 16, 16, 32)  # down, up, up, middle
    found = {}
    for place, size in enumerate(sizes):
        for name in ("to_k_ip", "to_v_ip"):
            found[f"{2 * place + 1}.{name}.weight"] = torch.randn(size, width)
    return found


def attention_lora(unet: Any, processor: str) -> Sequence[tuple[str, Tensor, Tensor]]:
    """A LoRA of rank 2 for each projection of the attention with this processor: its name, down and up."""
    attention = unet.get_submodule(processor.removesuffix(".processor"))
    layers = {"to_q": attention.to_q, "to_k": attention.to_k, "to_v": attention.to_v, "to_out": attention.to_out[0]}
    return [
        (name, torch.randn(2, layer.in_features), 0.1 * torch.randn(layer.out_features, 2))
        for name, layer in layers.items()
    ]


def flat(**groups: dict[str, Tensor]) -> dict[str, Tensor]:
    """As safetensors files name them: "ip_adapter.1.to_k_ip.weight"."""
    return {f"{group}.{name}": value for group, weights in groups.items() for name, value in weights.items()}
