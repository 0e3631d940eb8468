"""What the two weight files of a person must look like to belong to a model family."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.faces import PARTS
from facea_desktop.library.safe_tensors import Tensors, shown

RANK_LIMIT = 512
FEATURE_LIMIT = 32
_HEADER = 2 << 20
"""Bytes of a file beside its numbers; names of a thousand tensors take a tenth."""
_KEY = re.compile(r"unet\.(?P<module>.+)\.lora_(?P<half>[AB])\.weight")


@dataclass(frozen=True)
class AdapterLayout:
    """The part of a model family that adapters fit.

    Attributes:
        modules: path in the UNet → (out_features, in_features), for every module that LoRA may target; a convolution
            counts out_channels and in_channels · kernel height · kernel width.
        width: of one text embedding.
        kernels: path of each convolution → (kernel height, kernel width).
    """

    modules: Mapping[str, tuple[int, int]]
    width: int
    kernels: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def shapes(self, module: str, rank: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The shapes of lora_A and lora_B of a module."""
        outputs, inputs = self.modules[module]
        if module not in self.kernels:
            return (rank, inputs), (outputs, rank)
        height, width = self.kernels[module]
        return (rank, inputs // (height * width), height, width), (outputs, rank, 1, 1)

    def adapter_limit(self, rank: int) -> int:
        """Bytes that the file of an adapter of this rank may take."""
        return _HEADER + 4 * rank * sum(outputs + inputs for outputs, inputs in self.modules.values())

    def features_limit(self) -> int:
        """Bytes that a file of [feat] sets may take."""
        return _HEADER + 4 * len(PARTS) * FEATURE_LIMIT * self.width


def check_adapter(tensors: Tensors, layout: AdapterLayout) -> None:
    """See that the tensors are a LoRA of this family, as diffusers' ``load_lora_weights`` reads it.

    ``unet.<module>.lora_A.weight`` is (rank, in) and ``unet.<module>.lora_B.weight`` (out, rank); of a convolution
    (rank, in, k, k) and (out, rank, 1, 1).

    Raises:
        UserError: it is not; the message names one tensor.
    """
    ranks: dict[str, dict[str, int]] = {}
    for key, tensor in tensors.items():
        match = _KEY.fullmatch(key)
        if match is None or match["module"] not in layout.modules:
            raise UserError(f"{shown(key)} is not part of an adapter of this model.")
        half = "AB".index(match["half"])
        rank = tensor.shape[half] if tensor.ndim > half else 0
        if tensor.shape != layout.shapes(match["module"], rank)[half]:
            raise UserError(f"{shown(key)} has the shape {tensor.shape}, which does not fit this model.")
        ranks.setdefault(match["module"], {})[match["half"]] = rank
    if not ranks:
        raise UserError("it holds no adapter.")
    for module, halves in ranks.items():
        if halves.keys() != {"A", "B"}:
            raise UserError(f"one of the two matrices of {shown(module)} is missing.")
        if halves["A"] != halves["B"] or not 1 <= halves["A"] <= RANK_LIMIT:
            raise UserError(f"the rank of {shown(module)} is not the same in both matrices, or not 1 to {RANK_LIMIT}.")


def check_features(tensors: Tensors, layout: AdapterLayout) -> None:
    """See that there is one [feat] set (n, width) for the face and each attribute.

    Raises:
        UserError: there is not.
    """
    if tensors.keys() != set(PARTS):
        raise UserError(f"it must hold {', '.join(PARTS)}, and nothing else.")
    for part, tensor in tensors.items():
        if tensor.ndim != 2 or tensor.shape[1] != layout.width or tensor.shape[0] > FEATURE_LIMIT:
            raise UserError(f"{part} has the shape {tensor.shape}, which does not fit this model.")
