"""A UNet of Stable Diffusion 1.5's own size takes a real step at 512 pixels through our code, on the CPU."""

from __future__ import annotations

import os
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
import torch
from diffusers import DDPMScheduler, UNet2DConditionModel
from transformers import CLIPTokenizer

from facea_desktop.domain.faces import FACE, PARTS, Subject
from facea_desktop.engine.identity_model import IdentityModel
from facea_desktop.engine.loss import TuneBatch, task_losses
from facea_desktop.models.catalogue import load_catalogue
from facea_desktop.models.devices import Placement

RANK = 48
WIDTH = 768


class Encoder(torch.nn.Module):
    """CLIP's shapes without its size: the step needs the embeddings alone."""

    def __init__(self, words: int) -> None:
        super().__init__()
        self.embedding = torch.nn.Embedding(words, WIDTH)

    def forward(self, ids: torch.Tensor) -> tuple[torch.Tensor]:
        return (self.embedding(ids),)


@pytest.fixture
def every_core() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(os.cpu_count() or 1)
    yield
    torch.set_num_threads(before)


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.usefixtures("every_core")
def test_a_full_size_inpainting_unet_learns_at_512_pixels(letter_tokenizer: CLIPTokenizer) -> None:
    torch.manual_seed(0)
    unet = UNet2DConditionModel(
        sample_size=64, in_channels=9, out_channels=4, block_out_channels=(320, 640, 1280, 1280),
        cross_attention_dim=WIDTH, attention_head_dim=8, layers_per_block=2,
        down_block_types=("CrossAttnDownBlock2D",) * 3 + ("DownBlock2D",),
        up_block_types=("UpBlock2D",) + ("CrossAttnUpBlock2D",) * 3,
    )  # fmt: skip
    assert sum(p.numel() for p in unet.parameters()) == 859_535_364  # SD-1.5 inpainting's own count
    networks = {"unet": unet, "vae": torch.nn.Identity(), "text_encoder": Encoder(len(letter_tokenizer))}
    pipe = SimpleNamespace(**networks, tokenizer=letter_tokenizer, components=networks)
    family = load_catalogue().family("sdxl-sd15")
    model = IdentityModel(pipe, family, Placement("cpu", "float32", offload=False))
    model.init_adapter(Subject.WOMAN, RANK, Subject.WOMAN.feature_count, seed=1)
    lora, features = model.trained()

    projections = [module for name, module in linear_modules(unet) if name.endswith(family.lora_targets)]
    assert len(projections) == 16 * 2 * 4  # 16 transformers, self and cross attention, four projections each
    assert sum(p.numel() for p in lora) == sum(RANK * sum(module.weight.shape) for module in projections)
    assert [tuple(p.shape) for p in features] == [(4, WIDTH)] * len(PARTS)

    noising = DDPMScheduler(beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear")
    rows = (FACE, "nose")
    masks = torch.zeros(2, 1, 64, 64)
    masks[0, :, 10:54, 12:52] = masks[1, :, 28:40, 26:38] = 1
    batch = TuneBatch(
        latents=torch.randn(2, 4, 64, 64), masks=masks, masked=torch.randn(2, 4, 64, 64) * (1 - masks),
        noise=torch.randn(2, 4, 64, 64), t=torch.tensor([100, 700]), parts=rows,
    )  # fmt: skip
    optimizer = torch.optim.AdamW([{"params": lora, "lr": 1.2e-4}, {"params": features, "lr": 2e-3}], weight_decay=0)
    before = [p.detach().clone() for p in (*lora, *features)]
    base = unet.conv_in.weight.clone(), unet.mid_block.attentions[0].proj_in.weight.clone()
    for row in range(2):  # a row at a time keeps the memory at half
        losses = task_losses(batch.rows(slice(row, row + 1)), unet, model.prompts, noising, step=batch)
        assert losses.total.isfinite()
        assert losses.total > 0
        losses.total.backward()
    optimizer.step()

    after = [p.detach() for p in (*lora, *features)]
    moved = {name: not torch.equal(a, b) for name, a, b in zip(named(model), before, after, strict=True)}
    # At the first step A gets no gradient, for B is nought; only the parts of this step have one in [feat].
    assert all(moved[name] for name in moved if ".lora_B." in name)
    assert {part for part in PARTS if moved[part]} == set(rows)
    assert torch.equal(base[0], unet.conv_in.weight)
    assert torch.equal(base[1], unet.mid_block.attentions[0].proj_in.weight)


def linear_modules(unet: UNet2DConditionModel) -> list[tuple[str, torch.nn.Linear]]:
    """Linear modules as they were before peft wrapped them."""
    return [
        (name.removesuffix(".base_layer"), module)
        for name, module in unet.named_modules()
        if isinstance(module, torch.nn.Linear) and ".lora_" not in name
    ]


def named(model: IdentityModel) -> list[str]:
    """Names in the order of ``IdentityModel.trained``."""
    lora = [name for name, parameter in model.pipe.unet.named_parameters() if parameter.requires_grad]
    return lora + [name for name, _ in model.prompts.features.named_parameters()]
