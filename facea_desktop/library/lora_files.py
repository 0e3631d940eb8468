"""LoRA files that others trained, read into our own layout.

Read are diffusers' three generations of names (peft's ``lora_A``, ``.lora.down``, ``processor.to_q_lora.down``) and
kohya's (``lora_unet_..._to_q.lora_down``), the latter with diffusers' or with Stable Diffusion's own block names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save

from facea_desktop.domain.atomic_files import disk_trouble, open_file
from facea_desktop.domain.errors import UserError
from facea_desktop.library.adapter_checks import AdapterLayout, check_adapter
from facea_desktop.library.safe_tensors import Tensors, read_tensors, shown

FILE_LIMIT = 1 << 30
_TEXT_ENCODER = ("text_encoder.", "text_encoder_2.", "lora_te_", "lora_te1_", "lora_te2_")
_LEFT_OUT = {
    **dict.fromkeys(_TEXT_ENCODER, "The text encoder's part of the LoRA"),
    "bundle_emb.": "The embedding bundled with the LoRA",
}
_ADAPTER_NAME = re.compile(r"\.(lora_[AB])\.[^.]+\.weight$")
_UNET = re.compile(r"^(?:lora_unet_|unet\.base_model\.model\.|unet\.|base_model\.model\.)")
LORA_ENDING = ".safetensors"
_ENDINGS = {
    ".lora_A.weight": "A",
    ".lora_B.weight": "B",
    ".lora.down.weight": "A",
    ".lora.up.weight": "B",
    "_lora.down.weight": "A",
    "_lora.up.weight": "B",
    ".lora_down.weight": "A",
    ".lora_up.weight": "B",
    ".alpha": "alpha",
}
_RESNET = {
    "conv1": "in_layers.2",
    "time_emb_proj": "emb_layers.1",
    "conv2": "out_layers.3",
    "conv_shortcut": "skip_connection",
}
_OUTSIDE_BLOCKS = {
    "time_embedding.linear_1": "time_embed.0",
    "time_embedding.linear_2": "time_embed.2",
    "add_embedding.linear_1": "label_emb.0.0",
    "add_embedding.linear_2": "label_emb.0.2",
    "conv_in": "input_blocks.0.0",
    "conv_out": "out.2",
}


def normalised(tensors: Tensors, layout: AdapterLayout) -> tuple[bytes, int, tuple[str, ...]]:
    """``adapter.safetensors`` in our layout, its largest rank, and what the user should know.

    Raises:
        UserError: as ``normalised_tensors``.
    """
    adapter = normalised_tensors(tensors, layout)
    rank = max(tensor.shape[0] for key, tensor in adapter.items() if ".lora_A." in key)
    return save(dict(sorted(adapter.items()))), rank, left_out_warnings(tensors)


def read_lora(data: bytes) -> Tensors:
    """The tensors of a LoRA file; those that are of no use here come empty.

    Raises:
        UserError: as ``read_tensors``.
    """
    return read_tensors(data, lambda key: _left_out(key) is not None)


def unet_tensors(tensors: Tensors) -> Iterator[tuple[str, str, str]]:
    """Of each tensor for the UNet its name, its module's path with underscores, and "A", "B" or "alpha".

    Raises:
        UserError: one belongs to no LoRA that is supported.
    """
    for key in tensors:
        if _left_out(key) is None:
            yield (key, *_parsed(key))


def left_out_warnings(tensors: Tensors) -> tuple[str, ...]:
    """What of a LoRA file is not used, a line each."""
    left_out = Counter(what for key in tensors if (what := _left_out(key)) is not None)
    return tuple(f"{what} ({count} tensor{'s' * (count > 1)}) was left out." for what, count in left_out.items())


def normalised_tensors(tensors: Tensors, layout: AdapterLayout) -> dict[str, NDArray[np.float32]]:
    """A LoRA in our layout, as ``check_adapter`` wants it.

    B is multiplied by alpha / rank, so that no alpha is needed; all is float32, which holds F16 and BF16 exactly.

    Raises:
        UserError: a tensor is unknown, misshapen or has lost its partner; the message names it.
    """
    modules = dict(_aliases(layout))
    found: dict[str, dict[str, NDArray[np.floating[Any]]]] = {}
    for key, path, role in unet_tensors(tensors):
        tensor = tensors[key]
        module = modules.get(path)
        if module is None or role in found.get(module, {}):
            raise UserError(f"{shown(key)} does not belong to this model.")
        found.setdefault(module, {})[role] = tensor
    adapter: dict[str, NDArray[np.float32]] = {}
    for module, parts in found.items():
        if not {"A", "B"} <= parts.keys():
            raise UserError(f"one of the two matrices of {shown(module)} is missing.")
        down, up = (parts[half].astype(np.float32) for half in "AB")
        with np.errstate(over="ignore"):
            up = up * _scale(module, parts, down.shape)
        if not np.isfinite(up).all():
            raise UserError(f"the alpha of {shown(module)} is too large.")
        rank = down.shape[0] if down.ndim else 0
        for half, tensor, shape in zip("AB", (down, up), layout.shapes(module, rank), strict=True):
            # A kernel of one pixel is a matrix: trainers write either for a linear module and such a convolution.
            fits = tensor.ndim in (2, 4) and tensor.shape[:2] == shape[:2] and {*tensor.shape[2:], *shape[2:]} <= {1}
            adapter[f"unet.{module}.lora_{half}.weight"] = tensor.reshape(shape) if fits else tensor
    check_adapter(adapter, layout)
    return adapter


def lora_content(source: Path) -> bytes:
    """The bytes of a LoRA file.

    Raises:
        UserError: it is too large, or the disk refuses.
    """
    with disk_trouble(f"read {source}"), open_file(source) as file:
        data = file.read(FILE_LIMIT + 1)
    if len(data) > FILE_LIMIT:
        raise UserError(f"{source.name} is larger than {FILE_LIMIT >> 20} MB.")
    return data


def _left_out(key: str) -> str | None:
    """What of a LoRA file is of no use here; None for what belongs to the UNet."""
    return next((what for start, what in _LEFT_OUT.items() if key.startswith(start)), None)


def _scale(module: str, parts: Mapping[str, NDArray[np.floating[Any]]], down: tuple[int, ...]) -> np.float32:
    """alpha / rank; without an alpha, diffusers and kohya both take alpha = rank."""
    if "alpha" not in parts:
        return np.float32(1)
    if parts["alpha"].size != 1 or not down or not down[0] or abs(alpha := float(parts["alpha"].item())) > 1e6:
        raise UserError(f"the alpha of {shown(module)} cannot be used.")
    return np.float32(alpha / down[0])


def _parsed(key: str) -> tuple[str, str]:
    """The module's path with underscores, and "A", "B" or "alpha"."""
    key = _ADAPTER_NAME.sub(r".\1.weight", key)  # peft writes "lora_A.default"
    for ending, role in _ENDINGS.items():
        if key.endswith(ending):
            path = _UNET.sub("", key.removesuffix(ending)).replace(".processor.", ".")
            return path.replace(".", "_"), role
    raise UserError(f"{shown(key)} is not part of a supported LoRA.")


