"""Weights of our own small networks: one safetensors file in half precision, which carries its configuration."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import safetensors.torch
from safetensors import safe_open
from torch import nn

from facea_desktop.domain.people import Value

Config = TypeVar("Config", bound=Value)


def save_with_config(file: Path, network: nn.Module, config: Value) -> None:
    """Write the weights of ``network``, integers as they are, and the configuration that its class is built from."""
    halves = {
        key: value.contiguous().half() if value.is_floating_point() else value
        for key, value in network.state_dict().items()
    }
    safetensors.torch.save_file(halves, file, {"config": config.model_dump_json()})


def read_config(file: Path, kind: type[Config]) -> Config:
    """The configuration of a file that ``save_with_config`` wrote.

    Raises:
        OSError, ValueError, safetensors.SafetensorError: the file is missing, damaged or of something else.
    """
    with safe_open(file, framework="pt") as opened:
        return kind.model_validate_json((opened.metadata() or {}).get("config", ""))
