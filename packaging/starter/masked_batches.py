"""The samples of stage two: masked portraits, noised, with their words; and how answers are judged."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from diffusers import AutoencoderKL
from torch import Tensor
from transformers import CLIPTokenizer

from facea_desktop.domain.faces import PARTS, Box, Subject, part_prompt
from facea_desktop.engine.masks import box_mask
from identity_network import IdentityNetwork, scheduler
from portraits import Portraits, as_float, mirror
from words import PROMPT_LENGTH, face_caption, tokens_of

ROWS = 20  # of a batch, over all workers
PART_WEIGHTS = {"face": 0.6, "left_eye": 0.1, "right_eye": 0.1, "nose": 0.04, "mouth": 0.16}  # what masks hide
OUTSIDE_WEIGHT = 0.1  # of the loss where nothing is masked: there the UNet has only to copy what it is given
SNR_LIMIT = 5.0  # steps of less noise than this count less: the min-SNR weighting of Hang et al. 2023 (2303.09556)
STYLED_PART = 0.3
UNWORDED_PART = 0.1  # prompts dropped, for classifier-free guidance (Ho and Salimans 2022)
NOISY_PART, NOISY_FROM = 0.5, 700  # that many rows have timesteps from there on, where words have most to say
JOINED_PART = 0.3  # redraws conditioned on T_id with T_face and every T_v behind it, as T'_id will be


@torch.no_grad()
def encode_all(vae: AutoencoderKL, portraits: Portraits, kept: Path, device: torch.device) -> Tensor:
    """Encode the set once; kept in a file, for it takes minutes on a CPU.

    Returns:
        (3, n, 4, h, w) float16: photographs, mirrored photographs, styled pictures.
    """
    if kept.exists():
        saved: Tensor = torch.load(kept, weights_only=True)
        return saved
    kinds = []
    for pixels in (portraits.pixels, portraits.pixels.flip(-1), portraits.styled):
        codes = [_encode(vae, as_float(some), device) for some in pixels.split(32)]
        kinds.append(torch.cat(codes))
    codes = torch.stack(kinds)
    torch.save(codes, kept)
    return codes


def _encode(vae: AutoencoderKL, pixels: Tensor, device: torch.device) -> Tensor:
    """Latents (n, 4, h, w), float16, of pictures (n, 3, side, side) in [-1, 1]."""
    with torch.autocast(device.type, torch.bfloat16):
        mean: Tensor = vae.encode(pixels.to(device)).latent_dist.mean
    return mean.half().cpu()


@dataclass(frozen=True)
class Masked:
    """A picture with a part of it hidden.

    Attributes:
        index: of the picture.
        kind: 0 photograph, 1 mirrored, 2 styled.
        part: what is hidden.
        mask: (1, h, w) in latent pixels, 1 where the part is.
        latents: of the picture without the part, (4, h, w) float16.
    """

    index: int
    kind: int
    part: str
    mask: Tensor
    latents: Tensor


class Masks:
    """Draws masked pictures; each is met twice on average, for encoding one costs a good part of learning from it."""

    def __init__(self, portraits: Portraits, vae: AutoencoderKL, device: torch.device) -> None:
        self._portraits = portraits
        self._deck = Deck(portraits, ("expression", "eyewear"))
        self._vae = vae
        self._device = device
        self._made: list[Masked] = []

    def draw(self, count: int, draw: random.Random) -> list[Masked]:
        self._made += self._make(-(-count // 2), draw)
        return draw.choices(self._made, k=count)

    @torch.no_grad()
    def _make(self, count: int, draw: random.Random) -> list[Masked]:
        picked = [self._deck.draw(draw) for _ in range(count)]
        masks, pixels, parts = _masked(self._portraits, picked, draw)
        latents = _encode(self._vae, as_float(pixels) * (masks < 0.5), self._device)
        small = F.interpolate(masks, latents.shape[-2:])  # nearest, as the inpainting pipeline does it
        return [
            Masked(*where, part, mask, latent)
            for where, part, mask, latent in zip(picked, parts, small, latents, strict=True)
        ]


class Batches:
    """Draws batches and judges what the network makes of them.

    Args:
        latents: as ``encode_all`` gives them.
        shares: how many workers share a batch.
    """

    def __init__(
        self,
        portraits: Portraits,
        latents: Tensor,
        masks: Masks,
        tokenizer: CLIPTokenizer,
        device: torch.device,
        shares: int = 1,
    ) -> None:
        self._count = ROWS // shares
        self._portraits = portraits
        self._latents = latents
        self._masks = masks
        self._tokenizer = tokenizer
        self._device = device
        self._noising = scheduler()
        kept = self._noising.alphas_cumprod  # SNR = kept / (1 - kept), and the loss of v is 1 + SNR of that of z_0
        self._weights = ((1 - kept) * SNR_LIMIT).clamp(max=1.0)

    def losses(self, network: IdentityNetwork, generator: torch.Generator, draw: random.Random) -> Tensor:
        """Of each row of one batch, (n,)."""
        rows = self._masks.draw(self._count, draw)
        clean = torch.stack([self._latents[row.kind, row.index] for row in rows]).float()
        noise = torch.randn(clean.shape, generator=generator)
        t = self._timesteps(len(clean), generator)
        z = self._noising.add_noise(clean, noise, t)
        target = self._noising.get_velocity(clean, noise, t)
        mask = torch.stack([row.mask for row in rows])
        masked = torch.stack([row.latents for row in rows]).float()
        places = mask + OUTSIDE_WEIGHT * (1 - mask)
        given = (z, t, mask, masked, self._tokens(rows, draw))
        with torch.autocast(self._device.type, torch.bfloat16):
            v = network(*(tensor.to(self._device) for tensor in given))
        error = (v.float() - target.to(self._device)).square().mean(1, keepdim=True).cpu()
        return (error * places).sum((1, 2, 3)) / places.sum((1, 2, 3)) * self._weights[t]

    def _timesteps(self, count: int, generator: torch.Generator) -> Tensor:
        """(count,), the noisy ones more often."""
        end = self._noising.config["num_train_timesteps"]
        anywhere = torch.randint(end, (count,), generator=generator)
        noisy = torch.randint(NOISY_FROM, end, (count,), generator=generator)
        return torch.where(torch.rand(count, generator=generator) < NOISY_PART, noisy, anywhere)

    def _tokens(self, rows: list[Masked], draw: random.Random) -> Tensor:
        """Tokens of one prompt for each row, or of all that are joined to T'_id: (n, 1 or 6, 32)."""
        joined = draw.random() < JOINED_PART
        said = []
        for row in rows:
            label = self._portraits.labels[row.index]
            style = self._portraits.styles[row.index] if row.kind == 2 else None
            prompts = [face_caption(label, row.part, style, draw)]
            if joined:
                prompts += [part_prompt(Subject(label["subject"]), name) for name in PARTS]
            said.append([""] * len(prompts) if draw.random() < UNWORDED_PART else prompts)
        flat = tokens_of(self._tokenizer, [prompt for prompts in said for prompt in prompts])
        return flat.reshape(len(said), -1, PROMPT_LENGTH)


