"""Tells what weights that a user brings are, from a diffusers folder's JSON or a checkpoint's header alone."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from safetensors import SafetensorError, safe_open

from facea_desktop.domain.atomic_files import read_text_file
from facea_desktop.domain.errors import UserError
from facea_desktop.models.catalogue import Pipeline

_PIPELINES: dict[Pipeline, tuple[str, bool]] = {
    "StableDiffusionInpaintPipeline": ("unet", True),
    "StableDiffusionXLInpaintPipeline": ("unet", True),
    "StableDiffusionXLPipeline": ("unet", False),
    "ZImagePipeline": ("transformer", False),
    "Flux2KleinPipeline": ("transformer", False),
    "QwenImagePipeline": ("transformer", False),
}
"""The largest part of each, and whether it takes inpainting channels."""
_WANTED = (
    "a Stable Diffusion XL, Z-Image, FLUX.2 [klein] or Qwen-Image model is needed for scenes, "
    "a Stable Diffusion 1 or XL inpainting model for faces"
)

# Names of tensors in checkpoints of the original (LDM) layout.
_FIRST_CONVOLUTION = "model.diffusion_model.input_blocks.0.0.weight"
_SD1_TEXT = "cond_stage_model.transformer."
_SDXL_TEXT = "conditioner.embedders.1."
_UPSCALING = re.compile(
    r"(params(_ema)?\.)?(body\.0\.|conv_first\.|model\.0\.(weight|bias)$|layers\.0\.residual_group\.)"
)
"""And of upscalers: Compact, ESRGAN in both its layouts, SwinIR and its kin."""
INPAINTING_CHANNELS = 9
"""Noisy latents (4), mask (1) and latents of the masked picture (4)."""


def pipeline_of(path: Path) -> Pipeline:
    """The pipeline that runs a diffusers folder or a ``.safetensors`` checkpoint.

    Raises:
        UserError: it is neither, is damaged, or holds another kind of model.
    """
    if path.is_dir():
        return _pipeline_of_folder(path)
    if path.suffix.lower() == ".safetensors":
        return _pipeline_of_checkpoint(path)
    raise UserError(f"{path} is neither a diffusers folder nor a .safetensors file; {_WANTED}.")


def is_upscaler(path: Path) -> bool:
    """Whether a file may hold an upscaler, told from its name and header alone; ``engine.upscaler`` knows for sure."""
    if path.suffix.lower() == ".pth":
        return True
    if path.suffix.lower() != ".safetensors" or not path.is_file():
        return False
    try:
        with safe_open(path, framework="numpy") as file:
            return any(_UPSCALING.match(name) for name in list(file.keys()))
    except (SafetensorError, OSError):
        return False  # ``pipeline_of`` says what is wrong with it


def _pipeline_of_folder(folder: Path) -> Pipeline:
    name: Any = _read_json(folder / "model_index.json").get("_class_name")
    if name not in _PIPELINES:
        raise UserError(f"{folder} holds a {name}; {_WANTED}.")
    pipeline: Pipeline = name
    part, inpaints = _PIPELINES[pipeline]
    channels = _read_json(folder / part / "config.json").get("in_channels")
    if part == "unet" and (channels == INPAINTING_CHANNELS) != inpaints:
        raise UserError(f"{folder} holds a {name} whose UNet takes {channels} channels; {_WANTED}.")
    if not any((folder / part).glob("*.safetensors")):
        raise UserError(f"{folder} has no .safetensors weights under {part}; other formats are not read for safety.")
    return pipeline


def _pipeline_of_checkpoint(path: Path) -> Pipeline:
    try:
        with safe_open(path, framework="numpy") as file:
            names = list(file.keys())
            shape = file.get_slice(_FIRST_CONVOLUTION).get_shape() if _FIRST_CONVOLUTION in names else []
    except (SafetensorError, OSError) as error:
        raise UserError(f"{path} cannot be read as safetensors ({error}). Download it again.") from error
    if len(shape) != 4:
        raise UserError(
            f"{path} holds {len(names)} tensors but no Stable Diffusion UNet in the original layout; {_WANTED}."
        )
    is_sd1, is_sdxl = (any(name.startswith(prefix) for name in names) for prefix in (_SD1_TEXT, _SDXL_TEXT))
    channels = shape[1]
    if is_sdxl:
        return "StableDiffusionXLInpaintPipeline" if channels == INPAINTING_CHANNELS else "StableDiffusionXLPipeline"
    if is_sd1 and channels == INPAINTING_CHANNELS:
        return "StableDiffusionInpaintPipeline"
    kind = "Stable Diffusion 1" if is_sd1 else "other Stable Diffusion"
    raise UserError(f"{path} holds {kind} weights whose UNet takes {channels} channels; {_WANTED}.")


def _read_json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(read_text_file(path))
    except FileNotFoundError as error:
        raise UserError(f"{path.parent} is not a diffusers folder: it has no {path.name}; {_WANTED}.") from error
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror or error}. Copy the folder again.") from error
    except ValueError as error:
        raise UserError(f"{path} is not valid JSON. Copy the folder again.") from error
    if not isinstance(content, dict):
        raise UserError(f"{path} is not a JSON object. Copy the folder again.")
    return content
