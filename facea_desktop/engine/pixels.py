"""Pictures as the tensors that networks take, and back."""

from __future__ import annotations

import numpy as np
import torch
from PIL import Image
from torch import Tensor


def to_pixels(picture: Image.Image) -> Tensor:
    """An RGB picture as (3, h, w) in [-1, 1]."""
    return torch.from_numpy(np.array(picture)).permute(2, 0, 1).float() / 127.5 - 1


def to_picture(pixels: Tensor) -> Image.Image:
    """(3, h, w), about -1 to 1, on any device, as an RGB picture."""
    whole = ((pixels + 1) * 127.5).round().clamp(0, 255).byte().cpu()
    return Image.fromarray(whole.permute(1, 2, 0).numpy())
