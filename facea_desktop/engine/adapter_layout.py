"""The shapes that an adapter of a family must have, read from the family's own configuration."""

from __future__ import annotations

import json

import torch
from diffusers import UNet2DConditionModel
from torch import nn

from facea_desktop.library.adapter_checks import AdapterLayout
from facea_desktop.models.catalogue import Family
from facea_desktop.models.model_store import ModelStore


def adapter_layout(models: ModelStore, family: Family) -> AdapterLayout:
    """Every linear and convolutional module of the family's identity UNet, and the width of its text.

    Raises:
        UserError: the identity model is not installed.
    """
    weights = models.weights(family, "identity")
    folder = weights if weights.is_dir() else models.config(family, "identity")
    config = json.loads((folder / "unet" / "config.json").read_text(encoding="utf-8"))
    with torch.device("meta"):  # shapes alone, no memory
        unet = UNet2DConditionModel.from_config(config)
    return layout_of(unet)


def layout_of(unet: UNet2DConditionModel) -> AdapterLayout:
    """Every linear and convolutional module of a UNet, and the width of its text."""
    modules, kernels = {}, {}
    for name, module in unet.named_modules():
        if isinstance(module, nn.Linear):
            modules[name] = (module.out_features, module.in_features)
        elif isinstance(module, nn.Conv2d):
            height, width = module.kernel_size
            modules[name] = (module.out_channels, module.in_channels * height * width)
            kernels[name] = (height, width)
    return AdapterLayout(modules, int(unet.config["cross_attention_dim"]), kernels)
