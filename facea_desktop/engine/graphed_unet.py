"""A painting pipeline's UNet as a CUDA graph, replayed for all steps and pictures of the same shapes."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import torch
from peft.tuners.lora import LoraLayer
from torch import Tensor, nn

from facea_desktop.engine.cuda_graphs import captured, has_spare_memory
from facea_desktop.engine.out_of_memory import raising_out_of_memory

log = logging.getLogger(__name__)

NAMED = ("sample", "timestep", "encoder_hidden_states")
"""A UNet's first inputs; others come in ``added_cond_kwargs``."""

Key = tuple[object, ...]


class GraphedUNet:
    """Lets a pipeline's UNet answer from a graph of one forward pass.

    The graph reads the weights where they lay when it was captured: numbers that change there count, and the pass is
    captured anew where a weight lies elsewhere, or an input has another shape or type. On other devices than CUDA, with
    models that move between memories, and where little memory is left, the UNet runs call by call, as ever.

    Args:
        pipe: a diffusers pipeline that calls ``pipe.unet`` once a step; one without a UNet paints call by call.
    """

    def __init__(self, pipe: Any) -> None:
        self._pipe = pipe
        self._forward: _CapturedForward | None = None
        self._paused = False  # no room for a graph in this picture
        self._failed = False  # this UNet cannot be captured

    @contextmanager
    def replaying(self) -> Iterator[None]:
        """Within, ``pipe.unet`` answers from the graph; nothing is learned, and no weight moves."""
        unet = getattr(self._pipe, "unet", None)  # pipelines of today have a transformer in its place
        if unet is None or self._failed or not _stays_on_card(unet) or _has_lora_beside(unet):
            yield
            return
        self._paused = False
        unet.forward = partial(self._answer, unet.forward, _addresses(unet))
        try:
            yield
        finally:
            del unet.forward  # the class's own is back
            if self._forward is not None and not has_spare_memory(unet.device):
                self.forget()

    def forget(self) -> None:
        """Give back the memory that the graph keeps."""
        if self._forward is not None:
            self._forward = None
            torch.cuda.empty_cache()

    def _answer(
        self,
        forward: Callable[..., Any],
        addresses: Key,
        sample: Tensor,
        timestep: Tensor,
        encoder_hidden_states: Tensor,
        *,
        added_cond_kwargs: dict[str, Tensor] | None = None,
        return_dict: bool = True,
        **others: Any,
    ) -> Any:
        """In the place of the UNet's ``forward``, as the pipelines call it."""
        named = sample, timestep, encoder_hidden_states
        inputs = dict(zip(NAMED, named, strict=True)) | (added_cond_kwargs or {})
        ours = not return_dict and all(value is None for value in others.values())
        if ours and all(isinstance(value, Tensor) for value in inputs.values()):
            key = (addresses, *((name, value.shape, value.dtype) for name, value in inputs.items()))
            if self._is_captured(key, forward, inputs):
                assert self._forward is not None
                return (self._forward.replay(inputs),)
        return forward(*named, added_cond_kwargs=added_cond_kwargs, return_dict=return_dict, **others)

    def _is_captured(self, key: Key, forward: Callable[..., Any], inputs: dict[str, Tensor]) -> bool:
        """Whether there is a graph for ``key``; made where there is none yet and memory suffices."""
        if self._forward is not None and self._forward.key == key:
            return True
        if self._paused:
            return False
        self.forget()  # before another takes its place
        device = self._pipe.unet.device
        self._paused = not has_spare_memory(device)
        if self._paused:
            return False
        try:
            with raising_out_of_memory():
                self._forward = _CapturedForward(key, forward, inputs, device)
        except torch.OutOfMemoryError:
            self._paused = True
        except RuntimeError as error:
            self._paused = self._failed = True
            log.warning("painting goes on without a graph of the UNet: %s", " ".join(str(error).split())[:200])
        return self._forward is not None


class _CapturedForward:
    """One pass in a graph, between tensors that stay where they are.

    Attributes:
        key: the weights and inputs it holds for.
    """

    def __init__(self, key: Key, forward: Callable[..., Any], inputs: dict[str, Tensor], device: torch.device) -> None:
        self.key = key
        self._inputs = {name: value.to(device, copy=True) for name, value in inputs.items()}
        named = [self._inputs[name] for name in NAMED]
        added = {name: value for name, value in self._inputs.items() if name not in NAMED} or None

        def calculate() -> None:
            self._output: Tensor = forward(*named, added_cond_kwargs=added, return_dict=False)[0]

        self._graph = captured(calculate, device, warm_up=1)

    def replay(self, inputs: dict[str, Tensor]) -> Tensor:
        """What the UNet predicts for ``inputs``."""
        for name, value in inputs.items():
            self._inputs[name].copy_(value, non_blocking=True)
        self._graph.replay()
        return self._output.clone()  # samplers of several steps keep what they were given


def _stays_on_card(unet: Any) -> bool:
    return unet.device.type == "cuda" and not hasattr(unet, "_hf_hook")


def _has_lora_beside(unet: nn.Module) -> bool:
    """Whether LoRA runs beside the layers: a graph would not follow its strength."""
    layers = (part for part in unet.modules() if isinstance(part, LoraLayer))
    return any(layer.active_adapters and not layer.merged for layer in layers)


def _addresses(unet: nn.Module) -> Key:
    """Where the weights lie, LoRA's left out, which are not read while they are merged."""
    return tuple(weight.data_ptr() for name, weight in unet.named_parameters() if ".lora_" not in name)
