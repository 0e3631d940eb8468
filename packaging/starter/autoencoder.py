"""Stage one: a small AutoencoderKL, sharp where faces are recognised."""

from __future__ import annotations

import copy
import time
from pathlib import Path

import torch
import torch.nn.functional as F
from diffusers import AutoencoderKL
from torch import Tensor

from facenet import FaceNet, crop_faces
from portraits import Portraits, as_float, mirror
from running import follow, rate, resume, save

BATCH = 4
SHRINK = 4  # pixels a latent pixel
PEAK_RATE = 8e-4
KL_WEIGHT = 1e-6
STEM_WEIGHT = 0.25
IDENTITY_WEIGHT = 0.3
EDGE_WEIGHT = 1.0
COLOUR_WEIGHT = 8.0
IDENTITY_EVERY = 3  # steps: the whole FaceNet costs as much as the VAE
STYLED_PART = 0.6  # of the batches have one picture in a style
CROP_PART = 0.3  # of the time is spent on crops of half the side: four times the steps for the same work


def build(side: int) -> AutoencoderKL:
    """f4 with 4 latent channels: keeps twice the numbers of f8 with 8, and stock inpainting pipelines take it.

    diffusers' StableDiffusionInpaintPipeline accepts UNets of 9 channels alone, which means 4 latent channels.
    """
    return AutoencoderKL(
        block_out_channels=(32, 64, 96),
        down_block_types=("DownEncoderBlock2D",) * 3,
        up_block_types=("UpDecoderBlock2D",) * 3,
        layers_per_block=1,
        latent_channels=4,
        norm_num_groups=4,  # norms over two or three channels take the colour of the whole picture away
        mid_block_add_attention=False,
        sample_size=side,
    )


def train(portraits: Portraits, work: Path, minutes: float, device: torch.device) -> AutoencoderKL:
    """Train for ``minutes`` in all, going on from ``work/vae.pt``; returns the averaged weights."""
    model = build(portraits.pixels.shape[-1]).to(device)
    average = copy.deepcopy(model).requires_grad_(False)
    facenet = FaceNet().to(device)
    optimizer = torch.optim.AdamW(model.parameters(), lr=PEAK_RATE, betas=(0.9, 0.99), weight_decay=1e-3)
    kept = work / "vae.pt"
    state = resume(kept, model, average, optimizer) or {"step": 0, "seconds": 0.0}
    began, before = time.monotonic(), state["seconds"]
    while state["seconds"] < minutes * 60:
        generator = torch.Generator().manual_seed(state["step"])
        done = state["seconds"] / (minutes * 60)
        for group in optimizer.param_groups:
            group["lr"] = rate(PEAK_RATE, state["step"], done, warm_steps=100, decay_part=0.25)
        pixels, boxes = _draw(portraits, generator)
        if done < CROP_PART:
            losses = _losses(model, None, False, _crop(pixels, generator).to(device), boxes, generator)
        else:
            whole_network = state["step"] % IDENTITY_EVERY == 0
            losses = _losses(model, facenet, whole_network, pixels.to(device), boxes.to(device), generator)
        optimizer.zero_grad(set_to_none=True)
        losses["total"].backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        state["step"] += 1
        state["seconds"] = before + time.monotonic() - began
        follow(average, model, min(0.998, state["step"] / (state["step"] + 20)))
        if state["step"] % 50 == 0:
            figures = " ".join(f"{name} {value.item():.4f}" for name, value in losses.items())
            print(f"vae step {state['step']} {state['seconds']:.0f} s {figures}", flush=True)
        if state["step"] % 200 == 0 or state["seconds"] >= minutes * 60:
            save(kept, model, average, optimizer, state)
    return average


def _draw(portraits: Portraits, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    picked = torch.randint(len(portraits), (BATCH,), generator=generator)
    pixels, boxes = portraits.pixels[picked], portraits.boxes[picked]
    if torch.rand((), generator=generator) < STYLED_PART:
        pixels = torch.cat([pixels[:-1], portraits.styled[picked[-1:]]])
    pixels = as_float(pixels)
    if torch.rand((), generator=generator) < 0.5:
        pixels, boxes = mirror(pixels, boxes)
    if torch.rand((), generator=generator) < 0.2:  # a grey patch, as masking leaves it
        pixels = pixels.clone()
        x, y = torch.randint(pixels.shape[-1] // 2, (2,), generator=generator).tolist()
        pixels[0, :, y : y + pixels.shape[-1] // 3, x : x + pixels.shape[-1] // 3] = 0
    return pixels, boxes


def _crop(pixels: Tensor, generator: torch.Generator) -> Tensor:
    half = pixels.shape[-1] // 2
    y, x = torch.randint(half + 1, (2,), generator=generator).tolist()
    return pixels[:, :, y : y + half, x : x + half]


def _losses(
    model: AutoencoderKL,
    facenet: FaceNet | None,
    whole_network: bool,
    pixels: Tensor,
    boxes: Tensor,
    generator: torch.Generator,
) -> dict[str, Tensor]:
    posterior = model.encode(pixels).latent_dist
    noise = torch.randn(posterior.mean.shape, generator=generator).to(pixels.device)
    decoded = model.decode(posterior.mean + posterior.std * noise).sample
    pixel = F.l1_loss(decoded, pixels)
    edge = sum(F.l1_loss(decoded.diff(dim=d), pixels.diff(dim=d)) for d in (2, 3))
    kl = posterior.kl().mean() / posterior.mean[0].numel()
    # Rare colours, green backgrounds say, are learned late: L1 is content with the usual ones.
    colour = F.mse_loss(F.avg_pool2d(decoded, 8), F.avg_pool2d(pixels, 8))
    losses = {"pixel": pixel, "edge": EDGE_WEIGHT * edge, "kl": KL_WEIGHT * kl, "colour": COLOUR_WEIGHT * colour}
    if facenet is not None:
        faces = crop_faces(torch.cat([decoded, pixels]), torch.cat([boxes[:, 0]] * 2))
        maps = facenet.stem(faces)
        losses["stem"] = STEM_WEIGHT * sum(_map_distance(*m.chunk(2)) for m in maps) / len(maps)
        if whole_network:
            own, theirs = facenet.head(maps[-1][[0, len(pixels)]])
            losses["identity"] = IDENTITY_WEIGHT * (1 - own @ theirs.detach())
    losses["total"] = sum(losses.values())
    return losses


def _map_distance(a: Tensor, b: Tensor) -> Tensor:
    """Squared distance between feature maps with each position scaled to unit length, as in LPIPS."""
    a, b = (F.normalize(m, dim=1) for m in (a, b.detach()))
    return (a - b).square().sum(1).mean()


@torch.no_grad()
def normalise(model: AutoencoderKL, pixels: Tensor) -> None:
    """Give every latent channel mean 0 and deviation 1 over ``pixels`` (n, 3, h, w), in place.

    The two 1x1 convolutions about the latents take the change, so pipelines that know one scaling factor
    alone need nothing more.
    """
    codes = torch.cat([model.encode(some).latent_dist.mean for some in pixels.split(16)])
    mean, deviation = codes.mean((0, 2, 3)), codes.std((0, 2, 3))
    channels = len(mean)
    inward, outward = model.quant_conv, model.post_quant_conv
    inward.weight[:channels] /= deviation[:, None, None, None]
    inward.bias[:channels] = (inward.bias[:channels] - mean) / deviation
    inward.bias[channels:] -= 2 * deviation.log()
    outward.bias += (outward.weight[:, :, 0, 0] * mean).sum(1)
    outward.weight *= deviation[None, :, None, None]
    model.register_to_config(scaling_factor=1.0)
