"""A person's reference photos, ready for tuning: latents, masks and masked latents, computed once."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from torch import Tensor

from facea_desktop.domain.faces import PARTS
from facea_desktop.engine.pixels import to_pixels

_SHARE_GRAIN = 10_000
"""How finely people's shares are told apart."""


@dataclass(frozen=True)
class ReferencePicture:
    """One face crop with the masks of its parts, all of one size.

    Attributes:
        picture: RGB, square.
        masks: L, by part; "face" always is among them.
    """

    picture: Image.Image
    masks: dict[str, Image.Image]


@dataclass(frozen=True)
class ReferenceLatents:
    """S, the reference set, after the VAE. K pictures; h and w in latent pixels; c latent channels.

    Attributes:
        means, deviations: of the latents' distributions, (K, c, h, w), scaled.
        masks: (K, P, 1, h, w), 1 where the part is, for every part of PARTS.
        masked: latents of the pictures without the part, (K, P, c, h, w).
        holders: for every part, indices of the pictures that show it, each as often as it is drawn beside the others.
    """

    means: Tensor
    deviations: Tensor
    masks: Tensor
    masked: Tensor
    holders: dict[str, list[int]]


@torch.no_grad()
def encode_references(references: Sequence[ReferencePicture], vae: Any, side: int) -> ReferenceLatents:
    """Encode the set S at ``side`` pixels with the family's VAE; nothing of this is done again in a step."""
    pixels = torch.stack([_pixels(ref.picture, side) for ref in references])  # (K, 3, side, side)
    masks = torch.stack([torch.stack([_mask(ref, part, side) for part in PARTS]) for ref in references])
    encode = _Encoder(vae)
    means, deviations = encode(pixels)
    masked = torch.stack([encode(pixels * (masks[:, p] < 0.5))[0] for p in range(len(PARTS))], dim=1)
    small = F.interpolate(masks.flatten(0, 1), means.shape[-2:]).unflatten(0, masks.shape[:2])
    shown = {part: [k for k, ref in enumerate(references) if part in ref.masks] for part in PARTS}
    return ReferenceLatents(means, deviations, small.to(means), masked, shown)


def drawn_by_share(references: ReferenceLatents, counts: Sequence[int], shares: Sequence[float]) -> ReferenceLatents:
    """The pictures of several people, each person's drawn as often as their share says, however many they are.

    Args:
        counts: how many of the pictures are each person's, in their order.
        shares: above 0.
    """
    owners = [person for person, count in enumerate(counts) for _ in range(count)]
    holders = {}
    for part, shown in references.holders.items():
        of_each = Counter(owners[k] for k in shown)
        weights = [max(1, round(_SHARE_GRAIN * shares[owners[k]] / of_each[owners[k]])) for k in shown]
        least = math.gcd(*weights)
        holders[part] = [k for k, weight in zip(shown, weights, strict=True) for _ in range(weight // least)]
    return replace(references, holders=holders)


class _Encoder:
    def __init__(self, vae: Any) -> None:
        self._vae = vae

    def __call__(self, pixels: Tensor) -> tuple[Tensor, Tensor]:
        vae, scale = self._vae, self._vae.config.scaling_factor
        rows = [vae.encode(one[None].to(vae.device, vae.dtype)).latent_dist for one in pixels]
        means = torch.cat([row.mean for row in rows]).float() * scale
        deviations = torch.cat([row.std for row in rows]).float() * scale
        return means, deviations


def _pixels(picture: Image.Image, side: int) -> Tensor:
    resized = picture.convert("RGB").resize((side, side), Image.Resampling.LANCZOS)
    return to_pixels(resized)


def _mask(reference: ReferencePicture, part: str, side: int) -> Tensor:
    if part not in reference.masks:
        return torch.zeros(1, side, side)
    resized = reference.masks[part].convert("L").resize((side, side), Image.Resampling.BILINEAR)
    return (torch.from_numpy(np.array(resized))[None] >= 128).float()
