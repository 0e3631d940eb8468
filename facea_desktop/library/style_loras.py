"""LoRA files of styles: checked as far as can be without the model, kept by their hash, and read for it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from facea_desktop.domain.atomic_files import disk_trouble, private_folder, write_atomically
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.plain_text import one_line
from facea_desktop.domain.requests import StyleLora
from facea_desktop.library.adapter_checks import AdapterLayout
from facea_desktop.library.erasure import erase_at_once
from facea_desktop.library.lora_files import (
    LORA_ENDING,
    left_out_warnings,
    lora_content,
    normalised_tensors,
    read_lora,
    unet_tensors,
)
from facea_desktop.library.safe_tensors import Tensors

_PROMPT_KEYS = "attn2_to_k"
_OTHER_MODELS = {768: "Stable Diffusion 1", 1024: "Stable Diffusion 2"}
"""Widths of the prompts of models that are no SDXL."""
_OTHER_NETWORKS = ("transformer_", "diffusion_model_", "lora_transformer_", "double_blocks_", "single_blocks_")
"""How names begin that LoRA files of models without a UNet have."""


class StyleLoras:
    """The LoRA files in the folder of the styles; two styles with the same file share it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, sha256: str) -> Path:
        """Where the file of this hash lies, or would lie."""
        return self._folder / f"{sha256}{LORA_ENDING}"

    def add(self, data: bytes, name: str, strength: float) -> tuple[StyleLora, tuple[str, ...]]:
        """Check a file and keep it.

        Args:
            name: what the file is called.

        Returns:
            the LoRA, and what of it is not used, a line each.

        Raises:
            UserError: it is no LoRA for Stable Diffusion XL, or the disk refuses.
        """
        try:
            warnings = _checked(read_lora(data))
        except UserError as error:
            raise UserError(
                f"{name} was not added: {error} Choose a LoRA for the UNet of Stable Diffusion XL."
            ) from error
        called = one_line(name).removesuffix(LORA_ENDING).strip()[:100] or "LoRA"
        made = StyleLora(name=called, sha256=hashlib.sha256(data).hexdigest(), strength=strength)
        with disk_trouble("save the style"):
            private_folder(self._folder)
            if not self.path(made.sha256).exists():
                write_atomically(self.path(made.sha256), data)
        return made, warnings

    def require(self, lora: StyleLora) -> None:
        """See that the file is here.

        Raises:
            UserError: it is not.
        """
        if not self.path(lora.sha256).exists():
            raise UserError(
                f"The style's LoRA {lora.name} is not here; add its file as a style, or choose another style."
            )

    def content(self, lora: StyleLora) -> bytes:
        """The bytes of the file.

        Raises:
            UserError: it is not here, or damaged.
        """
        self.require(lora)
        data = lora_content(self.path(lora.sha256))
        if hashlib.sha256(data).hexdigest() != lora.sha256:
            raise UserError(f"The style's LoRA {lora.name} is damaged; delete the style and add the file again.")
        return data

    def tensors(self, lora: StyleLora, layout: AdapterLayout) -> Tensors:
        """The LoRA for a UNet of this layout, see ``normalised_tensors``.

        Raises:
            UserError: it is not here, damaged, or does not fit.
        """
        tensors = read_lora(self.content(lora))
        try:
            return normalised_tensors(tensors, layout)
        except UserError as error:
            raise UserError(
                f"The style's LoRA {lora.name} does not fit the scene model: {error} Choose another style."
            ) from error

    def delete(self, sha256: str) -> None:
        """Erase a file; one that is gone is no trouble.

        Raises:
            OSError: the disk refuses.
        """
        if self.path(sha256).exists():
            erase_at_once(self.path(sha256))


def _checked(tensors: Tensors) -> tuple[str, ...]:
    """What of the file is not used.

    Raises:
        UserError: a tensor belongs to no LoRA that is supported, or the LoRA was made for another model.
    """
    parts = [(key, path, role) for key, path, role in unet_tensors(tensors)]
    if not parts:
        raise UserError("it holds nothing for the UNet.")
    for key, path, role in parts:
        if path.startswith(_OTHER_NETWORKS):
            raise UserError("it was made for another kind of model.")
        width = tensors[key].shape[1] if role == "A" and tensors[key].ndim > 1 else 0
        if path.endswith(_PROMPT_KEYS) and width in _OTHER_MODELS:
            raise UserError(f"it was made for {_OTHER_MODELS[width]}.")
    return left_out_warnings(tensors)
