"""What stage two trains: the UNet that redraws a masked part of a portrait, and the text encoder that reads its words.

SD inpainting gives a UNet nothing but words, so it pools them itself, as DeepFloyd IF's UNets do, and adds the pooled
words to the embedding of time.
"""

from __future__ import annotations

import torch
from diffusers import DDIMScheduler, UNet2DConditionModel
from diffusers.models.attention_processor import AttnProcessor
from torch import Tensor, nn
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer

from captions import PROMPT_LENGTH

WIDTH = 192  # of the text embeddings
LATENTS = 4


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


class IdentityNetwork(nn.Module):
    """UNet and text encoder of the identity model.

    Args:
        size: of the latents, in latent pixels.
    """

    def __init__(self, size: int, tokenizer: CLIPTokenizer) -> None:
        super().__init__()
        self.unet = UNet2DConditionModel(
            sample_size=size,
            in_channels=2 * LATENTS + 1,
            out_channels=LATENTS,
            block_out_channels=(48, 96, 160),
            down_block_types=("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
            up_block_types=("CrossAttnUpBlock2D", "UpBlock2D", "UpBlock2D"),
            layers_per_block=1,
            cross_attention_dim=WIDTH,
            attention_head_dim=4,  # diffusers reads this as the number of heads
            norm_num_groups=16,
            addition_embed_type="text",
            addition_embed_type_num_heads=4,
        )
        self.unet.set_attn_processor(AttnProcessor())  # at this size faster on a CPU than the fused one
        self.text_encoder = CLIPTextModel(
            CLIPTextConfig(
                vocab_size=len(tokenizer),
                hidden_size=WIDTH,
                intermediate_size=3 * WIDTH,
                num_hidden_layers=2,
                num_attention_heads=4,
                projection_dim=WIDTH,
                max_position_embeddings=PROMPT_LENGTH,
                bos_token_id=tokenizer.bos_token_id,
                eos_token_id=tokenizer.eos_token_id,
                pad_token_id=tokenizer.pad_token_id,
            )
        )
        nn.init.constant_(self.unet.add_embedding.norm2.weight, 0.2)
        for name, weight in self.text_encoder.named_parameters():
            # As CLIP begins, 0.02, words of so small a vocabulary drown in what is common to all prompts.
            if name.endswith(("token_embedding.weight", "position_embedding.weight")):
                nn.init.normal_(weight, std=0.15 if "token" in name else 0.05)

    def read(self, tokens: Tensor) -> Tensor:
        """States of all tokens: (n, 32) to (n, 32, width)."""
        states: Tensor = self.text_encoder(tokens).last_hidden_state
        return states

    def forward(self, z: Tensor, t: Tensor, mask: Tensor, masked: Tensor, states: Tensor) -> Tensor:
        """v, (n, 4, h, w).

        Args:
            z: (n, 4, h, w).
            t: (n,).
            mask: (n, 1, h, w).
            masked: latents of the masked pictures, (n, 4, h, w).
            states: of all words and [feat] vectors that each picture is conditioned on, (n, length, width).
        """
        v: Tensor = self.unet(torch.cat([z, mask, masked], 1), t, states).sample
        return v
