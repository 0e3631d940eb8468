"""Words to w: a diffusion prior in the face generator's w-space, as unCLIP has one in that of CLIP's pictures.

A residual network under a diffusers scheduler denoises w, conditioned on one value, or none, for each group of
``domain/scene_reading.py``; classifier-free guidance strengthens the words. A second, small network reads the words
back from a w; of several w's one is taken in which all of them are plain to see, or else the one that says them best.

Sources: Ramesh et al. 2022, "Hierarchical Text-Conditional Image Generation with CLIP Latents" (a prior over vectors,
two candidates and the better one taken); Ho and Salimans 2022, "Classifier-Free Diffusion Guidance".
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from diffusers import DDIMScheduler
from pydantic import Field
from torch import Tensor, nn

from facea_desktop.domain.people import Value
from facea_desktop.engine.configured_weights import load_network, save_with_config
from facea_desktop.engine.face_generator import WIDTH

CANDIDATES = 16
"""w's that are denoised at once for one scene."""
PLAIN = 0.75
"""From this probability on a word is plain to see. To ask for more would draw caricatures: the surest man is old."""
WORDS_KEPT, NEAREST = 0.75, 0.25
"""How much of what the prior says is kept where a stranger's features come to it, and what part of the strangers it is
tried with: those with whom it is nearest to the mean, as faces that are far from it are drawn broken."""
LIKELIHOOD_LEAST = 0.02
"""Of a word in a w, so that one word that cannot be had does not outvote all others."""
MOST_CHILD = 0.02
AGE, CHILD = "age", "child"
"""What the reader tells from adults of every age; nobody asks for it, and no w that it is read in is taken while there
is another."""


class PriorConfig(Value):
    """Shape of a prior, and the words it knows.

    Attributes:
        groups: values of each group in the order of their embeddings.
        reads: what the reader tells apart: the same, and what has to be told from them.
        width, condition, blocks: of the denoiser; ``reader`` is the hidden width of what reads words back.
    """

    groups: dict[str, tuple[str, ...]]
    reads: dict[str, tuple[str, ...]]
    width: int = Field(384, ge=8)
    condition: int = Field(256, ge=8)
    blocks: int = Field(3, ge=1)
    reader: int = Field(256, ge=8)


class Denoiser(nn.Module):
    """The velocity of a noisy w; each block is scaled and shifted by time and words (adaLN)."""

    def __init__(self, config: PriorConfig) -> None:
        super().__init__()
        width, condition = config.width, config.condition
        self.words = nn.ModuleList(nn.Embedding(len(values) + 1, condition) for values in config.groups.values())
        self.time = nn.Sequential(nn.Linear(condition, condition), nn.SiLU(), nn.Linear(condition, condition))
        self.mix = nn.Sequential(nn.SiLU(), nn.Linear(condition, condition), nn.SiLU())
        self.enter = nn.Linear(WIDTH, width)
        self.modulations = nn.ModuleList(nn.Linear(condition, 2 * width) for _ in range(config.blocks))
        self.blocks = nn.ModuleList(
            nn.Sequential(nn.Linear(width, 2 * width), nn.SiLU(), nn.Linear(2 * width, width))
            for _ in range(config.blocks)
        )
        self.leave = nn.Linear(width, WIDTH)

    def forward(self, noisy: Tensor, t: Tensor, asked: Tensor, weights: Tensor | None = None) -> Tensor:
        """
        Args:
            noisy: (n, 512).
            t: (n,) timesteps.
            asked: (n, groups), 0 where nothing is said, else 1 + the value's index.
            weights: (n, groups), how much of what is said is meant; None for 1 everywhere.

        Returns:
            (n, 512).
        """
        each = torch.stack([table(asked[:, k]) for k, table in enumerate(self.words)])  # (groups, n, condition)
        if weights is not None:
            none = torch.zeros_like(asked[:1, 0])
            nothing = torch.stack([table(none) for table in self.words])  # (groups, 1, condition)
            each = nothing + (each - nothing) * weights.T[..., None]
        said = each.sum(0)
        condition = self.mix(said + self.time(_sinusoids(t, said.shape[1])))
        x = self.enter(noisy)
        for modulation, block in zip(self.modulations, self.blocks):
            scale, shift = modulation(condition).chunk(2, 1)
            x = x + block(F.layer_norm(x, x.shape[1:]) * (1 + scale) + shift)
        return self.leave(F.layer_norm(x, x.shape[1:]))


