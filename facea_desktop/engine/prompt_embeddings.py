"""Prompts as sequences of embeddings, with the [feat] vectors in them (paper, feature embeddings)."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

import torch
from diffusers import Flux2KleinPipeline, QwenImagePipeline, ZImagePipeline
from torch import Tensor, nn

from facea_desktop.domain.faces import FACE, PARTS, Subject, part_prompt
from facea_desktop.domain.prompt_weights import read_emphasis

LATENT_PIXELS = 8
"""Pixels of SDXL's pictures to a side of each of its latents."""


class TextEncoder:
    """A frozen CLIP text encoder and its tokenizer.

    Args:
        layer: index into the encoder's hidden states; None takes its output.
    """

    def __init__(self, tokenizer: Any, encoder: nn.Module, layer: int | None = None) -> None:
        self._tokenizer = tokenizer
        self._encoder = encoder
        self._layer = layer

    @property
    def length(self) -> int:
        """Tokens of one prompt, padding included (77 for CLIP)."""
        return int(self._tokenizer.model_max_length)

    @torch.no_grad()
    def encode(self, prompt: str) -> Tensor:
        """A prompt of any length as (1, k * length, width): k pieces, each read on its own."""
        return self.encode_with_whole(prompt)[0]

    @torch.no_grad()
    def encode_with_whole(self, prompt: str) -> tuple[Tensor, Tensor]:
        """As ``encode``, and the encoder's first output for the first piece: SDXL's pooled embedding, (1, width)."""
        words, weights = self._words(prompt)
        room = self.length - 2
        starts = range(0, max(len(words), 1), room)
        states, whole = self._read([words[i : i + room] for i in starts])
        if any(weight != 1 for weight in weights):
            # As ComfyUI has it: a weighted embedding lies further away from that of no words, or nearer to it.
            none = self._read([[]])[0]
            more = torch.zeros(states.shape[:2]).to(states)
            for row, i in enumerate(starts):
                piece = weights[i : i + room]
                more[row, 1 : 1 + len(piece)] = torch.tensor(piece).to(states) - 1
            states = states + (states - none) * more[..., None]
        return states.reshape(1, -1, states.shape[-1]), whole

    def _read(self, pieces: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
        """The states of pieces, (k, length, width), and the encoder's first output for the first of them."""
        ids = torch.tensor(list(map(self._framed, pieces)), device=next(self._encoder.parameters()).device)
        if self._layer is None:
            out = self._encoder(ids)
            return out[0], out[0][:1]
        out = self._encoder(ids, output_hidden_states=True)
        return out.hidden_states[self._layer], out[0][:1]

    def words_end(self, prompt: str) -> int:
        """Position of the first padding token behind ``prompt`` (of one piece)."""
        return len(self._words(prompt)[0]) + 2

    def _words(self, prompt: str) -> tuple[list[int], list[float]]:
        """The prompt's tokens and their weights, which brackets say (``domain/prompt_weights.py``).

        What the tokenizer has no token for is left out: it would stand in as the end of the text. A letter with an
        accent is read without it, and of several signs in a row those that are known stay.
        """
        emphasis = read_emphasis(prompt)
        plain = emphasis.plain
        read = self._tokenizer(
            plain, add_special_tokens=False, truncation=False, verbose=False, return_offsets_mapping=True
        )
        ids: list[int] = []
        weights: list[float] = []
        for _, group in groupby(zip(read.word_ids(), read.input_ids, read.offset_mapping), key=itemgetter(0)):
            tokens = list(group)
            word = [token for _, token, _ in tokens]
            begin, end = tokens[0][2][0], tokens[-1][2][1]
            if not self._known(word):
                word = self._without_unknown(plain[begin:end])
            weight = next((weight for left, right, weight in emphasis.weights if left <= begin < right), 1.0)
            ids += word
            weights += [weight] * len(word)
        return ids, weights

    def _known(self, ids: Sequence[int]) -> bool:
        tokenizer = self._tokenizer
        return not {tokenizer.unk_token_id, tokenizer.bos_token_id, tokenizer.eos_token_id} & set(ids)

    def _without_unknown(self, word: str) -> list[int]:
        def read(text: str) -> list[int]:
            ids: list[int] = self._tokenizer(text, add_special_tokens=False).input_ids
            return ids if self._known(ids) else []

        if not any(sign.isalnum() for sign in word):
            return [token for sign in word for token in read(sign)]
        plain = _plain_letters(word)
        return read(plain) or read("".join(letter for letter in plain if letter.isascii()))

    def _framed(self, words: Sequence[int]) -> list[int]:
        tokenizer = self._tokenizer
        framed = [tokenizer.bos_token_id, *words, tokenizer.eos_token_id]
        return framed + [tokenizer.pad_token_id] * (self.length - len(framed))


def _plain_letters(word: str) -> str:
    """Without accents and the like: "caf\u00e9" is "cafe"."""
    letters = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


class PairedTextEncoder:
    """SDXL's two text encoders, whose embeddings lie side by side; used as a ``TextEncoder`` of their joint width."""

    def __init__(self, first: TextEncoder, second: TextEncoder) -> None:
        self._first, self._second = first, second

    @property
    def length(self) -> int:
        """Tokens of one prompt, padding included."""
        return self._first.length

    def encode(self, prompt: str) -> Tensor:
        """A prompt of any length as (1, k * length, width of both)."""
        return self.encode_with_whole(prompt)[0]

    def encode_with_whole(self, prompt: str) -> tuple[Tensor, Tensor]:
        """As ``encode``, and the second encoder's embedding of the first piece as a whole, (1, its width)."""
        states, _ = self._first.encode_with_whole(prompt)
        others, whole = self._second.encode_with_whole(prompt)
        length = max(states.shape[1], others.shape[1])
        return torch.cat([padded(states, self._first, length), padded(others, self._second, length)], -1), whole

    def words_end(self, prompt: str) -> int:
        """Position of the first padding token behind ``prompt`` (of one piece)."""
        return max(self._first.words_end(prompt), self._second.words_end(prompt))


def text_encoder_of(pipe: Any) -> TextEncoder | PairedTextEncoder:
    """What encodes a Stable Diffusion pipeline's prompts; SDXL takes the last hidden states but one."""
    second = getattr(pipe, "text_encoder_2", None)
    if second is None:
        return TextEncoder(pipe.tokenizer, pipe.text_encoder)
    return PairedTextEncoder(
        TextEncoder(pipe.tokenizer, pipe.text_encoder, -2), TextEncoder(pipe.tokenizer_2, second, -2)
    )


def pipeline_prompts(pipe: Any, prompt: str, unwanted: str) -> dict[str, Any]:
    """A prompt and a negative prompt as the arguments of a diffusers text-to-image pipeline.

    CLIP reads them in pieces, of any length. Language models read whole sentences of 512 tokens, without weights, which
    are CLIP's; FLUX.2 [klein] is not guided and knows no negative prompt, and Qwen-Image's empty one is a space.
    """
    if isinstance(pipe, Flux2KleinPipeline):
        return {"prompt": _sentence(prompt)}
    if isinstance(pipe, (ZImagePipeline, QwenImagePipeline)):
        nothing = " " if isinstance(pipe, QwenImagePipeline) else ""
        return {"prompt": _sentence(prompt), "negative_prompt": _sentence(unwanted) or nothing}
    texts = text_encoder_of(pipe)
    rows = [texts.encode_with_whole(text) for text in (prompt, unwanted)]
    length = max(states.shape[1] for states, _ in rows)
    wanted, against = (padded(states, texts, length) for states, _ in rows)
    made = {"prompt_embeds": wanted, "negative_prompt_embeds": against}
    if isinstance(texts, PairedTextEncoder):
        made |= {"pooled_prompt_embeds": rows[0][1], "negative_pooled_prompt_embeds": rows[1][1]}
    if not unwanted and zeros_for_nothing(pipe):
        made |= {name: torch.zeros_like(states) for name, states in made.items() if name.startswith("negative")}
    return made


def _sentence(prompt: str) -> str:
    return " ".join(read_emphasis(prompt).plain.split())


def zeros_for_nothing(pipe: Any) -> bool:
    """Whether the model learned zeros, not an empty sentence, for no words, as SDXL did."""
    return bool(getattr(pipe.config, "force_zeros_for_empty_prompt", False))


def padded(states: Tensor, texts: TextEncoder | PairedTextEncoder, length: int) -> Tensor:
    """Embeddings (1, n, width) with empty pieces behind them, (1, length, width)."""
    missing = (length - states.shape[1]) // texts.length
    return torch.cat([states, *[texts.encode("")] * missing], 1) if missing > 0 else states


class PartPrompts(nn.Module):
    """T_face and every T_v as embeddings whose first padding positions hold the learned [feat] vectors.

    As in HiPer (Han et al. 2023) the vectors stand in the encoder's output, so the encoder runs once.

    Args:
        texts: encodes the words.
        subject: man or woman.
        features: a set (n, width) for each of PARTS; n may be 0.
        words_alone: T'_id is T_id, which the paper's ablation without embeddings and attribute task is painted with.
    """

    def __init__(
        self,
        texts: TextEncoder | PairedTextEncoder,
        subject: Subject,
        features: Mapping[str, Tensor],
        *,
        words_alone: bool = False,
    ) -> None:
        super().__init__()
        self._words_alone = words_alone
        self._sizes = isinstance(texts, PairedTextEncoder)
        self.features = nn.ParameterDict({part: nn.Parameter(features[part].float()) for part in PARTS})
        self._starts: dict[str, int] = {}
        for part in PARTS:
            prompt = part_prompt(subject, part)
            start = self._starts[part] = texts.words_end(prompt)
            if start + len(features[part]) > texts.length:
                raise ValueError(f"{len(features[part])} [feat] vectors do not fit behind {prompt!r}")
            words, whole = texts.encode_with_whole(prompt)
            self.register_buffer(f"words_{part}", words, persistent=False)
            self.register_buffer(f"whole_{part}", whole, persistent=False)

    def __getitem__(self, part: str) -> Tensor:
        """The prompt of ``part`` with its [feat] vectors in place, (1, length, width)."""
        words: Tensor = self.get_buffer(f"words_{part}")
        vectors = self.features[part].to(words.dtype)[None]
        start = self._starts[part]
        return torch.cat([words[:, :start], vectors, words[:, start + vectors.shape[1] :]], dim=1)

    def conditions(self, where: Tensor, side: int) -> dict[str, Any]:
        """What SDXL's UNet takes beside the words, as arguments; nothing for others.

        Args:
            where: the part of each row as an index into PARTS, (n,).
            side: of the square latents.
        """
        if not self._sizes:
            return {}
        wholes = torch.cat([self.get_buffer(f"whole_{part}") for part in PARTS])[where]
        return {"added_cond_kwargs": {"text_embeds": wholes, "time_ids": size_ids(side, wholes)}}

    def extend(self, words: Tensor) -> Tensor:
        """T'_id = T_id ⊕ T_face[feat] ⊕ T_v[feat] for every v, along the sequence.

        Args:
            words: T_id encoded, (1, k * length, width).

        Returns:
            (1, (k + 5) * length, width), or as many as ``words`` where these stand alone.
        """
        if self._words_alone:
            return words
        return torch.cat([words, *(self[part] for part in PARTS)], dim=1)


def size_ids(side: int, wholes: Tensor) -> Tensor:
    """SDXL's original size, crop and target size in pixels of whole pictures, a row for each of ``wholes``, (n, 6).

    Args:
        side: of their latents.
    """
    row = torch.full((6,), float(side * LATENT_PIXELS), device=wholes.device)
    row[2:4] = 0
    return row.expand(len(wholes), -1)


def initial_features(
    texts: TextEncoder | PairedTextEncoder, subject: Subject, count: int, seen: Mapping[str, Tensor] | None = None
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
