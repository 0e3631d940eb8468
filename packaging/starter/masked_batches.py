"""The samples of stage two: masked faces, noised, with their words and [feat] vectors; and how answers are judged."""

from __future__ import annotations

import random
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from diffusers import AutoencoderKL
from torch import Tensor
from transformers import CLIPTokenizer

from captions import face_caption, tokens_of
from facea_desktop.domain.faces import PARTS, Subject, part_prompt
from facea_desktop.engine.face_masks import GROW, ROUNDNESS
from facea_desktop.engine.feature_encoder import VECTORS, FeatureEncoder
from identity_network import WIDTH, IdentityNetwork, scheduler
from people import VIEWS, People, as_float, head_masks, rounded_masks

MASKS = ("face", *PARTS)
"""What each picture is masked by: the face as people are tuned, and as portraits are drawn, then each attribute."""
FULL_SHARE, WORD_SHARE = 0.56, 0.2
"""Of a batch: rows that are given T'_id, and T_id alone; the others are given T_face[feat] or T_v[feat] alone."""
FACE_PART = 0.75
"""Of the rows mask a face."""
OUTSIDE_WEIGHT = 0.1  # of the loss where nothing is masked: there the UNet has only to copy what it is given
SNR_LIMIT = 5.0  # steps of less noise than this count less: the min-SNR weighting of Hang et al. 2023 (2303.09556)
UNWORDED_PART = 0.1  # prompts dropped, for classifier-free guidance (Ho and Salimans 2022)
NOISY_PART, NOISY_FROM = 0.4, 700  # that many rows have timesteps from there on, where words have most to say
FACE_KEPT, PART_KEPT, ALL_KEPT = 0.8, 0.85, 0.9
"""How often [feat] vectors are there, so that words, and each set without the others, are learned too."""
SOURCES = 2
"""Other pictures of the person that [feat] vectors are made of; with replacement, so it may be one."""
CAPTIONS = 8
"""Ways to say one thing."""


@dataclass(frozen=True)
class Latents:
    """Everything of the pictures that the UNet sees, n of them.

    Attributes:
        clean: (n, 4, h, w) float16.
        masks: (n, len(MASKS), 1, h, w) float16, 1 where the part is.
        masked: of the pictures without the part, (n, len(MASKS), 4, h, w) float16.
    """

    clean: Tensor
    masks: Tensor
    masked: Tensor


@torch.no_grad()
def encode_all(vae: AutoencoderKL, people: People, batch: int = 128) -> Latents:
    """Encode pictures, and each without every part; done once."""
    generator = torch.Generator().manual_seed(0)
    device = people.pixels.device
    made: list[tuple[Tensor, Tensor, Tensor]] = []
    for rows in torch.arange(len(people)).split(batch):
        rows = rows.to(device)
        pixels = as_float(people.pixels[rows])
        masks = _masks(people, rows, generator)  # (b, 6, 1, 256, 256)
        hidden = (pixels[:, None] * (1 - masks)).flatten(0, 1)
        with torch.autocast(device.type, torch.bfloat16):
            codes = vae.encode(torch.cat([pixels, hidden])).latent_dist.mean.half()
        small = F.interpolate(masks.flatten(0, 1), codes.shape[-2:])  # nearest, as the inpainting pipeline does it
        shape = (len(rows), len(MASKS))
        made.append((codes[: len(rows)], small.half().unflatten(0, shape), codes[len(rows) :].unflatten(0, shape)))
    return Latents(*(torch.cat(tensors) for tensors in zip(*made, strict=True)))


def _masks(people: People, rows: Tensor, generator: torch.Generator) -> Tensor:
    """(n, len(MASKS), 1, 256, 256), a little off as detectors are."""
    boxes = people.boxes[rows]
    size = boxes[..., 2:] - boxes[..., :2]
    off = 0.1 * (torch.rand(boxes.shape, generator=generator) - 0.5).to(boxes)
    moved = boxes + off * size.repeat(1, 1, 2)
    grow = 0.2 * torch.rand(len(rows), len(PARTS), generator=generator).to(boxes)
    parts = [rounded_masks(moved[:, k], grow[:, k], ROUNDNESS) for k in range(len(PARTS))]
    portrait = rounded_masks(boxes[:, 0], torch.full_like(grow[:, 0], GROW), ROUNDNESS)
    return torch.stack([parts[0], head_masks(people.labels[rows], portrait), *parts[1:]], 1)


