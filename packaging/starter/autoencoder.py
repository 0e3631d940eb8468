"""Stage one: a small AutoencoderKL of 256 px, sharp where faces are recognised.

Encoder and decoder learn together first; then the encoder is left alone and the decoder learns texture from a patch
discriminator, so that latents that were made meanwhile stay good.
"""

from __future__ import annotations

import itertools
from pathlib import Path

import torch
import torch.nn.functional as F
from diffusers import AutoencoderKL
from torch import Tensor, nn
from torch.nn.utils.parametrizations import spectral_norm

from facenet import FaceNet
from people import People, as_float
from picture_losses import face_losses, picture_losses
from running import Gradients, Losses, Training

SHRINK = 8  # pixels a latent pixel
PEAK_RATE = 1e-3
SHARPEN_RATE, DISCRIMINATOR_RATE = 3e-4, 4e-4  # of the decoder and the discriminator of the second part
KL_WEIGHT = 1e-6
ADVERSARIAL_WEIGHT, MATCH_WEIGHT = 0.03, 1.0
GREEN_WEIGHT = 0.3
GREEN_CHANNEL, GREEN_SPREAD = 2, 0.7  # a latent channel, and how far greens and magentas are to spread it
RECOLOURED_PART = 0.15  # of the pictures have their colours mixed anew
MASKED_PART = 0.2  # of the pictures have a grey patch, as masking leaves it
SAY_EVERY, SAVE_EVERY = 50, 500  # steps
SHRUNK_PART, SHRUNK = 0.25, (0.5, 0.75)  # of the steps decode latents that were made smaller, by one of these


def build() -> AutoencoderKL:
    """f8 with 4 latent channels: 32 x 32 latents of 256 pixels, and stock inpainting pipelines take it.

    diffusers' StableDiffusionInpaintPipeline accepts UNets of 9 channels alone, which means 4 latent channels.
    """
    return AutoencoderKL(
        block_out_channels=(32, 64, 96, 128),
        down_block_types=("DownEncoderBlock2D",) * 4,
        up_block_types=("UpDecoderBlock2D",) * 4,
        layers_per_block=1,
        latent_channels=4,
        norm_num_groups=4,  # norms over two or three channels take the colour of the whole picture away
        mid_block_add_attention=False,
        sample_size=256,
    )


def train(
    people: People, facenet: FaceNet, work: Path, minutes: float, batch: int, start: Path | None
) -> AutoencoderKL:
    """Encoder and decoder, for ``minutes`` in all, from ``work/vae.pt`` on; returns averaged weights, normalised.

    Args:
        start: a VAE to begin with where there is no checkpoint; from nothing without it.
    """
    device = people.pixels.device
    model = (build() if start is None else AutoencoderKL.from_pretrained(start)).float()
    model = model.to(device, memory_format=torch.channels_last)
    optimizer = torch.optim.AdamW(model.parameters(), lr=PEAK_RATE, betas=(0.9, 0.99), weight_decay=1e-3, fused=True)
    training = Training(
        "vae", work / "vae.pt", model, optimizer, minutes,
        steadiest=0.995, decay_part=0.5, say_every=SAY_EVERY, save_every=SAVE_EVERY,
    )  # fmt: skip

    def losses(scale: float, pixels: Tensor, boxes: Tensor) -> Losses:
        with torch.autocast(device.type, torch.bfloat16):
            return _losses(model, facenet, pixels, boxes) if scale == 1 else _shrunk_losses(model, pixels, scale)

    gradients = Gradients(list(model.parameters()), losses)
    for step in training:
        generator = torch.Generator().manual_seed(step)
        drawn = _draw(people, batch, generator)
        shrunk = torch.rand((), generator=generator) < SHRUNK_PART
        scale = SHRUNK[int(torch.randint(2, (), generator=generator))] if shrunk else 1.0
        training.step(gradients(scale, drawn), model)
    picked = torch.randperm(len(people), generator=torch.Generator().manual_seed(0))[:512]
    normalise(training.average, as_float(people.pixels[picked.to(device)]))
    return training.average


