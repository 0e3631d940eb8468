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
from running import follow, rate, resume, save, share_gradients, workers

BATCH = 4  # over all workers
SHRINK = 4  # pixels a latent pixel
PEAK_RATE = 8e-4
FURTHER_RATE = 4e-4  # for weights that were trained before
KL_WEIGHT = 1e-6
STEM_WEIGHT = 0.25
IDENTITY_WEIGHT = 0.5
EDGE_WEIGHT = 1.0
COLOUR_WEIGHT = 8.0
GREEN_WEIGHT = 0.3
GREEN_CHANNEL, GREEN_SPREAD = 2, 0.7  # a latent channel, and how far greens and magentas are to spread it
STYLED_PART = 0.6  # of the batches have one picture in a style
RECOLOURED_PART = 0.8  # of the batches have one picture whose colours are mixed anew
SHRUNK_PART = 0.3  # of the steps decode latents that were made smaller
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


def train(
    portraits: Portraits, work: Path, minutes: float, device: torch.device, start: Path | None = None
) -> AutoencoderKL:
    """Train for ``minutes`` in all, going on from ``work/vae.pt``; returns the averaged weights.

    Args:
        start: a trained VAE to begin with, in diffusers' format; from nothing without it.
    """
    model = build(portraits.pixels.shape[-1]) if start is None else AutoencoderKL.from_pretrained(start)
    model = model.float().to(device)
    peak, crop_part = (PEAK_RATE, CROP_PART) if start is None else (FURTHER_RATE, 0.0)
    average = copy.deepcopy(model).requires_grad_(False)
    facenet = FaceNet().to(device)
    optimizer = torch.optim.AdamW(model.parameters(), lr=peak, betas=(0.9, 0.99), weight_decay=1e-3)
    kept = work / "vae.pt"
    state = resume(kept, model, average, optimizer) or {"step": 0, "seconds": 0.0}
    worker, count = workers()
    began, before = time.monotonic(), state["seconds"]
    while state["seconds"] < minutes * 60:
        shared, generator = (torch.Generator().manual_seed(state["step"] * count + i) for i in (0, worker))
        done = state["seconds"] / (minutes * 60)
        for group in optimizer.param_groups:
            group["lr"] = rate(peak, state["step"], done, warm_steps=100, decay_part=0.5)
        pixels, boxes = _draw(portraits, BATCH // count, generator)
        with torch.autocast(device.type, torch.bfloat16):
            if done < crop_part:
                losses = _losses(model, None, _crop(pixels, generator).to(device), boxes, generator)
            elif torch.rand((), generator=shared) < SHRUNK_PART:
                losses = _shrunk_losses(model, pixels.to(device), generator)
            else:
                losses = _losses(model, facenet, pixels.to(device), boxes.to(device), generator)
        optimizer.zero_grad(set_to_none=True)
        losses["total"].backward()
        state["seconds"] = share_gradients(model, before + time.monotonic() - began)
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        state["step"] += 1
        follow(average, model, min(0.998, state["step"] / (state["step"] + 20)))
        if worker == 0 and state["step"] % 50 == 0:
            figures = " ".join(f"{name} {value.item():.4f}" for name, value in losses.items())
            print(f"vae step {state['step']} {state['seconds']:.0f} s {figures}", flush=True)
        if worker == 0 and (state["step"] % 200 == 0 or state["seconds"] >= minutes * 60):
            save(kept, model, average, optimizer, state)
    return average


def _draw(portraits: Portraits, count: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    picked = torch.randint(len(portraits), (count,), generator=generator)
    pixels, boxes = portraits.pixels[picked], portraits.boxes[picked]
    if torch.rand((), generator=generator) < STYLED_PART:
        pixels = torch.cat([pixels[:-1], portraits.styled[picked[-1:]]])
    pixels = as_float(pixels)
    if torch.rand((), generator=generator) < 0.5:
        pixels, boxes = mirror(pixels, boxes)
    if torch.rand((), generator=generator) < RECOLOURED_PART:
        pixels = torch.cat([_recoloured(pixels[:1], generator), pixels[1:]])
    if torch.rand((), generator=generator) < 0.2:  # a grey patch, as masking leaves it
        pixels = pixels.clone()
        x, y = torch.randint(pixels.shape[-1] // 2, (2,), generator=generator).tolist()
        pixels[0, :, y : y + pixels.shape[-1] // 3, x : x + pixels.shape[-1] // 3] = 0
    return pixels, boxes


def _recoloured(pixels: Tensor, generator: torch.Generator) -> Tensor:
    """Pictures with their channels mixed at random: photographs of people have hardly any green or magenta."""
    mixing = torch.eye(3)[torch.randperm(3, generator=generator)] + 0.3 * torch.randn(3, 3, generator=generator)
    return torch.einsum("ij,njhw->nihw", mixing / mixing.sum(1, keepdim=True), pixels).clamp(-1, 1)


def _crop(pixels: Tensor, generator: torch.Generator) -> Tensor:
    half = pixels.shape[-1] // 2
    y, x = torch.randint(half + 1, (2,), generator=generator).tolist()
    return pixels[:, :, y : y + half, x : x + half]


def _losses(
    model: AutoencoderKL, facenet: FaceNet | None, pixels: Tensor, boxes: Tensor, generator: torch.Generator
) -> dict[str, Tensor]:
    posterior = model.encode(pixels).latent_dist
    noise = torch.randn(posterior.mean.shape, generator=generator).to(pixels.device)
    decoded = model.decode(posterior.mean + posterior.std * noise).sample.float()
    losses = _picture_losses(decoded, pixels)
    losses["green"] = GREEN_WEIGHT * (GREEN_SPREAD - _green_spread(posterior.mean.float(), pixels)).square()
    losses["kl"] = KL_WEIGHT * posterior.kl().mean() / posterior.mean[0].numel()
    if facenet is not None:
        maps = facenet.stem(crop_faces(decoded, boxes[:, 0]))
        with torch.no_grad():
            true_maps = facenet.stem(crop_faces(pixels, boxes[:, 0]))
            true_faces = facenet.head(true_maps[-1])
        pairs = list(zip(maps, true_maps, strict=True))
        losses["stem"] = STEM_WEIGHT * sum(_map_distance(a, b) for a, b in pairs) / len(pairs)
        losses["identity"] = IDENTITY_WEIGHT * (1 - (facenet.head(maps[-1]) * true_faces).sum(1).mean())
    losses["total"] = sum(losses.values())
    return losses


def _shrunk_losses(model: AutoencoderKL, pixels: Tensor, generator: torch.Generator) -> dict[str, Tensor]:
    """Latents made smaller have to decode to the picture made smaller (EQ-VAE, Kouzelis et al. 2025, arXiv 2502.09509).

    Latents that keep the picture's large shapes in their own large shapes are easier to learn for the UNet.
    """
    scale = (0.5, 0.75)[int(torch.randint(2, (), generator=generator))]
    codes = model.encode(pixels).latent_dist.mean.float()
    small, target = (F.interpolate(x, scale_factor=scale, mode="area") for x in (codes, pixels))
    losses = _picture_losses(model.decode(small).sample.float(), target)
    losses["total"] = sum(losses.values())
    return losses


def _green_spread(codes: Tensor, pixels: Tensor) -> Tensor:
    """How far one deviation from magenta to green moves the latent channel that is to tell them apart.

    Photographs of people vary so little on this axis that encoder and decoder never begin to use it: each waits for
    the other. Once one channel tells of it, the decoder learns to listen.
    """
    small = F.adaptive_avg_pool2d(pixels, codes.shape[-2:])
    green = small[:, 1] - (small[:, 0] + small[:, 2]) / 2
    centred = green - green.mean()
    return (codes[:, GREEN_CHANNEL] * centred).mean() / centred.std().clamp_min(0.02)


def _picture_losses(decoded: Tensor, pixels: Tensor) -> dict[str, Tensor]:
    edge = sum(F.l1_loss(decoded.diff(dim=d), pixels.diff(dim=d)) for d in (2, 3))
    # Rare colours, green backgrounds say, are learned late: L1 is content with the usual ones.
    colour = F.mse_loss(F.avg_pool2d(decoded, 8), F.avg_pool2d(pixels, 8))
    return {"pixel": F.l1_loss(decoded, pixels), "edge": EDGE_WEIGHT * edge, "colour": COLOUR_WEIGHT * colour}


def _map_distance(a: Tensor, b: Tensor) -> Tensor:
    """Squared distance between feature maps with each position scaled to unit length, as in LPIPS."""
    a, b = (F.normalize(m.float(), dim=1) for m in (a, b))
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
