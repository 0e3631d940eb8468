"""Loads the diffusion pipelines of a family from this machine's disk: the hub is never asked, no pickle is read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from facea_desktop.domain.errors import UserError
from facea_desktop.models.catalogue import Family
from facea_desktop.models.devices import Placement
from facea_desktop.models.model_store import ModelStore, Role

if TYPE_CHECKING:
    from torch import nn

WITHOUT_CHECKER = {"safety_checker": None, "feature_extractor": None, "requires_safety_checker": False}
_OPTIONS: dict[Role, dict[str, dict[str, Any]]] = {
    "identity": {
        "StableDiffusionInpaintPipeline": WITHOUT_CHECKER,  # it would look at every face
        "StableDiffusionXLInpaintPipeline": {"add_watermarker": False},
    },
    "context": {
        "StableDiffusionXLPipeline": {"add_watermarker": False},
        "ZImagePipeline": {},
        "Flux2KleinPipeline": {},
        "QwenImagePipeline": {},
    },
}
"""The diffusers pipelines that can play each role, and what they are loaded with."""


def load_identity(store: ModelStore, family: Family, placement: Placement) -> Any:
    """G_id: an inpainting pipeline of Stable Diffusion 1 or XL.

    Raises:
        UserError: the weights are missing, damaged or of another shape than their configuration says.
    """
    return _load("identity", store, family, placement)


def load_context(store: ModelStore, family: Family, placement: Placement) -> Any:
    """G_c of a family whose scenes a diffusers pipeline paints.

    Raises:
        UserError: the weights are missing, damaged or of another shape than their configuration says.
    """
    return _load("context", store, family, placement)


def _load(role: Role, store: ModelStore, family: Family, placement: Placement) -> Any:
    import torch
    from diffusers.loaders.single_file_utils import SingleFileComponentError
    from safetensors import SafetensorError

    _quieten()
    path = store.weights(family, role)
    lora = store.lora(family, role)
    options: dict[str, Any] = {"dtype": getattr(torch, placement.dtype), "local_files_only": True}
    try:
        pipeline_class, more = _pipeline(role, _class_name(path, store, family, role))
        options |= more
        if path.is_dir():
            options |= {"use_safetensors": True, "variant": _variant(path)}
            if placement.quantised_text and role == "context":
                options["quantization_config"] = _quantised_text()
            pipeline = pipeline_class.from_pretrained(path, **options)
            _check_complete(path, pipeline, options["variant"])
        else:
            options["config"] = str(store.config(family, role))
            pipeline = pipeline_class.from_single_file(str(path), **options)
        _check_filled(pipeline)
    except (SafetensorError, SingleFileComponentError, OSError, ValueError, RuntimeError, KeyError) as error:
        raise _damaged(path, error) from error
    if lora is not None:
        try:
            _merge(pipeline, lora)
        except (SafetensorError, OSError, ValueError, RuntimeError, KeyError) as error:
            raise _damaged(lora, error) from error
    scene = store.catalogue.model(family.context).scene if role == "context" else None
    if scene is not None and scene.spacing is not None:
        kept = pipeline.scheduler.config
        pipeline.scheduler = type(pipeline.scheduler).from_config(kept, timestep_spacing=scene.spacing)
    pipeline.set_progress_bar_config(disable=True)
    if not placement.offload:
        pipeline.to(placement.device)
    arrange_convolutions(pipeline, placement)
    if placement.offload:
        pipeline.enable_model_cpu_offload(device=placement.device)
    return pipeline


def arrange_convolutions(pipeline: Any, placement: Placement) -> None:
    """Keep channels last where a card multiplies in bfloat16: its convolutions need not turn their weights each time.

    The numbers are the same. In float32, in which SDXL's VAE runs on cards without bfloat16, it would be slower.
    """
    import torch

    if placement.device.startswith("cuda") and placement.dtype == "bfloat16":
        for name in ("unet", "vae"):  # transformers have no convolutions
            if (network := getattr(pipeline, name, None)) is not None:
                network.to(memory_format=torch.channels_last)


def _quantised_text() -> Any:
    """Matrices of the text encoder in 8 bits, which are multiplied in the precision of the rest."""
    from diffusers.quantizers import PipelineQuantizationConfig
    from torchao.quantization import Int8WeightOnlyConfig
    from transformers import TorchAoConfig

    return PipelineQuantizationConfig(quant_mapping={"text_encoder": TorchAoConfig(Int8WeightOnlyConfig())})


def decode_in_tiles(pipeline: Any) -> None:
    """Let the VAE decode quarters of the picture that its model was trained on, one after the other.

    Its own tiles are as large as that picture, which would save nothing.
    """
    vae = pipeline.vae
    if vae.use_tiling:
        return
    vae.enable_tiling()
    if hasattr(vae, "tile_latent_min_size"):  # Qwen-Image's has small tiles of its own
        vae.tile_sample_min_size //= 2
        vae.tile_latent_min_size //= 2


def _class_name(path: Path, store: ModelStore, family: Family, role: Role) -> str:
    """The pipeline that runs the weights: a folder says it, and of a file it was found out when it was chosen."""
    if path.is_dir():
        return str(json.loads((path / "model_index.json").read_text(encoding="utf-8"))["_class_name"])
    return str(store.catalogue.model(store.weights_name(family, role)).pipeline)


def _pipeline(role: Role, name: str) -> tuple[Any, dict[str, Any]]:
    import diffusers

    if name not in _OPTIONS[role]:
        raise ValueError(f"a {name} is no {role} model")
    return getattr(diffusers, name), _OPTIONS[role][name]


def _merge(pipeline: Any, lora: Path) -> None:
    """Add a LoRA to the weights for good."""
    pipeline.load_lora_weights(str(lora.parent), weight_name=lora.name, local_files_only=True)
    pipeline.fuse_lora()
    pipeline.unload_lora_weights()


def _damaged(path: Path, error: Exception) -> UserError:
    reason = " ".join(str(error).split())[:200]
    return UserError(
        f"{path} is damaged or does not match its configuration ({reason}). Download it again, "
        "or choose other weights in the settings (or with facea-desktop models use)."
    )


def _variant(folder: Path) -> str | None:
    """Half-precision files are taken where there are no others; torch converts them as they are read."""
    part = folder / "unet" if (folder / "unet").is_dir() else folder / "transformer"
    has_plain = any(part.glob("diffusion_pytorch_model.safetensors*")) or any(part.glob("*model-0*.safetensors"))
    return "fp16" if not has_plain and any(part.glob("*.fp16*.safetensors")) else None


def _check_complete(folder: Path, pipeline: Any, variant: str | None) -> None:
    """Tensors that a folder lacks would be random numbers without a word from the libraries.

    Counts are compared, not names, because both libraries rename tensors of older files as they read them.
    """
    from safetensors import safe_open

    for name, module in _modules(pipeline):
        stored = 0
        for file in (folder / name).glob("*.safetensors"):
            if (".fp16" in file.name) == (variant == "fp16"):
                with safe_open(file, framework="numpy") as tensors:
                    stored += len(tensors.keys())
        missing = len({tensor.data_ptr() for tensor in module.state_dict().values()}) - stored  # tied ones are one
        if missing > 0:
            raise ValueError(f"{missing} tensors of {name} are missing")


def _check_filled(pipeline: Any) -> None:
    """Tensors of names that the files lack stay on the meta device: they have a shape but no numbers."""
    for name, module in _modules(pipeline):
        missing = sum(tensor.is_meta for tensor in module.state_dict().values())
        if missing:
            raise ValueError(f"{missing} tensors of {name} are missing")


def _modules(pipeline: Any) -> list[tuple[str, nn.Module]]:
    from torch import nn

    return [(name, part) for name, part in pipeline.components.items() if isinstance(part, nn.Module)]


def _quieten() -> None:
    """What the libraries would print while they load reaches the user as one UserError, or not at all."""
    from diffusers.utils import logging as diffusers_logging
    from transformers.utils import logging as transformers_logging

    for logging in (diffusers_logging, transformers_logging):
        logging.set_verbosity_error()
        logging.disable_progress_bar()