class Deck:
    """Draws pictures, those with a rare label more often: a word is drawn by the fourth root of how often it occurs."""

    def __init__(self, portraits: Portraits, topics: tuple[str, ...]) -> None:
        weights = [0.0] * len(portraits)
        for topic in topics:
            labels = [label[topic] for label in portraits.labels]
            counts = Counter(labels)
            whole = sum(count**0.25 for count in counts.values())
            for i, label in enumerate(labels):
                weights[i] += counts[label] ** -0.75 / whole
        self._reach = list(itertools.accumulate(weights))

    def draw(self, draw: random.Random) -> tuple[int, int]:
        """A picture and its kind: 0 photograph, 1 mirrored, 2 styled."""
        (index,) = draw.choices(range(len(self._reach)), cum_weights=self._reach)
        return index, 2 if draw.random() < STYLED_PART else draw.randrange(2)


def _masked(
    portraits: Portraits, picked: list[tuple[int, int]], draw: random.Random
) -> tuple[Tensor, Tensor, list[str]]:
    """Masks (n, 1, side, side) in 0..1, the pixels below them, and which part each mask hides."""
    side = portraits.pixels.shape[-1]
    masks, pixels, parts = [], [], []
    for index, kind in picked:
        source, boxes = portraits.styled if kind == 2 else portraits.pixels, portraits.boxes[index : index + 1]
        picture = source[index : index + 1]
        if kind == 1:
            picture, boxes = mirror(picture, boxes)
        (part,) = draw.choices(list(PART_WEIGHTS), list(PART_WEIGHTS.values()))
        x0, y0, x1, y1 = (boxes[0, PARTS.index(part)] * side).tolist()
        jitter = [draw.uniform(-0.06, 0.06) for _ in range(4)]
        width, height = x1 - x0, y1 - y0
        box = Box(x0 + jitter[0] * width, y0 + jitter[1] * height, x1 + jitter[2] * width, y1 + jitter[3] * height)
        mask = box_mask((side, side), box, grow=draw.uniform(0.0, 0.2))
        masks.append(torch.frombuffer(bytearray(mask.tobytes()), dtype=torch.uint8).reshape(1, side, side) / 255)
        pixels.append(picture[0])
        parts.append(part)
    return torch.stack(masks), torch.stack(pixels), parts