def sharpen(
    model: AutoencoderKL, people: People, facenet: FaceNet, work: Path, minutes: float, batch: int
) -> AutoencoderKL:
    """The decoder alone, in place, for ``minutes`` in all, from ``work/decoder.pt`` on; averaged at the end."""
    device = people.pixels.device
    decoder = nn.ModuleList([model.post_quant_conv, model.decoder]).requires_grad_(True)
    discriminator = Discriminator().to(device, memory_format=torch.channels_last)
    both = nn.ModuleList([decoder, discriminator])
    optimizer = torch.optim.AdamW(
        [
            {"params": decoder.parameters(), "lr": SHARPEN_RATE},
            {"params": discriminator.parameters(), "lr": DISCRIMINATOR_RATE},
        ],
        betas=(0.5, 0.99),
    )
    training = Training(
        "decoder", work / "decoder.pt", both, optimizer, minutes,
        steadiest=0.995, decay_part=0.5, say_every=SAY_EVERY, save_every=SAVE_EVERY,
    )  # fmt: skip

    def losses(_: None, strength: Tensor, pixels: Tensor, boxes: Tensor) -> Losses:
        with torch.autocast(device.type, torch.bfloat16):
            with torch.no_grad():
                codes = model.encode(pixels).latent_dist.mean
            decoded = model.decode(codes).sample.float()
            discriminator.requires_grad_(False)  # what the decoder's loss says of it is not for it
            found = picture_losses(decoded, pixels) | face_losses(facenet, decoded, pixels, boxes)
            found |= _adversarial_losses(discriminator, decoded, pixels, strength)
            discriminator.requires_grad_(True)
            return found | {"discriminator": discriminator_loss(discriminator, decoded.detach(), pixels)}

    gradients = Gradients(list(both.parameters()), losses)
    for step in training:
        strength = torch.tensor(min(1.0, step / 200)).to(device)
        drawn = _draw(people, batch, torch.Generator().manual_seed(1_000_000 + step))
        training.step(gradients(None, [strength, *drawn]), decoder, discriminator)
    with torch.no_grad():
        for weight, averaged in zip(decoder.parameters(), training.average[0].parameters(), strict=True):
            weight.copy_(averaged)
    return model


class Discriminator(nn.Module):
    """A patch discriminator: one score for every 46 x 46 pixels (Isola et al. 2017), spectrally normalised."""

    def __init__(self) -> None:
        super().__init__()
        widths = (3, 48, 96, 192)
        self.layers = nn.ModuleList(
            spectral_norm(nn.Conv2d(a, b, 4, stride=2, padding=1)) for a, b in itertools.pairwise(widths)
        )
        self.score = spectral_norm(nn.Conv2d(widths[-1], 1, 4, padding=1))

    def forward(self, pictures: Tensor) -> tuple[Tensor, list[Tensor]]:
        """(n, 3, h, w) to scores (n, 1, h / 8 - 1, w / 8 - 1) and the maps before them."""
        maps = []
        with torch.autocast(pictures.device.type, enabled=False):  # spectral norms mix precisions otherwise
            for layer in self.layers:
                pictures = F.leaky_relu(layer(pictures), 0.2)
                maps.append(pictures)
            return self.score(pictures), maps


def discriminator_loss(discriminator: Discriminator, decoded: Tensor, pixels: Tensor) -> Tensor:
    """Hinge loss."""
    return F.relu(1 - discriminator(pixels)[0]).mean() + F.relu(1 + discriminator(decoded)[0]).mean()


def _adversarial_losses(discriminator: Discriminator, decoded: Tensor, pixels: Tensor, strength: Tensor) -> Losses:
    scores, maps = discriminator(decoded)
    with torch.no_grad():
        true_maps = discriminator(pixels)[1]
    match = sum(F.l1_loss(a, b) for a, b in zip(maps, true_maps, strict=True)) / len(maps)
    return {"adversarial": -strength * ADVERSARIAL_WEIGHT * scores.mean(), "match": MATCH_WEIGHT * match}


