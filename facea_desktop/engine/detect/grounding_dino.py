"""Grounding DINO Swin-T (Liu et al. 2023, arXiv 2303.05499): faces and attributes found by their words."""

from __future__ import annotations

import pickle
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import safetensors.torch
import torch
from PIL import Image
from safetensors import SafetensorError
from torch import Tensor, nn
from transformers import BertModel, BertTokenizer

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.faces import Box, Face
from facea_desktop.engine.detect.dino_text import PhraseBert, read_text_branch, word_tokens
from facea_desktop.engine.detect.face_assembly import WORDS, Candidate, assemble_faces
from facea_desktop.engine.detect.rotated_search import find_any_way_up, is_plausible

_MEAN = np.array([0.485, 0.456, 0.406], np.float32)  # ImageNet's, as in training
_DEVIATION = np.array([0.229, 0.224, 0.225], np.float32)

_THINNEST = 64
"""A thinner picture, in pixels, is stretched to this: it would have fewer places than the model has queries."""

_UNUSED = {"label_enc.weight", "bert.embeddings.position_ids"}
"""In the published checkpoint, but not in the model: a head for training and a constant of older transformers."""

_UNREADABLE = (
    *(OSError, EOFError, SafetensorError, pickle.UnpicklingError, struct.error),
    *(RuntimeError, ValueError, LookupError, TypeError, AttributeError, AssertionError),
)
"""What torch.load and safetensors raise over a file that is cut, changed or something else altogether."""


@dataclass(frozen=True)
class DinoSettings:
    """What to look for, and how sure to be.

    Attributes:
        caption: phrases that end with a full stop, one for each of WORDS.
        box_threshold: a box counts if any token of the caption scores higher, 0 to 1.
        text_threshold: and if its word does, 0 to 1.
        short_side: pictures are searched at this size in pixels,
        long_side: unless this would make them longer.
    """

    caption: str
    box_threshold: float
    text_threshold: float
    short_side: int = 800
    long_side: int = 1333


class GroundingDino:
    """The detector for real work: an open-vocabulary transformer that is asked for faces, eyes, noses and mouths."""

    def __init__(self, model: nn.Module, tokenizer: BertTokenizer, device: str, settings: DinoSettings) -> None:
        self._model = model.to(device)
        self._device = device
        self._settings = settings
        self._caption = _as_trained(settings.caption)
        self._tokens = word_tokens(tokenizer, self._caption, WORDS)

    @classmethod
    def load(cls, checkpoint: Path, bert: Path, device: str, settings: DinoSettings) -> GroundingDino:
        """Read the detector from disk; nothing is downloaded and no pickled code is run.

        Args:
            checkpoint: the published ``.pth``, or its weights as ``.safetensors``.
            bert: folder with the ``config.json`` and the vocabulary of bert-base-uncased.

        Raises:
            UserError: a file is missing, damaged or of another model.
        """
        text_model, tokenizer = read_text_branch(bert)
        model = build_model(text_model, tokenizer)
        load_weights(model, checkpoint)
        return cls(model, tokenizer, device, settings)

    def find(self, picture: Image.Image) -> list[Face]:
        """All faces of an RGB picture, the largest first; empty when there is none.

        Only where none was found, or one whose parts lie as in no upright face, the picture is searched in other turns.
        """
        found = self._upright(picture)
        sure = bool(found) and all(is_plausible(face) for face in found)
        return found if sure else find_any_way_up(self._upright, picture, found)

    def _upright(self, picture: Image.Image) -> list[Face]:
        pixels = prepare(picture, self._settings).to(self._device)
        with torch.inference_mode(), _package_of_2023():
            found = self._model(pixels[None], captions=[self._caption])
        scores = found["pred_logits"][0].sigmoid().cpu()  # (queries, 256), 0 after the caption's last token
        boxes = found["pred_boxes"][0].cpu()  # (queries, 4)
        return assemble_faces(read_candidates(scores, boxes, self._tokens, self._settings, picture.size), picture.size)


def build_model(bert: BertModel, tokenizer: BertTokenizer, **changes: Any) -> nn.Module:
    """Grounding DINO Swin-T over ``bert``, with random weights, for inference; ``changes`` shrink its configuration."""
    with _package_of_2023():
        from groundingdino.config import GroundingDINO_SwinT_OGC as swin_t
        from groundingdino.models.GroundingDINO import groundingdino as package

        values = {name: value for name, value in vars(swin_t).items() if not name.startswith("_")}
        values |= {"use_checkpoint": False, "use_transformer_ckpt": False}  # memory for time, in training only
        with _text_branch(package, bert, tokenizer):
            model: nn.Module = package.build_groundingdino(SimpleNamespace(**values | changes))
    return model.eval().requires_grad_(False)


