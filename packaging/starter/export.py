"""Stage three: the trained parts as a pipeline in the format that everyone reads."""

from __future__ import annotations

from pathlib import Path

import torch
from diffusers import AutoencoderKL, StableDiffusionInpaintPipeline
from transformers import CLIPTokenizer

from identity_network import IdentityNetwork, scheduler


def export(network: IdentityNetwork, vae: AutoencoderKL, tokenizer: CLIPTokenizer, target: Path) -> None:
    """Write ``target/identity``, a StableDiffusionInpaintPipeline, fp16 safetensors."""
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
