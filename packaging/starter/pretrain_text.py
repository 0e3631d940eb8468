"""Before the UNet learns: the text encoder is taught to keep apart what words mean.

From the UNet alone it learns it too late. A smile moves few pixels, so the gradient that tells its word from others
is small: as long as the states of words are nearly alike, what reads them learns nothing of their difference, and as
long as nothing reads it, they stay alike.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Mapping, Sequence

import torch
import torch.nn.functional as F
from transformers import CLIPTokenizer

from captions import STYLES, Meanings, any_label, face_caption, tokens_of
from facea_desktop.domain.faces import PARTS
from identity_network import WIDTH, IdentityNetwork

STEPS, BATCH, PEAK_RATE = 500, 96, 2e-3
SHIFT = 0.5  # of a state's norm: how far a meaning moves it


def pretrain_text(network: IdentityNetwork, tokenizer: CLIPTokenizer, values: Mapping[str, Sequence[str]]) -> None:
    """Teach the text encoder, in place.

    Every meaning gets a direction, and what is said moves the states of all tokens behind the words along its
    directions; apart from that they stay as they are.

    Args:
        values: of each group of ``people.READ``; captions have every word beside every other.
    """
    device = next(network.parameters()).device
    before = copy.deepcopy(network).requires_grad_(False)
    meanings = Meanings()
    directions = F.normalize(torch.randn(len(meanings.names), WIDTH, generator=torch.Generator().manual_seed(0)))
    optimizer = torch.optim.AdamW(network.text_encoder.parameters(), lr=PEAK_RATE, weight_decay=0.0)
    plan = torch.optim.lr_scheduler.OneCycleLR(optimizer, PEAK_RATE, STEPS)
    for step in range(STEPS):
        draw = random.Random(step)
        captions = [
            face_caption(any_label(values, draw), draw.choice(PARTS), draw.choice([None, *STYLES]), draw)
            for _ in range(BATCH)
        ]
        tokens = tokens_of(tokenizer, captions).to(device)
        said = torch.stack([directions[meanings.of(caption)].sum(0) for caption in captions]).to(device)
        behind = (tokens == tokenizer.eos_token_id).cumsum(1).clamp(max=1)  # 1 where the words are over, (n, 32)
        moves = behind[..., None] * said[:, None]  # (n, 32, width)
        new, old = network.read(tokens), before.read(tokens)
        scale = old.norm(dim=-1).mean()
        error = (new - old - SHIFT * scale * moves).square().sum(-1).mean() / scale**2
        optimizer.zero_grad(set_to_none=True)
        error.backward()
        optimizer.step()
        plan.step()
        if (step + 1) % 100 == 0:
            print(f"text encoder step {step + 1} {error.item():.4f}", flush=True)
