"""Grounding DINO's text branch: BERT over a caption of phrases that do not see one another."""

from __future__ import annotations

import json
from pathlib import Path

import torch
from huggingface_hub.errors import StrictDataclassError
from torch import Tensor, nn
from transformers import BertConfig, BertModel, BertTokenizer

from facea_desktop.domain.errors import UserError


class PhraseBert(nn.Module):
    """BERT that takes who may attend to whom from the caller (Grounding DINO, arXiv 2303.05499, section 3.4).

    groundingdino's own wrapper needs methods that transformers 5 no longer has. Names of weights and of the call's
    arguments are those of the wrapper, so that its checkpoints and its model fit.
    """

    def __init__(self, bert_model: BertModel) -> None:
        super().__init__()
        self.config = bert_model.config
        self.embeddings = bert_model.embeddings
        self.encoder = bert_model.encoder
        self.pooler = bert_model.pooler  # never called, but its weights are in the checkpoint

    def forward(
        self, input_ids: Tensor, attention_mask: Tensor, position_ids: Tensor, token_type_ids: Tensor
    ) -> dict[str, Tensor]:
        """Encode captions.

        Args:
            input_ids: (B, tokens).
            attention_mask: (B, tokens, tokens), True where a row's token attends to a column's.
            position_ids: (B, tokens), counted anew in every phrase.
            token_type_ids: (B, tokens).

        Returns:
            "last_hidden_state": (B, tokens, width).
        """
        hidden = self.embeddings(input_ids=input_ids, token_type_ids=token_type_ids, position_ids=position_ids)
        unseen = torch.finfo(hidden.dtype).min
        mask = torch.zeros_like(attention_mask, dtype=hidden.dtype).masked_fill(~attention_mask, unseen)
        out = self.encoder(hidden, attention_mask=mask[:, None])  # (B, 1 for all heads, tokens, tokens)
        return {"last_hidden_state": out.last_hidden_state}


def read_text_branch(bert: Path) -> tuple[BertModel, BertTokenizer]:
    """BERT and its uncased tokenizer from a folder in the layout of transformers.

    Read are ``config.json`` and ``vocab.txt`` or, without it, ``tokenizer.json``. The weights of the BERT are random:
    those that were trained with Grounding DINO are in its checkpoint.

    Raises:
        UserError: a file is missing, damaged or of another model.
    """
    model, vocabulary = _build_bert(bert), _read_vocabulary(bert)
    if len(vocabulary) > model.config.vocab_size:
        raise _unusable(bert, "its vocabulary is larger than its config.json says")
    return model, BertTokenizer(vocab=vocabulary, do_lower_case=True)


def word_tokens(tokenizer: BertTokenizer, caption: str, words: tuple[str, ...]) -> dict[str, list[int]]:
    """Where each of ``words`` stands among the caption's tokens.

    A caption is phrases that end with a full stop; the word is a phrase's last ("human face ." holds "face"), and all
    tokens of its phrase count.

    Raises:
        UserError: the tokenizer does not know a phrase.
        ValueError: a word is in no phrase or in two.
    """
    encoded = tokenizer(caption, return_offsets_mapping=True)
    phrases: dict[str, list[int]] = {}
    start = 0
    for phrase in caption.split(".")[:-1]:
        end = start + len(phrase)
        tokens = [k for k, (a, b) in enumerate(encoded["offset_mapping"]) if start <= a < b <= end]
        if any(encoded["input_ids"][k] == tokenizer.unk_token_id for k in tokens):
            raise UserError(
                f"The BERT beside Grounding DINO does not know “{phrase.strip()}”. Download Grounding DINO again."
            )
        word = phrase.split()[-1] if phrase.split() else ""
        if word in phrases:
            raise ValueError(f"the caption {caption!r} asks for {word!r} twice")
        phrases[word] = tokens
        start = end + 1
    if not set(words) <= phrases.keys():
        raise ValueError(f"the caption {caption!r} must ask for each of {words}")
    return {word: phrases[word] for word in words}


def _build_bert(bert: Path) -> BertModel:
    try:
        config = json.loads((bert / "config.json").read_text(encoding="utf-8"))
        kind = config.get("model_type")
    except (OSError, ValueError, AttributeError) as error:
        raise _unusable(bert, "its config.json cannot be read") from error
    if kind != "bert":
        raise _unusable(bert, f"its config.json describes a model of type {kind!r}")
    try:
        return BertModel(BertConfig.from_dict(config))
    except (ValueError, KeyError, TypeError, StrictDataclassError) as error:
        raise _unusable(bert, "its config.json has impossible values") from error


def _read_vocabulary(bert: Path) -> dict[str, int]:
    lines = bert / "vocab.txt"
    try:
        if lines.is_file():
            words = lines.read_text(encoding="utf-8").rstrip("\n").split("\n")
            vocabulary = {word: number for number, word in enumerate(words)}
        else:
            vocabulary = json.loads((bert / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
            vocabulary = {word: int(number) for word, number in vocabulary.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _unusable(bert, "its vocabulary cannot be read") from error
    missing = {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "."} - vocabulary.keys()
    if missing or sorted(vocabulary.values()) != list(range(len(vocabulary))):
        raise _unusable(bert, "its vocabulary is not that of a BERT")
    return vocabulary


def _unusable(bert: Path, why: str) -> UserError:
    return UserError(f"The BERT beside Grounding DINO, {bert}, cannot be used: {why}. Download Grounding DINO again.")