class Captions:
    """What is said of pictures, as states of the frozen text encoder: each way to say a thing is read once."""

    @torch.no_grad()
    def __init__(self, network: IdentityNetwork, tokenizer: CLIPTokenizer, people: People) -> None:
        device = people.pixels.device
        draw = random.Random(0)
        prompts = {"": 0}
        ways: dict[tuple[int, ...], list[list[int]]] = {}  # for what is seen: a list for each part
        rows = []
        for row, seen in enumerate(map(tuple, torch.cat([people.values, people.styles[:, None]], 1).tolist())):
            if seen not in ways:
                said = people.said(row)
                ways[seen] = [
                    [
                        prompts.setdefault(face_caption(said, part, people.style(row), draw), len(prompts))
                        for _ in range(CAPTIONS)
                    ]
                    for part in PARTS
                ]
            rows.append(ways[seen])
        self._picked = torch.tensor(rows, device=device)  # (n, len(PARTS), CAPTIONS)
        self.states = torch.cat(
            [network.read(some.to(device)) for some in tokens_of(tokenizer, list(prompts)).split(512)]
        )
        self.subjects = people.values[:, 0].long()  # 0 woman, 1 man, as the reader has them
        subjects = [Subject(name) for name in people.names["subject"]]
        texts = [[part_prompt(subject, part) for part in PARTS] for subject in subjects]
        flat = [text for line in texts for text in line]
        length = self.states.shape[1]
        self._parts = network.read(tokens_of(tokenizer, flat).to(device)).unflatten(0, (len(subjects), len(PARTS)))
        ends = [[len(tokenizer(text, add_special_tokens=False).input_ids) + 2 for text in line] for line in texts]
        place = torch.arange(length) - torch.tensor(ends)[..., None]  # (2, len(PARTS), length)
        counts = torch.tensor([subject.feature_count for subject in subjects])[:, None, None]
        self._slots = torch.where((place >= 0) & (place < counts), place, -1).to(device)

    def said(self, rows: Tensor, parts: Tensor, generator: torch.Generator) -> Tensor:
        """States of a caption for each row, (n, length, width)."""
        way = torch.randint(CAPTIONS, (len(rows),), generator=generator, device=rows.device)
        return self.states[self._picked[rows, parts, way]]

    def with_features(self, rows: Tensor, vectors: Tensor, kept: Tensor) -> Tensor:
        """T_face[feat] and every T_v[feat], (n, len(PARTS), length, width).

        Args:
            vectors: (n, len(PARTS), VECTORS, width).
            kept: (n, len(PARTS)) bool; where it is False, padding is left as it is.
        """
        subjects = self.subjects[rows]
        words, slots = self._parts[subjects], self._slots[subjects]
        inserted = vectors.gather(2, slots.clamp(min=0)[..., None].expand(*slots.shape, vectors.shape[-1]))
        return torch.where(((slots >= 0) & kept[..., None])[..., None], inserted.to(words.dtype), words)


@dataclass(frozen=True)
class Batch:
    """Rows of one batch, n of them: tensors alone, so that a CUDA graph can read them from where the last ones were.

    Attributes:
        rows: which pictures, (n,).
        sources: the pictures that [feat] vectors are made of, (SOURCES, n).
        z, target: noised latents, and the velocity to be told, (n, 4, h, w).
        t: (n,).
        mask, masked: (n, 1, h, w) and (n, 4, h, w).
        said: states of a caption, (n, length, width).
        parts: which is masked, as an index into PARTS, (n,).
        kept: which sets of [feat] vectors are there, (n, len(PARTS)) bool.
        unworded: rows without any words, (n,) bool.
        alone: rows with a caption alone, (n,) bool.
        known: rows that hide a whole face and say whose it is, (n,) bool.
    """

    rows: Tensor
    sources: Tensor
    z: Tensor
    target: Tensor
    t: Tensor
    mask: Tensor
    masked: Tensor
    said: Tensor
    parts: Tensor
    kept: Tensor
    unworded: Tensor
    alone: Tensor
    known: Tensor


