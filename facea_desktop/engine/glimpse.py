"""What a picture looks like on its way, small and cheap."""

from __future__ import annotations

import dataclasses
import math
from typing import Any

import torch
import torch.nn.functional as F
from diffusers import Flux2KleinPipeline
from PIL import Image
from torch import Tensor

from facea_desktop.domain.events import Preview
from facea_desktop.engine.compose import Target, paste_back
from facea_desktop.library.photos import png_bytes

PREVIEW_SIDE = 256
"""Pixels of the longer side of a preview."""


def is_due(step: int, steps: int) -> bool:
    """Whether a preview is worth its time after ``step`` of ``steps``: earlier there is but noise."""
    return step in (steps // 2, 3 * steps // 4)


def preview(seed: int, picture: Image.Image) -> Preview:
    """A picture as the event."""
    small = picture.copy()
    small.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE))
    return Preview(seed, png_bytes(small))


def decoded(pipe: Any, latents: Tensor) -> Image.Image:
    """What a pipeline has painted so far, at a preview's size: a whole decoder pass could take the last memory."""
    if isinstance(pipe, Flux2KleinPipeline):
        latents = _unpacked(pipe, latents)
    shrink = PREVIEW_SIDE / (max(latents.shape[-2:]) * pipe.vae_scale_factor)
    if shrink < 1:
        latents = F.interpolate(latents, scale_factor=shrink, mode="area")
    vae, dtype = pipe.vae, pipe.vae.dtype
    overflows = dtype == torch.float16 and getattr(vae.config, "force_upcast", False)  # SDXL's does in half precision
    if overflows:
        vae.to(torch.float32)
    try:
        with torch.no_grad():
            scale = getattr(vae.config, "scaling_factor", 1.0)
            shift = getattr(vae.config, "shift_factor", None) or 0.0
            pixels = vae.decode((latents / scale + shift).to(vae.dtype)).sample
    finally:
        if overflows:
            vae.to(dtype)
    picture: Image.Image = pipe.image_processor.postprocess(pixels.float().nan_to_num())[0]
    return picture


def _unpacked(pipe: Any, latents: Tensor) -> Tensor:
    """FLUX.2's latents of a square picture, a row for each patch of 2 x 2, as (1, c, h, w) for its VAE."""
    n, patches, channels = latents.shape
    side = math.isqrt(patches)
    grid = latents.permute(0, 2, 1).reshape(n, channels, side, side).float()
    norm = pipe.vae.bn
    grid = grid * (norm.running_var.view(1, -1, 1, 1) + pipe.vae.config.batch_norm_eps).sqrt()
    grid = grid + norm.running_mean.view(1, -1, 1, 1)
    spread: Tensor = F.pixel_shuffle(grid, 2)
    return spread


def with_patch(picture: Image.Image, patch: Image.Image, target: Target) -> Image.Image:
    """The whole picture with the patch as it is now, at a preview's size; pasting at full size would take longer."""
    scale = min(1.0, PREVIEW_SIDE / max(picture.size))
    width, height = (max(1, round(side * scale)) for side in picture.size)
    x, y = target.crop.center
    crop = dataclasses.replace(target.crop, center=(x * scale, y * scale), side=target.crop.side * scale)
    region = target.region.resize((width, height)).point(lambda value: 255 if value >= 128 else 0)
    return paste_back(picture.resize((width, height)), patch, Target(crop, target.mask, region))
