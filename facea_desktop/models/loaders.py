"""Loads the diffusion pipelines of a family from this machine's disk: the hub is never asked, no pickle is read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from facea_desktop.domain.errors import UserError
from facea_desktop.models.catalogue import Family
from facea_desktop.models.devices import Placement
from facea_desktop.models.store import ModelStore
from facea_desktop.models.weights import Role

if TYPE_CHECKING:
    from diffusers import StableDiffusionInpaintPipeline, StableDiffusionXLPipeline
    from torch import nn

Pipeline = TypeVar("Pipeline")


def load_identity(store: ModelStore, family: Family, placement: Placement) -> StableDiffusionInpaintPipeline:
    """G_id: the inpainting pipeline, without a safety checker, which would look at every face.

    Raises:
        UserError: the weights are missing, damaged or of another shape than their configuration says.
    """
    from diffusers import StableDiffusionInpaintPipeline

    without_checker = {"safety_checker": None, "feature_extractor": None, "requires_safety_checker": False}
    return _load(StableDiffusionInpaintPipeline, "identity", store, family, placement, without_checker)


def load_context(store: ModelStore, family: Family, placement: Placement) -> StableDiffusionXLPipeline:
    """G_c of a family whose scenes a diffusers pipeline paints: SDXL, without a watermark.

    Raises:
        UserError: the weights are missing, damaged or of another shape than their configuration says.
    """
    from diffusers import StableDiffusionXLPipeline

    return _load(StableDiffusionXLPipeline, "context", store, family, placement, {"add_watermarker": False})


def _load(
    pipeline_class: type[Pipeline],
    role: Role,
    store: ModelStore,
    family: Family,
    placement: Placement,
    extra: dict[str, Any],
) -> Pipeline:
    import torch
    from diffusers.loaders.single_file_utils import SingleFileComponentError
    from safetensors import SafetensorError

    _quieten()
    path = store.weights(family, role)
    options = {**extra, "dtype": getattr(torch, placement.dtype), "local_files_only": True}
    try:
        if path.is_dir():
            options |= {"use_safetensors": True, "variant": _variant(path)}
            pipeline: Any = pipeline_class.from_pretrained(path, **options)  # type: ignore[attr-defined]
            _check_complete(path, pipeline, options["variant"])
            _check_filled(pipeline)
        else:
            options["config"] = str(store.config(family, role))
            pipeline = pipeline_class.from_single_file(str(path), **options)  # type: ignore[attr-defined]
            _check_filled(pipeline)
    except (SafetensorError, SingleFileComponentError, OSError, ValueError, RuntimeError, KeyError) as error:
        reason = " ".join(str(error).split())[:200]
        raise UserError(
            f"{path} is damaged or not what its configuration says ({reason}). Fetch it again, "
            "or choose other weights in the settings (or with facea-desktop models use)."
        ) from error
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
        for network in (pipeline.unet, pipeline.vae):
            network.to(memory_format=torch.channels_last)


def _variant(folder: Path) -> str | None:
    """Half-precision files are taken where there are no others; torch converts them as they are read."""
    unet = folder / "unet"
    has_plain = any(unet.glob("diffusion_pytorch_model.safetensors*")) or any(unet.glob("*model-0*.safetensors"))
    return "fp16" if not has_plain and any(unet.glob("*.fp16*.safetensors")) else None


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
        missing = len(module.state_dict()) - stored
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
