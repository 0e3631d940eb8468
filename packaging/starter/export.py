"""Stage three: the trained parts as two pipelines in the formats that everyone reads."""

from __future__ import annotations

from pathlib import Path

import torch
from diffusers import AutoencoderKL, StableDiffusionInpaintPipeline, StableDiffusionXLPipeline, UNet2DConditionModel
from transformers import CLIPTokenizer

from painter import LATENTS, POOLING_HEADS, WIDTH, Painter, scheduler, unet_settings

SIZE_WIDTH = 8  # of each of SDXL's six size conditions, which these models do not heed


def export(painter: Painter, vae: AutoencoderKL, tokenizer: CLIPTokenizer, target: Path) -> None:
    """Write ``target/identity`` (SD inpainting) and ``target/context`` (SDXL), fp16 safetensors."""
    vae.register_to_config(_name_or_path="")  # where it was trained is nobody's business
    _identity(painter, vae, tokenizer).to(torch.float16).save_pretrained(target / "identity")
    _context(painter, vae, tokenizer).to(torch.float16).save_pretrained(target / "context")


def _trunk(painter: Painter) -> dict[str, torch.Tensor]:
    return {key: value for key, value in painter.unet.state_dict().items() if not key.startswith("conv_in.")}


def _identity(painter: Painter, vae: AutoencoderKL, tokenizer: CLIPTokenizer) -> StableDiffusionInpaintPipeline:
    settings = unet_settings(painter.unet.config["sample_size"])
    unet = UNet2DConditionModel(
        in_channels=2 * LATENTS + 1,
        addition_embed_type="text",
        addition_embed_type_num_heads=POOLING_HEADS,
        **settings,
    )
    first = {f"conv_in.{key}": value for key, value in painter.redraw_in.state_dict().items()}
    pooled = {f"add_embedding.{key}": value for key, value in painter.redraw_embedding.state_dict().items()}
    unet.load_state_dict(_trunk(painter) | first | pooled)
    return StableDiffusionInpaintPipeline(
        vae=vae,
        text_encoder=painter.redraw_text,
        tokenizer=tokenizer,
        unet=unet,
        scheduler=scheduler(),
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    )


def _context(painter: Painter, vae: AutoencoderKL, tokenizer: CLIPTokenizer) -> StableDiffusionXLPipeline:
    settings = unet_settings(painter.unet.config["sample_size"])
    unet = UNet2DConditionModel(
        in_channels=LATENTS,
        addition_embed_type="text_time",
        addition_time_embed_dim=SIZE_WIDTH,
        projection_class_embeddings_input_dim=6 * SIZE_WIDTH + WIDTH,
        **settings,
    )
    first = {f"conv_in.{key}": value for key, value in painter.scene_in.state_dict().items()}
    pooled = {f"add_embedding.{key}": value for key, value in painter.scene_embedding.state_dict().items()}
    # Behind the pooled words the embedding has six sizes, which the painter does not know: weights of zero.
    reads = pooled["add_embedding.linear_1.weight"]
    pooled["add_embedding.linear_1.weight"] = torch.cat([reads, reads.new_zeros(len(reads), 6 * SIZE_WIDTH)], 1)
    unet.load_state_dict(_trunk(painter) | first | pooled)
    return StableDiffusionXLPipeline(
        vae=vae,
        text_encoder=None,
        text_encoder_2=painter.scene_text,
        tokenizer=None,
        tokenizer_2=tokenizer,
        unet=unet,
        scheduler=scheduler(),
        force_zeros_for_empty_prompt=False,  # the unworded samples of training had the empty prompt's embedding
        add_watermarker=False,
    )