class Batches:
    """Draws batches and judges what the network makes of them."""

    def __init__(self, people: People, latents: Latents, captions: Captions, size: int) -> None:
        self._people, self._latents, self._captions, self._size = people, latents, captions, size
        self._device = people.pixels.device
        self._noising = scheduler()
        self.kept = self._noising.alphas_cumprod.to(self._device)
        # SNR = kept / (1 - kept), and the loss of v is 1 + SNR of that of z_0
        self._weights = ((1 - self.kept) * SNR_LIMIT).clamp(max=1.0)
        rare = torch.zeros(len(people), device=self._device)
        for group in ("expression", "eyewear"):  # a word is drawn by the fourth root of how often it occurs
            values = people.values[:, list(people.groups).index(group)].long()
            rare += values.bincount()[values].float().pow(-0.75)
        self._reach = rare.double().cumsum(0)

    def draw(self, generator: torch.Generator) -> tuple[Batch, Batch]:
        """One batch, in two pieces: rows with T'_id, and rows with one prompt.

        Args:
            generator: on the people's device.
        """
        full = round(FULL_SHARE * self._size)
        return self._piece(full, True, generator), self._piece(self._size - full, False, generator)

    def states(self, encoder: FeatureEncoder, batch: Batch, full: bool) -> Tensor:
        """Of all words and [feat] vectors that each row is conditioned on, (n, length, width).

        Args:
            full: T'_id, which is a caption and every set; one prompt without.
        """
        tails = self._captions.with_features(batch.rows, self._vectors(encoder, batch.sources), batch.kept)
        nothing, unworded = self._captions.states[:1], batch.unworded[:, None, None]
        if full:
            states = torch.cat([batch.said, tails.flatten(1, 2)], 1)
            return torch.where(unworded, nothing.repeat(1, 1 + len(PARTS), 1), states)
        one = tails[torch.arange(len(batch.rows), device=self._device), batch.parts]
        return torch.where(unworded, nothing, torch.where(batch.alone[:, None, None], batch.said, one))

    def losses(self, v: Tensor, batch: Batch) -> Tensor:
        """Of each row, (n,)."""
        error = (v.float() - batch.target).square().mean(1, keepdim=True)
        places = batch.mask + OUTSIDE_WEIGHT * (1 - batch.mask)
        return (error * places).sum((1, 2, 3)) / places.sum((1, 2, 3)) * self._weights[batch.t]

    def _piece(self, count: int, full: bool, generator: torch.Generator) -> Batch:
        def uniform(*shape: int) -> Tensor:
            return torch.rand(*shape, generator=generator, device=self._device)

        rows = torch.searchsorted(self._reach, uniform(count).double() * self._reach[-1]).clamp(
            max=len(self._people) - 1
        )
        parts = torch.where(uniform(count) < FACE_PART, 0, 1 + (uniform(count) * (len(PARTS) - 1)).long())
        portrait = (parts == 0) & (uniform(count) < 0.5)
        masks = torch.where(portrait, 1, torch.where(parts == 0, 0, parts + 1))
        kept = uniform(count, len(PARTS)) < torch.tensor(
            [FACE_KEPT, *[PART_KEPT] * (len(PARTS) - 1)], device=self._device
        )
        unworded = uniform(count) < UNWORDED_PART
        if full:
            kept &= uniform(count, 1) < ALL_KEPT
        further = 1 + torch.randint(VIEWS - 1, (SOURCES, count), generator=generator, device=self._device)
        clean = self._latents.clean[rows].float()
        noise = torch.randn(clean.shape, generator=generator, device=self._device)
        end = len(self.kept)
        t = (uniform(count) * end).long().clamp(max=end - 1)
        noisy = (NOISY_FROM + uniform(count) * (end - NOISY_FROM)).long().clamp(max=end - 1)
        t = torch.where(uniform(count) < NOISY_PART, noisy, t)
        return Batch(
            rows=rows,
            sources=rows // VIEWS * VIEWS + (rows + further) % VIEWS,
            z=self._noising.add_noise(clean, noise, t),
            target=self._noising.get_velocity(clean, noise, t),
            t=t,
            mask=self._latents.masks[rows, masks].float(),
            masked=self._latents.masked[rows, masks].float(),
            said=self._captions.said(rows, parts, generator),
            parts=parts,
            kept=kept,
            unworded=unworded,
            alone=uniform(count) < WORD_SHARE / (1 - FULL_SHARE),
            known=(parts == 0) & kept[:, 0] & ~unworded & full,
        )

    def _vectors(self, encoder: FeatureEncoder, sources: Tensor) -> Tensor:
        """[feat] of each row's person, from other pictures, (n, len(PARTS), VECTORS, width)."""
        people, flat = self._people, sources.flatten()
        made = encoder(people.embeddings[flat], as_float(people.faces[flat]), as_float(people.parts[flat]))
        assert made.shape[1:] == (len(PARTS), VECTORS, WIDTH)
        return made.unflatten(0, sources.shape).mean(0)
