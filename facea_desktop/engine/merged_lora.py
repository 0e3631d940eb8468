"""LoRA inside the base weights while something is painted: beside every layer it costs nearly as much as the layer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial

import torch
from peft.tuners.lora import LoraLayer
from torch import Tensor, nn

_UNET, _DOWN, _UP = "unet.", ".lora_A.weight", ".lora_B.weight"
Addition = tuple[nn.Module, Callable[[], Tensor]]
"""A layer, and what is added to its weight, in float32."""


@contextmanager
@torch.no_grad()
def merged(network: nn.Module, adapter: str, *, left_out: bool = False) -> Iterator[None]:
    """Let ``network`` run with the LoRA ``adapter`` added to its weights; afterwards they are bit for bit as before.

    Nothing is learned meanwhile.

    Args:
        left_out: nothing is added: the network runs as if there were no LoRA.
    """
    layers = [part for part in network.modules() if isinstance(part, LoraLayer) and adapter in part.lora_A]

    def delta(layer: LoraLayer) -> Tensor:
        return layer.get_delta_weight(adapter).float()

    with _added((layer.get_base_layer(), partial(delta, layer)) for layer in layers if not left_out):
        for layer in layers:
            layer.merged_adapters.append(adapter)
        try:
            yield
        finally:
            for layer in layers:
                layer.merged_adapters.clear()


@contextmanager
@torch.no_grad()
def merged_tensors(network: nn.Module, adapter: Mapping[str, Tensor], strength: float) -> Iterator[None]:
    """Let ``network`` run with a LoRA that is not loaded into it added to its weights, as ``merged``.

    Args:
        adapter: of a UNet, as ``library.adapter_checks.check_adapter`` wants it.
        strength: 1 adds it as it is.
    """
    modules = [key.removesuffix(_DOWN).removeprefix(_UNET) for key in adapter if key.endswith(_DOWN)]

    def delta(module: str, layer: nn.Module) -> Tensor:
        weight: Tensor = layer.weight  # type: ignore[assignment]
        down, up = (adapter[f"{_UNET}{module}{half}"].to(weight.device) for half in (_DOWN, _UP))  # (r, in), (out, r)
        return strength * (up.flatten(1) @ down.flatten(1)).reshape(weight.shape)

    layers = [(module, network.get_submodule(module)) for module in modules]
    with _added(((layer, partial(delta, module, layer)) for module, layer in layers), kept_on="cpu"):
        yield


@contextmanager
@torch.no_grad()
def _added(additions: Iterable[Addition], kept_on: str | None = None) -> Iterator[None]:
    """Add to weights in place, and put back what was there.

    The sums are made in float32 and kept in the weights' own type, and where the weights lie, so that a graph of the
    network that was captured before reads them.

    Args:
        kept_on: the device on which what was there waits; None leaves it where it is.
    """
    own: list[tuple[nn.Module, Tensor]] = []
    try:
        for layer, delta in additions:
            weight: Tensor = layer.weight  # type: ignore[assignment]
            total = weight.float() + delta()
            own.append((layer, weight.detach().to(kept_on or weight.device, copy=True)))
            weight.copy_(total)
        yield
    finally:
        for layer, before in own:
            layer.weight.copy_(before)  # type: ignore[operator]
