"""What a picture looks like on its way, small and cheap."""

from __future__ import annotations

import dataclasses
from typing import Any

import torch
import torch.nn.functional as F
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
    shrink = PREVIEW_SIDE / (max(latents.shape[-2:]) * pipe.vae_scale_factor)
    if shrink < 1:
        latents = F.interpolate(latents, scale_factor=shrink, mode="area")
    vae, dtype = pipe.vae, pipe.vae.dtype
    overflows = dtype == torch.float16 and vae.config.force_upcast  # SDXL's does in half precision
    if overflows:
        vae.to(torch.float32)
    try:
        with torch.no_grad():
            pixels = vae.decode(latents.to(vae.dtype) / vae.config.scaling_factor).sample
    finally:
        if overflows:
            vae.to(dtype)
    picture: Image.Image = pipe.image_processor.postprocess(pixels.float().nan_to_num())[0]
    return picture


def with_patch(picture: Image.Image, patch: Image.Image, target: Target) -> Image.Image:
    """The whole picture with the patch as it is now, at a preview's size; pasting at full size would take longer."""
    scale = min(1.0, PREVIEW_SIDE / max(picture.size))
    width, height = (max(1, round(side * scale)) for side in picture.size)
    x, y = target.crop.center
    crop = dataclasses.replace(target.crop, center=(x * scale, y * scale), side=target.crop.side * scale)
    region = target.region.resize((width, height)).point(lambda value: 255 if value >= 128 else 0)
    return paste_back(picture.resize((width, height)), patch, Target(crop, target.mask, region))
