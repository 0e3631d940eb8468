"""Weights of our own small networks: one safetensors file that carries its configuration."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

import safetensors.torch
import torch
from safetensors import safe_open
from torch import Tensor, int8, nn

from facea_desktop.domain.people import Value

Config = TypeVar("Config", bound=Value)
Network = TypeVar("Network", bound=nn.Module)
SCALE = ":scale"
"""Behind the name of what is stored in 8 bits: how much a step of each of its rows is worth."""
LARGE = 4096
"""Tensors of more numbers are worth storing in 8 bits."""


def save_with_config(file: Path, network: nn.Module, config: Value, *, bits: int = 16) -> None:
    """Write the weights of ``network``, integers as they are, and the configuration that its class is built from.

    Args:
        bits: 16 for half precision, 8 for ``in_8_bits``.
    """
    state = network.state_dict()
    kept = in_8_bits(state) if bits == 8 else {name: _half(value) for name, value in state.items()}
    safetensors.torch.save_file(kept, file, {"config": config.model_dump_json()})


def read_config(file: Path, kind: type[Config]) -> Config:
    """The configuration of a file that ``save_with_config`` wrote.

    Raises:
        OSError, ValueError, safetensors.SafetensorError: the file is missing, damaged or of something else.
    """
    with safe_open(file, framework="pt") as opened:
        return kind.model_validate_json((opened.metadata() or {}).get("config", ""))


def load_network(file: Path, network: Callable[[Config], Network], kind: type[Config]) -> Network:
    """A network with the weights and the configuration of its file, in float32.

    Args:
        network: its class.

    Raises:
        OSError, ValueError, safetensors.SafetensorError, RuntimeError: missing, damaged or of another shape.
    """
    config = read_config(file, kind)
    with torch.device("meta"):
        made = network(config)
    made.load_state_dict(read_weights(file), assign=True)
    return made.requires_grad_(False).eval().float()


def read_weights(file: Path) -> dict[str, Tensor]:
    """The tensors of a file, whatever number of bits they are stored in.

    Raises:
        OSError, safetensors.SafetensorError: it is missing or damaged.
    """
    kept = safetensors.torch.load_file(file)
    scales = {name.removesuffix(SCALE): kept.pop(name) for name in [name for name in kept if name.endswith(SCALE)]}
    return {name: value.float() * scales[name] if name in scales else value for name, value in kept.items()}


def in_8_bits(tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Large matrices and kernels as 8-bit integers, with a scale for each of their rows; all else in half precision."""
    kept: dict[str, Tensor] = {}
    for name, value in tensors.items():
        if value.is_floating_point() and value.dim() > 1 and value.numel() > LARGE:
            scale = value.float().abs().amax(tuple(range(1, value.dim())), keepdim=True).clamp_min(1e-12) / 127
            kept |= {name: (value / scale).round().to(int8).contiguous(), name + SCALE: scale}
        else:
            kept[name] = _half(value)
    return kept


def _half(value: Tensor) -> Tensor:
    return value.contiguous().half() if value.is_floating_point() else value.contiguous()
