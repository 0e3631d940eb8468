"""Before the UNets learn: the text encoders are taught to keep apart what words mean.

From the UNets alone they learn it too late. A smile moves few pixels, so the gradient that tells its word from others
is small: as long as the states of words are nearly alike, what reads them learns nothing of their difference, and as
long as nothing reads it, they stay alike.
"""

from __future__ import annotations

import copy
import random
from itertools import chain

import torch
import torch.nn.functional as F
from torch import Tensor
from transformers import CLIPTokenizer

from facea_desktop.domain.faces import PARTS
from painter import WIDTH, Painter
from running import share_gradients, workers
from words import STYLES, Meanings, face_caption, scene_caption, tokens_of

STEPS, BATCH, PEAK_RATE = 500, 96, 2e-3
SHIFT = 0.5  # of a state's norm: how far a meaning moves it


def teach(painter: Painter, tokenizer: CLIPTokenizer, labels: list[dict[str, str | None]]) -> None:
    """Teach both text encoders, in place.

    Every meaning gets a direction, and what is said moves the states of all tokens behind the words, and the pooled
    state, along its directions; apart from that they stay as they are.
    """
    device = next(painter.parameters()).device
    before = copy.deepcopy(painter).requires_grad_(False)
    meanings = Meanings(labels)
    directions = F.normalize(torch.randn(len(meanings.names), WIDTH, generator=torch.Generator().manual_seed(0)))
    parameters = list(chain(painter.redraw_text.parameters(), painter.scene_text.parameters()))
    optimizer = torch.optim.AdamW(parameters, lr=PEAK_RATE, weight_decay=0.0)
    plan = torch.optim.lr_scheduler.OneCycleLR(optimizer, PEAK_RATE, STEPS)
    worker, count = workers()
    for step in range(STEPS):
        draw = random.Random(step * count + worker)
        errors = []
        for caption, new, old in (
            (_of_a_part, painter.read_faces, before.read_faces),
            (scene_caption, painter.read_scenes, before.read_scenes),
        ):
            captions = [
                caption(_mixed(labels, draw), draw.choice([None, *STYLES]), draw) for _ in range(BATCH // count)
            ]
            tokens = tokens_of(tokenizer, captions).to(device)
            said = torch.stack([directions[meanings.of(words)].sum(0) for words in captions]).to(device)
            behind = (tokens == tokenizer.eos_token_id).cumsum(1).clamp(max=1)
            errors += _errors(new(tokens), old(tokens), said, behind)
        optimizer.zero_grad(set_to_none=True)
        torch.stack(errors).sum().backward()
        share_gradients(painter, 0.0)
        optimizer.step()
        plan.step()
        if worker == 0 and (step + 1) % 50 == 0:
            print(f"lesson step {step + 1} " + " ".join(f"{error:.4f}" for error in errors), flush=True)


def _mixed(labels: list[dict[str, str | None]], draw: random.Random) -> dict[str, str | None]:
    """Labels of several pictures, so that every word is met beside every other."""
    return {topic: draw.choice(labels)[topic] for topic in labels[0]}


def _of_a_part(label: dict[str, str | None], style: str | None, draw: random.Random) -> str:
    return face_caption(label, draw.choice(PARTS), style, draw)


def _errors(new: tuple[Tensor, ...], old: tuple[Tensor, ...], said: Tensor, behind: Tensor) -> list[Tensor]:
    """Of the states of all tokens (n, 32, width) and of those pooled (n, width), where there are such.

    Args:
        said: what each caption moves its states by, (n, width).
        behind: 1 where the words are over, (n, 32).
    """
    moves = (behind[..., None] * said[:, None], said)
    errors = []
    for state, before, move in zip(new, old, moves, strict=False):
        scale = before.norm(dim=-1).mean()
        errors.append((state - before - SHIFT * scale * move).square().sum(-1).mean() / scale**2)
    return errors
