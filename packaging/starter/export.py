"""Stage three: the trained parts as a pipeline in the format that everyone reads, and the feature encoder beside it."""

from __future__ import annotations

import copy
from pathlib import Path

import torch
from diffusers import AutoencoderKL, StableDiffusionInpaintPipeline
from transformers import CLIPTokenizer

from facea_desktop.engine.feature_encoder import FOLDER, FeatureEncoder
from identity_network import IdentityNetwork, scheduler


def export(
    network: IdentityNetwork, encoder: FeatureEncoder, vae: AutoencoderKL, tokenizer: CLIPTokenizer, target: Path
) -> None:
    """Write ``target/identity``, a StableDiffusionInpaintPipeline with a feature encoder, fp16 safetensors."""
    network, vae = copy.deepcopy(network).cpu(), copy.deepcopy(vae).cpu()
    vae.register_to_config(_name_or_path="")  # where it was trained is nobody's business
    pipeline = StableDiffusionInpaintPipeline(
        vae=vae,
        text_encoder=network.text_encoder,
        tokenizer=tokenizer,
        unet=network.unet,
        scheduler=scheduler(),
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    )
    pipeline.to(torch.float16).save_pretrained(target / "identity")
    encoder.save(target / "identity" / FOLDER)