class ScenePrior(nn.Module):
    """Denoiser, reader, and the scale of w."""

    def __init__(self, config: PriorConfig) -> None:
        super().__init__()
        self.config = config
        self.denoiser = Denoiser(config)
        values = sum(map(len, config.reads.values()))
        self.reader = nn.Sequential(nn.Linear(WIDTH, config.reader), nn.SiLU(), nn.Linear(config.reader, values))
        self.mean = nn.Buffer(torch.zeros(WIDTH))
        self.deviation = nn.Buffer(torch.ones(WIDTH))

    @classmethod
    def load(cls, file: Path, device: str = "cpu") -> ScenePrior:
        """Read what ``packaging/starter/train_prior.py`` wrote.

        Raises:
            OSError, ValueError, safetensors.SafetensorError, RuntimeError: missing, damaged or of another shape.
        """
        return load_network(file, cls, PriorConfig).to(device)

    def save(self, file: Path) -> None:
        """Write the weights in 8 bits, the configuration with them."""
        save_with_config(file, self, self.config, bits=8)

    def codes(self, asked: Mapping[str, str]) -> Tensor:
        """(1, groups) of what ``Denoiser`` takes; groups that the prior does not know are left out."""
        known = self.config.groups
        return torch.tensor([[1 + known[g].index(asked[g]) if asked.get(g) in known[g] else 0 for g in known]])

    def read(self, w: Tensor) -> dict[str, Tensor]:
        """Probabilities of what is to be seen in w's.

        Args:
            w: (n, 512).

        Returns:
            (n, values) for each group of ``config.reads``.
        """
        sizes = [len(values) for values in self.config.reads.values()]
        found = self.reader((w - self.mean) / self.deviation).split(sizes, 1)
        return {group: scores.softmax(1) for group, scores in zip(self.config.reads, found)}

    @torch.no_grad()
    def sample(
        self,
        asked: Mapping[str, str],
        unwanted: Mapping[str, str],
        *,
        seed: int,
        steps: int,
        guidance: float,
        scheduler: Any,
        reached: Callable[[int], None],
        weights: Mapping[str, float] | None = None,
    ) -> Tensor:
        """w's that show what is asked, of which ``choose`` takes one.

        Args:
            asked: group to value.
            unwanted: the same for the negative prompt: guidance leads away from it.
            seed: of the noise, drawn on the CPU.
            scheduler: a diffusers scheduler with this model's noise schedule (``noise_schedule``).
            reached: told how many steps are done; it may raise to stop.
            weights: of groups that are asked for more or less than others, which have 1.

        Returns:
            (CANDIDATES, 512).
        """
        device = self.mean.device
        noise = torch.randn(CANDIDATES, WIDTH, generator=torch.Generator().manual_seed(seed)).to(device)
        scheduler.set_timesteps(steps, device=device)
        words = torch.cat([self.codes(unwanted), self.codes(asked)]).repeat_interleave(CANDIDATES, 0).to(device)
        meant = None
        if weights:
            towards = torch.tensor([[weights.get(group, 1.0) for group in self.config.groups]])
            meant = torch.cat([torch.ones_like(towards), towards]).repeat_interleave(CANDIDATES, 0).to(device)
        x = noise * scheduler.init_noise_sigma
        for done, t in enumerate(scheduler.timesteps):
            scaled = scheduler.scale_model_input(x, t)
            velocity = self.denoiser(scaled.repeat(2, 1), t.expand(2 * CANDIDATES), words, meant)
            away, towards = velocity.chunk(2)
            x = scheduler.step(away + guidance * (towards - away), t, x).prev_sample
            reached(done + 1)
        return x * self.deviation + self.mean

    def individual(self, w: Tensor, strangers: Tensor, asked: Mapping[str, str]) -> Tensor:
        """The w with the features of a stranger: of the first of the NEAREST with whom it shows what is asked.

        Args:
            w: (1, 512).
            strangers: (n, 512) w's that nothing was asked of.

        Returns:
            (1, 512).
        """
        mixed = strangers + WORDS_KEPT * (w - self.mean)
        far = (mixed - self.mean).norm(dim=1)
        mixed = mixed[far <= far.quantile(NEAREST)]
        return mixed[self.choose(mixed, asked)][None]

    def choose(self, w: Tensor, asked: Mapping[str, str]) -> int:
        """Row of the first of w's (n, 512) in which all that is asked is plain to see, or of the likeliest.

        Nobody who may be under age is taken while there is another; if there is none, it weighs heavily.
        """
        read, reads = self.read(w), self.config.reads
        child = read[AGE][:, reads[AGE].index(CHILD)]
        plain = child < MOST_CHILD
        score = torch.where(plain, 0.0, -math.inf) if plain.any() else 8 * torch.log1p(-child.clamp(max=0.9999))
        for group, value in asked.items():
            if value in reads.get(group, ()):
                seen = read[group][:, reads[group].index(value)]
                score = score + seen.clamp(min=LIKELIHOOD_LEAST).log()
                plain = plain & (seen > PLAIN)
        return int(plain.int().argmax() if plain.any() else score.argmax())


def noise_schedule() -> DDIMScheduler:
    """The schedule that the prior learns and samples with: cosine, velocity, down to pure noise."""
    return DDIMScheduler(
        beta_schedule="squaredcos_cap_v2",
        prediction_type="v_prediction",
        rescale_betas_zero_snr=True,
        timestep_spacing="trailing",
        clip_sample=False,
    )


def _sinusoids(t: Tensor, width: int) -> Tensor:
    """(n,) timesteps to (n, width)."""
    rates = torch.exp(torch.arange(width // 2, device=t.device) * (-math.log(10_000) / (width // 2)))
    angles = t[:, None].float() * rates
    return torch.cat([angles.sin(), angles.cos()], 1)
