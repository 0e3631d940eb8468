"""Stage two: one UNet learns to paint whole portraits and to redraw masked parts of them.

The two tasks share everything but the first convolution and the text encoder, so each sees the samples
of both; ``export.py`` takes them apart into the context model and the identity model.
"""

from __future__ import annotations

import copy
import random
import time
from pathlib import Path

import torch
import torch.nn.functional as F
from diffusers import AutoencoderKL, DDIMScheduler, UNet2DConditionModel
from torch import Tensor, nn
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection, CLIPTokenizer

from facea_desktop.domain.faces import PARTS, Box, Subject, part_prompt
from facea_desktop.engine.masks import box_mask
from portraits import Portraits, as_float, mirror
from running import follow, rate, resume, save
from words import PROMPT_LENGTH, face_caption, scene_caption

BATCH = 24
PEAK_RATE = 8e-4
WIDTH = 192  # of the text embeddings
LATENTS = 4
STYLED_PART = 0.3
UNWORDED_PART = 0.1  # prompts dropped, for classifier-free guidance (Ho and Salimans 2022)
JOINED_PART = 0.3  # redraws conditioned on T_id with T_face and every T_v behind it, as T'_id will be


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
        "block_out_channels": (64, 96, 192),
        "down_block_types": ("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
        "up_block_types": ("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
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


class Painter(nn.Module):
    """The shared UNet with the first layers and the text encoders of both tasks."""

    def __init__(self, size: int, tokenizer: CLIPTokenizer) -> None:
        super().__init__()
        self.unet = UNet2DConditionModel(in_channels=2 * LATENTS + 1, **unet_settings(size))
        self.redraw_in = self.unet.conv_in
        self.unet.conv_in = nn.Identity()
        width = self.unet.config["block_out_channels"][0]
        self.scene_in = nn.Conv2d(LATENTS, width, 3, padding=1)
        self.redraw_text = CLIPTextModel(text_settings(tokenizer, 2))
        # SDXL reads the last layer but one, so its encoder has one more.
        self.scene_text = CLIPTextModelWithProjection(text_settings(tokenizer, 3))

    def paint(self, z: Tensor, t: Tensor, tokens: Tensor) -> Tensor:
        """v of whole pictures: z (n, 4, h, w), t (n,), tokens (n, 32)."""
        words = self.scene_text(tokens, output_hidden_states=True).hidden_states[-2]
        return self.unet(self.scene_in(z), t, words).sample

    def redraw(self, z: Tensor, mask: Tensor, masked: Tensor, t: Tensor, tokens: Tensor) -> Tensor:
        """v of masked pictures: mask (n, 1, h, w), masked (n, 4, h, w), tokens (n, k, 32): k prompts in a row."""
        n, k, length = tokens.shape
        words = self.redraw_text(tokens.reshape(n * k, length)).last_hidden_state.reshape(n, k * length, -1)
        return self.unet(self.redraw_in(torch.cat([z, mask, masked], 1)), t, words).sample


@torch.no_grad()
def encode_all(vae: AutoencoderKL, portraits: Portraits, kept: Path, device: torch.device) -> Tensor:
    """Encode the set once; kept in a file, for it takes minutes on a CPU.

    Returns:
        (3, n, 4, h, w) float16: photographs, mirrored photographs, styled pictures.
    """
    if kept.exists():
        saved: Tensor = torch.load(kept, weights_only=True)
        return saved
    kinds = []
    for pixels in (portraits.pixels, portraits.pixels.flip(-1), portraits.styled):
        codes = [vae.encode(as_float(some).to(device)).latent_dist.mean.half().cpu() for some in pixels.split(32)]
        kinds.append(torch.cat(codes))
    codes = torch.stack(kinds)
    torch.save(codes, kept)
    return codes


def train(
    painter: Painter,
    vae: AutoencoderKL,
    tokenizer: CLIPTokenizer,
    portraits: Portraits,
    work: Path,
    minutes: float,
    device: torch.device,
) -> Painter:
    """Train for ``minutes`` in all, going on from ``work/painter.pt``; returns the averaged weights."""
    painter.to(device)
    average = copy.deepcopy(painter).requires_grad_(False)
    optimizer = torch.optim.AdamW(painter.parameters(), lr=PEAK_RATE, betas=(0.9, 0.99), weight_decay=1e-2)
    kept = work / "painter.pt"
    state = resume(kept, painter, average, optimizer) or {"step": 0, "seconds": 0.0, "samples": 0}
    latents = encode_all(vae, portraits, work / "latents.pt", device)
    noising = scheduler()
    began, before, recent = time.monotonic(), state["seconds"], {"paint": 0.0, "redraw": 0.0}
    while state["seconds"] < minutes * 60:
        step = state["step"]
        generator, draw = torch.Generator().manual_seed(step), random.Random(step)
        for group in optimizer.param_groups:
            done = state["seconds"] / (minutes * 60)
            group["lr"] = rate(PEAK_RATE, step, done, warm_steps=200, decay_part=0.5)
        task = "paint" if step % 2 else "redraw"
        loss = _loss(task, painter, vae, tokenizer, portraits, latents, noising, generator, draw, device)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(painter.parameters(), 1.0)
        optimizer.step()
        state["step"] = step + 1
        state["samples"] += BATCH
        state["seconds"] = before + time.monotonic() - began
        follow(average, painter, min(0.999, (step + 1) / (step + 10)))
        recent[task] = 0.98 * recent[task] + 0.02 * loss.item() if recent[task] else loss.item()
        if state["step"] % 50 == 0:
            figures = " ".join(f"{name} {value:.4f}" for name, value in recent.items())
            reached = f"step {state['step']} samples {state['samples']} {state['seconds']:.0f} s"
            print(f"painter {reached} {figures}", flush=True)
        if state["step"] % 200 == 0 or state["seconds"] >= minutes * 60:
            save(kept, painter, average, optimizer, state)
    return average


def _loss(
    task: str,
    painter: Painter,
    vae: AutoencoderKL,
    tokenizer: CLIPTokenizer,
    portraits: Portraits,
    latents: Tensor,
    noising: DDIMScheduler,
    generator: torch.Generator,
    draw: random.Random,
    device: torch.device,
) -> Tensor:
    picked = [(draw.randrange(len(portraits)), _kind(draw)) for _ in range(BATCH)]
    clean = torch.stack([latents[kind, i] for i, kind in picked]).float().to(device)
    noise = torch.randn(clean.shape, generator=generator).to(device)
    t = torch.randint(noising.config["num_train_timesteps"], (BATCH,), generator=generator).to(device)
    z = noising.add_noise(clean, noise, t)
    target = noising.get_velocity(clean, noise, t)
    if task == "paint":
        captions = [
            scene_caption(portraits.labels[i], _style(portraits, i, kind), draw) if not _unworded(draw) else ""
            for i, kind in picked
        ]
        captions = [_mirrored(text) if kind == 1 else text for text, (_, kind) in zip(captions, picked, strict=True)]
        return F.mse_loss(painter.paint(z, t, _tokens(tokenizer, captions).to(device)), target)
    masks, pixels, parts = _masked(portraits, picked, draw)
    with torch.no_grad():
        masked = vae.encode((as_float(pixels) * (masks < 0.5)).to(device)).latent_dist.mean
    small = F.interpolate(masks, clean.shape[-2:]).to(device)  # nearest, as the inpainting pipeline does it
    tokens = _redraw_tokens(tokenizer, portraits, picked, parts, draw).to(device)
    return F.mse_loss(painter.redraw(z, small, masked, t, tokens), target)


def _kind(draw: random.Random) -> int:
    return 2 if draw.random() < STYLED_PART else draw.randrange(2)


def _style(portraits: Portraits, index: int, kind: int) -> str | None:
    return portraits.styles[index] if kind == 2 else None


def _unworded(draw: random.Random) -> bool:
    return draw.random() < UNWORDED_PART


def _mirrored(caption: str) -> str:
    swap = {"facing left": "facing right", "facing right": "facing left"}
    for old, new in swap.items():
        if old in caption:
            return caption.replace(old, new)
    return caption


def _masked(
    portraits: Portraits, picked: list[tuple[int, int]], draw: random.Random
) -> tuple[Tensor, Tensor, list[str]]:
    """Masks (n, 1, side, side) in 0..1, the pixels below them, and which part each mask hides."""
    side = portraits.pixels.shape[-1]
    masks, pixels, parts = [], [], []
    for index, kind in picked:
        source, boxes = portraits.styled if kind == 2 else portraits.pixels, portraits.boxes[index : index + 1]
        picture = source[index : index + 1]
        if kind == 1:
            picture, boxes = mirror(picture, boxes)
        part = "face" if draw.random() < 0.6 else draw.choice(PARTS[1:])
        x0, y0, x1, y1 = (boxes[0, PARTS.index(part)] * side).tolist()
        jitter = [draw.uniform(-0.06, 0.06) for _ in range(4)]
        width, height = x1 - x0, y1 - y0
        box = Box(x0 + jitter[0] * width, y0 + jitter[1] * height, x1 + jitter[2] * width, y1 + jitter[3] * height)
        mask = box_mask((side, side), box, grow=draw.uniform(0.0, 0.2))
        masks.append(torch.frombuffer(bytearray(mask.tobytes()), dtype=torch.uint8).reshape(1, side, side) / 255)
        pixels.append(picture[0])
        parts.append(part)
    return torch.stack(masks), torch.stack(pixels), parts


def _redraw_tokens(
    tokenizer: CLIPTokenizer,
    portraits: Portraits,
    picked: list[tuple[int, int]],
    parts: list[str],
    draw: random.Random,
) -> Tensor:
    joined = draw.random() < JOINED_PART
    rows = []
    for (index, kind), part in zip(picked, parts, strict=True):
        label = portraits.labels[index]
        own = face_caption(label, part, _style(portraits, index, kind), draw)
        prompts = [own]
        if joined:
            prompts += [part_prompt(Subject(label["subject"]), name) for name in PARTS]
        rows.append([""] * len(prompts) if _unworded(draw) else prompts)
    flat = _tokens(tokenizer, [prompt for row in rows for prompt in row])
    return flat.reshape(len(rows), -1, PROMPT_LENGTH)


def _tokens(tokenizer: CLIPTokenizer, prompts: list[str]) -> Tensor:
    read = tokenizer(prompts, padding="max_length", truncation=True, max_length=PROMPT_LENGTH, return_tensors="pt")
    return read.input_ids
