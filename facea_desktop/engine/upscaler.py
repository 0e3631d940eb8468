"""A network that enlarges pictures, read by spandrel: any of the upscalers that it knows, from a file of weights."""

from __future__ import annotations

import pickle
from pathlib import Path

import safetensors.torch
import torch
from safetensors import SafetensorError
from torch import Tensor

from facea_desktop.domain.errors import UserError
from facea_desktop.engine.out_of_memory import raising_out_of_memory

_BROKEN = (
    OSError, ValueError, TypeError, AttributeError, LookupError, AssertionError, RuntimeError, EOFError,
    SafetensorError, pickle.UnpicklingError,
)  # fmt: skip
"""What torch and spandrel raise at files that are damaged, or hold something else."""


class Upscaler:
    """Enlarges pictures by a fixed factor.

    Args:
        file: ``.safetensors``, or a PyTorch checkpoint, of which tensors alone are read.
        device: where it runs; in half precision on a CUDA card, where the network bears it.

    Attributes:
        times: how much wider and higher a picture becomes.

    Raises:
        UserError: the file is missing or damaged, or holds no upscaler of colour pictures.
    """

    def __init__(self, file: Path, device: str = "cpu") -> None:
        # Seconds to import, for all the architectures in it.
        from spandrel import ImageModelDescriptor, ModelLoader, UnsupportedModelError, canonicalize_state_dict

        try:
            network = ModelLoader().load_from_state_dict(canonicalize_state_dict(_read(file)))
        except UnsupportedModelError as error:
            raise UserError(f"{file} holds no upscaler that is known here. Choose another file.") from error
        except _BROKEN as error:
            raise UserError(f"{file} is missing or damaged. Download it again, or choose another file.") from error
        if not isinstance(network, ImageModelDescriptor) or (network.input_channels, network.output_channels) != (3, 3):
            raise UserError(f"{file} is for other pictures than coloured ones. Choose another file.")
        if network.scale < 2:
            raise UserError(f"{file} does not enlarge pictures: it gives them back in their size. Choose another file.")
        half = device.startswith("cuda") and network.supports_half
        self.times: int = network.scale
        self._network = network.eval().to(device=device, dtype=torch.float16 if half else torch.float32)
        self._network.model.requires_grad_(False)

    def __call__(self, pixels: Tensor) -> Tensor:
        """Pictures (n, 3, h, w) in [0, 1] to (n, 3, times * h, times * w) in [0, 1].

        They come back on the device and in the type in which they were given.

        Raises:
            torch.OutOfMemoryError: the device has no room.
        """
        network = self._network
        with raising_out_of_memory():
            inside = pixels.to(network.device, network.dtype)
            return torch.cat([network(one[None]) for one in inside]).to(pixels)  # it takes one at a time


def _read(file: Path) -> dict[str, Tensor]:
    if file.suffix.lower() == ".safetensors":
        return safetensors.torch.load_file(file)
    found: dict[str, Tensor] = torch.load(file, map_location="cpu", weights_only=True)
    return found
