"""What stage two trains: one UNet that paints whole portraits and redraws masked parts of them.

The two tasks share everything but the first convolution and the text encoder, and every batch has rows of both, so
each learns from the samples of both; ``export.py`` takes them apart into the context model and the identity model.
Both have their pooled words added to the embedding of time: whole pictures as SDXL has it, masked ones as DeepFloyd IF
has it, whose UNets pool the words themselves, for SD inpainting gives a UNet nothing but words.
"""

from __future__ import annotations

import torch
from diffusers import DDIMScheduler, UNet2DConditionModel
from diffusers.models.attention_processor import AttnProcessor
from diffusers.models.embeddings import TextTimeEmbedding, TimestepEmbedding
from torch import Tensor, nn
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection, CLIPTokenizer

from words import PROMPT_LENGTH

WIDTH = 192  # of the text embeddings
LATENTS = 4
POOLING_HEADS = 4


def scheduler() -> DDIMScheduler:
    """v-prediction with zero terminal SNR (Lin et al. 2023, arXiv 2305.08891)."""
    return DDIMScheduler(
        beta_start=0.00085,
        beta_end=0.012,
        beta_schedule="scaled_linear",
        prediction_type="v_prediction",
        rescale_betas_zero_snr=True,
        timestep_spacing="trailing",
        clip_sample=False,
        steps_offset=1,  # not used with trailing spacing; pipelines warn of any other value
    )


def unet_settings(size: int) -> dict:
    """What the two exported UNets have in common; ``size`` in latent pixels."""
    return {
        "sample_size": size,
        "out_channels": LATENTS,
        "block_out_channels": (48, 96, 160),
        "down_block_types": ("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
        "up_block_types": ("CrossAttnUpBlock2D", "UpBlock2D", "UpBlock2D"),
        "layers_per_block": 1,
        "cross_attention_dim": WIDTH,
        "attention_head_dim": 4,  # diffusers reads this as the number of heads
        "norm_num_groups": 16,
    }


def text_settings(tokenizer: CLIPTokenizer, layers: int) -> CLIPTextConfig:
    return CLIPTextConfig(
        vocab_size=len(tokenizer),
        hidden_size=WIDTH,
        intermediate_size=3 * WIDTH,
        num_hidden_layers=layers,
        num_attention_heads=4,
        projection_dim=WIDTH,
        max_position_embeddings=PROMPT_LENGTH,
        bos_token_id=tokenizer.bos_token_id,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
    )


class Trunk(UNet2DConditionModel):
    """A UNet that adds what it is given to the embedding of time."""

    def get_aug_embed(self, emb: Tensor, encoder_hidden_states: Tensor, added_cond_kwargs: dict[str, Tensor]) -> Tensor:
        return added_cond_kwargs["embedding"]


class Painter(nn.Module):
    """The shared UNet with the first layers and the text encoders of both tasks."""

    def __init__(self, size: int, tokenizer: CLIPTokenizer) -> None:
        super().__init__()
        self.unet = Trunk(in_channels=2 * LATENTS + 1, **unet_settings(size))
        self.unet.set_attn_processor(AttnProcessor())  # at this size faster on a CPU than the fused one
        self.redraw_in = self.unet.conv_in
        self.unet.conv_in = nn.Identity()
        width = self.unet.config["block_out_channels"][0]
        self.scene_in = nn.Conv2d(LATENTS, width, 3, padding=1)
        self.redraw_text = CLIPTextModel(text_settings(tokenizer, 2))
        # SDXL reads the last layer but one, so its encoder has one more.
        self.scene_text = CLIPTextModelWithProjection(text_settings(tokenizer, 3))
        self.scene_embedding = TimestepEmbedding(WIDTH, 4 * width)
        self.redraw_embedding = TextTimeEmbedding(WIDTH, 4 * width, POOLING_HEADS)
        nn.init.constant_(self.redraw_embedding.norm2.weight, 0.2)
        for name, weight in self.named_parameters():
            # As CLIP begins, 0.02, words of so small a vocabulary drown in what is common to all prompts.
            if name.endswith(("token_embedding.weight", "position_embedding.weight")):
                nn.init.normal_(weight, std=0.15 if "token" in name else 0.05)

    def read_scenes(self, tokens: Tensor) -> tuple[Tensor, Tensor]:
        """States of all tokens (n, 32, width) and the pooled one (n, width), as SDXL reads them."""
        read = self.scene_text(tokens, output_hidden_states=True)
        return read.hidden_states[-2], read.text_embeds

    def read_faces(self, tokens: Tensor) -> tuple[Tensor]:
        """States of all tokens (n, 32, width)."""
        return (self.redraw_text(tokens).last_hidden_state,)

    def forward(self, z: Tensor, t: Tensor, scenes: Tensor, mask: Tensor, masked: Tensor, faces: Tensor) -> Tensor:
        """v of p whole pictures and, behind them, r masked ones.

        Args:
            z: (p + r, 4, h, w).
            t: (p + r,).
            scenes: tokens of the whole pictures' prompts, (p, 32).
            mask: (r, 1, h, w).
            masked: latents of the masked pictures, (r, 4, h, w).
            faces: tokens of k prompts in a row for each masked picture, (r, k, 32).
        """
        r, k, length = faces.shape
        p = len(scenes)
        scene_words, pooled = self.read_scenes(scenes)
        (face_words,) = self.read_faces(faces.reshape(r * k, length))
        face_words = face_words.reshape(r, k * length, -1)
        # Attention to words that are said k times over is attention to the words.
        words = torch.cat([scene_words.repeat(1, k, 1), face_words])
        painted = self.scene_in(z[:p])
        redrawn = self.redraw_in(torch.cat([z[p:], mask, masked], 1))
        # (p + r, 4 * width of the first block)
        added = torch.cat([self.scene_embedding(pooled), self.redraw_embedding(face_words)])
        v: Tensor = self.unet(torch.cat([painted, redrawn]), t, words, added_cond_kwargs={"embedding": added}).sample
        return v
