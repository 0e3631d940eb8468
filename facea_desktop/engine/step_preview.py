"""Small, cheap previews of a picture while it is denoised."""

from __future__ import annotations

import dataclasses
import math
from typing import Any

import torch
import torch.nn.functional as F
from diffusers import AutoencoderKLQwenImage, Flux2KleinPipeline
from PIL import Image
from torch import Tensor

from facea_desktop.domain.events import Preview
from facea_desktop.domain.shapes import Size
from facea_desktop.engine.composition import Target, paste_back
from facea_desktop.library.photo_reader import png_bytes

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


def decoded(pipe: Any, latents: Tensor, size: Size) -> Image.Image:
    """What a pipeline has painted so far, at a preview's size: a whole decoder pass could take the last memory.

    Args:
        latents: (1, c, h, w), or a row for each patch, (1, patches, c).
        size: of the picture that they become.
    """
    if latents.ndim == 3:
        latents = _unpacked(pipe, latents, size)
    shrink = PREVIEW_SIDE / (max(latents.shape[-2:]) * pipe.vae_scale_factor)
    if shrink < 1:
        latents = F.interpolate(latents, scale_factor=shrink, mode="area")
    vae, dtype = pipe.vae, pipe.vae.dtype
    overflows = dtype == torch.float16 and getattr(vae.config, "force_upcast", False)  # SDXL's does in half precision
    if overflows:
        vae.to(torch.float32)
    try:
        with torch.no_grad():
            pixels = _decoded_by(vae, latents)
    finally:
        if overflows:
            vae.to(dtype)
    picture: Image.Image = pipe.image_processor.postprocess(pixels.float().nan_to_num())[0]
    return picture


def _decoded_by(vae: Any, latents: Tensor) -> Tensor:
    """Pixels (1, 3, h, w) of a pipeline's latents (1, c, h, w), which each VAE has at another scale."""
    if isinstance(vae, AutoencoderKLQwenImage):  # made for films; a picture is one of one frame
        mean, deviation = (
            torch.tensor(values).view(1, -1, 1, 1).to(latents)
            for values in (vae.config.latents_mean, vae.config.latents_std)
        )
        frames: Tensor = vae.decode((latents * deviation + mean)[:, :, None].to(vae.dtype)).sample
        return frames[:, :, 0]
    scale = getattr(vae.config, "scaling_factor", 1.0)
    shift = getattr(vae.config, "shift_factor", None) or 0.0
    pixels: Tensor = vae.decode((latents / scale + shift).to(vae.dtype)).sample
    return pixels


def _unpacked(pipe: Any, latents: Tensor, size: Size) -> Tensor:
    """Latents with a row for each patch of 2 x 2, as (1, c, h, w); FLUX.2's are normalised, too."""
    n, patches, channels = latents.shape
    width, height = size
    across = round(math.sqrt(patches * width / height))
    grid = latents.permute(0, 2, 1).reshape(n, channels, patches // across, across).float()
    if isinstance(pipe, Flux2KleinPipeline):
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
