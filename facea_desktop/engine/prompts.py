"""Prompts as sequences of embeddings, with the [feat] vectors in them (paper, feature embeddings)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import torch
from torch import Tensor, nn

from facea_desktop.domain.faces import FACE, PARTS, Subject, part_prompt


class TextEncoder:
    """A frozen CLIP text encoder and its tokenizer."""

    def __init__(self, tokenizer: Any, encoder: nn.Module) -> None:
        self._tokenizer = tokenizer
        self._encoder = encoder

    @property
    def length(self) -> int:
        """Tokens of one prompt, padding included (77 for CLIP)."""
        return int(self._tokenizer.model_max_length)

    @torch.no_grad()
    def encode(self, prompt: str) -> Tensor:
        """A prompt of any length as (1, k * length, width): k pieces, each read on its own."""
        tokenizer = self._tokenizer
        words = tokenizer(prompt, add_special_tokens=False, truncation=False, verbose=False).input_ids
        room = self.length - 2
        pieces = [words[i : i + room] for i in range(0, max(len(words), 1), room)]
        rows = [self._framed(piece) for piece in pieces]
        ids = torch.tensor(rows, device=next(self._encoder.parameters()).device)
        states = self._encoder(ids)[0]  # (k, length, width)
        return states.reshape(1, -1, states.shape[-1])

    def words_end(self, prompt: str) -> int:
        """Position of the first padding token behind ``prompt`` (of one piece)."""
        return len(self._tokenizer(prompt, add_special_tokens=False).input_ids) + 2

    def _framed(self, words: Sequence[int]) -> list[int]:
        tokenizer = self._tokenizer
        framed = [tokenizer.bos_token_id, *words, tokenizer.eos_token_id]
        return framed + [tokenizer.pad_token_id] * (self.length - len(framed))


class PartPrompts(nn.Module):
    """T_face and every T_v as embeddings whose first padding positions hold the learned [feat] vectors.

    As in HiPer (Han et al. 2023) the vectors stand in the encoder's output, so the encoder runs once.

    Args:
        texts: encodes the words.
        subject: man or woman.
        features: a set (n, width) for each of PARTS; n may be 0.
    """

    def __init__(self, texts: TextEncoder, subject: Subject, features: Mapping[str, Tensor]) -> None:
        super().__init__()
        self.features = nn.ParameterDict({part: nn.Parameter(features[part].float()) for part in PARTS})
        self._starts: dict[str, int] = {}
        for part in PARTS:
            prompt = part_prompt(subject, part)
            start = self._starts[part] = texts.words_end(prompt)
            if start + len(features[part]) > texts.length:
                raise ValueError(f"{len(features[part])} [feat] vectors do not fit behind {prompt!r}")
            self.register_buffer(f"words_{part}", texts.encode(prompt), persistent=False)

    def __getitem__(self, part: str) -> Tensor:
        """The prompt of ``part`` with its [feat] vectors in place, (1, length, width)."""
        words: Tensor = self.get_buffer(f"words_{part}")
        vectors = self.features[part].to(words.dtype)[None]
        start = self._starts[part]
        return torch.cat([words[:, :start], vectors, words[:, start + vectors.shape[1] :]], dim=1)

    def extend(self, words: Tensor) -> Tensor:
        """T'_id = T_id ⊕ T_face[feat] ⊕ T_v[feat] for every v, along the sequence.

        Args:
            words: T_id encoded, (1, k * length, width).

        Returns:
            (1, (k + 5) * length, width).
        """
        return torch.cat([words, *(self[part] for part in PARTS)], dim=1)


def initial_features(
    texts: TextEncoder, subject: Subject, count: int, seen: Mapping[str, Tensor] | None = None
) -> dict[str, Tensor]:
    """The [feat] sets before tuning, each (count, width): what photos show, or the padding that they replace.

    Args:
        seen: vectors made of photos, by part; (n, width) each, of which the first ``count`` are taken.
    """
    sets = {}
    for part in PARTS:
        prompt = part_prompt(subject, part)
        start = texts.words_end(prompt)
        vectors = texts.encode(prompt)[0, start : start + count].detach().float().cpu().clone()
        if seen is not None and part in seen:
            known = seen[part][:count]
            vectors[: len(known)] = known
        sets[part] = vectors
    assert FACE in sets
    return sets


def like_length(negative: Tensor, prompt: Tensor) -> Tensor:
    """``negative`` (1, k, width) repeated to the length of ``prompt`` (1, n, width), for guidance."""
    times = -(-prompt.shape[1] // negative.shape[1])
    return negative.repeat(1, times, 1)[:, : prompt.shape[1]]
