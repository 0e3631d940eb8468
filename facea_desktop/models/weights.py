"""Tells what weights that a user brings are, from a diffusers folder's JSON or a checkpoint's header alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

from safetensors import SafetensorError, safe_open

from facea_desktop.domain.errors import UserError

Role = Literal["context", "identity"]

_PIPELINES: dict[str, Role] = {"StableDiffusionXLPipeline": "context", "StableDiffusionInpaintPipeline": "identity"}
_WANTED = "a Stable Diffusion 1 inpainting model or a Stable Diffusion XL model is needed"

# Names of tensors in checkpoints of the original (LDM) layout.
_FIRST_CONVOLUTION = "model.diffusion_model.input_blocks.0.0.weight"
_SD1_TEXT = "cond_stage_model.transformer."
_SDXL_TEXT = "conditioner.embedders.1."
INPAINTING_CHANNELS = 9
"""Noisy latents (4), mask (1) and latents of the masked picture (4)."""


def role_of(path: Path) -> Role:
    """The role that a diffusers folder or a ``.safetensors`` checkpoint can play.

    Raises:
        UserError: it is neither, is damaged, or holds another kind of model.
    """
    if path.is_dir():
        return _role_of_folder(path)
    if path.suffix.lower() == ".safetensors":
        return _role_of_checkpoint(path)
    raise UserError(f"{path} is neither a diffusers folder nor a .safetensors file; {_WANTED}.")


def _role_of_folder(folder: Path) -> Role:
    pipeline = _read_json(folder / "model_index.json").get("_class_name")
    role = _PIPELINES.get(str(pipeline))
    if role is None:
        raise UserError(f"{folder} holds a {pipeline}; {_WANTED}.")
    channels = _read_json(folder / "unet" / "config.json").get("in_channels")
    if (channels == INPAINTING_CHANNELS) != (role == "identity"):
        raise UserError(f"{folder} holds a {pipeline} whose UNet takes {channels} channels; {_WANTED}.")
    if not any((folder / "unet").glob("*.safetensors")):
        raise UserError(f"{folder} has no .safetensors weights under unet; other formats are not read for safety.")
    return role


def _role_of_checkpoint(path: Path) -> Role:
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
    if channels == INPAINTING_CHANNELS and is_sd1:
        return "identity"
    if channels != INPAINTING_CHANNELS and is_sdxl:
        return "context"
    kind = "Stable Diffusion XL" if is_sdxl else "Stable Diffusion 1" if is_sd1 else "other Stable Diffusion"
    raise UserError(f"{path} holds {kind} weights whose UNet takes {channels} channels; {_WANTED}.")


def _read_json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise UserError(f"{path.parent} is no diffusers folder: it has no {path.name}; {_WANTED}.") from error
    except ValueError as error:
        raise UserError(f"{path} is not valid JSON. Copy the folder again.") from error
    if not isinstance(content, dict):
        raise UserError(f"{path} is not a JSON object. Copy the folder again.")
    return content