def load_weights(model: nn.Module, checkpoint: Path) -> None:
    """Put the checkpoint's weights into the model.

    Raises:
        UserError: the file is missing or damaged, or its weights are not exactly those of the model.
    """
    weights = _read(checkpoint)
    wanted = model.state_dict(keep_vars=True)
    # One tensor may have several names (heads shared by the layers); a safetensors copy holds it under one of them.
    given = {id(wanted[name]) for name in weights.keys() & wanted.keys()}
    wrong = {name for name in weights.keys() & wanted.keys() if not _fits(weights[name], wanted[name])}
    wrong |= weights.keys() - wanted.keys()
    wrong |= {name for name, value in wanted.items() if id(value) not in given}
    if wrong:
        raise UserError(
            f"{checkpoint} does not hold the weights of Grounding DINO Swin-T ({len(wrong)} differ, as {min(wrong)})."
            " Choose groundingdino_swint_ogc.pth, or download Grounding DINO again."
        )
    model.load_state_dict(weights, strict=False)  # all that is still missing is shared


def prepare(picture: Image.Image, settings: DinoSettings) -> Tensor:
    """The picture as the model was trained on it: (3, h, w), resized, ImageNet's mean and deviation taken out."""
    width, height = picture.size
    short, long = min(width, height), max(width, height)
    side = settings.short_side
    if long / short * side > settings.long_side:
        side = round(settings.long_side * short / long)
    along = int(side * long / short)
    if side < _THINNEST:
        side, along = _THINNEST, settings.long_side
    size = (side, along) if width < height else (along, side)
    pixels = np.asarray(picture.convert("RGB").resize(size, Image.Resampling.BILINEAR), np.float32) / 255
    return torch.from_numpy((pixels - _MEAN) / _DEVIATION).permute(2, 0, 1).contiguous()


def read_candidates(
    scores: Tensor, boxes: Tensor, tokens: dict[str, list[int]], settings: DinoSettings, size: tuple[int, int]
) -> list[Candidate]:
    """What the model's queries found, each under the word that fits it best.

    Args:
        scores: (queries, 256), 0 to 1, how well a query's box fits each token of the caption.
        boxes: (queries, 4), centre x, centre y, width and height, 0 to 1 of the picture.
        tokens: for each word the tokens that stand for it.
        size: the picture's width and height in pixels.
    """
    words = list(tokens)
    fits = torch.stack([scores[:, tokens[word]].amax(1) for word in words], 1)  # (queries, words)
    best, which = fits.max(1)
    kept = (scores.amax(1) > settings.box_threshold) & (best > settings.text_threshold)
    center, extent = boxes[:, :2], boxes[:, 2:]
    corners = torch.cat([center - extent / 2, center + extent / 2], 1) * torch.tensor([*size, *size])
    return [
        Candidate(words[k], Box(*corner), score)
        for k, corner, score in zip(which[kept].tolist(), corners[kept].tolist(), best[kept].tolist())
    ]


def _as_trained(caption: str) -> str:
    """Lower case, with a full stop at the end."""
    caption = caption.lower().strip()
    return caption if caption.endswith(".") else caption + " ."


def _read(checkpoint: Path) -> dict[str, Tensor]:
    """The checkpoint's weights by name, less what the model never uses."""
    if not checkpoint.is_file():
        raise UserError(f"Grounding DINO's weights are not at {checkpoint}. Download Grounding DINO.")
    weights: Any
    try:
        if checkpoint.suffix == ".safetensors":
            weights = safetensors.torch.load_file(checkpoint)
        else:
            weights = torch.load(checkpoint, map_location="cpu", weights_only=True)
            weights = weights.get("model") if isinstance(weights, dict) else None
    except _UNREADABLE as error:
        raise UserError(
            f"{checkpoint} is damaged, or holds more than weights. Download Grounding DINO again."
        ) from error
    if not isinstance(weights, dict) or not all(isinstance(value, Tensor) for value in weights.values()):
        raise UserError(f"{checkpoint} is not a checkpoint of Grounding DINO. Choose groundingdino_swint_ogc.pth.")
    # Trained on several devices, where torch puts "module." before every name.
    named = {str(name).removeprefix("module."): value for name, value in weights.items()}
    return {name: value for name, value in named.items() if name not in _UNUSED}


def _fits(found: Tensor, wanted: Tensor) -> bool:
    """Whether ``found`` can stand for ``wanted``: its shape, and for indices, which nothing trains, its values."""
    if found.shape != wanted.shape or found.layout != wanted.layout:
        return False
    if wanted.is_floating_point():
        return found.is_floating_point()
    return found.dtype == wanted.dtype and torch.equal(found, wanted)


@contextmanager
def _package_of_2023() -> Iterator[None]:
    """Calls into groundingdino, whose ways with timm and torch are deprecated by now, without their warnings."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@contextmanager
def _text_branch(package: ModuleType, bert: BertModel, tokenizer: BertTokenizer) -> Iterator[None]:
    """Let the package's model take our BERT and tokenizer while it is built.

    Its constructor fetches both from the hub by name, prints to stdout and wraps BERT in a class that needs
    transformers 4; it has no argument for any of this.
    """
    ours = {
        "BertModelWarper": PhraseBert,
        "get_tokenlizer": SimpleNamespace(
            get_tokenlizer=lambda name: tokenizer, get_pretrained_language_model=lambda name: bert
        ),
    }
    theirs = {name: getattr(package, name) for name in ours}
    vars(package).update(ours)
    try:
        yield
    finally:
        vars(package).update(theirs)
