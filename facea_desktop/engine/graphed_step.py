"""One step of Eq. (2) as a CUDA graph."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor
from torch.func import functional_call

from facea_desktop.domain.faces import PARTS
from facea_desktop.engine.cuda_graphs import captured
from facea_desktop.engine.loss import TuneBatch, noised, reconstruction_losses
from facea_desktop.engine.prompt_embeddings import PartPrompts

WARM_UP = 3
"""Calculations before the capture, in which the libraries choose their kernels."""


class GraphedStep:
    """Losses and gradients of batches of one size.

    LoRA takes part as copies in the UNet's own type, so that nothing is converted layer by layer; the weights that are
    learned stay in float32. On a device without graphs the same is calculated call by call.

    Args:
        unet: with LoRA; what requires a gradient is learned.
        batch: one of the size of all that will come.

    Raises:
        torch.OutOfMemoryError: the device does not hold what lies between forward and backward.
        RuntimeError: something cannot be captured.
    """

    def __init__(self, unet: Any, prompts: PartPrompts, noising: Any, batch: TuneBatch) -> None:
        self._unet, self._prompts, self._noising = unet, prompts, noising
        self._task_rows = batch.task_rows
        named = {name: weight for name, weight in unet.named_parameters() if weight.requires_grad}
        self._weights: list[Tensor] = list(named.values())
        self._features = [prompts.features[part] for part in PARTS]
        dtype, device = unet.dtype, batch.latents.device
        self._copies = {name: weight.detach().to(dtype).requires_grad_() for name, weight in named.items()}
        self._gradients = [torch.zeros_like(weight) for weight in (*self._weights, *self._features)]
        n, c, h, w = batch.latents.shape
        self._x = torch.zeros(n, 2 * c + 1, h, w, dtype=dtype, device=device)
        self._target = torch.zeros_like(batch.latents)
        self._t = torch.zeros_like(batch.t)
        self._where = torch.zeros(n, dtype=torch.long, device=device)
        self._losses = torch.zeros(2, device=device)
        self._graph: torch.cuda.CUDAGraph | None = None
        self._load(batch)
        if device.type == "cuda":
            self._graph = captured(self._compute, device, warm_up=WARM_UP)

    def backward(self, batch: TuneBatch) -> Tensor:
        """Leave the gradients of Eq. (2) for a batch in ``.grad`` of what is learned.

        Returns:
            The two terms of Eq. (2), (2,); overwritten by the next call.
        """
        self._load(batch)
        if self._graph is not None:
            self._graph.replay()
        else:
            self._compute()
        for weight, gradient in zip(self._weights, self._gradients):
            weight.grad = gradient
        for part, vectors, gradient in zip(PARTS, self._features, self._gradients[len(self._weights) :]):
            vectors.grad = gradient if part in batch.parts else None  # Adam leaves alone what a step is not about
        return self._losses

    def _load(self, batch: TuneBatch) -> None:
        """Copy a batch into the tensors that the graph reads."""
        x, target = noised(batch, self._noising)
        self._x.copy_(x)
        self._target.copy_(target)
        self._t.copy_(batch.t)
        where = torch.tensor([PARTS.index(part) for part in batch.parts])
        self._where.copy_(where.pin_memory() if self._where.is_cuda else where, non_blocking=True)

    def _compute(self) -> None:
        """From the static tensors into the static tensors."""
        copies = list(self._copies.values())
        with torch.no_grad():
            if copies:  # [feat] vectors may be tuned alone
                torch._foreach_copy_(copies, self._weights)
        words = torch.cat([self._prompts[part] for part in PARTS])[self._where].to(self._x.dtype)
        more = self._prompts.conditions(self._where, self._x.shape[-1])
        predicted = functional_call(self._unet, self._copies, (self._x, self._t, words), more).sample.float()
        losses = reconstruction_losses(predicted, self._target, self._task_rows[0], self._task_rows)
        gradients = torch.autograd.grad(losses.total, [*copies, *self._features])
        with torch.no_grad():
            torch._foreach_copy_(self._gradients, list(gradients))
            self._losses.copy_(losses.detached())
