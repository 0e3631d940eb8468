"""LoRA inside the base weights while something is painted: beside every layer it costs nearly as much as the layer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from peft.tuners.lora import LoraLayer
from torch import Tensor, nn


@contextmanager
@torch.no_grad()
def merged(network: nn.Module, adapter: str) -> Iterator[None]:
    """Let ``network`` run with the LoRA ``adapter`` added to its weights; afterwards they are bit for bit as before.

    Nothing is learned meanwhile. The sums are made in float32 and kept in the weights' own type, and where the weights
    lie, so that a graph of the network that was captured before reads them.
    """
    layers = [part for part in network.modules() if isinstance(part, LoraLayer) and adapter in part.lora_A]
    own: list[Tensor] = []
    try:
        for layer in layers:
            weight = layer.get_base_layer().weight
            total = weight.float() + layer.get_delta_weight(adapter).float()
            own.append(weight.clone())
            weight.copy_(total)
            layer.merged_adapters.append(adapter)
        yield
    finally:
        for layer, before in zip(layers, own):
            layer.get_base_layer().weight.copy_(before)
            layer.merged_adapters.clear()