def _draw(people: People, count: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """Pictures (count, 3, 256, 256) in [-1, 1], and boxes of their faces (count, 4)."""
    device = people.pixels.device
    picked = torch.randint(len(people), (count,), generator=generator).to(device)
    pixels, boxes = as_float(people.pixels[picked]), people.boxes[picked, 0]
    mixed, masked = recoloured(count), max(1, round(MASKED_PART * count))
    pixels[:mixed] = _recoloured(pixels[:mixed], generator)
    places = torch.arange(pixels.shape[-1], device=device)
    corners = torch.randint(pixels.shape[-1] * 2 // 3, (masked, 2), generator=generator).to(device)
    rows, columns = ((places >= at[:, None]) & (places < at[:, None] + pixels.shape[-1] // 3) for at in corners.T)
    pixels[count - masked :] *= ~(rows[:, None, :, None] & columns[:, None, None, :])
    return pixels.contiguous(memory_format=torch.channels_last), boxes


def recoloured(count: int) -> int:
    """How many pictures of a batch of ``count``, the first of them, have their colours mixed anew."""
    return max(1, round(RECOLOURED_PART * count))


def _recoloured(pixels: Tensor, generator: torch.Generator) -> Tensor:
    """Pictures with their channels mixed at random: photographs of people have hardly any green or magenta."""
    mixing = torch.stack([torch.eye(3)[torch.randperm(3, generator=generator)] for _ in pixels])
    mixing = mixing + 0.3 * torch.randn(len(pixels), 3, 3, generator=generator)
    mixing = (mixing / mixing.sum(2, keepdim=True)).to(pixels.device)
    return torch.einsum("nij,njhw->nihw", mixing, pixels).clamp(-1, 1)


def _losses(model: AutoencoderKL, facenet: FaceNet, pixels: Tensor, boxes: Tensor) -> Losses:
    posterior = model.encode(pixels).latent_dist
    decoded = model.decode(posterior.sample()).sample.float()
    losses = picture_losses(decoded, pixels)
    natural = slice(recoloured(len(pixels)), None)  # the others have greens enough
    spread = _green_spread(posterior.mean[natural].float(), pixels[natural])
    losses["green"] = GREEN_WEIGHT * (GREEN_SPREAD - spread).square()
    losses["kl"] = KL_WEIGHT * posterior.kl().mean() / posterior.mean[0].numel()
    losses |= face_losses(facenet, decoded, pixels, boxes)
    return losses


def _shrunk_losses(model: AutoencoderKL, pixels: Tensor, scale: float) -> Losses:
    """Latents made smaller have to decode to the picture made smaller (EQ-VAE, Kouzelis et al. 2025, arXiv 2502.09509).

    Latents that keep the picture's large shapes in their own large shapes are easier to learn for the UNet.
    """
    codes = model.encode(pixels).latent_dist.mean.float()
    small, target = (F.interpolate(x, scale_factor=scale, mode="area") for x in (codes, pixels))
    return picture_losses(model.decode(small).sample.float(), target)


def _green_spread(codes: Tensor, pixels: Tensor) -> Tensor:
    """How far one deviation from magenta to green moves the latent channel that is to tell them apart.

    Photographs of people vary so little on this axis that encoder and decoder never begin to use it: each waits for
    the other. Once one channel tells of it, the decoder learns to listen.
    """
    small = F.adaptive_avg_pool2d(pixels, codes.shape[-2:])
    green = small[:, 1] - (small[:, 0] + small[:, 2]) / 2
    centred = green - green.mean()
    return (codes[:, GREEN_CHANNEL] * centred).mean() / centred.std().clamp_min(0.02)


@torch.no_grad()
def normalise(model: AutoencoderKL, pixels: Tensor) -> None:
    """Give every latent channel mean 0 and deviation 1 over ``pixels`` (n, 3, h, w), in place.

    The two 1x1 convolutions about the latents take the change, so pipelines that know one scaling factor
    alone need nothing more.
    """
    codes = torch.cat([model.encode(some).latent_dist.mean for some in pixels.split(64)])
    mean, deviation = codes.mean((0, 2, 3)), codes.std((0, 2, 3))
    channels = len(mean)
    inward, outward = model.quant_conv, model.post_quant_conv
    inward.weight[:channels] /= deviation[:, None, None, None]
    inward.bias[:channels] = (inward.bias[:channels] - mean) / deviation
    inward.bias[channels:] -= 2 * deviation.log()
    outward.bias += (outward.weight[:, :, 0, 0] * mean).sum(1)
    outward.weight *= deviation[None, :, None, None]
    model.register_to_config(scaling_factor=1.0)