def _aliases(layout: AdapterLayout) -> Iterator[tuple[str, str]]:
    """Every name with underscores that some tool gives a module of the layout."""
    for module in layout.modules:
        for name in (module, *_original_names(module)):
            yield name.replace(".", "_"), module
            if name.endswith(".to_out.0"):  # the attention processors' name for it
                yield name.removesuffix(".0").replace(".", "_"), module


def _original_names(module: str) -> Iterator[str]:
    """Stable Diffusion's own names of a diffusers module; all families have two resnets a block."""
    if module in _OUTSIDE_BLOCKS:
        yield _OUTSIDE_BLOCKS[module]
    match = re.fullmatch(r"(?:(down|up)_blocks\.(\d+)|mid_block)\.(\w+)\.(\d+)\.(.+)", module)
    if match is None:
        return
    side, kind, rest = match[1], match[3], match[5]
    block, layer = int(match[2] or 0), int(match[4])
    if kind == "resnets":
        rest = _RESNET.get(rest, rest)
    if side is None:
        yield f"middle_block.{1 if kind == 'attentions' else 2 * layer}.{rest}"
    elif kind == "downsamplers":
        yield f"input_blocks.{3 * block + 3}.0.op"
    elif kind == "upsamplers":  # after the attention, where the block has one
        yield from (f"output_blocks.{3 * block + 2}.{place}.conv" for place in (1, 2))
    else:
        start = f"input_blocks.{3 * block + layer + 1}" if side == "down" else f"output_blocks.{3 * block + layer}"
        yield f"{start}.{1 if kind == 'attentions' else 0}.{rest}"
